"""The command line: `trade-lib ...`. Each command calls one library function and prints; nothing is computed here."""

import typer

from trade_lib.cli.check import check as check_article
from trade_lib.cli.claims import show as show_claims
from trade_lib.cli.data import app as data_app
from trade_lib.cli.forecast import backtest, forecast
from trade_lib.cli.gravity import estimate as estimate_gravity
from trade_lib.cli.report import write as write_report

ENDS = "Exit codes: 0 done, 1 a file or a value is not in order, 2 the command is not written right."
app = typer.Typer(help="Trade claims, answered with data. Start with `trade-lib claims` or `trade-lib check --help`.",
                  epilog=ENDS, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(data_app, name="data")
app.command("claims")(show_claims)
app.command("check")(check_article)
app.command("report")(write_report)
app.command("gravity")(estimate_gravity)
app.command("forecast")(forecast)
app.command("backtest")(backtest)

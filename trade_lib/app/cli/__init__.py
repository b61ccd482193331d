"""The command line: `trade-lib ...`. Each command calls one library function and prints; nothing is computed here."""

from typing import Annotated

import typer

from trade_lib.app.cli.check import check as check_article
from trade_lib.app.cli.claims import show as show_claims
from trade_lib.app.cli.data import app as data_app
from trade_lib.app.cli.forecasting import backtest, forecast, outlook
from trade_lib.app.cli.gravity import estimate as estimate_gravity
from trade_lib.app.cli.read import read as read_article
from trade_lib.app.cli.report import write as write_report
from trade_lib.app.cli.sources import Store, fetch
from trade_lib.app.cli.terminal import Commands
from trade_lib.app.cli.vintages import releases, rerun, revisions

ENDS = "Exit codes: 0 done, 1 a file or a value is not in order, 2 the command is not written right."
app = typer.Typer(epilog=ENDS, cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(data_app, name="data")
app.command("claims")(show_claims)
app.command("check")(check_article)
app.command("read")(read_article)
app.command("report")(write_report)
app.command("gravity")(estimate_gravity)
app.command("forecast")(forecast)
app.command("backtest")(backtest)
app.command("outlook")(outlook)
for command in (fetch, revisions, releases, rerun):
    app.command(command.__name__)(command)


@app.callback()
def figures(
    context: typer.Context,
    shipped_only: Annotated[bool, typer.Option("--shipped-only", help="Leave out what was fetched.")] = False,
    as_of: Annotated[str | None, typer.Option(help="Of what was fetched, only what was public on this day.")] = None,
    store: Store = None,
):
    """Trade claims, answered with data. Start with `trade-lib claims` or `trade-lib check --help`."""
    from trade_lib.data.fetched import pinned

    context.with_resource(pinned(as_of, shipped_only, store))

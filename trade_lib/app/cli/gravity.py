"""`trade-lib gravity`: estimate a gravity equation on a table of pairs."""

from pathlib import Path
from typing import Annotated

import typer

from trade_lib.app.cli.terminal import as_json as to_json
from trade_lib.app.cli.terminal import marked
from trade_lib.errors import TradeDataError


def estimate(
    file: Annotated[Path, typer.Argument(metavar="INPUT", help="A csv or parquet file, a row a pair (and year).")],
    formula: Annotated[str, typer.Option(help="trade ~ regressors | fixed effects; regressors: a, log(a), log(1 + a), "
                                         "a^2, C(a), a:b, a*b; ^ joins columns of an effect.")],
    estimator: Annotated[str, typer.Option(help="ppml (Poisson) or ols.")] = "ppml",
    vcov: Annotated[str, typer.Option(help="iid, hetero (robust), hc3 or cluster:COLUMN (cluster:pair).")] = "hetero",
    as_json: Annotated[bool, typer.Option("--json", help="One object: coefficients, n, rows left out.")] = False,
    output: Annotated[Path | None, typer.Option(help="Write all (.json) or the coefficients (.csv) here.")] = None,
):
    """Gravity by PPML or OLS: coefficients, errors, n, and every row left out with its reason.

    Example: trade-lib gravity pairs.csv --formula "trade ~ ldist + contig | exporter^year + importer^year"
    """
    from trade_lib import gravity
    from trade_lib.data import files

    kinds = (".json", ".csv")
    if output:
        files.target(output, kinds, [file])
    pairs = gravity.read_pairs(file)
    try:
        found = gravity.fit(pairs, formula, estimator, vcov)
    except TradeDataError as error:  # what is wrong is in this file
        raise TradeDataError(error.message, file=error.file or file.name, row=error.row, column=error.column,
                             value=error.value, expected=error.expected) from None
    record = gravity.as_record(found)
    if output:
        text = found.coefficients.to_csv() if output.suffix == ".csv" else to_json(record) + "\n"
        files.write(output, text, kinds, [file])
    if as_json:
        print(to_json(record))
    else:
        _show(record)
        if output:
            print(f"wrote {output}")


def _show(record):
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    title = f"{record['formula']}  ({record['estimator']}, errors: {record['vcov']})"
    table = Table(title=marked(title), title_justify="left")
    for column in ("term", "estimate", "error", "low", "high", "p"):
        table.add_column(column, justify="left" if column == "term" else "right")
    for row in record["coefficients"]:
        table.add_row(marked(row["term"]), *[f"{row[name]:.4f}" for name in ("estimate", "error", "low", "high", "p")])
    console.print(table)
    console.print(f"n = {record['n']:,}; 95 % limits")
    for row in record["dropped"]:
        what = f"{row['rows']:,} rows" if row["rows"] else "term"
        console.print(marked(f"left out: {what}: {row['reason']} ({row['where']})"))

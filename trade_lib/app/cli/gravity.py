"""`trade-lib gravity`: estimate a gravity equation on a table of pairs."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from trade_lib import gravity
from trade_lib.errors import TradeDataError


def estimate(
    file: Annotated[Path, typer.Argument(metavar="INPUT", help="A csv or parquet file, a row a pair (and year).")],
    formula: Annotated[str, typer.Option(help="trade ~ regressors | fixed effects; ^ joins columns of an effect.")],
    estimator: Annotated[str, typer.Option(help="ppml (Poisson) or ols.")] = "ppml",
    vcov: Annotated[str, typer.Option(help="iid, hetero (robust), hc3 or cluster:COLUMN (cluster:pair).")] = "hetero",
    as_json: Annotated[bool, typer.Option("--json", help="One object: coefficients, n, rows left out.")] = False,
    output: Annotated[Path | None, typer.Option(help="Write all (.json) or the coefficients (.csv) here.")] = None,
):
    """Gravity by PPML or OLS: coefficients, errors, n, and every row left out with its reason.

    Example: trade-lib gravity pairs.csv --formula "trade ~ ldist + contig | exporter^year + importer^year"
    """
    try:
        if output and output.suffix not in (".json", ".csv"):
            raise TradeDataError("unknown kind of output", value=output.name, expected="a name ending in .json or .csv")
        found = gravity.fit(gravity.read_pairs(file), formula, estimator, vcov)
    except TradeDataError as error:
        place = f"{file.name}, " if error.column and not error.file else ""
        Console(stderr=True).print(f"error: {place}{error}", style="red", soft_wrap=True, highlight=False, markup=False)
        raise typer.Exit(1) from None
    record = gravity.as_record(found)
    text = json.dumps(record, indent=2, ensure_ascii=False)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(found.coefficients.to_csv() if output.suffix == ".csv" else text + "\n", encoding="utf-8")
    if as_json:
        print(text)
    else:
        _show(record)
        if output:
            print(f"wrote {output}")


def _show(record):
    console = Console()
    table = Table(title=f"{record['formula']}  ({record['estimator']}, errors: {record['vcov']})", title_justify="left")
    for column in ("term", "estimate", "error", "low", "high", "p"):
        table.add_column(column, justify="left" if column == "term" else "right")
    for row in record["coefficients"]:
        table.add_row(row["term"], *[f"{row[name]:.4f}" for name in ("estimate", "error", "low", "high", "p")])
    console.print(table)
    console.print(f"n = {record['n']:,}; 95 % limits", highlight=False)
    for row in record["dropped"]:
        what = f"{row['rows']:,} rows" if row["rows"] else "term"
        console.print(f"left out: {what}: {row['reason']} ({row['where']})", highlight=False, markup=False)

"""`trade-lib revisions`, `releases`, `rerun`: what changed, what is to come, what the article would say today."""

from datetime import date
from typing import Annotated

import typer

from trade_lib.app.cli.data import _print


def revisions(
    source: Annotated[str, typer.Option(help="Source id; all when left out.")] = "",
    claims: Annotated[str, typer.Option(help="A claims file, an example, or `ledger`: which verdicts change.")] = "",
    before: Annotated[str, typer.Option(help="`shipped`, or a day: the vintage to compare with.")] = "shipped",
    figures: Annotated[int, typer.Option(min=0, help="Largest revisions to list.")] = 10,
):
    """What changed between the vintages in the store, by source and time since the first; and which verdicts with it.

    Examples: `trade-lib revisions`, `trade-lib revisions --claims trade-in-2023 --before 2026-08-31`.
    """
    from trade_lib.data.fetched import where
    from trade_lib.measures import revisions as measure
    from trade_lib.sources import store

    compared = measure.pairs(store.vintages(where(), **({"source": [source]} if source else {})))
    if compared.empty:
        typer.echo("No figure has been seen in two vintages yet.")
    else:
        _print(measure.summary(compared).round(2), "Revisions, per cent")
        _print(measure.largest(compared, figures), "Largest revisions")
    if claims:
        from trade_lib.claims.revised import verdict_changes

        changes = verdict_changes(None if claims == "ledger" else claims, before)
        _print(changes[changes["changed"]].drop(columns="changed"), "Verdicts that change")
        typer.echo(f"{int(changes['changed'].sum())} of {len(changes)} verdicts change.")


def releases(
    day: Annotated[str, typer.Option(help="The day asked about, YYYY-MM-DD; today when left out.")] = "",
    back: Annotated[int, typer.Option(min=0, help="Months back.")] = 3,
):
    """The calendar of releases: which month of which source is held, expected, due or overdue.

    Example: `trade-lib releases --day 2026-08-10`.
    """
    from trade_lib.data.fetched import where
    from trade_lib.data.tables import load
    from trade_lib.sources import calendar, store

    held = calendar.last_months(store.read(where())) if store.is_there(where()) else {}
    _print(calendar.calendar(load("release_lags"), held, day or f"{date.today()}", back), "Releases")


def rerun(
    year: Annotated[int, typer.Option(help="The year to measure.")],
    as_json: Annotated[bool, typer.Option("--json", help="A list of objects, one a measure.")] = False,
):
    """What would the article say today? The ledger's measures on the newest releases of a year, beside 2021.

    Example: `trade-lib rerun --year 2026`.
    """
    from trade_lib.claims import rerun as again

    table = again.today(year)
    if as_json:
        typer.echo(table.to_json(orient="records", indent=2, double_precision=6))
        return
    shown = ["claim", "measure", "partner", "value", "unit", "in_2021", "verdict_2021"]
    sources = ", ".join(f"{source} of {day}" for source, day in table[["source", "published"]].drop_duplicates().values)
    _print(table[shown].round(1), f"The article's measures, {table['period'].iloc[0]}: {sources}")
    typer.echo("\n".join(again.sentences(table)))

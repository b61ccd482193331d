"""`trade-lib fetch`: official figures of today into the user's store of vintages."""

from pathlib import Path
from typing import Annotated

import typer

from trade_lib.app.cli.terminal import plain, say

Store = Annotated[Path | None, typer.Option(help="Folder of the store; the user's data folder when left out.")]
SOURCES = "imf, gacc, comext, comtrade, census, hmrc, worldbank or fred"


def fetch(
    source: Annotated[str, typer.Argument(help=f"Whose figures: {SOURCES}.")],
    reporter: Annotated[str, typer.Option(help="ISO3 or group codes, commas between.")] = "",
    partner: Annotated[str, typer.Option(help="ISO3 or group codes, commas between; all when left out.")] = "",
    item: Annotated[str, typer.Option(help="HS codes, indicators, or `commodities` (gacc).")] = "",
    start: Annotated[str, typer.Option("--from", help="First month, YYYY-MM; January of last year if left out.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last month, YYYY-MM; this month if left out.")] = "",
    from_file: Annotated[Path | None, typer.Option(help="An answer, page or table that you saved.")] = None,
    flow: Annotated[str, typer.Option(help="export or import, where a saved table does not say.")] = "",
    store: Store = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the addresses to ask, and stop.")] = False,
):
    """Fetch figures, check them, and keep them as a vintage; what fails a check is kept apart and never used.

    Exit code 0 when every answer entered or was there already, 1 when one was refused.

    Examples: `trade-lib fetch imf --reporter CHN --partner RUS,ASEAN --from 2019-01`, `trade-lib fetch gacc --from
    2026-06`, `trade-lib fetch gacc --from-file page.html`, `trade-lib fetch census --partner CHN --dry-run`.
    """
    from rich.console import Console
    from rich.progress import Progress

    from trade_lib.data.fetched import where
    from trade_lib.sources import registry
    from trade_lib.sources.publisher import query

    asked = query(reporter, partner, item, start, end, flow)
    if dry_run:
        for request in registry.addresses(source, asked):
            typer.echo(request.address)
        return
    if from_file is not None:
        outcomes = [registry.from_file(source, from_file, asked, where(store))]
    else:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(source, total=None)
            outcomes = registry.fetch(source, asked, where(store), lambda done, left: bar.update(
                task, advance=1, total=bar.tasks[0].completed + 1 + left))
    _print(outcomes, where(store))


def _print(outcomes, folder):
    for outcome in outcomes:
        if outcome.status == "refused":
            say(f"refused: {'; '.join(outcome.words)}", "red")
        elif outcome.status != "index":
            typer.echo(plain(f"{outcome.status}: {outcome.source}, {outcome.figures} figures, {outcome.address}"))
            for words in outcome.words:
                say(f"  {words}", "yellow")
    counted = {status: sum(outcome.status == status for outcome in outcomes) for status in ("new", "same", "refused")}
    new, same, refused = counted.values()
    typer.echo(f"{new} answers entered, {same} held already, {refused} refused: {folder}")
    if refused or not new + same:
        raise typer.Exit(1)

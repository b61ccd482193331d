"""`trade-lib claims`: the ledger with its verdicts, to read or as JSON."""

from pathlib import Path
from typing import Annotated

import typer

from trade_lib.app.cli.terminal import as_json as to_json

STYLES = {"supported": "bold green", "supported with caveats": "green", "mixed": "yellow", "contradicted": "red",
          "not testable with these data": "blue"}


def show(
    ids: Annotated[list[str] | None, typer.Argument(help="Claims to show, such as C01; all when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A list of objects, one a claim.")] = False,
    picture: Annotated[Path | None, typer.Option(help="Draw the scorecard to this PNG file.")] = None,
    readme: Annotated[Path | None, typer.Option(help="Refresh the verdict table in this README.")] = None,
):
    """The article's claims: verdict then and now, ways of counting, and why.

    Examples: `trade-lib claims`, `trade-lib claims C01 C02`, `trade-lib claims --json > claims.json`.
    """
    from trade_lib import claims as ledger

    verdicts = [ledger.evaluate(i) for i in ids] if ids else ledger.evaluate_all()
    if as_json:
        print(to_json([ledger.as_record(v) for v in verdicts]))
    elif picture or readme:
        card = ledger.scorecard(verdicts)
        _write(card, picture, readme and (readme, ledger.markdown_table(card)))
    else:
        _print_table(verdicts)


def _write(card, picture, readme):
    from trade_lib.app.readme import refresh
    from trade_lib.data import files

    if picture:
        from trade_lib.plots import scorecard

        fig = scorecard(card)
        files.write(picture, lambda handle: fig.savefig(handle, format="png", dpi=110, metadata={"Software": None}),
                    [".png"])
        print(f"wrote {picture}")
    if readme:
        refresh(*readme)
        print(f"wrote {readme[0]}")


def _print_table(verdicts):
    from rich.console import Console
    from rich.table import Table

    from trade_lib.claims.core import interval, number

    console = Console()
    table = Table(title="Claims of the article of 29 December 2021", show_lines=True)
    for column in ("id", "claim", "then", "now", "ways", "why"):
        table.add_column(column, overflow="fold", ratio={"claim": 3, "why": 5}.get(column))
    for v in verdicts:
        ways = "" if v.held is None else "{} of {}".format(*v.held)
        table.add_row(v.claim.id, v.claim.claim, f"[{STYLES[v.verdict]}]{v.verdict}[/]",
                      f"[{STYLES[v.verdict_now]}]{v.verdict_now}[/]", ways, v.reason)
    console.print(table)
    if len(verdicts) == 1:
        v = verdicts[0]
        console.print(f"[bold]Rule[/] {v.claim.rule}")
        for e in v.evidence:
            limits = interval(e.low, e.high, e.unit)
            console.print(f"  {e.name}: {number(e.value, e.unit)} {e.unit}{f' [{limits}]' if limits else ''} "
                          f"({', '.join(e.sources)}; vintage {e.vintage})", highlight=False, markup=False)

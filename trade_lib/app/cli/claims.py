"""`trade-lib claims`: the ledger with its verdicts, to read or as JSON."""

from pathlib import Path
from typing import Annotated

import typer

from trade_lib.app.cli import terminal

STYLES = {"supported": "bold green", "supported with caveats": "green", "mixed": "yellow", "contradicted": "red",
          "not testable with these data": "blue"}


def show(
    ids: Annotated[list[str] | None, typer.Argument(help="Claims to show, such as C01; all when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A list of objects, one a claim.")] = False,
    picture: Annotated[Path | None, typer.Option(help="Draw the scorecard to this PNG file.")] = None,
    readme: Annotated[Path | None, typer.Option(help="Refresh the verdict table in this README.")] = None,
):
    """The article's claims: verdict then and now, and why.

    Examples: `trade-lib claims`, `trade-lib claims C01 C02`, `trade-lib claims --json > claims.json`.
    """
    if picture or readme:
        _write(ids, picture, readme)
        return
    records = _records(ids)
    if as_json:
        print(terminal.as_json(records))
        return
    for record in records:
        _print(record, evidence=len(records) == 1)


def _records(ids):
    """The records asked for; computed with a bar on a terminal, read back when nothing has changed."""
    from rich.console import Console
    from rich.progress import track

    from trade_lib.app.state import verdicts
    from trade_lib.claims import claim

    for one in ids or ():
        claim(one)  # says which there are where this is none of them
    console = Console(stderr=True)
    records = verdicts(lambda claims: track(claims, "evaluating", console=console, transient=True,
                                            disable=not console.is_terminal))
    known = {record["id"]: record for record in records}
    return [known[one] for one in ids] if ids else records


def _write(ids, picture, readme):
    from trade_lib import claims as ledger
    from trade_lib.data import files

    if picture:
        files.target(picture, [".png"])
    verdicts = [ledger.evaluate(one) for one in ids] if ids else ledger.evaluate_all()
    card = ledger.scorecard(verdicts)
    if picture:
        from trade_lib.plots import scorecard

        fig = scorecard(card)
        files.write(picture, lambda handle: fig.savefig(handle, format="png", dpi=110, metadata={"Software": None}),
                    [".png"])
        print(f"wrote {picture}")
    if readme:
        from trade_lib.app import state
        from trade_lib.app.readme import refresh

        refresh(readme, ledger.markdown_table(card))
        if not ids:
            state.store(state.SHIPPED, [ledger.as_record(one) for one in verdicts])
        print(f"wrote {readme}")


def _print(record, evidence):
    """One claim as a block of whole sentences, which reads at any width; alone, with its rule and evidence."""
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding

    console = Console(highlight=False)
    then, now = record["verdict"], record["verdict_now"]
    later = "" if then == now else f", as known now [{STYLES[now]}]{now}[/]"
    console.print(f"[bold]{record['id']}[/] [{STYLES[then]}]{then}[/]{later}")
    ways = record["ways"]
    lines = [f"[bold]{escape(record['claim'])}[/]", escape(record["reason"]),
             f"[dim]Holds in {ways['held']} of {ways['of']} ways of counting.[/]" if ways else ""]
    if evidence:
        from trade_lib.claims.core import interval, number

        lines += ["", f"[bold]Rule.[/] {escape(record['rule'])}", ""]
        for e in record["evidence"]:
            limits = interval(e["low"], e["high"], e["unit"])
            lines.append(escape(f"{e['name']}: {number(e['value'], e['unit'])} {e['unit']}"
                                f"{f' ({limits})' if limits else ''}; {', '.join(e['sources'])}, {e['vintage']}"))
    console.print(Padding("\n".join(filter(None, lines)), (0, 2, 1, 4)))

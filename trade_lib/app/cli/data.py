"""`trade-lib data ...`: list, show, verify and catalogue the tables."""

from typing import Annotated

import typer

from trade_lib.app.cli.terminal import Commands, marked, plain

app = typer.Typer(help="The tables behind every number: list, show, verify.", no_args_is_help=True,
                  cls=Commands)


def _print(frame, title):
    """A frame as a table on the terminal; where it is narrower than the table, a block of lines a row."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    names = [str(name) for name in frame.columns]
    texts = [["" if cell is None or cell != cell else str(cell) for cell in row]
             for row in frame.itertuples(index=False)]
    wide = [max(map(len, column)) for column in zip(names, *texts, strict=True)]
    if sum(min(width, 40) + 3 for width in wide) + 1 > console.width:
        _print_records(console, names, texts, title)
        return
    grid = Table(title=marked(title), title_justify="left")
    for name, column in zip(names, frame.columns, strict=True):
        grid.add_column(marked(name), justify="right" if frame[column].dtype.kind in "if" else "left", overflow="fold")
    for row in texts:
        grid.add_row(*map(marked, row))
    console.print(grid)


def _print_records(console, names, texts, title):
    """Each row as lines of name and value; what is empty is left out."""
    from rich.padding import Padding

    console.print(f"[bold]{marked(title)}[/]")
    for number, row in enumerate(texts, 1):
        console.print(f"[dim]row {number}[/]")
        for name, text in zip(names, row, strict=True):
            if text:
                console.print(Padding(f"[dim]{marked(name)}[/]  {marked(text)}", (0, 0, 0, 2)))


@app.command("list")
def list_():
    """The tables: name, rows, title, vintage.

    Example: `trade-lib data list`.
    """
    from trade_lib.data.tables import tables

    _print(tables()[["name", "rows", "title", "vintage"]], "Tables")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="table, source id, or id of a printed figure such as OF0920")],
    rows: Annotated[int, typer.Option(min=0, help="rows of a table to print")] = 8,
):
    """The head of a table and where it comes from; or where a source or a printed figure comes from.

    Examples: `trade-lib data show flows_monthly --rows 3`, `trade-lib data show OF0923`.
    """
    from trade_lib.data.provenance import provenance
    from trade_lib.data.tables import load, tables

    if name in set(tables()["name"]):
        _print(load(name).head(rows), name)
    for origin in provenance(name).to_dict("records"):
        typer.echo("\n".join(f"{key}: {plain(value)}" for key, value in origin.items() if value) + "\n")


@app.command()
def verify(names: Annotated[list[str] | None, typer.Argument(help="tables; all when none is named")] = None):
    """Check files, schemas, keys, bands, months and fingerprints; exit 1 and one line a fault.

    Examples: `trade-lib data verify`, `trade-lib data verify flows_monthly areas`.
    """
    from trade_lib.data.tables import tables
    from trade_lib.data.verify import verify as verify_tables

    faults = verify_tables(names)
    checked = tables()
    for fault in faults.to_dict("records"):
        place = "".join(f", {key} {fault[key]}" for key in ("row", "column") if fault[key])
        typer.echo(f"{fault['table']}: {fault['check']}{place}: found '{fault['found']}'; expected {fault['expected']}")
    if len(faults):
        raise typer.Exit(1)
    checked = checked[checked["name"].isin(names)] if names else checked
    typer.echo(f"{len(checked)} tables, {checked['rows'].sum():,} rows: as recorded")


@app.command()
def catalog():
    """The catalogue of the tables as Markdown (what data/CATALOG.md holds).

    Example: `trade-lib data catalog > CATALOG.md`.
    """
    from trade_lib.data.provenance import catalog as catalog_text

    typer.echo(catalog_text(), nl=False)

"""`trade-lib report`: the notebooks executed, as HTML pages."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from trade_lib.app import report
from trade_lib.errors import TradeDataError


def write(
    folder: Annotated[Path, typer.Argument(help="The folder of notebooks.")] = Path("notebooks"),
    out: Annotated[Path, typer.Option(help="Where the pages go.")] = Path("build"),
    workers: Annotated[str, typer.Option(help="How many notebooks run at a time: a number, or auto.")] = "auto",
    in_place: Annotated[bool, typer.Option("--in-place", help="Store the outputs in the notebooks; no pages.")] = False,
):
    """Execute every notebook and write an HTML report that needs no network.

    Example: `trade-lib report --out build`.
    """
    if workers != "auto" and not workers.isdigit():
        raise typer.BadParameter("a number, or auto", param_hint="--workers")
    try:
        done = report.execute(report.find(folder), workers=0 if workers == "auto" else int(workers))
        if in_place:
            report.write_in_place(done)
            print(f"{len(done)} notebooks executed and stored")
        else:
            index = report.write_report(done, out)
            print(f"{len(done)} notebooks executed; open {index}")
    except TradeDataError as error:
        Console(stderr=True).print(f"error: {error}", style="red", soft_wrap=True, highlight=False)
        raise typer.Exit(1) from None
    except ModuleNotFoundError as error:
        Console(stderr=True).print(f"error: {error}; pip install trade-lib[notebooks]", style="red", markup=False)
        raise typer.Exit(1) from None

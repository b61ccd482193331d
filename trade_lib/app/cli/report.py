"""`trade-lib report`: the notebooks executed, as HTML pages."""

from pathlib import Path
from typing import Annotated

import typer

MOST_WORKERS = 64


def write(
    folder: Annotated[Path, typer.Argument(help="The folder of notebooks.")] = Path("notebooks"),
    out: Annotated[Path, typer.Option(help="Where the pages go.")] = Path("build"),
    workers: Annotated[str, typer.Option(help="How many notebooks run at a time: 1 to 64, or auto.")] = "auto",
    in_place: Annotated[bool, typer.Option("--in-place", help="Store the outputs in the notebooks; no pages.")] = False,
):
    """Execute every notebook and write an HTML report that needs no network.

    Example: `trade-lib report --out build`.
    """
    from trade_lib.app import report
    from trade_lib.errors import TradeDataError

    known = {"auto": 0, **{str(number): number for number in range(1, MOST_WORKERS + 1)}}
    if workers not in known:
        raise TradeDataError("not a number of workers", column="--workers", value=workers, expected="1 to 64, or auto")
    done = report.execute(report.find(folder), workers=known[workers])
    if in_place:
        report.write_in_place(done)
        print(f"{len(done)} notebooks executed and stored")
    else:
        index = report.write_report(done, out)
        print(f"{len(done)} notebooks executed; open {index}")

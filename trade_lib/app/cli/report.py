"""`trade-lib report`: the notebooks executed, as HTML pages."""

from pathlib import Path
from typing import Annotated

import typer

MOST_WORKERS = 64


def write(
    folder: Annotated[Path, typer.Argument(help="The folder of notebooks.")] = Path("notebooks"),
    out: Annotated[Path, typer.Option(help="Where the pages go.")] = Path("build"),
    workers: Annotated[str, typer.Option(help="How many notebooks run at a time: 1 to 64, or auto.")] = "auto",
    fresh: Annotated[bool, typer.Option("--fresh", help="Execute all, also what has not changed.")] = False,
    in_place: Annotated[bool, typer.Option("--in-place", help="Store the outputs in the notebooks; no pages.")] = False,
):
    """Execute every notebook that changed and write an HTML report that needs no network.

    Example: `trade-lib report --out build`.
    """
    from trade_lib.app import execute, report
    from trade_lib.errors import TradeDataError

    known = {"auto": 0, **{str(number): number for number in range(1, MOST_WORKERS + 1)}}
    if workers not in known:
        raise TradeDataError("not a number of workers", column="--workers", value=workers, expected="1 to 64, or auto")
    folder_kept = None if in_place else out / "executed"
    done = execute.execute(execute.find(folder), known[workers], kept=folder_kept, fresh=fresh)
    if in_place:
        execute.write_in_place(done)
        print(f"{len(done)} notebooks executed and stored")
        return
    index = report.write_report(done, out)
    ran = sum(one.fresh for one in done)
    unchanged = f"; {len(done) - ran} unchanged since they last were" if ran < len(done) else ""
    print(f"{ran} notebooks executed{unchanged}; open {index}")

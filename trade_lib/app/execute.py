"""Execute notebooks from their first cell to their last, each in a kernel of its own; what has not changed is kept."""

import asyncio
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from trade_lib.app.state import state
from trade_lib.data.files import write
from trade_lib.errors import TradeDataError

STARTUP = "from trade_lib.app.kernel import describe_figures; describe_figures()"  # before the first cell


@dataclass(frozen=True)
class Executed:
    """One executed notebook: its file, its content with outputs, the seconds it took, whether that was in this run."""

    path: Path
    notebook: dict
    seconds: float
    fresh: bool = True


def find(folder):
    """The notebooks of a folder (not of its subfolders) in the order of their names."""
    paths = sorted(Path(folder).glob("*.ipynb"))
    if not paths:
        raise TradeDataError("no notebooks", file=folder, expected="a folder with .ipynb files")
    return paths


def execute(paths, workers=2, progress=True, kept=None, fresh=False):
    """Execute notebooks with nbclient, ``workers`` at a time (0: one a processor, at most 4); the files are only read.

    With a folder ``kept``, a notebook whose text, package, tables and versions are those of an earlier run is read back
    from there, unless all are to be executed (``fresh``). A failing cell raises `TradeDataError` with notebook, cell
    and the error's last line.

    Examples
    --------
    >>> [done.seconds for done in execute(find("notebooks"))]  # doctest: +SKIP
    [4.1, 9.6, 3.9, 12.0]
    """
    from tqdm import tqdm

    read = [(Path(path), _read(Path(path))) for path in paths]
    earlier = {path: _kept(path, kept) for path, _ in read} if kept and not fresh else {}
    due = [(path, notebook) for path, notebook in read if not earlier.get(path)]
    cells = sum(cell.cell_type == "code" for _, notebook in due for cell in notebook.cells)
    with tqdm(total=cells, unit="cell", disable=not progress or not due) as bar:
        done = asyncio.run(_execute_all(due, workers or min(os.cpu_count() or 1, 4), bar))
    if kept:
        for one in done:
            _keep(one, kept)
    done = {one.path: one for one in done}
    return [earlier.get(path) or done[path] for path, _ in read]


def differing(executed):
    """Numbers of the cells whose printed output is not the one stored in the notebook's file."""
    stored = _read(executed.path)
    pairs = zip(stored.cells, executed.notebook.cells, strict=True)
    return [n for n, (old, new) in enumerate(pairs, 1) if _printed(old) != _printed(new)]


def _printed(cell):
    """What a cell shows, apart from pictures and widgets."""
    shown = []
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        shown.append(output.get("text") or (data.get("text/html"), data.get("text/plain")))
    return shown


def write_in_place(executed):
    """Store executed notebooks where they came from, without anything that differs from run to run."""
    import nbformat

    for done in executed:
        write(done.path, nbformat.writes(normalise(done.notebook)) + "\n")


def normalise(notebook):
    """A copy of a notebook with the same text in every run: no time stamps, no versions, no random cell ids.

    A cell's id is the start of the SHA-1 of its source (a repeated source gets a number), so that it stays when other
    cells come or go. Kept of the metadata: the kernel's name, the language's name, and the cells' tags.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> normalise(new_notebook(cells=[new_markdown_cell("# Why?")])).cells[0].id
    '92c4001e'
    """
    from copy import deepcopy

    notebook = deepcopy(notebook)
    notebook.nbformat_minor = 5
    notebook.metadata.clear()
    notebook.metadata.update(
        kernelspec={"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    seen = {}
    for cell in notebook.cells:
        digest = hashlib.sha1(f"{cell.cell_type}:{cell.source}".encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        tags = cell.metadata.get("tags")
        cell.metadata.clear()
        if tags:
            cell.metadata["tags"] = tags
    return notebook


def _key(path):
    return hashlib.sha256(state().encode() + path.read_bytes()).hexdigest()[:20]


def _kept(path, folder):
    """The notebook as an earlier run left it, or None."""
    import nbformat

    for held in Path(folder).glob(f"{path.stem}-{_key(path)}.ipynb"):
        notebook = nbformat.read(held, as_version=4)
        return Executed(path, notebook, notebook.metadata.pop("seconds", 0.0), fresh=False)
    return None


def _keep(done, folder):
    """Keep an executed notebook under what it depends on, in the place of earlier ones."""
    import nbformat

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{done.path.stem}-{'?' * 20}.ipynb"):
        old.unlink()
    notebook = normalise(done.notebook)
    notebook.metadata["seconds"] = round(done.seconds, 1)
    write(folder / f"{done.path.stem}-{_key(done.path)}.ipynb", nbformat.writes(notebook))


def _read(path):
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError, TypeError, AttributeError, KeyError, nbformat.ValidationError) as error:
        raise TradeDataError(f"cannot be read as a notebook ({error})", file=path) from None


async def _execute_all(read, workers, bar):
    places = asyncio.Semaphore(workers)
    tasks = [asyncio.create_task(_execute_one(path, notebook, places, bar)) for path, notebook in read]
    try:
        return list(await asyncio.gather(*tasks))
    finally:  # one failed: the others' kernels are told to stop before the error is shown
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _execute_one(path, notebook, places, bar):
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    at = {"cell": 0}

    def started(cell, cell_index):
        at["cell"] = cell_index

    client = NotebookClient(
        notebook, kernel_name="python3", timeout=600, coalesce_streams=True, record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        # A kernel warns of its unencrypted local connection at every start; that is no news.
        extra_arguments=["--log-level=ERROR", f"--IPKernelApp.exec_lines={STARTUP}"],
        on_cell_start=started, on_cell_executed=lambda **_: bar.update(1),
    )
    async with places:
        bar.set_postfix_str(path.stem)
        start = time.perf_counter()
        try:
            await client.async_execute()
        except CellExecutionError as error:
            raise TradeDataError(f"cell {at['cell'] + 1} failed: {error.ename}: {error.evalue}", file=path) from None
        except (CellTimeoutError, DeadKernelError) as error:
            raise TradeDataError(f"cell {at['cell'] + 1} failed: {str(error).splitlines()[0]}", file=path) from None
        return Executed(path, notebook, time.perf_counter() - start)

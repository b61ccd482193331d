"""Execute the notebooks from their first cell to their last and write them as HTML pages that need no network."""

import asyncio
import hashlib
import html
import os
import time
from dataclasses import dataclass
from pathlib import Path

from trade_lib.errors import TradeDataError

# The exporter's page without the scripts that it would fetch from other hosts (RequireJS, MathJax, Mermaid, widgets).
_TEMPLATE = """{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block jupyter_widgets -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
"""
_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Trade claims, answered with data</title>
<style>
body {{ font: 16px/1.5 sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
td, th {{ text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #ddd; }}
td:last-child, th:last-child {{ text-align: right; white-space: nowrap; }}
</style>
</head>
<body>
<h1>Trade claims, answered with data</h1>
<table>
<tr><th>Notebook</th><th>Question</th><th>Time taken</th></tr>
{rows}
</table>
</body>
</html>
"""


@dataclass(frozen=True)
class Executed:
    """One executed notebook: where it came from, its content with outputs, and the seconds it took."""

    path: Path
    notebook: dict
    seconds: float


def find(folder):
    """The notebooks of a folder, in the order of their names.

    Parameters
    ----------
    folder : str or Path. The folder; its subfolders are not looked into.

    Returns
    -------
    list of Path

    Examples
    --------
    >>> find("notebooks")[0].suffix  # doctest: +SKIP
    '.ipynb'
    """
    paths = sorted(Path(folder).glob("*.ipynb"))
    if not paths:
        raise TradeDataError("no notebooks", file=folder, expected="a folder with .ipynb files")
    return paths


def execute(paths, workers: int = 2, progress: bool = True):
    """Execute notebooks, each in a kernel of its own, `workers` of them at a time.

    The files are only read. A kernel works in its notebook's folder, as JupyterLab has it.

    Parameters
    ----------
    paths : list of str or Path. The notebooks.
    workers : how many run at a time; 0 means one for each processor, at most 4.
    progress : show a progress bar that counts cells, on standard error.

    Returns
    -------
    list of Executed
        In the order of `paths`.

    Notes
    -----
    Execution is that of nbclient (https://nbclient.readthedocs.io).

    Examples
    --------
    >>> [done.seconds for done in execute(find("notebooks"))]  # doctest: +SKIP
    [4.1, 9.6, 3.9, 12.0]
    """
    from tqdm import tqdm

    read = [(Path(path), _read(Path(path))) for path in paths]
    cells = sum(cell.cell_type == "code" for _, notebook in read for cell in notebook.cells)
    with tqdm(total=cells, unit="cell", disable=not progress) as bar:
        return asyncio.run(_execute_all(read, workers or min(os.cpu_count() or 1, 4), bar))


def write_report(executed, folder):
    """Write one HTML page a notebook, and index.html that lists them with their first heading and the time taken.

    Parameters
    ----------
    executed : list of Executed. From `execute`.
    folder : str or Path. Made when it is not there; pages of the same name are written over.

    Returns
    -------
    Path
        index.html.

    Notes
    -----
    The pages hold their styles and figures within them and request nothing from any host.

    Examples
    --------
    >>> write_report(execute(find("notebooks")), "build")  # doctest: +SKIP
    PosixPath('build/index.html')
    """
    from nbconvert import HTMLExporter

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    exporter = HTMLExporter(raw_template=_TEMPLATE)
    rows = []
    for done in executed:
        page = folder / f"{done.path.stem}.html"
        body, _ = exporter.from_notebook_node(done.notebook, {"metadata": {"name": title(done.notebook, done.path)}})
        page.write_text(body, encoding="utf-8")
        rows.append(f'<tr><td><a href="{page.name}">{html.escape(done.path.stem)}</a></td>'
                    f"<td>{html.escape(title(done.notebook, done.path))}</td><td>{done.seconds:.1f} s</td></tr>")
    index = folder / "index.html"
    index.write_text(_INDEX.format(rows="\n".join(rows)), encoding="utf-8")
    return index


def write_in_place(executed):
    """Store executed notebooks where they came from, without anything that differs from run to run.

    Parameters
    ----------
    executed : list of Executed. From `execute`.

    Examples
    --------
    >>> write_in_place(execute(find("notebooks")))  # doctest: +SKIP
    """
    import nbformat

    for done in executed:
        nbformat.write(normalise(done.notebook), done.path)


def normalise(notebook: dict) -> dict:
    """A copy of a notebook with the same text in every run: no time stamps, no versions, no random cell ids.

    A cell's id is the start of the SHA-1 of its source (a repeated source gets a number), so that it stays when other
    cells come or go. Kept of the metadata: the kernel's name, the language's name, and the cells' tags.

    Parameters
    ----------
    notebook : A notebook in format 4.

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


def title(notebook: dict, path) -> str:
    """The text of a notebook's first heading, or its file's name when it has none.

    Parameters
    ----------
    notebook : A notebook in format 4.
    path : str or Path. Its file.

    Examples
    --------
    >>> title({"cells": [{"cell_type": "markdown", "source": "# Did it grow?"}]}, "03-growth.ipynb")
    'Did it grow?'
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in cell["source"].splitlines():
                if line.startswith("#"):
                    return line.lstrip("#").strip()
    return Path(path).stem


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
        extra_arguments=["--log-level=ERROR"],  # a kernel warns of its unencrypted local connection at every start
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

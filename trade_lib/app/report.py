"""The report of executed notebooks: scorecard, answers, evidence and what was run, as pages that need no network."""

import re
from html import escape
from pathlib import Path
from string import Template

from trade_lib.app import page
from trade_lib.app.execute import differing
from trade_lib.app.state import verdicts, versions
from trade_lib.claims import all_claims
from trade_lib.data import files

TITLE = "Trade claims, answered with data"
PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
$style
body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0; }
main { max-width: 50rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; } a { color: var(--link); } pre { overflow-x: auto; white-space: pre-wrap; }
details.code { color: var(--soft); font-size: .9em; } math { font-size: 1.1em; }
</style>
</head>
<body>
<main>
$body
</main>
<script>
$script
</script>
</body>
</html>
""")


def write_report(executed, folder):
    """Write a page a notebook and ``index.html`` with scorecard, answers and what was run; the path of the latter."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    stems = {done.path.stem for done in executed}
    notebooks = {claim.id: claim.notebook for claim in all_claims() if claim.notebook in stems}
    records = [{**r, "notebook": notebooks[r["id"]]} for r in verdicts() if r["id"] in notebooks] if notebooks else []
    for done in executed:
        own = [r for r in records if r["notebook"] == done.path.stem]
        files.write(folder / f"{done.path.stem}.html", notebook_page(done, folder, own))
    return files.write(folder / "index.html", _page(TITLE, index_body(executed, records)))


def index_body(executed, records):
    """The first page: the scorecard, each question with its answer, and what was run."""
    parts = [f"<h1>{TITLE}</h1>"]
    if records:
        parts.append(page.scorecard(records, lambda record: f"{record['notebook']}.html"))
    items = "".join(f'<li><a href="{done.path.stem}.html"><b>{escape(title(done.notebook, done.path))}</b></a>'
                    f"<p>{escape(page.closing(done.notebook))}</p></li>" for done in executed)
    return "\n".join([*parts, f"<h2>The notebooks</h2><ol>{items}</ol>", run_table(executed)])


def run_table(executed):
    """What was executed and compared, how long it took, and with which versions."""
    fresh = sum(done.fresh for done in executed)
    changed = [(done, cells) for done in executed if (cells := differing(done))]
    told = (f"{fresh} of {len(executed)} notebooks were executed in this run; the others have not changed since they "
            "were, and neither have the package, its tables and its libraries.")
    compared = "Every printed output is the one stored in the notebook." if not changed else \
        "Other than stored: " + "; ".join(f"{done.path.stem}, cells {', '.join(map(str, cells))}"
                                          for done, cells in changed) + "."
    rows = "".join(f'<tr><th scope="row">{escape(done.path.stem)}</th><td>{done.seconds:.1f} s</td>'
                   f"<td>{'executed' if done.fresh else 'as before'}</td></tr>" for done in executed)
    used = ", ".join(f"{name} {version}" for name, version in versions().items())
    return (f'<h2>What was run</h2><p>{told} {compared}</p><p>{used}.</p><div class="wide"><table>'
            '<caption>Time of each notebook.</caption><thead><tr><th scope="col">notebook</th><th scope="col">time</th>'
            f'<th scope="col">run</th></tr></thead><tbody>{rows}</tbody></table></div>')


def notebook_page(done, folder, records):
    """A notebook as a page: the answer under its title, code folded, figures for both widths of screen."""
    name = title(done.notebook, done.path)
    answer = page.answer_box(records) if records else page.text_box(page.closing(done.notebook))
    page.place_figures(done.notebook, done.path.stem, folder / "figures", "figures/", f"“{name}”.")
    cells = [_text(cell.source) if cell.cell_type == "markdown" else _code(cell) for cell in done.notebook.cells]
    body = "\n".join(cells).replace("</h1>", f"</h1>{answer}", 1)
    return _page(name, f'<p><a href="index.html">{TITLE}</a></p>{body}')


def title(notebook, path):
    """The text of a notebook's first heading, or its file's name when it has none.

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


def _page(name, body):
    style, script = (files.read_text(page.HERE / f"page.{kind}") for kind in ("css", "js"))
    return PAGE.substitute(title=escape(name), style=style, body=body, script=script)


def _text(source):
    """Markdown as HTML, formulas as MathML, links between notebooks as links between pages."""
    from latex2mathml.converter import convert
    from nbconvert.filters import markdown2html

    formulas = []

    def keep(match):
        block = match[1] is not None
        formulas.append(convert(match[1] or match[2], display="block" if block else "inline"))
        return f"formula{len(formulas) - 1}kept"

    text = re.sub(r"\$\$(.+?)\$\$|\$([^$\n]*[\\^_{][^$\n]*)\$", keep, source, flags=re.DOTALL)
    text = re.sub(r"formula(\d+)kept", lambda m: formulas[int(m[1])], markdown2html(text))
    text = re.sub(r'<a class="anchor-link"[^>]*>.*?</a>', "", text)
    return re.sub(r'(href="[^":]+)\.ipynb"', r'\1.html"', text)


def _code(cell):
    """Code folded away, its outputs in full."""
    shown = [f'<details class="code"><summary>Show the code</summary><pre>{escape(cell.source)}</pre></details>']
    for output in cell.outputs:
        data = output.get("data", {})
        html = data.get("text/html")
        text = output.get("text") or data.get("text/plain") or ""
        shown.append(f'<div class="cell_output">{html}</div>' if html else f'<pre class="printed">{escape(text)}</pre>')
    return "\n".join(shown)

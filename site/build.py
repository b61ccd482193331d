"""Assemble the web site's pages from the ledger, the data package and the executed notebooks, and build them.

    python site/build.py [--out build/site]

Nothing is executed: notebooks come with their committed outputs, numbers from the claims' evidence. Sphinx treats
every warning as an error.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from trade_lib import claims, plots, provenance
from trade_lib.claims import russia_growth, russia_total
from trade_lib.claims.core import interval, number
from trade_lib.plots import interactive

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
PILLS = {"supported": "yes", "supported with caveats": "caveats", "mixed": "mixed", "contradicted": "no",
         "not testable with these data": "untestable", "not evaluated": "open"}
# The interactive charts, by the claim whose page carries them.
CHARTS = {
    "C01": lambda: interactive.readings(russia_growth.growth_readings(), russia_growth.STATED),
    "C02": lambda: interactive.path(combined(russia_total.expectation_path()), russia_total.THRESHOLD),
    "C03": lambda: interactive.years(russia_total.annual_totals(), russia_total.THRESHOLD),
}


def combined(path):
    """The rows of the combined forecast."""
    return path[path["model"] == "combination"]


def pill(verdict):
    """A verdict as a coloured word."""
    return f'<span class="pill pill-{PILLS[verdict]}">{verdict}</span>'


def row(*cells, tag="td"):
    """One row of an HTML table."""
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def html_table(head, rows, caption):
    """An HTML table that the site's script makes sortable."""
    body = "\n".join(row(*cells) for cells in rows)
    return (f'<div class="wide"><table class="sortable"><caption>{caption}</caption>'
            f"<thead>{row(*head, tag='th')}</thead><tbody>\n{body}\n</tbody></table></div>")


def home(verdicts):
    """The scorecard page: each claim with its verdict then and now, linked to its evidence."""
    rows = [(f'<a href="claims/{v.claim.id}.html">{v.claim.id}</a>',
             f'<a href="claims/{v.claim.id}.html">{v.claim.claim}</a>', pill(v.verdict), pill(v.verdict_now),
             "" if v.agreement is None else f"{100 * v.agreement:.0f} %") for v in verdicts]
    counted = sum(v.verdict.startswith("supported") for v in verdicts)
    return f"""# Trade claims, answered with data

An article of 29 December 2021 made {len(verdicts)} claims about China's foreign trade. Each is checked here against
public data, with whose customs it counts, of which date, and how far the answer depends on how one counts.
As of the article's date {counted} of the {len(verdicts)} are supported, with or without caveats.

{html_table(("id", "claim", "then", "now", "agreement"), rows, "The scorecard. Choose a claim for its evidence.")}

"Then" uses what could be known on the article's date, "now" what is known since. Agreement is the share of reasonable
alternative specifications under which the claim holds. Each verdict follows from a rule that was written first.

```{{toctree}}
:hidden:

The argument <notebooks/index>
The claims <claims/index>
Data <catalogue>
Library <reference/index>
Cite <cite>
Reuse <reuse>
```
"""


def claim_page(verdict):
    """One claim: verdict, rule, evidence with sources, alternatives, chart where there is one."""
    claim = verdict.claim
    worked = claim.notebook and (NOTEBOOKS / f"{claim.notebook}.ipynb").exists()
    notebook = f"[The notebook that works this claim](../notebooks/{claim.notebook}.ipynb)." if worked else ""
    evidence = [(e.name, number(e.value, e.unit), interval(e.low, e.high, e.unit), e.unit, e.vintage,
                 ", ".join(f'<a href="#source-{s}">{s}</a>' for s in e.sources)) for e in verdict.evidence]
    parts = [f"# {claim.id}: {claim.claim}", "",
             f"Then: {pill(verdict.verdict)} Now: {pill(verdict.verdict_now)}", "", verdict.why, "", notebook, ""]
    if claim.id in CHARTS:
        parts += [chart(claim.id, CHARTS[claim.id]()), ""]
    parts += ["## The rule", "", claim.rule, ""]
    if evidence:
        head = ("evidence", "value", "interval", "unit", "vintage", "sources")
        parts += ["## The evidence", "", html_table(head, evidence, f"Evidence of {claim.id}."), ""]
    if verdict.agreement is not None:
        spec = verdict.specifications
        cells = [[f"{c:.2f}" if isinstance(c, float) else c for c in r] for r in spec.itertuples(index=False)]
        parts += ["## Other ways to count", "",
                  html_table(list(spec.columns), cells, f"{100 * verdict.agreement:.0f} % of these agree."), ""]
    return "\n".join(parts + sources_section(verdict))


def sources_section(verdict):
    """Publisher, vintage and address of each source of a verdict: the second of the two steps from a number."""
    names = list(dict.fromkeys(s for e in verdict.evidence for s in e.sources))
    if not names:
        return []
    rows = []
    for name in names:
        paper = provenance(name).iloc[0]
        url = str(paper["url"] or "")
        page = f'<a href="{url}">{url[:60]}</a>' if url.startswith("http") else url
        rows.append((f'<span id="source-{name}">{name}</span>', paper["publisher"], paper["dataset"], paper["vintage"],
                     paper["licence"], page))
    head = ("source", "publisher", "what", "vintage", "licence as stated", "page")
    return ["## Sources", "", html_table(head, rows, "Where the numbers come from."), ""]


def chart(name, figure):
    """An interactive chart drawn by the script that the site itself serves."""
    text = json.dumps(figure).replace("</", "<\\/")
    alt = figure["title"]
    return (f'<figure><figcaption>{alt}</figcaption><div class="chart" id="chart-{name}" role="img" '
            f'aria-label="{alt}"></div></figure>'
            f'<script type="application/json" data-chart="chart-{name}">{text}</script>'
            '<script src="../_static/plotly.min.js"></script>')


def copy_notebook(path, folder):
    """A notebook for the site: code folded, figures with the summary of their drawing function as alternative text."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
        drawn = re.search(r"plots\.(\w+)\(", cell.source)
        if drawn and hasattr(plots, drawn[1]):
            summary = (getattr(plots, drawn[1]).__doc__ or drawn[1]).strip().splitlines()[0]
            cell.metadata["mystnb"] = {"image": {"alt": summary}}
    nbformat.write(notebook, folder / path.name)


def contents(title, lead, names):
    """A page that lists other pages."""
    listed = "\n".join(names)
    return f"# {title}\n\n{lead}\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"


def reference(folder):
    """One page a module of the library, from its docstrings."""
    modules = []
    for path in sorted((ROOT / "trade_lib").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[-1].startswith("_") or "cli" in parts:
            continue
        modules.append(".".join(parts))
    for name in modules:
        (folder / f"{name}.md").write_text(
            f"# {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```\n", encoding="utf-8")
    lead = "Every public function, with formula, units, errors and an example."
    (folder / "index.md").write_text(contents("Library reference", lead, modules), encoding="utf-8")


def assemble(source):
    """Write every page into the folder ``source``."""
    shutil.rmtree(source, ignore_errors=True)
    for name in ("claims", "notebooks", "reference", "_static"):
        (source / name).mkdir(parents=True)
    verdicts = claims.evaluate_all()
    (source / "index.md").write_text(home(verdicts), encoding="utf-8")
    for verdict in verdicts:
        (source / "claims" / f"{verdict.claim.id}.md").write_text(claim_page(verdict), encoding="utf-8")
    listed = contents("The claims", "Rule, evidence, alternatives and sources of each.", [v.claim.id for v in verdicts])
    (source / "claims" / "index.md").write_text(listed, encoding="utf-8")
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in paths:
        copy_notebook(path, source / "notebooks")
    listed = contents("The argument", "One question a notebook, in the order of the argument.", [p.stem for p in paths])
    (source / "notebooks" / "index.md").write_text(listed, encoding="utf-8")
    reference(source / "reference")
    shutil.copy(ROOT / "data" / "CATALOG.md", source / "catalogue.md")
    for page in ("cite.md", "reuse.md", "conf.py"):
        shutil.copy(ROOT / "site" / page, source / page)
    for asset in (ROOT / "site" / "_static").iterdir():
        shutil.copy(asset, source / "_static" / asset.name)
    shutil.copy(interactive.script(), source / "_static" / "plotly.min.js")
    shutil.copy(ROOT / "CITATION.cff", source / "_static" / "CITATION.cff")


def main(arguments=None):
    """Assemble and build; the exit code is Sphinx's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site")
    out = parser.parse_args(arguments).out
    source = out.parent / (out.name + "-source")
    assemble(source)
    sphinx = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-j", "auto", "-b", "html"]
    code = subprocess.run([*sphinx, str(source), str(out)], check=False).returncode
    print(f"open {out / 'index.html'}" if code == 0 else "the site has faults, named above", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""Assemble the web site's pages from the ledger, the data package and the executed notebooks, and build them.

    python site/build.py [--out build/site]

Nothing is executed: notebooks come with their committed outputs, numbers from the claims' evidence. Sphinx treats
every warning as an error.
"""

import argparse
import ast
import html
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import yaml

from trade_lib import claims, plots, provenance
from trade_lib.check import answer as check
from trade_lib.claims import c01_russia_growth as russia_growth
from trade_lib.claims import c02_russia_total as russia_total
from trade_lib.claims.core import interval, number
from trade_lib.plots import fan as forecast_plots
from trade_lib.plots import interactive

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
PILLS = {"supported": "yes", "supported with caveats": "caveats", "mixed": "mixed", "contradicted": "no",
         "not testable with these data": "untestable"}
# The interactive charts, by the claim whose page carries them.
CHARTS = {
    "C01": lambda: interactive.readings(russia_growth.growth_readings(), russia_growth.STATED),
    "C02": lambda: interactive.path(combined(russia_total.expectation_path()), russia_total.THRESHOLD),
    "C03": lambda: interactive.years(russia_total.annual_totals(), russia_total.THRESHOLD),
}
# What the value of an alternative is, for the claims whose alternatives are all in one unit.
WAYS = {
    "C02": "probability of passing the threshold", "C04": "share of partner-months that grew",
    "C05": "points of growth ahead of the comparison", "C09": "points ahead of the US's and Europe's part",
    "C10": "points a year above the growth of gross trade", "C11": "points of growth ahead of the comparison",
    "C14": "points a year ahead of goods", "C17": "developing pivots more than in 2000",
}
EXAMPLE = "trade-in-2023"  # the article that the page on checking shows


def combined(path):
    """The rows of the combined forecast."""
    return path[path["model"] == "combination"]


def pill(verdict):
    """A verdict as a coloured word."""
    return f'<span class="pill pill-{PILLS[verdict]}">{verdict}</span>'


def row(cells, head):
    """One row of an HTML table; each cell carries its column's name, which a phone shows beside it."""
    return "<tr>" + "".join(f'<td data-label="{html.escape(name)}">{cell}</td>'
                            for cell, name in zip(cells, head, strict=True)) + "</tr>"


def html_table(head, rows, caption, kind=""):
    """An HTML table that the site's script makes sortable; of kind ``cards``, a card a row on a phone."""
    body = "\n".join(row(cells, head) for cells in rows)
    heads = "".join(f'<th scope="col">{name}</th>' for name in head)
    return (f'<div class="wide"><table class="sortable {kind}"><caption>{caption}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody></table></div>")


def tally(word, verdicts):
    """How many claims have each verdict, as one bar."""
    counted = Counter(verdicts)
    present = [v for v in PILLS if counted[v]]
    told = ", ".join(f"{counted[v]} {v}" for v in present)
    parts = "".join(f'<span class="pill-{PILLS[v]}" style="flex-grow:{counted[v]}" title="{counted[v]} {v}">'
                    f"{counted[v]}</span>" for v in present)
    return f'<div class="tally"><b>{word}</b><div role="img" aria-label="{word}: {told}">{parts}</div></div>'


def ways(*cards):
    """Links to where a reader may go next: (address, title, what is there)."""
    linked = "".join(f'<a href="{url}"><b>{title}</b><span>{text}</span></a>' for url, title, text in cards)
    return f'<nav class="ways" aria-label="Where to go">{linked}</nav>'


def home(verdicts):
    """The scorecard page: each claim with its verdict then and now, linked to its evidence."""
    rows = [(f'<a href="claims/{v.claim.id}.html">{v.claim.id}</a>',
             f'<a href="claims/{v.claim.id}.html">{v.claim.claim}</a>', pill(v.verdict), pill(v.verdict_now),
             "{} of {}".format(*v.held) if v.held else "") for v in verdicts]
    counted = sum(v.verdict.startswith("supported") for v in verdicts)
    legend = " ".join(pill(v) for v in PILLS if any(v in (one.verdict, one.verdict_now) for one in verdicts))
    cards = ways(("notebooks/index.html", "Read the argument", "One question a notebook, the answer figure first."),
                 ("check.html", "Check your own article", "Write its claims into a file, get a verdict for each."),
                 ("notebooks/18-which-model-to-trust.html", "See what forecasts are worth",
                  "Bilateral trade month by month, and how wrong it was."),
                 ("catalogue.html", "Look up the data", "Every table with publisher, vintage and licence."))
    return f"""# Trade claims, answered with data

An article of 29 December 2021 made {len(verdicts)} claims about China's foreign trade. Each is checked here against
public data, with whose customs it counts, of which date, and how far the answer depends on how one counts.
As of the article's date {counted} of the {len(verdicts)} are supported, with or without caveats.

{tally("then", [v.verdict for v in verdicts])}
{tally("now", [v.verdict_now for v in verdicts])}
<p class="legend">{legend}</p>

{html_table(("id", "claim", "then", "now", "ways"), rows, "The scorecard. Choose a claim for its evidence.",
            "cards")}

"Then" uses what could be known on the article's date, "now" what is known since. "Ways" says in how many reasonable
ways of counting the claim holds. Each verdict follows from a rule; its page says whether that was written first.

{cards}

```{{toctree}}
:hidden:

The argument <notebooks/index>
The claims <claims/index>
Check <check>
Data <catalogue>
Library <reference/index>
Cite <cite>
Reuse <reuse>
```
"""


def check_page(page):
    """How to check an article, with the second shipped example as it comes out."""
    article, checked = check.check_file(EXAMPLE)
    rows = [(html.escape(one.claim.id), f"{html.escape(one.claim.text)}<small>{html.escape(one.explanation)}</small>",
             shown["stated"], shown["found"], pill(one.verdict), pill(one.verdict_now))
            for one, shown in zip(checked, check.overview(checked).to_dict("records"), strict=True)]
    found = html_table(("id", "claim, and why", "stated", "found", "then", "now"), rows,
                       f"{html.escape(article['title'])} ({article['date']}).", "cards")
    return page.replace("<!-- example -->", found)


def cite_page(page):
    """The page on citing, with an entry made from the citation file."""
    held = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    author = "; ".join(one["name"] for one in held["authors"])
    released = str(held["date-released"])
    fields = {"author": "{" + author + "}", "title": "{" + held["title"] + "}", "year": released[:4],
              "version": held["version"], "date": released, "license": held["license"]}
    entry = "@software{trade_lib,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}"
    plain = f"{author} ({released[:4]}). *{held['title']}* (version {held['version']}) [software]. {held['license']}."
    return page.replace("<!-- plain -->", plain).replace("<!-- bibtex -->", f"```bibtex\n{entry}\n```")


def claim_page(verdict):
    """One claim: verdict, rule, evidence with sources, alternatives, chart where there is one."""
    claim = verdict.claim
    worked = claim.notebook and (NOTEBOOKS / f"{claim.notebook}.ipynb").exists()
    notebook = f"[The notebook that works this claim](../notebooks/{claim.notebook}.ipynb)." if worked else ""
    evidence = [(e.name, number(e.value, e.unit), interval(e.low, e.high, e.unit), e.unit, e.vintage,
                 ", ".join(f'<a href="#source-{s}">{s}</a>' for s in e.sources)) for e in verdict.evidence]
    parts = [f"# {claim.id}: {claim.claim}", "",
             f"Then: {pill(verdict.verdict)} Now: {pill(verdict.verdict_now)}", "", verdict.reason, "", notebook, ""]
    if claim.id in CHARTS:
        parts += [chart(claim.id, CHARTS[claim.id]()), ""]
    parts += ["## The rule", "", claim.rule, ""]
    if evidence:
        head = ("evidence", "value", "interval", "unit", "vintage", "sources")
        parts += ["## The evidence", "", html_table(head, evidence, f"Evidence of {claim.id}."), ""]
    if verdict.held:
        spec = verdict.ways
        cells = [[f"{c:.2f}" if isinstance(c, float) else c for c in r] for r in spec.itertuples(index=False)]
        parts += ["## Other ways to count", ""]
        if claim.id in WAYS:
            parts += [chart(f"{claim.id}-ways", interactive.alternatives(spec, WAYS[claim.id])), ""]
        parts += [html_table(list(spec.columns), cells, "The claim holds in {} of {} ways.".format(*verdict.held)), ""]
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
    alt = html.escape(figure["title"])
    return (f'<figure><figcaption>{alt}</figcaption><div class="chart" id="chart-{name}" role="img" '
            f'aria-label="{alt}"></div></figure>'
            f'<script type="application/json" data-chart="chart-{name}">{text}</script>'
            '<script src="../_static/plotly.min.js"></script>')


def copy_notebook(path, folder):
    """A notebook for the site: code folded; a figure's alternative text is its section and what it draws."""
    notebook = nbformat.read(path, as_version=4)
    section = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            headings = re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE)
            section = headings[-1] if headings else section
        if cell.cell_type != "code":
            continue
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
        if any("image/png" in output.get("data", {}) for output in cell.outputs):
            cell.metadata["mystnb"] = {"image": {"alt": f"{section}: {drawing(cell.source)}".replace('"', "'")}}
    nbformat.write(notebook, folder / path.name)


def drawing(source):
    """What a cell draws: the summary of its drawing function."""
    for name in re.findall(r"\b\w+\.(\w+)\(", source):
        for place in (plots, forecast_plots):
            if callable(getattr(place, name, None)):
                return (getattr(place, name).__doc__ or name).strip().splitlines()[0]
    raise SystemExit(f"no drawing function found for the alternative text of the figure made by: {source}")


def argument(paths):
    """The list of notebooks: each question with the line that answers it."""
    rows = []
    for path in paths:
        cells = nbformat.read(path, as_version=4).cells
        question = re.search(r"^# (.+)$", cells[0].source, re.MULTILINE)[1]
        printed = [o.text for c in cells if c.cell_type == "code" for o in c.outputs if o.output_type == "stream"]
        lines = [" ".join(line.split()) for line in (printed[-1] if printed else "").splitlines()]
        answer = " ".join(line if line.endswith(".") else f"{line}." for line in lines if line)
        rows.append(f'<li><a href="{path.stem}.html"><b>{html.escape(question)}</b></a>'
                    f"<p>{html.escape(answer)}</p></li>")
    return '<ol class="answers">' + "".join(rows) + "</ol>"


def contents(title, lead, names, shown):
    """A page that shows other pages in its own way and holds them in the navigation."""
    listed = "\n".join(names)
    return f"# {title}\n\n{lead}\n\n{shown}\n\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n"


def reference(folder):
    """One page a module of the library, from its docstrings, and a list of them by package."""
    groups = {}
    for path in sorted((ROOT / "trade_lib").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[-1].startswith("_") or "cli" in parts:
            continue
        name = ".".join(parts)
        told = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]
        told = re.sub(r"`+([^`]+)`+", r"<code>\1</code>", html.escape(" ".join(told.split())))
        groups.setdefault(".".join(parts[:-1]), []).append((name, told))
        (folder / f"{name}.md").write_text(
            f"# {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```\n", encoding="utf-8")
    shown = "\n\n".join(f"## {package}\n\n" + html_table(
        ("module", "what it does"), [(f'<a href="{n}.html"><code>{n.rpartition(".")[2]}</code></a>', told)
                                     for n, told in rows], f"Modules of {package}.", "plain")
        for package, rows in sorted(groups.items()))
    names = [name for _, rows in sorted(groups.items()) for name, _ in rows]
    lead = "Every public function, with formula, units, errors and an example."
    (folder / "index.md").write_text(contents("Library reference", lead, names, shown), encoding="utf-8")


def assemble(source):
    """Write every page into the folder ``source``."""
    shutil.rmtree(source, ignore_errors=True)
    for name in ("claims", "notebooks", "reference", "_static"):
        (source / name).mkdir(parents=True)
    verdicts = claims.evaluate_all()
    (source / "index.md").write_text(home(verdicts), encoding="utf-8")
    for verdict in verdicts:
        (source / "claims" / f"{verdict.claim.id}.md").write_text(claim_page(verdict), encoding="utf-8")
    rows = [(f'<a href="{v.claim.id}.html">{v.claim.id}</a>',
             f'<a href="{v.claim.id}.html">{v.claim.claim}</a><small>{v.reason}</small>', pill(v.verdict),
             pill(v.verdict_now)) for v in verdicts]
    shown = html_table(("id", "claim, and why", "then", "now"), rows, "Every claim with its reason.", "cards")
    listed = contents("The claims", "Rule, evidence, alternatives and sources of each stand on its page.",
                      [v.claim.id for v in verdicts], shown)
    (source / "claims" / "index.md").write_text(listed, encoding="utf-8")
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in paths:
        copy_notebook(path, source / "notebooks")
    listed = contents("The argument", "One question a notebook, and the line that closes it.", [p.stem for p in paths],
                      argument(paths))
    (source / "notebooks" / "index.md").write_text(listed, encoding="utf-8")
    reference(source / "reference")
    shutil.copy(ROOT / "data" / "CATALOG.md", source / "catalogue.md")
    for page, filled in (("cite.md", cite_page), ("check.md", check_page), ("reuse.md", str), ("conf.py", str)):
        (source / page).write_text(filled((ROOT / "site" / page).read_text(encoding="utf-8")), encoding="utf-8")
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

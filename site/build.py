"""Assemble the web site's pages from the ledger, the data package and the executed notebooks, and build them.

    python site/build.py [--out build/site]

Nothing is executed: notebooks come with their committed outputs, numbers from the claims' evidence. Sphinx treats
every warning as an error.
"""

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import yaml
from claim_pages import claim_page, table
from data_pages import write_tables
from explorer_page import explorer_page
from home import home
from PIL import Image
from reference_pages import write_reference

from trade_lib import claims
from trade_lib.app import page
from trade_lib.check import answer as check
from trade_lib.check import articles

ROOT = Path(__file__).resolve().parents[1]
SITE, NOTEBOOKS = ROOT / "site", ROOT / "notebooks"
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PICTURE = "_static/figures/03-russia-growth-1.png"  # of pages without one of their own, where they are shared
EXAMPLE, SHIPPED = "trade-in-2023", "article-2021-12-29"  # the articles that the pages on checking show


def check_page(text):
    """How to check an article, with the second shipped example as it comes out."""
    article, checked = check.check_file(EXAMPLE)
    rows = [(html.escape(one["id"]), f"{html.escape(one['claim'])}<small>{html.escape(one['why'])}</small>",
             one["stated"], one["found"], page.pill(one["verdict"]), page.pill(one["now"]))
            for one in check.overview(checked).to_dict("records")]
    found = table(("id", "claim, and why", "stated", "found", "then", "now"), rows,
                  f"{html.escape(article['title'])} ({article['date']}).")
    return text.replace("<!-- example -->", found)


def marked_page():
    """The article's paraphrase with each statement marked by its verdict, as `trade-lib check` writes such pages."""
    reading = articles.read(articles.text_of(SHIPPED), reporter="CHN")
    text = articles.page(reading, [check.as_record(one) for one in articles.check(reading)[1]])
    about = html.escape("The article of 29 December 2021 in our words, each figure marked by what the data say")
    tags = (f'<meta name="description" content="{about}"><meta property="og:title" content="The article, marked">'
            f'<meta property="og:description" content="{about}"><meta name="twitter:card" content="summary">')
    return text.replace("<title>", f"{tags}<title>", 1).replace(
        "<main>", '<main><p><a href="check.html" style="color: inherit">How to check an article of your own</a></p>', 1)


def about_page(text):
    """The page on citing and reuse, with an entry made from the citation file."""
    author, year = "; ".join(one["name"] for one in CITATION["authors"]), str(CITATION["date-released"])[:4]
    fields = {"author": "{" + author + "}", "title": "{" + CITATION["title"] + "}", "year": year,
              "version": CITATION["version"], "license": CITATION["license"]}
    entry = "@software{trade_lib,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}"
    version = f"version {CITATION['version']}"
    plain = f"{author} ({year}). *{CITATION['title']}* ({version}) [software]. {CITATION['license']}."
    return text.replace("<!-- plain -->", plain).replace("<!-- bibtex -->", f"```bibtex\n{entry}\n```")


def notebook_page(path, folder, figures, downloads, records):
    """Write a notebook for the site: the answer under its title, code folded, figures with their files."""
    notebook = nbformat.read(path, as_version=4)
    title = question(notebook)
    write_download(path, downloads)
    cite = f"“{title}”, {CITATION['title']}, version {CITATION['version']}."
    answer = page.answer_box(records, lambda i: f"../claims/{i}.html") if records else page.text_box(
        page.closing(notebook))
    page.place_figures(notebook, path.stem, figures, "../_static/figures/", cite)
    head = notebook.cells[0]
    head.source = head.source.replace(f"# {title}", f"# {title}\n\n{answer}\n\n{links(path.name)}\n", 1)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
    nbformat.write(notebook, folder / path.name)
    return title, page.closing(notebook)


def write_download(path, folder):
    """A notebook to take away: as it is, but for the pictures, which it draws when it is run."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.outputs = [o for o in cell.get("outputs", ()) if "image/png" not in o.get("data", {})]
        if cell.cell_type != "code":
            del cell["outputs"]
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / path.name)


def links(name):
    """Where a notebook can be had and run: Binder and its source only where the repository's address is known."""
    repository = CITATION.get("repository-code", "").rstrip("/")
    there = ""
    if repository.startswith("https://github.com/"):
        place = repository.removeprefix("https://github.com/")
        there = (f'<a href="https://mybinder.org/v2/gh/{place}/HEAD?labpath=notebooks%2F{name}">Run it on Binder</a> '
                 f'<a href="{repository}/blob/HEAD/notebooks/{name}">Source</a> ')
    return (f'<p class="run">{there}<a href="{name}" download>Download the notebook</a> '
            "<span>To run it: <code>make lab</code> in a copy of the package.</span></p>")


def question(notebook):
    """A notebook's title."""
    return re.search(r"^# (.+)$", notebook.cells[0].source, re.MULTILINE)[1]


def answer_figure(stem, figures, address):
    """The first figure of a notebook, for the pages of its claims."""
    finding = page.first_finding(nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4))
    if finding is None:
        return ""
    cite = f"Figure 1 of notebook {stem}, {CITATION['title']}, version {CITATION['version']}."
    return page.figure(f"{address}{stem}-1", finding, cite, (figures / f"{stem}-1.csv").exists())


def contents(title, lead, names, shown):
    """A page that shows other pages in its own way and holds them in the navigation."""
    listed = "\n".join(names)
    return f"# {title}\n\n{lead}\n\n{shown}\n\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n"


def write_notebooks(folder, figures, downloads, records):
    """Write every notebook's page and the list of them: each question with its answer; what is said of each page."""
    items, told = [], {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        own = [r for r, claim in records if claim.notebook == path.stem]
        title, closing = notebook_page(path, folder, figures, downloads, own)
        answer = " ".join(r["reason"] for r in own) or closing
        verdicts = "".join(f"<p>{r['id']} {page.then_and_now(r)} {html.escape(r['reason'])}</p>" for r in own)
        items.append(f'<li><a href="{path.stem}.html"><b>{html.escape(title)}</b></a>'
                     f"{verdicts or f'<p>{html.escape(closing)}</p>'}</li>")
        picture = f"_static/figures/{path.stem}-1.png"
        told[f"notebooks/{path.stem}"] = (title, answer, picture if (figures / f"{path.stem}-1.png").exists() else "")
    listed = contents("The argument", "One question a notebook, and its answer.",
                      [p.stem for p in sorted(NOTEBOOKS.glob("*.ipynb"))],
                      f'<ol class="answers">{"".join(items)}</ol>')
    (folder / "index.md").write_text(listed, encoding="utf-8")
    return told


def reduce_colours(folder):
    """Store pictures in at most 128 colours: a third of the bytes, and no difference that one sees in a chart."""
    for path in folder.glob("*.png"):
        with Image.open(path) as picture:
            reduced = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        reduced.save(path)


def write_claims(folder, figures, verdicts):
    """Write every claim's page and the list of them; what is said of each page."""
    told, records = {}, []
    for verdict in verdicts:
        claim, record = verdict.claim, claims.as_record(verdict)
        records.append(record)
        figure = answer_figure(claim.notebook, figures, "../_static/figures/")
        (folder / f"{claim.id}.md").write_text(claim_page(verdict, figure), encoding="utf-8")
        told[f"claims/{claim.id}"] = (claim.claim, f"{verdict.verdict.capitalize()}: {record['reason']}",
                                      f"_static/figures/{claim.notebook}-1.png" if figure else "")
    shown = page.scorecard(records, lambda record: f"{record['id']}.html")
    listed = contents("The claims", "Each with its evidence, ways of counting, rule and sources.",
                      [r["id"] for r in records], shown)
    (folder / "index.md").write_text(listed, encoding="utf-8")
    return told


def assemble(source, extra):
    """Write every page into the folder ``source`` and the files for download into ``extra``."""
    for folder in (source, extra):
        shutil.rmtree(folder, ignore_errors=True)
    for name in ("claims", "notebooks", "reference", "data", "_static/figures"):
        (source / name).mkdir(parents=True)
    figures = source / "_static" / "figures"
    verdicts = claims.evaluate_all()
    records = [(claims.as_record(v), v.claim) for v in verdicts]
    told = write_notebooks(source / "notebooks", figures, extra / "notebooks", records)
    reduce_colours(figures)
    told |= write_claims(source / "claims", figures, verdicts)
    cited = {s for v in verdicts for e in (*v.evidence, *v.beside) for s in e.sources}
    write_tables(source / "data", extra / "data", cited)
    write_reference(ROOT, source / "reference")
    for page_name, text in (("index", home(verdicts)), ("explorer", explorer_page())):
        (source / f"{page_name}.md").write_text(text, encoding="utf-8")
    for name, filled in (("about.md", about_page), ("check.md", check_page), ("glossary.md", str), ("conf.py", str)):
        (source / name).write_text(filled((SITE / name).read_text(encoding="utf-8")), encoding="utf-8")
    for asset in (*(SITE / "_static").iterdir(), page.HERE / "page.css", page.HERE / "page.js", ROOT / "CITATION.cff"):
        shutil.copy(asset, source / "_static" / asset.name)
    (extra / "article-marked.html").write_text(marked_page(), encoding="utf-8")
    told["index"] = ("33.6 % is right, and one of several true answers", CITATION["title"], PICTURE)
    (source / "told.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def main(arguments=None):
    """Assemble and build; the exit code is Sphinx's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site")
    out = parser.parse_args(arguments).out
    source, trees = (out.parent / f"{out.name}-{part}" for part in ("source", "trees"))
    assemble(source, source / "_extra")
    sphinx = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-j", "auto", "-d", str(trees), "-b", "html"]
    code = subprocess.run([*sphinx, str(source), str(out)], check=False).returncode
    for name in out.rglob("*.map"):  # for those who mend the theme's scripts, not for readers
        name.unlink()
    print(f"open {out / 'index.html'}" if code == 0 else "the site has faults, named above", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""A page for each table: what it holds, where it comes from, the rows that this site cites, the file to download."""

import html
import shutil
from functools import cache

import pandas as pd

from trade_lib.data.provenance import provenance
from trade_lib.data.tables import data_dir, load, package

LARGEST = 5_000  # rows: a longer table is offered as its parquet file, a shorter one as csv
SHOWN = 5  # rows shown of a source that is cited as a whole
TOPICS = {"Trade flows": ("flows_",), "Value chains": ("wiod", "adb_", "chain_"),
          "Printed figures": ("official_", "customs_", "ytd_", "growth_", "headline_", "gacc_")}
RESULTS = {"Results of the forecasts": ("forecast", "prints"), "Results of the claims": ("",)}
OTHER = "Products, services, economies, prices and events"


@cache
def papers(name):
    """Where a source comes from: one of its entries, as a dictionary."""
    return provenance(name).iloc[0].to_dict()


def row_address(name, data=""):
    """The address of the rows of a source on its table's page."""
    return f"{data}{papers(name)['table']}.html#{name}"


def card(name, data=""):
    """A source as a card: publisher, day, the figure in words, its page and its rows."""
    paper = papers(name)
    url = str(paper["url"] or "")
    opens = f'<a href="{html.escape(url)}">Open the page</a>' if url.startswith("http") else ""
    return (f'<article class="source" id="source-{name}"><p><b>{html.escape(paper["publisher"])}</b>'
            f'<small>{html.escape(str(paper["vintage"]))}</small></p><p>{html.escape(paper["dataset"])}</p>'
            f'<p class="links">{opens} <a href="{row_address(name, data)}">See the rows</a></p></article>')


def topic(resource):
    """The heading under which a table stands in the list."""
    topics = RESULTS if resource["path"].startswith("results/") else TOPICS
    return next((title for title, starts in topics.items() if resource["name"].startswith(starts)), OTHER)


def file_of(resource):
    """The name of the file that a table is downloaded as."""
    long = resource["rows"] > LARGEST and resource["format"] == "parquet"
    return f"{resource['name']}.{'parquet' if long else 'csv'}"


def table_page(resource, cited):
    """A table as Markdown: in words, its columns, the rows that are cited, its sources and its file."""
    name = resource["name"]
    file = file_of(resource)
    parts = [f"# {resource['title']}", resource["description"],
             f'<p class="download"><a class="button" href="{file}" download>Download the table '
             f'({file.rpartition(".")[2]})</a> '
             f"{resource['rows']:,} rows; vintage: {html.escape(resource['vintage'])}; in Python: "
             f'<code>load("{name}")</code></p>']
    rows = [block for source in cited if (block := cited_rows(name, source))]
    if rows:
        parts += ["## Rows that the claims rest on", *rows]
    parts += ["## Columns", columns(resource)]
    if resource["notes"]:
        parts += ["## Good to know", "\n".join(f"- {html.escape(note)}" for note in resource["notes"])]
    parts += ["## Sources", sources(resource)]
    return "\n\n".join(parts) + "\n"


def cited_rows(table, source):
    """The row of a printed figure, or the first rows of a source, under an anchor that links lead to."""
    frame = load(table)
    key = next((k for k in ("id", "source") if k in frame and frame[k].eq(source).any()), None)
    hit = frame if key is None else frame[frame[key].eq(source)]
    line = f"row {hit.index[0] + 1:,} of the file" if len(hit) == 1 else f"{len(hit):,} rows; the first {SHOWN}"
    shown = hit.head(1 if len(hit) == 1 else SHOWN)
    if len(shown) == 1:
        body = "<dl>" + "".join(f"<div><dt>{html.escape(str(k))}</dt><dd>{_cell(v)}</dd></div>"
                                for k, v in shown.iloc[0].items() if _cell(v)) + "</dl>"
    else:
        heads = "".join(f'<th scope="col">{html.escape(str(c))}</th>' for c in shown)
        lines = "".join("<tr>" + "".join(f"<td>{_cell(v)}</td>" for v in row) + "</tr>"
                        for row in shown.itertuples(index=False))
        body = (f'<div class="wide"><table><caption>{source}</caption><thead><tr>{heads}</tr></thead>'
                f"<tbody>{lines}</tbody></table></div>")
    return f'<section class="row" id="{source}"><h3>{source}</h3><p>{line}</p>{body}</section>'


def _cell(value):
    """A cell as HTML: pages as links, nothing for what is missing."""
    text = "" if value is None or value != value else f"{value:,.10g}" if isinstance(value, float) else str(value)
    return f'<a href="{html.escape(text)}">{html.escape(text)}</a>' if text.startswith("http") else html.escape(text)


def columns(resource):
    """Every column with its type, unit and meaning."""
    rows = "".join(f'<tr><th scope="row"><code>{f["name"]}</code></th><td data-label="meaning">'
                   f'{html.escape(f["description"])}</td><td data-label="unit">{html.escape(f.get("unit", ""))}</td>'
                   f'<td data-label="type">{f["type"]}</td></tr>' for f in resource["schema"]["fields"])
    return ('<div class="wide"><table class="cards"><caption>Columns.</caption><thead><tr><th scope="col">column</th>'
            '<th scope="col">meaning</th><th scope="col">unit</th><th scope="col">type</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div>")


def sources(resource):
    """Publisher, data set, licence and page of each source of a table."""
    lines = []
    for one in resource["sources"]:
        url = str(one.get("path", ""))
        opens = f'<a href="{html.escape(url)}">Open the page</a>' if url.startswith("http") else ""
        lines.append(f'<article class="source"><p><b>{html.escape(one["publisher"])}</b>'
                     f'<small>{html.escape(one["vintage"])}</small></p><p>{html.escape(one["title"])}. '
                     f'{html.escape(one["notes"])}</p><p>Licence as stated: {html.escape(one["licence"])}. '
                     f'<small>{html.escape(one["source_id"])}</small></p><p class="links">{opens}</p></article>')
    return f'<div class="sources">{"".join(lines)}</div>'


def write_tables(folder, files, cited):
    """Write a page a table and the list of them into ``folder``, the files for download into ``files``."""
    groups = {}
    for resource in package()["resources"]:
        name = resource["name"]
        text = table_page(resource, sorted({s for s in cited if papers(s)["table"] == name}))
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        files.mkdir(parents=True, exist_ok=True)
        shipped, offered = data_dir() / resource["path"], files / file_of(resource)
        if shipped.suffix == offered.suffix:
            shutil.copy(shipped, offered)
        else:
            pd.read_parquet(shipped).to_csv(offered, index=False, float_format="%.10g")
        groups.setdefault(topic(resource), []).append(resource)
    lines = ["# Data", "Every table behind the answers: what it holds, who published it, and the file."]
    for title, held in sorted(groups.items(), key=lambda group: (group[0].startswith("Results"), group[0])):
        lines += [f"## {title}", '<ul class="tables">' + "".join(
            f'<li><a href="{r["name"]}.html"><b>{html.escape(r["title"])}</b></a> '
            f"{html.escape(r['description'])} <small>{r['rows']:,} rows</small></li>" for r in held) + "</ul>"]
    names = "\n".join(resource["name"] for resource in package()["resources"])
    lines.append(f"```{{toctree}}\n:hidden:\n\n{names}\n```")
    (folder / "index.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")

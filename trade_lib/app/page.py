"""Pieces of HTML that the web site and the report share; ``page.css`` and ``page.js`` beside this file dress them."""

import base64
import re
from collections import Counter
from html import escape
from pathlib import Path

from trade_lib.data.files import write

HERE = Path(__file__).parent
PILLS = {"supported": "yes", "supported with caveats": "caveats", "mixed": "mixed", "contradicted": "no",
         "not testable with these data": "untestable"}


def pill(verdict):
    """A verdict as a coloured word."""
    return f'<span class="pill pill-{PILLS[verdict]}">{verdict}</span>'


def then_and_now(record):
    """Both verdicts of a claim in one line; once where they are the same."""
    now = "then and now" if record["verdict"] == record["verdict_now"] else "then"
    later = "" if now != "then" else f' <span class="pair"><small>now</small> {pill(record["verdict_now"])}</span>'
    return (f'<span class="verdicts"><span class="pair"><small>{now}</small> {pill(record["verdict"])}</span>'
            f"{later}</span>")


def answer_box(records, link=None):
    """The answer at the top of a page: verdict and reason of each claim; ``link`` leads to a claim's page."""
    blocks = []
    for record in records:
        claim = escape(f'{record["id"]}: {record["claim"]}')
        named = f'<p class="claim"><a href="{link(record["id"])}">{claim}</a></p>' if link else ""
        blocks.append(f'<div class="one">{named}<p>{then_and_now(record)}</p><p class="reason">'
                      f'{escape(record["reason"])}</p>{held(record)}</div>')
    return f'<section class="answer" aria-label="The answer">{"".join(blocks)}</section>'


def text_box(text):
    """The answer at the top of a page without a claim of the article: its closing lines."""
    return f'<section class="answer" aria-label="The answer"><p class="reason">{escape(text)}</p></section>'


def held(record):
    """In how many ways of counting a claim holds, as a line."""
    ways = record.get("ways")
    return f'<p class="held">Holds in {ways["held"]} of {ways["of"]} ways of counting.</p>' if ways else ""


def tally(word, verdicts):
    """How many claims have each verdict, as one bar."""
    counted = Counter(verdicts)
    present = [v for v in PILLS if counted[v]]
    parts = "".join(f'<span class="pill-{PILLS[v]}" style="flex-grow:{counted[v]}">{counted[v]}</span>'
                    for v in present)
    words = ", ".join(f"{counted[v]} {v}" for v in present)
    return f'<div class="tally"><b>{word}</b><div role="img" aria-label="{word}: {words}">{parts}</div></div>'


def scorecard(records, link):
    """Every claim with its verdicts and its whole reason, a card each."""
    cards = "".join(
        f'<li id="{r["id"]}"><p class="claim"><a href="{link(r)}">{escape(r["claim"])}</a></p>'
        f'<p>{then_and_now(r)}</p><p class="reason">{escape(r["reason"])}</p></li>' for r in records)
    return (tally("then", [r["verdict"] for r in records]) + tally("now", [r["verdict_now"] for r in records])
            + f'<p class="legend">{" ".join(map(pill, _present(records)))}</p><ol class="scorecard">{cards}</ol>')


def _present(records):
    return [v for v in PILLS if any(v in (r["verdict"], r["verdict_now"]) for r in records)]


def closing(notebook):
    """The answer that a notebook prints last, as sentences."""
    printed = [o.text for c in notebook.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "stream"]
    lines = [" ".join(line.split()) for line in (printed[-1] if printed else "").splitlines()]
    return " ".join(line if line.endswith(".") else f"{line}." for line in lines if line)


def place_figures(notebook, stem, folder, address, cite):
    """Write each picture of a notebook and its data into a folder, and put a figure of HTML where it stood.

    ``address`` leads from the page to the folder; ``cite`` ends the line by which a figure is cited.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for count, (output, finding) in enumerate(_pictures(notebook), 1):
        name, drawn = f"{stem}-{count}", output.get("metadata", {}).get("drawn")
        write(folder / f"{name}.png", base64.b64decode(output.data["image/png"]))
        if drawn:
            write(folder / f"{name}.csv", drawn)
        output.data = {"text/html": figure(f"{address}{name}", finding, f"Figure {count} of {cite}", bool(drawn))}


def first_finding(notebook):
    """What the first figure of a notebook finds, in words; None where it has no figure."""
    return next((finding for _, finding in _pictures(notebook)), None)


def _pictures(notebook):
    """Every output that holds a picture, with the headline of the figure or else of its section."""
    section = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            section = (re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE) or [section])[-1]
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                yield output, output.get("metadata", {}).get("finding") or f"Figure: {section}"


def figure(address, finding, cite, data=False):
    """A picture with what it finds in words, a button that enlarges it, its files and the line that cites it."""
    csv = f' <a href="{address}.csv" download>Data (csv)</a>' if data else ""
    return (f'<figure class="plot"><img src="{address}.png" alt="{escape(finding)}" loading="lazy">'
            f'<div class="tools"><button type="button" class="enlarge" data-full="{address}.png">Enlarge</button> '
            f'<a href="{address}.png" download>Picture (png)</a>{csv} <details><summary>Cite</summary>'
            f"{escape(cite)}</details></div></figure>")

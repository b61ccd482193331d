"""An article's text with each statement marked by its verdict, as one page that needs no network and runs no script."""

from html import escape

from trade_lib.check.find import named
from trade_lib.check.read.text import visible

HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Checked: {title}</title><link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 17px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
button, .key {{ font: inherit; color: #111; border: 0; border-bottom: .15rem solid; border-radius: .2rem; }}
button {{ cursor: pointer; padding: 0 .2rem; }} .key {{ padding: 0 .2rem; }}
button:focus-visible {{ outline: .15rem solid #06c; outline-offset: .1rem; }}
.supported {{ background: #a8e0c0; border-color: #1b7f4b; }}
.supported-with-caveats {{ background: #d5ebae; border-color: #55802a; }}
.mixed {{ background: #fbdc9b; border-color: #a86a00; }} .contradicted {{ background: #f6b8b0; border-color: #b3261e; }}
.not-testable-with-these-data {{ background: #d5dae2; border-color: #5c6b82; }}
[popover] {{ max-width: 40rem; max-height: 80vh; overflow: auto; border: .1rem solid #7d8ca3; padding: 1rem; }}
.scroll {{ overflow-x: auto; }} table {{ border-collapse: collapse; font-size: .9rem; }}
td, th {{ text-align: left; vertical-align: top; padding: .15rem .8rem .15rem 0; border-bottom: 1px solid #8884; }}
h1 {{ font-size: 1.5rem; line-height: 1.3; }}
.unseen {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
</style></head><body><main>
<h1>{title}</h1>
<p>Published {date}. {link} {counts} Choose a marked figure to see what was found.</p>
<p>{key}</p>
"""
MARK = """{before}<button class="{slug}" popovertarget="{id}">{text}<span class="unseen"> ({verdict})</span></button>"""
ANSWER = """<div popover id="{id}" role="dialog" aria-label="Answer {id}"><p><q>{text}</q></p>
<p><span class="key {slug}">{verdict}</span>; as known now: {now}.</p><p>{why} {firm}</p>{figures}</div>"""
FIGURES = """<div class="scroll"><table>
<tr><th>Figure</th><th>Whose</th><th>Source</th><th>Of</th></tr>{rows}</table></div>"""
FIGURE = "<tr><td>{value} {unit}</td><td>{side}</td><td>{source}</td><td>{day}</td></tr>"


def marked_page(article: dict, text: str, claims: list[dict], records: list[dict], missed: list[dict]) -> str:
    """The page: the text, a button at each statement that opens its answer, and what could not be placed.

    ``claims`` and ``missed`` are those of `draft`; ``records`` their answers. Everything is escaped.
    """
    answers, text = {one["id"]: one for one in records}, visible(text)
    counted = {}
    for one in records:
        counted[one["verdict"]] = counted.get(one["verdict"], 0) + 1
    url = escape(article.get("url", ""))
    out = [HEAD.format(title=escape(article["title"]), date=escape(article["date"]),
                       link=f'<a href="{url}">{url}</a>.' if url.startswith(("http://", "https://")) else url,
                       counts=f"{len(records)} statement{'s' * (len(records) != 1)} checked.",
                       key=" ".join(f'<span class="key {_slug(verdict)}">{n} {verdict}</span>'
                                    for verdict, n in counted.items()))]
    marks = [(one["quote"]["start"], one["quote"]["end"], answers[one["id"]]) for one in claims if one["id"] in answers]
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        marked = any(start <= first and last <= end for first, last, _ in marks)
        if marked or line.strip(" #\t") not in ("", article["title"]):
            out.append(f'<p dir="auto">{_line(text, start, end, marks)}</p>')
        start = end + 1
    out += [_answer(one) for one in records]
    if missed:
        rows = "".join(f"<li>{escape(one['text'])}: {escape(one['reason'])}</li>" for one in missed)
        out.append(f"<h2>Seen and not checked</h2><ul>{rows}</ul>")
    return "\n".join(out) + "\n</main></body></html>\n"


def _slug(verdict):
    return verdict.replace(" ", "-")


def _line(text, start, end, marks):
    """A line of the text as HTML with the marks that lie in it."""
    out, place = [], start
    for first, last, one in marks:
        if place <= first and last <= end:
            out.append(MARK.format(before=escape(text[place:first]), id=escape(one["id"]), slug=_slug(one["verdict"]),
                                   text=escape(text[first:last]), verdict=one["verdict"]))
            place = last
    return "".join([*out, escape(text[place:end])])


def _answer(one):
    """What opens at a mark: the statement, its verdict then and now, why, how firm, and the figures behind it."""
    rows = "".join(FIGURE.format(value=f"{source['value']:,.2f}", unit=escape(source["unit"]), source=_link(source),
                                 side=escape(named(source["side"])),
                                 day=escape(source.get("public") or source["vintage"])) for source in one["sources"])
    return ANSWER.format(id=escape(one["id"]), text=escape(one["text"]), slug=_slug(one["verdict"]),
                         verdict=one["verdict"], now=one["verdict_now"], why=escape(one["explanation"]),
                         firm=escape(f"It {one['firmness']['text']}." if one.get("firmness") else ""),
                         figures=FIGURES.format(rows=rows) if rows else "")


def _link(source):
    url, name = escape(source.get("url") or ""), escape(source["publisher"])
    return f'<a href="{url}">{name}</a>' if url.startswith(("http://", "https://")) else name

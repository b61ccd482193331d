"""The first page: the article, the number that is right and one of several true answers, and the scorecard."""

import html
import json
from string import Template

from trade_lib.app import page
from trade_lib.claims import ARTICLE, as_record
from trade_lib.claims import c01_russia_growth as russia

# The choices of the reader, as columns of the ways, and the words for their values.
CHOICES = {"side": "Whose customs?", "money": "In which money?", "base": "Compared with what?"}
WORDS = {"CHN": "China's", "RUS": "Russia's", "USD": "dollars", "CNY": "yuan", "constant": "dollars of 2021",
         "volume": "constant trade prices", "printed": "a year before, as printed",
         "yuan": "a year before, by yuan figures",
         "first": "a year before, as first released", "revised": "a year before, as revised later",
         "2019": "two years before, per year"}
# Which choices make which reading of the claim's evidence.
READINGS = {"as printed": ("USD", "printed"), "yuan figures in dollars": ("USD", "yuan"),
            "over the base first released": ("USD", "first"), "level as revised later": ("USD", "revised"),
            "customs of Russia": ("USD", "printed"), "in yuan": ("CNY", "printed"),
            "constant dollars": ("constant", "printed"), "constant trade prices": ("volume", "printed"),
            "a year, since 2019": ("USD", "2019")}


def ways_of_c01():
    """Every way of counting the growth of the first claim: its choices, its value, where it comes from."""
    return [{"side": one["side"], **dict(zip(("money", "base"), READINGS[one["reading"]], strict=True)),
             "value": round(one["value"], 1), "reading": one["reading"], "vintage": str(one["vintage"])}
            for one in russia.growth_readings().to_dict("records")]


def chooser(rows):
    """Choices as radio buttons and the number that follows from them, with every other way as a mark on one line."""
    fields = []
    for column, question in CHOICES.items():
        levels = list(dict.fromkeys(row[column] for row in rows))
        buttons = "".join(f'<label><input type="radio" name="{column}" value="{html.escape(level)}"'
                          f'{" checked" if level == rows[0][column] else ""}><span>{WORDS[level]}</span></label>'
                          for level in levels)
        fields.append(f"<fieldset><legend>{question}</legend>{buttons}</fieldset>")
    low, high = min(row["value"] for row in rows), max(row["value"] for row in rows)
    places = [100 * (row["value"] - low) / (high - low) for row in rows]
    marks = "".join(f'<i style="left:{at:.1f}%" data-way="{n}"></i>' for n, at in enumerate(places))
    listed = "".join(f"<li>{html.escape(row['reading'])}: <b>{row['value']:.1f} %</b></li>"
                     for row in sorted(rows, key=lambda row: -row["value"]))
    data = json.dumps(rows, ensure_ascii=False).replace("</", "<\\/")
    return (f'<form class="chooser" id="chooser"><div class="fields">{"".join(fields)}</div>'
            f'<output aria-live="polite"><b class="value">{rows[0]["value"]:.1f} %</b>'
            f'<span class="way">{html.escape(rows[0]["reading"])}</span></output>'
            f'<div class="line" aria-hidden="true">{marks}<small>{low:.1f} %</small><small>{high:.1f} %</small></div>'
            f"<details><summary>All {len(rows)} ways</summary><ul>{listed}</ul></details>"
            f'</form><script type="application/json" id="ways">{data}</script>')


def changed(records):
    """Claims whose verdict is not what it was on the article's day, and how many others stay."""
    moved = [r for r in records if r["verdict"] != r["verdict_now"]]
    items = "".join(f'<li><a href="claims/{r["id"]}.html">{html.escape(r["claim"])}</a> {page.then_and_now(r)}'
                    f'<p class="reason">{html.escape(r["reason"])}</p></li>' for r in moved)
    stand = len(records) - len(moved)
    return f"{stand} of {len(records)} verdicts stand; these moved.", f'<ul class="moved">{items}</ul>'


HOME = Template("""# $stated % is right, and one of several true answers

<p class="opening">On $date the $publisher wrote that trade between China and Russia had grown by $stated per cent in
January to November 2021. Choose how to count, and watch the number move.</p>

$chooser

<p>The article, “$title” ($publisher, $date), makes $count claims about China's foreign trade. Each is checked here
against public data: whose customs, of which date, and how far the answer depends on how one counts.</p>

$cards

## What has changed since

$moved

## All $count claims

“Then” is what could be known on the article's day, “now” what is known since. Each verdict follows from a written rule.

$scorecard

```{toctree}
:hidden:

Notebooks <notebooks/index>
Claims <claims/index>
Check <check>
Explorer <explorer>
Data <data/index>
Glossary <glossary>
Library <reference/index>
About <about>
```
""")


def home(verdicts):
    """The first page as Markdown."""
    records = [as_record(v) for v in verdicts]
    told, moved = changed(records)
    cards = "".join(f'<a href="{url}"><b>{title}</b><span>{text}</span></a>' for url, title, text in (
        ("notebooks/index.html", "Read the argument", "One question a notebook, the answer first."),
        ("check.html", "Check your own article", "Write or paste its claims, get a verdict for each."),
        ("explorer.html", "Explore a country", "Its trade with China, month by month, and a forecast with what came."),
        ("data/index.html", "Take the data", "Every table with publisher, day, licence and file.")))
    return HOME.substitute(
        stated=russia.STATED, date=day(ARTICLE["date"]), publisher=ARTICLE["publisher"], title=ARTICLE["title"],
        count=len(records), chooser=chooser(ways_of_c01()), moved=f"{told}\n\n{moved}",
        cards=f'<nav class="ways" aria-label="Where to go">{cards}</nav>',
        scorecard=page.scorecard(records, lambda record: f"claims/{record['id']}.html"))


def day(text):
    """A date as readers write it.

    >>> day("2021-12-29")
    '29 December 2021'
    """
    from datetime import date

    when = date.fromisoformat(str(text))
    return f"{when.day} {when:%B %Y}"



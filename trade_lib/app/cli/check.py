"""`trade-lib check`: the quantitative claims of any article, held against the data."""

import datetime
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from trade_lib.app.cli.claims import STYLES
from trade_lib.app.cli.forecasting import Decimal, Month, Value
from trade_lib.app.cli.read import article_text
from trade_lib.app.cli.terminal import as_json, marked, plain, say
from trade_lib.errors import TradeDataError


def check(
    file: Annotated[str | None, typer.Argument(help="An article (text, Markdown, HTML; - for standard input), a claims "
                                               "file, or the name of a shipped example.")] = None,
    as_list: Annotated[bool, typer.Option("--json", help="Print a list of objects, one a claim.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write the answers as a page to this file.")] = None,
    data: Annotated[Path | None, typer.Option(help="A table of your own, in the long flow schema or as you "
                                              "downloaded it.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of a claims file.")] = False,
    date: Annotated[str | None, typer.Option(help="Of an article: the day it was published, YYYY-MM-DD.")] = None,
    reporter: Annotated[str | None, typer.Option(help="Whose trade, if the article or your table does not say: "
                                                 "CHN.")] = None,
    claimreview: Annotated[Path | None, typer.Option(help="Write ClaimReview objects (JSON-LD) to this file.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write a table of the answers to this file.")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Print a sentence a claim to paste.")] = False,
    groups: Annotated[bool, typer.Option("--groups", help="List the groups and their members.")] = False,
    partner: Annotated[str | None, typer.Option(help="Of your table: with whom, if it does not say.")] = None,
    flow: Annotated[str | None, typer.Option(help="Of your table: export or import, if it does not say.")] = None,
    unit: Annotated[str | None, typer.Option(help="Of your table, if it does not say: usd, usd_th, usd_mn.")] = None,
    value: Value = None, month: Month = None, decimal: Decimal = None,
):
    """Check the claims of any article: verdict, the figures behind it and their sources, what is missing.

    The text of an article is read first (as by `trade-lib read`), and --html shows it with each statement marked.
    Every fault of a file is told, and the claims in order are still checked. Exit code 0 whatever the verdicts, 1 when
    a file is not in order.

    Examples: `trade-lib check article.txt --date 2024-01-12 --reporter CHN --html marked.html`,
    `trade-lib check article-2021-12-29`, `trade-lib check my-article.yml --html answer.html`,
    `trade-lib check my-article.yml --data my_flows.csv --json`, `trade-lib check --schema`, `trade-lib check --groups`.
    """
    from trade_lib.check import answer as checking
    from trade_lib.check import articles, exchange, statement
    from trade_lib.data.areas import group_list
    from trade_lib.data.own_flows import read_own_table

    if schema or groups:
        print(json.dumps(statement.form(), indent=2) if schema else group_list())
        return
    if file is None:
        raise TradeDataError("no claims file named", expected=f"a file, or one of {', '.join(statement.examples())}")
    reading = articles.read(article_text(file), date, reporter, file=file) if articles.is_article(file) else None
    article, claims, faults = statement.parse(reading.claims_file, file) if reading else statement.read(file)
    own, words = read_own_table(data, reporter=reporter, partner=partner, flow=flow, unit=unit, value=value,
                                month=month, decimal=decimal) if data else (None, [])
    for line in words:
        say(line)
    checked = checking.check_claims(claims, article["date"], own, _progress)
    records = [checking.as_record(one) for one in checked]
    written = _write(article, records, reading, {"html": html, "claimreview": claimreview, "csv": csv}, [file, data])
    if as_list:
        print(as_json(records))
    elif brief:
        print("\n".join(map(plain, exchange.sentences(article, records))))
    elif not written:
        _print(article, checked)
    statement.refuse(faults, file)


def _write(article, records, reading, paths, inputs):
    """Write the answers in the forms that were asked for; whether there were any."""
    from trade_lib.check import articles, exchange
    from trade_lib.data import files

    today = datetime.date.today().isoformat()
    forms = {"html": lambda: articles.page(reading, records) if reading else articles.page_of_claims(article, records),
             "claimreview": lambda: as_json(exchange.claim_reviews(article, records, today)),
             "csv": lambda: exchange.table(records)}
    for name, path in paths.items():
        if path is not None:
            files.write(path, forms[name](), inputs=inputs)
            say(f"wrote {path}")
    return any(paths.values())


def _progress(claims):
    """A bar over the claims, on a terminal only."""
    if not sys.stderr.isatty():
        return claims
    from rich.console import Console
    from rich.progress import track

    return track(claims, "checking", console=Console(stderr=True), transient=True)


def _print(article, checked):
    """A block a claim, which reads on any width of terminal."""
    from rich.console import Console
    from rich.padding import Padding

    from trade_lib.check import answer as checking

    console = Console(highlight=False)
    console.print(f"[bold]{marked(article['title'])}[/] ({marked(article['date'])})")
    counted = Counter(one.verdict for one in checked)
    console.print(f"{len(checked)} claims: " + ", ".join(f"{counted[v]} {v}" for v in STYLES if counted[v]) + "\n")
    for one, row in zip(checked, checking.overview(checked).to_dict("records"), strict=True):
        later = one.verdict_now
        now = "" if later == one.verdict else f"; as known now [{STYLES[later]}]{later}[/]"
        console.print(f"[bold]{marked(one.claim.id)}[/]  [{STYLES[one.verdict]}]{one.verdict}[/]{now}")
        lines = [f'"{marked(one.claim.text)}"', f"stated {row['stated']}, found {row['found']}",
                 marked(row["why"]), row["firm"] and f"[dim]It {row['firm']}.[/]",
                 row["missing"] and f"[dim]Missing: {marked(row['missing'])}.[/]"]
        console.print(Padding("\n".join(filter(None, lines)), (0, 2, 1, 4)))

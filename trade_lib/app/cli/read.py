"""`trade-lib read`: from the text of an article to a claims file that `check` takes."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from trade_lib.check.read.article import parts
from trade_lib.check.read.draft import draft, written
from trade_lib.data import files
from trade_lib.errors import TradeDataError


def read(
    file: Annotated[str, typer.Argument(help="The article: text, Markdown or HTML; - for standard input.")],
    date: Annotated[str | None, typer.Option(help="Day it was published, YYYY-MM-DD.")] = None,
    reporter: Annotated[str | None, typer.Option(help="Whose trade it is about where it does not say: CHN.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title, if not its own.")] = None,
    url: Annotated[str, typer.Option(help="Its address, to be kept in the claims file.")] = "",
    output: Annotated[Path | None, typer.Option(help="Write the claims file here and not to the screen.")] = None,
):
    """Draft the claims file of an article: what it states about trade, and what could not be placed and why.

    Each claim says where it stands in the text (`quote`), what was taken from context (`assumed`) and how sure it is.
    Nothing is invented: what is not clear is listed as not placed. Read the draft before you rely on it.

    Examples: `trade-lib read article.txt --date 2021-12-29 --reporter CHN --output claims.yml`,
    `pbpaste | trade-lib read - --date 2024-01-12 | less`.
    """
    text, day, name = parts(article_text(file), date, title, file)
    article, claims, missed = draft(text, day, reporter, name, url)
    console = Console(stderr=True, highlight=False)
    if not claims:
        seen = "; ".join(f"{one['text']}: {one['reason']}" for one in missed[:5])
        raise TradeDataError(
            "no statement on trade that could be placed", file=file, expected=seen or "figures of trade"
        )
    if output is None:
        print(written(article, claims, missed), end="")
    else:
        files.write(output, written(article, claims, missed), inputs=[file])
        console.print(
            f"wrote {output}: {len(claims)} claims; {len(missed)} quantities seen and not placed", markup=False
        )


def article_text(file):
    """The text of a file, or of standard input for "-"."""
    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    return files.read_text(file)

"""`trade-lib read`: from the text of an article to a claims file that `check` takes."""

import sys
from pathlib import Path
from typing import Annotated

import typer


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
    from trade_lib.check import articles
    from trade_lib.data import files

    reading = articles.read(article_text(file), date, reporter, title, url, file)
    if output is None:
        print(reading.claims_file, end="")
        return
    files.write(output, reading.claims_file, inputs=[file])
    print(f"wrote {output}: {len(reading.claims)} claims; {len(reading.missed)} quantities not placed", file=sys.stderr)


def article_text(file):
    """The text of a file, or of standard input for "-"."""
    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    from trade_lib.check import articles

    return articles.text_of(file)

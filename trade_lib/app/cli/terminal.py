"""What reaches the terminal: other people's text is printed and never obeyed, faults are one line."""

import json
import os
import re
import unicodedata
import warnings

import typer
from typer.core import TyperGroup

from trade_lib.errors import TradeDataError

EXTRAS = {"nbclient": "notebooks", "nbconvert": "notebooks", "nbformat": "notebooks", "fugue": "cluster"}


def plain(text):
    """Text without what a terminal obeys: control characters and marks of direction are written out.

    Examples
    --------
    >>> plain("a\\x1b[2J"), plain("Côte d’Ivoire")
    ('a\\\\x1b[2J', 'Côte d’Ivoire')
    """
    return "".join(letter if letter.isprintable() or unicodedata.category(letter) == "Zs"
                   else letter.encode("unicode_escape").decode() for letter in str(text))


def marked(text):
    """Text for a line of rich: plain, and with nothing in it that is markup."""
    from rich.markup import escape

    return escape(plain(text))


def as_json(thing):
    """JSON to print: readable in every language, escaped where a terminal would obey."""
    text = json.dumps(thing, indent=2, ensure_ascii=False)
    return re.sub(r"[^\n]", lambda match: match[0] if plain(match[0]) == match[0] else json.dumps(match[0])[1:-1], text)


def say(text, colour=None):
    """A line on the error stream."""
    typer.secho(plain(text), fg=colour, err=True)


class Commands(TyperGroup):
    """Commands whose faults end in one line on the error stream and exit code 1, never in a traceback."""

    def invoke(self, ctx):
        """Run the command; what it could not read, write or use is said."""
        try:
            with warnings.catch_warnings():
                warnings.showwarning = lambda message, *_, **__: say(f"warning: {message}", "yellow")
                return super().invoke(ctx)
        except (typer.Exit, typer.Abort, typer.TyperException, BrokenPipeError):  # the reader of our output left
            raise
        except TradeDataError as error:
            said = error
        except ModuleNotFoundError as error:
            extra = EXTRAS.get(str(error.name).partition(".")[0])
            said = f"{error}" + (f"; in the checkout: pip install '.[{extra}]'" if extra else "")
        except OSError as error:
            said = f"{error.filename or 'a file'}: {error.strerror or error}; expected a file that can be used"
        except Exception as error:
            if os.environ.get("TRADE_LIB_DEBUG"):
                raise
            said = f"unexpected {type(error).__name__} ({error}); TRADE_LIB_DEBUG=1 shows where; please report it"
        for line in f"error: {said}".split("\n  "):  # several faults of a file, a line each
            say(line, "red")
        raise typer.Exit(1)

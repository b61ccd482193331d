"""A table of any file as a grid of texts: its encoding, its delimiter, its header are found, not asked for."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pandas as pd
from charset_normalizer import from_bytes

from trade_lib.data.files import readable
from trade_lib.errors import TradeDataError

KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
EASTERN = ["gb18030", "cp949", "cp932", "cp1251"]


def first_line(path: str | Path) -> str:
    """The first line of a text file, whatever its encoding."""
    with open(readable(path), encoding="utf-8-sig", errors="replace") as handle:
        return handle.readline(100_000).strip()


def grid(path: Path) -> tuple[list[str], list[str], list[list[str]], str]:
    """A csv, tsv or xlsx file as texts: those above the header, the header, the rows, and the layout in words."""
    file = path.name
    readable(path, KINDS)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        lines, layout = _sheet(path, file), "a spreadsheet"
    else:
        text, encoding = _decoded(path.read_bytes())
        lines, delimiter = _split(text)
        layout = f"{encoding}, columns split by {delimiter!r}"
    lines = [[cell.strip().strip("\u00a0") for cell in line] for line in lines]
    lines = [line for line in lines if any(line)]
    widths = Counter(len(line) for line in lines if sum(map(bool, line)) > 1)
    if not widths:
        raise TradeDataError("no table", file=file, expected="a header and rows of two columns or more")
    width = widths.most_common(1)[0][0]
    start = next(n for n, line in enumerate(lines) if sum(map(bool, line)) > 1 and len(line) >= width - 1)
    header, body = lines[start], lines[start + 1:]
    if len(header) > 1 and not header[-1] and all(not line[-1] for line in body if len(line) == len(header)):
        header, body = header[:-1], [line[:-1] if len(line) == len(header) else line for line in body]
    notes = [line for line in body if sum(map(bool, line)) <= 1 and len(line) != len(header)]
    rows = []
    for number, line in enumerate(line for line in body if line not in notes):
        if len(line) == len(header) + 1 and not line[-1]:
            line = line[:-1]  # a comma too many at each line's end
        if len(line) != len(header):
            raise TradeDataError("row is cut short or has too many cells", file=file, row=number,
                                 value=",".join(line)[:100], expected=f"{len(header)} cells")
        rows.append(line)
    if not rows:
        raise TradeDataError("no rows below the header", file=file, value=", ".join(header)[:100])
    return [" ".join(line) for line in lines[:start]], header, rows, layout


def _sheet(path: Path, file: str) -> list[list[str]]:
    try:
        sheets = pd.read_excel(path, sheet_name=None, header=None, dtype=object, engine="openpyxl")
    except Exception as error:  # zip, xml and openpyxl raise a dozen kinds for one thing: the file is damaged
        raise TradeDataError(f"cannot be read ({str(error).splitlines()[0][:100]})", file=file) from None
    full = [sheet for sheet in sheets.values() if sheet.shape[0] > 1 and sheet.shape[1] > 1]
    if not full:
        raise TradeDataError("no table", file=file, expected="a sheet with a header and rows")
    return [["" if cell is None or cell != cell else _cell(cell) for cell in line] for line in full[0].to_numpy()]


def _cell(cell) -> str:
    if hasattr(cell, "strftime"):
        return f"{cell:%Y-%m-%d}"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _decoded(content: bytes) -> tuple[str, str]:
    """Text and its encoding: marked ones first, UTF-8, Eastern ones where high bytes come in runs, else Western."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    runs = re.findall(rb"[\x80-\xff]+", content[:200_000])  # accents stand alone, other letters take or make runs
    in_runs = sum(len(run) for run in runs if len(run) > 1) > sum(map(len, runs)) / 2
    likely = from_bytes(content, cp_isolation=EASTERN).best() if in_runs else None
    for encoding in ([likely.encoding] if likely else []) + ["cp1252"]:
        try:
            return content.decode(encoding), encoding.upper()
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "Latin-1"


def _split(text: str) -> tuple[list[list[str]], str]:
    """Rows of cells by the delimiter under which most lines have the same and the largest number of cells."""
    if "\0" in text:
        raise TradeDataError("not a text file", expected="csv, tsv or xlsx")
    sample = "\n".join(text.splitlines()[:200])

    def fits(delimiter: str) -> float:
        widths = Counter(len(line) for line in csv.reader(io.StringIO(sample), delimiter=delimiter))
        width, count = widths.most_common(1)[0] if widths else (1, 1)
        return width * count / max(sum(widths.values()), 1) if width > 1 else 0

    best = max("\t;,|", key=fits)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=best)), best

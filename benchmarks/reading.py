"""How well statements are read from sentences, field by field, and how long texts take (processor time).

    python benchmarks/reading.py

Reads tests/check/sentences.csv: 162 sentences of our own in the style of news, agencies and ministries, 2006 to 2026,
with what is to be read in each, written before there was a reader. FIRST_RUN is what the reader did when it met a half
for the first time, with three expectations of the first half marked since; both were used to mend it after. Writes
benchmarks/reading.csv.
"""

import csv
import datetime
import platform
import time
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from trade_lib.check import answer, articles
from trade_lib.check.read.draft import draft

HERE = Path(__file__).resolve().parent
ROWS = list(csv.DictReader((HERE.parent / "tests/check/sentences.csv").open(encoding="utf-8")))
FIELDS = ("kind", "reporter", "partner", "flow", "period", "number", "unit")
FIRST_RUN = {"first half": (96, 84, 5), "second half": (108, 93, 5)}  # stated, all fields right, read wrongly


def stated(claim):
    """The fields of a claim as text."""
    number = claim.get("stated", claim.get("threshold"))
    return tuple(str(x) for x in (claim["kind"], claim["reporter"], claim["partner"], claim["flow"],
                                  claim.get("period", claim.get("horizon")),
                                  "-" if number is None else f"{float(number):g}", claim.get("unit", "-")))


def expected(text):
    """The fields of the statements that the table expects of a sentence."""
    for one in filter(None, text.split("; ")):
        words = one.split()
        yield (*words[:5], f"{float(words[5]):g}" if len(words) > 5 else "-", words[6] if len(words) > 6 else "-")


def scores(rows):
    """For each field and for all: the share of statements read that is right, and the share of statements read."""
    pairs = [(list(expected(row["expected"])), [stated(c) for c in draft(
        row["text"], datetime.date.fromisoformat(row["date"]), row["reporter"])[1]]) for row in rows]
    want, got = (sum(len(pair[n]) for pair in pairs) for n in (0, 1))
    for k, name in [*enumerate(FIELDS), (slice(None), "all fields")]:
        right = 0
        for wanted, read in pairs:
            left = [one[k] for one in wanted]
            for one in read:
                if one[k] in left:
                    left.remove(one[k])
                    right += 1
        yield {"field": name, "stated": want, "read": got, "right": right, "precision": round(right / got, 4),
               "recall": round(right / want, 4)}


def seconds(words):
    """Processor seconds from a text of so many words to its claims, and for 1,000 words to the marked page."""
    text, n = [], 0
    while n < words:
        text.append(ROWS[len(text) % len(ROWS)]["text"])
        n += len(text[-1].split())
    start = time.process_time()
    reading = articles.read("\n\n".join(text), "2025-12-20", "CHN")
    read = time.process_time() - start
    if words > 1000:
        return read, None
    records = [answer.as_record(one) for one in articles.check(reading)[1]]
    articles.page(reading, records)
    return read, time.process_time() - start


def main():
    """Score both halves, time two lengths, write the table."""
    out = [{"what": half, **row} for half in ("first", "second")
           for row in scores([row for row in ROWS if row["half"] == half])]
    out += [{"what": f"{half}, first run", "field": "all fields", "stated": n, "read": right + wrong, "right": right,
             "precision": round(right / (right + wrong), 4), "recall": round(right / n, 4)}
            for half, (n, right, wrong) in FIRST_RUN.items()]
    seconds(1000)  # loads the tables
    for words in (1000, 100_000):
        read, page = seconds(words)
        out.append({"what": f"{words} words", "field": "claims", "seconds": round(read, 2)})
        out += [{"what": f"{words} words", "field": "marked page", "seconds": round(page, 2)}] if page else []
    frame = pd.DataFrame(out).assign(python=platform.python_version(), pandas=version("pandas"))
    frame.to_csv(HERE / "reading.csv", index=False)
    print(frame.iloc[:, :8].to_string(index=False))


if __name__ == "__main__":
    main()

"""How many true and false statements the check tells apart, and how long one claim takes in a fresh process.

    python benchmarks/check_articles.py

Reads tests/check/articles: announced.csv (statements of 2005 to 2026, from memory of official releases, and the
same made false by rule) and other_kinds.yml (statements of public articles with the verdicts that are right). Writes
benchmarks/check_articles.csv. FIRST_RUN is what the check did when it met the announced statements first; the rules
were mended on them after, as their history in rules.json says.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pandas as pd
import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from tests.check.announced import made_false, true_ones, verdicts  # noqa: E402

FIRST_RUN = [("announced, true, first run", 277, 224, 217), ("announced, made false, first run", 646, 476, 470)]
KEPT = ("expected", "date", "url")
ONE = {"article": {"title": "T", "date": "2021-12-29"}, "claims": [
    {"id": "X", "text": "it was so", "kind": "growth", "reporter": "CHN", "partner": "RUS", "flow": "total",
     "period": "2021-01..2021-11", "stated": 33.6, "unit": "pct"}]}
TEXT = "China's trade with Russia rose 33.6 percent in the first 11 months of 2021."


def row(what, done, right):
    """Counts of verdicts; ``right`` says of (claim, verdict) whether it is right."""
    count = Counter(verdict for _, verdict in done)
    tested = [one for one in done if not one[1].startswith("not")]
    return {"what": what, "statements": len(done), "testable": len(tested), "right": sum(map(right, tested)),
            **{verdict: count[verdict] for verdict in ("supported", "supported with caveats", "mixed", "contradicted")}}


def seconds(*arguments):
    """Processor time of the command in a fresh process, the least of three."""
    times = []
    for _ in range(3):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "from trade_lib.app.cli import app; app()", *arguments], check=True,
                       capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return round(min(times), 2)


def main():
    true = list(true_ones())
    held = ("supported", "supported with caveats")
    other = yaml.safe_load((HERE.parent / "tests/check/articles/other_kinds.yml").read_text(encoding="utf-8"))
    cases = [(str(one["date"]), {name: value for name, value in one.items() if name not in KEPT}) for one in other]
    right = {one["id"]: one["expected"] for one in other}
    rows = [row("announced, true", verdicts(true), lambda one: one[1] in held),
            row("announced, made false", verdicts([(day, one) for day, claim in true for one in made_false(claim)]),
                lambda one: one[1] == "contradicted"),
            row("other kinds", verdicts(cases), lambda one: one[1] in right[one[0]["id"]])]
    with tempfile.TemporaryDirectory() as folder:
        claims, text = Path(folder) / "one.yml", Path(folder) / "article.txt"
        claims.write_text(yaml.safe_dump(ONE))
        text.write_text("\n".join(80 * [TEXT]))  # 1,040 words
        rows += [{"what": "one claim, a fresh process", "seconds": seconds("check", str(claims), "--json")},
                 {"what": "1,000 words to the marked page, a fresh process",
                  "seconds": seconds("check", str(text), "--date", "2021-12-29", "--html", f"{folder}/page.html")}]
    rows += [dict(zip(("what", "statements", "testable", "right"), one, strict=True)) for one in FIRST_RUN]
    table = pd.DataFrame(rows)
    table.to_csv(HERE / "check_articles.csv", index=False)
    print(table.to_string())


if __name__ == "__main__":
    main()

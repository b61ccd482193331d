"""Bad inputs by kind: each ends in clear lines on the error stream and exit code 1, never in a traceback or a hang."""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from trade_lib.app.cli import app
from trade_lib.data import files

runner = CliRunner()
MONTHS = pd.period_range("2018-01", periods=48, freq="M").astype(str)
QUICK = ("--model", "seasonal_naive", "--samples", "20")


@pytest.fixture(autouse=True)
def inside(tmp_path, monkeypatch):
    """Each attack in a folder of its own, with a terminal wide enough for any line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def refused(*line, saying=""):
    """Run a command that has to be refused: what it said."""
    result = runner.invoke(app, [str(part) for part in line])
    assert result.exit_code == 1, (result.exit_code, result.output, result.exception)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    lines = result.output.splitlines()
    assert any(line.startswith("error: ") for line in lines) and len(lines) <= 12, result.output
    assert all(letter.isprintable() for text in lines for letter in text), ascii(result.output)
    assert "unexpected" not in result.output and saying in result.output, result.output
    return result.output


def good(name="a"):
    return pd.DataFrame({"series": name, "month": MONTHS, "value": np.arange(100.0, 148.0)})


def flows(unit="USD", **changes):
    months = pd.period_range("2019-01", periods=36, freq="M").astype(str)
    return pd.DataFrame(
        {
            "source": "MINE",
            "reporter": "LAO",
            "partner": "KHM",
            "flow": "export",
            "period": months,
            "value": 1e9,
            "unit": unit,
        }
    ).assign(**changes)


# --- files of a wrong kind, given to every command that reads one


def _write(name, content):
    def make():
        with open(name, "wb") as handle:
            handle.write(content)
        return name

    return make


def _sparse():
    with open("large.csv", "wb") as handle:
        handle.truncate(files.LARGEST + 1)
    return "large.csv"


def _pipe():
    os.mkfifo("pipe.csv")
    return "pipe.csv"


def _link():
    os.symlink("loop.csv", "loop.csv")
    return "loop.csv"


def _parquet(name="bad.parquet", **columns):
    def make():
        pq.write_table(pa.table(columns), name)
        return name

    return make


def _many_rows():
    pq.write_table(pa.table({"series": pa.array(np.zeros(files.MOST_ROWS + 1, np.int8))}), "many.parquet")
    return "many.parquet"


def _flipped():
    good().to_parquet("flipped.parquet")
    content = bytearray(Path("flipped.parquet").read_bytes())
    content[len(content) // 3] ^= 0xFF
    return _write("flipped.parquet", bytes(content))()


def _half():
    good().to_parquet("half.parquet")
    content = Path("half.parquet").read_bytes()
    return _write("half.parquet", content[: len(content) // 2])()


FILES = {
    "missing": lambda: "none.csv",
    "a folder": lambda: ".",
    "a pipe": _pipe,
    "a loop of links": _link,
    "a device": lambda: "/dev/zero",
    "a long name": lambda: 5000 * "a",
    "a name for the terminal": lambda: "\x1b[2J\x9b31m.csv",
    "a name in markup": lambda: "[/red][bold].csv",
    "empty": _write("empty.csv", b""),
    "too large": _sparse,
    "another ending": _write("a.xls", b"a"),
    "no ending": _write("a", b"a"),
    "bytes": _write("bytes.csv", bytes(range(256))),
    "not UTF-8": _write("latin.csv", "series,month,value\nCôte,2021-01,1\n".encode("latin-1")),
    "zero bytes": _write("zero.csv", b"\0" * 1000),
    "no rows": _write("head.csv", b"series,month,value\n"),
    "a name twice": _write("twice.csv", b"series,month,value,value\na,2021-01,1,2\n"),
    "a short row": _write("short.csv", b"series,month,value\na,2021-01\n"),
    "a long row": _write("long.csv", b"series,month,value\na,2021-01,1,2,3\n"),
    "an open quotation": _write("open.csv", b'series,month,value\n"a,2021-01,1\n'),
    "a web page": _write("page.csv", b"<html><body>404</body></html>"),
    "text as parquet": _write("text.parquet", b"series,month,value\n"),
    "a flipped byte": _flipped,
    "half a file": _half,
    "nested cells": _parquet(series=[["a"], ["b"]], month=[{"y": 1}, {"y": 2}], value=[1.0, 2.0]),
    "names as bytes": _parquet(series=[b"a\xff"], month=["2021-01"], value=[1.0]),
    "many rows": _many_rows,
}
READERS = {
    "forecast": lambda path: ("forecast", path, "--horizon", 2, "--output", "out.csv", *QUICK),
    "backtest": lambda path: (
        "backtest",
        path,
        "--horizon",
        2,
        "--origins",
        2,
        "--output",
        "out.csv",
        "--models",
        "seasonal_naive",
    ),
    "forecast --data": lambda path: ("forecast", "--data", path, "--horizon", 2, "--output", "out.csv", *QUICK),
    "gravity": lambda path: ("gravity", path, "--formula", "value ~ month"),
    "check": lambda path: ("check", path),
    "check --data": lambda path: ("check", "article-2021-12-29", "--data", path),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_a_file_of_a_wrong_kind_is_refused(make, reader):
    refused(*reader(make()))
    assert not os.path.exists("out.csv")


# --- cells of a file of series

VALUES = [
    "many",
    "1,000",
    "1_000",
    "1 000",
    "0x10",
    "inf",
    "-inf",
    "1e400",
    "--1",
    "1.2.3",
    "١٢",
    "½",
    "True",
    "1e",
    "",
    "12:30",
    "2021-01-01",
    "[1]",
    "$5",
    "5 %",
    "nan",
    "NA",
    "1e308",
]
MONTH_TEXTS = [
    "2021-13",
    "2021-00",
    "21-01",
    "2021/01",
    "20211229",
    "2021-W52-3",
    "2021-1",
    "Jan 2021",
    "2021-01-15",
    "0999-01",
    "1600-01",
    "9999-12",
    " 2021-01",
    "2021-01 ",
    "٢٠٢١-٠١",
    "２０２１-01",
    "2021Q1",
    "2021",
    "now",
    "-2021-01",
    "2021-01..2021-02",
    "NaT",
    "",
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_that_is_no_number_is_refused(value):
    frame = good().astype({"value": object})
    frame.loc[17, "value"] = value
    frame.to_csv("in.csv", index=False)
    refused("forecast", "in.csv", "--horizon", 2, "--output", "out.csv", *QUICK, saying="no series could be forecast")


@pytest.mark.parametrize("month", MONTH_TEXTS)
def test_a_month_that_is_none_is_refused(month):
    frame = good()
    frame.loc[17, "month"] = month
    frame.to_csv("in.csv", index=False)
    refused("forecast", "in.csv", "--horizon", 2, "--output", "out.csv", *QUICK, saying="not a month")


@pytest.mark.parametrize(
    "column",
    [
        pa.array([True, False] * 24),
        pa.array(range(48), pa.timestamp("s")),
        pa.array(range(48), pa.duration("s")),
        pa.array(range(48), pa.date32()),
        pa.array([b"1"] * 48),
        pa.array([[1.0]] * 48),
    ],
    ids=lambda column: str(column.type),
)
def test_a_column_of_another_type_is_no_column_of_values(column):
    pq.write_table(pa.table({"series": ["a"] * 48, "month": MONTHS, "value": column}), "in.parquet")
    refused("forecast", "in.parquet", "--horizon", 2, "--output", "out.csv", *QUICK, saying="'value'")


@pytest.mark.parametrize("kind", ["category", "date", "timestamp", "period"])
def test_months_of_every_type_that_means_a_month_are_read(kind):
    months = {
        "category": lambda m: m.astype("category"),
        "date": lambda m: pd.to_datetime(m).dt.date,
        "timestamp": pd.to_datetime,
        "period": lambda m: pd.Series(pd.PeriodIndex(m, freq="M")),
    }[kind]
    good().assign(month=lambda t: months(t["month"])).to_parquet("in.parquet")
    result = runner.invoke(app, ["forecast", "in.parquet", "--horizon", "2", "--output", "out.csv", *QUICK])
    assert result.exit_code == 0, result.output
    assert pd.read_csv("out.csv")["month"].tolist() == ["2022-01", "2022-02"]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2+3", "\tx"])
def test_a_name_that_a_spreadsheet_would_run_is_refused(name):
    good(name).to_csv("in.csv", index=False)
    refused("forecast", "in.csv", "--horizon", 2, "--output", "out.csv", *QUICK, saying="spreadsheet")


@pytest.mark.parametrize(
    "name",
    [
        "\x1b[2Jx",
        "[red]x[/red]",
        "[/red]",
        "a\nb",
        "../../x",
        "\u202ex",
        "x" * 5000,
        "NA",
        "nan",
        "Côte d'Ivoire",
        "中国",
        "a,b",
        'a"b',
        " x ",
        "<img onerror=x>",
        "{x}",
        "%s",
        "con",
    ],
)
def test_a_strange_name_is_a_name(name):
    good(name).to_csv("in.csv", index=False)
    result = runner.invoke(
        app, ["forecast", "in.csv", "--horizon", "2", "--output", "out.csv", *QUICK, "--plot", "figures"]
    )
    assert result.exit_code == 0, result.output
    assert "\x1b[2J" not in result.output and "\u202e" not in result.output
    assert pd.read_csv("out.csv", keep_default_na=False)["series"].tolist() == [name] * 2
    assert len(os.listdir("figures")) == 1 and os.listdir("figures")[0].endswith(".png")
    good(name).iloc[[0, 2]].to_csv("bad.csv", index=False)
    refused("forecast", "bad.csv", "--horizon", 2, "--output", "out.csv", *QUICK)


# --- numbers and names on the command line

OPTIONS = (
    [("--horizon", n) for n in (0, -1, 121, 10**9)]
    + [("--samples", n) for n in (0, -1, 10**9)]
    + [("--seed", n) for n in (-1, 2**32, 10**30)]
    + [("--season", n) for n in (0, -3, 10**6)]
    + [("--level", n) for n in (0, 100, -5, 99.9999999, "nan", "inf", 1e9)]
    + [("--model", n) for n in ("", "crystal", "[/red]", "../x")]
    + [("--engine", n) for n in ("", "cloud", "[/red]", "os")]
)
BACKTEST_OPTIONS = (
    [("--horizon", n) for n in (0, -1, 10**9)]
    + [("--origins", n) for n in (0, -1, 10**9)]
    + [("--step", n) for n in (0, -1, 10**9)]
    + [("--refit", n) for n in (0, -1, 10**9)]
    + [("--processes", n) for n in (-1, 10**6)]
    + [("--samples", 10**9), ("--seed", -1), ("--models", ""), ("--models", ","), ("--models", "theta,crystal")]
)
OUTPUTS = [
    "in.csv",
    "./in.csv",
    "folder/../in.csv",
    "link.csv",
    "folder",
    "none/out.csv",
    "out.txt",
    "out",
    "",
    "/dev/null",
    "pipe.csv",
    "x" * 300 + ".csv",
    "in.csv/out.csv",
]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: f"{option[0]} {option[1]}")
def test_an_option_out_of_its_range_is_refused(option):
    good().to_csv("in.csv", index=False)
    given = {"--horizon": 2, "--model": "seasonal_naive", "--samples": 20} | dict([option])
    refused("forecast", "in.csv", "--output", "out.csv", *[word for pair in given.items() for word in pair])


@pytest.mark.parametrize("option", BACKTEST_OPTIONS, ids=lambda option: f"{option[0]} {option[1]}")
def test_an_option_of_a_backtest_out_of_its_range_is_refused(option):
    good().to_csv("in.csv", index=False)
    given = {"--horizon": 2, "--origins": 2, "--models": "seasonal_naive", "--samples": 20} | dict([option])
    refused("backtest", "in.csv", "--output", "out.csv", *[word for pair in given.items() for word in pair])


@pytest.mark.parametrize("output", OUTPUTS, ids=ascii)
@pytest.mark.parametrize("command", ["forecast", "backtest"])
def test_an_output_that_cannot_be_or_is_the_input_is_refused(command, output):
    good().to_csv("in.csv", index=False)
    before = Path("in.csv").read_bytes()
    os.mkdir("folder")
    os.symlink("in.csv", "link.csv")
    os.mkfifo("pipe.csv")
    refused(
        command, "in.csv", "--horizon", 2, "--output", output, *(("--origins", 2) if command == "backtest" else QUICK)
    )
    assert Path("in.csv").read_bytes() == before


def test_no_other_command_overwrites_what_it_reads():
    good().to_csv("z.failures.csv", index=False)
    refused("forecast", "z.failures.csv", "--horizon", 2, "--output", "z.csv", *QUICK, saying="would overwrite")
    flows().to_csv("pairs.csv", index=False)
    refused("gravity", "pairs.csv", "--formula", "value ~ source", "--output", "pairs.csv", saying="would overwrite")
    flows().to_csv("mine.csv", index=False)
    refused(
        "forecast", "--data", "mine.csv", "--horizon", 2, "--output", "mine.csv", *QUICK, saying="would overwrite"
    )


FORMULAS = [
    "",
    "~",
    "trade",
    "trade ~",
    "~ x",
    "trade ~ x ~ d",
    "trade ~ x | a | b",
    "trade ~ x +",
    "trade ~ (x",
    "trade ~ x)",
    "trade ~ x + I(__import__('os').system('touch run'))",
    "trade ~ {__import__('os').system('touch run')}",
    'trade ~ x:I(exec(\'open("run", "w")\'))',
    "trade ~ eval('1')",
    "trade ~ np.log(x)",
    "trade ~ x.__class__",
    "trade ~ lambda: 1",
    "trade ~ csw()",
    "trade ~ csw(x, d)",
    "trade ~ sw0(x)",
    "trade ~ mvsw(x)",
    "trade ~ poly(x, 2)",
    "trade ~ bs(x)",
    "trade ~ `x`",
    "trade ~ Q('x')",
    "trade ~ x ** 3",
    "trade ~ log(x) | e(x)",
    "trade ~ log(log(x))",
    "trade ~ x | exporter^",
    "trade ~ x; d",
    "trade ~ x\n+ open('run','w')",
    "trade ~ " + "(" * 5000,
    "log(trade) ~ x",
    "exp(trade) ~ x",
    "log(__import__('os')) ~ x",
    "trade ~ none",
    "trade ~ x | none",
    "trade ~ x | 0",
    "trade ~ 1",
    "trade ~ [x for x in d]",
    "trade ~ \x1b[2J",
    "trade ~ x + [/red]",
    "trade ~ x@d",
    "trade ~ 'x'",
    "trade ~ trade ~ trade",
]


@pytest.mark.parametrize("formula", FORMULAS, ids=ascii)
def test_a_formula_is_read_and_never_run(formula):
    rng = np.random.default_rng(1)
    pd.DataFrame(
        {
            "trade": rng.poisson(3, 40),
            "x": rng.normal(size=40),
            "d": rng.normal(size=40),
            "exporter": rng.integers(0, 4, 40),
        }
    ).to_csv("pairs.csv", index=False)
    refused("gravity", "pairs.csv", "--formula", formula)
    assert not os.path.exists("run")


@pytest.mark.parametrize("errors", ["", "HC9", "cluster:", "cluster:none", "cluster:a+", "cluster:I(x)", "[/red]"])
def test_a_kind_of_errors_that_is_none_is_refused(errors):
    flows(trade=range(36), x=range(36)).to_csv("pairs.csv", index=False)
    refused("gravity", "pairs.csv", "--formula", "trade ~ x", "--vcov", errors)


# --- tables of flows

TABLES = {
    "the reporter itself": lambda: flows(partner="LAO"),
    "an unknown reporter": lambda: flows(reporter="XXX"),
    "millions": lambda: flows(value=1000.0),
    "negative": lambda: flows(value=-1e9),
    "an unknown unit": lambda: flows("BTC"),
    "a unit in small": lambda: flows("usd"),
    "no unit": lambda: flows(None),
    "a hole": lambda: flows().drop(index=7),
    "a month twice": lambda: pd.concat([flows(), flows().iloc[[7]]]),
    "years": lambda: flows(period="2021").iloc[:1],
    "re-exports": lambda: flows(flow="re-export"),
    "a column more": lambda: flows(note="x"),
    "a column less": lambda: flows().drop(columns="unit"),
    "one cell in thousands": lambda: flows(value=[1e9] * 35 + [1e3]),
    "text": lambda: flows(value="many"),
    "infinite": lambda: flows(value=np.inf),
}


@pytest.mark.parametrize("make", TABLES.values(), ids=TABLES)
def test_a_table_of_flows_that_is_not_in_order_is_refused(make):
    make().to_csv("mine.csv", index=False)
    refused("forecast", "--data", "mine.csv", "--horizon", 2, "--output", "out.csv", *QUICK)


def test_two_currencies_are_two_series_and_never_one():
    pd.concat([flows(), flows("CNY", value=6.45e9)]).to_csv("mine.csv", index=False)
    result = runner.invoke(app, ["forecast", "--data", "mine.csv", "--horizon", "2", "--output", "out.csv", *QUICK])
    assert result.exit_code == 0, result.output
    found = pd.read_csv("out.csv").groupby("series")["median"].mean()
    assert found.round(-7).to_dict() == {"LAO-KHM export, CNY (MINE)": 6.45e9, "LAO-KHM export, USD (MINE)": 1e9}
    switched = pd.concat([flows().iloc[:24], flows("CNY", value=6.45e9).iloc[24:]])
    switched.to_csv("mine.csv", index=False)
    with open("grew.yml", "w") as handle:
        handle.write(HEAD + "".join(
            f"- {{id: {n}, text: t, kind: growth, reporter: LAO, partner: KHM, flow: export, period: 2021, "
            f"stated: {stated}, unit: pct}}\n" for n, stated in enumerate(("545", "0.0"))))
    result = runner.invoke(app, ["check", "grew.yml", "--data", "mine.csv", "--json"])
    verdicts = [one["verdict"] for one in json.loads(result.stdout)]
    assert verdicts == ["not testable with these data"] * 2


# --- claims files

HEAD = "article: {title: A year, date: 2021-12-29}\nclaims:\n"
CLAIM = (
    "- {{id: A1, text: t, kind: growth, reporter: CHN, partner: RUS, flow: total, period: {period}, stated: {stated}, "
    "unit: pct{more}}}\n"
)


def claim(period="2021-01..2021-11", stated="33.6", more="", head=HEAD):
    return head + CLAIM.format(period=period, stated=stated, more=more)


CLAIMS = {
    "a bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "an object": HEAD + "- !!python/object/apply:os.system [ls]\n",
    "deep": HEAD + "- " + "[" * 5000,
    "a set": "!!set {a, b}",
    "binary": HEAD + "- !!binary aGk=\n",
    "a list": "- 1\n- 2\n",
    "a number": "7",
    "nothing": "\n",
    "a tab": HEAD + "\t- id: x\n",
    "a key twice": claim(more=", unit: pct"),
    "an unknown key": claim(more=", colour: red"),
    "a merge": HEAD + "- {<<: {id: A1}}\n",
    "two files": claim() + "---\n" + claim(),
    "no claims": HEAD.replace("claims:\n", "claims: []\n"),
    "claims as a word": HEAD + "  many\n",
    "no such day": claim(head=HEAD.replace("2021-12-29", "2021-02-30")),
    "a week": claim(head=HEAD.replace("2021-12-29", "2021-W52-3")),
    "a day without dashes": claim(head=HEAD.replace("2021-12-29", "'20211229'")),
    "a day to come in other digits": claim(head=HEAD.replace("2021-12-29", "٢٠٢١-١٢-٢٩")),
    "month 13": claim("2021-13"),
    "a year of five": claim("20211"),
    "backwards": claim("2021-11..2021-01"),
    "year 1000": claim("1000"),
    "other digits in the period": claim("٢٠٢١"),
    "infinite": claim(stated=".inf"),
    "no number": claim(stated=".nan"),
    "huge": claim(stated="1e999"),
    "words": claim(stated="many"),
    "other digits": claim(stated="٣٣"),
    "octal": claim(stated="0o17"),
    "sixty": claim(stated="1:30"),
    "true": claim(stated="true"),
    "an unknown kind": claim().replace("growth", "magic"),
    "an unknown area": claim().replace("RUS", "ATL"),
    "the reporter itself": claim().replace("RUS", "CHN"),
    "an escape": claim().replace("RUS", '"\\x1b[2J"'),
    "markup": claim().replace("RUS", "'[/red]'"),
    "a zero byte": claim() + "\0",
    "id twice": claim() + CLAIM.format(period="2021-11", stated="1", more=""),
    "a list as text": claim().replace("text: t", "text: [a]"),
}


@pytest.mark.parametrize("text", CLAIMS.values(), ids=CLAIMS)
def test_a_claims_file_that_is_not_in_order_is_refused(text):
    with open("claims.yml", "w", encoding="utf-8") as handle:
        handle.write(text)
    refused("check", "claims.yml")


# --- the data folder, the ledger, the notebooks

PACKAGES = {
    "a list": [],
    "nothing in it": {},
    "a number": 7,
    "no list": {"resources": 7},
    "an empty table": {"resources": [{}]},
    "words": {"resources": ["a"]},
    "null": None,
    "no path": {"resources": [{"name": "areas"}]},
}


@pytest.mark.parametrize(
    "content",
    [*map(json.dumps, PACKAGES.values()), "", "{", "[" * 100_000, '{"a": ' * 100_000, "\0", "\ufeff"],
    ids=[*PACKAGES, "empty", "cut short", "deep", "deep keys", "a zero byte", "a mark only"],
)
@pytest.mark.parametrize("line", ["data list", "data show areas", "data verify", "claims C03"])
def test_a_data_folder_that_is_not_in_order_is_refused(line, content, monkeypatch, tmp_path):
    (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    monkeypatch.setenv("TRADE_LIB_DATA", str(tmp_path))
    refused(*line.split())


@pytest.mark.parametrize(
    "name", ["[/red]", "[bold]x", "\x1b[2J", "\u202e", "../areas", "x" * 5000, "", "%s", "{0}"], ids=ascii
)
@pytest.mark.parametrize(
    "command", [["claims"], ["data", "show"], ["data", "verify"], ["report"], ["check"]], ids=" ".join
)
def test_a_name_of_nothing_is_refused(command, name):
    refused(*command, name)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\xff\xfe", b"# Title without markers\n", b"\0" * 100])
def test_a_readme_without_its_markers_is_left_as_it_is(content):
    _write("README.md", content)()
    refused("claims", "C03", "--readme", "README.md")
    assert Path("README.md").read_bytes() == content


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "7", '{"cells": 7, "nbformat": 4}', "\0", "{" * 5000, '{"nbformat": 99}']
)
def test_a_file_that_is_no_notebook_is_refused(content):
    _write("one.ipynb", content.encode())()
    refused("report", ".", "--out", "out")


@pytest.mark.parametrize("workers", ["²", "-1", "0x2", "many", "", "1e9", "100000000"])
def test_a_number_of_workers_that_is_none_is_refused(workers):
    _write("one.ipynb", b"{}")()
    refused("report", ".", "--workers", workers)

"""Files as people download them: what their columns, months and numbers mean, said in a line and never guessed.

A file is read as a grid of texts; the header is found, a period and one or more columns of numbers are recognised, and
what is left tells the series apart. Where two readings are possible the error names the option that decides.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from trade_lib.data.grids import grid
from trade_lib.data.periods import MonthOrder, read_periods, share_of_periods
from trade_lib.errors import TradeDataError
from trade_lib.sources.names import to_area

MISSING = {"", ".", "..", "...", "-", "–", "n/a", "na", "nan", "null", "none", "nd", "x", "c", "********"}
PERIODS = ("time_period", "period", "month", "date", "time", "observation_date", "year_month", "yearmonth", "月份",
           "月", "时间", "日期", "数据年月", "統計年月", "年月", "기간")
YEARS = ("year", "refyear", "年", "年份", "jahr", "ano", "año", "année", "годы", "год")
MONTHS = ("month", "refmonth", "月", "月份", "mon", "monat", "mês", "mes", "mois", "месяц")
VALUES = ("primaryvalue", "obs_value", "value")
FLOW_CODES = {"x": "export", "dx": "export", "2": "export", "m": "import", "1": "import"}
FLOW_WORDS = {
    "export": r"(?<!re)(?<!re-)(?:(?<![a-z])exp|exports?)(?![a-z])|xg_fob|出口|輸出|수출|экспорт",
    "import": r"(?<!re)(?<!re-)(?:(?<![a-z])imp|imports?)(?![a-z])|mg_cif|进口|輸入|수입|импорт"}
ROLES = {"reporter": ("reporteriso", "reporter", "reporter_iso", "ref_area", "country", "country name"),
         "partner": ("partneriso", "partner", "partner_iso", "counterpart_country", "counterpart_area",
                     "counterpart country name", "cty_name", "country", "country name", "贸易伙伴名称", "国家", "국가",
                     "страна", "país", "land", "pays"),
         "flow": ("flowcode", "flow", "trade flow", "trade_flow", "stk_flow", "flowdesc", "indicator",
                  "indicator name"),
         "product": ("cmdcode", "product", "commodity", "commodity code", "hs", "e_commodity", "i_commodity",
                     "商品编码"),
         "currency": ("currency", "unit_measure", "currency code", "币种")}
NOT_A_VALUE = re.compile(r"code|id$|year|month|level|qty|quantity|wgt|weight|estimat|isleaf|unit|flag|数量|编码|代码",
                         re.I)
FLAGS = re.compile(r"(?<=[\d.,])\s*(?:[a-z]{1,3}|\*)$", re.I)  # a letter behind a number says how it was made
CURRENCIES = {"USD": r"us ?\$|usd|\(\$|u\.s\. dollar|us dollar|美元|\bdollars?\b|달러|долл",
              "EUR": r"\beur|€|\beuros?\b", "CNY": r"\bcny|\brmb|yuan|人民币", "GBP": r"\bgbp|£",
              "JPY": r"\bjpy|\byen\b|¥", "KRW": r"\bkrw|\bwon\b"}
SCALES = {1e9: r"billion|\bbn\b|十亿|млрд", 1e6: r"million|\bmn\b|\bmio\b|百万|млн", 1e8: r"(?<!十)亿",
          1e4: r"(?<!百)万", 1e3: r"thousand|\b1[, ]?000\b|千|\bth(ous)?\b|\btsd\b|тыс"}


@dataclass
class Download:
    """A file understood: ``series, period, value`` and the roles of columns, and in words what was understood."""

    table: pd.DataFrame
    season: int
    unit: tuple[str | None, float | None] = (None, None)
    words: list[str] = field(default_factory=list)


def read_download(path: str | Path, value: str | None = None, unit: str | None = None, month: str | None = None,
                  decimal: str | None = None) -> Download:
    """Read a csv, tsv or xlsx file of any usual layout.

    Parameters
    ----------
    value : the column of the figures, where several hold numbers.
    month : the column of the periods, or ``dmy`` or ``mdy`` where days and months could be exchanged.
    unit : currency and scale, such as ``usd_mn``, where the file does not say them.
    decimal : ``,`` or ``.``, where thousands and decimals could be exchanged.
    """
    file = Path(path).name
    order: MonthOrder = month if month in ("dmy", "mdy") else None
    month = None if order else month
    above, header, body, layout = grid(Path(path))
    frame = pd.DataFrame(body, columns=_distinct(header))
    alone = frame.ne("").sum(axis=1) == 1  # lines of text as wide as the table, and periods without a figure
    texts, frame = frame[alone].max(axis=1), frame[~alone].reset_index(drop=True)
    frame, melted = _melted(frame, file)
    if not melted and not month:
        frame = _year_and_month(frame)
    column = "period" if melted else _period_column(frame, month, file)
    periods, season, words = read_periods(frame[column], order, file)
    words += [f"left out, a line of text: {text}" for text in texts if not share_of_periods([text])]
    frame, keep = frame.assign(period=periods), periods.notna()
    columns = ["figure"] if melted else _value_columns(frame.drop(columns={column, "period"}), value, file, periods)
    numbers = {name: _numbers(frame.loc[keep, name], decimal, file) for name in columns}
    rest = frame.loc[keep].drop(columns=[*columns, *{column, "period"} - {"period"}])
    rest = rest[[name for name in rest if name == "period" or not rest[name].str.strip().eq("").all()]]
    title = flow_of(" ".join(above))
    table = pd.concat([_one(rest, name, numbers[name], len(columns) == 1, title) for name in columns])
    table = table.dropna(subset=["value"]).reset_index(drop=True)
    if table.empty:
        raise TradeDataError("no figures", file=file, column=", ".join(columns), expected="numbers")
    twice = table.duplicated(["series", "period"])
    if twice.any():
        row = table[twice].iloc[0]
        raise TradeDataError("two figures for one period of a series", file=file, row=str(row["period"]),
                             column=", ".join(columns), value=row["series"],
                             expected="a column that tells them apart, or --value")
    if columns == ["primaryValue"]:
        unit = unit or "usd"  # UN Comtrade gives values in US dollars only
    said = _unit(unit, " ".join([*above, *columns, *_unit_cells(rest)]), file)
    found = f"figures {', '.join(columns)}" + (f" in {said[0]}, times {said[1]:,.0f}" if said[0] else "")
    where = "in the header" if melted else column
    return Download(table, season, said, [f"{layout}; periods {where}; {found}", *words])


def _distinct(header: list[str]) -> list[str]:
    twice = [name for name, count in Counter(header).items() if count > 1 and name]
    if twice:
        raise TradeDataError("column given twice", column=twice[0], expected="each column once")
    return [name or f"column {n + 1}" for n, name in enumerate(header)]


def _melted(frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, bool]:
    """A table whose header holds the periods as rows of one period each; Eurostat's joined keys are split."""
    wide = [name for name in frame if share_of_periods([name])]
    if len(wide) < 3 or len(wide) < len(frame.columns) / 2:
        return frame, False
    for name in [name for name in frame.columns if "\\" in name]:
        names = name.split("\\")[0].split(",")
        cells = frame[name].str.split(",", expand=True)
        if cells.shape[1] != len(names):
            raise TradeDataError("keys do not match their header", file=file, column=name, value=frame[name].iloc[0])
        frame = pd.concat([cells.set_axis(names, axis=1), frame.drop(columns=name)], axis=1)
    keys = [name for name in frame.columns if name not in wide]
    return frame.melt(keys, wide, "period", "figure"), True


def _year_and_month(frame: pd.DataFrame) -> pd.DataFrame:
    """Years and months in columns of their own, or years in rows and months in the header, as one column of periods."""
    names = {name.casefold(): name for name in frame.columns}
    year = next((names[name] for name in YEARS if name in names), None)
    if year is None or any(name in names and share_of_periods(frame[names[name]]) > 0.8 for name in PERIODS):
        return frame
    months = [name for name in frame if share_of_periods([f"{name} 2000"]) and not name.isdigit()]
    if len(months) == 12:
        frame = frame.melt([name for name in frame if name not in months], months, "month", "figure")
        names["month"] = "month"
    month = next((names[name] for name in MONTHS if name in names), None)
    if month is None:
        return frame
    number = frame[month].str.replace(r"^(\d+)\D.*", r"\1", regex=True)  # 1.0, or 01. Janeiro
    joined = number + number.map(lambda cell: "/" if cell[:1].isdigit() else " ") + frame[year]
    return frame.drop(columns=[year, month]).assign(period=joined)


def _period_column(frame: pd.DataFrame, month: str | None, file: str) -> str:
    if month:
        if month not in frame:
            raise TradeDataError("no such column", file=file, column=month, expected=", ".join(frame.columns))
        return month
    names = {name.casefold(): name for name in frame.columns}
    good = {name: share_of_periods(frame[name]) for name in frame.columns}
    named = [names[name] for name in PERIODS if name in names and good[names[name]] > 0.8]
    likely = named[:1] or [name for name in frame.columns if good[name] > 0.95 and not frame[name].str.fullmatch(
        r"\d{4}").all()] or [name for name in frame.columns if good[name] > 0.95]
    if not likely:
        raise TradeDataError("no column of periods", file=file, value=", ".join(frame.columns)[:160],
                             expected="months such as 2021-11, or --month COLUMN")
    if len(likely) > 1:
        raise TradeDataError("several columns could be the period", file=file, value=", ".join(likely),
                             expected="--month COLUMN")
    return likely[0]


def _value_columns(frame: pd.DataFrame, value: str | None, file: str, periods: pd.Series) -> list[str]:
    if value:
        if value not in frame:
            raise TradeDataError("no such column", file=file, column=value, expected=", ".join(frame.columns))
        return [value]
    numeric = [name for name in frame.columns if _numeric(frame[name]) > 0.9]
    named = [name for name in numeric if name.casefold() in VALUES]
    flows = [name for name in numeric if flow_of(name) and name not in named]
    other = [name for name in numeric if not NOT_A_VALUE.search(name)]
    keys = [name for name in frame.columns if name not in numeric and len(set(frame[name])) > 1]
    chosen = named[:1] or flows or other
    if len(chosen) > 1 and not flows and (keys or periods.duplicated().any()):
        raise TradeDataError("several columns hold numbers", file=file, value=", ".join(chosen)[:160],
                             expected="--value COLUMN")
    if not chosen:
        raise TradeDataError("no column of numbers", file=file, value=", ".join(frame.columns)[:160],
                             expected="--value COLUMN")
    return chosen


def _bare(cells: pd.Series) -> pd.Series:
    """Cells without flags, blanks, currency signs and brackets; missing ones empty."""
    bare = cells.str.strip().str.replace(r"^[^\d(+\-−.,]{1,3}(?=[\d.])|[\s\u00a0\u202f'](?=\d{3})", "", regex=True)
    bare = bare.str.replace("−", "-").str.replace(r"^\((.*)\)$", r"-\1", regex=True).str.replace(FLAGS, "", regex=True)
    return bare.where(~(bare.str.casefold().isin(MISSING) | bare.str.match(r":")), "")  # Eurostat's ": @C" and ": z"


def _numeric(cells: pd.Series) -> float:
    bare = _bare(cells)
    filled = bare[bare != ""]
    return filled.str.fullmatch(r"[+-]?[\d.,]*\d[\d.,]*(?:[eE][+-]?\d+)?").mean() if len(filled) else 0.0


def _numbers(cells: pd.Series, decimal: str | None, file: str) -> pd.Series:
    """Numbers, the decimal sign told by the whole column; where it cannot be told, an error says so."""
    bare, name = _bare(cells), str(cells.name)
    decimal = decimal or _decimal(bare, file)
    plain = bare.str.replace("." if decimal == "," else ",", "", regex=False).str.replace(",", ".", regex=False)
    numbers = pd.to_numeric(plain.where(plain != ""), errors="coerce").astype(float)
    bad = numbers.isna() & (bare != "")
    if bad.any():
        raise TradeDataError("not a number", file=file, row=int(bad.idxmax()), column=name, value=cells[bad.idxmax()],
                             expected="a number")
    return numbers


def _decimal(bare: pd.Series, file: str) -> str:
    """The decimal sign of a column: sure where one sign repeats, both stand in a number, or groups are not of three."""
    filled = bare[bare != ""]
    commas, points = (filled[filled.str.contains(sign, regex=False)] for sign in ",.")
    if commas.empty:
        return "," if (points.str.count(r"\.") > 1).any() else "."
    both = commas[commas.str.contains(".", regex=False)]
    if len(both):
        return "." if (both.str.rfind(".") > both.str.rfind(",")).all() else ","
    groups = commas.str.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+")
    if not groups.all():
        return ","
    if (commas.str.count(",") > 1).any() or len(points):
        return "."
    raise TradeDataError("thousands or decimals: a comma could be either", file=file, column=str(bare.name),
                         value=commas.iloc[0], expected="--decimal . or --decimal ,")


def flow_of(text: str) -> str | None:
    """Whether a code, a name or a title speaks of exports or of imports, and not of both."""
    named = [flow for flow, words in FLOW_WORDS.items() if re.search(words, text, re.I)]
    return FLOW_CODES.get(text.casefold()) or (named[0] if len(named) == 1 else None)


def _one(rest: pd.DataFrame, name: str, numbers: pd.Series, alone: bool, title: str | None) -> pd.DataFrame:
    """Rows of one column of figures: the columns that tell series apart, joined to a name, and their roles."""
    roles = {role: next((column for known in names for column in rest if column.casefold() == known), None)
             for role, names in ROLES.items()}
    if roles["reporter"] == roles["partner"]:
        roles["reporter"] = None  # one column of countries is that of the partners
    keys: list[str] = []
    for column in sorted(rest.columns.drop("period"), key=lambda c: (c not in roles.values(), rest.columns.get_loc(c))):
        if len(set(rest[column])) > 1 and rest.groupby([*keys, "period"] if keys else "period")[column].nunique().gt(
                1).any():
            keys.append(column)
    parts = [rest[column] for column in keys] + ([] if alone and keys else [pd.Series(name, rest.index)])
    table = pd.DataFrame({"series": parts[0].str.cat(parts[1:], sep=" ") if len(parts) > 1 else parts[0],
                          "period": rest["period"], "value": numbers})
    for role, column in roles.items():
        table[role] = rest[column] if column else None
    if flow_of(name):
        table["flow"] = flow_of(name)
    elif roles["flow"] is None:
        table["flow"] = title
    if roles["partner"] is None and to_area(name):  # a column a partner
        table["partner"] = name
    if roles["currency"] is None:
        table["currency"] = name
    return table


def _unit_cells(rest: pd.DataFrame) -> list[str]:
    """What the file's own columns say of the unit; a power of ten as a number of ones."""
    cells = [(name, cell) for name in rest if re.fullmatch(
        r"unit|currency|unit_measure|unit_mult|indicators?|indicator name|单位", name, re.I)
        for cell in dict.fromkeys(rest[name])]
    return [f"{10 ** int(cell):,}".replace("1,000,000,000", "billion").replace("1,000,000", "million")
            if name.casefold() == "unit_mult" and cell.isdigit() else cell for name, cell in cells]


def _unit(unit: str | None, text: str, file: str) -> tuple[str | None, float | None]:
    """Currency and scale: as asked for, or as the file's own words say them."""
    text = text.replace("_", " ")
    if unit:
        scale = {"": 1.0, "th": 1e3, "mn": 1e6, "bn": 1e9, "trn": 1e12}
        match = re.fullmatch(r"([a-z]{3})(?:_(th|mn|bn|trn))?", unit.casefold())
        if not match:
            raise TradeDataError("no such unit", file=file, value=unit, expected="usd, usd_th, usd_mn or usd_bn")
        return match[1].upper(), scale[match[2] or ""]
    currencies = currencies_of(text)
    scales = [scale for scale, pattern in SCALES.items() if re.search(pattern, text, re.I)]
    return (currencies[0], scales[0] if scales else 1.0) if len(currencies) == 1 and len(scales) < 2 else (None, None)


def currencies_of(text: str) -> list[str]:
    return [code for code, pattern in CURRENCIES.items() if re.search(pattern, text.replace("_", " "), re.I)]

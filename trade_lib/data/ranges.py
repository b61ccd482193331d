"""What a table's numbers must look like beyond its schema: bands of the units, unbroken months."""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError


def check_plausible(frame, checks, file):
    """Hold a table against all of its checks: the bands of its units, then its unbroken months.

    Examples
    --------
    >>> check_plausible(pd.DataFrame({"value": [1.0]}), {}, "demo.csv")
    """
    check_different(frame, checks, file)
    check_bands(frame, checks, file)
    check_months(frame, checks, file)


def check_different(frame, checks, file):
    """Raise where two columns named in ``checks["different"]`` hold the same: an area's trade with itself.

    Examples
    --------
    >>> check_different(pd.DataFrame({"a": ["X"], "b": ["Y"]}), {"different": ["a", "b"]}, "demo.csv")
    """
    first, second = checks.get("different", (None, None))
    if first is None:
        return
    same = frame[first].eq(frame[second]).to_numpy()
    if same.any():
        row = int(same.argmax())
        raise TradeDataError(f"the {first} itself", file=file, row=row, column=second, value=frame[second].iloc[row],
                             expected=f"another area than the {first}")


def check_bands(frame, checks, file):
    """Raise where a group's largest value is implausible for its unit, or one cell is far off its own series.

    ``checks["bands"]`` holds column, by (group columns) and limits {unit: [lowest, highest]}: the LARGEST value of
    every group has to lie between them, which catches a table in millions; ``checks["ratio"]`` holds column, by and
    limit: no cell may lie more than that factor from the median of its series, which catches one cell in millions.

    Examples
    --------
    >>> flows = pd.DataFrame({"unit": ["USD"], "value": [1e9]})
    >>> check_bands(flows, {"bands": {"column": "value", "by": ["unit"], "limits": {"USD": [1e6, 1e13]}}}, "demo.csv")
    """
    band = checks.get("bands")
    if band:
        for key, group in frame.groupby(band["by"], sort=False, observed=True):
            unit = group["unit"].iloc[0]
            values = group[band["column"]].dropna()
            if unit not in band["limits"]:
                raise TradeDataError("unit without a plausible band", file=file, row=int(group.index[0]), column="unit",
                                     value=unit, expected="one of " + ", ".join(sorted(band["limits"])))
            if values.empty:
                continue
            low, high = band["limits"][unit]
            row = int(values.idxmax())
            if not low <= values.loc[row] <= high:
                label = ", ".join(map(str, key if isinstance(key, tuple) else (key,)))
                word = "small: values in millions or thousands?" if values.loc[row] < low else "large"
                raise TradeDataError(f"largest value of {label} is too {word}", file=file, row=row,
                                     column=band["column"], value=float(values.loc[row]),
                                     expected=f"between {low:g} and {high:g} units of {unit}")
    ratio = checks.get("ratio")
    if ratio:
        values = frame[ratio["column"]].where(frame[ratio["column"]] > 0)
        keys = [frame[name] for name in ratio["by"]]
        relative = np.log10(values / values.groupby(keys, sort=False, observed=True).transform("median")).abs()
        bad = (relative > np.log10(ratio["limit"])).to_numpy()
        if bad.any():
            row = int(bad.argmax())
            raise TradeDataError("value is far from the rest of its series: another unit?", file=file, row=row,
                                 column=ratio["column"], value=float(values.iloc[row]),
                                 expected=f"within a factor {ratio['limit']:g} of the series' median")


def check_months(frame, checks, file):
    """Raise where a series has a hole that ``checks["series"]["gaps"]`` does not declare.

    ``checks["series"]`` holds keys, period and gaps, each gap a list of key values, a first and a last month; a
    declared gap that is not there is an error too.

    Examples
    --------
    >>> months = pd.period_range("2020-01", "2020-03", freq="M")
    >>> check_months(pd.DataFrame({"s": "a", "period": months}), {"series": {"keys": ["s"], "period": "period"}}, "x")
    """
    series = checks.get("series")
    if not series:
        return
    period, keys = frame[series["period"]], series["keys"]
    monthly = isinstance(period.dtype, pd.PeriodDtype)
    number = pd.Series(pd.PeriodIndex(period).asi8 if monthly else period.to_numpy(), index=frame.index)

    def ordinal(text):
        return pd.Period(text, freq="M").ordinal if monthly else int(text)

    def text(ordinal):
        return str(pd.Period(ordinal=ordinal, freq="M")) if monthly else str(ordinal)

    declared = {}
    for gap in series.get("gaps", []):
        span = range(ordinal(gap["from"]), ordinal(gap["to"]) + 1)
        declared.setdefault(tuple(gap["key"]), set()).update(span)
    groups = [frame[key] for key in keys] or [pd.Series("", index=frame.index)]
    grouped = number.groupby(groups, sort=False)
    spans = grouped.agg(["min", "max", "count"])
    seen = set()
    for key, span in spans[spans["max"] - spans["min"] + 1 != spans["count"]].iterrows():
        rows = grouped.indices[key]
        key = key if isinstance(key, tuple) else (key,)
        missing = set(range(span["min"], span["max"] + 1)) - set(number.iloc[rows])
        undeclared = sorted(missing - declared.get(key, set()))
        if undeclared:
            after = int(min(row for row in rows if number.iloc[row] > undeclared[0]))
            raise TradeDataError(f"{len(undeclared)} period(s) missing in the series {', '.join(map(str, key))}",
                                 file=file, row=after, column=series["period"], value=str(period.iloc[after]),
                                 expected=f"{text(undeclared[0])} before it")
        seen.add(key)
    stale = set(declared) - seen
    if stale:
        raise TradeDataError("declared gap is not in the table", file=file, column=series["period"],
                             value=", ".join(sorted(stale)[0]), expected="the gap, or no declaration of it")

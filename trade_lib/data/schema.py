"""Holding a table against its schema (Frictionless Table Schema): types, keys, codes."""

import re

import numpy as np
import pandas as pd

from trade_lib.data.validate import MONTH
from trade_lib.errors import TradeDataError

PATTERNS = {"yearmonth": MONTH, "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "year": r"[0-9]{4}"}
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
EXPECTED = {
    "yearmonth": "a month written YYYY-MM",
    "date": "a date written YYYY-MM-DD",
    "year": "a year written YYYY",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "string": "text",
}


def conform(raw: pd.DataFrame, schema: dict, file: str) -> pd.DataFrame:
    """Turn raw cells into typed columns, or say which cell is wrong.

    Months become ``Period[M]``, dates ``Timestamp``, years and integers ``int64`` (``Int64`` where a cell may be
    empty), text ``object`` with None for an empty cell.

    Parameters
    ----------
    raw : from :func:`trade_lib.data.files.read_table`.
    schema : frictionless Table Schema: fields (name, type, constraints), primaryKey.
    file : name used in errors.

    Examples
    --------
    >>> fields = [{"name": "year", "type": "year", "constraints": {"required": True}}]
    >>> conform(pd.DataFrame({"year": ["2021"]}), {"fields": fields}, "demo.csv")["year"].tolist()
    [2021]
    """
    names = [field["name"] for field in schema["fields"]]
    for name in names:
        if name not in raw.columns:
            raise TradeDataError("column missing", file=file, column=name, expected=f"columns {', '.join(names)}")
    for name in raw.columns:
        if name not in names:
            raise TradeDataError("column not in the schema", file=file, column=name,
                                 expected=f"columns {', '.join(names)}")
    typed = {}
    for field in schema["fields"]:
        typed[field["name"]] = _typed(raw[field["name"]], field, file)
    frame = pd.DataFrame(typed, columns=names)
    _check_key(frame, schema.get("primaryKey", []), file)
    return frame


def _typed(cells, field, file):
    """One column to its type, with its constraints checked."""
    name, kind, rules = field["name"], field["type"], field.get("constraints", {})

    def fail(bad, message, expected):
        row = int(np.asarray(bad).argmax())
        raise TradeDataError(message, file=file, row=row, column=name, value=cells.iloc[row], expected=expected)

    textual = cells.dtype == object or isinstance(cells.dtype, pd.StringDtype)
    if kind in ("string", "yearmonth", "date", "boolean") and not textual:
        if not (kind == "boolean" and cells.dtype == bool):
            raise TradeDataError("column has the wrong type", file=file, column=name, value=str(cells.dtype),
                                 expected=EXPECTED[kind])
        textual = False
    codes, uniques = pd.factorize(cells) if textual else (None, None)
    if textual:
        strange = np.array([not isinstance(u, str) for u in uniques], dtype=bool)
        if strange.any():
            fail(np.append(strange, False)[codes], f"not {EXPECTED['string']}", EXPECTED[kind])
        blank_unique = np.array([u == "" for u in uniques], dtype=bool)
        empty = (codes == -1) | np.append(blank_unique, True)[codes]
    else:
        empty = cells.isna().to_numpy()
    if rules.get("required") and empty.any():
        fail(empty, "cell is empty", EXPECTED[kind])

    def by_unique(test):
        """Cells whose (non-empty) text fails the test: each distinct text is tried once."""
        bad = np.array([u != "" and not test(u) for u in uniques], dtype=bool)
        return np.append(bad, False)[codes]

    if textual and kind in PATTERNS:
        bad = by_unique(re.compile(PATTERNS[kind]).fullmatch)
        if bad.any():
            fail(bad, "not a valid " + kind.replace("yearmonth", "month"), EXPECTED[kind])
    if kind == "yearmonth":
        ordinals = [int(u[:4]) * 12 + int(u[5:]) - 1 - 1970 * 12 if u else np.iinfo("int64").min for u in uniques]
        periods = pd.PeriodIndex.from_ordinals(np.array(ordinals + [np.iinfo("int64").min])[codes], freq="M")
        column = pd.Series(periods, index=cells.index)
    elif kind == "date":
        column = pd.to_datetime(cells.where(~empty), format="%Y-%m-%d", errors="coerce")
        if (column.isna() & ~empty).any():
            fail(column.isna() & ~empty, "no such day in the calendar", EXPECTED[kind])
    elif kind == "boolean":
        bad = by_unique({"true", "false"}.__contains__) if textual else empty
        if bad.any():
            fail(bad, "not a boolean", EXPECTED[kind])
        column = cells.eq("true") if textual else cells
    elif kind in ("number", "integer", "year"):
        column = _numbers(cells, kind, (codes, uniques) if textual else None, empty, fail)
    else:
        values = np.append(np.array(uniques, dtype=object), None)[codes]
        column = pd.Series(np.where(empty, None, values), index=cells.index, dtype=object)

    _check_rules(column, empty, rules, by_unique if textual else None, fail)
    return column


def _numbers(cells, kind, factorized, empty, fail):
    """A column of numbers, whole where its type says so; ``factorized``: codes and distinct texts of textual cells."""
    if factorized:  # float() and not pandas, whose fast parser may be one unit off in the last place
        codes, uniques = factorized
        parsed = [float(u) if NUMBER.fullmatch(u) else np.nan for u in uniques]
        column = pd.Series(np.array([*parsed, np.nan])[codes], index=cells.index)
    else:
        column = pd.to_numeric(cells, errors="coerce")
    if (column.isna() & ~empty).any():
        fail(column.isna() & ~empty, f"not {EXPECTED[kind]}", EXPECTED[kind])
    if np.isinf(column.astype(float)).any():
        fail(np.isinf(column.astype(float)), "not a finite number", EXPECTED[kind])
    if kind == "number":
        column = column.astype("float64")
    else:
        broken = (column.astype(float) % 1 != 0) & ~empty
        if broken.any():
            fail(broken, f"not {EXPECTED[kind]}", EXPECTED[kind])
        column = column.astype("Int64" if empty.any() else "int64")
    return column


def _check_rules(column, empty, rules, by_unique, fail):
    """minimum, maximum, enum, pattern, unique."""
    if "minimum" in rules and (column < rules["minimum"]).any():
        message = "negative value" if rules["minimum"] == 0 else "below the minimum"
        fail(column < rules["minimum"], message, f">= {rules['minimum']}")
    if "maximum" in rules and (column > rules["maximum"]).any():
        fail(column > rules["maximum"], "above the maximum", f"<= {rules['maximum']}")
    if "enum" in rules:
        bad = by_unique(set(rules["enum"]).__contains__) if by_unique else ~column.isin(rules["enum"]) & ~empty
        if np.asarray(bad).any():
            fail(bad, "not an allowed value", "one of " + ", ".join(map(str, rules["enum"])))
    if "pattern" in rules and by_unique:
        bad = by_unique(re.compile(rules["pattern"]).fullmatch)
        if bad.any():
            fail(bad, "does not match the pattern", rules["pattern"])
    if rules.get("unique"):
        repeated = column.duplicated() & ~empty
        if repeated.any():
            fail(repeated, "value occurs twice", "each value once")


def _check_key(frame, key, file):
    if not key:
        return
    # Months as integers: pandas would box each of them otherwise.
    plain = {name: pd.PeriodIndex(frame[name]).asi8 if isinstance(frame[name].dtype, pd.PeriodDtype) else frame[name]
             for name in key}
    repeated = pd.DataFrame(plain, index=frame.index).duplicated().to_numpy()
    if repeated.any():
        row = int(repeated.argmax())
        values = ", ".join(f"{k}={frame[k].iloc[row]}" for k in key)
        raise TradeDataError(f"{int(repeated.sum())} repeated key(s)", file=file, row=row, column=", ".join(key),
                             value=values, expected="each key once")


def check_codes(frame, column, known, file):
    """Raise for the first code of a column that is not among the known codes (a foreign key).

    Examples
    --------
    >>> check_codes(pd.DataFrame({"partner": ["CHN"]}), "partner", {"CHN"}, "demo.csv")
    """
    codes, uniques = pd.factorize(frame[column])
    bad = np.append(np.array([u not in known for u in uniques], dtype=bool), False)[codes]
    if bad.any():
        import difflib

        row = int(bad.argmax())
        value = frame[column].iloc[row]
        near = difflib.get_close_matches(str(value).upper(), known, 3, 0.5)
        hint = f" (close: {', '.join(near)})" if near else ""
        raise TradeDataError("unknown area code", file=file, row=row, column=column, value=value,
                             expected="an ISO3 or group code of the table 'areas'" + hint)

"""Flows out of a publisher's rows: what every answer is asked alike, whatever its form."""

import json

import pandas as pd

from trade_lib.data.periods import period_text
from trade_lib.errors import TradeDataError
from trade_lib.sources.names import windows, with_areas
from trade_lib.sources.publisher import recode, rows

MISSING = {"", "NaN", "nan", "NA", "n/a", ":", "None"}


def body(answer, whose, read):
    """What `read` takes from an answer in JSON; an error where it is not the publisher's."""
    try:
        return read(json.loads(answer.text()))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        if isinstance(error, TradeDataError):
            raise
        raise TradeDataError(f"not an answer of {whose}", file=answer.address, value=answer.text()[:80],
                             expected="JSON in the publisher's form") from None


def require(held, wanted, answer):
    """Raise for a column that is not there, and for an answer without rows."""
    for name in wanted:
        if name not in held:
            raise TradeDataError("column missing: the publisher's columns have changed", file=answer.address,
                                 column=name, value=", ".join(map(str, list(held)[:12])), expected=", ".join(wanted))


def flows(raw, answer, flow_of: dict, *, system: str, start: str = "", zero=0.0, **same):
    """(figures, what was left out in words) of rows with flow, period, value, partner, and reporter and item if given.

    Parameters
    ----------
    flow_of : {code in the flow column: "export" or "import"}; other codes are left out and said.
    system : how the publisher codes areas (see `names.to_area`).
    start : months before it are left out: some services do not heed the window they are asked for.
    zero : what a value of 0 stands for: 0, or None where the publisher writes it for what is absent.
    same : what all figures have alike (see `rows`).
    """
    other = sorted(map(str, set(raw["flow"].unique()) - set(flow_of)))
    words = [f"left out, not exports or imports: {', '.join(other)}"] if other else []
    frame = raw[raw["flow"].isin(list(flow_of))]
    frame = frame.assign(flow=recode(frame["flow"], flow_of.get), period=recode(frame["period"], period_text))
    odd = frame["period"].isna()
    if odd.any():
        raise TradeDataError("not a period", file=answer.address, value=str(raw.loc[odd.index[odd.argmax()], "period"]),
                             column="period", expected="2026-04, 2026-M04, 2026-Q2 or 2026")
    value = pd.to_numeric(frame["value"], errors="coerce")
    text = frame.loc[value.isna(), "value"].astype(str).str.strip()
    text = text[~text.isin(MISSING)]
    if len(text):
        raise TradeDataError("not a number", file=answer.address, column="value", value=text.iloc[0])
    empty = value.isna() | value.eq(0) & (zero is None)
    if empty.any():
        words.append(f"left out, without a value: {int(empty.sum())} of {len(frame)} figures")
    frame = frame.assign(value=value)[~empty]
    if start:
        frame = frame[recode(frame["period"], lambda period: "in" if period[:len(start)] >= start else None).notna()]
    for column in [name for name in ("reporter", "partner") if name in frame]:
        frame, said = with_areas(frame, column, system)
        words += said
    held = [name for name in ("reporter", "partner", "flow", "item", "period", "value") if name in frame]
    return rows(frame[held].assign(window=windows(frame["period"])), **same), words

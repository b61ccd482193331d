"""The calendar of releases: which month of which source is held, expected, due or overdue on a day."""

import pandas as pd

COLUMNS = ["source", "month", "from", "to", "status"]


def calendar(lags: pd.DataFrame, held: dict, day: str, back: int = 3) -> pd.DataFrame:
    """What each source has released and is about to release.

    Parameters
    ----------
    lags : ``source``, ``first_day`` and ``last_day`` (days after a month's end between which it usually comes),
        ``skips`` (numbers of months that are not released on their own); the table ``release_lags``.
    held : {source: last month held, YYYY-MM}.
    day : the day asked about.
    back : months shown before the day's own, beside all that are overdue since the last month held.

    Returns
    -------
    ``source``, ``month``, ``from`` and ``to`` (days), ``status``: held, expected (its days are to come), due
    (within them), overdue (they are over).

    Examples
    --------
    >>> lags = pd.DataFrame({"source": ["A"], "first_day": [7], "last_day": [18], "skips": [""]})
    >>> calendar(lags, {"A": "2026-06"}, "2026-08-19", back=2)["status"].tolist()
    ['held', 'overdue', 'expected']
    """
    now = pd.Timestamp(day)
    this = now.to_period("M")
    rows = []
    for lag in lags.itertuples():
        last = pd.Period(held[lag.source], "M") if held.get(lag.source) else None
        for month in pd.period_range(min(this - back, last or this), this, freq="M"):
            if str(month.month) in str(lag.skips or "").split():
                continue
            start, end = (month.end_time.normalize() + pd.Timedelta(days=int(days))
                          for days in (lag.first_day, lag.last_day))
            status = ("held" if last is not None and month <= last else "expected" if now < start
                      else "due" if now <= end else "overdue")
            rows.append([lag.source, str(month), f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}", status])
    return pd.DataFrame(rows, columns=COLUMNS)


def last_months(figures):
    """The last single month held of each source, from figures of the store.

    Examples
    --------
    >>> last_months(pd.DataFrame({"source": ["A", "A"], "window": ["month", "year"], "period": ["2026-01", "2026"]}))
    {'A': '2026-01'}
    """
    months = figures[figures["window"].isin(["month", "ytd"])].astype({"period": object, "source": object})
    return months.groupby("source")["period"].max().to_dict()

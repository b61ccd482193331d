"""Chinese New Year: day 1 of each year, and monthly regressors for windows of days around it.

Day 1 falls between 21 January and 20 February, so what the holiday moves is booked in another month from year to
year.
"""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError

#: Windows by name: first and last day, counted from day 1 (= 0). Days 0 to 6 are the holiday week; "post" is after it.
WINDOWS = {
    "pre6": (-6, -1), "pre7": (-7, -1), "pre14": (-14, -1), "pre20": (-20, -1),
    "during7": (0, 6),
    "post7": (7, 13), "post14": (7, 20), "post20": (7, 26),
}
#: Window sets a model may choose among within its training sample (the choice itself is made in
#: `trade_lib.forecast`).
CANDIDATES = (("during7",), ("pre7", "during7"), ("pre14", "during7", "post14"), ("pre20", "during7", "post20"))
#: Years over which a calendar month's mean share is removed.
BASE = (1986, 2034)


def dates(years=None) -> pd.Series:
    """Day 1 of the Chinese New Year, one date a year.

    ``years``: the years wanted; all that the table ``new_year_dates`` holds (1985-2035) when omitted. Returns
    timestamps, indexed by year.

    >>> dates([2021, 2022]).dt.strftime("%Y-%m-%d").tolist()
    ['2021-02-12', '2022-02-01']
    """
    from trade_lib.data.tables import load

    table = load("new_year_dates")
    known = pd.Series(pd.to_datetime(table["date"]).to_numpy(), index=table["year"].astype(int), name="day1")
    known = known.sort_index()
    if years is None:
        return known
    years = list(years)
    absent = [year for year in years if year not in known.index]
    if absent:
        raise TradeDataError("no New Year date for the year", file="new_year_dates", value=absent[0],
                             expected=f"{known.index[0]} to {known.index[-1]}")
    return known.loc[years]


def shares(day1: pd.Series, first: int, last: int) -> pd.Series:
    r"""Share of the window's days that fall in each month.

    .. math:: s_m = \frac{1}{b - a + 1} \sum_{d=a}^{b} 1[\text{day}_1 + d \in m]

    ``day1``: New Year's days 1 (timestamps). ``first``, ``last``: first and last day of the window, a and b, counted
    from day 1. Returns shares by month (monthly PeriodIndex); months without a day of the window are absent.

    >>> shares(pd.Series([pd.Timestamp("2022-02-01")]), -7, 6).round(2).to_dict()
    {Period('2022-01', 'M'): 0.5, Period('2022-02', 'M'): 0.5}
    """
    if last < first:
        raise TradeDataError("window ends before it starts", value=(first, last), expected="first <= last")
    days = day1.to_numpy().astype("datetime64[D]")[:, None] + np.arange(first, last + 1)
    months, counts = np.unique(days.astype("datetime64[M]"), return_counts=True)
    return pd.Series(counts / (last - first + 1), index=pd.PeriodIndex(months.astype("datetime64[ns]"), freq="M"))


def candidates(first: pd.Period, last: pd.Period) -> list[pd.DataFrame]:
    """The sets of regressors that a forecast may choose among within its history, over the months first to last.

    >>> [list(frame) for frame in candidates(pd.Period("2021-01", "M"), pd.Period("2021-02", "M"))][:2]
    [['during7'], ['pre7', 'during7']]
    """
    return [regressors(pd.period_range(first, last, freq="M"), names) for names in CANDIDATES]


def regressors(index: pd.PeriodIndex, windows=("pre7", "during7"), dates: pd.Series | None = None,
               base=BASE) -> pd.DataFrame:
    r"""Monthly New Year regressors: the share of a window's days in each month, less the calendar month's usual
    share.

    .. math:: x_t = s_t - \frac{1}{|B|} \sum_{\tau \in B,\ \mathrm{month}(\tau) = \mathrm{month}(t)} s_\tau

    with :math:`s_t` the share of the window's days that lie in month t and B the base period. The mean is taken out
    by calendar month so that a seasonal pattern keeps the average effect of the holiday and x carries only its
    moving about. Values are known as far ahead as the calendar is.

    ``index``: months wanted. ``windows``: names in ``WINDOWS``, or own names with (first, last) days around day 1.
    ``dates``: days 1 indexed by year; the shipped calendar when omitted. ``base``: first and last year of the base
    period. Returns ``index`` x windows.

    Bell & Hillmer (1983, JASA 78); Lin & Liu (2002); the programme `genhol` of the US Census Bureau.

    >>> regressors(pd.period_range("2022-01", "2022-03", freq="M"), ["during7"])["during7"].round(3).tolist()
    [-0.251, 0.251, 0.0]
    """
    if not isinstance(index, pd.PeriodIndex) or index.freqstr != "M":
        raise TradeDataError("not a monthly index", value=type(index).__name__, expected="a PeriodIndex of months")
    spans = dict(windows) if isinstance(windows, dict) else {}
    for name in () if spans else windows:
        if name not in WINDOWS:
            raise TradeDataError("no such window", value=name, expected=", ".join(WINDOWS))
        spans[name] = WINDOWS[name]
    day1 = globals()["dates"]() if dates is None else dates
    wanted = set(index.year) | set(range(base[0], base[1] + 1))
    absent = sorted(wanted - set(day1.index))
    if absent:
        raise TradeDataError("no New Year date for the year", value=absent[0],
                             expected=f"{min(day1.index)} to {max(day1.index)}")
    history = pd.period_range(f"{base[0]}-01", f"{base[1]}-12", freq="M")
    frame = pd.DataFrame(index=index)
    for name, (first, last) in spans.items():
        share = shares(day1, first, last)
        usual = share.reindex(history, fill_value=0.0).groupby(history.month).mean()
        frame[name] = share.reindex(index, fill_value=0.0).to_numpy() - usual.loc[index.month].to_numpy()
    return frame

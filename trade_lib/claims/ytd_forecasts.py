"""China's trade with ASEAN and Russia by month, read out of printed year-to-date figures, and forecast from them.

China prints totals since January for its partners and no months as a file. `trade_lib.forecast.ytd_model` finds the
months; this module brings the printed figures to it and holds its forecasts against what was printed later.
"""

import numpy as np
import pandas as pd

from trade_lib.data.tables import load, series
from trade_lib.forecast import ytd_inputs, ytd_model
from trade_lib.forecast.mirror import printed_values
from trade_lib.forecast.paths import summary
from trade_lib.measures import newyear

ARTICLE, HORIZON = "2021-11", 13  # the article's last month known; to the end of the following year
SINCE = {"ASEAN": "2011-01", "RUS": "2014-01"}  # first window used
NAMES = {"ASEAN": "ASEAN", "RUS": "Russia"}
SEED, N_PATHS = 1, 500
CUSTOMS = "RU_FCS_96STRAN"
SOURCES = {
    "months": "Sources: China's customs as printed by November 2021, with levels of a year earlier worked back from "
              "printed growth. Not published months: estimates.",
    "mirror": "Sources: China's customs as printed by November 2021; Russian customs by month, vintage 2022-09.",
    "scores": "Source: China's customs as printed; November origins 2017-2022, each window of the 13 months after. "
              "Windows of one origin share months.",
    "blind": "Source: Russian customs by month, vintage 2022-09, shown to the model only as the windows China printed.",
}


def calendar(origin, since: str, horizon: int) -> pd.DataFrame:
    """New Year windows (pre7, during7) over the months from ``since`` to the horizon."""
    months = pd.period_range(since, pd.Period(origin, "M") + horizon, freq="M")
    return newyear.regressors(months, ["pre7", "during7"])


def points(partner, origin=ARTICLE):
    """Windows of China's trade with a partner that were printed by an origin, in bn US$.

    Examples
    --------
    >>> points("ASEAN")["kind"].value_counts().gt(0).all()
    np.True_
    """
    found = ytd_inputs.known_points(load("official_figures"), origin, SINCE[partner], partner=(partner,))
    return found.assign(value=found["value"] / 1e9, sd=found["sd"] / 1e9)


def monthly(partner, origin=ARTICLE, horizon=HORIZON):
    """Months behind the prints and the months ahead, bn US$ (the call that wrote table ``prints_months``).

    Returns
    -------
    history, ahead : Forecast
    """
    known = points(partner, origin)
    return ytd_model.monthly(known, horizon, N_PATHS, SEED, origin=origin, key=partner,
                              x=calendar(origin, SINCE[partner], horizon))


def months_table(history, ahead):
    """Both as rows: month, kind (estimate, forecast), mean, median, lo80, hi80, lo95, hi95."""
    parts = [found.to_frame().reset_index().assign(kind=kind) for found, kind in ((history, "estimate"),
                                                                                  (ahead, "forecast"))]
    return pd.concat(parts, ignore_index=True)


def later_windows(partner, origin, horizon=HORIZON):
    """Year-to-date and annual windows printed after an origin that end within the horizon, first print, bn US$.

    Returns
    -------
    pandas.DataFrame
        start, end, outcome.
    """
    figures, origin = load("official_figures"), pd.Period(origin, "M")
    found = pd.concat([printed_values(figures, basis, partner=(partner,))["value"] for basis in ("annual", "ytd")])
    found = found[~found.index.duplicated() & (found.index > origin) & (found.index <= origin + horizon)].sort_index()
    return pd.DataFrame({"start": [pd.Period(f"{end.year}-01", "M") for end in found.index], "end": found.index,
                         "outcome": found.to_numpy() / 1e9})


def scored(partner, origin):
    """Forecasts from one origin of every window printed later, with what came and with a plain rule.

    The plain rule is the same window of the year before, moved by the growth of the last printed year to date; it
    needs both windows a year earlier to be known.

    Returns
    -------
    pandas.DataFrame
        partner, origin, start, end, mean, lo80, hi80, lo95, hi95, outcome, pit, covered80, covered95, plain.
    """
    history, ahead = monthly(partner, origin)
    months = history.index.append(ahead.index)
    paths = np.hstack([history.paths, ahead.paths])
    known = points(partner, origin)
    rows = []
    for window in later_windows(partner, origin).itertuples():
        draws = paths[:, (months >= window.start) & (months <= window.end)].sum(axis=1)
        said = summary(draws)
        rows.append({"partner": partner, "origin": pd.Period(origin, "M"), "start": window.start, "end": window.end,
                     **said, "outcome": window.outcome, "pit": float((draws < window.outcome).mean()),
                     "covered80": said["lo80"] <= window.outcome <= said["hi80"],
                     "covered95": said["lo95"] <= window.outcome <= said["hi95"],
                     "plain": plain_rule(known, window.start, window.end)})
    return pd.DataFrame(rows)


def plain_rule(known, start, end):
    r"""A window's total from the year before's and the latest printed growth: :math:`Y_{v-1} (1 + g)`.

    Windows of the second year ahead take the last whole year known, twice moved, in proportion to their months.

    Returns
    -------
    float
        NaN where the prints do not allow it.

    Examples
    --------
    >>> months = pd.PeriodIndex(["2019-11", "2019-12", "2020-11"], freq="M")
    >>> known = pd.DataFrame({"start": [m.asfreq("Y").asfreq("M", "start") for m in months], "end": months,
    ...                       "value": [11.0, 12.0, 22.0]})
    >>> plain_rule(known, pd.Period("2020-01", "M"), pd.Period("2020-12", "M"))
    24.0
    """
    table = known[known["start"].dt.month == 1].drop_duplicates("end").set_index("end")["value"]
    last = [m for m in table.index if m - 12 in table.index]
    if not last:
        return np.nan
    growth = table[last[-1]] / table[last[-1] - 12]
    year = last[-1].year
    before = pd.Period(f"{year - 1}-12", "M")
    if end.year == year and end - 12 in table.index:
        return float(table[end - 12] * growth)
    if end.year == year + 1 and before in table.index:
        share = table[end - 24] / table[before] if end - 24 in table.index else ((end - start).n + 1) / 12
        return float(table[before] * growth ** 2 * share)
    return np.nan


def blind():
    """Russia's own months with China, shown to the model only as the windows that China printed by the article.

    Returns
    -------
    pandas.DataFrame
        month, actual, median, lo80, hi80, lo95, hi95 (bn US$), hidden (not given by a window of its own).
    """
    y = series("RUS", "CHN", source=CUSTOMS, start=SINCE["RUS"], end=ARTICLE) / 1e9
    windows = points("RUS")
    value = [y.loc[w.start:w.end].sum() for w in windows.itertuples()]
    shown = windows.assign(value=value, sd=ytd_model.REVISION * np.array(value))
    history, _ = ytd_model.monthly(shown, 1, N_PATHS, SEED, origin=ARTICLE, x=calendar(ARTICLE, SINCE["RUS"], 1))
    table = history.to_frame().reset_index()
    single = set(windows.loc[windows["start"] == windows["end"], "end"])
    ends = set(windows.loc[windows["start"].dt.month == 1, "end"])
    given = {m for m in y.index if m in single or (m in ends and (m.month == 1 or m - 1 in ends))}
    return table.assign(actual=y.reindex(table["month"]).to_numpy(), hidden=[m not in given for m in table["month"]])


def parts(months, partner):
    """The rows of one partner of table ``prints_months``: (estimates, forecasts)."""
    mine = months[months["partner"] == partner]
    return mine[mine["kind"] == "estimate"], mine[mine["kind"] == "forecast"]


def mirror_months():
    """Russian customs' months with China, bn US$, to the article's origin."""
    return series("RUS", "CHN", source=CUSTOMS, start=SINCE["RUS"], end=ARTICLE) / 1e9


def headline(partner):
    """What the forecast made at the article's origin said about the year after, from table ``prints_record``."""
    record = load("prints_record")
    mine = record[(record["partner"] == partner) & (record["origin"].astype(str) == ARTICLE)]
    year = mine[mine["end"].astype(str) == "2021-12"].iloc[0]
    return (f"From prints to November alone, 2021 with {NAMES[partner]} was put at {year['mean']:.0f} bn US$ "
            f"({year['lo80']:.0f} to {year['hi80']:.0f}); {year['outcome']:.0f} came")


def recovery(blind):
    """Hidden months of table ``prints_blind``: how many, share within the limits, median error in per cent.

    Returns
    -------
    pandas.DataFrame
        One row.
    """
    hidden = blind[blind["hidden"]]
    error = 100 * (hidden["median"] / hidden["actual"] - 1).abs()
    return pd.DataFrame({"hidden months": [len(hidden)],
                         "within 80 %": [_share(hidden["actual"], hidden["lo80"], hidden["hi80"])],
                         "within 95 %": [_share(hidden["actual"], hidden["lo95"], hidden["hi95"])],
                         "median error, %": [round(float(error.median()), 1)]})


def _share(value, low, high):
    return round(float(((value >= low) & (value <= high)).mean()), 2)


def scores(record):
    """Table ``prints_record`` by partner: windows, coverage, mean error and the plain rule's on the same windows, %.

    Returns
    -------
    pandas.DataFrame
    """
    table = record.assign(error=100 * (record["mean"] / record["outcome"] - 1).abs(),
                          rule=100 * (record["plain"] / record["outcome"] - 1).abs())
    table["error, where the rule can"] = table["error"].where(table["rule"].notna())
    found = table.groupby("partner").agg(
        windows=("outcome", "size"), within_80=("covered80", "mean"), within_95=("covered95", "mean"),
        error=("error", "mean"), error_same=("error, where the rule can", "mean"), error_plain_rule=("rule", "mean"))
    return found.round({"within_80": 2, "within_95": 2, "error": 1, "error_same": 1, "error_plain_rule": 1})


def misses(record, n=5):
    """The windows of table ``prints_record`` that the forecast missed most, in per cent of the outcome."""
    table = record.assign(miss=100 * (record["outcome"] / record["mean"] - 1))
    worst = table.loc[table["miss"].abs().sort_values(ascending=False).index[:n]]
    return worst[["partner", "origin", "start", "end", "mean", "outcome", "miss", "covered95"]]


def answer(months, record, blind):
    """The answer in a line, from the three tables."""
    found, tried = recovery(blind).iloc[0], scores(record)
    wide = months[(months["kind"] == "estimate") & (months["month"].dt.year == 2021)]
    width = (50 * (wide["hi80"] - wide["lo80"]) / wide["median"]).groupby(wide["partner"]).median()
    held = "; ".join(f"{NAMES[p]}: {row['within_80']:.0%} of {row['windows']:.0f} later prints within the 80 % limits, "
                     f"mean error {row['error']:.1f} %" for p, row in tried.iterrows())
    return (f"The months of 2021 can be told to about {width['ASEAN']:.0f} % for ASEAN and {width['RUS']:.0f} % for "
            f"Russia (half the 80 % interval); of {found['hidden months']:.0f} hidden Russian months "
            f"{found['within 80 %']:.0%} lay within the 80 % limits. Forecasts from prints: {held}.")

"""China's trade with ASEAN and Russia by month, read out of totals since January, and forecast from them.

Customs' pages on single months are at hand for some months only. `trade_lib.forecast.ytd_model` finds the others from
the totals; this module brings it the printed figures and holds its forecasts against what was printed later.
"""

import numpy as np
import pandas as pd

from trade_lib.data.tables import load, series
from trade_lib.errors import TradeDataError
from trade_lib.forecast import ytd_inputs, ytd_model
from trade_lib.forecast.mirror import printed_values
from trade_lib.forecast.paths import summary
from trade_lib.measures import customs, newyear

ARTICLE, HORIZON = "2021-11", 13  # the article's last month known; to the end of the following year
SINCE = {"ASEAN": "2011-01", "RUS": "2014-01"}  # first window used
NAMES = {"ASEAN": "ASEAN", "RUS": "Russia"}
SEED, N_PATHS = 1, 500
CUSTOMS = customs.OWN["RUS"][0]
SOURCES = {
    "months": "Sources: China's customs as printed by November 2021, with levels of a year earlier worked back from "
              "printed growth. Not published months: estimates.",
    "mirror": "Sources: China's customs as printed by November 2021; Russian customs by month, vintage 2022-09.",
    "scores": "Source: China's customs as printed; November origins 2017-2022, each window of the 13 months after. "
              "Windows of one origin share months.",
    "blind": "Source: Russian customs by month, vintage 2022-09, shown to the model only as the windows China printed.",
}


def since(partner: str) -> str:
    """First month used of a partner's totals since January; an error names the partners that have a run of them."""
    if partner not in SINCE:
        raise TradeDataError("no run of totals since January is at hand for this partner", value=partner,
                             expected=" or ".join(SINCE))
    return SINCE[partner]


def calendar(origin: str, first: str, horizon: int) -> pd.DataFrame:
    """New Year windows (pre7, during7) over the months from ``first`` to the horizon."""
    months = pd.period_range(first, pd.Period(origin, "M") + horizon, freq="M")
    return newyear.regressors(months, ["pre7", "during7"])


def points(partner: str, origin: str = ARTICLE) -> pd.DataFrame:
    """Windows of China's trade with a partner that were printed by an origin, in bn US$: ``value`` and its ``sd``."""
    known = ytd_inputs.known_points(load("official_figures"), origin, since(partner), partner=(partner,))
    return known.assign(value=known["value"] / 1e9, sd=known["sd"] / 1e9)


def monthly(partner: str, origin: str = ARTICLE, horizon: int = HORIZON):
    """Months behind the totals and the months ahead, two `Forecast`s in bn US$ (what wrote table ``prints_months``)."""
    return ytd_model.monthly(points(partner, origin), horizon, N_PATHS, SEED, origin=origin, key=partner,
                             x=calendar(origin, since(partner), horizon))


def months_table(history, ahead) -> pd.DataFrame:
    """Both as rows: month, kind (estimate, forecast), mean, median, lo80, hi80, lo95, hi95."""
    frames = [one.to_frame().reset_index().assign(kind=kind) for one, kind in ((history, "estimate"),
                                                                              (ahead, "forecast"))]
    return pd.concat(frames, ignore_index=True)


def later_windows(partner: str, origin: str, horizon: int = HORIZON) -> pd.DataFrame:
    """Totals since January printed after an origin that end within the horizon, as first printed, bn US$: ``start``,
    ``end``, ``outcome``."""
    figures, last = load("official_figures"), pd.Period(origin, "M")
    totals = pd.concat([printed_values(figures, basis, partner=(partner,))["value"] for basis in ("annual", "ytd")])
    totals = totals[~totals.index.duplicated() & (totals.index > last) & (totals.index <= last + horizon)].sort_index()
    return pd.DataFrame({"start": [pd.Period(f"{end.year}-01", "M") for end in totals.index], "end": totals.index,
                         "outcome": totals.to_numpy() / 1e9})


def scored(partner: str, origin: str) -> pd.DataFrame:
    """Forecasts from one origin of every window printed later, with the outcome and `plain_rule` beside.

    Columns partner, origin, start, end, mean, lo80, hi80, lo95, hi95, outcome, pit, covered80, covered95, plain.
    """
    history, ahead = monthly(partner, origin)
    months = history.index.append(ahead.index)
    paths = np.hstack([history.paths, ahead.paths])
    known = points(partner, origin)
    rows = []
    for window in later_windows(partner, origin).itertuples():
        draws = paths[:, (months >= window.start) & (months <= window.end)].sum(axis=1)
        stated = summary(draws)
        rows.append({"partner": partner, "origin": pd.Period(origin, "M"), "start": window.start, "end": window.end,
                     **stated, "outcome": window.outcome, "pit": float((draws < window.outcome).mean()),
                     "covered80": stated["lo80"] <= window.outcome <= stated["hi80"],
                     "covered95": stated["lo95"] <= window.outcome <= stated["hi95"],
                     "plain": plain_rule(known, window.start, window.end)})
    return pd.DataFrame(rows)


def plain_rule(known: pd.DataFrame, start: pd.Period, end: pd.Period) -> float:
    r"""A window's total from the year before's and the latest printed growth, :math:`Y_{v-1} (1 + g)`.

    Windows of the second year ahead take the last whole year known, twice moved, in proportion to their months. NaN
    where the totals a year earlier are not known.

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


def blind() -> pd.DataFrame:
    """Russia's own months with China, shown to the model only as the windows that China printed by the article.

    Columns month, actual, median, lo80, hi80, lo95, hi95 (bn US$), hidden (not given by a window of its own).
    """
    y, windows = mirror_months(), points("RUS")
    value = [y.loc[w.start:w.end].sum() for w in windows.itertuples()]
    shown = windows.assign(value=value, sd=ytd_model.REVISION * np.array(value))
    history, _ = ytd_model.monthly(shown, 1, N_PATHS, SEED, origin=ARTICLE, x=calendar(ARTICLE, since("RUS"), 1))
    table = history.to_frame().reset_index()
    single = set(windows.loc[windows["start"] == windows["end"], "end"])
    ends = set(windows.loc[windows["start"].dt.month == 1, "end"])
    given = {m for m in y.index if m in single or (m in ends and (m.month == 1 or m - 1 in ends))}
    return table.assign(actual=y.reindex(table["month"]).to_numpy(), hidden=[m not in given for m in table["month"]])


def parts(months: pd.DataFrame, partner: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of one partner of table ``prints_months``: estimates, forecasts."""
    since(partner)
    mine = months[months["partner"] == partner]
    return mine[mine["kind"] == "estimate"], mine[mine["kind"] == "forecast"]


def mirror_months() -> pd.Series:
    """Russian customs' months with China, bn US$, to the article's origin."""
    return series("RUS", "CHN", source=CUSTOMS, start=SINCE["RUS"], end=ARTICLE) / 1e9


def headline(partner: str) -> str:
    """What the forecast made at the article's origin said about the year after, from table ``prints_record``."""
    record = load("prints_record")
    mine = record[(record["partner"] == partner) & (record["origin"].astype(str) == ARTICLE)]
    year = mine[mine["end"].astype(str) == "2021-12"].iloc[0]
    return (f"From totals to November alone, 2021 with {NAMES[partner]} was put at {year['mean']:.0f} bn US$ "
            f"({year['lo80']:.0f} to {year['hi80']:.0f}); {year['outcome']:.0f} came")


def recovery(blind: pd.DataFrame) -> pd.DataFrame:
    """Hidden months of table ``prints_blind`` in one row: how many, share within the limits, median error, per cent."""
    hidden = blind[blind["hidden"]]
    inside = {level: hidden["actual"].between(hidden[f"lo{level}"], hidden[f"hi{level}"]).mean() for level in (80, 95)}
    within = {f"within {level} %": [round(share, 2)] for level, share in inside.items()}
    error = 100 * (hidden["median"] / hidden["actual"] - 1).abs()
    return pd.DataFrame({"hidden months": [len(hidden)], **within, "median error, %": [round(error.median(), 1)]})


def scores(record: pd.DataFrame) -> pd.DataFrame:
    """Table ``prints_record`` by partner: windows, coverage, mean error and the plain rule's on the same windows, %."""
    table = record.assign(error=100 * (record["mean"] / record["outcome"] - 1).abs(),
                          rule=100 * (record["plain"] / record["outcome"] - 1).abs())
    table["error, where the rule can"] = table["error"].where(table["rule"].notna())
    by_partner = table.groupby("partner").agg(
        windows=("outcome", "size"), within_80=("covered80", "mean"), within_95=("covered95", "mean"),
        error=("error", "mean"), error_same=("error, where the rule can", "mean"), error_plain_rule=("rule", "mean"))
    return by_partner.round({"within_80": 2, "within_95": 2, "error": 1, "error_same": 1, "error_plain_rule": 1})


def misses(record: pd.DataFrame, n: int = 5) -> pd.DataFrame:
    """The windows of table ``prints_record`` that the forecast missed most, in per cent of the outcome."""
    table = record.assign(miss=100 * (record["outcome"] / record["mean"] - 1))
    worst = table.loc[table["miss"].abs().sort_values(ascending=False).index[:n]]
    return worst[["partner", "origin", "start", "end", "mean", "outcome", "miss", "covered95"]]


def answers(months: pd.DataFrame, record: pd.DataFrame, partner: str) -> list[str]:
    """The answer for one partner in sentences: how closely months can be told, and how its forecasts fared."""
    estimates, _ = parts(months, partner)
    year = estimates[estimates["month"].dt.year == int(ARTICLE[:4])]
    width = (50 * (year["hi80"] - year["lo80"]) / year["median"]).median()
    mine = record[record["partner"] == partner]
    error = scores(mine)["error"].item()
    return [f"A month of {ARTICLE[:4]} with {NAMES[partner]} can be told to about {width:.0f} per cent, four times in "
            "five.",
            f"Of {len(mine)} later totals {int(mine['covered80'].sum())} lay within the forecast's 80 % limits. The "
            f"mean error was {error:.1f} %."]

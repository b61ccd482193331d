"""C05: did China's trade with ASEAN, Africa and Russia prove resilient and lively in the pandemic?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data.areas import areas, members
from trade_lib.data.releases import printed
from trade_lib.data.tables import load, series
from trade_lib.errors import TradeDataError
from trade_lib.forecast import forecast, summary
from trade_lib.measures import growth as g
from trade_lib.measures import newyear, prices
from trade_lib.measures.prices import monthly
from trade_lib.measures.shocks import against_base_year, fall_and_recovery, volatility

ORIGIN, WINDOW, HORIZON = "2019-12", ("2020-03", "2021-11"), 24
SEED, N_PATHS = 1, 2000  # of the stored results
ARTICLE_DATE = "2021-12-29"
CLAIMED = ("ASEAN", "AFRICA", "RUS")
PEERS = ("EU", "USA", "JPN")
# The monthly series with enough history before the pandemic: reporter, partner, flow, source.
MONTHLY = {
    "Singapore with China": ("SGP", "CHN", "total", "SG_SINGSTAT"),
    "Russia with China": ("RUS", "CHN", "total", "RU_FCS_96STRAN"),
    "United States with China": ("USA", "CHN", "total", "US_COMTRADE_M"),
    "Korea to China": ("KOR", "CHN", "export", "KR_CUSTOMS_LOC"),
    "Singapore with the world": ("SGP", "WORLD", "total", "SG_SINGSTAT"),
    "Korea to the world": ("KOR", "WORLD", "export", "KR_CUSTOMS_LOC"),
}
STANDS_FOR = {"ASEAN": "Singapore with China", "RUS": "Russia with China"}
# As printed by the article's date: growth of 2020 and of 2021, each over the widest window printed in dollars.
PRINTED = {"ASEAN": ("2020-12", "2021-11"), "AFRICA": ("2020-11", "2021-09"), "RUS": ("2020-12", "2021-11"),
           "WORLD": ("2020-12", "2021-11")}
SOURCES = {
    "annual": "Source: partners' own reports of trade with China in US$ (UN Comtrade, read March 2026); in each group "
              "the same members in all years. Africa: the states that report every year.",
    "months": "Sources: customs of Singapore (S$ converted), Russia, the United States and Korea (exports only), "
              "vintages 2022 to 2025. Forecast: combination of four models, history to December 2019 only.",
    "fall": "Sources: customs of Singapore, Russia, the United States and Korea, in US$, vintages 2022 to 2025. "
            "January and February as one.",
}


def decide_resilience(table):
    """Verdict from the four tests of each claimed partner.

    Parameters
    ----------
    table : pandas.DataFrame
        A row a claimed partner: ``resilient``, ``recovered``, ``lively`` (bool) and ``on_course`` (bool, or None where
        no monthly series exists).

    Examples
    --------
    >>> row = {"resilient": True, "recovered": True, "lively": False, "on_course": None}
    >>> decide_resilience(pd.DataFrame([row] * 3))
    'supported with caveats'
    """
    if not table["recovered"].any():
        return CONTRADICTED
    if not table["recovered"].all() or table["resilient"].sum() < 2:
        return MIXED
    full = table["resilient"].all() and table["lively"].all() and all(v is not False for v in table["on_course"])
    return SUPPORTED if full and any(v is True for v in table["on_course"]) else CAVEATS


def monthly_series(name):
    """One of the monthly series of `MONTHLY`, in US$.

    Examples
    --------
    >>> str(monthly_series("Russia with China").index[-1])
    '2021-12'
    """
    if name not in MONTHLY:
        raise TradeDataError("no such series", value=name, expected=", ".join(MONTHLY))
    reporter, partner, flow, source = MONTHLY[name]
    values = series(reporter, partner, flow, source=source)
    return values if values.attrs["unit"] == "USD" else prices.in_other_currency(values, 1 / monthly("sgd_per_usd"))


def counterfactual(name, model="combination"):
    """Forecast of a monthly series from December 2019, before the pandemic, with what then came.

    New Year windows are chosen within the history. The forecast is a counterfactual only as far as the past goes on:
    the tariff dispute of 2018-19 is in its history.

    Parameters
    ----------
    name : str
        A name of `MONTHLY`.
    model : str
        As `trade_lib.forecast.forecast` takes it.

    Returns
    -------
    months : pandas.DataFrame
        ``series``, ``model``, ``month``, ``actual``, ``mean``, ``median``, ``lo80``, ``hi80``, ``lo95``, ``hi95``, US$.
    course : dict
        The sum of March 2020 to November 2021: ``actual``, ``mean`` and limits (US$), ``p_below`` (share of the
        paths below the actual sum).
    """
    y = monthly_series(name)
    columns = sorted({one for names in newyear.CANDIDATES for one in names})
    history = y.loc[:ORIGIN]
    x = newyear.regressors(pd.period_range(history.index[0], history.index[-1] + HORIZON, freq="M"), columns)
    made = forecast(history, HORIZON, model=model, n_paths=N_PATHS, seed=SEED, x=x, sets=newyear.CANDIDATES, key=name)
    window = pd.period_range(*WINDOW, freq="M")
    actual, draws = g.window_sum(y, *WINDOW), made.total(window=window)
    months = made.to_frame().reset_index().assign(series=name, model=model)
    months["actual"] = y.reindex(made.index).to_numpy()
    course = {"series": name, "model": model, "actual": actual, **summary(draws),
              "p_below": float((draws < actual).mean())}
    order = ["series", "model", "month", "actual", "mean", "median", "lo80", "hi80", "lo95", "hi95"]
    return months[order], course


def courses():
    """The stored sums of March 2020 to November 2021 against forecasts of December 2019, in bn US$.

    Examples
    --------
    >>> sorted(courses()["model"].unique())
    ['combination', 'ets']
    """
    frame = load("c05_course")
    money = ["actual", "mean", "lo80", "hi80", "lo95", "hi95"]
    return frame.assign(**(frame[money] / 1e9), gap_pct=100 * (frame["actual"] / frame["mean"] - 1))


def paths(model="combination"):
    """The stored monthly forecasts of one model with what came, in bn US$."""
    frame = load("c05_counterfactual")
    money = ["actual", "mean", "median", "lo80", "hi80", "lo95", "hi95"]
    return frame[frame["model"] == model].assign(**(frame[money] / 1e9))


def group_totals(flow="total", source="COMTRADE_CN", first=2017, last=2021):
    """Trade with China by year of each group, the same members in all years.

    Parameters
    ----------
    flow : str
        ``total``, or ``export`` and ``import`` as the partner books them (source COMTRADE_CN); ``import`` as China
        books it (DOTS_ANNUAL_LIN).
    source : str
        ``COMTRADE_CN``: what partners report. ``DOTS_ANNUAL_LIN``: China's imports CIF at the IMF.
    first, last : int
        Years that a member has to report, all of them.

    Returns
    -------
    pandas.DataFrame
        Years x groups, bn US$: the three of the claim, EU, USA, JPN, and ``OTHERS`` (all reporters outside the three).
        ``attrs["members"]``: how many countries each group holds.

    Raises
    ------
    TradeDataError
        A group without a member that reports every year.
    """
    frame = load("flows_annual_china")
    frame = frame[(frame["source"] == source) & frame["period"].between(first, last)]
    side = "reporter" if source == "COMTRADE_CN" else "partner"
    other = "partner" if side == "reporter" else "reporter"
    frame = frame[(frame[other] == "CHN") & frame["flow"].isin(["export", "import"] if flow == "total" else [flow])]
    keys = ["period", "flow"]
    wide = frame.pivot_table(index=keys, columns=side, values="value", aggfunc="sum")
    wide = wide.dropna(axis=1)
    wide = wide[wide.columns.intersection(areas("country").index)].groupby("period").sum()
    inside = {code: [c for c in members(code, 2020) if c in wide.columns] for code in ("ASEAN", "AFRICA", "EU")}
    inside |= {code: [c for c in (code,) if c in wide.columns] for code in ("RUS", "USA", "JPN")}
    claimed = {c for code in CLAIMED for c in inside[code]}
    inside["OTHERS"] = [c for c in wide.columns if c not in claimed and c != "CHN"]
    empty = [code for code, codes in inside.items() if not codes]
    if empty:
        raise TradeDataError("no member reports every year", file="flows_annual_china", value=empty[0],
                             expected=f"reports of {first} to {last}")
    totals = pd.DataFrame({code: wide[codes].sum(axis=1) / 1e9 for code, codes in inside.items()})
    totals.attrs["members"] = {code: len(codes) for code, codes in inside.items()}
    return totals


def annual_readings():
    """Growth of each group's trade with China in 2020 and from 2019 to 2021, as partners report it.

    Returns
    -------
    pandas.DataFrame
        Indexed by group: ``fall`` (growth of 2020, per cent), ``two_years`` (2019 to 2021, per cent), ``members``.
    """
    totals = group_totals()
    return pd.DataFrame({"fall": 100 * (totals.loc[2020] / totals.loc[2019] - 1),
                         "two_years": 100 * (totals.loc[2021] / totals.loc[2019] - 1),
                         "members": pd.Series(totals.attrs["members"])})


def printed_readings():
    """The same on China's side as printed by the article's date: growth of 2020, and both years' growth chained.

    The windows are those printed (`PRINTED`): where 2020 is a whole year and 2021 eleven months, the chain mixes two
    windows and is off by the odd December.
    """
    rows = {}
    for code, ends in PRINTED.items():
        rates = [printed(code, "total", "yoy_pct", f"{end[:4]}-01", end, as_of=ARTICLE_DATE) for end in ends]
        chained = 100 * ((1 + rates[0]["value"] / 100) * (1 + rates[1]["value"] / 100) - 1)
        rows[code] = {"fall": rates[0]["value"], "two_years": chained, "sources": tuple(r["id"] for r in rates)}
    return pd.DataFrame.from_dict(rows, orient="index")


def rule_tests(readings, benchmark):
    """The rule's four tests for each claimed partner, against one benchmark row of the readings."""
    main = courses()
    main = main[main["model"] == "combination"].set_index("series")
    rows = {}
    for code in CLAIMED:
        here, there = readings.loc[code], readings.loc[benchmark]
        stands = STANDS_FOR.get(code)
        course = None if stands is None else bool(main.loc[stands, "actual"] >= main.loc[stands, "lo80"])
        rows[code] = {"resilient": bool(here["fall"] >= there["fall"]), "recovered": bool(here["two_years"] > 0),
                      "lively": bool(here["two_years"] > there["two_years"]), "on_course": course}
    return pd.DataFrame.from_dict(rows, orient="index")


def falls():
    """Depth, trough, months to recover and volatility of the monthly series, 2020 and 2021 against 2019."""
    rows = []
    for name in MONTHLY:
        y = monthly_series(name)
        here = fall_and_recovery(against_base_year(y, 2019), "2020-01", "2021-11")
        rows.append({"series": name, "depth": here["depth"], "trough": here["trough"], "months": here["months"],
                     "spread_before": volatility(y, "2017-01", "2019-12"),
                     "spread_after": volatility(y, "2020-01", "2021-11")})
    return pd.DataFrame(rows)


def alternatives():
    """The multiverse of C05: two-year growth of each claimed partner less a benchmark's, in points."""
    rows = []
    sides = [("partners", "COMTRADE_CN", flow) for flow in ("total", "export", "import")]
    for side, source, flow in [*sides, ("China at the IMF", "DOTS_ANNUAL_LIN", "import")]:
        totals = group_totals(flow, source)
        change = 100 * (totals.loc[2021] / totals.loc[2019] - 1)
        rows += [{"partner": code, "side": side, "flow": flow, "against": other, "value": change[code] - change[other]}
                 for code in CLAIMED for other in ("OTHERS", *PEERS)]
    said = printed_readings()["two_years"]
    rows += [{"partner": code, "side": "China, printed", "flow": "total", "against": "WORLD",
              "value": said[code] - said["WORLD"]} for code in CLAIMED]
    return count_ways(rows, lambda points: points > 0)


def resilience(claim):
    """Evidence and verdict of C05."""
    said, reported = printed_readings(), annual_readings()
    table, course = alternatives(), courses()
    main = course[course["model"] == "combination"].set_index("series")
    then, now = rule_tests(said, "WORLD"), rule_tests(reported, "OTHERS")
    evidence = []
    for code, row in said.iterrows():
        evidence += [
            Evidence(f"growth of 2020 as printed: {code}", row["fall"], "%", sources=row["sources"][:1],
                     vintage="by 2021-12-29", call="claims.resilience.printed_readings()"),
            Evidence(f"growth of 2020 and 2021 chained: {code}", row["two_years"], "%", sources=row["sources"],
                     vintage="by 2021-12-29", call="claims.resilience.printed_readings()")]
    for code, row in reported.iterrows():
        evidence += [Evidence(f"{label}, partners' reports: {code}", row[column], "%", sources=("COMTRADE_CN",),
                              vintage="2026-03", call="claims.resilience.annual_readings()")
                     for label, column in (("growth of 2020", "fall"), ("2019 to 2021", "two_years"))]
    for name, row in main.iterrows():
        evidence.append(Evidence(
            f"March 2020 to November 2021 over the forecast of 2019-12: {name}", row["gap_pct"], "%",
            100 * (row["actual"] / row["hi80"] - 1), 100 * (row["actual"] / row["lo80"] - 1),
            (MONTHLY[name][3], "c05_course"), "2022 to 2025", f"claims.resilience.counterfactual({name!r})"))
    why = (f"In 2020 trade changed by {reported.loc['ASEAN', 'fall']:+.1f} % with ASEAN, "
           f"{reported.loc['AFRICA', 'fall']:+.1f} % with Africa, {reported.loc['RUS', 'fall']:+.1f} % with Russia and "
           f"{reported.loc['OTHERS', 'fall']:+.1f} % with all others; by 2021 it stood "
           f"{reported.loc['ASEAN', 'two_years']:.0f}, {reported.loc['AFRICA', 'two_years']:.0f}, "
           f"{reported.loc['RUS', 'two_years']:.0f} and {reported.loc['OTHERS', 'two_years']:.0f} % above 2019. They "
           f"outgrew the others in {held_text(table)} comparisons.")
    return Verdict(claim, decide_resilience(then), decide_resilience(now), why, tuple(evidence), table)

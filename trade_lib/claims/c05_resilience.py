"""C05: did China's trade with ASEAN, Africa and Russia prove resilient and lively in the pandemic?"""

from functools import cache

import numpy as np
import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Claim, Evidence, Verdict
from trade_lib.claims.ledger import ARTICLE
from trade_lib.claims.ways import count_ways
from trade_lib.data.areas import areas, members, name
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
YEARS = (2019, 2020, 2021)  # before the shock, the fall, the end of the recovery
TOLERANCE = 1.0  # points of growth that count as none
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
# What China buys, by SITC section, and the price that stands for it: World Bank for crude oil, CPB for the rest.
PRICES = {"3": "price_crude_oil_average", **dict.fromkeys("0124", "cpb_price_primary_commodities_excluding_fuels_hwwi"),
          **dict.fromkeys("56789", "cpb_exports_price_advanced_economies")}
CHINAS_PRICE = "cpb_exports_price_china"
SOURCES = {
    "annual": "Source: partners' own reports of trade with China (UN Comtrade, read March 2026), in prices of 2019 "
              "(World Bank, CPB; weights of 2015); in each group the same members in all years.",
    "months": "Sources: customs of Singapore (S$ converted), Russia, the United States and Korea (exports only), "
              "vintages 2022 to 2025. Forecast: combination of models, history to December 2019 only.",
    "fall": "Sources: customs of Singapore, Russia, the United States and Korea, in US$, vintages 2022 to 2025. "
            "January and February as one.",
}


def decide_resilience(table: pd.DataFrame) -> str:
    """Verdict from the four tests, a row a claimed partner: ``resilient``, ``recovered``, ``lively`` (bool) and
    ``on_course`` (bool, or None where no monthly series exists).

    >>> row = {"resilient": True, "recovered": True, "lively": True, "on_course": None}
    >>> decide_resilience(pd.DataFrame([row] * 3))
    'supported with caveats'
    """
    if not table["recovered"].any():
        return CONTRADICTED
    if not table["recovered"].all() or table["resilient"].sum() < 2 or table["lively"].sum() < 2:
        return MIXED
    full = table["resilient"].all() and table["lively"].all() and all(v is not False for v in table["on_course"])
    return SUPPORTED if full and any(v is True for v in table["on_course"]) else CAVEATS


def monthly_series(label: str) -> pd.Series:
    """One of the monthly series of `MONTHLY`, in US$."""
    if label not in MONTHLY:
        raise TradeDataError("no such series", value=label, expected=", ".join(MONTHLY))
    reporter, partner, flow, source = MONTHLY[label]
    values = series(reporter, partner, flow, source=source)
    return values if values.attrs["unit"] == "USD" else prices.in_other_currency(values, 1 / monthly("sgd_per_usd"))


def counterfactual(label: str, model: str = "combination") -> tuple[pd.DataFrame, dict]:
    """Forecast of a monthly series from December 2019, before the pandemic, with what then came.

    New Year windows are chosen within the history. The forecast is a counterfactual only as far as the past goes on:
    the tariff dispute of 2018-19 is in its history.

    Returns ``months``: ``series``, ``model``, ``month``, ``actual``, ``mean``, ``median``, ``lo80``, ``hi80``,
    ``lo95``, ``hi95``, US$. ``course``: the sum of March 2020 to November 2021: ``actual``, ``mean`` and limits (US$),
    ``p_below`` (share of the paths below the actual sum).
    """
    y = monthly_series(label)
    history = y.loc[:ORIGIN]
    x = newyear.candidates(history.index[0], history.index[-1] + HORIZON)
    made = forecast(history, HORIZON, model, x, N_PATHS, SEED, key=label)
    window = pd.period_range(*WINDOW, freq="M")
    actual, draws = g.window_sum(y, *WINDOW), made.total(window=window)
    months = made.to_frame().reset_index().assign(series=label, model=model)
    months["actual"] = y.reindex(made.index).to_numpy()
    course = {"series": label, "model": model, "actual": actual, **summary(draws),
              "p_below": float((draws < actual).mean())}
    order = ["series", "model", "month", "actual", "mean", "median", "lo80", "hi80", "lo95", "hi95"]
    return months[order], course


def courses():
    """The stored sums of March 2020 to November 2021 against forecasts of December 2019, in bn US$."""
    frame = load("c05_course")
    money = ["actual", "mean", "lo80", "hi80", "lo95", "hi95"]
    return frame.assign(**(frame[money] / 1e9), gap_pct=100 * (frame["actual"] / frame["mean"] - 1))


def paths(model="combination"):
    """The stored monthly forecasts of one model with what came, in bn US$."""
    frame = load("c05_counterfactual")
    money = ["actual", "mean", "median", "lo80", "hi80", "lo95", "hi95"]
    return frame[frame["model"] == model].assign(**(frame[money] / 1e9))


def price_index(codes: list[str], flow: str = "total", base: int = YEARS[0]) -> pd.Series:
    """Prices of China's trade with some partners by month, ``base`` = 1: what it buys (``export`` of the partner), what
    it sells (``import``), or both at the weights of the base year in IMF statistics.

    Laspeyres: the sections that China bought from these partners in 2015, each at the price that stands for it.
    """
    by_month, bought = _prices_and_purchases()
    if flow != "import":
        weights = bought[bought["exporter"].isin(codes)].groupby(bought["section"].map(PRICES))["value"].sum()
        relative = by_month / by_month[by_month.index.year == 2015].mean()
        bought_price = (relative[weights.index] * weights / weights.sum()).sum(axis=1)
        bought_price = bought_price / bought_price[bought_price.index.year == base].mean()
    sold_price = by_month[CHINAS_PRICE] / by_month.loc[by_month.index.year == base, CHINAS_PRICE].mean()
    if flow != "total":
        return bought_price if flow == "export" else sold_price
    reported = load("flows_annual_china").query("source == 'DOTS_ANNUAL_SAM' and reporter == 'CHN' and period == @base")
    sums = reported[reported["partner"].isin(codes)].groupby("flow")["value"].sum()
    share = sums["import"] / sums.sum()
    return share * bought_price + (1 - share) * sold_price


@cache
def _prices_and_purchases():
    """World prices by month, and what China bought in 2015 by exporter and section."""
    indicators = load("monthly_indicators")
    columns = [*dict.fromkeys(PRICES.values()), CHINAS_PRICE]
    by_month = indicators[indicators["series"].isin(columns)].pivot(index="period", columns="series", values="value")
    return by_month.dropna(), load("sitc_sections").query("year == 2015 and importer == 'CHN' and section != 'total'")


def _by_member(flow: str, source: str, first: int, last: int) -> pd.DataFrame:
    """Trade with China, years x countries that report every year, US$."""
    frame = load("flows_annual_china")
    frame = frame[(frame["source"] == source) & frame["period"].between(first, last)]
    side = "reporter" if source == "COMTRADE_CN" else "partner"
    other = "partner" if side == "reporter" else "reporter"
    frame = frame[(frame[other] == "CHN") & frame["flow"].isin(["export", "import"] if flow == "total" else [flow])]
    wide = frame.pivot_table(index=["period", "flow"], columns=side, values="value", aggfunc="sum").dropna(axis=1)
    wide = wide[wide.columns.intersection(areas("country").index).drop("CHN", errors="ignore")]
    wide = wide.groupby("period").sum()
    if set(range(first, last + 1)) - set(wide.index) or wide.empty:
        raise TradeDataError("no member reports every year", file="flows_annual_china", value=f"{first} to {last}",
                             row=source, expected="years from 2015 to 2023")
    return wide


def group_totals(flow: str = "total", source: str = "COMTRADE_CN", first: int = 2017, last: int = YEARS[2], *,
                 claimed: tuple[str, ...] = CLAIMED, real: bool = True, base: int = YEARS[0]) -> pd.DataFrame:
    """Trade with China by year of each group, the same members in all years, bn US$ (at prices of ``base``).

    ``flow``: ``total``, or ``export`` and ``import`` as the partner books them (COMTRADE_CN); ``import`` as China books
    it (DOTS_ANNUAL_LIN, c.i.f.). Returns years x groups: those claimed, EU, USA, JPN, and ``OTHERS`` (all reporters
    outside the claimed); ``attrs["members"]``: how many countries each group holds.
    """
    wide = _by_member(flow, source, first, last)
    inside = {code: [c for c in (members(code, last) if code in ("ASEAN", "AFRICA", "EU") else [code])
                     if c in wide.columns] for code in dict.fromkeys((*claimed, *PEERS))}
    inside["OTHERS"] = [c for c in wide.columns if not any(c in inside[code] for code in claimed)]
    empty = [code for code, codes in inside.items() if not codes]
    if empty:
        raise TradeDataError("no member reports every year", file="flows_annual_china", value=empty[0],
                             expected=f"reports of {first} to {last}")
    totals = pd.DataFrame({code: wide[codes].sum(axis=1) / 1e9 for code, codes in inside.items()})
    if real:
        moved = flow if source == "COMTRADE_CN" else "export"  # what China imports, its partners export
        totals = totals / pd.DataFrame({code: price_index(codes, moved, base).groupby(lambda m: m.year).mean()
                                        for code, codes in inside.items()}).loc[first:last]
    totals.attrs["members"] = {code: len(codes) for code, codes in inside.items()}
    return totals


def annual_readings(claimed: tuple[str, ...] = CLAIMED, years: tuple[int, int, int] = YEARS,
                    real: bool = True) -> pd.DataFrame:
    """By group: ``fall`` (growth of the second year), ``two_years`` (first to third, per cent) and ``members``."""
    before, fall, end = years
    totals = group_totals(first=before, last=end, claimed=claimed, real=real, base=before)
    return pd.DataFrame({"fall": 100 * (totals.loc[fall] / totals.loc[before] - 1),
                         "two_years": 100 * (totals.loc[end] / totals.loc[before] - 1),
                         "members": pd.Series(totals.attrs["members"])})


def printed_readings(real: bool = True) -> pd.DataFrame:
    """The same on China's side as printed by the article's date: growth of 2020, and both years' growth chained.

    The windows are those printed (`PRINTED`): where 2020 is a whole year and 2021 eleven months, the chain mixes two
    windows and is off by the odd December.
    """
    rows = {}
    for code, ends in PRINTED.items():
        figures = [printed(code, "total", "yoy_pct", f"{end[:4]}-01", end, as_of=ARTICLE["date"]) for end in ends]
        factors = [1 + figure["value"] / 100 for figure in figures]
        if real:
            codes = [code] if code == "RUS" else areas("country").index if code == "WORLD" else members(code, 2019)
            index = price_index(list(codes))
            factors = [factor / (1 + g.window_growth(index, f"{end[:4]}-01", end) / 100)
                       for factor, end in zip(factors, ends, strict=True)]
        rows[code] = {"fall": 100 * (factors[0] - 1), "two_years": 100 * (factors[0] * factors[1] - 1),
                      "sources": tuple(figure["id"] for figure in figures)}
    return pd.DataFrame.from_dict(rows, orient="index")


def rule_tests(readings: pd.DataFrame, benchmark: str, claimed: tuple[str, ...] = CLAIMED) -> pd.DataFrame:
    """The rule's four tests for each claimed partner, against one benchmark row of the readings."""
    main = courses().query("model == 'combination'").set_index("series")
    rows, peer = {}, readings.loc[benchmark]
    for code in claimed:
        partner, stands = readings.loc[code], STANDS_FOR.get(code)
        course = None if stands is None else bool(main.loc[stands, "actual"] >= main.loc[stands, "lo80"])
        rows[code] = {"resilient": bool(partner["fall"] >= peer["fall"] - TOLERANCE),
                      "recovered": bool(partner["two_years"] >= -TOLERANCE),
                      "lively": bool(partner["two_years"] > peer["two_years"] + TOLERANCE), "on_course": course}
    return pd.DataFrame.from_dict(rows, orient="index")


def falls() -> pd.DataFrame:
    """Depth, trough, months to recover and volatility of the monthly series, 2020 and 2021 against 2019."""
    rows = []
    for label in MONTHLY:
        y = monthly_series(label)
        fall = fall_and_recovery(against_base_year(y, 2019), "2020-01", "2021-11")
        rows.append({"series": label, "depth": fall["depth"], "trough": fall["trough"], "months": fall["months"],
                     "spread_before": volatility(y, "2017-01", "2019-12"),
                     "spread_after": volatility(y, "2020-01", "2021-11")})
    return pd.DataFrame(rows)


def political_distance() -> dict:
    """Rank correlation of partners' growth of trade with China, 2019 to 2021, with their distance to China in
    votes at the United Nations in 2019; 95 % limits by Fisher's transformation."""
    wide = _by_member("total", "COMTRADE_CN", YEARS[0], YEARS[2])
    distance = load("un_votes").query("year == @YEARS[0]").set_index("code")["distance"]
    growth = (wide.loc[YEARS[2]] / wide.loc[YEARS[0]]).reindex(distance.index).dropna()
    value = float(growth.corr(distance, method="spearman"))
    limits = np.tanh(np.arctanh(value) + np.array([-1.96, 1.96]) * 1.03 / np.sqrt(len(growth) - 3))
    return {"value": value, "low": float(limits[0]), "high": float(limits[1]), "countries": len(growth)}


def alternatives(claimed: tuple[str, ...] = CLAIMED) -> pd.DataFrame:
    """Ways of counting: real two-year growth of each claimed partner less a benchmark's, in points."""
    rows = []
    sides = [("partners", "COMTRADE_CN", flow) for flow in ("total", "export", "import")]
    for side, source, flow in [*sides, ("China at the IMF", "DOTS_ANNUAL_LIN", "import")]:
        totals = group_totals(flow, source, claimed=claimed)
        change = 100 * (totals.loc[YEARS[2]] / totals.loc[YEARS[0]] - 1)
        rows += [{"partner": name(code), "side": side, "flow": flow, "against": other,
                  "value": change[code] - change[other]} for code in claimed for other in ("OTHERS", *PEERS)]
    said = printed_readings()["two_years"]
    rows += [{"partner": name(code), "side": "China, printed", "flow": "total", "against": "WORLD",
              "value": said[code] - said["WORLD"]} for code in claimed if code in said]
    return count_ways(rows, lambda points: points > TOLERANCE)


def resilience(claim: Claim) -> Verdict:
    """Evidence and verdict of C05."""
    said, reported, nominal = printed_readings(), annual_readings(), annual_readings(real=False)
    main = courses().query("model == 'combination'").set_index("series")
    verdicts = (decide_resilience(rule_tests(said, "WORLD")), decide_resilience(rule_tests(reported, "OTHERS")))
    priced = ("CPB_WTM_2024_12", "WB_PINK_2026_06")
    evidence = []
    for code, row in said.iterrows():
        evidence += [Evidence(f"{label}, as printed, constant prices: {code}", row[column], "%",
                              sources=(*row["sources"], *priced), vintage="by 2021-12-29; prices 2025",
                              call="claims.c05_resilience.printed_readings()")
                     for label, column in (("growth of 2020", "fall"), ("2020 and 2021 chained", "two_years"))]
    for code, row in reported.iterrows():
        evidence += [Evidence(f"{label}, partners' reports, constant prices: {code}", row[column], "%",
                              sources=("COMTRADE_CN", *priced), vintage="2026-03",
                              call="claims.c05_resilience.annual_readings()")
                     for label, column in (("growth of 2020", "fall"), ("2019 to 2021", "two_years"))]
    for label, row in main.iterrows():
        evidence.append(Evidence(
            f"March 2020 to November 2021 over the forecast of 2019-12: {label}", row["gap_pct"], "%",
            100 * (row["actual"] / row["hi80"] - 1), 100 * (row["actual"] / row["lo80"] - 1),
            (MONTHLY[label][3], "c05_course"), "2022 to 2025", f"claims.c05_resilience.counterfactual({label!r})"))
    beside = [Evidence(f"{label}, current dollars: {code}", row[column], "%", sources=("COMTRADE_CN",),
                       vintage="2026-03", call="claims.c05_resilience.annual_readings(real=False)")
              for code, row in nominal.iterrows()
              for label, column in (("growth of 2020", "fall"), ("2019 to 2021", "two_years"))]
    votes = political_distance()
    beside.append(Evidence("growth of trade 2019 to 2021 and political distance to China, rank correlation",
                           votes["value"], "correlation", votes["low"], votes["high"], ("COMTRADE_CN", "UNGA_IDEAL"),
                           "2026-03 and 2024-06", "claims.c05_resilience.political_distance()"))
    rise = reported["two_years"]
    reason = (f"In two pandemic years trade at constant prices moved by {rise['ASEAN']:+.0f} % with ASEAN, "
              f"{rise['AFRICA']:+.0f} % with Africa and {rise['RUS']:+.0f} % with Russia.")
    return Verdict(claim, *verdicts, reason, tuple(evidence), alternatives(), tuple(beside))

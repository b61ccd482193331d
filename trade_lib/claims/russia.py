"""The claims on Russia: growth of 33.6 % (C01), more than 140 bn US$ expected (C02), a record year (C03)."""

import pandas as pd

from trade_lib import growth as g
from trade_lib.claims.core import CAVEATS, CONTRADICTED, MIXED, SUPPORTED, Evidence, Verdict
from trade_lib.claims.multiverse import share_text, specifications
from trade_lib.printed import TRUSTED, printed
from trade_lib.tables import load, series

STATED_GROWTH, STATED_LEVEL, THRESHOLD = 33.6, 130.43, 140.0
ARTICLE_DATE = "2021-12-29"
WINDOW = ("2021-01", "2021-11")
CUSTOMS = "RU_FCS_96STRAN"
CUSTOMS_VINTAGE = "2022-09 (revised, not the first release)"
# Of China's imports from Russia, energy and minerals were "more than 70 %" in this window (OF0915). How much of the oil
# price reached them, and how late, is not published: contracts for oil follow within months, for gas in half a year.
PASS_THROUGH, LAGS = (0.5, 1.0), (0, 1, 2, 3)
SOURCES = {
    "growth": "Sources: China's customs (GACC) as printed in December 2021; Russian customs, vintage September 2022; "
              "exchange rates: US Federal Reserve; consumer prices: US BLS.",
    "customs": "Source: Russian customs, vintage September 2022. January and February are compared as one, because "
               "Chinese New Year moves between them.",
    "flows": "Sources: yuan figures of China's customs printed in December 2021; Russian customs, vintage 2022-09.",
    "prices": "Sources: share of energy and minerals in China's imports from Russia as printed (a lower bound, used as "
              "the share); Brent: US EIA.",
    "path": "Sources: Russian customs by month (vintage September 2022, so pseudo-real-time); China's year-to-date "
            "figures as printed.",
    "calibration": "Source: Russian customs, vintage 2022-09. Left: 80 and 95 % intervals, outcome = 100; right: "
                   "a calibrated forecast has equal bars.",
    "record": "Sources: China's customs as first printed; IMF Direction of Trade Statistics to 2020; Russian "
              "customs, months added up; US CPI.",
}


def decide_growth(release, independent, others):
    """Verdict on a stated growth rate from the distances to it, in points.

    Parameters
    ----------
    release : float
        Rate in the publisher's own release, less the stated one.
    independent : float
        A reading of the same side which does not use that rate, less the stated one.
    others : list of float
        Other readings (mirror side, yuan, constant dollars, yearly since 2019), less the stated one.

    Examples
    --------
    >>> decide_growth(0.02, 0.2, [2.0, -9.5])
    'supported with caveats'
    """
    if abs(release) <= 0.1 and abs(independent) <= 0.5:
        return CAVEATS if any(abs(d) > 2 for d in others) else SUPPORTED
    return MIXED if min(abs(release), abs(independent)) <= 1 else CONTRADICTED


def decide_expectation(chinese_side, russian_side):
    """Verdict on an expectation from the probability of passing the threshold, side by side.

    Examples
    --------
    >>> decide_expectation(0.99, 0.6)
    'supported with caveats'
    """
    if chinese_side > 0.9:
        return SUPPORTED if russian_side > 0.9 else CAVEATS
    return MIXED if chinese_side >= 0.5 else CONTRADICTED


def decide_record(nominal, real):
    """Verdict on a record from, for each side, whether the year tops all others: in current and constant dollars.

    Examples
    --------
    >>> decide_record([True, True], [True, False])
    'supported with caveats'
    """
    if all(nominal):
        return SUPPORTED if all(real) else CAVEATS
    return MIXED if any(nominal) else CONTRADICTED


def stated(measure):
    """The printed figure behind the claim: ``value`` (bn US$) or ``yoy_pct``, as published by the article's date."""
    return printed("RUS", "total", measure, *WINDOW, as_of=ARTICLE_DATE)


def growth_readings():
    """Every reading of the growth of January-November 2021: sides, currencies, prices, bases, vintages.

    Returns
    -------
    pandas.DataFrame
        A row a reading: ``reading``, ``side``, ``currency``, ``prices``, ``base``, ``value`` (per cent), ``low``,
        ``high`` (what rounding allows), ``level_now`` and ``level_base`` (bn), ``sources``, ``vintage``.
    """
    level, rate = stated("value"), stated("yoy_pct")
    implied = g.implied_base(level["value"], rate["value"], level["step"], rate["step"])
    years = {y: printed("RUS", "total", "value", f"{y}-01", f"{y}-12") for y in (2020, 2021)}
    rate_2021 = printed("RUS", "total", "yoy_pct", "2021-01", "2021-12")
    revision = years[2020]["value"] / g.implied_base(years[2021]["value"], rate_2021["value"])["base"]
    first_base = implied["base"] * revision
    before = printed("RUS", "total", "value", "2019-01", "2019-11")
    yuan, cpi = _yuan(), _prices("us_cpi")
    rub = series("RUS", "CHN", "total", source=CUSTOMS)
    real = g.deflate(rub, cpi, 2021)
    in_yuan = g.in_other_currency(rub, _prices("cny_per_usd"), lag=1)
    level_real = level["value"] * _deflator(cpi, 2021)
    rows = [
        _reading("as printed", "CHN", "USD", "current", "2020", rate["value"], rate["value"] - rate["step"] / 2,
                 rate["value"] + rate["step"] / 2, level["value"], implied["base"], (rate["id"],), rate["published"]),
        _reading("yuan figures at customs' rates", "CHN", "USD", "current", "2020", *yuan["usd"], yuan["ids"],
                 yuan["published"]),
        _reading("first-release base", "CHN", "USD", "current", "2020 first release",
                 100 * (level["value"] / first_base - 1), None, None, level["value"], first_base,
                 (level["id"], years[2020]["id"], years[2021]["id"], rate_2021["id"]), years[2020]["published"]),
        _reading("yuan terms", "CHN", "CNY", "current", "2020", *yuan["cny"], yuan["ids"], yuan["published"]),
        _reading("constant dollars", "CHN", "USD", "US CPI", "2020",
                 100 * (level_real / (implied["base"] * _deflator(cpi, 2020)) - 1), None, None, level_real,
                 implied["base"] * _deflator(cpi, 2020), (level["id"], rate["id"], "PRICES"), rate["published"]),
        _reading("a year, since 2019", "CHN", "USD", "current", "2019",
                 g.annualised(100 * (level["value"] / before["value"] - 1), 2), None, None, level["value"],
                 before["value"], (level["id"], before["id"]), level["published"]),
        _reading("Russian customs", "RUS", "USD", "current", "2020", g.window_growth(rub, *WINDOW), None, None,
                 g.window_sum(rub, *WINDOW) / 1e9, _base(rub), (CUSTOMS,), CUSTOMS_VINTAGE),
        _reading("Russian customs, yuan terms", "RUS", "CNY", "current", "2020", g.window_growth(in_yuan, *WINDOW),
                 None, None, g.window_sum(in_yuan, *WINDOW) / 1e9, _base(in_yuan), (CUSTOMS, "PRICES"),
                 CUSTOMS_VINTAGE),
        _reading("Russian customs, constant dollars", "RUS", "USD", "US CPI", "2020", g.window_growth(real, *WINDOW),
                 None, None, g.window_sum(real, *WINDOW) / 1e9, _base(real), (CUSTOMS, "PRICES"), CUSTOMS_VINTAGE),
        _reading("Russian customs, a year since 2019", "RUS", "USD", "current", "2019",
                 g.annualised(g.window_growth(rub, *WINDOW, years=2), 2), None, None, g.window_sum(rub, *WINDOW) / 1e9,
                 _base(rub, 2), (CUSTOMS,), CUSTOMS_VINTAGE),
    ]
    return pd.DataFrame(rows)


def price_readings():
    """The part of the 2021 rise that oil prices can explain, over pass-throughs and lags.

    Chinese side, in dollars: the rise of total trade, the share of energy and minerals in imports as published for the
    window, Brent as the price. An upper-end share (minerals are in it) with a range of pass-through and lag.

    Returns
    -------
    pandas.DataFrame
        ``pass_through``, ``lag``, ``price_relative``, ``part`` (share of the rise in total trade).
    """
    level, rate, share = stated("value"), stated("yoy_pct"), _energy_share()
    base = g.implied_base(level["value"], rate["value"])["base"]
    imports = _yuan()["levels"]["import"] / sum(_yuan()["levels"].values())
    brent = _prices("brent_usd_per_barrel")
    rows = []
    for passed in PASS_THROUGH:
        for lag in LAGS:
            relative = g.price_relative(brent, *WINDOW, lag=lag)
            part = g.price_part(level["value"], base, relative, share["value"] / 100 * imports, passed)
            rows.append({"pass_through": passed, "lag": lag, "price_relative": relative, "part": part})
    return pd.DataFrame(rows)


def flow_contributions():
    """Points of growth in January-November 2021 from each flow, side by side (exports as each reporter books them).

    Returns
    -------
    pandas.DataFrame
        ``side``, ``flow``, ``growth_pct``, ``points``: Russian customs in dollars, Chinese customs in yuan.
    """
    levels, bases = _yuan()["levels"], _yuan()["bases"]
    rus = {flow: series("RUS", "CHN", flow, source=CUSTOMS) for flow in ("export", "import")}
    pairs = {
        "China, yuan": (pd.Series(levels), pd.Series(bases)),
        "Russia, dollars": (pd.Series({f: g.window_sum(s, *WINDOW) / 1e9 for f, s in rus.items()}),
                            pd.Series({f: _base(s) for f, s in rus.items()})),
    }
    parts = pd.concat({side: g.contributions(*pair) for side, pair in pairs.items()}, names=["side", "flow"])
    return parts[["growth_pct", "points"]].reset_index()


def growth(claim):
    """C01: was January-November 2021 33.6 % above a year earlier?"""
    readings = growth_readings().set_index("reading")
    level, rate = stated("value"), stated("yoy_pct")
    implied = g.implied_base(level["value"], rate["value"], level["step"], rate["step"])
    prices, share = price_readings(), _energy_share()
    then = decide_growth(rate["value"] - STATED_GROWTH,
                         readings.loc["yuan figures at customs' rates", "value"] - STATED_GROWTH,
                         (_others(readings) - STATED_GROWTH).tolist())
    revised = _revised_growth()
    now = then if abs(revised - STATED_GROWTH) <= 0.5 else MIXED
    table = specifications(
        readings.reset_index()[["reading", "side", "currency", "prices", "base", "value"]].to_dict("records"),
        lambda value: abs(value - STATED_GROWTH) <= 1)
    evidence = [
        Evidence("level, January-November 2021", level["value"], "bn US$", level["value"] - level["step"] / 2,
                 level["value"] + level["step"] / 2, (level["id"],), level["published"], "printed(...)"),
        Evidence("base implied by level and growth", implied["base"], "bn US$", implied["low"], implied["high"],
                 (level["id"], rate["id"]), rate["published"], "growth.implied_base(...)"),
        *(Evidence(f"growth: {name}", r["value"], "%", r["low"], r["high"], r["sources"], r["vintage"],
                   "claims.russia.growth_readings()") for name, r in readings.iterrows()),
        Evidence("part of the rise that oil prices can explain", 100 * prices["part"].median(), "%",
                 100 * prices["part"].min(), 100 * prices["part"].max(), (share["id"], level["id"], "PRICES"),
                 share["published"], "claims.russia.price_readings()"),
        Evidence("growth with both years as revised later", revised, "%", None, None, _revision_ids(), "2023-01",
                 "claims.russia.growth(...)"),
    ]
    why = (f"Printed as stated, and the yuan figures give {readings.loc[readings.index[1], 'value']:.1f} % on their "
           f"own; but {readings.loc['yuan terms', 'value']:.1f} % in yuan, "
           f"{readings.loc['Russian customs', 'value']:.1f} % at Russia's customs, and "
           f"{readings.loc['a year, since 2019', 'value']:.1f} % a year since 2019. "
           f"Holds in {share_text(table)} readings.")
    return Verdict(claim, then, now, why, tuple(evidence), table)


def expectation(claim):
    """C02: was more than 140 bn US$ to be expected, and did it come?"""
    path = load("c02_probability_path")
    end = path[path["origin"].astype(str) == "2021-11"]
    main = end[end["model"] == "combination"].set_index("side")
    outcomes = {"CHN": printed("RUS", "total", "value", "2021-01", "2021-12", vintage="latest"),
                "RUS": g.window_sum(series("RUS", "CHN", source=CUSTOMS), "2021-01", "2021-12") / 1e9}
    then = decide_expectation(main.loc["CHN", "p_exceed_140"], main.loc["RUS", "p_exceed_140"])
    passed = [outcomes["CHN"]["value"] > THRESHOLD, outcomes["RUS"] > THRESHOLD]
    now = SUPPORTED if all(passed) else CAVEATS if any(passed) else CONTRADICTED
    table = specifications(end.assign(value=end["p_exceed_140"])[["side", "model", "value"]].to_dict("records"),
                           lambda p: p > 0.9)
    first = path[(path["model"] == "combination") & (path["side"] == "CHN") & (path["p_exceed_140"] > 0.9)]["origin"]
    names = {"CHN": "Chinese side", "RUS": "Russian side"}
    evidence = []
    for side, row in main.iterrows():
        sources = (CUSTOMS,) + (("OF0920",) if side == "CHN" else ())
        evidence += [
            Evidence(f"probability of more than 140 bn, {names[side]}, origin November", row["p_exceed_140"], "share",
                     None, None, sources, CUSTOMS_VINTAGE, "forecast.yeartotal"),
            Evidence(f"year total expected, {names[side]}, origin November", row["mean"], "bn US$", row["lo95"],
                     row["hi95"], sources, CUSTOMS_VINTAGE, "forecast.yeartotal"),
        ]
    evidence += [
        Evidence("outcome, Chinese side", outcomes["CHN"]["value"], "bn US$", None, None, (outcomes["CHN"]["id"],),
                 outcomes["CHN"]["published"], "printed(...)"),
        Evidence("outcome, Russian side", outcomes["RUS"], "bn US$", None, None, (CUSTOMS,), CUSTOMS_VINTAGE,
                 "growth.window_sum(...)"),
    ]
    why = (f"With January-November known the probability was {main.loc['CHN', 'p_exceed_140']:.2f} on the Chinese "
           f"side, {main.loc['RUS', 'p_exceed_140']:.2f} on the Russian; above 0.9 on the Chinese side from "
           f"{first.min()} on. "
           f"Outcome {outcomes['CHN']['value']:.1f} and {outcomes['RUS']:.1f} bn.")
    return Verdict(claim, then, now, why, tuple(evidence), table)


def annual_totals():
    """China-Russia trade by year on both sides, in current and constant (2021) dollars, bn.

    Three series side by side, never spliced: China's totals as first printed (not every year has a printing that is
    shipped), China's reports to the IMF, and Russian customs' months added up.

    Returns
    -------
    pandas.DataFrame
        ``side``, ``year``, ``nominal``, ``real``, ``series``, ``source``.
    """
    cpi = _prices("us_cpi")
    yearly = cpi.groupby(cpi.index.year).mean()
    dots = series("CHN", "RUS", table="flows_annual_china", source="DOTS_ANNUAL_SAM") / 1e9
    months = series("RUS", "CHN", source=CUSTOMS) / 1e9
    sums = months.groupby(months.index.year).sum()
    rows = [{"side": "CHN", "year": y, "nominal": v, "series": "Chinese customs, as reported to the IMF",
             "source": "DOTS_ANNUAL_SAM"} for y, v in zip(dots.index.year, dots, strict=True)]
    rows += [{"side": "CHN", "year": int(r["period_end"].year), "nominal": r["value"],
              "series": "Chinese customs, as printed", "source": r["id"]} for r in _printed_totals()]
    rows += [{"side": "RUS", "year": y, "nominal": v, "series": "Russian customs", "source": CUSTOMS}
             for y, v in sums.items()]
    both = pd.DataFrame(rows)
    return both.assign(real=both["nominal"] * yearly[2021] / both["year"].map(yearly))


def record(claim):
    """C03: is 2021 the highest of all years, on both sides, in current and constant dollars?"""
    totals, level = annual_totals(), stated("value")
    rub = series("RUS", "CHN", source=CUSTOMS)
    known = {"CHN": level["value"], "RUS": g.window_sum(rub, *WINDOW) / 1e9}
    earlier = totals[totals["year"] < 2021]
    best = earlier.loc[earlier.groupby("side")["nominal"].idxmax()].set_index("side")
    top_real = earlier.groupby("side")["real"].max()
    full = totals[totals["year"] == 2021].set_index("side")  # the IMF's series ends in 2020: one row a side
    then = decide_record([known[s] > best.loc[s, "nominal"] for s in known], [known[s] > top_real[s] for s in known])
    now = decide_record([full.loc[s, "nominal"] > best.loc[s, "nominal"] for s in known],
                        [full.loc[s, "real"] > top_real[s] for s in known])
    yuan = _prices("cny_per_usd")
    yuan = yuan.groupby(yuan.index.year).mean()
    rows = []
    for side in known:
        mine = earlier[earlier["side"] == side]
        for known_as, value in (("eleven months", known[side]), ("full year", full.loc[side, "nominal"])):
            for unit, scale in (("current US$", 1.0 + 0 * yuan), ("constant US$", _real_scale()), ("yuan", yuan)):
                top = (mine["nominal"] * mine["year"].map(scale)).max()
                rows.append({"side": side, "months": known_as, "unit": unit, "value": value * scale[2021] / top})
    table = specifications(rows, lambda ratio: ratio > 1)
    names = {"CHN": "Chinese side", "RUS": "Russian side"}
    evidence = []
    for side, name in names.items():
        evidence += [
            Evidence(f"highest earlier year, {name} ({best.loc[side, 'year']})", best.loc[side, "nominal"], "bn US$",
                     None, None, (best.loc[side, "source"],), "annual", "claims.russia.annual_totals()"),
            Evidence(f"January-November 2021, {name}", known[side], "bn US$", None, None,
                     (level["id"],) if side == "CHN" else (CUSTOMS,),
                     level["published"] if side == "CHN" else CUSTOMS_VINTAGE, "growth.window_sum(...)"),
            Evidence(f"whole of 2021, {name}", full.loc[side, "nominal"], "bn US$", None, None,
                     (full.loc[side, "source"],), "annual", "claims.russia.annual_totals()"),
            Evidence(f"highest earlier year in dollars of 2021, {name}", top_real[side], "bn US$ of 2021", None, None,
                     (best.loc[side, "source"], "PRICES"), "annual", "claims.russia.annual_totals()"),
        ]
    why = (f"Eleven months alone ({known['CHN']:.1f} bn, Russian side {known['RUS']:.1f}) passed the highest earlier "
           f"full year ({best.loc['CHN', 'nominal']:.1f} and {best.loc['RUS', 'nominal']:.1f} bn); in dollars of 2021 "
           f"the mark was {top_real['CHN']:.1f} and {top_real['RUS']:.1f} bn.")
    return Verdict(claim, then, now, why, tuple(evidence), table)


def _printed_totals():
    """First printing of each full year of China-Russia trade that is shipped."""
    figures = load("official_figures")
    here = figures[(figures["partner"] == "RUS") & (figures["basis"] == "annual") & (figures["flow"] == "total")
                   & (figures["measure"] == "value") & (figures["unit"] == "usd_bn") & (figures["scope"] == "goods")
                   & figures["audit"].isin(TRUSTED)]
    return [printed("RUS", "total", "value", f"{y}-01", f"{y}-12")
            for y in sorted(here["period_end"].dt.year.unique())]


def _energy_share():
    return printed("RUS", "import", "share_pct", *WINDOW, terms="", as_of=ARTICLE_DATE, rounded=True)


def _prices(column):
    table = load("prices_monthly").set_index("month")
    return table[column].dropna().astype(float)


def _base(values, years=1):
    start, end = (pd.Period(m, "M") - 12 * years for m in WINDOW)
    return g.window_sum(values, start, end) / 1e9


def _deflator(cpi, year):
    """Dollars of 2021 for a dollar of January-November of that year."""
    window = [f"{year}-01", f"{year}-11"]
    return cpi.loc["2021"].mean() / cpi.loc[window[0]:window[1]].mean()


def _real_scale():
    cpi = _prices("us_cpi")
    yearly = cpi.groupby(cpi.index.year).mean()
    return yearly[2021] / yearly


def _yuan():
    """Chinese yuan figures of the window: levels, bases, growth in yuan, and in dollars at customs' rates."""
    value = {f: printed("RUS", f, "value", *WINDOW, terms="CNY", as_of=ARTICLE_DATE) for f in ("export", "import")}
    rate = {f: printed("RUS", f, "yoy_pct", *WINDOW, terms="CNY", as_of=ARTICLE_DATE) for f in value}
    implied = pd.DataFrame({f: g.implied_base(value[f]["value"], rate[f]["value"], value[f]["step"], rate[f]["step"])
                            for f in value}).sum(axis=1)
    now = sum(v["value"] for v in value.values())
    cny = [100 * (now / implied[k] - 1) for k in ("base", "high", "low")]
    mean_rate = {year: _customs_rate(year) for year in (2020, 2021)}
    factor = mean_rate[2020] / mean_rate[2021]
    usd = [100 * ((1 + r / 100) * factor - 1) for r in cny]
    return {"levels": {f: v["value"] for f, v in value.items()},
            "bases": {f: g.implied_base(value[f]["value"], rate[f]["value"])["base"] for f in value},
            "cny": (*cny, now, implied["base"]),
            "usd": (*usd, now / mean_rate[2021], implied["base"] / mean_rate[2020]),
            "ids": tuple(r["id"] for r in (*value.values(), *rate.values())),
            "published": value["export"]["published"]}


def _customs_rate(year):
    """Yuan for a dollar over January-November, the preceding month's rate, weighted by Russian customs' months."""
    dollars = series("RUS", "CHN", source=CUSTOMS, start=f"{year}-01", end=f"{year}-11")
    return g.in_other_currency(dollars, _prices("cny_per_usd"), lag=1).sum() / dollars.sum()


def _others(readings):
    names = ["yuan terms", "constant dollars", "a year, since 2019", "Russian customs"]
    return readings.loc[names, "value"]


def _revised_growth():
    """Growth of the window once 2021 is taken as revised a year later (the base that growth of 2022 implies)."""
    levels = {y: printed("RUS", "total", "value", f"{y}-01", f"{y}-12") for y in (2021, 2022)}
    rate = printed("RUS", "total", "yoy_pct", "2022-01", "2022-12")
    revision = g.implied_base(levels[2022]["value"], rate["value"])["base"] / levels[2021]["value"]
    level = stated("value")["value"]
    return 100 * (level * revision / g.implied_base(level, stated("yoy_pct")["value"])["base"] - 1)


def _revision_ids():
    return tuple(printed("RUS", "total", m, f"{y}-01", f"{y}-12")["id"]
                 for m, y in (("value", 2021), ("value", 2022), ("yoy_pct", 2022)))


def _reading(name, side, currency, prices, base, value, low, high, now, before, sources, vintage):
    return {"reading": name, "side": side, "currency": currency, "prices": prices, "base": base, "value": value,
            "low": low, "high": high, "level_now": now, "level_base": before, "sources": sources, "vintage": vintage}

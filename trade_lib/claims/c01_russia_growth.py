"""C01: was China-Russia trade in January-November 2021 33.6 % above a year earlier?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data.releases import printed
from trade_lib.data.tables import series
from trade_lib.measures import growth as g
from trade_lib.measures import mirror, prices
from trade_lib.measures.prices import monthly

STATED = 33.6  # per cent
ARTICLE_DATE = "2021-12-29"
WINDOW = ("2021-01", "2021-11")
CUSTOMS, CUSTOMS_VINTAGE = "RU_FCS_96STRAN", "2022-09 (revised)"
# Of China's imports from Russia, energy and minerals were "more than 70 %" in this window (OF0915). How much of the oil
# price reached them, and how late, is not published: contracts for oil follow within months, for gas in half a year.
PASS_THROUGH, LAGS = (0.5, 1.0), (0, 1, 2, 3)
SOURCES = {
    "growth": "Sources: China's customs (GACC) as printed in December 2021; Russian customs, vintage 2022-09; exchange "
              "rates: US Federal Reserve; consumer prices: US BLS.",
    "customs": "Source: Russian customs, vintage 2022-09. January and February are compared as one, because Chinese "
               "New Year moves between them.",
    "flows": "Sources: yuan figures of China's customs printed in December 2021; Russian customs, vintage 2022-09.",
    "prices": "Sources: share of energy and minerals in China's imports from Russia as printed (a lower bound, used as "
              "the share); Brent: US EIA.",
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
    implied = mirror.implied_base(level["value"], rate["value"], level["step"], rate["step"])
    years = {y: printed("RUS", "total", "value", f"{y}-01", f"{y}-12") for y in (2020, 2021)}
    rate_2021 = printed("RUS", "total", "yoy_pct", "2021-01", "2021-12")
    revision = years[2020]["value"] / mirror.implied_base(years[2021]["value"], rate_2021["value"])["base"]
    first_base = implied["base"] * revision
    before = printed("RUS", "total", "value", "2019-01", "2019-11")
    yuan, cpi = _yuan(), monthly("us_cpi")
    russian = series("RUS", "CHN", "total", source=CUSTOMS)
    real = prices.deflate(russian, cpi, 2021)
    in_yuan = prices.in_other_currency(russian, monthly("cny_per_usd"), lag=1)
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
        _reading("Russian customs", "RUS", "USD", "current", "2020", g.window_growth(russian, *WINDOW), None, None,
                 g.window_sum(russian, *WINDOW) / 1e9, _base(russian), (CUSTOMS,), CUSTOMS_VINTAGE),
        _reading("Russian customs, yuan terms", "RUS", "CNY", "current", "2020", g.window_growth(in_yuan, *WINDOW),
                 None, None, g.window_sum(in_yuan, *WINDOW) / 1e9, _base(in_yuan), (CUSTOMS, "PRICES"),
                 CUSTOMS_VINTAGE),
        _reading("Russian customs, constant dollars", "RUS", "USD", "US CPI", "2020", g.window_growth(real, *WINDOW),
                 None, None, g.window_sum(real, *WINDOW) / 1e9, _base(real), (CUSTOMS, "PRICES"), CUSTOMS_VINTAGE),
        _reading("Russian customs, a year since 2019", "RUS", "USD", "current", "2019",
                 g.annualised(g.window_growth(russian, *WINDOW, years=2), 2), None, None,
                 g.window_sum(russian, *WINDOW) / 1e9, _base(russian, 2), (CUSTOMS,), CUSTOMS_VINTAGE),
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
    base = mirror.implied_base(level["value"], rate["value"])["base"]
    imports = _yuan()["levels"]["import"] / sum(_yuan()["levels"].values())
    brent = monthly("brent_usd_per_barrel")
    rows = []
    for passed in PASS_THROUGH:
        for lag in LAGS:
            relative = prices.price_relative(brent, *WINDOW, lag=lag)
            part = prices.price_part(level["value"], base, relative, share["value"] / 100 * imports, passed)
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
    """Evidence and verdict of C01."""
    readings = growth_readings().set_index("reading")
    level, rate = stated("value"), stated("yoy_pct")
    implied = mirror.implied_base(level["value"], rate["value"], level["step"], rate["step"])
    prices, share = price_readings(), _energy_share()
    then = decide_growth(rate["value"] - STATED,
                         readings.loc["yuan figures at customs' rates", "value"] - STATED,
                         (_others(readings) - STATED).tolist())
    revised = _revised_growth()
    now = then if abs(revised - STATED) <= 0.5 else MIXED
    table = count_ways(
        readings.reset_index()[["reading", "side", "currency", "prices", "base", "value"]].to_dict("records"),
        lambda value: abs(value - STATED) <= 1)
    evidence = [
        Evidence("level, January-November 2021", level["value"], "bn US$", level["value"] - level["step"] / 2,
                 level["value"] + level["step"] / 2, (level["id"],), level["published"], "printed(...)"),
        Evidence("base implied by level and growth", implied["base"], "bn US$", implied["low"], implied["high"],
                 (level["id"], rate["id"]), rate["published"], "growth.implied_base(...)"),
        *(Evidence(f"growth: {name}", r["value"], "%", r["low"], r["high"], r["sources"], r["vintage"],
                   "claims.russia_growth.growth_readings()") for name, r in readings.iterrows()),
        Evidence("part of the rise that oil prices can explain", 100 * prices["part"].median(), "%",
                 100 * prices["part"].min(), 100 * prices["part"].max(), (share["id"], level["id"], "PRICES"),
                 share["published"], "claims.russia_growth.price_readings()"),
        Evidence("growth with both years as revised later", revised, "%", None, None, _revision_ids(), "2023-01",
                 "claims.russia_growth.growth(...)"),
    ]
    why = (f"Printed as stated, and the yuan figures give {readings.loc[readings.index[1], 'value']:.1f} % on their "
           f"own; but {readings.loc['yuan terms', 'value']:.1f} % in yuan, "
           f"{readings.loc['Russian customs', 'value']:.1f} % at Russia's customs, and "
           f"{readings.loc['a year, since 2019', 'value']:.1f} % a year since 2019. "
           f"Holds in {held_text(table)} readings.")
    return Verdict(claim, then, now, why, tuple(evidence), table)


def _energy_share():
    return printed("RUS", "import", "share_pct", *WINDOW, terms="", as_of=ARTICLE_DATE, rounded=True)


def _base(values, years=1):
    start, end = (pd.Period(m, "M") - 12 * years for m in WINDOW)
    return g.window_sum(values, start, end) / 1e9


def _deflator(cpi, year):
    """Dollars of 2021 for a dollar of January-November of that year."""
    window = [f"{year}-01", f"{year}-11"]
    return cpi.loc["2021"].mean() / cpi.loc[window[0]:window[1]].mean()


def _yuan():
    """Chinese yuan figures of the window: levels, bases, growth in yuan, and in dollars at customs' rates."""
    value = {f: printed("RUS", f, "value", *WINDOW, terms="CNY", as_of=ARTICLE_DATE) for f in ("export", "import")}
    rate = {f: printed("RUS", f, "yoy_pct", *WINDOW, terms="CNY", as_of=ARTICLE_DATE) for f in value}
    implied = pd.DataFrame({
        f: mirror.implied_base(value[f]["value"], rate[f]["value"], value[f]["step"], rate[f]["step"])
        for f in value}).sum(axis=1)
    now = sum(v["value"] for v in value.values())
    cny = [100 * (now / implied[k] - 1) for k in ("base", "high", "low")]
    mean_rate = {year: _customs_rate(year) for year in (2020, 2021)}
    factor = mean_rate[2020] / mean_rate[2021]
    usd = [100 * ((1 + r / 100) * factor - 1) for r in cny]
    return {"levels": {f: v["value"] for f, v in value.items()},
            "bases": {f: mirror.implied_base(value[f]["value"], rate[f]["value"])["base"] for f in value},
            "cny": (*cny, now, implied["base"]),
            "usd": (*usd, now / mean_rate[2021], implied["base"] / mean_rate[2020]),
            "ids": tuple(r["id"] for r in (*value.values(), *rate.values())),
            "published": value["export"]["published"]}


def _customs_rate(year):
    """Yuan for a dollar over January-November, the preceding month's rate, weighted by Russian customs' months."""
    dollars = series("RUS", "CHN", source=CUSTOMS, start=f"{year}-01", end=f"{year}-11")
    return prices.in_other_currency(dollars, monthly("cny_per_usd"), lag=1).sum() / dollars.sum()


def _others(readings):
    names = ["yuan terms", "constant dollars", "a year, since 2019", "Russian customs"]
    return readings.loc[names, "value"]


def _revised_growth():
    """Growth of the window once 2021 is taken as revised a year later (the base that growth of 2022 implies)."""
    levels = {y: printed("RUS", "total", "value", f"{y}-01", f"{y}-12") for y in (2021, 2022)}
    rate = printed("RUS", "total", "yoy_pct", "2022-01", "2022-12")
    revision = mirror.implied_base(levels[2022]["value"], rate["value"])["base"] / levels[2021]["value"]
    level = stated("value")["value"]
    return 100 * (level * revision / mirror.implied_base(level, stated("yoy_pct")["value"])["base"] - 1)


def _revision_ids():
    return tuple(printed("RUS", "total", m, f"{y}-01", f"{y}-12")["id"]
                 for m, y in (("value", 2021), ("value", 2022), ("yoy_pct", 2022)))


def _reading(name, side, currency, prices, base, value, low, high, now, before, sources, vintage):
    return {"reading": name, "side": side, "currency": currency, "prices": prices, "base": base, "value": value,
            "low": low, "high": high, "level_now": now, "level_base": before, "sources": sources, "vintage": vintage}

"""C01: was China-Russia trade in January-November 2021 33.6 % above a year earlier? The same for other partners."""

from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from trade_lib.check import statement
from trade_lib.check.answer import check_claims
from trade_lib.claims.core import Claim, Evidence, Verdict
from trade_lib.claims.ledger import ARTICLE
from trade_lib.claims.ways import count_ways
from trade_lib.data.areas import name
from trade_lib.data.releases import printed
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures import customs, mirror, prices
from trade_lib.measures import growth as g
from trade_lib.measures.prices import monthly

PARTNER, WINDOW = "RUS", ("2021-01", "2021-11")
STATED = 33.6  # per cent
CUSTOMS, _, _, CUSTOMS_VINTAGE = customs.OWN["RUS"]
STANDS_FOR = {"ASEAN": "SGP"}  # the only member with months at hand
LACKS = {"KOR": ", exports only", "ASEAN": ", the only member at hand"}
# Of China's imports from Russia, energy and minerals were "more than 70 %" in this window (OF0915). How much of the oil
# price reached them, and how late, is not published: contracts for oil follow within months, for gas in half a year.
PASS_THROUGH, LAGS = (0.5, 1.0), (0, 1, 2, 3)
CHINAS_PRICE, IMPORT_PRICE = "cpb_exports_price_china", "cpb_imports_price_china"
SOURCES = {
    "growth": "Sources: China's customs (GACC) as printed by the article's day; partner's own customs; exchange rates: "
              "US Federal Reserve; consumer prices: US BLS; trade prices: CPB.",
    "customs": "Source: the partner's own customs. January and February are compared as one, because Chinese New Year "
               "moves between them.",
    "flows": "Sources: yuan figures of China's customs printed in December 2021; Russian customs, vintage 2022-09.",
    "prices": "Sources: share of energy and minerals in China's imports from Russia as printed (a lower bound, used as "
              "the share); Brent: US EIA.",
}


@cache
def as_checked(claim_id: str):
    """The answer of `trade_lib.check` to one statement of the article, by the rules for any article's statements."""
    article, statements, _ = statement.read("article-2021-12-29")
    return check_claims([one for one in statements if one.id == claim_id], article["date"])[0]


def stated(measure: str, partner: str = PARTNER, window: tuple[str, str] = WINDOW) -> pd.Series:
    """What customs had printed by the article's day, or first printed since: ``value`` (bn US$) or ``yoy_pct``."""
    by_then = ARTICLE["date"] if window[1] < ARTICLE["date"][:7] else None
    return printed(partner, "total", measure, *window, as_of=by_then)


def own_customs(partner: str) -> pd.Series:
    """Months of trade with China at the partner's own customs, in US$; an error says where none are at hand."""
    return customs.months(STANDS_FOR.get(partner, partner), currency="USD")


def growth_readings(partner: str = PARTNER, window: tuple[str, str] = WINDOW) -> pd.DataFrame:
    """Every reading of a window's growth over a year earlier that the tables allow, per cent.

    Returns ``reading``, ``side``, ``same`` (the claim's own quantity: current dollars over a year earlier), ``value``,
    ``low`` and ``high`` (what rounding allows), ``sources``, ``vintage``. ``attrs["missing"]``: a sentence for each
    reading that cannot be had.
    """
    window = tuple(window)
    made = (_as_printed, _from_yuan, _first_release, _revised, _partner_side, _yuan_terms, _constant_dollars,
            _constant_prices, _since_two_years)
    rows, missing = [], []
    for reading in made:
        try:
            rows.append(reading(partner, window))
        except TradeDataError as error:
            missing.append(f"{reading.__doc__.split('.')[0]}: not at hand ({error.message}).")
    if not rows:
        raise TradeDataError("customs printed no growth for this partner and window", value=(partner, *window),
                             expected="a window from January on, such as 2021-01 to 2021-11, with RUS or ASEAN")
    table = pd.DataFrame(rows, columns=["reading", "side", "same", "value", "low", "high", "sources", "vintage"])
    table.attrs["missing"] = missing
    return table


def _as_printed(partner, window):
    """As China's customs printed it."""
    rate = stated("yoy_pct", partner, window)
    half = rate["step"] / 2
    return ("as printed", "CHN", True, rate["value"], rate["value"] - half, rate["value"] + half, (rate["id"],),
            rate["published"])


def _from_yuan(partner, window):
    """China's yuan figures at customs' exchange rates."""
    yuan = _yuan(partner, window)
    return ("yuan figures in dollars", "CHN", True, *yuan["usd"], yuan["ids"], yuan["published"])


def _yuan_terms(partner, window):
    """Growth in yuan."""
    yuan = _yuan(partner, window)
    return ("in yuan", "CHN", False, *yuan["cny"], yuan["ids"], yuan["published"])


def _first_release(partner, window):
    """Growth over the base as first released, from customs' yearly totals."""
    year = int(window[1][:4])
    level, rate = stated("value", partner, window), stated("yoy_pct", partner, window)
    before, total = (printed(partner, "total", "value", f"{y}-01", f"{y}-12") for y in (year - 1, year))
    of_year = printed(partner, "total", "yoy_pct", f"{year}-01", f"{year}-12")
    first = _base(level, rate) * before["value"] / _base(total, of_year)
    return ("over the base first released", "CHN", True, 100 * (level["value"] / first - 1), None, None,
            (level["id"], before["id"], total["id"], of_year["id"]), before["published"])


def _revised(partner, window):
    """Growth with the level as revised a year later."""
    year = int(window[1][:4])
    level, rate = stated("value", partner, window), stated("yoy_pct", partner, window)
    total, after = (printed(partner, "total", "value", f"{y}-01", f"{y}-12") for y in (year, year + 1))
    of_year = printed(partner, "total", "yoy_pct", f"{year + 1}-01", f"{year + 1}-12")
    revision = _base(after, of_year) / total["value"]
    return ("level as revised later", "CHN", True, 100 * (level["value"] * revision / _base(level, rate) - 1), None,
            None, (total["id"], after["id"], of_year["id"]), of_year["published"])


def _partner_side(partner, window):
    """Growth at the partner's own customs."""
    reporter = STANDS_FOR.get(partner, partner)
    source, _, _, vintage = customs.own(reporter)
    return (f"customs of {name(reporter)}{LACKS.get(partner, '')}", partner, True,
            g.window_growth(own_customs(partner), *window), None, None, (source,), vintage)


def _constant_dollars(partner, window):
    """Growth in constant dollars."""
    rate, cpi = stated("yoy_pct", partner, window), monthly("us_cpi")
    return ("constant dollars", "CHN", False, _deflated(rate["value"], cpi, window), None, None, (rate["id"], "PRICES"),
            rate["published"])


def _constant_prices(partner, window):
    """Volume: growth at constant prices of what is traded (Paasche, shares of the window), oil passed on in part."""
    if partner != PARTNER:
        raise TradeDataError("no share of fuels in China's imports from this partner is printed", value=partner)
    rate, share, brent = stated("yoy_pct"), _energy_share(), monthly("brent_usd_per_barrel")
    table = load("monthly_indicators").pivot(index="period", columns="series", values="value")
    other, sold = (prices.price_relative(table[column].dropna(), *window) for column in (IMPORT_PRICE, CHINAS_PRICE))
    fuels, imports = share["value"] / 100, _import_share()
    real = []
    for passed, lag in product(PASS_THROUGH, LAGS):
        fuel = prices.price_relative(brent, *window, lag=lag) ** passed
        moved = imports * (fuels / fuel + (1 - fuels) / other) + (1 - imports) / sold
        real.append(100 * ((1 + rate["value"] / 100) * moved - 1))
    return ("constant trade prices", "CHN", False, float(np.median(real)), min(real), max(real),
            (rate["id"], share["id"], "PRICES", "CPB_WTM_2024_12"), "prices 2025")


def _since_two_years(partner, window):
    """Growth a year since two years earlier."""
    level = stated("value", partner, window)
    start, end = (f"{int(month[:4]) - 2}{month[4:]}" for month in window)
    before = printed(partner, "total", "value", start, end)
    return (f"a year, since {start[:4]}", "CHN", False,
            g.annualised(100 * (level["value"] / before["value"] - 1), 2), None, None, (level["id"], before["id"]),
            level["published"])


def price_readings() -> pd.DataFrame:
    """The part of the 2021 rise that oil prices can explain: ``pass_through``, ``lag``, ``price_relative``, ``part``.

    Chinese side, in dollars: the rise of total trade, the share of energy and minerals in imports as published for the
    window, Brent as the price.
    """
    level, rate = stated("value"), stated("yoy_pct")
    share, brent = _energy_share()["value"] / 100 * _import_share(), monthly("brent_usd_per_barrel")
    rows = []
    for passed, lag in product(PASS_THROUGH, LAGS):
        relative = prices.price_relative(brent, *WINDOW, lag=lag)
        rows.append({"pass_through": passed, "lag": lag, "price_relative": relative,
                     "part": prices.price_part(level["value"], _base(level, rate), relative, share, passed)})
    return pd.DataFrame(rows)


def flow_contributions() -> pd.DataFrame:
    """Points of growth by flow as each reporter counts it: Russian customs in dollars, Chinese customs in yuan."""
    yuan = _yuan(PARTNER, WINDOW)
    russian = {flow: customs.months("RUS", flow=flow) for flow in ("export", "import")}
    before = tuple(f"2020{month[4:]}" for month in WINDOW)
    pairs = {
        "China, yuan": (pd.Series(yuan["levels"]), pd.Series(yuan["bases"])),
        "Russia, dollars": tuple(pd.Series({f: g.window_sum(s, *months) / 1e9 for f, s in russian.items()})
                                 for months in (WINDOW, before)),
    }
    parts = pd.concat({side: g.contributions(*pair) for side, pair in pairs.items()}, names=["side", "flow"])
    return parts[["growth_pct", "points"]].reset_index()


def growth(claim: Claim) -> Verdict:
    """Evidence and verdict of C01: the rule for any stated growth rate decides."""
    readings, answer, oil = growth_readings(), as_checked("C01"), price_readings()
    level, rate = stated("value"), stated("yoy_pct")
    base = mirror.implied_base(level["value"], rate["value"], level["step"], rate["step"])
    numbers = {same: tuple(Evidence(f"growth: {r.reading}", r.value, "%", r.low, r.high, r.sources, r.vintage,
                                    "claims.c01_russia_growth.growth_readings()")
                           for r in readings[readings["same"] == same].itertuples()) for same in (True, False)}
    evidence = (Evidence("level, January-November 2021", level["value"], "bn US$", level["value"] - level["step"] / 2,
                         level["value"] + level["step"] / 2, (level["id"],), level["published"], "printed(...)"),
                Evidence("base implied by level and growth", base["base"], "bn US$", base["low"], base["high"],
                         (level["id"], rate["id"]), rate["published"], "measures.mirror.implied_base(...)"),
                *numbers[True])
    beside = (*numbers[False], Evidence(
        "part of the rise that oil prices can explain", 100 * oil["part"].median(), "%", 100 * oil["part"].min(),
        100 * oil["part"].max(), (_energy_share()["id"], level["id"], "PRICES"), level["published"],
        "claims.c01_russia_growth.price_readings()"))
    value = readings.set_index("reading")["value"]
    reason = (f"Customs printed {rate['value']:.1f} %, Russia's customs {value['customs of Russia']:.1f} %. In yuan it "
              f"was {value['in yuan']:.1f} %, at constant prices about {value['constant trade prices']:.0f} %.")
    ways = count_ways(readings[readings["same"]][["reading", "side", "value"]].to_dict("records"),
                      lambda growth_rate: abs(growth_rate - STATED) <= 1)
    return Verdict(claim, answer.verdict, answer.verdict_now, reason, evidence, ways, beside)


def _energy_share():
    return printed("RUS", "import", "share_pct", *WINDOW, terms="", as_of=ARTICLE["date"], rounded=True)


def _import_share():
    levels = _yuan(PARTNER, WINDOW)["levels"]
    return levels["import"] / sum(levels.values())


def _base(level, rate):
    return mirror.implied_base(level["value"], rate["value"])["base"]


def _deflated(rate, index, window):
    """Growth less that of a price index over the same window, per cent."""
    return 100 * ((1 + rate / 100) / (1 + g.window_growth(index, *window) / 100) - 1)


@cache
def _yuan(partner, window):
    """Chinese yuan figures of a window: levels, bases, growth in yuan, and in dollars at customs' rates.

    Customs convert a month at the preceding month's rate; months are weighted as the partner's own customs have them,
    or alike where they are not at hand.
    """
    by_then = ARTICLE["date"] if window[1] < ARTICLE["date"][:7] else None
    flows = ("export", "import") if partner == "RUS" else ("total",)
    value = {f: printed(partner, f, "value", *window, terms="CNY", as_of=by_then) for f in flows}
    rate = {f: printed(partner, f, "yoy_pct", *window, terms="CNY", as_of=by_then) for f in flows}
    implied = pd.DataFrame({f: mirror.implied_base(value[f]["value"], rate[f]["value"], value[f]["step"],
                                                   rate[f]["step"]) for f in flows})
    now = sum(v["value"] for v in value.values())
    cny = [100 * (now / implied.loc[k].sum() - 1) for k in ("base", "high", "low")]
    mean_rate = [_customs_rate(partner, tuple(f"{int(m[:4]) - back}{m[4:]}" for m in window)) for back in (0, 1)]
    usd = [100 * ((1 + r / 100) * mean_rate[1] / mean_rate[0] - 1) for r in cny]
    return {"levels": {f: v["value"] for f, v in value.items()}, "bases": implied.loc["base"].to_dict(), "cny": cny,
            "usd": usd, "ids": tuple(r["id"] for r in (*value.values(), *rate.values())),
            "published": value[flows[0]]["published"]}


def _customs_rate(partner, window):
    """Yuan for a dollar over a window at the preceding month's rate, weighted by the partner's months."""
    months = pd.period_range(*window, freq="M")
    own = STANDS_FOR.get(partner, partner) in customs.OWN
    dollars = own_customs(partner).reindex(months) if own else pd.Series(1.0, months)
    return prices.in_other_currency(dollars, monthly("cny_per_usd"), lag=1).sum() / dollars.sum()

"""C18: is protectionism rising? Three independent kinds of evidence, each against its own usual variation."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from trade_lib.check.verdicts import CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.areas import name
from trade_lib.data.tables import load, series
from trade_lib.errors import TradeDataError
from trade_lib.measures.prices import deflate, monthly

TARIFF = "FACT27"
RECENT = 3  # years that count as the years before
# Last period public on 29 December 2021: the counts came out in December 2020, US duties about six weeks after the
# month, the newspaper index early in the next.
PUBLIC_THEN = {"measures": "2020", "duties": "2021-10", "uncertainty": "2021-11"}
KINDS = {"measures": "harmful measures of the large economies, a year", "duties": "duties on US imports, per cent",
         "uncertainty": "trade policy uncertainty in US newspapers, index"}
SOURCE = {"measures": "GTA26", "duties": "US_CENSUS_DUTIES", "uncertainty": "EPUTRADE"}
VINTAGE = {"measures": "2020-10-31", "duties": "2026-05", "uncertainty": "2024-12"}
SOURCES = {
    "kinds": "Sources: Global Trade Alert (31 October 2020; each year as known on 31 October); US Census Bureau, "
             "duties calculated over imports; Baker, Bloom and Davis, US trade policy uncertainty.",
    "tariff": "Source: US Census at UN Comtrade, imports from China and Mexico (CIF), read 2023; US CPI. First tariffs "
              "as dated by the US Trade Representative.",
}


def decide_protection(rises):
    """Verdict from which of the three kinds rose beyond their usual variation.

    >>> decide_protection([True, True, False]), decide_protection([True, False, False]), decide_protection([False] * 3)
    ('supported', 'mixed', 'contradicted')
    """
    return SUPPORTED if sum(rises) >= 2 else MIXED if any(rises) else CONTRADICTED


def measures(measure="interventions_implemented", kind="harmful"):
    """Interventions by year, as Global Trade Alert counted them on 31 October of each year."""
    table = load("trade_interventions")
    held = table[table["measure"].eq(measure) & (table["kind"].eq(kind) | (kind == "any"))]
    if held.empty:
        known = table[["measure", "kind"]].drop_duplicates().agg(", ".join, axis=1)
        raise TradeDataError("no such count", value=f"{measure}, {kind}", expected="; ".join(known))
    return held.groupby(held["year"].map(lambda year: pd.Period(int(year), "Y")))["value"].sum()


def duties(partner="WORLD", without=None):
    """Duties calculated on US imports over their value, per cent by month; of a partner, or of all but one."""
    table = load("us_duties").pivot(index="period", columns="partner", values=["value", "duty"])
    for code in filter(None, (partner, without)):
        if code not in table["value"]:
            raise TradeDataError("no duties at hand for this partner", file="us_duties", column="partner", value=code,
                                 expected=", ".join(table["value"].columns))
    value, duty = (table[name][partner] - (table[name][without] if without else 0) for name in ("value", "duty"))
    return 100 * duty / value


def uncertainty():
    """US trade policy uncertainty by month: mean 100 in 1985 to 2010."""
    table = load("monthly_indicators")
    return table[table["series"] == "us_trade_policy_uncertainty"].set_index("period")["value"]


def all_series(partner="WORLD"):
    """The three kinds of evidence as they are at hand, by name; duties on imports from one partner or from all."""
    return {"measures": measures(), "duties": duties(partner), "uncertainty": uncertainty()}


def names(partner="WORLD"):
    """What each kind is called in a figure."""
    origin = "" if partner == "WORLD" else f" from {name(partner)}"
    return {**KINDS, "duties": f"duties on US imports{origin}, per cent"}


def rise(values, last, base_end=None, recent=RECENT):
    """The mean of the last years beside that of all years before, with a 95 % interval of the change.

    Usual variation is that of the years before: their long-run variance (Newey and West 1987, over a year), so that a
    jump does not count against itself; Student's t with one degree less than there are years before.

    ``values``: by year or month. ``last``: last period counted. ``base_end``: last period of the years before; by
    default they reach up to the recent ones. ``recent``: years counted as recent.
    """
    values = values.loc[:last]
    year = 1 if values.index.freqstr.startswith("Y") else 12
    newest = values.iloc[-recent * year:]
    base = values.iloc[:-recent * year].loc[:base_end]
    if len(base) < recent * year:
        raise TradeDataError("too few years before the recent ones", value=len(base),
                             expected=f"{recent * year} periods")
    fitted = sm.OLS(base.to_numpy(), np.ones(len(base))).fit(cov_type="HAC", cov_kwds={"maxlags": year})
    error = fitted.bse[0] * np.sqrt(1 + len(base) / len(newest))
    change = newest.mean() - base.mean()
    reach = stats.t.ppf(0.975, len(base) // year - 1) * error
    return {"before": base.mean(), "recent": newest.mean(), "change": change, "low": change - reach,
            "high": change + reach, "first": str(newest.index[0]), "last": str(newest.index[-1]),
            "over_margin": change / reach, "rises": bool(change > reach)}


def kinds(now=False, recent=RECENT, partner="WORLD"):
    """The three kinds before and in the last years; ``now`` sets the newest years against the same years before.

    >>> kinds()["rises"].tolist(), kinds(now=True)["last"].tolist()
    ([True, True, False], ['2020', '2025-11', '2024-12'])
    """
    rows = []
    for kind, values in all_series(partner).items():
        then = PUBLIC_THEN[kind]
        base_end = str(values.loc[:then].index[-recent * (1 if kind == "measures" else 12)] - 1)
        rows.append({"kind": kind, **rise(values, str(values.index[-1]) if now else then, base_end, recent)})
    return pd.DataFrame(rows)


def alternatives():
    """Other counts of each kind and other lengths of the recent years: the change over its margin, 1 = beyond it."""
    counts = {
        ("measures", "harmful, G20"): measures(),
        ("measures", "all announced, world"): measures("interventions_announced", "all"),
        ("measures", "trade defence cases, world"): measures("investigations_launched", "any"),
        ("duties", "all origins"): duties(), ("duties", "China"): duties("CHN"),
        ("duties", "all but China"): duties("WORLD", "CHN"), ("uncertainty", "index"): uncertainty(),
        ("uncertainty", "logarithm"): np.log(uncertainty()),
    }
    rows = []
    for (kind, count), values in counts.items():
        for recent in (2, 3):
            rows.append({"kind": kind, "count": count, "recent years": str(recent),
                         "value": rise(values, PUBLIC_THEN[kind], recent=recent)["over_margin"]})
    return count_ways(rows, lambda change: change > 1)


def us_imports():
    """US imports from China and from Mexico by month, US$, January 2010 to December 2022 (columns ``CHN``, ``MEX``)."""
    return pd.DataFrame({code: series("USA", code, "import", source="US_COMTRADE_M") for code in ("CHN", "MEX")})


def first_tariffs():
    """Day of the first tariffs on goods from China, from the dated facts."""
    return load("official_facts").set_index("id").loc[TARIFF, "date"]


def tariff_index():
    """Those imports as twelve-month sums in constant dollars, the twelve months before the first tariffs = 100."""
    real = us_imports().apply(lambda s: deflate(s, monthly("us_cpi"), 2018))
    sums = real.rolling(12).sum().dropna()
    return 100 * sums / sums.loc[pd.Period(first_tariffs()[:7], "M") - 1]


def protection(claim):
    """Evidence and verdict of C18."""
    then, now = kinds(), kinds(now=True)
    evidence = []
    for table, when in ((then, "then"), (now, "now")):
        evidence += [Evidence(f"{KINDS[row.kind]}: {word}, as known {when}", value, KINDS[row.kind].split(", ")[-1],
                              low, high, (SOURCE[row.kind],), VINTAGE[row.kind],
                              f"claims.c18_protection.kinds(now={when == 'now'})")
                     for row in table.itertuples()
                     for word, value, low, high in (
                         ("mean of the years before", row.before, None, None),
                         (f"change to {row.first} to {row.last}", row.change, row.low, row.high))]
    level = then.set_index("kind")
    reason = (f"Harmful trade measures of large economies went from {level.loc['measures', 'before']:.0f} to "
              f"{level.loc['measures', 'recent']:.0f} a year, US duties from {level.loc['duties', 'before']:.1f} to "
              f"{level.loc['duties', 'recent']:.1f} per cent.")
    return Verdict(claim, decide_protection(then["rises"]), decide_protection(now["rises"]), reason, tuple(evidence),
                   alternatives())

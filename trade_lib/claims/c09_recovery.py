"""C09: did trade with China support the region's recovery?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data.tables import load, series
from trade_lib.measures import prices
from trade_lib.measures.prices import monthly
from trade_lib.measures.shocks import export_points

# Exporters of the region with months by destination, and the destinations that stand for China, the US and the EU.
# Singapore prints only some EU members, so all of Europe stands for the EU: more than the EU, which is against China.
EXPORTERS = {
    "KOR": ("KR_CUSTOMS_LOC", {"China": "CHN", "United States": "USA", "EU": "EU", "ASEAN": "ASEAN"}),
    "SGP": ("SG_SINGSTAT", {"China": "CHN", "United States": "USA", "Europe": "EUROPE"}),
}
RIVALS = ("United States", "EU", "Europe")
THEN = {"2020": ("2020-01", "2020-12"), "2021 to November": ("2021-01", "2021-11")}
NOW = {"2020": ("2020-01", "2020-12"), "2021": ("2021-01", "2021-12"), "2022": ("2022-01", "2022-12")}
SOURCES = {
    "points": "Sources: customs of Korea (vintage 2023-11) and Singapore (S$ converted, vintage 2025), exports in US$. "
              "For Singapore all of Europe stands for the EU.",
}


def decide_support(cases):
    """Verdict from the points that each destination gives, a row a case (an exporter in a window).

    Parameters
    ----------
    cases : pandas.DataFrame
        ``China`` and ``rival`` (the larger of the US and Europe), points.

    Examples
    --------
    >>> decide_support(pd.DataFrame({"China": [1.0, 2.0, 3.0, 1.0], "rival": [0.0, 1.0, 1.0, 2.0]}))
    'supported with caveats'
    """
    positive = cases["China"] > 0
    if positive.all() and (cases["China"] > cases["rival"]).mean() >= 0.75:
        return CAVEATS
    return MIXED if positive.mean() >= 0.5 else CONTRADICTED


def exports(currency="USD", real=False):
    """Monthly exports of each of `EXPORTERS` by destination, 2019 to 2022, in US$, yuan (CNY) or constant US$.

    Returns
    -------
    dict of str to dict of str to pandas.Series
        By exporter, then by destination; ``world`` is the total.

    Examples
    --------
    >>> round(float(exports()["KOR"]["China"]["2021-11"]) / 1e9, 1)
    15.3
    """
    rates = {"SGD": 1 / monthly("sgd_per_usd"), "CNY": monthly("cny_per_usd")}
    found, frame = {}, load("flows_monthly")
    frame = frame[(frame["flow"] == "export") & frame["source"].isin([source for source, _ in EXPORTERS.values()])]
    for code, (source, destinations) in EXPORTERS.items():
        found[code] = {}
        for name, area in {"world": "WORLD", **destinations}.items():
            values = series(code, area, "export", source=source, table=frame, start="2019-01", end="2022-12")
            for unit in [u for u in (values.attrs["unit"], currency) if u != "USD"]:
                values = prices.in_other_currency(values, rates[unit])
            found[code][name] = prices.deflate(values, monthly("us_cpi"), 2021) if real else values
    return found


def points(windows=None, years=1, sales=None):
    """Points that each destination gives to the growth of exports, by exporter and window.

    Parameters
    ----------
    windows : dict of str to (str, str), optional
        Name and months; `THEN` by default.
    years : int
        How many years back the base lies.
    sales : dict, optional
        `exports()` by default.

    Returns
    -------
    pandas.DataFrame
        ``exporter``, ``window``, ``destination``, ``growth_pct``, ``points``; destinations and ``rest`` add up to the
        growth of all exports.

    Examples
    --------
    >>> points({"2020": ("2020-01", "2020-12")})["exporter"].unique().tolist()
    ['KOR', 'SGP']
    """
    parts = []
    for code, by_destination in (sales or exports()).items():
        here = dict(by_destination)
        total = here.pop("world")
        for window, (start, end) in (windows or THEN).items():
            found = export_points(total, here, start, end, years)
            parts.append(found.rename_axis("destination").reset_index().assign(exporter=code, window=window))
    return pd.concat(parts, ignore_index=True)[["exporter", "window", "destination", "growth_pct", "points"]]


def cases(table):
    """China's points beside the larger of the US's and Europe's, a row an exporter and window."""
    wide = table.pivot(index=["exporter", "window"], columns="destination", values="points")
    return pd.DataFrame({"China": wide["China"], "rival": wide[[c for c in RIVALS if c in wide]].max(axis=1)})


def alternatives():
    """The multiverse of C09: China's points less the larger of the US's and Europe's, where China's are positive."""
    rows = []
    spans = {"one year": (1, NOW), "two years": (2, {"2021": NOW["2021"]}),
             "rebound": (1, {"June 2020 to May 2021": ("2020-06", "2021-05")})}
    for label, kwargs in (("dollars", {}), ("yuan", {"currency": "CNY"}), ("constant dollars", {"real": True})):
        sales = exports(**kwargs)
        for span, (years, windows) in spans.items():
            for (code, window), row in cases(points(windows, years, sales)).iterrows():
                ahead = min(row["China"], row["China"] - row["rival"])  # above 0: positive, and the largest
                rows.append({"exporter": code, "terms": label, "base": span, "window": window, "value": ahead})
    return count_ways(rows, lambda lead: lead > 0)


def support(claim):
    """Evidence and verdict of C09."""
    then, now, table = points(), points(NOW), alternatives()
    evidence = [Evidence(f"points from {r.destination}: exports of {r.exporter}, {r.window}", r.points, "points",
                         sources=(EXPORTERS[r.exporter][0],), vintage="2023-11 and 2025",
                         call="claims.recovery.points(...)")
                for r in pd.concat([then, now[now["window"] == "2022"]]).itertuples()]
    lead = cases(then)
    first, later = lead.xs("2020", level="window")["China"], cases(now).xs("2022", level="window")["China"]
    after = cases(now)
    raised = [f"{(each['China'] > 0).sum()} of {len(each)}" for each in (lead, after)]
    at_once = lead.xs("2021 to November", level="window")["China"]
    why = (f"Sales to China raised exports in {raised[0]} cases to November 2021, in {raised[1]} to 2022. In 2020 they "
           f"added {first['KOR']:+.2f} points to Korea's and {first['SGP']:+.2f} to Singapore's, to November 2021 "
           f"{at_once['KOR']:+.1f} and {at_once['SGP']:+.1f}, in 2022 {later['KOR']:+.1f} and {later['SGP']:+.1f}. "
           f"They were positive and above the US's and Europe's in {held_text(table)} comparisons. Accounting, not a "
           "cause.")
    return Verdict(claim, decide_support(lead), decide_support(cases(now)), why, tuple(evidence), table)

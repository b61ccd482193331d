"""The ledger's measures on the newest releases of another year: what would the article say today?"""

import pandas as pd

from trade_lib.claims.c04_partner_growth import LARGE
from trade_lib.claims.ledger import evaluate
from trade_lib.data import areas
from trade_lib.data.fetched import pinned
from trade_lib.data.releases import printed
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError

THEN = ("2021-01", "2021-11")  # the window that the article speaks of
RESILIENT = ("ASEAN", "AFRICA", "RUS")
COLUMNS = ["claim", "measure", "partner", "period", "value", "unit", "in_2021", "verdict_2021", "source", "published"]


def newest(partner, year, unit="USD", releases=None):
    """China's trade with a partner in the year to date, from customs' newest release of exports and imports.

    Returns ``value`` and ``growth`` (per cent) of total, exports and imports, ``end`` (last month), ``source``,
    ``published``.
    """
    table = load("customs_releases") if releases is None else releases
    held = table[(table["partner"] == partner) & (table["unit"] == unit) & (table["basis"] == "ytd")
                 & (table["period_end"].dt.year == year) & table["flow"].isin(["export", "import"])
                 & table["value"].notna() & table["yoy_pct"].notna()]
    both = held.groupby(["period_end", "source", "published"])["flow"].nunique()
    if not (both == 2).any():
        raise TradeDataError(f"no release of {year} gives exports and imports with {partner} and their growth",
                             file="customs_releases", value=f"CHN-{partner} {unit}", expected="trade-lib fetch gacc")
    end, source, published = both[both == 2].sort_index(level=["period_end", "published"]).index[-1]
    last = held[(held["period_end"] == end) & (held["source"] == source) & (held["published"] == published)]
    last = last.drop_duplicates("flow").set_index("flow")
    earlier = last["value"] / (1 + last["yoy_pct"] / 100)
    return {"value": float(last["value"].sum()), "growth": float(100 * (last["value"].sum() / earlier.sum() - 1)),
            "exports": float(last.loc["export", "yoy_pct"]), "imports": float(last.loc["import", "yoy_pct"]),
            "end": str(end), "source": source, "published": str(published), "earlier": float(earlier.sum())}


def former_years(partner, year, end, unit="USD", releases=None):
    """China's trade with a partner from January to the same month in earlier years, as last printed.

    By year; years without such a print are absent.
    """
    table = load("customs_releases") if releases is None else releases
    month = int(end[5:7])
    held = table[(table["partner"] == partner) & (table["unit"] == unit) & (table["basis"] == "ytd")
                 & (table["period_end"].dt.month == month) & (table["period_end"].dt.year < year)
                 & (table["period_start"].dt.month == 1) & table["value"].notna()]
    last = held.sort_values("published").drop_duplicates(["period_end", "flow"], keep="last")
    wide = last.pivot(index="period_end", columns="flow", values="value").reindex(columns=["total", "export", "import"])
    total = wide["total"].fillna(wide["export"] + wide["import"]).dropna()
    return total.set_axis(total.index.year)


def today(year, releases=None):
    """Growth, record, partners and resilience of the ledger, measured for another year, beside 2021.

    ``year``: the year asked about. ``releases``: instead of the table ``customs_releases``. Returns a row a measure:
    ``claim``, ``measure``, ``partner``, ``period``, ``value``, ``unit``, ``in_2021`` (the same, January to November
    2021, as printed), ``verdict_2021``, ``source``, ``published``.
    """
    now = {partner: newest(partner, year, releases=releases) for partner in dict.fromkeys(["WORLD", "RUS", *LARGE])}
    then = {partner: _growth_2021(partner) for partner in now}
    rows = [_row("C01", "growth of trade", "RUS", now, now["RUS"]["growth"], "%", then["RUS"])]
    before = former_years("RUS", year, now["RUS"]["end"], releases=releases).drop(year - 1, errors="ignore")
    highest = max(before.max(), now["RUS"]["earlier"])
    rows.append(_row("C03", f"trade beside the highest of {len(before) + 1} earlier years", "RUS", now,
                     100 * now["RUS"]["value"] / highest, "%", None))
    rows += [_row("C04", "growth of trade", partner, now, now[partner]["growth"], "%", then[partner])
             for partner in LARGE]
    rows += [_row("C05", "growth beyond that of all trade", partner, now,
                  now[partner]["growth"] - now["WORLD"]["growth"], "points",
                  None if None in (then[partner], then["WORLD"]) else then[partner] - then["WORLD"])
             for partner in RESILIENT]
    with pinned(shipped_only=True):
        verdicts = {claim: evaluate(claim).verdict for claim in dict.fromkeys(row["claim"] for row in rows)}
    return pd.DataFrame(rows).assign(verdict_2021=lambda frame: frame["claim"].map(verdicts))[COLUMNS]


def sentences(table):
    """What the article could say today, a sentence a claim.

    >>> one = {"claim": "C01", "measure": "growth of trade", "partner": "RUS", "period": "2026-01..2026-06",
    ...        "value": 5.04, "unit": "%"}
    >>> sentences(pd.DataFrame([one]))
    ['Trade with Russia grew by 5.0 % from January to June 2026.']
    """
    lines = []
    for row in table[table["claim"].isin(["C01", "C03"])].itertuples():
        start, end = (pd.Period(month, "M") for month in row.period.split(".."))
        window = f"in {end.strftime('%B %Y')}"
        if start != end:
            window = f"from {start.strftime('%B')} to {end.strftime('%B %Y')}"
        if row.claim == "C01":
            word = "grew" if row.value >= 0 else "fell"
            lines.append(f"Trade with {areas.name(row.partner)} {word} by {abs(row.value):.1f} % {window}.")
        else:
            side = "above" if row.value > 100 else "below"
            lines.append(f"It stands {abs(row.value - 100):.1f} % {side} the highest earlier total of the same months.")
    grew = table[table["claim"] == "C04"]
    if len(grew):
        lines.append(f"Trade grew with {int((grew['value'] > 0).sum())} of {len(grew)} important partners.")
    beyond = table.loc[table["claim"] == "C05", "value"]
    if len(beyond):
        lines.append(f"{int((beyond > 0).sum())} of {len(beyond)} partners called resilient outgrew all trade.")
    return lines


def _row(claim, measure, partner, now, value, unit, then):
    one = now[partner]
    return {"claim": claim, "measure": measure, "partner": partner, "period": f"{one['end'][:4]}-01..{one['end']}",
            "value": value, "unit": unit, "in_2021": then, "source": one["source"], "published": one["published"]}


def _growth_2021(partner):
    """Growth of January to November 2021 in US$ as first printed, or None."""
    try:
        return float(printed(partner, "total", "yoy_pct", *THEN)["value"])
    except TradeDataError:
        return None

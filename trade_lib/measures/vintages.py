"""One trade, several books: the two sides of a flow, and the vintages of one side's figures."""

import pandas as pd

from trade_lib.data.areas import name
from trade_lib.data.releases import TRUSTED
from trade_lib.data.tables import load, series
from trade_lib.errors import TradeDataError
from trade_lib.measures import customs
from trade_lib.measures.growth import yoy
from trade_lib.measures.mirror import mirror_gap

SOURCES = {
    "mirror": "Sources: IMF Direction of Trade Statistics to 2020 (Chinese side); the partner's own customs by month.",
    "revisions": "Sources: growth as announced (Jin10 calendar); levels of China's customs as published in April 2026. "
                 "January and February are left out: they are announced together.",
}


def headline_revisions(flow: str, start: str = "2018-12", end: str = "2025-12") -> pd.DataFrame:
    """Growth of China's exports or imports with the world: as announced, as printed later, as computed from levels now.

    ``flow``: ``export`` or ``import``. ``start``, ``end``: first and last month. Returns months x ``announced`` (first
    release), ``printed`` (customs table read in 2026), ``computed`` (from the revised levels), per cent. January and
    February, announced as one, are left out.

    >>> headline_revisions("export").loc["2021-11"].round(1).tolist()
    [22.0, 21.7, 21.5]
    """
    table = load("growth_printed")
    announced = table[(table["flow"] == flow) & (table["measure"] == "yoy") & (table["basis"] == "month")]
    first = announced.sort_values("announced").drop_duplicates(["source", "period_end"])
    wide = first.pivot(index="period_end", columns="source", values="pct")
    computed = yoy(series("CHN", "WORLD", flow, source="GACC_HGJCK"))
    out = pd.DataFrame({"announced": wide["JIN10_YOY"], "printed": wide["GACC_HGJCK"], "computed": computed})
    return out[out.index.month > 2].loc[start:end].dropna()


def mirror_by_direction(partner: str = "RUS") -> pd.DataFrame:
    """Each direction of China's trade with a partner by year, as the importer and as the exporter book it, bn US$.

    Columns ``direction``, ``year``, ``import_side``, ``export_side``, ``gap_pct``, ``reading``; a direction that the
    partner's customs do not book is left out.

    >>> sorted(mirror_by_direction()["direction"].unique())
    ['China to Russia', 'Russia to China']
    """
    gaps = {}
    for flow in customs.own(partner)[2]:
        months = customs.months(partner, flow=flow, currency="USD") / 1e9
        whole = months.groupby(months.index.year).filter(lambda year: len(year) == 12)
        own = whole.groupby(whole.index.year).sum()
        mirrored = "import" if flow == "export" else "export"
        chinese = series("CHN", partner, mirrored, table="flows_annual_china", source="DOTS_ANNUAL_SAM") / 1e9
        chinese = chinese.set_axis(chinese.index.year)
        if flow == "export":
            gaps[f"{name(partner)} to China"] = mirror_gap(chinese, own)
        else:
            gaps[f"China to {name(partner)}"] = mirror_gap(own, chinese)
    return pd.concat(gaps, names=["direction", "year"]).reset_index()


def months_from_ytd(partner: str, flow: str = "total", terms: str = "USD") -> pd.DataFrame:
    """Months implied by successive year-to-date prints beside the months printed on their own.

    The two need not agree: a year-to-date release carries revisions of earlier months (customs' own note).

    ``partner``, ``flow``, ``terms``: as in the table ``official_figures``. Returns months x ``implied`` (difference of
    two prints), ``printed``, ``difference``, in bn of the currency, for the months that have both.

    >>> months_from_ytd("RUS").loc["2021-04"].round(2).tolist()
    [10.95, 10.8, 0.14]
    """
    table = load("official_figures")
    releases = table[(table["reporter"] == "CHN") & (table["partner"] == partner) & (table["flow"] == flow)
                 & (table["measure"] == "value") & (table["scope"] == "goods") & (table["terms"] == terms)
                 & table["audit"].isin(TRUSTED)]
    first = releases.sort_values("published").groupby(["period_end", "basis"])["value"].first().unstack("basis")
    if not {"ytd", "month"} <= {*first.columns}:
        raise TradeDataError("no months and totals since January printed", file="official_figures", value=partner,
                             expected="RUS")
    ytd, month = first["ytd"].dropna(), first["month"].dropna()
    implied = (ytd - ytd.set_axis(ytd.index + 1)).dropna()
    out = pd.DataFrame({"implied": implied[implied.index.month > 1], "printed": month}).dropna()
    return out.assign(difference=out["implied"] - out["printed"])

"""C02 and C03: was a year above 140 bn US$ to be expected in 2021, and was it a record?"""

import pandas as pd

from trade_lib.check.decide import decide_forecast, decide_outcome
from trade_lib.claims.c01_russia_growth import CUSTOMS, CUSTOMS_VINTAGE, WINDOW, as_checked, own_customs, stated
from trade_lib.claims.core import Claim, Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.releases import TRUSTED, printed
from trade_lib.data.tables import load, series
from trade_lib.forecast.mirror import annual_totals as annual_totals_printed
from trade_lib.forecast.scores import reliability
from trade_lib.forecast.year_totals import Mirror
from trade_lib.measures import growth as g
from trade_lib.measures import newyear
from trade_lib.measures.prices import yearly

THRESHOLD, YEAR, SEED, N_PATHS = 140.0, 2021, 1, 4000  # bn US$; seed and paths of the stored results
# Last month out on the article's day: China printed January to November on 16 December, Russia's November came later.
KNOWN = {"CHN": pd.Period("2021-11", "M"), "RUS": pd.Period("2021-10", "M")}
CALL = f"check.outlook.outlook('CHN', 'RUS', {YEAR}, {THRESHOLD:.0f})"  # gives the stored rows of the default
MINISTRY = "FACT13"  # the ministry's own expectation
NAMES = {"CHN": "Chinese side", "RUS": "Russian side"}
SOURCES = {
    "path": "Sources: Russian customs by month (vintage 2022-09, so pseudo-real-time); China's year-to-date figures as "
            "printed.",
    "calibration": "Source: Russian customs, vintage 2022-09. Left: 80 and 95 % intervals, outcome = 100; right: a "
                   "calibrated forecast has equal bars.",
    "reliability": "Sources: Russian customs, vintage 2022-09; China's figures as printed. Stated at each month of "
                   "2012-2020 for 0.8 to 1.4 times the year before's total; dashed: probabilities that mean what they "
                   "say.",
    "record": "Sources: China's customs as first printed; IMF Direction of Trade Statistics to 2020; Russian customs, "
              "months added up; US CPI.",
}


def forecast_inputs(partner: str = "RUS") -> dict:
    """What the forecast of the year takes: months ``y`` of the partner's customs (US$), the Chinese side as ``mirror``
    (annual totals and prints), New Year candidates ``x``."""
    figures = load("official_figures")
    dots = series("CHN", partner, table="flows_annual_china", source="DOTS_ANNUAL_SAM")
    y = own_customs(partner)
    annual = annual_totals_printed(figures, dots.set_axis(dots.index.year), partner=(partner,))
    return {"y": y, "mirror": Mirror(annual, figures, partner=(partner,)),
            "x": newyear.candidates(y.index[0], y.index[-1] + 12)}


def expectation_path():
    """The stored forecasts of 2021 from each month of the year, in bn US$ (table ``c02_probability_path``)."""
    return _in_bn(load("c02_probability_path"))


def stated_and_happened():
    """Probabilities that the same procedure stated on earlier years (to 2020), and how often they came true, by side.

    Returns ``side``, ``bin``, ``forecasts``, ``stated``, ``happened``.
    """
    stored = load("c02_exceedance")
    earlier = stored[stored["year"] < 2021]
    tables = {side: reliability(rows["p_exceed"], rows["happened"]) for side, rows in earlier.groupby("side")}
    return pd.concat(tables, names=["side", None]).reset_index("side")


def needed(threshold: float = THRESHOLD) -> dict:
    """What December had to bring for the threshold, and what November had brought, bn US$ as China printed them."""
    months, before = stated("value"), printed("RUS", "total", "value", "2021-01", "2021-10")
    return {"december": threshold - months["value"], "november": months["value"] - before["value"],
            "sources": (months["id"], before["id"])}


def total_of(year: int) -> pd.Series:
    """China's printed total of a year, in its latest printing: the one figure used everywhere."""
    return printed("RUS", "total", "value", f"{year}-01", f"{year}-12", vintage="latest")


def expectation(claim: Claim) -> Verdict:
    """Evidence and verdict of C02: the rule for any expectation decides, on the months out on the article's day."""
    path = expectation_path()
    origins = path[path["origin"].isin([*KNOWN.values()])]
    main = origins[origins["model"] == "combination"].set_index(["side", "origin"])
    chance = main["p_exceed_140"]
    then = decide_forecast(*(chance[side, KNOWN[side]] for side in KNOWN))
    chinese, russian = total_of(YEAR), g.window_sum(own_customs("RUS"), f"{YEAR}-01", f"{YEAR}-12") / 1e9
    now = decide_outcome(chinese["value"] > THRESHOLD, russian > THRESHOLD)
    ways = count_ways([{"side": NAMES[r.side], "last month known": r.origin.strftime("%B"), "model": r.model,
                        "value": r.p_exceed_140} for r in origins.itertuples()], lambda p: p > 0.9)
    evidence = []
    for (side, origin), row in main.iterrows():
        sources, month = (CUSTOMS, stated("value")["id"]) if side == "CHN" else (CUSTOMS,), origin.strftime("%B")
        evidence += [Evidence(f"probability of more than {THRESHOLD:.0f} bn, {NAMES[side]}, months to {month}",
                              row["p_exceed_140"], "share", None, None, sources, CUSTOMS_VINTAGE, CALL),
                     Evidence(f"year total expected, {NAMES[side]}, months to {month} (95 %)", row["mean"], "bn US$",
                              row["lo95"], row["hi95"], sources, CUSTOMS_VINTAGE, CALL)]
    month = needed()
    facts = load("official_facts").set_index("id").loc[MINISTRY]
    evidence += [
        Evidence("December needed for the threshold", month["december"], "bn US$", sources=month["sources"][:1],
                 vintage="2021-12-16", call="claims.c02_russia_total.needed()"),
        Evidence("November, by the difference of two releases", month["november"], "bn US$", sources=month["sources"],
                 vintage="2021-12-16", call="claims.c02_russia_total.needed()"),
        Evidence("the ministry's own expectation", float(facts["value"]), "bn US$", sources=(MINISTRY,),
                 vintage=facts["published"], call="load('official_facts')"),
        Evidence("outcome, Chinese side", chinese["value"], "bn US$", sources=(chinese["id"],),
                 vintage=chinese["published"], call="claims.c02_russia_total.total_of(2021)"),
        Evidence("outcome, Russian side", russian, "bn US$", sources=(CUSTOMS,), vintage=CUSTOMS_VINTAGE,
                 call="measures.growth.window_sum(...)")]
    reason = (f"December needed only {month['december']:.1f} bn dollars, and November had brought "
              f"{month['november']:.1f}. The year came to {chinese['value']:.1f} bn.")
    return Verdict(claim, then, now, reason, tuple(evidence), ways)


def annual_totals():
    """China-Russia trade by year on both sides, in current and constant (2021) dollars, bn.

    Three series side by side, never spliced: China's totals as first printed (not every year has a printing that is
    shipped), China's reports to the IMF, and Russian customs' months added up.

    Returns ``side``, ``year``, ``nominal``, ``real``, ``series``, ``source``.
    """
    cpi = yearly("us_cpi")
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
    return both.assign(real=both["nominal"] * cpi[2021] / both["year"].map(cpi))


def record(claim: Claim) -> Verdict:
    """Evidence and verdict of C03: the rule for any record decides."""
    totals, level, answer = annual_totals(), stated("value"), as_checked("C03")
    known = {"CHN": level["value"], "RUS": g.window_sum(own_customs("RUS"), *WINDOW) / 1e9}
    earlier = totals[totals["year"] < YEAR]
    best = earlier.loc[earlier.groupby("side")["nominal"].idxmax()].set_index("side")
    top_real = earlier.groupby("side")["real"].max()
    full = totals[totals["year"] == YEAR].set_index("side")  # the IMF's series ends in 2020: one row a side
    ways = count_ways([{"side": NAMES[side], "months": months, "value": value / best.loc[side, "nominal"]}
                       for side in NAMES for months, value in (("eleven", known[side]),
                                                               ("all", full.loc[side, "nominal"]))],
                      lambda ratio: ratio > 1)
    call = "claims.c02_russia_total.annual_totals()"
    evidence, beside = [], []
    for side, label in NAMES.items():
        evidence += [
            Evidence(f"highest earlier year, {label} ({best.loc[side, 'year']})", best.loc[side, "nominal"], "bn US$",
                     sources=(best.loc[side, "source"],), vintage="annual", call=call),
            Evidence(f"January-November 2021, {label}", known[side], "bn US$",
                     sources=(level["id"],) if side == "CHN" else (CUSTOMS,),
                     vintage=level["published"] if side == "CHN" else CUSTOMS_VINTAGE, call="growth.window_sum(...)"),
            Evidence(f"whole of 2021, {label}", full.loc[side, "nominal"], "bn US$",
                     sources=(full.loc[side, "source"],), vintage="annual", call=call)]
        beside.append(Evidence(f"highest earlier year in dollars of 2021, {label}", top_real[side], "bn US$ of 2021",
                               sources=(best.loc[side, "source"], "PRICES"), vintage="annual", call=call))
    reason = (f"Eleven months alone brought {known['CHN']:.1f} bn dollars. The best full year before had "
              f"{best.loc['CHN', 'nominal']:.1f}.")
    return Verdict(claim, answer.verdict, answer.verdict_now, reason, tuple(evidence), ways, tuple(beside))


def _in_bn(path):
    money = ["mean", "lo80", "hi80", "lo95", "hi95"]
    return path.assign(**{name: path[name] / 1e9 for name in money})


def _printed_totals():
    """China's printed totals of every full year that is shipped."""
    figures = load("official_figures")
    totals = figures[(figures["partner"] == "RUS") & (figures["basis"] == "annual") & (figures["flow"] == "total")
                   & (figures["measure"] == "value") & (figures["unit"] == "usd_bn") & (figures["scope"] == "goods")
                   & figures["audit"].isin(TRUSTED)]
    return [total_of(y) for y in sorted(totals["period_end"].dt.year.unique())]

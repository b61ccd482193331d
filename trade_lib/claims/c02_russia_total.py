"""C02 and C03: was a year above 140 bn US$ to be expected in 2021, and was it a record?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.c01_russia_growth import CUSTOMS, CUSTOMS_VINTAGE, WINDOW, stated
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.releases import TRUSTED, printed
from trade_lib.data.tables import load, series
from trade_lib.forecast.mirror import annual_totals as annual_totals_printed
from trade_lib.forecast.scores import reliability
from trade_lib.forecast.year_totals import Mirror, probability_path
from trade_lib.measures import growth as g
from trade_lib.measures import newyear
from trade_lib.measures.prices import yearly

THRESHOLD, SEED, N_PATHS = 140.0, 1, 4000  # bn US$; seed and paths of the stored results
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


def forecast_inputs() -> dict:
    """What the forecast of the year takes: Russian customs' months ``y`` (US$), the Chinese side as ``mirror`` (annual
    totals and prints), New Year candidates ``x``."""
    figures = load("official_figures")
    dots = series("CHN", "RUS", table="flows_annual_china", source="DOTS_ANNUAL_SAM")
    y = series("RUS", "CHN", source=CUSTOMS)
    annual = annual_totals_printed(figures, dots.set_axis(dots.index.year))
    return {"y": y, "mirror": Mirror(annual, figures), "x": newyear.candidates(y.index[0], y.index[-1] + 12)}


def expectation_path():
    """The stored forecasts of 2021 from each month of the year, in bn US$ (table ``c02_probability_path``).

    Examples
    --------
    >>> sorted(expectation_path()["side"].unique())
    ['CHN', 'RUS']
    """
    return _in_bn(load("c02_probability_path"))


def expectation_at(origin):
    """The forecasts of 2021 from one month of the year, made now: the same call that wrote the stored rows.

    Parameters
    ----------
    origin : str
        Last month known, 2021-01 to 2021-11.

    Returns
    -------
    pandas.DataFrame
        As `expectation_path`, the combination only.
    """
    path = probability_path(origins=[pd.Period(origin, "M")], threshold=THRESHOLD * 1e9, sides=("RUS", "CHN"),
                            n_paths=N_PATHS, seed=SEED, **forecast_inputs())
    return _in_bn(path.rename(columns={"p_exceed": "p_exceed_140"}))


def stated_and_happened():
    """Probabilities that the same procedure stated on earlier years (to 2020), and how often they came true, by side.

    Returns
    -------
    pandas.DataFrame
        ``side``, ``bin``, ``forecasts``, ``stated``, ``happened``.

    Examples
    --------
    >>> table = stated_and_happened()
    >>> bool(table.loc[table["stated"] > 0.9, "happened"].min() > 0.9)
    True
    """
    stored = load("c02_exceedance")
    earlier = stored[stored["year"] < 2021]
    found = {side: reliability(here["p_exceed"], here["happened"]) for side, here in earlier.groupby("side")}
    return pd.concat(found, names=["side", None]).reset_index("side")


def expectation(claim):
    """Evidence and verdict of C02."""
    path = expectation_path()
    end = path[path["origin"] == pd.Period(WINDOW[1], "M")]
    main = end[end["model"] == "combination"].set_index("side")
    printed_total = printed("RUS", "total", "value", "2021-01", "2021-12", vintage="latest")
    russian_total = g.window_sum(series("RUS", "CHN", source=CUSTOMS), "2021-01", "2021-12") / 1e9
    then = decide_expectation(main.loc["CHN", "p_exceed_140"], main.loc["RUS", "p_exceed_140"])
    passed = [printed_total["value"] > THRESHOLD, russian_total > THRESHOLD]
    now = SUPPORTED if all(passed) else CAVEATS if any(passed) else CONTRADICTED
    table = count_ways(end.assign(value=end["p_exceed_140"])[["side", "model", "value"]].to_dict("records"),
                           lambda p: p > 0.9)
    evidence = []
    for side, row in main.iterrows():
        sources = (CUSTOMS, stated("value")["id"]) if side == "CHN" else (CUSTOMS,)
        call = "claims.russia_total.expectation_at('2021-11')"
        evidence += [
            Evidence(f"probability of more than {THRESHOLD:.0f} bn, {NAMES[side]}, origin November",
                     row["p_exceed_140"], "share", None, None, sources, CUSTOMS_VINTAGE, call),
            Evidence(f"year total expected, {NAMES[side]}, origin November (95 %)", row["mean"], "bn US$", row["lo95"],
                     row["hi95"], sources, CUSTOMS_VINTAGE, call),
        ]
    evidence += [
        Evidence("outcome, Chinese side", printed_total["value"], "bn US$", None, None, (printed_total["id"],),
                 printed_total["published"], "printed.printed(...)"),
        Evidence("outcome, Russian side", russian_total, "bn US$", None, None, (CUSTOMS,), CUSTOMS_VINTAGE,
                 "growth.window_sum(...)"),
    ]
    sure = path[(path["model"] == "combination") & (path["side"] == "CHN") & (path["p_exceed_140"] > 0.9)]["origin"]
    since = f"above 0.9 from {sure.min()} on" if len(sure) else "never above 0.9 before"
    why = (f"With January-November known the probability was {main.loc['CHN', 'p_exceed_140']:.2f} on the Chinese side "
           f"({since}) and {main.loc['RUS', 'p_exceed_140']:.2f} on the Russian. "
           f"Outcome {printed_total['value']:.1f} and {russian_total:.1f} bn.")
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


def record(claim):
    """Evidence and verdict of C03."""
    totals, level = annual_totals(), stated("value")
    russian = series("RUS", "CHN", source=CUSTOMS)
    known = {"CHN": level["value"], "RUS": g.window_sum(russian, *WINDOW) / 1e9}
    earlier = totals[totals["year"] < 2021]
    best = earlier.loc[earlier.groupby("side")["nominal"].idxmax()].set_index("side")
    top_real = earlier.groupby("side")["real"].max()
    full = totals[totals["year"] == 2021].set_index("side")  # the IMF's series ends in 2020: one row a side
    then = decide_record([known[s] > best.loc[s, "nominal"] for s in known], [known[s] > top_real[s] for s in known])
    now = decide_record([full.loc[s, "nominal"] > best.loc[s, "nominal"] for s in known],
                        [full.loc[s, "real"] > top_real[s] for s in known])
    yuan, cpi = yearly("cny_per_usd"), yearly("us_cpi")
    scales = {"current US$": 1 + 0 * yuan, "constant US$": cpi[2021] / cpi, "yuan": yuan}
    rows = []
    for side in known:
        mine = earlier[earlier["side"] == side]
        for known_as, value in (("eleven months", known[side]), ("full year", full.loc[side, "nominal"])):
            for unit, scale in scales.items():
                top = (mine["nominal"] * mine["year"].map(scale)).max()
                rows.append({"side": side, "months": known_as, "unit": unit, "value": value * scale[2021] / top})
    table = count_ways(rows, lambda ratio: ratio > 1)
    evidence = []
    for side, name in NAMES.items():
        evidence += [
            Evidence(f"highest earlier year, {name} ({best.loc[side, 'year']})", best.loc[side, "nominal"], "bn US$",
                     None, None, (best.loc[side, "source"],), "annual", "claims.russia_total.annual_totals()"),
            Evidence(f"January-November 2021, {name}", known[side], "bn US$", None, None,
                     (level["id"],) if side == "CHN" else (CUSTOMS,),
                     level["published"] if side == "CHN" else CUSTOMS_VINTAGE, "growth.window_sum(...)"),
            Evidence(f"whole of 2021, {name}", full.loc[side, "nominal"], "bn US$", None, None,
                     (full.loc[side, "source"],), "annual", "claims.russia_total.annual_totals()"),
            Evidence(f"highest earlier year in dollars of 2021, {name}", top_real[side], "bn US$ of 2021", None, None,
                     (best.loc[side, "source"], "PRICES"), "annual", "claims.russia_total.annual_totals()"),
        ]
    why = (f"Eleven months alone ({known['CHN']:.1f} bn, Russian side {known['RUS']:.1f}) passed the highest earlier "
           f"full year ({best.loc['CHN', 'nominal']:.1f} and {best.loc['RUS', 'nominal']:.1f} bn); in dollars of 2021 "
           f"the mark was {top_real['CHN']:.1f} and {top_real['RUS']:.1f} bn.")
    return Verdict(claim, then, now, why, tuple(evidence), table)


def _in_bn(path):
    money = ["mean", "lo80", "hi80", "lo95", "hi95"]
    return path.assign(**{name: path[name] / 1e9 for name in money})


def _printed_totals():
    """First printing of each full year of China-Russia trade that is shipped."""
    figures = load("official_figures")
    here = figures[(figures["partner"] == "RUS") & (figures["basis"] == "annual") & (figures["flow"] == "total")
                   & (figures["measure"] == "value") & (figures["unit"] == "usd_bn") & (figures["scope"] == "goods")
                   & figures["audit"].isin(TRUSTED)]
    return [printed("RUS", "total", "value", f"{y}-01", f"{y}-12")
            for y in sorted(here["period_end"].dt.year.unique())]

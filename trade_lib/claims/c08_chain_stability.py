"""C08: did China help to keep the region's industrial and supply chains stable?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data.areas import members
from trade_lib.data.tables import load, series
from trade_lib.measures import growth as g

BEFORE, ARTICLE_MONTH = 2019, "2021-11"
PARTNERS = {"SGP": ("SG_SINGSTAT", "total", {"CHN": "CHN", "USA": "USA", "EU": "EUROPE"}),
            "KOR": ("KR_CUSTOMS_LOC", "export", {"CHN": "CHN", "USA": "USA", "EU": "EU"})}
NAMES = {"SGP": "Singapore", "KOR": "Korea, exports"}
SHARES = {"trade_share": "in exports, both ways", "backward_share": "in exports, backward",
          "forward_share": "in exports, forward", "production_share": "in production"}
SOURCES = {
    "chains": "Source: ADB tables of 72 economies, mid-2023 edition; trade-based participation, whole economies. Nine "
              "ASEAN members (no Myanmar). By country, not by partner.",
    "months": "Sources: Singapore's trade statistics, S$, 2025-03 (exports and imports; Europe for the EU); Korea's "
              "customs, US$, 2023-11 (exports). January and February compared as one.",
    "all": "Sources: ADB tables of 72 economies, mid-2023; Singapore's trade statistics, 2025-03; Korea's customs, "
           "2023-11.",
    "lengths": "Source: ADB tables of 72 economies, mid-2023 edition; lengths by Wang, Wei, Yu and Zhu's method.",
}


def decide_stability(counts):
    """Verdict from the three counts (level, peers, calm): capped, since nothing here tells China's part from others'.

    Parameters
    ----------
    counts : list of bool

    Examples
    --------
    >>> decide_stability([True, True, True]), decide_stability([True, False, False])
    ('supported with caveats', 'mixed')
    """
    return CAVEATS if all(counts) else MIXED if any(counts) else CONTRADICTED


def region():
    """ASEAN, Japan and Korea, as far as the tables have them.

    Examples
    --------
    >>> len(region())
    11
    """
    held = set(load("adb_participation")["country"])
    return sorted({*members("ASEAN", 2021), "JPN", "KOR"} & held)


def participation(share="trade_share"):
    """Participation of whole economies by year, per cent, and where they stand.

    Parameters
    ----------
    share : str
        ``trade_share``, ``backward_share``, ``forward_share`` or ``production_share``.

    Returns
    -------
    pandas.DataFrame
        Countries by year; the index has ``country`` and ``group`` (region, China or others).
    """
    frame = load("adb_participation").query("detail == 0 and country != 'OTHER'")
    wide = 100 * frame.pivot(index="country", columns="year", values=share)
    inside = region()
    group = ["China" if c == "CHN" else "region" if c in inside else "others" for c in wide.index]
    return wide.set_index(pd.Index(group, name="group"), append=True)


def moves(wide, end=2022, start=BEFORE):
    """Mean absolute move of participation from year to year, in points, by economy.

    Examples
    --------
    >>> moves(pd.DataFrame({2019: [10.0], 2020: [12.0], 2021: [11.0]}, index=["a"]), 2021).tolist()
    [1.5]
    """
    return wide.loc[:, start:end].diff(axis=1).iloc[:, 1:].abs().mean(axis=1)


def yearly_moves(share="trade_share"):
    """Mean absolute move of participation against the year before, region and others, by year.

    Examples
    --------
    >>> yearly_moves().index.tolist()
    [2018, 2019, 2020, 2021, 2022]
    """
    wide = participation(share)
    return pd.DataFrame({group: wide.xs(group, level="group").diff(axis=1).iloc[:, 1:].abs().mean()
                         for group in ("region", "others")})


def spread(end="2022-12"):
    """Spread (standard deviation) of monthly growth over a year before, before the pandemic and in it, by partner.

    Parameters
    ----------
    end : str
        Last month of the later window, which begins in January 2020; the earlier is 2017-2019.

    Returns
    -------
    pandas.DataFrame
        ``reporter``, ``partner``, ``before``, ``since``, ``rise`` (points).
    """
    rows = []
    for reporter, (source, flow, partners) in PARTNERS.items():
        for name, code in partners.items():
            rates = g.yoy(series(reporter, code, flow, source=source), merge_january_february=True)
            before, since = rates.loc["2017-01":"2019-12"].std(), rates.loc["2020-01":end].std()
            rows.append({"reporter": reporter, "partner": name, "before": before, "since": since,
                         "rise": since - before})
    return pd.DataFrame(rows)


def calm_margin(rises, reporter=None, peer=None):
    """How much less the spread rose with China than with the US and the EU, on average over reporters (points).

    Examples
    --------
    >>> calm_margin(pd.DataFrame({"reporter": "a", "partner": ["CHN", "USA"], "rise": [1.0, 3.0]}))
    2.0
    """
    frame = rises if reporter is None else rises[rises["reporter"] == reporter]
    china = frame[frame["partner"] == "CHN"].set_index("reporter")["rise"]
    others = frame[frame["partner"] != "CHN"] if peer is None else frame[frame["partner"] == peer]
    return float((others.groupby("reporter")["rise"].mean() - china).mean())


def counts(end, last_month, share="trade_share"):
    """The three counts as of a year: how far each holds, in points (it holds when not below zero).

    Returns
    -------
    dict
        ``level`` (2 less the move of the region's median), ``peers`` (mean move of the others less the region's) and
        ``calm``; ``median_before``, ``median_end``, ``region_move``, ``peer_move``.
    """
    wide = participation(share)
    inside, others = wide.xs("region", level="group"), wide.xs("others", level="group")
    before, after = inside[BEFORE].median(), inside[end].median()
    region_move, peer_move = moves(inside, end).mean(), moves(others, end).mean()
    return {"level": 2 - abs(after - before), "peers": peer_move - region_move, "calm": calm_margin(spread(last_month)),
            "median_before": before, "median_end": after, "region_move": region_move, "peer_move": peer_move}


def lengths():
    """Length of value-chain production (backward) of the economies that have it, by year, in stages.

    Returns
    -------
    pandas.DataFrame
        Countries by year.
    """
    frame = load("adb_lengths").query("detail == 0 and country != 'OTHER'")
    return frame.pivot(index="country", columns="year", values="chain_length_backward")


def in_lengths():
    """Economies of the region whose lengths are published.

    Examples
    --------
    >>> "VNM" in in_lengths(), "CHN" in in_lengths()
    (True, False)
    """
    held = set(load("adb_lengths")["country"])
    return [code for code in region() if code in held]


def alternatives():
    """Other shares, windows, peers and reporters; the value is the margin by which a count holds, in points."""
    rows = []
    eu = set(members("EU", 2021))
    for share, text in SHARES.items():
        wide = participation(share)
        inside, others = wide.xs("region", level="group"), wide.xs("others", level="group")
        for end in (2020, 2021, 2022):
            rows.append({"count": "level", "measure": text, "against": f"itself in {BEFORE}", "end": end,
                         "value": 2 - abs(inside[end].median() - inside[BEFORE].median())})
            peers = {"all other economies": others, "EU members": others[others.index.isin(eu)]}
            rows += [{"count": "peers", "measure": text, "against": name, "end": end,
                      "value": moves(frame, end).mean() - moves(inside, end).mean()} for name, frame in peers.items()]
    for last in (ARTICLE_MONTH, "2022-12"):
        rises = spread(last)
        rows += [{"count": "calm", "measure": f"months of {NAMES[reporter]}", "against": f"trade with {peer}",
                  "end": int(last[:4]), "value": calm_margin(rises, reporter, peer)}
                 for reporter in PARTNERS for peer in ("USA", "EU")]
    return count_ways(rows, lambda value: value >= 0)


def stable_chains(claim):
    """Evidence and verdict of C08."""
    then, now = counts(2020, ARTICLE_MONTH), counts(2022, "2022-12")
    names = ("level", "peers", "calm")
    verdicts = [decide_stability([found[name] >= 0 for name in names]) for found in (then, now)]
    table, rises = alternatives(), spread()
    china = participation().xs("China", level="group").iloc[0]
    adb, months = ("ADB72_GVCP",), ("SG_SINGSTAT", "KR_CUSTOMS_LOC")
    evidence = [
        *(Evidence(f"participation of the region's median economy, {year}", value, "%", sources=adb, vintage="mid-2023",
                   call="claims.chain_stability.counts(...)")
          for year, value in ((BEFORE, now["median_before"]), (2020, then["median_end"]), (2022, now["median_end"]))),
        *(Evidence(f"participation of China, {year}", china[year], "%", sources=adb, vintage="mid-2023",
                   call="claims.chain_stability.participation()") for year in (BEFORE, 2022)),
        *(Evidence(f"mean yearly move of participation {BEFORE}-2022, {name}", now[key], "points", sources=adb,
                   vintage="mid-2023", call="claims.chain_stability.counts(2022, '2022-12')")
          for name, key in (("region", "region_move"), ("others", "peer_move"))),
        *(Evidence(f"rise of the spread of monthly growth, {NAMES[r.reporter]}, with {r.partner}", r.rise, "points",
                   sources=(PARTNERS[r.reporter][0],), vintage="latest", call="claims.chain_stability.spread()")
          for r in rises.itertuples()),
        Evidence("spread rose less with China than with the US and the EU, as of the article", then["calm"], "points",
                 sources=months, vintage="latest", call="claims.chain_stability.counts(2020, '2021-11')"),
        Evidence("spread rose less with China than with the US and the EU, to 2022", now["calm"], "points",
                 sources=months, vintage="latest", call="claims.chain_stability.counts(2022, '2022-12')"),
    ]
    why = (f"From {BEFORE} to 2022 the region's median participation went from {now['median_before']:.1f} to "
           f"{now['median_end']:.1f} %; its economies moved {now['region_move']:.1f} points a year, others "
           f"{now['peer_move']:.1f}. The spread of monthly growth rose {abs(now['calm']):.1f} points "
           f"{'less' if now['calm'] >= 0 else 'more'} with China than with the US and the EU. What China did for it "
           f"is not identified. {held_text(table)} alternatives agree.")
    return Verdict(claim, *verdicts, why, tuple(evidence), table)

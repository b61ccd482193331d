"""What figures must be before they enter the store: whole, in one unit, adding up, and of the size of those before."""

import numpy as np
import pandas as pd

from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.sources import store
from trade_lib.sources.publisher import KEY

GROWTH_GAP = 5.0  # points that printed growth may lie off the levels held: revised bases reach 3, another currency 5
LARGE = 1e8  # units of currency: a flow this large does not grow tenfold from one month to the next
POWER = 0.15  # how close to a whole number the logarithm of a change of unit lies, growth of 40 % allowed for
RECENT_JOIN = 12  # months in which a publisher may not count a new member yet
BLOCS = ("ASEAN", "EU")
PARTS = {"ASIA", "AFRICA", "EUROPE", "LATIN_AMERICA", "NORTH_AMERICA", "OCEANIA", "UNSPECIFIED"}  # of the world


def check_media(answer, kinds):
    """Raise for a page in place of data, or a kind of file that is not the one asked for.
    """
    start = answer.content[:200].lstrip().lower()
    page = start.startswith((b"<!doctype html", b"<html"))
    if page and "text/html" not in kinds:
        raise TradeDataError("a page (HTML) in place of data", file=answer.address, value=answer.media,
                             expected=kinds[0])
    if answer.media and answer.media not in kinds:
        raise TradeDataError("another kind of file than was asked for", file=answer.address, value=answer.media,
                             expected=kinds[0])
    if not answer.content.strip():
        raise TradeDataError("an empty answer", file=answer.address, expected=kinds[0])


def check(figures, held, address):
    """Checks that need no knowledge of the publisher: rows, numbers, each figure once, no jump of the unit.

    `held` are the figures of the same source in the store, newest vintage.
    """
    if figures.empty:
        raise TradeDataError("no figures in an answer that should have some", file=address, expected="figures")
    if not np.isfinite(figures["value"]).all():
        raise TradeDataError("not a finite number", file=address, column="value")
    negative = figures["flow"].isin(["export", "import", "total"]) & (figures["value"] < 0)
    if negative.any():
        raise TradeDataError("negative trade", file=address, column="value",
                             value=float(figures.loc[negative, "value"].iloc[0]), expected=">= 0")
    key = [name for name in KEY if name in figures]
    twice = store.number(figures, key).duplicated(keep=False)
    if twice.any():
        first = figures[twice].iloc[0]
        raise TradeDataError(f"{int(twice.sum())} figures for the same thing: parts and totals in one answer?",
                             file=address, value=" ".join(str(first[name]) for name in key if first[name]),
                             expected="each figure once")
    _check_jumps(figures, held, address)


def _check_jumps(figures, held, address):
    """Figures ten, a hundred, a thousand times (or a part) of those before: a vintage earlier, or a period earlier.

    The median of all series decides. From one period to the next only large flows are compared, as small ones do jump.
    """
    both = figures.assign(new=True)
    if len(held):
        both = pd.concat([held.assign(new=False)[list(both)], both], ignore_index=True)
    both = both[both["value"] > 0]
    both = pd.DataFrame({"series": store.number(both, [name for name in KEY[1:] if name != "period"]),
                         "period": both["period"].astype(str).astype("category"), "value": both["value"],
                         "new": both["new"], "flow": both["flow"].ne("")})
    both = both.sort_values(["series", "period", "new"], ignore_index=True)  # categories are in the order of time
    before = both.shift()
    logs = np.log10(both["value"] / before["value"])
    again = both["series"].eq(before["series"]) & both["period"].eq(before["period"])
    found = {"than in the vintage before": logs[again].median()}
    both = both[~again.shift(-1, fill_value=False)]
    before = both.shift()
    steps = (both["series"].eq(before["series"]) & both["flow"] & (both["new"] | before["new"].eq(True))
             & (np.maximum(both["value"], before["value"]) >= LARGE))
    logs = np.log10(both["value"] / before["value"])[steps]
    medians = logs.groupby(both.loc[steps, "period"], observed=True).median()
    found |= {f"in {period} than in the period before": median for period, median in medians.items()}
    for when, median in found.items():
        if abs(median) > 0.5 and abs(median - round(median)) < POWER:
            raise TradeDataError(f"figures {float(f'{10 ** median:.2g}'):g} times as large {when}: another unit?",
                                 file=address, expected="the unit of the figures held")


def third_of_three(three):
    """Exports, imports and total with a cell that could not be read computed from the other two, and that in words."""
    three = three.copy()
    lone = three.isna().sum(axis=1) == 1
    for name, others in (("export", "import"), ("import", "export")):
        fill = lone & three[name].isna()
        three.loc[fill, name] = three.loc[fill, "total"] - three.loc[fill, others]
    fill = lone & three["total"].isna()
    three.loc[fill, "total"] = three.loc[fill, "export"] + three.loc[fill, "import"]
    return three, ([f"computed from the other two of exports, imports and total: {', '.join(three.index[lone])}"]
                   if lone.any() else [])


def adds_up(three, step, address):
    """Raise where exports and imports are not the total, beyond the rounding of three printed numbers."""
    gap = (three["export"] + three["import"] - three["total"]).abs()
    bad = gap > 1.5 * step + 1e-6
    if bad.any():
        name = gap[bad].idxmax()
        raise TradeDataError("exports and imports do not add up to the total", file=address, row=name,
                             value=[float(v) for v in three.loc[name].iloc[:3]] if three.index.is_unique else None,
                             expected="total = exports + imports")


def members_sum(three, areas, period, step, address):
    """Raise where a bloc is not the sum of its members, or the world that of the continents, if all are on the page.

    A member that joined within the last year may be in or out; Antarctica may stand under a continent or by itself.
    """
    table = load("group_members")
    month = pd.Period(period, "M")
    by_area = three.groupby(pd.Series(areas, three.index), sort=False).sum()
    sums = {"WORLD": [PARTS, PARTS | {"ATA"}]}
    for bloc in BLOCS:
        inside = table[(table["group"] == bloc) & (table["from"] <= month) & ~(table["to"] < month)]
        sums[bloc] = [set(inside["iso3"]), set(inside.loc[inside["from"] <= month - RECENT_JOIN, "iso3"])]
    for whole, choices in sums.items():
        choices = [parts for parts in choices if parts <= set(by_area.index)]
        if whole not in by_area.index or not choices or whole in BLOCS and len(choices) < 2:
            continue
        gap = min((by_area.loc[sorted(parts)].sum() - by_area.loc[whole]).abs().max() for parts in choices)
        if gap > step * (min(map(len, choices)) + 1):
            raise TradeDataError(f"{'members' if whole in BLOCS else 'continents'} do not add up", file=address,
                                 row=whole, value=float(gap), expected="the whole as the sum of its parts")


def growth_agrees(three, rates, areas, address):
    """Raise where printed growth of exports, imports and total cannot be true together, for the world and the blocs."""
    if set(rates) != {"total", "export", "import"}:
        return
    earlier = three[list(rates)] / (1 + rates / 100)
    doubt = (earlier * 0.05 / 100 / (1 + rates / 100)).sum(axis=1)  # growth is printed to a tenth of a point
    gap = (earlier["export"] + earlier["import"] - earlier["total"]).abs()
    large = pd.Series(areas, three.index).isin(["WORLD", *BLOCS])
    bad = large.to_numpy() & (gap > 3 * doubt + 1e-3 * earlier["total"]).to_numpy()
    if bad.any():
        raise TradeDataError("growth of exports, imports and total do not go together", file=address,
                             row=three.index[bad.argmax()], value=[float(v) for v in rates[bad].iloc[0]],
                             expected="rates that belong to these levels")


def growth_matches(figures, held, address):
    """Raise where printed growth of the world is off the levels held for the year before: another currency or month."""
    texts = dict.fromkeys(KEY[1:], object)
    world = figures[(figures["partner"] == "WORLD") & figures["yoy_pct"].notna()].astype(texts)
    world = world[world["window"].isin(["month", "ytd"])]
    if world.empty or held.empty:
        return
    before = world.assign(period=(pd.PeriodIndex(world["period"], freq="M") - 12).astype(str), growth=world["yoy_pct"])
    both = before.merge(held[held["partner"] == "WORLD"].astype(texts), on=KEY[1:], suffixes=("", "_held"))
    computed = 100 * (both["value"] / both["value_held"] - 1)
    off = (computed - both["growth"]).abs() > GROWTH_GAP
    if off.any():
        row = both[off].iloc[0]
        raise TradeDataError("printed growth is not that of the levels held", file=address, row=f"WORLD {row['flow']}",
                             value=float(row["growth"]), expected=f"about {computed[off].iloc[0]:.1f} %")

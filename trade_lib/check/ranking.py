"""Ranks and world shares: every partner of a reporter by source, blocs as one among countries, or countries alone."""

from functools import lru_cache

import pandas as pd

from trade_lib.check.decide import rules
from trade_lib.check.find import RECONCILED, Figure, reconciled_figure, reconciled_source, released, releases
from trade_lib.check.flows import MEMBERS_AT_HAND, Flows, same_area
from trade_lib.check.products import scope_of
from trade_lib.data.areas import areas, group_members
from trade_lib.data.attributes import attributes, public_day
from trade_lib.data.releases import CUSTOMS

MARGIN = 1.5  # how much more than the partner ranked one that was not printed may have grown since its last full year
SELLER = {"export": "exporter", "import": "importer"}  # the side that books a flow
BLOCS = ("ASEAN", "EU")  # what customs offices and the press rank as one partner


def ranks(flows: Flows, s, date: str | None) -> list[Figure]:
    """The partner's rank by source and way of ranking, as figures; whole windows that a source has for all partners."""
    if scope_of(s) != "goods":
        return []
    if s.among == "world":
        return world_rank(flows, s, date)
    made = []
    for (source, side, own), values in table(flows, s, s.start, s.end).items():
        about = attributes(source, s.reporter)
        public = public_day(s.end, about["lag_days"])
        if date is not None and public > date or s.end > about["complete_to"]:
            continue
        for way, among in _ways(s, values).items():
            if s.partner in among and len(among) >= rules()["rank"]["fewest_partners"]:
                rank = float(1 + sum(v > among[s.partner] for v in among.values()))
                vintage = flows.vintages.get(source, "given by the user")
                made.append(Figure(rank, f"rank among {len(among)}", source, side, vintage, own, public=public,
                                   derived=way))
    return made


def table(flows: Flows, s, start: str, end: str) -> dict:
    """Values of all areas that trade with the reporter over a window: {(source, side, own): {area: value}}."""
    key = ("ranking", s.reporter, s.flow, start, end, s.end)
    return flows.remember(key, lambda: {**_reported(flows, s, start, end), **_reconciled(flows, s, start, end),
                                        **_released(flows, s, start, end)})


def _reported(flows, s, start, end):
    """The reporter's own levels with every area by source: tables, and what was printed where a few partners do."""
    wanted, tables = ("export", "import") if s.flow == "total" else (s.flow,), {}
    code = same_area(s.reporter, s.end)[-1]
    by_flow = [flows.by_partner(code, flow, start, end) for flow in wanted]
    for name in set.intersection(*(set(one) for one in by_flow)):
        about = attributes(name, s.reporter)
        if about["adjustment"] == "none" and end <= about["complete_to"]:
            held = [one[name] for one in by_flow]
            values = {code: sum(one[code] for one in held) for code in held[0] if all(code in one for one in held)}
            own = about["side"] != RECONCILED
            tables[name, s.reporter if own else RECONCILED, own] = _with_blocs(values, s, about["blocs"])
    return tables


def _released(flows, s, start, end):
    """What the reporter printed for a window, for all partners printed; others as in their last full year.

    The others are scaled by the partner asked for and take part with a margin above: what they may have grown to.
    Without a full year of all partners, or where one of them could pass the partner, there is no ranking.
    """
    table = releases(flows, s)
    printed = max(({code: figures[0].value for code in table.partners(s.reporter, start, end)
                    if (figures := released(table, s.reporter, code, s.flow, currency, start, end))}
                   for currency in ("USD", "CNY")), key=lambda one: (s.partner in one, len(one)))
    values = next((full for year in range(int(end[:4]) - 1, int(end[:4]) - 4, -1)
                   if len(full := _full_year(flows, s, year)) >= rules()["rank"]["fewest_partners"]), {})
    if s.partner not in printed or s.partner not in values:
        return {}
    scale = printed[s.partner] / values[s.partner]
    rest = {code: MARGIN * v * scale for code, v in values.items() if code not in printed and code != "WORLD"}
    blocs = {code for bloc in BLOCS if bloc in printed for code in group_members(bloc, s.end)}
    rivals = {code for code in rest if (_kinds()[code] == "country" or code in BLOCS) and code not in blocs}
    if any(rest[code] >= printed[s.partner] for code in rivals):
        return {}
    return {(CUSTOMS, s.reporter, True): {**{c: v for c, v in rest.items() if c not in blocs}, **printed}}


def _full_year(flows, s, year):
    """The reporter's own levels with every area in a year, from the source that has most of them."""
    tables = _reported(flows, s, f"{year}-01", f"{year}-12")
    return max((values for (*_, own), values in tables.items() if own), key=len, default={})


def _with_blocs(values, s, known=frozenset()):
    """Values by area, without the reporter's own members, with the blocs of the day as sums of their members."""
    inside = set(group_members(s.reporter, s.end)) | {s.reporter}
    values = {code: v for code, v in values.items() if code not in inside}
    for bloc in {*BLOCS, s.partner}:
        members = group_members(bloc, s.end)
        held = [values[code] for code in members if code in values]
        if members and bloc not in known and bloc != s.reporter:
            values.pop(bloc, None)
            if len(held) >= MEMBERS_AT_HAND * len(members):
                values[bloc] = sum(held)
    return values


def _reconciled(flows, s, start, end):
    """Reconciled trade of the reporter (a group's members together) with every area."""
    if (start[5:], end[5:]) != ("01", "12"):
        return {}
    ours = group_members(s.reporter, s.end) or (s.reporter,)
    years = range(int(start[:4]), int(end[:4]) + 1)
    rows, total = flows.world, None
    rows = rows[rows["year"].isin(years)]
    if rows["year"].nunique() < len(years):
        return {}
    for flow, (mine, theirs) in {"export": ("exporter", "importer"), "import": ("importer", "exporter")}.items():
        if s.flow in (flow, "total"):
            sums = rows[rows[mine].isin(ours)].groupby(theirs, observed=True)["value"].sum()
            total = sums if total is None else total.add(sums, fill_value=0)
    return {(reconciled_source(end), RECONCILED, False): _with_blocs(total.to_dict(), s)}


@lru_cache(maxsize=1)
def _kinds():
    return areas()["kind"].to_dict()


def _ways(s, values):
    """The lists to rank in: with blocs as one, and countries alone; a group among the countries outside it."""
    kinds = _kinds()
    countries = {code: v for code, v in values.items() if kinds.get(code) == "country"}
    inside = {code: bloc for bloc in BLOCS for code in group_members(bloc, s.end) if bloc in values}
    blocs = {code: v for code, v in countries.items() if code not in inside or code == s.partner}
    blocs |= {bloc: values[bloc] for bloc in BLOCS if bloc in values and inside.get(s.partner) != bloc}
    if kinds[s.partner] == "country":
        return {"with blocs as one": blocs, "countries alone": countries}
    members = group_members(s.partner, s.end)
    alone = {code: v for code, v in countries.items() if code not in members}
    blocs = {code: v for code, v in blocs.items() if code not in members}
    return {"with blocs as one": blocs | {s.partner: values[s.partner]}, "among countries": alone |
            {s.partner: values[s.partner]}} if s.partner in values else {}


def _world(flows, s):
    """What every economy sells, buys or both in a year of reconciled trade: {economy: US$}."""
    def read():
        rows = flows.world[flows.world["year"] == int(s.end[:4])]
        sums = [rows.groupby(side, observed=True)["value"].sum() for flow, side in SELLER.items()
                if s.flow in (flow, "total")]
        return pd.concat(sums).groupby(level=0, observed=True).sum().to_dict()

    return flows.remember(("world", s.flow, s.end[:4]), read)


def _of_world(flows, s, date, value, unit, error):
    if value is None or (s.start[5:], s.end[5:]) != ("01", "12"):
        return []
    figure = reconciled_figure(flows, s, s.end, value, unit, error * value)
    return [figure] if date is None or figure.public <= date else []


def world_share(flows: Flows, s, date: str | None) -> list[Figure]:
    """The reporter's part of world trade in per cent, from reconciled trade of whole years."""
    values = _world(flows, s)
    mine = values.get(s.reporter)
    return _of_world(flows, s, date, mine and 100 * mine / sum(values.values()), "pct", 0.015)


def world_rank(flows: Flows, s, date: str | None) -> list[Figure]:
    """The reporter's rank among the world's exporters, importers or traders, from reconciled trade of whole years."""
    values = _world(flows, s)
    mine = values.get(s.reporter)
    rank = mine and float(1 + sum(v > mine for v in values.values()))
    return _of_world(flows, s, date, rank, f"rank among {len(values)}", 0.0)


def top_count(flows: Flows, s) -> float | None:
    """For how many economies the reporter is among the `top` largest partners, in reconciled trade of a year."""
    def count():
        rows = flows.world[flows.world["year"] == int(s.end[:4])]
        if rows.empty:
            return None
        both = []
        for flow, (mine, theirs) in {"import": ("exporter", "importer"), "export": ("importer", "exporter")}.items():
            if s.flow in (flow, "total"):  # the reporter's export is its partner's import
                both.append(rows.rename(columns={mine: "partner", theirs: "economy"})[["economy", "partner", "value"]])
        sums = pd.concat(both).groupby(["economy", "partner"], observed=True)["value"].sum()
        place = sums.groupby("economy", observed=True).rank(ascending=False, method="min")
        mine = place[place.index.get_level_values("partner") == s.reporter]
        return float((mine <= s.top).sum())

    return flows.remember(("count", s.reporter, s.flow, s.end[:4], s.top), count)

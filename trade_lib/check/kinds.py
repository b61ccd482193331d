"""How each kind of claim is recomputed: readings, verdict then and now, and a sentence made from the numbers."""

from dataclasses import replace

from trade_lib.check import decide as rules
from trade_lib.check import find as b
from trade_lib.check.decide import answer
from trade_lib.check.forecasts import forecast
from trade_lib.check.records import record
from trade_lib.check.verdicts import CAVEATS, NOT_TESTABLE, SUPPORTED
from trade_lib.data import areas

_OTHER = {"USD": "CNY", "CNY": "USD"}
BLOCS = ("ASEAN", "EU")  # groups that China's customs publish as one partner, and that are ranked so
FEWEST_PARTNERS = 20  # fewer make no ranking


def number(claim_kind):
    """The function that checks growth, levels or shares."""
    find = {"growth": _growth, "level": _level, "share": _share}[claim_kind]

    def check(books, claim, date):
        then, now = find(books, claim, date, "first"), find(books, claim, None, "latest")
        scale = _both_flows(books, claim)
        verdict = NOT_TESTABLE if claim.end >= date[:7] else _decide(claim, then, scale)
        readings = then if verdict != NOT_TESTABLE else now
        near = nearest(claim, readings)
        return answer(verdict, _decide(claim, now, scale), readings, near and near["value"] - claim.number,
                      _sentence(claim, readings, near, date), _missing(claim, then, readings, verdict, date))

    return check


def nearest(claim, readings):
    """The reading of the reporter's books nearest to what is stated, beyond what rounding leaves open.

    The nearest of all where the reporter's books are not at hand.
    """
    def off(r):
        gap = abs(r["value"] - claim.number)
        return max(0.0, gap - claim.step / 2 - r["step"] / 2), gap

    return min([r for r in readings if r["own"]] or readings, key=off, default=None)


def _decide(claim, readings, scale):
    own = [r["value"] for r in readings if r["own"]]
    other = [r["value"] for r in readings if not r["own"]]
    near = nearest(claim, readings)
    tolerance = claim.step / 2 + (near["step"] / 2 if near else 0)
    return rules.decide_number(claim.kind, claim.number, tolerance, own, other, claim.relation, scale,
                               bool(near and near["derived"]))


def _both_flows(books, claim):
    """Exports and imports together, which a balance is measured by; None for other flows."""
    if claim.flow != "balance" or claim.kind != "level":
        return None
    whole = _level(books, replace(claim, flow="total"), None, "latest")
    return max((r["value"] for r in whole if r["own"]), default=max((r["value"] for r in whole), default=None))


def record_and_level(books, claim, date):
    """A record, and where a number is stated with it that number as a level; the weaker verdict counts."""
    found = record(books, claim, date)
    if claim.number is None:
        return found
    level = number("level")(books, replace(claim, kind="level"), date)
    verdicts = [rules.weaker(found[name], level[name]) for name in ("verdict", "verdict_now")]
    more = [r for r in level["readings"] if r not in found["readings"]]
    return answer(*verdicts, found["readings"] + more, level["difference"],
                  f"{found['explanation']} {level['explanation']}", found["missing"] or level["missing"])


def _level(books, claim, as_of, vintage):
    span = (claim.start, claim.end)
    rows = b.printed_levels(books, claim, *span, claim.currency, as_of, vintage)
    rows += b.table_levels(books, claim.reporter, claim.partner, claim.flow, *span, claim.currency)
    return rows + b.reconciled_level(books, claim.reporter, claim.partner, claim.flow, *span, claim.currency)


def _before(month):
    return f"{int(month[:4]) - 1}{month[4:]}"


def _growth(books, claim, as_of, vintage):
    """Rates over the same window a year earlier: printed, and of each table on its own (bases are never mixed)."""
    other = _OTHER.get(claim.currency)
    rows = b.printed_growth(books, claim, claim.start, claim.end, claim.currency, as_of, vintage)
    if other:
        rows += [{**r, "own": False, "unit": f"pct, in {other}"} for r in
                 b.printed_growth(books, claim, claim.start, claim.end, other, as_of, vintage)]
    key = (claim.reporter, claim.partner, claim.flow)
    for levels in (b.table_levels, b.reconciled_level):
        now = levels(books, *key, claim.start, claim.end, claim.currency)
        base = {(r["source_id"].split("_")[0] if levels is b.reconciled_level else r["source_id"], r["own"]): r["value"]
                for r in levels(books, *key, _before(claim.start), _before(claim.end), claim.currency)}
        for r in now:
            name = (r["source_id"].split("_")[0] if levels is b.reconciled_level else r["source_id"], r["own"])
            if base.get(name, 0) > 0 and r["value"] > 0:
                rows.append({**r, "value": 100 * (r["value"] / base[name] - 1), "unit": "pct"})
    return rows


def _share(books, claim, as_of, vintage):
    """The partner's part of the reporter's trade with the world: both printed, or both in one table."""
    whole = replace(claim, partner="WORLD")
    part, world = _level(books, claim, as_of, vintage), _level(books, whole, as_of, vintage)
    rows = b.printed_share(books, claim, as_of, vintage)
    for p in (p for p in part if p["own"]):
        is_printed = p["vintage"].startswith("printed")
        match = [w for w in world if w["own"] and w["value"] > 0
                 and (_by_customs(w) if is_printed else w["source_id"] == p["source_id"])]
        for w in match[:1]:
            share = 100 * p["value"] / w["value"]
            step = share * (p["step"] / p["value"] + w["step"] / w["value"]) if is_printed else 0.0
            ids = f"{p['source_id']} + {w['source_id']}" if is_printed else p["source_id"]
            rows.append({**p, "value": share, "step": step, "unit": "pct", "source_id": ids})
    return rows


def _by_customs(reading):
    """Whether a level comes from China's customs: printed, or in their own table of totals."""
    return reading["vintage"].startswith("printed") or reading["source_id"].startswith("GACC")


def ranks(books, claim):
    """The partner's rank by table, as readings: whole years only; among blocs and the countries outside them."""
    key = ("ranking", claim.partner in BLOCS, claim.reporter, claim.flow, claim.start, claim.end)
    found = []
    for values in books.remember(key, lambda: _ranking(books, claim)).values():
        if claim.partner in values and len(values) >= FEWEST_PARTNERS:
            mine = values[claim.partner]
            rank = 1 + sum(r["value"] > mine["value"] for r in values.values())
            found.append({**mine, "value": float(rank), "unit": f"rank among {len(values)}"})
    return found


def _ranking(books, claim):
    """Levels of all partners by table: {source id: {partner: reading}}."""
    by_source = {}
    for code in _ranked(claim):
        if code == claim.reporter:
            continue
        rows = b.table_levels(books, claim.reporter, code, claim.flow, claim.start, claim.end, mirror=False)
        rows = [r for r in rows if r["own"]]
        rows += b.reconciled_level(books, claim.reporter, code, claim.flow, claim.start, claim.end)
        for r in rows:
            by_source.setdefault(r["source_id"], {})[code] = r
    return by_source


def _ranked(claim):
    countries = list(areas.areas("country").index)
    if claim.partner not in BLOCS:
        return countries
    inside = {code for bloc in BLOCS for code in b.group_members(bloc, claim.end)}
    return [*BLOCS, *(code for code in countries if code not in inside)]


def rank(books, claim, date):
    """A rank among the reporter's partners."""
    whole = claim.start[5:] == "01" and claim.end[5:] == "12"
    readings = ranks(books, claim) if whole else []
    verdict = rules.decide_rank(claim.number, [r["value"] for r in readings])
    then = NOT_TESTABLE if claim.end >= date[:7] else verdict
    if not readings:
        why = "a ranking of all partners needs whole years" if not whole else "no table ranks these partners then"
        return answer(then, verdict, [], None, f"Stated rank {claim.number:.0f}; {why}.",
                      "annual trade of the reporter with all its partners in these years")
    near = nearest(claim, readings)
    said = "; ".join(f"{r['value']:.0f} of {r['unit'].split()[-1]} ({r['source_id']})" for r in readings)
    return answer(then, verdict, readings, near["value"] - claim.number,
                  f"Stated rank {claim.number:.0f}; found {said}.")


def _sentence(claim, readings, near, date):
    unit = "%" if claim.kind != "level" else f"bn {claim.currency}"
    verb = {"equal": "", "above": "more than ", "below": "less than "}[claim.relation]
    printed = len(f"{claim.step:.6f}".rstrip("0").partition(".")[2])
    digits = max(1, printed)
    stated = f"Stated {verb}{claim.number:,.{printed}f} {unit}"
    late = f" (not over by {date})" if claim.end >= date[:7] else ""
    if near is None:
        return f"{stated}; no figure or table at hand covers {claim.start} to {claim.end}."
    rest = [f"{r['value']:,.{digits}f}{' in ' + r['unit'][-3:] if ', in' in r['unit'] else ''} "
            f"({r['side']}, {r['source_id']})" for r in readings if r is not near]
    more = f"; other readings: {', '.join(rest[:4])}" if rest else ""
    more += f" and {len(rest) - 4} more" if len(rest) > 4 else ""
    where = "nearest in the reporter's books" if near["own"] else "nearest, in other books"
    rounded = f" ± {near['step'] / 2:,.{digits}f}" if near["step"] > claim.step else ""
    found = f"{near['value']:,.{digits}f}{rounded} {unit} ({near['source_id']}, {near['vintage']})"
    return f"{stated}{late}; {where}: {found}{more}."


def _missing(claim, then, readings, verdict, date):
    gaps = [f"a figure that was out by {date}"] if readings and not then else []
    own = [r for r in readings if r["own"]]
    if not own:
        gaps.append(f"the books of {claim.reporter} in {claim.currency}")
    elif verdict not in (SUPPORTED, CAVEATS) and not any(r["vintage"].startswith("printed") for r in own):
        gaps.append(f"the figure as {claim.reporter} first published it (the tables hold later vintages)")
    if claim.partner != "WORLD" and claim.kind != "share" and not any(r["side"] == claim.partner for r in readings):
        group = areas.areas().loc[claim.partner, "kind"] == "group"
        gaps.append(f"the books of {claim.partner}{chr(39) + 's members' if group else ''}")
    return "; ".join(gaps)


KINDS = {"growth": number("growth"), "level": number("level"), "share": number("share"), "rank": rank,
         "record": record_and_level, "forecast": forecast}

"""What each source's figures are: adjustment, valuation, trade system, blocs, when public, how far usually revised."""

from datetime import date, timedelta
from functools import lru_cache
from itertools import product

from trade_lib.data.tables import load

ANY = "any"
HORIZONS = (("to 12 months", 12), ("13 to 48 months", 48), ("later", 100_000))
GIVEN = {"publisher": "your own table", "side": "reporter", "adjustment": "none", "export_valuation": "",
         "import_valuation": "", "trade_system": "", "blocs": frozenset(), "lag_days": 0, "vintage_month": "",
         "complete_to": "9999-12", "other_basis": "", "basis": "", "given": True}


@lru_cache(maxsize=1)
def _table():
    rows = load("source_attributes").to_dict("records")
    rows = [{name: "" if value is None or value != value else value for name, value in row.items()} for row in rows]
    return {(row["source"], row["reporter"]): {
        **row, "blocs": frozenset(row["blocs"].split()), "complete_to": str(row["complete_to"] or "9999-12"),
        "vintage_month": str(row["vintage_month"]), "given": False} for row in rows}


@lru_cache(maxsize=1)
def _revisions():
    table = load("source_revisions").set_index(["source", "measure", "partner", "horizon"])["p95"]
    return table.to_dict(), set(load("group_members")["group"])


@lru_cache(maxsize=4096)
def attributes(source: str, reporter: str = ANY) -> dict:
    """The attributes of a source, or of one reporter in it where they differ; a table of one's own has the plainest.

    >>> attributes("CN_SLBDD_FRED")["adjustment"]
    'seasonal'
    """
    name = source.split(" (")[0]
    held = None if "(given)" in source else _table().get((name, reporter)) or _table().get((name, ANY))
    return held or GIVEN


@lru_cache(maxsize=65536)
def usual_revision(source: str, measure: str, end: str, reporter: str = ANY, partner: str = "WORLD") -> float:
    """How far a figure has usually been revised when it is as old as the source's vintage (95th percentile).

    In per cent of a level, of both flows for a balance, in points of growth. Measured by kind of partner (the world, a
    country, a group), source and age, from all of them where one has too few comparisons. 0 for a table of one's own.

    >>> 0 < usual_revision("GACC_HGJCK", "growth", "2021-11") < 2
    True
    """
    about, (held, groups) = attributes(source, reporter), _revisions()
    if about["given"]:
        return 0.0
    vintage = about["vintage_month"] or end
    age = (int(vintage[:4]) - int(end[:4])) * 12 + int(vintage[5:7]) - int(end[5:7])
    horizon = next(name for name, months in HORIZONS if age <= months)
    partners = ("world",) if partner == "WORLD" else ("group" if "+" in partner or partner in groups else "country",
                                                      "others")
    keys = product((*partners, ANY), (source.split(" (")[0], "all"), (horizon, ANY))
    return next(held[name, measure, who, h] for who, name, h in keys if (name, measure, who, h) in held)


@lru_cache(maxsize=65536)
def public_day(month: str, lag: int) -> str:
    """The day since which a figure for a period ending in a month is public: a lag in days after its last day.

    >>> public_day("2021-11", 9)
    '2021-12-09'
    """
    year, number = int(month[:4]), int(month[5:7])
    last = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    return (last + timedelta(days=int(lag))).isoformat()

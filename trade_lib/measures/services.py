"""Trade in services: by partner and item, and its digitally deliverable part. Values in US$ a year."""

import pandas as pd

from trade_lib.data import areas, validate
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError


def items():
    """Items of services trade: name, whether a main item or a sum of them, whether digitally deliverable.

    >>> items().loc["SD", "name"]
    'Travel'
    """
    return load("services_items").set_index("item")


def by_partner(partner: str, flow="total", item: str = "S", without: tuple[str, ...] = ()) -> pd.Series:
    """China's services trade with a country, a group or the world, by year (OECD-WTO balanced values, 2005-2019).

    A group is the sum of the same members in every year, those of the last year.

    ``partner``: ISO3 code, ``WORLD``, or a group of `trade_lib.data.areas.groups`. ``flow``: as China books it.
    ``item``: an item of `items`, or ``digital`` for the sum of the digitally deliverable main items. ``without``:
    members left out on purpose, for example one without data. Returns US$ by year; ``attrs["members"]`` holds who is in
    it.

    >>> (by_partner("ASEAN", "export").loc[[2005, 2019]] / 1e9).round(1).tolist()
    [5.8, 28.5]
    """
    table, known = load("services_partners"), items()
    for name, value in (("partner", partner), ("item", item)):
        if not isinstance(value, str):
            raise TradeDataError(f"{name} is not a code", column=name, value=value, expected="text")
    if flow not in ("export", "import", "total"):
        raise TradeDataError("unknown flow", column="flow", value=flow, expected="export, import or total")
    wanted = known.index[known["digital"]].tolist() if item == "digital" else [item]
    if item != "digital" and item not in known.index:
        raise TradeDataError("no such item", column="item", value=item, expected=f"digital or {', '.join(known.index)}")
    years = sorted(table["year"].unique())
    group = partner in areas.groups()
    everyone = areas.members(partner, years[-1]) if group else [partner]
    if not isinstance(without, tuple | list) or not set(without) < set(everyone):
        raise TradeDataError("cannot be left out", column="without", value=without,
                             expected=f"a tuple of some of {', '.join(everyone[:6])}")
    who = [c for c in everyone if c not in without]
    held = table[table["partner"].isin(who) & table["item"].isin(wanted)]
    held = held[held["flow"].eq(flow)] if flow != "total" else held
    present = held.groupby("year")["partner"].agg(set).reindex(years)
    for year, codes in present.items():
        missing = sorted(set(who) - (codes if isinstance(codes, set) else set()))
        if missing:
            message = f"members of {partner} are not the same in all years" if group else "no services trade shipped"
            raise TradeDataError(message, file="services_partners", row=str(year), column="partner", value=missing[0],
                                 expected="a value each year; leave it out with without=" if group else "a partner")
    values = held.groupby("year")["value"].sum().astype(float)
    values.attrs = {"members": who}
    return values


def digital_share(partner, flow="total", without=()):
    """Share of digitally deliverable services in all services with a partner, by year.

    >>> round(float(digital_share("WORLD", "export")[2019]), 2)
    0.42
    """
    return by_partner(partner, flow, "digital", without) / by_partner(partner, flow, "S", without)


def digital_total(reporter, flow="total"):
    """An economy's digitally deliverable services with the whole world, by year (UNCTAD, 2010-2023).

    Not to be joined to `by_partner`: for China the two sources differ by a quarter.

    >>> (digital_total("CHN", "export").loc[[2019, 2021, 2023]] / 1e9).round(1).tolist()
    [140.8, 191.3, 216.3]
    """
    table = load("digital_services")
    wanted = ["export", "import"] if flow == "total" else [flow]
    wide = table[table["reporter"] == str(reporter)].pivot(index="year", columns="flow", values="value")
    if not set(map(str, wanted)) <= set(wide.columns):
        raise TradeDataError("no digitally deliverable services of this economy and flow", file="digital_services",
                             value=(reporter, flow), expected="an ISO3 code or WORLD; export, import or total")
    return wide[wanted].dropna().sum(axis=1)


def growth(values, start, end):
    """Growth between two years in per cent, and the same a year.

    .. math:: 100 (v_1 / v_0 - 1), \\qquad 100 ((v_1 / v_0)^{1 / n} - 1)

    >>> growth(pd.Series({2019: 100.0, 2021: 121.0}), 2019, 2021).round(1).to_dict()
    {'total': 21.0, 'yearly': 10.0}
    """
    for year in (start, end):
        if year not in values.index:
            raise TradeDataError("no value for the year", row=str(year), value=year,
                                 expected=f"{values.index.min()} to {values.index.max()}")
    years = validate.number(end - start, "years between start and end", above=0)
    held = validate.numbers(values.loc[[start, end]], lowest=0)
    ratio = held[end] / validate.number(held[start], str(start), above=0)
    return pd.Series({"total": 100 * (ratio - 1), "yearly": 100 * (ratio ** (1 / years) - 1)})

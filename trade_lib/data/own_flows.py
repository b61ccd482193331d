"""A table of one's own as flows: whose, with whom, which way, in what currency: as its columns or its owner say."""

import re
from pathlib import Path

import pandas as pd

from trade_lib.data.downloads import currencies_of, flow_of, read_download
from trade_lib.data.grids import first_line
from trade_lib.data.ranges import check_plausible
from trade_lib.data.tables import check, flow_schema, read_table
from trade_lib.errors import TradeDataError
from trade_lib.sources.names import to_area

ALL_PRODUCTS = {"total", "all commodities", "all products", "ag", "0"}


def read_own_flows(path: str | Path, reporter: str | None = None, partner: str | None = None, flow: str | None = None,
                   products: bool = False, **options) -> tuple[pd.DataFrame, list[str]]:
    """A downloaded file in the long flow schema of the package, and in words what was understood.

    Areas and flows come from the file's columns, or from the arguments where it has none; figures of one product are
    no figures of all trade and are refused, or with `products` given with a further column ``item``.
    """
    download, file = read_download(path, **options), Path(path).name
    currency, scale = download.unit
    if currency is None:
        raise TradeDataError("the file does not say its currency and scale", file=file,
                             expected="--unit usd, usd_th, usd_mn or usd_bn")
    if download.season == 4 and not products:
        raise TradeDataError("quarters, where flows are months or years", file=file,
                             value=str(download.table["period"].iloc[0]))
    table, words = download.table, list(download.words)
    own = table["currency"].map({text: (currencies_of(text) or [currency])[0] for text in set(table["currency"])})
    if own.ne(currency).any():
        words.append(f"left out, in another currency: {int(own.ne(currency).sum())} figures")
    table = table[own == currency]
    whole = table["product"].isna() | table["product"].str.casefold().isin(ALL_PRODUCTS)
    if not whole.any() and not products:
        raise TradeDataError("figures of single products, not of all trade", file=file, column="product",
                             value=table["product"].iloc[0], expected="a total, such as TOTAL or All Commodities")
    table = table.assign(item=("HS " + table["product"].astype(str)).where(~whole, "TOTAL"))[whole | products]
    for role, given in (("reporter", reporter), ("partner", partner), ("flow", flow)):
        if given:
            table = table.assign(**{role: given})
        elif table[role].isna().any():
            raise TradeDataError(f"the file does not say the {role}", file=file, expected=f"--{role}")
    table = table.assign(flow=table["flow"].map(flow_of), source="OWN", unit=currency,
                         value=table["value"] * scale, period=table["period"].astype(str))
    for role in ("reporter", "partner"):
        known = table[role].map({text: _area(text) for text in dict.fromkeys(table[role])})
        if known.isna().any():
            words.append(f"left out, no area of this name: {', '.join(dict.fromkeys(table.loc[known.isna(), role]))}")
        table = table.assign(**{role: known})[known.notna()]
    other = table["flow"].isna()
    if other.any():
        words.append(f"left out, neither exports nor imports: {int(other.sum())} figures")
    if table[~other].empty:
        raise TradeDataError("no flow that can be used", file=file, value="; ".join(words)[-160:])
    columns = ["source", "reporter", "partner", "flow", "period", "value", "unit", *(["item"] if products else [])]
    return table.loc[~other, columns], words


def _area(text: str) -> str | None:
    """The area of a code or a name: whole, without "total", turned round at its comma, or what stands behind it."""
    plain = re.sub(r"['’]|\btotal\b", "", text, flags=re.I)
    head, _, rest = plain.partition(",")
    names = [text, plain, f"{rest} {head}" if rest else "", rest,
             head if re.search(r"rep|kingdom|the$|state", rest, re.I) else ""]
    codes = [to_area(text.upper(), "iso3"), to_area(text.upper(), "iso2") if len(text) == 2 else None]
    return next((area for area in [*codes, *map(to_area, filter(None, names))] if area), None)


def read_own_table(path: str | Path, **given) -> tuple[pd.DataFrame, list[str]]:
    """A table of one's own as flows: in the long flow schema as it is, else as `read_own_flows` understands it."""
    path = Path(path)
    if path.suffix == ".parquet" or path.suffix == ".csv" and "source" in first_line(path).split(","):
        return read_table(path), []
    flows, words = read_own_flows(path, **given)
    schema, checks = flow_schema(annual=len(flows["period"].iloc[0]) == 4)
    table = check(flows, schema, path.name)
    check_plausible(table, checks, path.name)
    return table, words

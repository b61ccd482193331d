"""Trade in products and in services: what the tables hold of them, as series and names that can be asked for."""

from functools import lru_cache

from trade_lib.check.flows import Flows, Series, both_flows, series_of
from trade_lib.check.statement import MASSES
from trade_lib.data.tables import load, rows_of
from trade_lib.errors import TradeDataError

# Plain names beside those of chapters (product_classes) and of services (services_items).
NAMES = {"chips": "8542", "semiconductors": "8542", "integrated circuits": "8542", "soybeans": "1201", "soya": "1201"}
KILOGRAMMES = "KG"
SERVICES = "services trade"  # how the printed figures call services


def scope_of(s) -> str:
    """What the printed figures call what a statement is about: goods, services, or a class of goods by its name."""
    return s.product if s.product else SERVICES if s.scope == "services" else "goods"


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Code of a product or service by its name in small letters."""
    chapters, services = load("product_classes"), load("services_items")
    chapters = chapters[chapters["scheme"] == "HS2"]
    return {**{name.lower(): f"{int(code):02d}" for name, code in zip(chapters["name"], chapters["code"], strict=True)},
            **{name.lower(): item for name, item in zip(services["name"], services["item"], strict=True)}, **NAMES}


def code_of_product(s) -> str | None:
    """The code of a statement's product in the tables; None where no table knows it."""
    if s.product is None:
        return "S" if s.scope == "services" else None
    word = s.product.lower().removeprefix("hs").strip()
    return word if word.isdigit() else names().get(word)


def series(flows: Flows, s, reporter: str, partner: str, flow: str) -> dict[str, tuple[Series, str]]:
    """Series of a product or service by source, as `Flows.series` gives those of all goods."""
    if flow in ("total", "balance"):
        return both_flows(flow, lambda one: series(flows, s, reporter, partner, one))
    code = code_of_product(s)
    if code is None:
        return {}
    key = ("product", code, reporter, partner, flow, s.scope)
    return flows.remember(key, lambda: _services(code, reporter, partner, flow) if s.scope == "services" else
                          _goods(code, reporter, partner, flow, s.unit))


def _goods(code, reporter, partner, flow, unit):
    rows = rows_of("flows_products", product=code, reporter=reporter, partner=partner, flow=flow)
    rows = rows[(rows["unit"] == KILOGRAMMES) == (unit in MASSES)]
    return {name: (_made(part), "") for (name, _), part in rows.groupby(["source", "unit"], observed=True)}


def _services(code, reporter, partner, flow):
    try:
        rows = rows_of("services_partners", item=code, reporter=reporter, partner=partner, flow=flow)
    except TradeDataError:
        return {}
    return {} if rows.empty else {"BATIS_CHINA": (_made(rows.assign(period=rows["year"].astype(str), unit="USD")), "")}


def _made(rows):
    """The series of rows of one source: its years, where it has years, else its months."""
    annual = rows["period"].astype(str).str.len() == 4
    return series_of(rows[annual] if annual.any() else rows)

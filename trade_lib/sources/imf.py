"""IMF, International Trade in Goods by partner country (IMTS, the successor of the Direction of Trade Statistics).

US dollars, exports FOB, imports CIF, monthly; two to four months late. The rows' licence says all rights reserved:
fetched for the user, never shipped.
"""

from trade_lib.errors import TradeDataError
from trade_lib.sources import names, sdmx_csv
from trade_lib.sources.client import Request, base
from trade_lib.sources.flows import flows
from trade_lib.sources.publisher import CSV, Publisher

FLOWS = {"XG_FOB_USD": "export", "MG_CIF_USD": "import"}
COLUMNS = {"reporter": "COUNTRY", "partner": "COUNTERPART_COUNTRY", "flow": "INDICATOR"}
ACCEPT = {"Accept": "application/vnd.sdmx.data+csv;version=1.0.0"}
WORLD = "G001"


def requests(query):
    """One address a reporter: both flows, all partners asked for, or every partner."""
    partners = [WORLD if area == "WORLD" else area for area in names.expand(query.partners)]
    reporters = names.expand(query.reporters)
    for area in (*reporters, *partners):
        if len(area) != 3 and area != WORLD:
            raise TradeDataError("the IMF knows countries by three letters and answers others with nothing", value=area,
                                 expected="an ISO3 code, a group whose members are on record, or WORLD")
    where = base("imf", "https://api.imf.org") + "/external/sdmx/2.1/data/IMF.STA,IMTS"
    return [Request(f"{where}/{reporter}.{'+'.join(FLOWS)}.{'+'.join(partners)}.M?startPeriod={query.first}"
                    f"&endPeriod={query.last}", CSV, ACCEPT, pause=0.6) for reporter in reporters]


def parse(answer, query):
    """Countries and the world; the other aggregates overlap and are left out."""
    return "IMF_IMTS", *flows(sdmx_csv.table(answer, COLUMNS), answer, FLOWS, system="iso3", unit="USD",
                              start=query.start)


PUBLISHER = Publisher("imf", "IMF, trade in goods by partner (IMTS)", requests, parse, kinds=CSV, needs=("reporters",),
                      source="IMF_IMTS")

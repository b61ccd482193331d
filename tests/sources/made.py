"""Answers made for tests in the forms of the publishers; figures from their own pages where a name says so."""

import json

IMF_HEADER = "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,STATUS"
COMEXT_HEADER = "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE"
# China's customs, table (2) of January 2026 as re-issued on 8 April 2026, US$1,000: total, exports, imports, and the
# growth printed beside them (per cent).
JANUARY_2026 = {
    "TOTAL": (590_758_685, 356_699_626, 234_059_059, 15.7, 10.0, 25.6),
    "Asia:": (311_565_767, 183_067_530, 128_498_237, 24.0, 20.8, 28.8),
    "Viet Nam": (27_906_539, 18_651_990, 9_254_549, 40.6, 37.9, 46.4),
    "China": (12_358_484, None, 12_358_484, 42.0, None, 42.0),
    "Taiwan，China": (28_772_741, 8_250_214, 20_522_527, 23.7, 33.5, 20.1),
    "Other Asian Territories": (None, None, None, None, None, None),
    "South Sudan": (91_788, 13_396, 78_393, 736.5, 22.1, 2613095633.3),
    "United States": (46_604_855, 36_790_550, 9_814_306, -23.9, -23.0, -27.1),
    "Countries（Territories）Unknown": (147_822, 71_266, 76_556, 39.4, 667.2, -20.9),
    "ASEAN": (96_300_348, 62_399_297, 33_901_051, 21.1, 22.7, 18.4),
    "EU": (76_735_803, 53_917_808, 22_817_995, 15.3, 10.9, 27.2),
}


def imf(values, reporter="CHN", indicator="XG_FOB_USD"):
    """SDMX-CSV of the IMF: {(partner, period): value}."""
    lines = [f"IMF.STA:IMTS(1.0.0),{reporter},{indicator},{partner},M,{period},{value},6,A"
             for (partner, period), value in values.items()]
    return "\n".join([IMF_HEADER, *lines]) + "\n"


def comext(values, updated="16/07/26 11:00:00", indicator="VALUE_IN_EUROS"):
    """SDMX-CSV of Comext: {(partner, product, flow, period): value}."""
    lines = [f"ESTAT:DS-045409(1.0),{updated},M,DE,{partner},{product},{flow},{indicator},{period},{value}"
             for (partner, product, flow, period), value in values.items()]
    return "\r\n".join([COMEXT_HEADER, *lines]) + "\r\n"


def comtrade(rows, **envelope):
    """JSON of Comtrade: rows given by what differs from China's total exports to Russia in January 2024."""
    usual = {"reporterCode": 156, "partnerCode": 643, "flowCode": "X", "period": "202401", "cmdCode": "TOTAL",
             "motCode": 0, "partner2Code": 0, "customsCode": "C00", "primaryValue": 9e9, "refMonth": 1}
    data = [{**usual, **row} for row in rows]
    return json.dumps({"elapsedTime": "0.1 secs", "count": len(data), "data": data, "error": "", **envelope})


def census(rows, header=("CTY_CODE", "CTY_NAME", "ALL_VAL_MO", "time", "CTY_CODE")):
    """JSON of the US Census Bureau: rows below a header, every value text."""
    return json.dumps([list(header), *map(list, rows)])


def worldbank(rows, updated="2026-07-13", pages=1, page=1):
    """JSON of the World Bank: (iso3, year, value) of an indicator of gross domestic product."""
    return json.dumps([{"page": page, "pages": pages, "per_page": 20000, "total": len(rows), "lastupdated": updated},
                       [{"indicator": {"id": "NY.GDP.MKTP.CD", "value": "GDP (current US$)"},
                         "country": {"id": iso[:2], "value": iso}, "countryiso3code": iso, "date": str(year),
                         "value": value, "unit": ""} for iso, year, value in rows]])


def index(pages, month="Jan."):
    """An index of customs' releases: {title: address}, links without quotes, other months not yet published."""
    rows = "".join(f"<tr><td>{title}</td><td><a href={address}> {month}</a><span>Dec.</span></td></tr>"
                   for title, address in pages.items())
    return f"<html><body><table><thead><tr><th>Title</th></tr></thead><tbody>{rows}</tbody></table></body></html>"


def customs(figures, month=1, year=2026, published="2026/04/08", unit="Unit:US$1,000", title=None, ytd=None):
    """A page of customs by partner: seven columns, or ten where the year to date is given too.

    figures : {name: (total, exports, imports, growth of each)}, growth over the longest window; None is printed `-`.
    """
    title = title or f"（2）Imports and Exports by Country （Region） of Origin/Destination,{month}.{year}"
    windows = [str(month)] + ([f"1-{month}"] if ytd else [])
    width = 4 + 3 * len(windows)

    def cells(*texts):
        return "<tr>" + "".join(f"<td><span><b>{text}</b></span></td>" for text in texts) + "</tr>"

    def printed(value):
        return "-" if value is None else value if isinstance(value, str) else f"{value:,}&nbsp;"

    heads = "".join(f"<td colspan={len(windows)}>{name}</td>" for name in ("Total", "Exports", "Imports"))
    lines = [f"<tr><td colspan={width}>{title}</td></tr>",
             "<tr>" + "<td></td>" * (width - 2) + f"<td colspan=2>{unit}</td></tr>",
             f"<tr><td rowspan=2>Country （Region）</td>{heads}<td colspan=3>Percentage Change</td></tr>",
             cells(*windows * 3, "Total", "Exports", "Imports")]
    for name, (total, exports, imports, *growth) in figures.items():
        both = [[value] + ([ytd[name][i]] if ytd else []) for i, value in enumerate((total, exports, imports))]
        lines.append(cells(name, *(printed(v) for pair in both for v in pair), *(printed(g) for g in growth)))
    lines.append(f"<tr><td colspan={width}>Notes：<br/>1、ASEAN is composed of ...</td></tr>")
    return (f"<html><head><title>{title}</title></head><body><div class=\"atcl-ttl\">{title}</div>"
            f"<div class=\"atcl-date\">{published}</div><table>{''.join(lines)}</table></body></html>")

"""Where a table, a source or a printed figure comes from."""

import pandas as pd

from trade_lib.data.areas import name, owner
from trade_lib.data.tables import load, package
from trade_lib.errors import TradeDataError

COLUMNS = ["table", "source_id", "publisher", "dataset", "vintage", "unit", "licence", "url", "obtained_via", "notes"]

WORDS = {"total": "trade with", "export": "exports to", "import": "imports from", "value": "",
         "yoy_pct": ", growth on a year earlier", "share_pct": ", share of all"}
UNITS = {"usd_bn": "bn US$", "cny_bn": "bn yuan", "pct": "%"}


def _row(table, item):
    """One source of a resource as a row of COLUMNS."""
    return [table, item["source_id"], item["publisher"], item["title"], item["vintage"], item["units"],
            item["licence"], item.get("path", ""), item["obtained_via"], item["notes"]]


def provenance(of: str) -> pd.DataFrame:
    """Where a table, a source or a printed figure comes from.

    Parameters
    ----------
    of : A table (``"flows_monthly"``), a source id (``"RU_FCS_96STRAN"``) or the id of a printed figure
        (``"OF0920"``, ``"FACT01"``, ``"tiva_fva_chn_2008"``).

    Returns
    -------
    One row a source: table, source_id, publisher, dataset, vintage, unit, licence, url, obtained_via, notes.

    Examples
    --------
    >>> provenance("KR_KOSIS")["table"].tolist()
    ['flows_monthly']
    """
    resources = package()["resources"]
    rows = [_row(item["name"], source) for item in resources for source in item["sources"]
            if of in (item["name"], source["source_id"])]
    if rows:
        return pd.DataFrame(rows, columns=COLUMNS)
    for table in ("official_figures", "official_facts", "headline_figures"):
        if table not in {item["name"] for item in resources}:
            continue
        frame = load(table)
        hit = frame[frame["id"] == of]
        if not hit.empty:
            return pd.DataFrame([_figure(table, hit.iloc[0])], columns=COLUMNS)
    raise TradeDataError("no table, source or printed figure has this name", value=of,
                         expected="a table such as " + ", ".join(item["name"] for item in resources[:4])
                         + ", a source id or an id such as OF0920")


def _figure(table, row):
    """A printed figure as a row of COLUMNS: what was printed, by whom, where and when."""
    if table == "official_figures":
        period = " to ".join(dict.fromkeys((f"{row['period_start']}", f"{row['period_end']}")))
        what = (f"{owner(row['reporter'])} {WORDS[row['flow']]} {name(row['partner'])} ({row['scope']}), {period}"
                f"{WORDS[row['measure']]}: {row['value']:g} {UNITS.get(row['unit'], row['unit'])}")
        outlet, when = f"printed by {row['quoted_by']}", row["published"]
    elif table == "official_facts":
        what = f"{row['fact']}: {row['value']} {row['unit']}"
        outlet, when = f"printed by {row['quoted_by']}", row["published"]
    else:
        what, outlet, when = f"{row['subject']} {row['period']}: {row['value']:g} {row['unit']}", "", ""
    clean = [value or "" for value in (row["publisher"], when, row["unit"], row["url"], row["note"])]
    return [table, row["id"], clean[0], what, clean[1], clean[2], "facts quoted with their page", clean[3], outlet,
            clean[4]]


def catalog(descriptor=None):
    """The catalogue of the tables as Markdown; ``data/CATALOG.md`` is this text.

    Examples
    --------
    >>> catalog().splitlines()[0]
    '# Catalogue of the tables'
    """
    resources = (descriptor or package())["resources"]
    lines = ["# Catalogue of the tables", "",
             "Generated from `datapackage.json` by the builders; do not edit. Check the files with "
             "`trade-lib data verify`.", "", "| table | rows | KB | title | vintage |", "|---|---:|---:|---|---|"]
    lines += [f"| [{item['name']}](#{item['name']}) | {item['rows']:,} | {item['bytes'] / 1000:.0f} | {item['title']} "
              f"| {item['vintage']} |" for item in resources]
    for item in resources:
        lines += ["", f"## {item['name']}", "", f"{item['description']}", "",
                  f"`{item['path']}`, {item['rows']:,} rows, key: {', '.join(item['schema'].get('primaryKey', []))}.",
                  "", "| column | type | unit | meaning |", "|---|---|---|---|"]
        lines += [f"| {field['name']} | {field['type']} | {field.get('unit', '')} | {field['description']} |"
                  for field in item["schema"]["fields"]]
        if item["notes"]:
            lines += ["", *[f"- {note}" for note in item["notes"]]]
        for left_out in item["excluded"]:
            lines.append(f"- Left out: {left_out['rows']} row(s), {left_out['what']} ({left_out['why']}).")
        for gap in item["checks"].get("series", {}).get("gaps", []):
            lines.append(f"- Known gap: {', '.join(gap['key'])}: {gap['from']} to {gap['to']}.")
        lines += ["", "Sources:", ""]
        for source in item["sources"]:
            where = source.get("path") or source["obtained_via"]
            lines.append(f"- `{source['source_id']}` {source['publisher']}: {source['title']}. Vintage: "
                         f"{source['vintage']}. Licence: {source['licence']}. From {where}. {source['notes']}".rstrip())
    return "\n".join(lines) + "\n"

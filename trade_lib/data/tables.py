"""Load the package's tables by name, checked against their schemas. The one loader: no paths anywhere else."""

import difflib
import os
from functools import lru_cache
from pathlib import Path

import pandas as pd

from trade_lib.data import fetched, files
from trade_lib.data import schema as checking
from trade_lib.data.ranges import check_plausible
from trade_lib.errors import TradeDataError

# What the entry of a table in datapackage.json has at least.
ENTRY = {"name", "path", "rows", "title", "vintage", "schema", "checks", "sources", "hash", "fingerprints"}
# The long schema of flows, and what is plausible in it; used for the package's own flow tables and for a user's file.
FLOW_FIELDS = [
    {"name": "source", "type": "string", "description": "source id", "constraints": {"required": True}},
    {"name": "reporter", "type": "string", "description": "area that books the flow (ISO3 or group code)",
     "constraints": {"required": True}},
    {"name": "partner", "type": "string", "description": "the other area (ISO3 or group code)",
     "constraints": {"required": True}},
    {"name": "flow", "type": "string", "description": "as the reporter books it",
     "constraints": {"required": True, "enum": ["export", "import"]}},
    {"name": "period", "type": "yearmonth", "description": "month", "constraints": {"required": True}},
    {"name": "value", "type": "number", "unit": "units of the currency in column unit",
     "description": "value of trade, in single units of the currency (not millions)",
     "constraints": {"required": True, "minimum": 0}},
    {"name": "unit", "type": "string", "description": "ISO 4217 currency code",
     "constraints": {"required": True, "pattern": "[A-Z]{3}"}},
]
FLOW_SERIES = ["source", "reporter", "partner", "flow", "unit"]  # what makes a series: never two currencies in one
FLOW_KEY = [*FLOW_SERIES, "period"]
# Largest monthly value a reporter's table may hold, per unit of currency: below it the table is in thousands or
# millions, above it no country's month of trade has ever been. Annual tables: ten times as much.
FLOW_BANDS = {
    "USD": [1e7, 2e12], "EUR": [1e7, 2e12], "GBP": [1e7, 2e12], "CHF": [1e7, 2e12], "CAD": [1e7, 2e12],
    "AUD": [1e7, 2e12], "SGD": [1e7, 3e12], "MYR": [2e7, 1e13], "BRL": [2e7, 1e13], "CNY": [5e7, 2e13],
    "THB": [2e8, 1e14], "RUB": [2e8, 2e14], "INR": [5e8, 2e14], "JPY": [1e9, 3e14], "KRW": [1e10, 3e15],
}


def flow_schema(annual=False):
    """Schema and checks of the long flow table, monthly or annual.

    Returns
    -------
    tuple of dict
        (Frictionless Table Schema, checks as :mod:`trade_lib.data.schema` takes them).

    Examples
    --------
    >>> flow_schema()[0]["primaryKey"]
    ['source', 'reporter', 'partner', 'flow', 'unit', 'period']
    """
    fields = [dict(field, type="year", description="year") if annual and field["name"] == "period" else dict(field)
              for field in FLOW_FIELDS]
    limits = {unit: [10 * low, 10 * high] if annual else [low, high] for unit, (low, high) in FLOW_BANDS.items()}
    keys = [{"fields": name, "reference": {"resource": "areas", "fields": "code"}} for name in ("reporter", "partner")]
    checks = {"different": ["reporter", "partner"],
              "bands": {"column": "value", "by": ["source", "reporter", "unit"], "limits": limits}}
    if not annual:
        checks["series"] = {"keys": FLOW_SERIES, "period": "period", "gaps": []}
        checks["ratio"] = {"column": "value", "by": FLOW_SERIES, "limit": 1e5}
    return {"fields": fields, "primaryKey": list(FLOW_KEY), "foreignKeys": keys}, checks


def data_dir():
    """Folder of the data: TRADE_LIB_DATA, ``data`` beside the package, or what an installed wheel holds.

    Examples
    --------
    >>> data_dir().name
    'data'
    """
    chosen = os.environ.get("TRADE_LIB_DATA")
    package = Path(__file__).resolve().parents[1]
    beside = package.parent / "data"
    folder = Path(chosen) if chosen else beside if beside.is_dir() else package / "shipped"
    if not (folder / "datapackage.json").is_file():
        origin = "TRADE_LIB_DATA" if chosen else "the package's own folder"
        raise TradeDataError(f"data folder not found ({origin})", file=str(folder),
                             expected="a folder with datapackage.json; set TRADE_LIB_DATA to the checkout's data/")
    return folder


def package():
    """The data package's descriptor (datapackage.json) as a dict.

    Examples
    --------
    >>> package()["name"]
    'trade-claims-data'
    """
    path = data_dir() / "datapackage.json"
    return _package(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _package(path, mtime):
    descriptor = files.read_json(path)
    entries = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(entries, list) or not all(isinstance(item, dict) and set(item) >= ENTRY for item in entries):
        raise TradeDataError("not the descriptor of a data package", file=path.name,
                             expected=f"resources, each with {', '.join(sorted(ENTRY))}")
    return descriptor


def resource(name):
    """Descriptor of one table (a Frictionless Data Resource); the error of an unknown name lists the close ones.

    >>> resource("flows_monthly")["format"]
    'parquet'
    """
    resources = {item["name"]: item for item in package()["resources"]}
    if name in resources:
        return resources[name]
    close = difflib.get_close_matches(str(name), resources, 3, 0.4) or sorted(resources)
    raise TradeDataError("no such table", value=name, expected=f"a table such as {', '.join(close)}")


def tables():
    """The tables at hand, a row each: name, rows, title, vintage, path.

    >>> "flows_monthly" in tables()["name"].tolist()
    True
    """
    columns = ["name", "rows", "title", "vintage", "path"]
    return pd.DataFrame([[item[c] for c in columns] for item in package()["resources"]], columns=columns)


def load(name: str, *, as_of: str | None = None, shipped_only: bool = False) -> pd.DataFrame:
    """Load a table, checked: columns, types, constraints, keys, area codes, unbroken months and plausible units.

    What no such check can see, a digit changed within its bounds, `trade_lib.data.verify.verify` finds. What a user
    has fetched (`trade-lib fetch`) stands in ``flows_monthly`` and ``customs_releases`` as if it were shipped.

    Parameters
    ----------
    name : A name of :func:`tables`.
    as_of : of the fetched figures only those that were public on that day.
    shipped_only : no fetched figures.

    Returns
    -------
    A fresh copy: months as ``Period[M]``, dates as ``Timestamp``, text as ``object``.

    Examples
    --------
    >>> load("new_year_dates").loc[0, "date"]
    Timestamp('1985-02-20 00:00:00')
    """
    if as_of is not None or shipped_only:
        with fetched.pinned(as_of, shipped_only):
            return load(name)
    item = resource(name)
    path = data_dir() / item["path"]
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return fetched.extend(name, _load(name, path, stamp, data_dir()).copy())


@lru_cache(maxsize=32)
def _load(name, path, mtime, folder):
    item = resource(name)
    frame = check(files.read_table(path), item["schema"], path.name)
    check_plausible(frame, item["checks"], path.name)
    if len(frame) != item["rows"]:
        raise TradeDataError("wrong number of rows: file cut short or lengthened", file=path.name, value=len(frame),
                             expected=f"{item['rows']} rows")
    return frame


def rows_of(name, **equal):
    """Rows of a table with given values of some columns, read without the checks of `load`: quick, for look-ups.

    >>> rows_of("flows_annual_china", reporter="IND", partner="CHN")["reporter"].unique().tolist()
    ['IND']
    """
    path = data_dir() / resource(name)["path"]
    wanted = {column: list(value) if isinstance(value, (list, tuple)) else [value] for column, value in equal.items()}
    if path.suffix == ".parquet" and not (name in fetched.ADDED and fetched.chosen()):
        import pyarrow.parquet as pq

        filters = [(column, "in", values) for column, values in wanted.items()] or None
        texts = [field["name"] for field in resource(name)["schema"]["fields"] if field["type"] == "string"]
        return pq.read_table(files.readable(path), filters=filters, read_dictionary=texts).to_pandas()
    frame = load(name)
    for column, values in wanted.items():
        frame = frame[frame[column].isin(values)]
    return frame


def check(raw, schema, file):
    """Conform raw cells to a schema and follow its foreign keys (area codes).

    Examples
    --------
    >>> check(pd.DataFrame({"year": ["2021"]}), {"fields": [{"name": "year", "type": "year"}]}, "demo").shape
    (1, 1)
    """
    frame = checking.conform(raw, schema, file)
    for key in schema.get("foreignKeys", []):
        reference = key["reference"]
        known = frozenset(load(reference["resource"])[reference["fields"]])
        checking.check_codes(frame.dropna(subset=[key["fields"]]), key["fields"], known, file)
    return frame


def read_table(path, schema: dict | None = None, checks: dict | None = None) -> pd.DataFrame:
    """Read and check any csv or parquet file; by default one in the long flow schema.

    Finds missing or extra columns, text among values, negative values, values in millions or thousands, a cell far
    off its own series, holes in the months, unknown area codes and repeated keys.

    Parameters
    ----------
    path : str or pathlib.Path. A csv or parquet file with the columns ``source, reporter, partner, flow, period,
        value, unit``; periods are months (YYYY-MM), or years (YYYY) throughout.
    schema, checks : another schema and its checks, as in datapackage.json.

    Examples
    --------
    >>> read_table("my_flows.csv")  # doctest: +SKIP
    """
    path, raw = Path(path), files.read_table(path)
    if schema is None:
        first = str(raw["period"].iloc[0]) if "period" in raw.columns and len(raw) else ""
        schema, checks = flow_schema(annual=len(first) == 4)
    if raw.empty:
        raise TradeDataError("table has no rows", file=path.name, expected="at least one row")
    frame = check(raw, schema, path.name)
    check_plausible(frame, checks or {}, path.name)
    return frame


def series(reporter: str, partner: str, flow="total", source: str | None = None, table="flows_monthly", start=None,
           end=None, as_of: str | None = None, unit: str | None = None) -> pd.Series:
    """One series of a flow table: ``export``, ``import`` or ``total`` = export + import.

    A total is given for the periods where both flows exist; the others are absent. Sources are never spliced: where
    several hold the flow, `source` has to be named; so are currencies, by `unit`.

    Parameters
    ----------
    reporter, partner : ISO3 or group codes.
    flow : {"total", "export", "import"}. As the reporter books it.
    source : source id; needed when several sources hold the flow.
    table : str or pandas.DataFrame. Name of a shipped table in the long flow schema, or such a table itself (from
        :func:`read_table`).
    start, end : str or pandas.Period, optional. First and last period kept.
    as_of : of fetched figures only those public on that day (see :func:`load`).
    unit : currency; needed when the source holds the flow in several.

    Returns
    -------
    Floats in units of currency, indexed by period (months or years), named ``"RUS-CHN total"``; ``attrs`` hold
    source, unit, reporter, partner and flow.

    Examples
    --------
    >>> print(round(series("RUS", "CHN", start="2021-01", end="2021-12").sum() / 1e9, 1))
    141.6
    """
    if flow not in ("total", "export", "import"):
        raise TradeDataError("unknown flow", column="flow", value=flow, expected="total, export or import")
    frame, label = (load(table, as_of=as_of), table) if isinstance(table, str) else (table, "table")
    missing = [name for name in (*FLOW_KEY, "value", "unit") if name not in frame.columns]
    if missing:
        raise TradeDataError("not a table in the long flow schema", file=label, column=missing[0],
                             expected=f"columns {', '.join((*FLOW_KEY, 'value', 'unit'))}")
    held = frame[frame["reporter"].eq(reporter).to_numpy() & frame["partner"].eq(partner).to_numpy()]
    if held.empty:
        partners = sorted(frame.loc[frame["reporter"] == reporter, "partner"].unique())
        expected = (f"a partner of {reporter}, such as {', '.join(partners[:12])}" if partners
                    else f"a reporter among {', '.join(sorted(frame['reporter'].unique()))}")
        raise TradeDataError("no such flow", file=label, value=f"{reporter}-{partner}", expected=expected)
    wanted = {"export", "import"} if flow == "total" else {flow}
    source, unit = _choice(held, wanted, source, unit, f"{flow} of {reporter}-{partner}", label)
    held = held[held["source"].eq(source).to_numpy() & held["unit"].eq(unit).to_numpy()
                & held["flow"].isin(wanted).to_numpy()]
    wide = held.pivot(index="period", columns="flow", values="value").dropna()
    values = wide.sum(axis=1).astype(float).sort_index()
    if not isinstance(values.index, pd.PeriodIndex):
        values.index = pd.PeriodIndex(values.index.astype(str), freq="Y")
    values = values.loc[start:end]
    name = f"{reporter}-{partner} {flow}"
    if values.empty:
        raise TradeDataError(f"no period of {name} in the window", file=label, column="period",
                             value=f"{start}..{end}", expected=f"within {wide.index.min()}..{wide.index.max()}")
    values.name, values.index.name = name, "period"
    values.attrs = {"source": source, "unit": unit, "reporter": reporter, "partner": partner,
                    "flow": flow}
    return values


def _choice(held, wanted, source, unit, what, label):
    """The source and currency of a series: those asked for, else the only ones that hold it."""
    flows_of = held.groupby(["source", "unit"])["flow"].agg(set)
    units_of = {}
    for name, currency in flows_of.index[[wanted <= flows for flows in flows_of]]:
        units_of.setdefault(name, []).append(currency)
    choices = sorted(units_of)
    if not choices:
        have = "; ".join(f"{' in '.join(key)}: {', '.join(sorted(flows))}" for key, flows in flows_of.items())
        raise TradeDataError(f"no one source holds the {what}", file=label, column="flow", value=what.split()[0],
                             expected=f"what the sources hold ({have})")
    if source is None:  # a fetched source is asked for by name where a shipped one holds the flow
        choices = [name for name in choices if name not in fetched.SOURCES] or choices
    if source is None and len(choices) > 1 or source is not None and source not in choices:
        message = "several sources hold this flow" if source is None else "source does not hold this flow"
        raise TradeDataError(message, file=label, column="source", value=source,
                             expected=f"source= one of {', '.join(choices)}")
    source = source or choices[0]
    units = units_of[source]
    if unit is None and len(units) > 1 or unit is not None and unit not in units:
        message = "several currencies in this flow" if unit is None else "flow is not in this currency"
        raise TradeDataError(message, file=label, column="unit", value=unit,
                             expected=f"unit= one of {', '.join(units)}")
    return source, unit or units[0]

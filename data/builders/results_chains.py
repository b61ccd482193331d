"""Borin and Mancini's terms for every pair of countries, in every year from 1995 to 2011.

    python data/builders/results_chains.py DIR

DIR is the folder with the compiled source figures, as for build.py: five years of full tables are shipped, all
seventeen would not fit. Writes chain_trade to data/results/ (about 20 s); fails when a shipped table gives other terms
than the source's.
"""

import importlib.metadata
import platform
import sys
from pathlib import Path

import pandas as pd
from chains import wiod_sales
from common import field, publish

from trade_lib.valuechain import borin_mancini
from trade_lib.valuechain.wiod_tables import from_sales, wiod, wiod_years

YEARS = range(1995, 2012)

TERMS = {"GEXP": "gross exports", "DC": "domestic content", "DVA": "domestic value added",
         "VAX": "domestic value added absorbed abroad",
         "DAVAX": "domestic value added absorbed by the importer directly", "FC": "foreign content",
         "GVC": "exports that cross more than one border", "GVCB": "backward part of them",
         "GVCF": "forward part of them"}
CALL = "trade_lib.valuechain.borin_mancini(wiod(year), 'pair')"


def terms_of(source, year):
    """Terms of a year, from the source; those of a shipped table have to be the same."""
    terms = borin_mancini(from_sales(wiod_sales(source, year), f"wiot_{year}"), "pair")[list(TERMS)]
    if year in wiod_years():
        pd.testing.assert_frame_equal(terms, borin_mancini(wiod(year), "pair")[list(TERMS)], rtol=1e-9, atol=1e-6)
    return terms.assign(year=year)


def main(source):
    frames = [terms_of(source, year) for year in YEARS]
    frame = pd.concat(frames).reset_index().rename(columns={"country": "origin"}).round(3)
    versions = {name: importlib.metadata.version(name) for name in ("numpy", "pandas")}
    keys = ["year", "origin", "destination"]
    table = publish(
        "chain_trade", frame,
        {"fields": [field("year", "year", "year", required=True),
                    field("origin", "string", "exporter", required=True),
                    field("destination", "string", "importer", required=True),
                    *[field(name, "number", text, "mn US$ at current prices", required=True)
                      for name, text in TERMS.items()]], "primaryKey": keys,
         "foreignKeys": [{"fields": name, "reference": {"resource": "areas", "fields": "code"}} for name in keys[1:]]},
        title="Value-chain trade between 41 regions: terms of Borin and Mancini",
        description=f"Exporter's perspective, source-based, industries added up. Computed by {CALL}.",
        sources=[{"source_id": "COMPUTED", "publisher": "this package", "units": "mn US$", "licence": "BSD-3-Clause",
                  "title": "Value-chain trade between 41 regions", "obtained_via": CALL, "vintage": "WIOD 2013",
                  "notes": "source of the input: WIOD2013_FULL"}],
        vintage="computed from the release of November 2013", form="parquet", folder="results",
        notes=["Every year of the release; five of its full tables are shipped, and give these terms again.",
               "Below zero in a few small pairs: final use in the tables is negative where stocks fall."],
        extra={"versions": {"python": platform.python_version(), **versions}, "call": CALL})
    print(f"chain_trade: {len(table)} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

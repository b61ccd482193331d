"""Borin and Mancini's terms for every pair of countries, in the years whose full table is shipped.

    python data/builders/results_chains.py

Reads only tables already built. Writes chain_trade to data/results/ (about 10 s).
"""

import importlib.metadata
import platform

import pandas as pd
from common import field, publish

from trade_lib.valuechain import borin_mancini
from trade_lib.valuechain.wiod import wiod, wiod_years

TERMS = {"GEXP": "gross exports", "DC": "domestic content", "DVA": "domestic value added",
         "VAX": "domestic value added absorbed abroad",
         "DAVAX": "domestic value added absorbed by the importer directly", "FC": "foreign content",
         "GVC": "exports that cross more than one border", "GVCB": "backward part of them",
         "GVCF": "forward part of them"}
CALL = "trade_lib.valuechain.borin_mancini(wiod(year), 'pair')"


def main():
    frames = [borin_mancini(wiod(year), "pair")[list(TERMS)].assign(year=year) for year in wiod_years()]
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
        notes=["Only years whose full table is shipped.",
               "Below zero in a few small pairs: final use in the tables is negative where stocks fall."],
        extra={"versions": {"python": platform.python_version(), **versions}, "call": CALL})
    print(f"chain_trade: {len(table)} rows")


if __name__ == "__main__":
    main()

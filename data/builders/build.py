"""Write the tables of the data package.

    python data/builders/build.py --source DIR [--only NAME ...] [--list]

DIR is the folder with the compiled source figures (monthly/, annual/, official/, ..., SOURCES.csv). NAME is a table.
A module here offers ``BUILDS = {table name: function(source: Path)}``; add it to MODULES.
"""

import argparse
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

MODULES = ["areas", "area_codes", "monthly", "printed", "annual", "calendar_prices", "bilateral", "product_tables",
           "service_tables", "chains", "outlines", "customs_releases", "other_sides", "protection", "indicators",
           "release_lags", "attributes", "flows_products",
           "customs_reviews"]


def builds():
    """Every table and what builds it, in building order (areas first: the others refer to its codes)."""
    found = {}
    for module in MODULES:
        found.update(importlib.import_module(module).BUILDS)
    return found


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, help="folder with the compiled source figures")
    parser.add_argument("--only", nargs="*", help="tables to build (all when absent)")
    parser.add_argument("--list", action="store_true", help="list the tables and stop")
    options = parser.parse_args(arguments)
    known = builds()
    if options.list:
        print("\n".join(known))
        return 0
    unknown = sorted(set(options.only or []) - set(known))
    if unknown:
        parser.error(f"no builder for {', '.join(unknown)}; there are {', '.join(known)}")
    if options.source is None or not (options.source / "SOURCES.csv").is_file():
        parser.error("--source has to be the folder with the compiled source figures (it holds SOURCES.csv)")
    for name, build in known.items():
        if not options.only or name in options.only:
            table = build(options.source)
            print(f"{name}: {len(table)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())

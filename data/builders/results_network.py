"""China's trading-partner network in every year: measures, pivots, random networks (claim C17).

    python data/builders/results_network.py

Reads only tables already built; some five minutes on one core. Writes c17_* to data/results/.
"""

import importlib.metadata
import platform

import pandas as pd
from common import field, publish
from tqdm import tqdm

from trade_lib import network
from trade_lib.claims import c17_networks as c17

COMPUTED = {"publisher": "this package", "licence": "BSD-3-Clause", "source_id": "COMPUTED"}
NOTES = [
    "Only countries that trade in all 22 years at hand, so that ranks are comparable; Taiwan (2023 only) and states "
    "that came or went are left out.",
    "2023 is another edition of the data than 2000 to 2020; 2021 and 2022 are missing.",
    "Goods only; a port of transit (Hong Kong, Singapore) counts as the partner that customs book.",
]
MEASURES = {
    "tie": ("share of China's trade", "share"), "pagerank": ("PageRank, without China", "share"),
    "betweenness": ("betweenness, cost one over value, without China", "share"),
    "brokerage": ("open two-paths on the backbone, without China", "ordered pairs"),
    "participation": ("participation across communities, without China", "0 to 1"),
    "eigenvector": ("eigenvector centrality, without China", "share"), "total": ("exports and imports", "US$"),
    "constraint": ("Burt's constraint, without China", "index"),
    "effective_size": ("Burt's effective size, without China", "partners"),
    "community": ("trade community, 0 the largest", "label"),
    "binding": ("dyadic constraint of the partner on China", "index"),
    "single": ("1 when no other partner of China trades with it", "0 to 1"),
    "detour": ("China's access to others lost with the partner", "share"),
    "score": ("pivot score", "0 to 100"), "place": ("place by pivot score, 1 the highest", "place"),
}
WHOLE = ("brokerage", "community", "place")


def number(name, text, unit, kind="number", **more):
    return field(name, kind, text, unit, required=True, **more)


def year_field(**more):
    return field("year", "year", "year", required=True, **more)


def code_field():
    return field("code", "string", "partner", required=True)


def compute():
    """The frames of all results, by name, and the error of flows they rest on."""
    frames = c17.networks()
    tables = {year: c17.year_table(W) for year, W in tqdm(frames.items(), desc="years")}
    measures = pd.concat(tables, names=["year", "code"]).reset_index()
    summary = pd.DataFrame([
        {"year": year, "countries": len(W), "flows": int((W > 0).sum().sum()), **tables[year].attrs,
         "china_share": float((W.loc["CHN"].sum() + W["CHN"].sum()) / (2 * W.sum().sum()))}
        for year, W in frames.items()])
    sigma = c17.measured_error()
    ranks, numbers = [], []
    for year in tqdm((c17.START, *c17.BREAKS, c17.THEN, c17.NOW), desc="draws"):
        places = network.rank_draws(frames[year], c17.EGO, sigma, c17.DRAWS, c17.SEED)
        held = (places.loc[c17.developing(places.index)] <= c17.PIVOTS).sum()
        numbers.append(pd.DataFrame({"year": year, "draw": held.index, "developing": held.to_numpy()}))
        ranks.append(pd.DataFrame({
            "year": year, "code": places.index, "place": tables[year]["place"].reindex(places.index).to_numpy(),
            "low": places.quantile(0.05, axis=1).to_numpy(), "high": places.quantile(0.95, axis=1).to_numpy(),
            "top_share": (places <= c17.PIVOTS).mean(axis=1).to_numpy()}))
    ranks = pd.concat(ranks, ignore_index=True)
    by_code, by_group = [], []
    for year, chosen in tqdm(c17.CHOSEN.items(), desc="random networks"):
        random, observed = c17.random_networks(frames[year], c17.RANDOM, c17.SEED), c17.network_rank(tables[year])
        by_code.append(pd.DataFrame({
            "year": year, "code": random.index, "observed": observed[random.index].to_numpy(),
            "mean": random.mean(axis=1).to_numpy(), "low": random.quantile(0.025, axis=1).to_numpy(),
            "high": random.quantile(0.975, axis=1).to_numpy()}))
        codes = c17.developing(network.top(tables[chosen]["score"], c17.PIVOTS))
        by_group.append({"year": year, "chosen_in": chosen, "economies": ", ".join(codes),
                         **c17.against_random(observed, random, codes)})
    variants = c17.variant_counts({year: frames[year] for year in (c17.START, c17.THEN, c17.NOW)})
    return {"measures": measures, "networks": summary, "ranks": ranks,
            "draws": pd.concat(numbers, ignore_index=True), "random": pd.concat(by_code, ignore_index=True),
            "random_pivots": pd.DataFrame(by_group), "variants": variants}, sigma


def main(computed=None):
    frames, sigma = computed or compute()
    versions = {name: importlib.metadata.version(name) for name in ("networkx", "numpy", "pandas", "scipy")}
    extra = {"versions": {"python": platform.python_version(), **versions}, "seed": c17.SEED, "draws": c17.DRAWS,
             "random_networks": c17.RANDOM, "sigma": round(sigma, 6)}

    def write(part, fields, key, title, call, units):
        name = f"c17_{part}"
        source = {**COMPUTED, "title": title, "obtained_via": call, "vintage": "from the tables shipped with it",
                  "units": units, "notes": "sources of the inputs: BACI_2000_2020, BACI_2023, DOTS_ANNUAL_SAM"}
        keys = [{"fields": "code", "reference": {"resource": "areas", "fields": "code"}}] if "code" in key else []
        table = publish(name, frames[part], {"fields": fields, "primaryKey": key, "foreignKeys": keys}, title=title,
                        description=f"{title}. Computed by {call}.", sources=[source], vintage="computed", notes=NOTES,
                        folder="results", extra={**extra, "call": call},
                        form="parquet" if part == "measures" else "csv")
        print(f"{name}: {len(table)} rows")

    spread = [number("observed", "mean of the four network ranks", "0 to 100"),
              number("mean", "the same in random networks", "0 to 100"),
              number("low", "lower end of its 95 % range", "0 to 100"),
              number("high", "upper end of its 95 % range", "0 to 100")]
    write("measures", [
        year_field(), code_field(),
        *[number(name, text, unit, "integer" if name in WHOLE else "number") for name, (text, unit)
          in MEASURES.items()]], ["year", "code"],
        "Centrality and brokerage of China's partners, each year", "trade_lib.claims.c17_networks.year_table",
        "see fields")
    write("networks", [
        year_field(), number("countries", "countries in the network", "countries", "integer"),
        number("flows", "flows above 0", "flows", "integer"),
        number("stability", "mean adjusted Rand index of communities over seeds", "index"),
        number("communities", "communities of two countries or more, without China", "communities", "integer"),
        number("links", "flows in the backbone, without China", "flows", "integer"),
        number("china_share", "China's part in world exports and imports", "share")], ["year"],
        "The network of trade in each year", "trade_lib.claims.c17_networks.year_table", "see fields")
    write("ranks", [
        year_field(), code_field(), number("place", "place by pivot score", "place", "integer"),
        number("low", "5 % quantile of the place over draws", "place"),
        number("high", "95 % quantile of the place over draws", "place"),
        number("top_share", "share of draws in which it is a pivot", "share", minimum=0, maximum=1)], ["year", "code"],
        "Places by pivot score with what errors, starts and weights make of them", "trade_lib.network.rank_draws",
        "places")
    write("draws", [
        year_field(), number("draw", "number of the draw", "draw", "integer", minimum=0),
        number("developing", "emerging and developing economies among the pivots", "economies", "integer", minimum=0)],
        ["year", "draw"], "Number of developing pivots in each draw", "trade_lib.network.rank_draws", "economies")
    write("random", [year_field(), code_field(), *spread], ["year", "code"],
          "Place in the network against random networks of the same sizes",
          "trade_lib.claims.c17_networks.random_networks", "0 to 100")
    write("random_pivots", [
        year_field(), year_field() | {"name": "chosen_in", "description": "year on which the pivots are chosen"},
        field("economies", "string", "the emerging and developing pivots of that year", required=True), *spread],
        ["year"], "Developing pivots against random networks of the same sizes",
        "trade_lib.claims.c17_networks.against_random", "0 to 100")
    write("variants", [
        year_field(), field("definition", "string", "definition of the score", required=True),
        number("pivots", "number of pivots", "economies", "integer"),
        number("before", "emerging and developing among them in 2000", "economies", "integer"),
        number("after", "emerging and developing among them in the year", "economies", "integer"),
        number("value", "change", "economies", "integer")], ["year", "definition"],
        "Number of developing pivots under other definitions", "trade_lib.claims.c17_networks.variant_counts",
        "economies")


if __name__ == "__main__":
    main()

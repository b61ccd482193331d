"""China's trade against what gravity predicts: by partner and group, by specification, and for other countries.

    python data/builders/results_c16.py

Reads only tables already built. Writes c16_partners, c16_groups, c16_specifications, c16_placebo and c16_effects to
data/results/; about ten minutes on two cores.
"""

import importlib.metadata
import platform
from concurrent.futures import ProcessPoolExecutor

import pandas as pd
from common import field, publish

from trade_lib.claims import c16_potential as c16

MODULE = "trade_lib.claims.c16_potential"
INPUTS = "BACI_2000_2020, BACI_2023, CEPII_GEODIST, WDI_GDP_POP, DTA_RTA, UNGA_IDEAL"
COMPUTED = {"source_id": "COMPUTED", "publisher": "this package", "units": "ratios; US$", "licence": "BSD-3-Clause",
            "vintage": "from the tables shipped with it", "notes": f"sources of the inputs: {INPUTS}"}
NOTES = [
    "Potential is conditional on others' trade as it was: prices and others' trade do not respond.",
    "The level (ratio) is the mean of economies of China's size: the regression on logs is taken back by the mean of "
    "exp(residual).",
    "The level (ratio) rests on the regression of effects on size; ratios against each other (relative, against_rest) "
    "do not.",
    "GDP is of the 2026 edition for all years; agreements are those of 2016.",
]


def _ratio(label, text):
    return [field(label, "number", text, "ratio", required=True, minimum=0),
            *[field(f"{label}_{end}", "number", f"{text}, {end} 95 % limit", "ratio", required=True, minimum=0)
              for end in ("low", "high")]]


def _money():
    return [field("actual", "number", "trade recorded, exports and imports", "US$", required=True, minimum=0),
            field("predicted", "number", "trade predicted", "US$", required=True, minimum=0)]


def _year():
    return field("year", "year", "year", required=True)


def _number(label, text, unit="ratio", **rules):
    return field(label, "number", text, unit, required=True, **rules)


def write(label, frame, fields, key, title, call, extra):
    table = publish(label, frame, {"fields": fields, "primaryKey": key}, title=title,
                    description=f"{title}. Computed by {call}.", folder="results", vintage="computed", notes=NOTES,
                    sources=[{**COMPUTED, "title": title, "obtained_via": call}], extra={**extra, "call": call})
    print(f"{label}: {len(table)} rows")


def versions():
    found = {label: importlib.metadata.version(label) for label in ("numpy", "pandas", "scipy", "pyfixest")}
    return {"python": platform.python_version(), **found}


def store_effects():
    write("c16_effects", c16.compute_effects(), [
        field("effect", "string", "agreement (1: in force), log distance or distance of votes, with the year",
              required=True),
        _number("estimate", "coefficient", "log points"), _number("error", "standard error", "log points", minimum=0),
        _number("low", "lower 95 % limit", "log points"), _number("high", "upper 95 % limit", "log points"),
        field("n", "integer", "pairs and years used", required=True, minimum=1),
        field("left_out", "integer", "pairs and years left out: no trade in an effect's level", required=True,
              minimum=0)],
        ["effect"], "What agreements and distance do to trade", f"{MODULE}.compute_effects()",
        {"versions": versions()})


def main():
    with ProcessPoolExecutor(2) as pool:
        ratios = pool.map(c16.compute_ratios, (c16.THEN, c16.NOW))
        placebo = pool.map(c16.compute_placebo, (c16.THEN, c16.NOW))
        specifications = pool.submit(c16.compute_specifications)
        partners, groups = (pd.concat(part, ignore_index=True) for part in zip(*ratios, strict=True))
        placebo, specifications = pd.concat(placebo), specifications.result()
    extra = {"versions": versions(), "seed": c16.SEED, "draws": c16.DRAWS}
    write("c16_partners", partners, [
        _year(), field("partner", "string", "partner of China", required=True), *_money(),
        *_ratio("ratio", "predicted over actual"), *_ratio("relative", "ratio over that of all trade of China")],
        ["year", "partner"], "China's trade with each partner against a model that never saw it",
        f"{MODULE}.compute_ratios(year)", extra)
    write("c16_groups", groups, [
        _year(), field("group", "string", "group of partners", required=True),
        field("flow", "string", "as China books it", required=True, enum=["both", "export", "import"]), *_money(),
        *_ratio("ratio", "predicted over actual"), *_ratio("against_rest", "ratio over that of all other partners")],
        ["year", "group", "flow"], "The same by group of partners", f"{MODULE}.compute_ratios(year)", extra)
    write("c16_specifications", specifications, [
        *[field(label, "string", text, required=True) for label, text in (
            ("model", "ppml or ols with effects, sizes in place of effects, or distance of votes beside"),
            ("trained", "with or without China's pairs"))],
        _year(), field("flow", "string", "as China books it", required=True, enum=["both", "export", "import"]),
        field("partners", "string", "which partners", required=True),
        field("measure", "string", "A: predicted over actual of developing partners; R: A over that of advanced ones",
              required=True, enum=["A", "R"]), _number("value", "the ratio", minimum=0)],
        ["model", "trained", "year", "flow", "partners", "measure"], "Alternative ways to measure the potential",
        f"{MODULE}.compute_specifications()", {"versions": extra["versions"]})
    write("c16_placebo", placebo, [
        _year(), field("country", "string", "country left out of the training", required=True),
        _number("ratio", "predicted over actual, all partners", minimum=0),
        _number("developing", "predicted over actual, developing partners", minimum=0),
        _number("against", "developing over that of the other partners", minimum=0),
        *[_number(f"q{q}", f"{q} % quantile over partners of the relative ratio", minimum=0)
          for q in (10, 25, 75, 90)]],
        ["year", "country"], "The same procedure for the forty largest traders", f"{MODULE}.compute_placebo(year)",
        {"versions": extra["versions"]})
    store_effects()


if __name__ == "__main__":
    main()

"""The leather table: every printed number of the reference packages, to the digits printed."""

from pathlib import Path

import pandas as pd
import pytest

from trade_lib.valuechain import (
    borin_mancini,
    icio,
    kww,
    value_added_in_exports,
    value_added_in_final_demand,
    value_added_in_output,
    world_foreign,
    wwz,
)

FOLDER = Path(__file__).parents[1] / "reference"
# Kept as text: how many digits are printed says how near the number has to be.
EXPECTED = pd.read_csv(FOLDER / "leather_expected_values.csv", dtype=str)
SINK = pd.read_csv(FOLDER / "leather_sink_expected.csv", dtype=str).set_index(["country", "sector", "destination"])
SHORT = {"Arg": "Argentina", "Tur": "Turkey", "Ger": "Germany", "Agri": "Agriculture", "Text": "Textile_and_Leather",
         "Transp": "Transport_Equipment"}


def leather():
    inter, final, out = (pd.read_csv(FOLDER / f"leather_{name}.csv", index_col=0) for name in ("inter", "final", "out"))
    return icio(inter, final, out["out"], final.columns, [label.split(".")[1] for label in inter.index[:3]], "leather")


def place(label):
    return tuple(SHORT.get(part, part) for part in label.strip().split("."))


@pytest.fixture(scope="module")
def results():
    table = leather()
    return {"KWW": kww(table), "WWZ": wwz(table), "country": borin_mancini(table),
            "sector": borin_mancini(table, "sector"), "world": world_foreign(table),
            "exports": value_added_in_exports(table), "output": value_added_in_output(table),
            "final_demand": value_added_in_final_demand(table)}


def computed(results, method, unit, term):
    """The computed number that an expected one stands for."""
    if method.startswith("KWW"):
        return results["KWW"].loc[unit, term]
    if method.startswith("WWZ"):
        origin, destination = unit.split("->")
        return results["WWZ"].loc[(*place(origin), destination), term]
    if method.startswith("Borin"):
        level = next(name for name in ("exporter perspective", "world", "sector") if name in method)
        key = place(unit) if level == "sector" else unit
        return results[{"exporter perspective": "country"}.get(level, level)].loc[key, term]
    frame = results[method.partition("post=")[2]]
    if "->" in unit:
        origin, user = unit.replace("source", "").replace("using", "").split("->")
        return frame.loc[place(origin.split()[-1]), place(user)]
    row = int(unit.removeprefix("row")) - 1  # the long form runs through the columns, row by row
    return frame.to_numpy().ravel()[row]


def nearness(text):
    """Half a unit of the last digit printed."""
    return 0.5001 * 10.0 ** -len(text.partition(".")[2])


def as_printed(found, text):
    """Whether a number rounds to the printed one, or is cut to it: one of them was printed cut, not rounded."""
    return abs(found - float(text)) <= nearness(text) or f"{found:.12f}".startswith(text)


def test_all_numbers_are_there():
    assert len(EXPECTED) == 268


@pytest.mark.parametrize("method", EXPECTED["method"].unique())
def test_every_printed_number(results, method):
    off = [(row.unit, row.term, row.expected, found) for row in EXPECTED[EXPECTED["method"] == method].itertuples()
           if not as_printed(found := computed(results, row.method, row.unit, row.term), row.expected)]
    assert off == []


def test_all_but_one_are_rounded_as_printed(results):
    cut = [row.expected for row in EXPECTED.itertuples()
           if abs(computed(results, row.method, row.unit, row.term) - float(row.expected)) > nearness(row.expected)]
    assert cut == ["34.74381"]


def test_every_printed_sink_based_number():
    found = borin_mancini(leather(), "bilateral", "sink")
    off = [(key, term, text, found.loc[key, term]) for key, row in SINK.iterrows() for term, text in row.items()
           if not as_printed(found.loc[key, term], text)]
    assert len(SINK) == 18
    assert off == []


def test_the_comparison_sees_a_difference(results):
    changed = results | {"KWW": results["KWW"] + 1e-4}
    row = EXPECTED[EXPECTED["method"].str.startswith("KWW")].iloc[0]
    assert abs(computed(changed, row["method"], row["unit"], row["term"]) - float(row["expected"])) > nearness(
        row["expected"])

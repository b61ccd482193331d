"""A table that cannot be right is refused, with the place of the fault."""

import re

import numpy as np
import pytest

from trade_lib.errors import TradeDataError
from trade_lib.valuechain import aggregate, balance, borin_mancini, icio, world_foreign
from trade_lib.valuechain.wiod_tables import two_way, wiod, yearly

Z = np.array([[2.0, 1.0], [1.0, 3.0]])
Y = np.array([[6.0, 1.0], [2.0, 4.0]])
X = np.array([10.0, 10.0])


def changed(part, at, value):
    copy = part.copy()
    copy[at] = value
    return copy


@pytest.mark.parametrize(("arguments", "message"), [
    ((Z, Y, changed(X, 1, 11.0), ["CHN", "RUS"], ["all"]), "row RUS, column 'x': unbalanced table"),
    ((Z, Y, changed(X, 1, -10.0), ["CHN", "RUS"], ["all"]), "row RUS all: negative output: got -10.0"),
    ((changed(Z, (0, 1), -1.0), Y, X, ["CHN", "RUS"], ["all"]),
     "row CHN all, column 'RUS all': negative intermediate sales: got -1.0"),
    ((changed(Z, (0, 0), 12.0), Y, X, ["CHN", "RUS"], ["all"]), "row CHN all: inputs above output: a share above 1"),
    ((changed(Z, (0, 0), np.nan), Y, X, ["CHN", "RUS"], ["all"]), "not a finite number"),
    ((Z, Y, X, ["CHN"], ["all"]), "column 'Z': a country or sector is missing: wrong shape"),
    ((Z, Y[:, :1], X, ["CHN", "RUS"], ["all"]), "column 'Y': a country or sector is missing"),
    ((Z, Y[:1], X, ["CHN", "RUS"], ["all"]), "column 'Y': a country or sector is missing"),
    ((Z, Y, X[:1], ["CHN", "RUS"], ["all"]), "column 'x': a country or sector is missing"),
    ((Z, Y, X, ["CHN", "CHN"], ["all"]), "label given twice"),
])
def test_a_bad_table_is_refused(arguments, message):
    with pytest.raises(TradeDataError, match=re.escape(message)):
        icio(*arguments)


@pytest.mark.parametrize(("call", "message"), [
    (lambda table: borin_mancini(table, exporters=["USA"]), "country not in the table: got 'USA'"),
    (lambda table: borin_mancini(table, "planet"), "unknown level"),
    (lambda table: borin_mancini(table, approach="middle"), "unknown approach"),
    (lambda table: world_foreign(table, "middle"), "unknown approach"),
    (lambda table: aggregate(table, {"USA": "all"}), "label not in the table"),
    (lambda table: wiod(1996), "no full table of this year"),
    (lambda table: two_way(yearly(), "CHN", "VNM", ["exports"]), "country not in the table of pairs"),
])
def test_a_bad_question_is_refused(call, message):
    with pytest.raises(TradeDataError, match=re.escape(message)):
        call(icio(Z, Y, X, ["CHN", "RUS"], ["all"]))


def test_a_gap_within_tolerance_passes_and_can_be_closed():
    loose = icio(Z, Y, X + [0, 0.005], ["CHN", "RUS"], ["all"])
    assert balance(loose)["gap"].tolist() == pytest.approx([0, 0.005])
    closed = icio(Z, Y, X + [0, 0.005], ["CHN", "RUS"], ["all"], close=True)
    assert balance(closed)["gap"].abs().max() < 1e-12
    assert closed.Y[1, 1] == pytest.approx(4.005)


def test_rounding_is_not_held_against_a_row_but_more_is():
    assert icio(Z, Y, X + [0, 0.9], ["CHN", "RUS"], ["all"], rounding=1).shape == (2, 1)
    with pytest.raises(TradeDataError, match="unbalanced"):
        icio(Z, Y, X + [0, 1.1], ["CHN", "RUS"], ["all"], rounding=1)


def test_the_callers_arrays_stay_as_they_were():
    final = Y.copy()
    icio(Z, final, X + [0, 0.005], ["CHN", "RUS"], ["all"], close=True)
    assert (final == Y).all()


def test_final_use_in_categories_is_added_up():
    parts = np.stack([Y * 0.75, Y * 0.25], axis=2).reshape(2, 4)
    table = icio(Z, parts, X, ["CHN", "RUS"], ["all"])
    assert table.Y.tolist() == Y.tolist()

"""Value added along the chain: in exports, in output, in final demand, between any two countries.

Notation: v value-added coefficients, B = (I - A)^-1, e_sr exports of country s to r (by sector), Y_r final demand of r.
"""

import numpy as np
import pandas as pd

from trade_lib.valuechain.table import Icio, checked


def _flows(table: Icio):
    """Exports of each row to each country: (intermediate, final), GN x G, zero at home."""
    g, n = checked(table).shape
    inter = table.Z.reshape(g * n, g, n).sum(axis=2)
    final = table.Y.copy()
    for s in range(g):
        inter[table.rows(s), s] = final[table.rows(s), s] = 0
    return inter, final


def exports(table) -> pd.DataFrame:
    """Gross exports by row and destination, for intermediate and for final use.

    Indexed by country, sector and destination: ``intermediate``, ``final``, ``total``.

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> exports(table).loc[("CHN", "all", "RUS"), "total"].item()
    2.0
    """
    inter, final = _flows(table)
    index = pd.MultiIndex.from_product([table.countries, table.sectors, table.countries],
                                       names=["country", "sector", "destination"])
    frame = pd.DataFrame({"intermediate": inter.ravel(), "final": final.ravel()}, index=index)
    frame["total"] = frame["intermediate"] + frame["final"]
    return frame[frame.index.get_level_values(0) != frame.index.get_level_values(2)]


def value_added_in_exports(table) -> pd.DataFrame:
    r"""Value added of each country and sector in the exports of each: :math:`\hat v B \hat e` (GN x GN).

    Columns add up to gross exports, since :math:`v B = 1`. Source: Hummels, Ishii and Yi (2001); Koopman, Wang and
    Wei (2014).

    Returns origin by row, exporter by column, in the table's unit.

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> value_added_in_exports(table).sum().round(6).tolist()
    [2.0, 3.0]
    """
    inter, final = _flows(table)
    return _frame(table, (inter + final).sum(axis=1))


def value_added_in_output(table):
    r"""Value added of each country and sector per its origin in the output of each: :math:`\hat v B \hat x` (GN x GN).

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> value_added_in_output(table).sum().round(6).tolist()
    [10.0, 10.0]
    """
    return _frame(table, checked(table).x)


def _frame(table, weights):
    return pd.DataFrame(table.v[:, None] * table.B * weights, index=table.index, columns=table.index)


def value_added_in_final_demand(table):
    r"""Value added of each country and sector absorbed in each country's final demand: :math:`\hat v B Y` (GN x G).

    Off the diagonal these are value-added exports (VAX); a row adds up to the value added of its country and sector,
    so that all of it together is world GDP. Source: Johnson and Noguera (2012).

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> value_added_in_final_demand(table).sum(axis=1).round(6).tolist()
    [7.0, 6.0]
    """
    checked(table)
    return pd.DataFrame(table.v[:, None] * (table.B @ table.Y), index=table.index,
                        columns=pd.Index(table.countries, name="destination"))


def foreign_share(table):
    """Foreign content of each country's gross exports, as a share: 1 less domestic content; missing without exports.

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> foreign_share(table).round(3).to_dict()
    {'CHN': 0.109, 'RUS': 0.127}
    """
    pairs = bilateral(table).groupby("origin")[["exports", "domestic_content"]].sum()
    return (1 - pairs["domestic_content"] / pairs["exports"]).reindex(list(table.countries))


def bilateral(table) -> pd.DataFrame:
    r"""Gross and value-added trade between every two countries.

    ``domestic_content`` is :math:`v_s B_{ss} e_{sr}`, ``value_added_absorbed`` :math:`v_s (B Y_r)_s`, and
    ``value_added_in_exports_of`` :math:`v_s B_{sr} e_r` (origin's value added in all exports of the destination).

    Indexed by origin and destination (not itself): ``intermediate``, ``final``, ``exports``,
    ``domestic_content``, ``value_added_absorbed``, ``value_added_in_exports_of``, in the table's unit.

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> bilateral(table).loc[("CHN", "RUS"), "exports"].item()
    2.0
    """
    inter, final = _flows(table)
    g, n = table.shape
    total = inter + final
    weight = np.concatenate([table.v[table.rows(s)] @ table.B[table.rows(s), table.rows(s)] for s in range(g)])
    absorbed = table.v[:, None] * (table.B @ table.Y)
    out = np.where(np.kron(np.eye(g), np.ones((n, 1))) > 0, total.sum(axis=1)[:, None], 0)
    in_exports = np.kron(np.eye(g), np.ones(n)) * table.v @ (table.B @ out)

    def by_origin(part):
        return part.reshape(g, n, g).sum(axis=1)

    parts = {"intermediate": by_origin(inter), "final": by_origin(final), "exports": by_origin(total),
             "domestic_content": by_origin(weight[:, None] * total), "value_added_absorbed": by_origin(absorbed),
             "value_added_in_exports_of": in_exports}
    index = pd.MultiIndex.from_product([table.countries, table.countries], names=["origin", "destination"])
    frame = pd.DataFrame({name: part.ravel() for name, part in parts.items()}, index=index)
    return frame[index.get_level_values(0) != index.get_level_values(1)]

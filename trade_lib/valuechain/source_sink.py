"""Gross exports taken apart by Borin and Mancini (2019): what is value added, what is counted twice, what is a chain.

Notation as in the paper (World Bank working paper 8804): s exporter, r importer; V, A, B, L, Y as elsewhere; B~ is the
global Leontief inverse with the intermediate exports of s set to zero, so that nothing passes through s twice.
"""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.valuechain.leontief import _flows
from trade_lib.valuechain.table import Icio, checked

SOURCE_TERMS = ("GEXP", "DC", "DVA", "VAX", "DAVAX", "REF", "DDC", "FC", "FVA", "FDC", "GVC", "GVCB", "GVCF")
SINK_TERMS = ("GEXP", "DC", "DVA", "VAX", "VAXIM", "REF", "DDC", "FC", "FVA", "FDC")
LEVELS = {"country": ["country"], "sector": ["country", "sector"], "pair": ["country", "destination"],
          "bilateral": ["country", "sector", "destination"]}


def borin_mancini(table: Icio, level="country", approach="source", exporters: list[str] | None = None) -> pd.DataFrame:
    r"""Value-added terms of gross exports in the exporter's perspective.

    Source-based (value added is recorded the first time it leaves its country):

    .. math:: DC = V_s B_{ss} e_{sr},\; DVA = V_s L_{ss} e_{sr},\; FC = \sum_t V_t B_{ts} e_{sr},\;
        FVA = \sum_t V_t \tilde B_{ts} e_{sr},\; DAVAX = V_s L_{ss} (Y_{sr} + A_{sr} L_{rr} Y_{rr}),\;
        REF = V_s L_{ss} A_{sr} (B Y_{\cdot s})_r

    Sink-based (the last time): :math:`DVA = V_s B_{ss} \phi_{sr}`, :math:`FVA = \sum_t V_t B_{ts} \phi_{sr}` with
    :math:`\phi_{sr} = Y_{sr} + A_{sr} (\tilde B f)_r` and f all final sales but those of s abroad; REF and VAXIM take
    from f what s, or r, absorbs. In both, DDC = DC - DVA, FDC = FC - FVA, VAX = DVA - REF, and in the source-based
    GVC = GEXP - DAVAX (trade crossing more than one border), GVCB = FC + DDC (backward), GVCF = DVA - DAVAX (forward).

    Rows are exporting sectors. Country totals of both approaches are equal.

    ``level``: added up by exporter; by exporter and sector; by exporter and importer; not added up. ``exporters``: only
    these (all when absent). Returns terms as columns (13 source-based, 10 sink-based), in the table's unit.

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> borin_mancini(table).loc["CHN", ["GEXP", "DVA", "GVC"]].round(3).tolist()
    [2.0, 1.75, 0.625]
    """
    checked(table)
    for name, value, known in (("level", level, tuple(LEVELS)), ("approach", approach, ("source", "sink"))):
        if value not in known:
            raise TradeDataError(f"unknown {name}", column=name, value=value, expected=" | ".join(known))
    places = [table.place(code) for code in exporters] if exporters is not None else range(len(table.countries))
    if not len(places) or len(set(places)) < len(places):
        raise TradeDataError("exporters", column="exporters", value=exporters, expected="one or more, each once")
    inter, final = _flows(table)
    absorbed = table.B @ table.Y
    local = (table.L @ np.stack([table.Y[table.rows(r), r] for r in range(table.shape[0])])[:, :, None])[:, :, 0]
    engine = _source if approach == "source" else _sink
    blocks = []
    for s in places:
        own = table.rows(s)
        weights = _weights(table, s)
        terms = engine(table, s, weights, final[own], absorbed, local)
        terms["GEXP"] = inter[own] + final[own]
        terms["DC"], terms["FC"] = (weights[k][:, None] * terms["GEXP"] for k in ("vb", "foreign"))
        blocks.append(_complete(table, s, terms, approach))
    frame = pd.concat(blocks)
    by = LEVELS[level]
    return frame if level == "bilateral" else frame.groupby(level=by, sort=False).sum()


def _weights(table: Icio, s):
    """Per unit of exports of each sector of s: V L, V B, foreign content, and foreign value added net of re-passing."""
    own = table.rows(s)
    vb = table.v[own] @ table.B[own, own]
    foreign = table.v @ table.B[:, own] - vb
    # B~ of column block s is B_.s B_ss^-1 L_ss: one small system instead of a new inverse for each exporter.
    once = np.linalg.solve(table.B[own, own], table.L[s])
    return {"vl": table.v[own] @ table.L[s], "vb": vb, "foreign": foreign, "foreign_once": foreign @ once,
            "once": once}


def _sent(table, s, by_row):
    """A_sr times the part r of a column, for every r: N x G. ``by_row`` is GN (one for all r) or GN x G (one each)."""
    g, n = table.shape
    a = table.A[table.rows(s)].reshape(n, g, n)
    part = by_row.reshape(g, n) if by_row.ndim == 1 else np.einsum("rnr->rn", by_row.reshape(g, n, g))
    return np.einsum("irj,rj->ir", a, part)


def _source(table, s, weights, final, absorbed, local):
    vl = weights["vl"][:, None]
    inter = table.Z[table.rows(s)].reshape(table.shape[1], *table.shape).sum(axis=2)
    return {"DVA": vl * (inter + final), "FVA": weights["foreign_once"][:, None] * (inter + final),
            "DAVAX": vl * (final + _sent(table, s, local.ravel())), "REF": vl * _sent(table, s, absorbed[:, s])}


def _sink(table, s, weights, final, absorbed, local):
    own = table.rows(s)
    column = table.B[:, own]
    # B~ f = B f - B~_.s (A_s,abroad B f), and B f without the final exports of s.
    without_exports = absorbed - column @ final
    made = table.Y[own] - final
    passing = without_exports[own] - made - table.A[own, own] @ without_exports[own]
    output = without_exports - column @ (weights["once"] @ passing)
    phi = final + _sent(table, s, output.sum(axis=1))
    vb, foreign = weights["vb"][:, None], weights["foreign"][:, None]
    return {"DVA": vb * phi, "FVA": foreign * phi, "REF": vb * _sent(table, s, output[:, s]),
            "VAXIM": vb * (final + _sent(table, s, output))}


def _complete(table, s, terms, approach):
    """The terms that follow from the others, as a frame without the exporter itself among the importers."""
    terms["VAX"], terms["DDC"] = terms["DVA"] - terms["REF"], terms["DC"] - terms["DVA"]
    terms["FDC"] = terms["FC"] - terms["FVA"]
    if approach == "source":
        terms["GVC"], terms["GVCB"] = terms["GEXP"] - terms["DAVAX"], terms["FC"] + terms["DDC"]
        terms["GVCF"] = terms["DVA"] - terms["DAVAX"]
    names = SOURCE_TERMS if approach == "source" else SINK_TERMS
    index = pd.MultiIndex.from_product([[table.countries[s]], table.sectors, table.countries],
                                       names=LEVELS["bilateral"])
    frame = pd.DataFrame({name: terms[name].ravel() for name in names}, index=index)
    return frame[index.get_level_values(2) != table.countries[s]]


def world_foreign(table, approach="sink") -> pd.DataFrame:
    r"""Foreign value added and foreign double counting in the world's perspective (the corrected KWW).

    Each value added that crosses more than one border is foreign value added once in all the world's exports. At the
    source that is the first re-exporter, :math:`FVA_s = \sum_t V_t L_{tt} A_{ts} L_{ss} E_s`. At the sink it is the
    last country, other than the origin t, that exports it before it is absorbed, be it after passing t again:

    .. math:: FVA_s = \sum_t V_t B_{ts} \Big[ \sum_r (Y_{sr} + A_{sr} L_{rr} Y_{rr})
        + A_{st} L_{tt} \sum_{k \ne t} (Y_{tk} + A_{tk} L_{kk} Y_{kk}) \Big]

    Both add up to the same world total. Source: Borin and Mancini (2019), eq. 52 and 54; the other terms are those of
    :func:`borin_mancini` by country.

    By country: ``FVA``, ``FDC``.

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> world_foreign(table).columns.tolist()
    ['FVA', 'FDC']
    """
    if approach not in ("source", "sink"):
        raise TradeDataError("unknown approach", column="approach", value=approach, expected="source | sink")
    g, n = checked(table).shape
    inter, final = _flows(table)
    sold = (inter + final).sum(axis=1)
    local = np.concatenate([table.L[r] @ table.Y[table.rows(r), r] for r in range(g)])
    direct = np.stack([final[table.rows(s)].sum(axis=1) + _sent(table, s, local).sum(axis=1)
                       - table.A[table.rows(s), table.rows(s)] @ local[table.rows(s)] for s in range(g)])
    value, content = np.zeros(g), np.zeros(g)
    for s in range(g):
        own = table.rows(s)
        for t in range(g):
            if t == s:
                continue
            at = table.rows(t)
            weight = table.v[at] @ table.B[at, own]
            content[s] += weight @ sold[own]
            if approach == "source":
                value[s] += table.v[at] @ table.L[t] @ table.A[at, own] @ table.L[s] @ sold[own]
            else:
                value[s] += weight @ (direct[s] + table.A[own, at] @ table.L[t] @ direct[t])
    return pd.DataFrame({"FVA": value, "FDC": content - value}, index=pd.Index(table.countries, name="country"))

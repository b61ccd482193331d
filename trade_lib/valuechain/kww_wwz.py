"""Gross exports taken apart: Koopman, Wang and Wei (2014), nine terms; Wang, Wei and Zhu (2013), sixteen.

Notation: s exporter, r importer, t and u other countries; V value-added coefficients, B the global and L the domestic
Leontief inverse, A input coefficients, Y final sales, E gross exports.
"""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.valuechain.leontief import _flows
from trade_lib.valuechain.table import Icio, checked

KWW_TERMS = ("DVA_FIN", "DVA_INT", "DVA_INTrex", "RDV_FIN", "RDV_INT", "DDC", "FVA_FIN", "FVA_INT", "FDC")
WWZ_TERMS = ("DVA_FIN", "DVA_INT", "DVA_INTrexI1", "DVA_INTrexF", "DVA_INTrexI2", "RDV_INT", "RDV_FIN", "RDV_FIN2",
             "OVA_FIN", "MVA_FIN", "OVA_INT", "MVA_INT", "DDC_FIN", "DDC_INT", "ODC", "MDC")


def _final(table: Icio):
    """Final sales in two parts: at home (GN), and all abroad by destination (GN x G, zero at home)."""
    if len(checked(table).countries) < 2:
        raise TradeDataError("no trade in a table of one country", file=table.name or None, column="country",
                             value=table.countries, expected="two or more countries")
    home = np.concatenate([table.Y[table.rows(s), s] for s in range(len(table.countries))])
    return home, _flows(table)[1]


def _local(table: Icio, vector):
    """L_rr times the part of r, for every country r."""
    return (table.L @ vector.reshape(*table.shape, 1)).ravel()


def kww(table: Icio) -> pd.DataFrame:
    r"""Nine terms of each country's gross exports, which add up to them.

    Domestic value added absorbed abroad, in final goods :math:`V_s B_{ss} Y_{sr}`, in intermediates used by the
    importer :math:`V_s B_{sr} Y_{rr}` or sent on :math:`V_s B_{sr} Y_{rt}`; returned in final goods
    :math:`V_s B_{sr} Y_{rs}` or intermediates :math:`V_s B_{sr} A_{rs} L_{ss} Y_{ss}`; counted twice
    :math:`V_s B_{sr} A_{rs} L_{ss} E_s`; foreign :math:`V_t B_{ts} Y_{sr}`, :math:`V_t B_{ts} A_{sr} L_{rr} Y_{rr}`
    and :math:`V_t B_{ts} A_{sr} L_{rr} E_r`, summed over r, t other than s.

    Source: Koopman, Wang and Wei (2014), American Economic Review 104(2), eq. 36. Its foreign double counting depends
    on who counts: :func:`trade_lib.valuechain.world_foreign` has the corrected one.

    ``table``: a table whose rows balance exactly (``close=True`` for rounded ones), else the terms fall short by the
    gap. Returns a row a country, the nine terms as columns, in the table's unit.

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> kww(table).sum(axis=1).round(6).tolist()
    [2.0, 3.0]
    """
    home, abroad = _final(table)
    sold = sum(_flows(table)).sum(axis=1)
    local_home, local_sold = _local(table, home), _local(table, sold)
    result = []
    for s in range(len(table.countries)):
        own = table.rows(s)
        other = np.ones(len(table.x), dtype=bool)
        other[own] = False
        vb = table.v[own] @ table.B[own]
        back = (vb[other] @ table.A[other, own])
        foreign = table.v[other] @ table.B[other, own]
        sent = table.A[own][:, other]
        third = abroad[other].sum(axis=1) - abroad[other, s]
        result.append([vb[own] @ abroad[own].sum(axis=1), vb[other] @ home[other], vb[other] @ third,
                       vb[other] @ abroad[other, s], back @ local_home[own], back @ local_sold[own],
                       foreign @ abroad[own].sum(axis=1), foreign @ (sent @ local_home[other]),
                       foreign @ (sent @ local_sold[other])])
    return pd.DataFrame(result, index=pd.Index(table.countries, name="country"), columns=list(KWW_TERMS))


def wwz(table: Icio) -> pd.DataFrame:
    r"""Sixteen terms of each sector's exports to each country, which add up to them.

    With :math:`#` the product row by row, :math:`V_s L_{ss} \# A_{sr} (\cdot)` takes the domestic value added of
    intermediates by what becomes of them: DVA_INT :math:`B_{rr} Y_{rr}`; DVA_INTrexI1 :math:`B_{rt} Y_{tt}`;
    DVA_INTrexF :math:`B_{rr} Y_{rt}`; DVA_INTrexI2 :math:`B_{rt} Y_{tu}`; RDV_FIN :math:`B_{rr} Y_{rs}`; RDV_FIN2
    :math:`B_{rt} Y_{ts}`; RDV_INT :math:`B_{rs} Y_{ss}`; DDC_FIN :math:`B_{rs} Y_{st}`. DVA_FIN is
    :math:`V_s B_{ss} \# Y_{sr}`, DDC_INT :math:`V_s (B_{ss} - L_{ss}) \# A_{sr} x_r`. Value added of the importer
    (MVA, MDC: :math:`V_r B_{rs}`) and of others (OVA, ODC: :math:`V_t B_{ts}`) stands in final goods
    :math:`\# Y_{sr}`, intermediates :math:`\# A_{sr} L_{rr} Y_{rr}` and double counting :math:`\# A_{sr} L_{rr} E_r`.

    Source: Wang, Wei and Zhu (2013), NBER working paper 19677, eq. 22 and table A2.

    ``table``: a table whose rows balance exactly, as for :func:`kww`. Indexed by country, sector, destination;
    the sixteen terms as columns.

    >>> from trade_lib.valuechain.table import icio
    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> wwz(table).sum(axis=1).round(6).tolist()
    [2.0, 3.0]
    """
    home, abroad = _final(table)
    g, n = table.shape
    sold = sum(_flows(table)).sum(axis=1)
    local_home, local_sold = _local(table, home), _local(table, sold)
    # B times final sales, kept by the country that makes the final good: [made in t][row, absorbed in u].
    made = [table.B[:, table.rows(t)] @ table.Y[table.rows(t)] for t in range(g)]
    by_home = np.stack([made[t][:, t] for t in range(g)], axis=1)
    abroad_of = np.stack([made[t].sum(axis=1) - made[t][:, t] for t in range(g)], axis=1)
    blocks, labels = [], []
    for s in range(g):
        own = table.rows(s)
        vl, vb = table.v[own] @ table.L[s], table.v[own] @ table.B[own, own]
        weights = np.stack([table.v[table.rows(t)] @ table.B[table.rows(t), own] for t in range(g)])
        all_weights = weights.sum(axis=0) - weights[s]
        to_s = np.stack([made[t][:, s] for t in range(g)], axis=1)
        for r in range(g):
            if r == s:
                continue
            at, a = table.rows(r), table.A[own, table.rows(r)]
            other = all_weights - weights[r]
            final, used, again = abroad[own, r], a @ local_home[at], a @ local_sold[at]
            rest = made[r][at].sum(axis=1) - made[r][at, r] - made[r][at, s]
            back = _third(to_s[at], s, r)
            further = _third(abroad_of[at], s, r) - back
            terms = {
                "DVA_FIN": vb * final, "DVA_INT": vl * (a @ by_home[at, r]),
                "DVA_INTrexI1": vl * (a @ _third(by_home[at], s, r)), "DVA_INTrexF": vl * (a @ rest),
                "DVA_INTrexI2": vl * (a @ further), "RDV_INT": vl * (a @ by_home[at, s]),
                "RDV_FIN": vl * (a @ made[r][at, s]), "RDV_FIN2": vl * (a @ back),
                "OVA_FIN": other * final, "MVA_FIN": weights[r] * final, "OVA_INT": other * used,
                "MVA_INT": weights[r] * used, "DDC_FIN": vl * (a @ abroad_of[at, s]),
                "DDC_INT": (vb - vl) * (a @ table.x[at]), "ODC": other * again, "MDC": weights[r] * again}
            blocks.append(np.stack([terms[name] for name in WWZ_TERMS], axis=1))
            labels.append((table.countries[s], table.countries[r]))
    index = pd.MultiIndex.from_tuples([(s, sector, r) for s, r in labels for sector in table.sectors],
                                      names=["country", "sector", "destination"])
    return pd.DataFrame(np.concatenate(blocks), index=index, columns=list(WWZ_TERMS))


def _third(columns, s, r):
    """Columns of all countries but s and r, added up."""
    return columns.sum(axis=1) - columns[:, s] - columns[:, r]

"""An inter-country input-output table: checked when it is made, its shares and inverse computed once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError


@dataclass(frozen=True, eq=False)
class Icio:
    """A table of G countries and N sectors; made by :func:`icio`, which checks it.

    ``Z`` (GN x GN) holds sales for intermediate use, ``Y`` (GN x G) sales to final use by destination, ``x`` (GN)
    gross output, all in one unit. Rows go country by country, sector by sector within.
    """

    countries: tuple
    sectors: tuple
    Z: np.ndarray
    Y: np.ndarray
    x: np.ndarray
    name: str = ""

    @property
    def shape(self):
        """(G, N)."""
        return len(self.countries), len(self.sectors)

    @cached_property
    def A(self):  # noqa: N802
        """Input coefficients, Z over the buyer's output; zero where a sector makes nothing."""
        return np.divide(self.Z, self.x, out=np.zeros_like(self.Z), where=self.x > 0)

    @cached_property
    def B(self):  # noqa: N802
        """Leontief inverse, (I - A)^-1."""
        return _inverse(self.A, self.name)

    @cached_property
    def L(self):  # noqa: N802
        """Leontief inverse of each country's domestic block, (I - A_ss)^-1: G x N x N."""
        return np.stack([_inverse(self.A[self.rows(s), self.rows(s)], self.name) for s in range(len(self.countries))])

    @cached_property
    def v(self):
        """Value added per unit of output, 1 - column sums of A (net taxes and margins are in it)."""
        return 1 - self.A.sum(axis=0)

    @cached_property
    def index(self):
        """Country and sector of the rows."""
        return pd.MultiIndex.from_product([self.countries, self.sectors], names=["country", "sector"])

    def rows(self, s):
        """Rows of the country at place s."""
        n = len(self.sectors)
        return slice(s * n, (s + 1) * n)

    def place(self, country):
        """Place of a country; a missing one is an error."""
        if country not in self.countries:
            raise TradeDataError("country not in the table", file=self.name or None, column="country", value=country,
                                 expected=f"one of {', '.join(map(str, self.countries[:8]))} ...")
        return self.countries.index(country)


def _inverse(a, name):
    try:
        return np.linalg.inv(np.eye(len(a)) - a)
    except np.linalg.LinAlgError:
        raise TradeDataError("no Leontief inverse: some sectors use up all that they make", file=name or None,
                             column="A", expected="value added wherever sectors feed one another") from None


def checked(table):
    """The table itself, if it is one; else a clear error.

    >>> checked(icio([[2.0]], [[8.0]], [10.0], ["CHN"], ["all"])).shape
    (1, 1)
    """
    if not isinstance(table, Icio):
        raise TradeDataError("not an input-output table", value=type(table).__name__,
                             expected="a table made by icio() or wiod()")
    return table


def icio(Z, Y, x, countries, sectors, name="", tolerance=1e-3, rounding=0.0, close=False):  # noqa: N803
    r"""An inter-country input-output table, checked: shapes, signs, shares and balance.

    A row balances when :math:`x_i = \sum_j Z_{ij} + \sum_r Y_{ir}`.

    ``Z``: intermediate sales, seller by row. ``Y``: final sales by destination, or by destination and F categories
    within, which are added up. ``x``: gross output. ``countries``, ``sectors``: G and N labels.
    ``name``: named in errors. ``tolerance``: largest gap of a country's rows, as a share of its output. ``rounding``:
    gap of a single row that the source's rounding explains, in the table's unit; not held against it. ``close``: put
    what a row falls short (rounding in the source) into final use at home, so that identities hold exactly.

    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> table.v.tolist()
    [0.7, 0.6]
    """
    countries, sectors = tuple(countries), tuple(sectors)
    for label, values in (("country", countries), ("sector", sectors)):
        if len(set(values)) != len(values):
            raise TradeDataError("label given twice", file=name or None, column=label,
                                 value=next(v for v in values if values.count(v) > 1), expected="each label once")
    g, n = len(countries), len(sectors)
    Z, Y, x = (_array(part, label, name) for part, label in ((Z, "Z"), (Y, "Y"), (x, "x")))  # noqa: N806
    for part, label, good in ((Z, "Z", (g * n, g * n)), (x, "x", (g * n,))):
        if part.shape != good:
            raise TradeDataError("a country or sector is missing: wrong shape", file=name or None, column=label,
                                 value=part.shape, expected=f"{good} for {g} countries and {n} sectors")
    if Y.ndim != 2 or Y.shape[0] != g * n or Y.shape[1] == 0 or Y.shape[1] % g:
        raise TradeDataError("a country or sector is missing: wrong shape", file=name or None, column="Y",
                             value=Y.shape, expected=f"{g * n} rows and a multiple of {g} columns")
    Y = Y.reshape(g * n, g, -1).sum(axis=2)  # noqa: N806
    table = Icio(countries, sectors, Z, Y, x, name)
    _check_cells(table)
    gaps = balance(table, rounding)
    worst = gaps["gap_share"].idxmax()
    if gaps.loc[worst, "gap_share"] > tolerance:
        raise TradeDataError("unbalanced table: sales do not add up to output", file=name or None, row=worst,
                             column="x", value=float(gaps.loc[worst, "gap"]),
                             expected=f"a gap of at most {tolerance:g} of the country's output")
    if close:
        for s in range(g):
            rows = table.rows(s)
            Y[rows, s] += x[rows] - Z[rows].sum(axis=1) - Y[rows].sum(axis=1)
    return table


def _array(part, label, name):
    try:
        return np.array(part, dtype=float)
    except (TypeError, ValueError):
        raise TradeDataError("not a table of numbers", file=name or None, column=label,
                             expected="numbers in rows of one length") from None


def _check_cells(table):
    def fail(bad, message, part, expected):
        at = np.argwhere(bad)[0]
        raise TradeDataError(message, file=table.name or None, row=" ".join(map(str, table.index[at[0]])),
                             column=" ".join(map(str, table.index[at[1]])) if part is table.Z else None,
                             value=float(part[tuple(at)]), expected=expected)

    for part in (table.Z, table.Y, table.x):
        if not np.isfinite(part).all():
            fail(~np.isfinite(part), "not a finite number", part, "a number in every cell")
    if (table.x < 0).any():
        fail(table.x < 0, "negative output", table.x, ">= 0")
    if (table.Z < 0).any():
        fail(table.Z < 0, "negative intermediate sales", table.Z, ">= 0")
    inputs = table.Z.sum(axis=0)
    above = inputs > table.x * (1 + 1e-9)
    if above.any():
        share = np.divide(inputs, table.x, out=np.full_like(inputs, np.inf), where=table.x > 0)
        fail(above, "inputs above output: a share above 1", share, "inputs of at most the sector's output")


def balance(table, rounding=0.0):
    """How far the rows of each country fall short of its output, but for gaps of at most ``rounding`` in a row.

    By country: ``output``, ``gap`` (sum of the rows' absolute gaps), ``gap_share`` (of output).

    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> balance(table)["gap"].tolist()
    [0.0, 0.0]
    """
    table = checked(table)
    gap = np.abs(table.x - table.Z.sum(axis=1) - table.Y.sum(axis=1))
    gap = np.where(gap > rounding, gap, 0).reshape(table.shape).sum(axis=1)
    output = table.x.reshape(table.shape).sum(axis=1)
    share = np.divide(gap, output, out=np.where(gap > 0, np.inf, 0.0), where=output > 0)
    return pd.DataFrame({"output": output, "gap": gap, "gap_share": share},
                        index=pd.Index(table.countries, name="country"))


def aggregate(table, countries=None, sectors=None):
    """The table with countries or sectors added up to groups.

    Aggregation is not neutral: within a group all sectors get one technology, so foreign content changes (China's of
    2011 falls by about a point from 35 to 10 sectors and 41 to 15 regions).

    ``countries``, ``sectors``: label to group; labels not named stay alone. Groups stand in the order of their first
    members.

    >>> table = icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
    >>> aggregate(table, {"CHN": "both", "RUS": "both"}).Z.tolist()
    [[7.0]]
    """
    def groups(labels, mapping):
        if mapping is not None and not isinstance(mapping, dict):
            raise TradeDataError("not a grouping", value=mapping, expected="a dict of label to group")
        unknown = sorted(set(mapping or {}) - set(labels))
        if unknown:
            raise TradeDataError("label not in the table", file=table.name or None, value=unknown[0],
                                 expected=f"one of {', '.join(map(str, labels[:8]))} ...")
        to = [(mapping or {}).get(label, label) for label in labels]
        names = tuple(dict.fromkeys(to))
        return names, np.array([[name == t for name in names] for t in to], dtype=float)

    table = checked(table)
    new_countries, c = groups(table.countries, countries)
    new_sectors, k = groups(table.sectors, sectors)
    both = np.kron(c, k)
    return icio(both.T @ table.Z @ both, both.T @ table.Y @ c, both.T @ table.x, new_countries, new_sectors, table.name)

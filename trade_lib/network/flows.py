"""A year's trade as a square frame, exporters by importers; the same trade with errors, and a random one like it."""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError

NEEDED = ("exporter", "importer", "value")
MOST_ROUNDS, CLOSE = 5000, 1e-6


def flow_matrix(flows: pd.DataFrame, countries: list[str] | None = None) -> pd.DataFrame:
    """One year's flows as a square frame W: W[i, j] is what i exports to j, 0 where nothing is recorded.

    ``flows``: ``exporter``, ``importer``, ``value`` (US$), a row a pair; one year. ``countries``: keep these only (each
    has to trade with another one of them); all by default. Returns rows exporters, columns importers, the same sorted
    codes.

    >>> flows = pd.DataFrame({"exporter": ["A", "B"], "importer": ["B", "C"], "value": [2, 1]})
    >>> flow_matrix(flows).to_numpy().tolist()
    [[0.0, 2.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """
    for name in NEEDED:
        if name not in flows:
            raise TradeDataError("a column is missing", column=name, expected=", ".join(NEEDED))
    if flows.empty:
        raise TradeDataError("no flows", expected="at least one pair")
    values = pd.to_numeric(flows["value"], errors="coerce")
    _refuse(flows, ~np.isfinite(values) | (values < 0), "value", "not a value of trade", "a number, 0 or more")
    _refuse(flows, flows["exporter"].isna() | flows["importer"].isna(), "exporter", "a country is missing", "a code")
    _refuse(flows, flows["exporter"] == flows["importer"], "importer", "a country trades with itself", "two countries")
    _refuse(flows, flows.duplicated(["exporter", "importer"]), "importer", "the pair comes twice", "one row a pair")
    if countries is not None:
        flows = flows[flows["exporter"].isin(countries) & flows["importer"].isin(countries)]
    flows = flows[flows["value"] > 0]
    codes = sorted({*flows["exporter"], *flows["importer"]})
    lost = sorted(set(countries if countries is not None else []) - set(codes))
    if lost:
        raise TradeDataError("no trade with the other countries", column="countries", value=lost[0],
                             expected="countries that trade with one another")
    wide = flows.pivot(index="exporter", columns="importer", values="value")
    return wide.reindex(index=codes, columns=codes).fillna(0.0).astype(float)


def _refuse(flows, bad, column, message, expected):
    if bad.any():
        row = flows[bad].astype(object).iloc[0]  # plain numbers in the message
        raise TradeDataError(message, row=f"{row['exporter']} to {row['importer']}", column=column,
                             value=row[column], expected=expected)


def common_countries(flows: pd.DataFrame) -> list[str]:
    """The countries that trade in every year of a table: ranks of different years are ranks among the same.

    ``flows``: ``year``, ``exporter``, ``importer``.

    >>> common_countries(pd.DataFrame({"year": [1, 1, 2], "exporter": list("ABA"), "importer": list("BCB")}))
    ['A', 'B']
    """
    each = [set(part["exporter"]) | set(part["importer"]) for _, part in flows.groupby("year")]
    return sorted(set.intersection(*each))


def check(W):
    """The values of a square frame of flows, after checking that it is one."""
    values = np.asarray(W, dtype=float)
    if values.ndim != 2 or values.shape[0] != values.shape[1] or list(W.index) != list(W.columns):
        raise TradeDataError("not a square frame of flows", value=values.shape, expected="the same codes both ways")
    if not np.isfinite(values).all() or (values < 0).any() or np.diag(values).any():
        raise TradeDataError("not a frame of flows", expected="values of 0 or more, 0 on the diagonal")
    return values


def like(W, code):
    """A country's position in a network, or an error."""
    if code not in W.index:
        raise TradeDataError("no such country in the network", value=code, expected=f"such as {W.index[0]}")
    return W.index.get_loc(code)


def perturb(W: pd.DataFrame, sigma: float, rng: np.random.Generator):
    """The same flows with an independent error on each: W x exp(sigma x N(0, 1) - sigma^2 / 2), whose mean is W.

    ``sigma``: standard deviation of the error of a flow's logarithm.

    >>> W = pd.DataFrame([[0.0, 2.0], [1.0, 0.0]], list("AB"), list("AB"))
    >>> perturb(W, 0.0, np.random.default_rng(1)).equals(W)
    True
    """
    if not sigma >= 0:
        raise TradeDataError("not a standard deviation", column="sigma", value=sigma, expected="0 or more")
    return W * np.exp(sigma * rng.standard_normal(W.shape) - sigma**2 / 2)


def rewire(W: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A random network with the same links and the same exports and imports of every country as W.

    How far each existing flow lies from what size alone gives, log(W_ij / (out_i in_j)), is shuffled over all links;
    then rows and columns are scaled in turn (RAS, Sinkhorn) until every country's exports and imports are its own.
    Degrees and strengths are those of W; who is close to whom is chance.

    Returns exports and imports within a millionth of those of W.

    Source: Squartini, Garlaschelli (2011), New Journal of Physics 13, 083001 (what such null models keep); Sinkhorn
    (1967), American Mathematical Monthly 74 (the scaling).

    >>> W = pd.DataFrame([[0, 2.0, 3], [1, 0, 4], [5, 1, 0]], list("ABC"), list("ABC"))
    >>> rewire(W, np.random.default_rng(1)).sum().round(3).tolist()
    [6.0, 3.0, 7.0]
    """
    values = check(W)
    out, into = values.sum(1), values.sum(0)
    link = values > 0
    size = np.outer(out, into)
    closeness = values[link] / size[link]
    drawn = np.zeros_like(values)
    drawn[link] = size[link] * rng.permutation(closeness)
    for _ in range(MOST_ROUNDS):
        drawn *= _ratio(out, drawn.sum(1))[:, None]
        drawn *= _ratio(into, drawn.sum(0))
        if np.abs(_ratio(drawn.sum(1), out) - 1)[out > 0].max() < CLOSE:
            return pd.DataFrame(drawn, W.index, W.columns)
    raise TradeDataError("the random network does not reach the exports and imports asked for", value=MOST_ROUNDS,
                         expected="fewer rounds of scaling")


def _ratio(a, b):
    return np.divide(a, b, out=np.zeros_like(a), where=b > 0)

"""Trade potential of one country: what a gravity model that never saw its trade predicts, over what it trades."""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.gravity.estimate import Y, run
from trade_lib.gravity.prepare import TIES

TERMS = ["ldist", *TIES, "rta"]
LEAST_POPULATION = 1e6
MODELS = ("ppml", "ols", "sizes")
SIZES = ["lgdp", "lgdppc", "lremote"]


def potential(frame: pd.DataFrame, sizes: pd.DataFrame, country: str = "CHN", model="ppml", left_out: bool = True,
              draws: int = 0, seed: int = 1, terms=TERMS) -> pd.DataFrame:
    """Predicted and actual trade of a country with each partner, in both directions.

    ``ppml``: trade = exp(exporter effect + importer effect + b'x), estimated on all pairs, or (``left_out``) on all
    pairs without the country's own. Left out, its partners' effects and b come from others' trade only; its own two
    effects are those of an economy of its size: a regression of the others' effects on log GDP, GDP a head and
    remoteness (countries of a million people or more), taken back from logs by the mean of exp(residual) (Duan 1983):
    the mean trade of such economies, not the median. So the distribution over partners is identified by others'
    trade, and the level by the regression on size, which is far less certain. Left in, the effects make predicted equal
    actual in total, exports and imports alike: only the distribution over partners says anything.
    ``ols``: the same on logs of positive trade, scaled so that predicted equals actual over the rows trained on.
    ``sizes``: Poisson with log GDP, GDP a head and remoteness of both sides in place of effects.

    Draws give intervals: countries (not pairs, since a country's pairs err together) get random weights with mean one
    (exponential), a pair the product of its two, the model is estimated anew, and the country's own effects are drawn
    with the residuals of some other country, so that the draws carry that factor too.

    ``frame``: one year of :func:`trade_lib.gravity.panel`. ``sizes``: from :func:`trade_lib.gravity.prepare.sizes`, the
    same year. ``left_out``: train without the country's pairs. ``draws``: beyond the estimate itself, which is draw 0.
    ``terms``: columns of the frame that explain trade beside the effects. Returns ``draw, partner, flow`` (as the
    country books it), ``actual``, ``predicted`` (as the trade of the frame); predicted is missing for a partner without
    an estimated effect or size.

    >>> from trade_lib.gravity.prepare import panel, sizes
    >>> found = potential(panel(2019), sizes(2019), "CHN")  # doctest: +SKIP
    """
    if model not in MODELS:
        raise TradeDataError("unknown model", value=model, expected=", ".join(MODELS))
    if country not in set(frame["exporter"]) or country not in sizes.index:
        raise TradeDataError("country has no trade or no size in these data", column="country", value=country,
                             expected="a code in the panel, with GDP")
    own = frame["exporter"].eq(country) | frame["importer"].eq(country)
    train, target = (frame[~own] if left_out else frame).reset_index(drop=True), frame[own].reset_index(drop=True)
    rng = np.random.default_rng(seed)
    codes = sorted({*frame["exporter"], *frame["importer"]})
    rows = []
    for draw in range(draws + 1):
        weight = pd.Series(rng.exponential(size=len(codes)) if draw else 1.0, index=codes)
        predict = _by_sizes if model == "sizes" else _by_effects
        predicted = predict(train, target, sizes, country, model, left_out, weight, rng if draw else None, terms)
        exports = target["exporter"].eq(country)
        rows.append(pd.DataFrame({
            "draw": draw, "partner": target["importer"].where(exports, target["exporter"]),
            "flow": np.where(exports, "export", "import"), "actual": target["trade"], "predicted": predicted}))
    return pd.concat(rows, ignore_index=True)


def _by_effects(train, target, sizes, country, model, left_out, weight, rng, terms):
    data = train.assign(weight__=train["exporter"].map(weight) * train["importer"].map(weight))
    if model == "ols":
        data = data[data["trade"] > 0].reset_index(drop=True)
    # PPML stops when its deviance stands still, which a near-perfect fit of sums in dollars drowns in rounding.
    scale = 1.0 if model == "ols" else data["trade"].mean()
    data[Y] = np.log(data["trade"]) if model == "ols" else data["trade"] / scale
    if model == "ppml":  # an effect without trade is minus infinity
        data = data[data["exporter"].isin(data.loc[data[Y] > 0, "exporter"])
                    & data["importer"].isin(data.loc[data[Y] > 0, "importer"])].reset_index(drop=True)
    fitted = run(f"{Y} ~ {' + '.join(terms)} | exporter + importer", data, model, "iid", "weight__")
    slopes = fitted.coef().reindex(terms).fillna(0)
    link = (fitted.predict(type="link") if model == "ppml" else fitted.predict()) + np.log(scale)
    export_effect, import_effect = _two_effects(data, link - data[terms].to_numpy() @ slopes.to_numpy())
    smear = 1.0
    if model == "ols":
        smear = float((data["trade"] * data["weight__"]).sum() / (np.exp(link) * data["weight__"]).sum())
    if left_out:
        own = _own_effects(export_effect, import_effect, sizes, country, weight, rng)
        export_effect, import_effect = export_effect.copy(), import_effect.copy()
        export_effect[country], import_effect[country] = own
    eta = (target["exporter"].map(export_effect) + target["importer"].map(import_effect)
           + target[terms].to_numpy() @ slopes.to_numpy())
    return smear * np.exp(eta.astype(float))


def _two_effects(data, total):
    """Split exporter effect + importer effect, which is exact row by row, into the two (first importer zero)."""
    from scipy.sparse import csr_matrix, hstack
    from scipy.sparse.linalg import lsqr

    e, exporters = pd.factorize(data["exporter"], sort=True)
    i, importers = pd.factorize(data["importer"], sort=True)
    rows = np.arange(len(data))
    ones = np.ones(len(data))
    design = hstack([csr_matrix((ones, (rows, e))), csr_matrix((ones, (rows, i)))[:, 1:]]).tocsr()
    solved = lsqr(design, np.asarray(total, float), atol=1e-12, btol=1e-12)[0]
    return (pd.Series(solved[: len(exporters)], exporters),
            pd.Series(np.append(0.0, solved[len(exporters):]), importers))


def _own_effects(export_effect, import_effect, sizes, country, weight, rng):
    """The two effects of an economy of the country's size: the mean of such economies, or (generator) one of them."""
    others = sizes.index[(sizes["population"] >= LEAST_POPULATION) & (sizes.index != country)]
    others = [c for c in others if c in export_effect.index and c in import_effect.index]
    design = np.column_stack([np.ones(len(others)), sizes.loc[others, SIZES]])
    both = np.column_stack([export_effect[others], import_effect[others]])
    root = np.sqrt(weight[others].to_numpy())[:, None]
    slopes = np.linalg.lstsq(design * root, both * root, rcond=None)[0]
    own = np.append(1.0, sizes.loc[country, SIZES]) @ slopes
    residual = both - design @ slopes
    if rng is None:
        return own + np.log(np.average(np.exp(residual), axis=0, weights=weight[others]))
    return own + residual[rng.integers(len(others))]


def _by_sizes(train, target, sizes, country, model, left_out, weight, rng, terms):
    names = [f"{name}_{side}" for side in ("e", "i") for name in SIZES]

    def with_sizes(rows):
        wide = np.column_stack([sizes[SIZES].reindex(rows[side]) for side in ("exporter", "importer")])
        return rows.assign(**dict(zip(names, wide.T, strict=True)))

    data = with_sizes(train).dropna(subset=names).reset_index(drop=True)
    scale = data["trade"].mean()  # as by effects
    data = data.assign(weight__=data["exporter"].map(weight) * data["importer"].map(weight),
                       **{Y: data["trade"] / scale})
    terms = [*terms, *names]
    slopes = run(f"{Y} ~ {' + '.join(terms)}", data, "ppml", "iid", "weight__").coef()
    rows = with_sizes(target)
    return scale * np.exp(slopes["Intercept"] + rows[terms].to_numpy() @ slopes.reindex(terms).fillna(0).to_numpy())


def _sums(draws, flow, partners=None):
    """Predicted and actual by draw and partner, one flow or both; partners without a prediction are left out."""
    rows = draws if flow == "both" else draws[draws["flow"] == flow]
    rows = rows.dropna(subset=["predicted"])
    rows = rows if partners is None else rows[rows["partner"].isin(partners)]
    return rows.groupby(["draw", "partner"])[["actual", "predicted"]].sum()


def _with_limits(values, name):
    """Draw 0 as the value, the others' 2.5 and 97.5 % quantiles as limits; by the remaining index level."""
    wide = values.unstack("draw")
    rest = wide.drop(columns=0)
    return pd.DataFrame({name: wide[0], f"{name}_low": rest.quantile(0.025, axis=1) if rest.shape[1] else np.nan,
                         f"{name}_high": rest.quantile(0.975, axis=1) if rest.shape[1] else np.nan})


def partner_ratios(draws: pd.DataFrame, flow="both") -> pd.DataFrame:
    """Predicted over actual by partner, and relative to the country's trade as a whole.

    ``ratio`` = predicted / actual. ``relative`` = ratio / (sum of predicted / sum of actual): above 1 the partner's
    share is smaller than predicted; it needs no assumption on the country's own level.

    ``draws``: from :func:`potential`. By partner: ``actual, predicted, ratio, ratio_low, ratio_high, relative,
    relative_low, relative_high``; partners without trade have no ratio and are left out.

    >>> demo = pd.DataFrame({"draw": 0, "partner": ["A", "B"], "flow": "export", "actual": [1.0, 3.0],
    ...                      "predicted": [3.0, 3.0]})
    >>> partner_ratios(demo)["relative"].round(2).tolist()
    [2.0, 0.67]
    """
    sums = _sums(draws, flow)
    sums = sums[sums["actual"] > 0]
    total = sums.groupby("draw").sum()
    ratio = sums["predicted"] / sums["actual"]
    overall = (total["predicted"] / total["actual"]).reindex(ratio.index, level="draw")
    return pd.concat([sums.xs(0, level="draw"), _with_limits(ratio, "ratio"),
                      _with_limits(ratio / overall, "relative")], axis=1)


def group_ratios(draws: pd.DataFrame, groups, flow="both") -> pd.DataFrame:
    """Predicted over actual by group of partners, and against the partners outside the group.

    ``ratio`` = sum of predicted / sum of actual over the group; ``against_rest`` = that ratio over the same ratio of
    all other partners, in which the country's own level cancels.

    ``draws``: from :func:`potential`. ``groups``: name -> partners. By group: ``actual, predicted, ratio,
    ratio_low, ratio_high, against_rest, against_rest_low, against_rest_high``.

    >>> demo = pd.DataFrame({"draw": 0, "partner": ["A", "B"], "flow": "export", "actual": [1.0, 3.0],
    ...                      "predicted": [3.0, 3.0]})
    >>> group_ratios(demo, {"first": ["A"]})["against_rest"].tolist()
    [3.0]
    """
    sums = _sums(draws, flow)
    parts = {}
    for name, members in groups.items():
        inside = sums.index.get_level_values("partner").isin(members)
        group, rest = sums[inside].groupby("draw").sum(), sums[~inside].groupby("draw").sum()
        if group.empty or rest.empty or (group["actual"] <= 0).any() or (rest["actual"] <= 0).any():
            raise TradeDataError("a group, or the rest beside it, has no trade", column="groups", value=name,
                                 expected="groups with partners of the country, and partners outside them")
        ratio = group["predicted"] / group["actual"]
        parts[name] = group.assign(ratio=ratio, against_rest=ratio / (rest["predicted"] / rest["actual"]))
    table = pd.concat(parts, names=["group"])
    return pd.concat([table[["actual", "predicted"]].xs(0, level="draw"), _with_limits(table["ratio"], "ratio"),
                      _with_limits(table["against_rest"], "against_rest")], axis=1).reindex(list(groups))


def spread(draws: pd.DataFrame, quantiles: tuple[float, ...] = (0.1, 0.25, 0.75, 0.9), least: float = 1e9) -> pd.Series:
    """Quantiles over partners of ``relative``: how far apart predicted and actual lie between ordinary pairs.

    ``draws``: from :func:`potential`. ``least``: partners with less predicted trade are left out: a small flow can be
    any multiple of its prediction. By quantile.

    >>> demo = pd.DataFrame({"draw": 0, "partner": ["A", "B"], "flow": "export", "actual": [1.0, 3.0],
    ...                      "predicted": [3.0, 3.0]})
    >>> spread(demo, (0.5,), least=0).round(2).tolist()
    [1.33]
    """
    table = partner_ratios(draws)
    return table.loc[table["predicted"] >= least, "relative"].quantile(list(quantiles))


def added_trade(trade: float, coefficient: float, low: float, high: float, change: float) -> pd.Series:
    """What a change would add to trade, other things equal: trade x (exp(coefficient x change) - 1).

    The direct effect only: that others' trade and prices respond (multilateral resistance) is not counted.

    ``trade``: trade it applies to. ``coefficient``, ``low``, ``high``: of the term that changes, with its limits.
    ``change``: in the term: 1 for an agreement, log(0.9) for distance costs as of a tenth less distance. Returns
    ``added, low, high`` in units of trade.

    >>> added_trade(100, 0.1, 0.05, 0.15, 1).round(1).tolist()
    [10.5, 5.1, 16.2]
    """
    steps = np.array([coefficient, low, high]) * change
    added = trade * np.expm1(steps)
    return pd.Series({"added": added[0], "low": added[1:].min(), "high": added[1:].max()})

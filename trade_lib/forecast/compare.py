"""Which model is better, and how sure one can be: score tables, significance, model confidence set, rank bounds.

The long frame these functions take has one row a series, origin, horizon and model: mean (the point forecast), lo80,
hi80, lo95, hi95, actual, and scale (the in-sample mean of ``|y_t - y_(t-12)|``).
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError

KEYS = ["series", "origin", "horizon"]
NEEDED = (*KEYS, "model", "mean", "lo80", "hi80", "lo95", "hi95", "actual", "scale")


def _checked(frame):
    absent = [column for column in NEEDED if column not in frame]
    if absent:
        raise TradeDataError("column missing", column=absent[0], expected=", ".join(NEEDED))
    usable = frame[np.isfinite(frame["actual"]) & np.isfinite(frame["mean"]) & (frame["scale"] > 0)]
    if not len(usable):
        raise TradeDataError("no forecast with an outcome and a scale")
    return usable


def _interval_score(frame, level):
    low, high, y = frame[f"lo{level}"], frame[f"hi{level}"], frame["actual"]
    penalty = 2 / (1 - level / 100)
    return high - low + penalty * (low - y).clip(lower=0) + penalty * (y - high).clip(lower=0)


def errors(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with scaled errors: ase (absolute), sse (squared), ape2 (symmetric %), bias, pinball (mean over the
    four limits; scoringrules), msis, in80, in95, below80, above80; with a column crps also scaled_crps.

    Examples
    --------
    >>> row = {"series": "a", "origin": "2020-01", "horizon": 1, "model": "m", "mean": 1.0, "lo80": 0.0, "hi80": 3.0,
    ...        "lo95": 0.0, "hi95": 4.0, "actual": 2.0, "scale": 0.5}
    >>> errors(pd.DataFrame([row]))[["ase", "msis"]].iloc[0].tolist()
    [2.0, 8.0]
    """
    from scoringrules import quantile_score

    frame = _checked(frame)
    miss = frame["actual"] - frame["mean"]
    if "crps" in frame:
        frame = frame.assign(scaled_crps=frame["crps"] / frame["scale"])
    limits = (("lo95", 0.025), ("lo80", 0.1), ("hi80", 0.9), ("hi95", 0.975))
    losses = [quantile_score(frame["actual"].to_numpy(float), frame[name].to_numpy(float), level)
              for name, level in limits]
    return frame.assign(
        pinball=np.mean(losses, axis=0) / frame["scale"],
        ase=miss.abs() / frame["scale"], sse=(miss / frame["scale"]) ** 2, bias=-miss / frame["scale"],
        ape2=200 * miss.abs() / (frame["actual"].abs() + frame["mean"].abs()),
        msis=_interval_score(frame, 95) / frame["scale"],
        below80=frame["actual"] < frame["lo80"], above80=frame["actual"] > frame["hi80"],
        in80=frame["actual"].between(frame["lo80"], frame["hi80"]),
        in95=frame["actual"].between(frame["lo95"], frame["hi95"]))


def _means(scored):
    by = ["series", "origin"]

    def mean(column, rows=scored):
        return rows.groupby(by)[column].mean().mean()

    return {"forecasts": len(scored), "MASE12": mean("ase", scored[scored["horizon"] <= 12]), "MASE24": mean("ase"),
            "RMSSE": np.sqrt(scored.groupby(by)["sse"].mean()).mean(), "sMAPE": scored["ape2"].mean(),
            "bias": scored["bias"].mean(), "pinball": mean("pinball"),
            **({"CRPS": mean("scaled_crps")} if "scaled_crps" in scored else {}), "MSIS": mean("msis"),
            **{name: 100 * scored[column].mean() for name, column in (
                ("coverage80", "in80"), ("coverage95", "in95"), ("below80", "below80"), ("above80", "above80"))}}


def score_table(frame: pd.DataFrame, base: str | None = None) -> pd.DataFrame:
    """Scores of each model; with ``base`` also against the base on the forecasts both made.

    Columns: model, forecasts, MASE12 and MASE24 (means over series and origins of the mean scaled error to month 12
    and 24), RMSSE, sMAPE, bias, pinball, CRPS (where given), MSIS, coverage80, coverage95 (%), below80 and above80 (%
    of outcomes beyond either 80 % limit: ten each where calibrated); with a base also base_MASE12, base_MASE24,
    base_MSIS, gain12, gain24 (%, how much lower the base's is).
    """
    scored = errors(frame)
    rows = []
    ours = scored[scored["model"] == base].set_index(KEYS) if base else None
    for model, theirs in scored.groupby("model", sort=True):
        row = {"model": model, **_means(theirs)}
        shared = ours.loc[ours.index.intersection(pd.MultiIndex.from_frame(theirs[KEYS]))] if base else ()
        if len(shared):
            own = _means(shared.reset_index())
            row |= {f"base_{key}": own[key] for key in ("MASE12", "MASE24", "MSIS")}
            row |= {f"gain{h}": 100 * (1 - own[f"MASE{h}"] / row[f"MASE{h}"]) for h in (12, 24)}
        rows.append(row)
    return pd.DataFrame(rows).sort_values("MASE12", ignore_index=True)


def _shared(frame, index):
    """Scaled errors of all models (columns) on the forecasts that all made."""
    wide = errors(frame).pivot_table(index=index, columns="model", values="ase", aggfunc="mean").dropna()
    if not len(wide):
        raise TradeDataError("no forecast that all models made")
    return wide


def significance(frame: pd.DataFrame, base: str, cluster: Callable[[str], str] = str) -> pd.DataFrame:
    """How much larger each model's mean scaled error is than the base's, and whether that is more than chance.

    Forecasts of one month share its shocks, and both sides' figures of one flow move together; so p-values (two-sided
    t tests) count origins, and clusters of series (``cluster`` names a series' own). Columns: model, apart, origins,
    p_origins, clusters, p_clusters.
    """
    from scipy.stats import ttest_1samp

    wide = _shared(frame, KEYS)
    apart = wide.drop(columns=base).sub(wide[base], axis=0)
    by = {"origins": apart.groupby(level="origin").mean(),
          "clusters": apart.groupby(apart.index.get_level_values("series").map(cluster)).mean()}
    return pd.DataFrame([{"model": model, "apart": apart[model].mean(), **{
        key: value for unit, means in by.items()
        for key, value in ((unit, len(means)), (f"p_{unit}", ttest_1samp(means[model], 0).pvalue))}}
        for model in apart])


def model_confidence_set(frame: pd.DataFrame, size=0.1, seed=0, reps=1000) -> list[str]:
    """Models that cannot be told from the best (Hansen, Lunde & Nason 2011; arch.bootstrap.MCS), on scaled errors.

    Losses are means by series and origin; the bootstrap draws them in blocks of two origins of one series.
    """
    from arch.bootstrap import MCS

    wide = _shared(frame, ["series", "origin"])
    if wide.shape[1] < 2:
        return list(wide.columns)
    test = MCS(wide, size=size, reps=reps, block_size=2, seed=seed)
    test.compute()
    return sorted(test.included)


def diebold_mariano(first, second, horizon=1, lag=None) -> dict:
    r"""Whether two series of losses, in order of origin, differ in the mean (Diebold & Mariano 1995, with the
    small-sample correction of Harvey, Leybourne & Newbold 1997; statsmodels).

    .. math:: DM = \bar d / \sqrt{\hat\gamma_{NW} / n}, \qquad d_t = L_{1t} - L_{2t}

    The long-run variance has h - 1 lags by default, as errors h months ahead overlap (Bartlett weights, so that it is
    never negative). Gives statistic (negative: the first is better), pvalue (two-sided, t with n - 1), lag, n.

    Examples
    --------
    >>> diebold_mariano([1, 2, 1, 2, 1, 2.0], [2, 3, 2, 3, 2, 3.5])["statistic"] < 0
    True
    """
    from statsmodels.tsa.stattools import diebold_mariano_test

    first, second = np.asarray(first, float), np.asarray(second, float)
    n, lag = len(first), horizon - 1 if lag is None else lag
    if n < max(lag + 3, 5) or len(second) != n or not np.isfinite(first - second).all():
        raise TradeDataError("too few or broken losses to compare", value=n, expected=f"at least {max(lag + 3, 5)}")
    if np.ptp(first - second) == 0:  # no variance to test with: the same throughout, or apart by a constant
        apart = float(first[0] - second[0])
        return {"statistic": float(np.sign(apart) * np.inf) if apart else 0.0, "pvalue": 0.0 if apart else 1.0,
                "lag": lag, "n": n}
    test = diebold_mariano_test(np.zeros(n), first, second, lags=lag, criterion=lambda _, loss: loss, harvey_adj=True,
                                horizon=lag + 1)
    return {"statistic": float(test.statistic), "pvalue": float(test.pvalue), "lag": lag, "n": n}


def league(frame: pd.DataFrame, reps=1000, seed=0) -> pd.DataFrame:
    """Mean scaled error and rank of each model, with 90 % bounds of the rank from resampling series.

    Series are drawn whole (their origins and horizons depend on one another); only forecasts that all models made
    count. Columns: model, error, rank, rank_low, rank_high, best_share (how often first).
    """
    each = _shared(frame, KEYS).groupby(level="series").mean()
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(each), (reps, len(each)))
    means = np.array([each.to_numpy()[rows].mean(axis=0) for rows in drawn])
    ranks = means.argsort(axis=1).argsort(axis=1) + 1
    table = pd.DataFrame({"model": each.columns, "error": each.mean().to_numpy(),
                          "rank_low": np.quantile(ranks, 0.05, axis=0).astype(int),
                          "rank_high": np.ceil(np.quantile(ranks, 0.95, axis=0)).astype(int),
                          "best_share": (ranks == 1).mean(axis=0)}).sort_values("error", ignore_index=True)
    table.insert(2, "rank", range(1, len(table) + 1))
    return table

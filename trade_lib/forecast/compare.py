"""Which model is better, and how sure one can be: score tables, Diebold-Mariano, model confidence set, rank bounds.

The long frame these functions take has one row a series, origin, horizon and model: mean (the point forecast), lo80,
hi80, lo95, hi95, actual, and scale (the in-sample mean of ``|y_t - y_(t-12)|``).
"""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.scores import pinball

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


def errors(frame):
    """The frame with scaled errors: ase (absolute), sse (squared), ape2 (symmetric %), bias, pinball (mean over the
    four limits), msis, in80, in95; with a column crps also scaled_crps.

    Examples
    --------
    >>> row = {"series": "a", "origin": "2020-01", "horizon": 1, "model": "m", "mean": 1.0, "lo80": 0.0, "hi80": 3.0,
    ...        "lo95": 0.0, "hi95": 4.0, "actual": 2.0, "scale": 0.5}
    >>> errors(pd.DataFrame([row]))[["ase", "msis"]].iloc[0].tolist()
    [2.0, 8.0]
    """
    frame = _checked(frame)
    miss = frame["actual"] - frame["mean"]
    if "crps" in frame:
        frame = frame.assign(scaled_crps=frame["crps"] / frame["scale"])
    limits = (("lo95", 0.025), ("lo80", 0.1), ("hi80", 0.9), ("hi95", 0.975))
    losses = [pinball(frame[name], frame["actual"], level) for name, level in limits]
    return frame.assign(
        pinball=np.mean(losses, axis=0) / frame["scale"],
        ase=miss.abs() / frame["scale"], sse=(miss / frame["scale"]) ** 2, bias=-miss / frame["scale"],
        ape2=200 * miss.abs() / (frame["actual"].abs() + frame["mean"].abs()),
        msis=_interval_score(frame, 95) / frame["scale"],
        in80=frame["actual"].between(frame["lo80"], frame["hi80"]),
        in95=frame["actual"].between(frame["lo95"], frame["hi95"]))


def score_table(frame, base=None):
    """Scores of each model; with ``base`` also against the base on the forecasts both made.

    Parameters
    ----------
    frame : pandas.DataFrame
        As in this module's head.
    base : str, optional
        Model the others are compared with.

    Returns
    -------
    pandas.DataFrame
        model, forecasts, MASE12 and MASE24 (means over series and origins of the mean scaled error to month 12 and
        24), RMSSE, sMAPE, bias, pinball, CRPS (where given), MSIS, coverage80, coverage95 (%); with a base also
        base_MASE12, base_MASE24, base_MSIS, gain12, gain24 (%, how much lower the base's is).

    Raises
    ------
    TradeDataError
        A column is missing; nothing to score.
    """
    scored = errors(frame)

    def means(part):
        by = ["series", "origin"]

        def mean(column, rows=part):
            return rows.groupby(by)[column].mean().mean()

        return {"forecasts": len(part), "MASE12": mean("ase", part[part["horizon"] <= 12]), "MASE24": mean("ase"),
                "RMSSE": np.sqrt(part.groupby(by)["sse"].mean()).mean(), "sMAPE": part["ape2"].mean(),
                "bias": part["bias"].mean(), "pinball": mean("pinball"),
                **({"CRPS": mean("scaled_crps")} if "scaled_crps" in part else {}), "MSIS": mean("msis"),
                "coverage80": 100 * part["in80"].mean(), "coverage95": 100 * part["in95"].mean()}

    rows = []
    ours = scored[scored["model"] == base].set_index(KEYS) if base else None
    for model, part in scored.groupby("model", sort=True):
        row = {"model": model, **means(part)}
        if base:
            shared = ours.loc[ours.index.intersection(pd.MultiIndex.from_frame(part[KEYS]))].reset_index()
            if len(shared):
                there = means(shared)
                row |= {f"base_{key}": there[key] for key in ("MASE12", "MASE24", "MSIS")}
                row |= {f"gain{h}": 100 * (1 - there[f"MASE{h}"] / row[f"MASE{h}"]) for h in (12, 24)}
        rows.append(row)
    return pd.DataFrame(rows).sort_values("MASE12", ignore_index=True)


def losses(frame, column="ase"):
    """Mean loss by origin (rows) and model (columns), on the series and horizons that all models forecast."""
    wide = errors(frame).pivot_table(index=KEYS, columns="model", values=column).dropna()
    if not len(wide):
        raise TradeDataError("no forecast that all models made")
    return wide.groupby(level="origin").mean()


def model_confidence_set(frame, size=0.1, seed=0, reps=1000):
    """Models that cannot be told from the best (Hansen, Lunde & Nason 2011; arch.bootstrap.MCS), on scaled errors.

    Losses are means by series and origin; the bootstrap draws them in blocks of two origins of one series.

    Returns
    -------
    list of str
    """
    from arch.bootstrap import MCS

    wide = errors(frame).pivot_table(index=["series", "origin"], columns="model", values="ase", aggfunc="mean").dropna()
    if wide.shape[1] < 2:
        return list(wide.columns)
    test = MCS(wide, size=size, reps=reps, block_size=2, seed=seed)
    test.compute()
    return sorted(test.included)


def diebold_mariano(first, second, horizon=1, lag=None):
    r"""Whether two series of losses differ in the mean (Diebold & Mariano 1995, with the small-sample correction of
    Harvey, Leybourne & Newbold 1997; statsmodels).

    .. math:: DM = \bar d / \sqrt{\hat\gamma_{NW} / n}, \qquad d_t = L_{1t} - L_{2t}

    Parameters
    ----------
    first, second : array
        Losses in order of origin; one forecast an origin, all at the same horizon.
    horizon : int
        Months ahead; errors at horizon h overlap by h - 1 origins when origins are consecutive months.
    lag : int, optional
        Lags of the long-run variance; h - 1 by default (Bartlett weights, so that it is never negative).

    Returns
    -------
    dict
        statistic (negative: the first is better), pvalue (two-sided, t with n - 1), lag, n.

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
    found = diebold_mariano_test(np.zeros(n), first, second, lags=lag, criterion=lambda _, loss: loss, harvey_adj=True,
                                 horizon=lag + 1)
    return {"statistic": float(found.statistic), "pvalue": float(found.pvalue), "lag": lag, "n": n}


def league(frame, reps=1000, seed=0):
    """Mean scaled error and rank of each model, with 90 % bounds of the rank from resampling series.

    Series are drawn whole (their origins and horizons depend on one another); only forecasts that all models made
    count.

    Returns
    -------
    pandas.DataFrame
        model, error, rank, rank_low, rank_high, best_share (how often first).

    Raises
    ------
    TradeDataError
        No forecast that all models made.
    """
    wide = errors(frame).pivot_table(index=KEYS, columns="model", values="ase").dropna()
    if not len(wide):
        raise TradeDataError("no forecast that all models made")
    each = wide.groupby(level="series").mean()
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(each), (reps, len(each)))
    means = np.array([each.to_numpy()[rows].mean(axis=0) for rows in drawn])
    ranks = means.argsort(axis=1).argsort(axis=1) + 1
    found = pd.DataFrame({"model": each.columns, "error": each.mean().to_numpy(),
                          "rank_low": np.quantile(ranks, 0.05, axis=0).astype(int),
                          "rank_high": np.ceil(np.quantile(ranks, 0.95, axis=0)).astype(int),
                          "best_share": (ranks == 1).mean(axis=0)}).sort_values("error", ignore_index=True)
    found.insert(2, "rank", range(1, len(found) + 1))
    return found

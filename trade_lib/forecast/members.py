"""The models: one registry of library models, and which of them forecast what history."""

import warnings

import numpy as np

#: Class and settings of each model in statsforecast; all are fitted on logs where a history is above zero.
LIBRARY = {
    "theta": ("AutoTheta", {"decomposition_type": "additive"}),
    "ets": ("AutoETS", {"model": "ANA"}),
    "seasonal_naive": ("SeasonalNaive", {}),
    "dynamic_theta": ("DynamicOptimizedTheta", {"decomposition_type": "additive"}),
    "ets_auto": ("AutoETS", {}),
    "ces": ("AutoCES", {}),
    "arima": ("AutoARIMA", {"approximation": True}),
    "mstl": ("MSTL", {}),
}
#: The default is the mean of three: Theta, exponential smoothing of level and season, and the same month of the last
#: year, whose weight h / (h + LATE) grows with the months ahead (it is the anchor of long horizons, and lags at short
#: ones). Chosen on four origins up to 2011 and on Tourism monthly without its last 24 months
#: (benchmarks/forecast_design.py): a median, weights learnt from past errors, histories cut to ten years and other
#: scales gain less than half a per cent there. A mean of four with "ces" and the same month of two years gains one, and
#: lost as much on the first origins that were scored.
COMBINATION = "combination"
MEMBERS, LATE = ("theta", "ets", "seasonal_naive"), 2.0
MODELS = (COMBINATION, *LIBRARY)


def kind_of(y, season=12):
    """What a history is, which decides who forecasts it.

    tiny: fewer than five months. constant: one value throughout. intermittent: at least 30 % zeros. short: fewer than
    three seasons. regular: all others.

    Examples
    --------
    >>> kind_of(np.array([2.0, 2.0, 2.0])), kind_of(np.array([0.0, 5.0] * 20)), kind_of(np.arange(48.0))
    ('tiny', 'intermittent', 'regular')
    """
    if len(y) < 5:
        return "tiny"
    if np.ptp(y) <= 1e-12 * abs(y).max():
        return "constant"
    if (y == 0).mean() >= 0.3:
        return "intermittent"
    return "short" if len(y) < 3 * season else "regular"


def members_of(kind, model):
    """Members that forecast a kind of history when a model is asked for."""
    if kind != "regular":
        return ("theta", "seasonal_naive") if kind == "short" else ("seasonal_naive",)
    return MEMBERS if model == COMBINATION else (model,)


def median_path(name, z, horizon, season):
    """Median path of one model; a history of less than three seasons shows none, one of less than one repeats its end.

    CES depends on where zero lies (centred on zero it pulls back to the mean), so zero is kept far away from it.
    """
    from statsforecast import models

    kind, settings = LIBRARY[name]
    season = season if len(z) >= (season if name == "seasonal_naive" else 3 * season) else 1
    far = 10.0 - z.mean() if name == "ces" else 0.0
    fitted = getattr(models, kind)(season_length=season, **settings).forecast(y=z + far, h=horizon)
    return np.asarray(fitted["mean"], float) - far


def plausible_path(path, z):
    """Whether a path may be used: finite, within the range of the last 36 values widened by twice it on either side."""
    recent = z[-36:]
    span = max(np.ptp(recent), 1e-9 * max(abs(recent).max(), 1e-300))
    return bool(np.isfinite(path).all() and path.min() >= recent.min() - 2 * span
                and path.max() <= recent.max() + 2 * span)


def run_members(z, horizon, names, season=12) -> tuple[dict, tuple]:
    """Plausible median paths {name: path}, and why any was left out; the seasonal naive path if none is left."""
    paths, notes = {}, []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            try:
                path = median_path(name, z, horizon, season)
            except Exception as error:  # a compiled fit may raise anything; the member is left out and named
                notes.append(f"left out {name}: {str(error)[:100] or type(error).__name__}")
                continue
            if plausible_path(path, z):
                paths[name] = path
            else:
                notes.append(f"left out {name}: path not plausible")
        if not paths:
            notes.append("seasonal_naive used instead")
            paths = {"seasonal_naive": median_path("seasonal_naive", z, horizon, season)}
    return paths, tuple(notes)


def mean_path(paths: dict) -> np.ndarray:
    """Mean of members' paths, the seasonal naive one with weight h / (h + LATE).

    Examples
    --------
    >>> mean_path({"ets": np.array([3.0, 4.0]), "seasonal_naive": np.array([7.0, 7.0])}).tolist()
    [4.0, 5.0]
    """
    values = np.array(list(paths.values()))
    ahead = np.arange(1, values.shape[1] + 1)
    weights = np.array([ahead / (ahead + LATE) if name == "seasonal_naive" else np.ones(len(ahead)) for name in paths])
    return (weights * values).sum(axis=0) / weights.sum(axis=0)

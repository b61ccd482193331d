r"""Months behind year-to-date figures: a state-space model with a cumulator.

Customs print totals since January, some months missing, January and February merged. The months themselves are states:

.. math::
    \ell_t &= \mu_t + \gamma_t + x_t' b + e_t, \qquad y_t = \exp \ell_t \\
    \mu_{t+1} &= \mu_t + \beta + \eta_t, \qquad \gamma_{t+1} = -\gamma_t - \dots - \gamma_{t-10} + \omega_t \\
    C_t &= \delta_t C_{t-1} + y_t, \qquad \delta_t = 0 \text{ in January, else } 1

A year-to-date print observes C, a monthly print y, each with its own error; everything not printed is missing (Harvey
1989, section 6.3). The exponential is linearised around the smoothed path until that path stops moving (Proietti &
Moauro 2006, Applied Statistics 55), so the Kalman filter of statsmodels applies.
"""

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_count
from trade_lib.forecast.paths import Forecast

SEASON = 12
#: Middle of the prior of the log standard deviations of level, season and irregular (one unit wide): a few points a
#: year leave the likelihood flat, and a flat likelihood puts a variance at zero and the intervals too close.
PRIOR = np.log([0.02, 0.006, 0.03])
#: Prior standard deviation of a regressor's coefficient, in logs: New Year moves a month by some tenths at most.
COEFFICIENT_SD = 0.3
#: Prior standard deviation of a month's seasonal effect, in logs; the twelve sum to zero.
SEASONAL_SD = 0.1
#: Error of a print when none is given, as a share of it: China's prints on Russia, the median distance of a printed
#: month from the difference of two year-to-date prints, divided by the square root of two.
REVISION = 0.001


def check_points(points: pd.DataFrame) -> pd.DataFrame:
    """Printed points (start, end, value, optional sd: the error of the print, in its unit) in order of their ends, or a
    clear error. A window is one month or begins in January and ends in the same year.

    Examples
    --------
    >>> quarters = pd.DataFrame({"start": "2021-01", "end": ["2021-03", "2021-06", "2021-09", "2021-12"],
    ...                          "value": [3.0, 6.0, 9.0, 12.0]})
    >>> check_points(quarters)["sd"].round(3).tolist()
    [0.003, 0.006, 0.009, 0.012]
    """
    for column in ("start", "end", "value"):
        if column not in points:
            raise TradeDataError("column missing", column=column, expected="start, end, value")
    windows = pd.DataFrame({"start": pd.PeriodIndex(points["start"].astype(str), freq="M"),
                            "end": pd.PeriodIndex(points["end"].astype(str), freq="M")})
    value = pd.to_numeric(points["value"], errors="coerce").to_numpy(float)
    given = points["sd"].to_numpy(float) if "sd" in points else np.full(len(points), np.nan)
    windows["value"], windows["sd"] = value, np.where(np.isnan(given), REVISION * value, given)
    for row, point in enumerate(windows.itertuples(index=False)):
        if not (np.isfinite(point.value) and point.value > 0):
            raise TradeDataError("printed value not above zero", row=row, column="value",
                                 value=points["value"].iloc[row], expected="a finite number > 0")
        one = point.start == point.end
        if not one and (point.start.month != 1 or point.start.year != point.end.year or point.end < point.start):
            raise TradeDataError("window is neither a month nor a year to date", row=row,
                                 value=f"{point.start} to {point.end}", expected="start in January of the same year")
    if windows.duplicated(["start", "end"]).any():
        twice = windows[windows.duplicated(["start", "end"])].iloc[0]
        raise TradeDataError("window given twice", value=f"{twice['start']} to {twice['end']}", expected="each once")
    if len(windows) < 4:
        raise TradeDataError("too few printed points", value=len(windows), expected="at least 4")
    return windows.sort_values(["end", "start"], ignore_index=True)


def _observations(points, months):
    """The two observed rows, month and year to date, with their error variances (NaN where nothing is printed)."""
    y, variance = np.full((2, len(months)), np.nan), np.ones((2, len(months)))
    for point in points.itertuples(index=False):
        # January is both a month and a year to date: one observation is enough
        row, t = int(point.start != point.end), months.get_loc(point.end)
        y[row, t], variance[row, t] = point.value, point.sd ** 2
    return y, variance


def _first_path(points, months):
    """Logs of the mean month of each printed window, at its middle, joined by straight lines."""
    middle = [(months.get_loc(p.start) + months.get_loc(p.end)) / 2 for p in points.itertuples()]
    size = [(p.end - p.start).n + 1 for p in points.itertuples()]
    table = pd.DataFrame({"t": middle, "z": np.log(points["value"] / size)}).groupby("t")["z"].mean()
    return np.interp(np.arange(len(months)), table.index, table.to_numpy())


def _states(k, n, x):
    """What of the states makes the log of a month, how they move, what moves them, and where they start."""
    z = np.zeros((k, n))
    z[[0, 2, 13]] = 1.0
    if x is not None:
        z[14:] = x.T
    plain = np.eye(k)
    plain[0, 1] = 1.0
    plain[2, 2:13], plain[3:13, 2:13], plain[13, 13] = -1.0, np.eye(11)[:10], 0.0
    shocks = np.zeros((k, 3))
    shocks[0, 0] = shocks[2, 1] = shocks[13, 2] = 1.0
    start = np.zeros(k)
    start_var = np.diag(np.r_[1.0, 0.01 ** 2, np.zeros(12), np.full(k - 14, COEFFICIENT_SD ** 2)])
    start_var[2:13, 2:13] = SEASONAL_SD ** 2 * (np.eye(11) - 1 / SEASON)
    return z, plain, shocks, start, start_var


def _model(points, months, x):
    """The state-space form; ``linearise(path)`` sets it around a path of logs, ``update(log_sd)`` sets its variances.

    States: level, drift, 11 of the season, irregular, coefficients of x, cumulator. Values are divided by
    ``scale``.
    """
    from statsmodels.tsa.statespace.mlemodel import MLEModel

    y, variance = _observations(points, months)
    scale = float(np.nanmean([y[1] / months.month, y[0]]))
    n, k = len(months), 14 + (0 if x is None else x.shape[1])
    z, plain, shocks, start, start_var = _states(k, n, x)

    class Cumulated(MLEModel):
        def __init__(self):
            super().__init__((y / scale).T, k_states=k + 1, k_posdef=3)
            self.z, self.scale = z, scale
            self["obs_cov"] = np.apply_along_axis(np.diag, 0, variance / scale ** 2)
            self.ssm.filter_univariate = True

        def linearise(self, path):
            self.path = path = path - np.log(scale)
            weight, rest = np.exp(path), np.exp(path) * (1 - path)
            design, transition = np.zeros((2, k + 1, n)), np.zeros((k + 1, k + 1, n))
            selection, intercept = np.zeros((k + 1, 3, n)), np.zeros((k + 1, n))
            design[0, :k], design[1, k] = weight * z, 1.0
            transition[:k, :k] = plain[:, :, None]
            selection[:k] = shocks[:, :, None]
            ahead = np.arange(1, n)
            row = weight[ahead] * z[:, ahead]
            transition[k, :k, :-1] = plain.T @ row
            transition[k, k, :-1] = months.month[ahead] != 1
            selection[k, :, :-1] = shocks.T @ row
            intercept[k, :-1] = rest[ahead]
            self["design"], self["transition"], self["selection"] = design, transition, selection
            self["state_intercept"], self["obs_intercept"] = intercept, np.vstack([rest, np.zeros(n)])
            self.first = weight[0] * z[:, 0], rest[0]

        def update(self, log_sd, **kwargs):
            sd = np.exp(log_sd)
            self["state_cov"] = np.diag(sd ** 2)
            mean, cov = start.copy(), start_var.copy()
            mean[0], cov[13, 13] = self.path[0], sd[2] ** 2
            row, rest = self.first
            add = np.vstack([np.eye(k), row])
            self.ssm.initialize_known(np.r_[mean, row @ mean + rest], add @ cov @ add.T)

        def penalised(self, log_sd):
            self.update(log_sd)
            return -self.ssm.loglike() + 0.5 * np.sum((log_sd - PRIOR) ** 2)

        def smoothed(self, log_sd):
            self.update(log_sd)
            states = self.ssm.smooth().smoothed_state
            return (z * states[:k]).sum(axis=0) + np.log(scale)

    return Cumulated()


def _fit(model, path, rounds=8):
    """Log standard deviations, fitted and the model linearised anew in turn until neither moves; notes."""
    log_sd = PRIOR
    for _ in range(rounds):
        model.linearise(path)
        fitted = minimize(model.penalised, log_sd, method="L-BFGS-B", bounds=[(-9, 0)] * 3)
        moved, log_sd = np.abs(fitted.x - log_sd).max(), fitted.x
        step, gap = 1.0, np.inf
        for _ in range(40):
            apart = model.smoothed(log_sd) - path
            # a step that does not bring the path nearer went too far: where prints are few, exp is far from straight
            step = max(step / 2, 0.1) if np.abs(apart).max() > 0.8 * gap else step
            gap = np.abs(apart).max()
            path = path + step * apart
            model.linearise(path)
            if gap < 1e-3:
                break
        if moved < 0.02 and gap < 1e-3:
            return log_sd, ()
    return log_sd, (f"linearisation: still moving after {rounds} rounds",)


def _spread_of(model, log_sd):
    """Covariance of the log standard deviations: inverse curvature of the penalised likelihood, never wider than the
    prior.
    """
    step, k = 0.05, len(log_sd)
    at = np.eye(k) * step
    curve = np.array([[model.penalised(log_sd + a + b) - model.penalised(log_sd + a - b)
                       - model.penalised(log_sd - a + b) + model.penalised(log_sd - a - b) for a in at] for b in at])
    values, vectors = np.linalg.eigh(curve / (4 * step ** 2))
    return vectors @ np.diag(1 / np.maximum(values, 1.0)) @ vectors.T


def _raked(logs, cumulated, edges, months):
    """Months of each draw, scaled so that stretches between printed ends sum to what the draw of the cumulator says.

    The linearised sum and the sum of exponentials differ in the second order; the first is held to the prints.
    """
    values = np.exp(logs)
    begin = 0
    for t in range(len(months)):
        if months[t].month == 1:
            begin, base = t, 0.0
        if t in edges:
            wanted = cumulated[:, t] - base
            own = values[:, begin:t + 1].sum(axis=1)
            # a linearised sum at or below zero says nothing about a positive flow: that draw is left as it is
            values[:, begin:t + 1] *= np.where(wanted > 0, wanted / own, 1.0)[:, None]
            begin, base = t + 1, cumulated[:, t]
    return values


def monthly(points: pd.DataFrame, horizon: int, n_paths=1000, seed=0, x=None, origin=None, n_parameters=25,
            key=None) -> tuple[Forecast, Forecast]:
    r"""Months behind printed year-to-date and monthly figures, and the months ahead, as sample paths.

    Each path is a draw from the smoothing distribution given the prints (Durbin & Koopman 2002 simulation smoother),
    with the three standard deviations drawn around their penalised maximum likelihood, so that the intervals hold
    what a few prints leave open. Within a path the months between two prints add up to the draw of the printed sum.
    Regressors ``x`` of the log of a month cover history and horizon; their coefficients are states with prior
    N(0, `COEFFICIENT_SD` squared). Gives the months from January of the first printed year to the origin (by default
    the last printed month), and the months ahead; path i of the one continues in path i of the other.

    Examples
    --------
    >>> year_to_date = [sum(range(1, m + 1)) + 100 * m for m in range(1, 13)]
    >>> points = pd.DataFrame({"start": "2020-01", "end": pd.period_range("2020-01", periods=12, freq="M"),
    ...                        "value": year_to_date})
    >>> history, ahead = monthly(points, 1, n_paths=50)
    >>> len(history.index), str(ahead.index[0])
    (12, '2021-01')
    """
    from statsmodels.tsa.statespace.simulation_smoother import SIMULATION_STATE

    points = check_points(points)
    horizon, n_paths = check_count(horizon, "horizon"), check_count(n_paths, "number of paths")
    last = points["end"].max() if origin is None else pd.Period(origin, "M")
    if points["end"].max() > last:
        raise TradeDataError("printed after the origin", row=str(points["end"].max()), expected=f"<= {last}")
    months = pd.period_range(f"{points['end'].min().year}-01", last + horizon, freq="M")
    absent = [] if x is None else months.difference(x.index)
    if len(absent):
        raise TradeDataError("regressors do not cover history and horizon", row=str(absent[0]),
                             expected=f"{months[0]} to {months[-1]}")
    model = _model(points, months, None if x is None else x.loc[months].to_numpy(float))
    log_sd, notes = _fit(model, _first_path(points, months))
    rng = np.random.default_rng(seed)
    draws = rng.multivariate_normal(log_sd, _spread_of(model, log_sd), min(n_parameters, n_paths))
    edges = {months.get_loc(p.end) for p in points.itertuples()}
    edges |= {months.get_loc(p.start) - 1 for p in points.itertuples() if p.start == p.end and p.start.month > 1}
    parts = []
    for i, draw in enumerate(np.clip(draws, -9, 0)):
        model.update(draw)
        simulator = model.simulation_smoother(simulation_output=SIMULATION_STATE)
        for _ in range(len(range(i, n_paths, len(draws)))):
            simulator.simulate(rng=rng)
            parts.append(simulator.simulated_state)
    states = np.array(parts)
    logs = (model.z * states[:, :-1]).sum(axis=1)
    values = _raked(logs, states[:, -1], edges, months) * model.scale
    known = len(months) - horizon
    common = {"model": "cumulated", "seed": seed, "key": key, "notes": notes}
    return (Forecast(values[:, :known], months[:known], last, **common),
            Forecast(values[:, known:], months[known:], last, **common))

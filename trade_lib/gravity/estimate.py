"""Poisson (PPML) and least-squares gravity with many fixed effects; every row left out is listed with its reason."""

import difflib
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from trade_lib.data.files import read_table
from trade_lib.errors import TradeDataError
from trade_lib.gravity.formula import clusters, columns_of, left_side, parse
from trade_lib.gravity.leverage import hc3
from trade_lib.gravity.separation import columns, separated

ESTIMATORS = ("ppml", "ols")
DROPPED = ["reason", "where", "rows"]
Y = "y__"


@dataclass(frozen=True)
class Fit:
    """An estimated gravity equation.

    ``coefficients`` has a row a term (``term, estimate, error, low, high, p``; 95 % limits), ``dropped`` a row a reason
    (``reason, where, rows``), ``n`` the rows used, ``model`` what pyfixest returned.
    """

    formula: str
    estimator: str
    vcov: str
    coefficients: pd.DataFrame
    n: int
    dropped: pd.DataFrame
    model: object = field(repr=False, compare=False)


def fit(frame: pd.DataFrame, formula: str, estimator="ppml", vcov: str = "hetero", weights: str | None = None) -> Fit:
    """Estimate a gravity equation by Poisson pseudo maximum likelihood (PPML) or ordinary least squares.

    PPML solves sum x (y - exp(x'b + effects)) = 0, which is consistent under heteroskedasticity and takes zeros
    (Santos Silva and Tenreyro 2006, Review of Economics and Statistics 88(4)). OLS fits the formula as written: with
    ``log(trade)`` on the left, rows of zero trade are left out, and listed.

    Left out, in this order, and listed in ``dropped``: rows with a missing variable; under ``log``, zero trade; levels
    of an effect with a single row or, for PPML, without trade (their effect is minus infinity), again until none is
    left; and rows that regressors separate: they occur only where trade is zero, so that no finite coefficient exists
    (Correia, Guimaraes and Zylkin 2021). Terms that others determine are dropped and listed too.

    ``frame``: one row a pair (and year). A column ``pair`` (exporter-importer) is made where it is asked for and
    absent. ``formula``: ``trade ~ ldist + contig | exporter^year + importer^year``: left the trade, or its log; then
    regressors; after the bar the fixed effects, ``^`` joining columns. ``vcov``: ``iid``, ``hetero`` (robust), ``hc3``
    (robust, allowing for leverage: wider, and closer to 95 % where trade is uneven), or ``cluster:pair``; several
    clusters are joined by ``+``. ``weights``: column of weights.

    >>> demo = pd.DataFrame({"trade": [2.0, 1.0, 4.0, 0.0, 3.0], "ldist": [1.0, 2.0, 0.5, 3.0, 1.2]})
    >>> found = fit(demo, "trade ~ ldist")
    >>> found.n, round(float(found.coefficients.loc["ldist", "estimate"]), 2)
    (5, -1.11)
    """
    left, regressors, effects = parse(formula)
    if estimator not in ESTIMATORS:
        raise TradeDataError("unknown estimator", value=estimator, expected=" or ".join(ESTIMATORS))
    by = clusters(vcov)
    left_name, add = left_side(left, estimator)
    numeric, categories = columns_of(regressors)
    plain = sorted(numeric)
    joined = [part.strip() for effect in effects for part in effect.split("^")]
    used = [left_name, *plain, *sorted(categories), *joined, *by, *([weights] if weights else [])]
    data, dropped = _usable(frame, list(dict.fromkeys(used)), {left_name, *plain, *([weights] if weights else [])})
    if estimator == "ppml" or add is not None:
        _no_negative(data, left_name)
    data[Y] = data[left_name].astype(float)
    if add is not None:
        zero = data[left_name].to_numpy() + add <= 0
        dropped += [("zero trade has no logarithm", left_name, int(zero.sum()))] if zero.any() else []
        data = data[~zero].assign(**{Y: np.log(data.loc[~zero, left_name] + add)})
    for name in by:
        if (n := data[name].nunique()) < 2:
            raise TradeDataError("errors by cluster need more than one cluster", column=name, value=n,
                                 expected="two clusters or more")
    codes = {effect: _joined(data, effect) for effect in effects}
    keep, left_out = _bare_levels(data[Y].to_numpy(), codes, estimator)
    dropped += left_out
    names = {effect: f"effect{i}__" for i, effect in enumerate(effects)}
    data = data.assign(**{names[effect]: code for effect, code in codes.items()})[keep].reset_index(drop=True)
    if data.empty or data[Y].eq(0).all():
        raise TradeDataError("nothing left to estimate: " + ("; ".join(f"{r} ({w}): {n}" for r, w, n in dropped)
                             or "trade is zero throughout"), value=formula, expected="rows with trade")
    if not regressors.strip("10 +-"):
        raise TradeDataError("no regressor", value=formula, expected="trade ~ regressors | effects")
    inner = f"{Y} ~ {regressors}" + (f" | {' + '.join(names.values())}" if effects else "")
    if estimator == "ppml":
        data, left_out = _without_separated(data, regressors, list(names.values()))
        dropped += left_out
    kind = {"CRV1": "+".join(by)} if by else "hetero" if vcov == "hc3" else vcov
    model = run(inner, data, estimator, kind, weights)
    dropped += [("collinear: other terms or effects determine it", term, 0) for term in model._collin_vars]
    table = _coefficients(model, formula)
    if vcov == "hc3":
        table = _by_leverage(table, model, data, regressors, list(names.values()), estimator, weights)
    return Fit(formula, estimator, vcov, table, int(model._N_rows),
               pd.DataFrame(dropped, columns=DROPPED), model)


def read_pairs(path) -> pd.DataFrame:
    """Read a table of pairs, csv or parquet; numbers are checked where a formula uses them.

    Returns the cells as they are; in a csv, as text.

    >>> read_pairs("pairs.csv")  # doctest: +SKIP
    """
    frame = read_table(path)
    if frame.empty:
        raise TradeDataError("table has no rows", file=Path(path).name, expected="at least one row")
    return frame


def as_record(estimated):
    """A fit as plain JSON types.

    >>> demo = pd.DataFrame({"trade": [2.0, 1.0, 4.0, 0.0, 3.0], "ldist": [1.0, 2.0, 0.5, 3.0, 1.2]})
    >>> as_record(fit(demo, "trade ~ ldist"))["n"]
    5
    """
    return {"formula": estimated.formula, "estimator": estimated.estimator, "vcov": estimated.vcov, "n": estimated.n,
            "coefficients": estimated.coefficients.reset_index().to_dict("records"),
            "dropped": estimated.dropped.to_dict("records")}


def _usable(frame, used, numeric):
    """The columns used, numbers as numbers, rows with a missing cell left out and counted by column."""
    if "pair" in used and "pair" not in frame.columns and {"exporter", "importer"} <= set(frame.columns):
        frame = frame.assign(pair=frame["exporter"].astype(str) + "-" + frame["importer"].astype(str))
    for name in used:
        if name not in frame.columns:
            close = difflib.get_close_matches(name, frame.columns, 3) or list(frame.columns)
            raise TradeDataError("no such column in the data", column=name, expected=", ".join(map(str, close)))
    data = frame[used].reset_index(drop=True)
    for name in numeric:
        blank = data[name].isna() | data[name].astype(object).isin(["", None])
        values = pd.to_numeric(data[name], errors="coerce")
        if (values.isna() & ~blank).any():
            row = int((values.isna() & ~blank).to_numpy().argmax())
            raise TradeDataError("not a number", row=row, column=name, value=data[name].iloc[row],
                                 expected="a number, or an empty cell where it is missing")
        if np.isinf(values).any():
            row = int(np.isinf(values).to_numpy().argmax())
            raise TradeDataError("not finite", row=row, column=name, value=float(values.iloc[row]), expected="a number")
        data[name] = values
    dropped, missing = [], np.zeros(len(data), bool)
    for name in used:
        blank_rows = (data[name].isna() | data[name].astype(object).isin(["", None])).to_numpy() & ~missing
        dropped += [("missing", name, int(blank_rows.sum()))] if blank_rows.any() else []
        missing |= blank_rows
    return data[~missing].copy(), dropped


def _no_negative(data, name):
    below = (data[name] < 0).to_numpy()
    if below.any():
        row = data.index[below.argmax()]
        raise TradeDataError("negative trade", row=int(row), column=name, value=float(data.loc[row, name]),
                             expected="zero or more")


def _joined(data, effect):
    """Whole numbers for the levels of an effect such as exporter^year."""
    codes = np.zeros(len(data), np.int64)
    for name in effect.split("^"):
        level, _ = pd.factorize(data[name])
        codes = codes * (level.max(initial=0) + 1) + level
    return pd.factorize(codes)[0]


def _bare_levels(y, codes, estimator):
    """Rows kept, and what was left out: levels of an effect with one row or, under PPML, without trade."""
    keep, counted = np.ones(len(y), bool), {}
    changed = True
    while changed:
        changed = False
        for effect, code in codes.items():
            size = np.bincount(code[keep], minlength=code.max(initial=0) + 1)
            traded = np.bincount(code[keep], (y[keep] != 0), minlength=len(size))
            tests = [("single row of a level: its effect fits it exactly", size == 1)]
            if estimator == "ppml":
                tests.insert(0, ("no trade in a level: its effect is minus infinity", (size > 0) & (traded == 0)))
            for reason, bad in tests:
                out = keep & bad[code]
                if out.any():
                    counted[reason, effect] = counted.get((reason, effect), 0) + int(out.sum())
                    keep &= ~out
                    changed = True
                    break
    return keep, [(reason, effect, rows) for (reason, effect), rows in counted.items()]


def _without_separated(data, regressors, effects):
    """The rows that are not separated, and what was left out; what is gone may leave a level bare, so again."""
    counted = {}
    while len(apart := separated(data, Y, regressors, effects)):
        data = data.drop(index=apart).reset_index(drop=True)
        keep, bare = _bare_levels(data[Y].to_numpy(), {e: pd.factorize(data[e])[0] for e in effects}, "ppml")
        data = data[keep].reset_index(drop=True)
        reason = "separated: trade is zero wherever regressors and effects set these rows apart"
        for key, rows in [((reason, regressors), len(apart)), *[((why, "after separation"), n) for why, _, n in bare]]:
            counted[key] = counted.get(key, 0) + rows
    return data, [(reason, where, rows) for (reason, where), rows in counted.items()]


def run(formula, data, estimator, vcov, weights):
    """Fit by pyfixest; a row it would leave out by itself, or a failure to converge, is an error."""
    import pyfixest as pf

    # Effects are swept out more finely than PPML's own steps are judged (1e-8), lest noise of theirs keep it going.
    options = {"vcov": vcov, "fixef_rm": "none", "copy_data": False, "weights": weights, "fixef_tol": 1e-10}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if estimator == "ppml":
                model = pf.fepois(formula, data, separation_check=[], iwls_maxiter=100, **options)
            else:
                model = pf.feols(formula, data, **options)
    except Exception as error:  # pyfixest and its formula reader raise a dozen kinds for what they cannot use
        raise TradeDataError(f"cannot be estimated ({str(error).splitlines()[0][:160]})", value=formula) from error
    if estimator == "ppml" and not model.convergence:
        raise TradeDataError("PPML did not converge", value=formula, expected="finite coefficients")
    if model._N_rows != len(data):
        raise TradeDataError(f"a term is not finite in {len(data) - model._N_rows} rows", value=formula,
                             expected="regressors that are finite wherever they are not missing")
    return model


def _coefficients(model, formula):
    table = model.tidy()
    if not np.isfinite(table[["Estimate", "Std. Error"]]).all(axis=None):
        raise TradeDataError("no errors can be given", value=formula, expected="more rows than terms and effects")
    table = table.rename(columns={"Estimate": "estimate", "Std. Error": "error", "2.5%": "low", "97.5%": "high",
                                  "Pr(>|t|)": "p"})
    return table[["estimate", "error", "low", "high", "p"]].rename_axis("term")


def _by_leverage(table, model, data, regressors, effects, estimator, weights):
    """The table with errors that allow for leverage, and what follows from them."""
    from scipy.stats import t

    weight = data[weights].to_numpy(float) if weights else np.ones(len(data))
    fitted = np.asarray(model.predict(type="response"), float)
    X = columns(data, regressors)[list(table.index)].to_numpy()
    codes = [pd.factorize(data[effect])[0] for effect in effects]
    error = hc3(X, weight * (data[Y].to_numpy() - fitted), weight * fitted if estimator == "ppml" else weight, codes)
    half, free = t.ppf(0.975, model._df_t) * error, model._df_t
    return table.assign(error=error, low=table["estimate"] - half, high=table["estimate"] + half,
                        p=2 * t.sf(np.abs(table["estimate"]) / error, free))

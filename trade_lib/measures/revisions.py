"""How figures are revised from one vintage to the next: bias, size, and whether revisions are news or noise."""

import numpy as np
import pandas as pd

SERIES = ["source", "reporter", "partner", "flow", "item", "window", "unit"]
HORIZONS = ((1, "within a month"), (6, "2 to 6 months"), (12, "7 to 12 months"), (np.inf, "later"))  # after the first
FEWEST = 20  # figures for a regression


def pairs(vintages):
    """Every figure that was revised or confirmed: its first value beside each later one.

    ``vintages``: figures of all vintages with ``known``, the day each became public
    (`trade_lib.sources.store.vintages`). Returns the figure's keys, ``first``, ``later``, ``months`` between the two,
    ``revision`` (per cent, logarithmic) and ``horizon``.
    """
    key = [*SERIES, "period"]
    frame = vintages.astype({name: object for name in [*key, "known"]})
    frame = frame[frame["value"] > 0].sort_values("known", kind="stable")
    first = frame.drop_duplicates(key).rename(columns={"value": "first", "known": "first_known"})
    both = frame.merge(first[[*key, "first", "first_known"]], on=key).rename(columns={"value": "later"})
    both = both[both["known"] > both["first_known"]]
    days = (pd.to_datetime(both["known"]) - pd.to_datetime(both["first_known"])).dt.days
    months = np.ceil(days / 30.5)
    horizon = np.select([months <= limit for limit, _ in HORIZONS], [name for _, name in HORIZONS], default="later")
    return both.assign(months=months, revision=100 * np.log(both["later"] / both["first"]), horizon=horizon)[
        [*key, "first_known", "known", "first", "later", "months", "revision", "horizon"]].reset_index(drop=True)


def summary(compared):
    """Revisions by source and horizon.

    Returns ``source``, ``horizon``, ``figures``, ``revised`` (share, per cent), ``bias`` (mean revision), ``size``
    (mean absolute revision), ``largest``, all per cent, and ``kind`` (`news_or_noise`).
    """
    order = [name for _, name in HORIZONS]
    rows = [{"source": source, "horizon": horizon, "figures": len(group),
             "revised": 100 * (group["revision"] != 0).mean(), "bias": group["revision"].mean(),
             "size": group["revision"].abs().mean(), "largest": group["revision"].abs().max(),
             "kind": news_or_noise(group)}
            for (source, horizon), group in compared.groupby(["source", "horizon"])]
    columns = ["source", "horizon", "figures", "revised", "bias", "size", "largest", "kind"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["source", "horizon"], key=lambda column: column if column.name == "source"
                             else column.map(order.index), ignore_index=True)


def largest(compared, count):
    """The largest revisions, one row a figure."""
    order = compared.assign(absolute=compared["revision"].abs()).sort_values("absolute", ascending=False)
    columns = [*SERIES[:5], "period", "known", "first", "later", "revision"]
    return order.drop_duplicates([*SERIES, "period"]).head(count)[columns].round({"revision": 2})


def news_or_noise(group, level=0.05):
    r"""Whether revisions could have been foreseen from the first figure, after Mincer and Zarnowitz (1969).

    With :math:`r` the revision and :math:`x` the change of the log from one period to the next,
    :math:`r = a + b x_{first}` and :math:`r = a + b x_{later}` with robust errors; :math:`a = b = 0` is tested in each.
    Not rejected in the first only: ``news`` (the first figure used what was known); in the second only: ``noise`` (it
    measured with error; Mankiw and Shapiro 1986); else ``undecided``. Fewer than 20 changes: ``too few``.
    """
    ordered = group.sort_values([*SERIES, "period"])
    within = ordered.groupby(SERIES, sort=False)
    change = {name: np.log(ordered[name] / within[name].shift()) for name in ("first", "later")}
    use = change["first"].notna() & np.isfinite(change["first"])
    revision = ordered["revision"][use] / 100
    if use.sum() < FEWEST or not (revision != 0).any():
        return "too few"
    news, noise = (_p_value(revision, change[name][use]) for name in ("first", "later"))
    if (news >= level) == (noise >= level):
        return "undecided"
    return "news" if news >= level else "noise"


def _p_value(revision, change):
    import statsmodels.api as sm

    fitted = sm.OLS(revision.to_numpy(), sm.add_constant(change.to_numpy())).fit(cov_type="HC1")
    return float(fitted.wald_test(np.eye(2), use_f=True, scalar=True).pvalue)

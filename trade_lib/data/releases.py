"""Printed official figures: which printing of a figure counts, when it was public and to how many digits."""

from functools import lru_cache

import pandas as pd

from trade_lib.data import fetched
from trade_lib.data.attributes import attributes, public_day, usual_revision
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError

TRUSTED = ("ok", "conflict")
# A printed share counts when its note says that it is the partner's part of all trade, not that of a class of goods.
SHARE_NOTE = r"share of China(?:'s)? (?:total trade|trade|exports|imports)"
KEYS = ["reporter", "partner", "flow", "measure", "start", "end", "terms"]  # what a printed figure is about
CUSTOMS = "CUSTOMS_RELEASES"  # all printed figures, in the table of source attributes
READ = "2026-04-30"  # when the customs' own table of growth rates was read


def printed(partner: str, flow: str, measure: str, start: str, end: str, *, terms: str = "USD",
            as_of: str | None = None, vintage: str = "first", scope="goods", rounded: bool = False,
            figures: pd.DataFrame | None = None) -> pd.Series:
    """One printed figure of China's trade with a partner over a window.

    Of the printings that passed the audit (``ok`` or ``conflict``: printed right, but outlets disagree), the first is
    the earliest published by ``as_of``, the latest the last; within one month of publication the printing with most
    digits stands for all.

    Parameters
    ----------
    partner, flow : partner code; ``total``, ``export`` or ``import`` as China books it.
    measure : ``value``, ``yoy_pct`` or ``share_pct``.
    start, end : first and last month, ``YYYY-MM``.
    terms : ``USD`` or ``CNY``; empty for shares.
    as_of : only what was published by that day.
    vintage : ``first`` or ``latest``.
    rounded : also figures printed as round or lower bounds ("more than 70 %").
    figures : instead of the shipped table ``official_figures``.

    Returns
    -------
    The table's row, and ``step``: one unit of the last digit printed.

    Examples
    --------
    >>> row = printed("RUS", "total", "yoy_pct", "2021-01", "2021-11")
    >>> row["id"], float(row["value"]), row["step"]
    ('OF0923', 33.6, 0.1)
    """
    table = load("official_figures") if figures is None else figures
    audits = (*TRUSTED, "rounded") if rounded else TRUSTED
    here = table[(table["reporter"] == "CHN") & (table["partner"] == partner) & (table["flow"] == flow)
                 & (table["measure"] == measure) & (table["scope"] == scope) & table["audit"].isin(audits)
                 & (table["period_start"].astype(str) == start) & (table["period_end"].astype(str) == end)
                 & (table["terms"].fillna("") == terms)]
    if as_of is not None:
        here = here[here["published"].astype(str) <= as_of]
    if here.empty:
        raise TradeDataError("no printed figure", file="official_figures",
                             value=(partner, flow, measure, start, end, terms, as_of), expected="one that is shipped")
    here = here.assign(month=here["published"].astype(str).str[:7], digits=here["value"].map(_decimals))
    wanted = here["month"].min() if vintage == "first" else here["month"].max()
    best = here[here["month"] == wanted].sort_values(["digits", "id"], ascending=[False, True]).iloc[0]
    step = round(10.0 ** -best["digits"], 6)
    return pd.concat([best.drop(["month", "digits"]), pd.Series({"step": step})])


def _decimals(value):
    text = f"{value:.6f}".rstrip("0")
    return len(text.split(".")[1])


class Releases:
    """Every printed figure at hand of goods, of services or of a class of goods, looked up by what it is about."""

    def __init__(self, scope="goods"):
        table, self.rows = release_table(scope, fetched.state()), {}
        for key, row in zip(zip(*(table[name] for name in KEYS), strict=True), table.to_dict("records"), strict=True):
            self.rows.setdefault(key, []).append(row)

    def partners(self, reporter: str, start: str, end: str) -> list[str]:
        """The partners of whom anything was printed for a window."""
        return sorted({p for r, p, _, _, first, last, _ in self.rows if (r, first, last) == (reporter, start, end)})

    def figures(self, reporter: str, partner: str, flow: str, measure: str, start: str, end: str, terms: str,
                date: str | None = None) -> list[dict]:
        """The printings of one figure, the one that counts first.

        As of a day: those out by then, the best audited and latest first, ``error`` 0. Where none was, those of later
        pages, if the reporter had released such a figure by then: ``error`` is how far a release is usually revised.
        """
        rows = self.rows.get((reporter, partner, flow, measure, start, end, terms), ())
        about = attributes(CUSTOMS, reporter)
        first = public_day(end, about["lag_days"])
        rows = sorted(rows, key=lambda r: (r["audit"] == "ok", r["published"], r["digits"]), reverse=True)
        out = [r for r in rows if date is None or r["published"] <= date]
        if out or date is None:
            return [{**r, "error": 0.0, "public": r["published"]} for r in out]
        level, points = (usual_revision(CUSTOMS, what, end, reporter, partner) for what in ("level", "growth"))
        return [{**r, "public": first, "error": level / 100 * abs(r["value"]) if measure == "value" else points}
                for r in rows if first <= date]


@lru_cache(maxsize=8)
def release_table(scope="goods", state=None) -> pd.DataFrame:
    """Every printed figure of a scope in one shape: value in billions or per cent, ``step`` one unit of its last digit.

    From official_figures, customs_releases, customs_reviews and growth_printed; none twice.
    """
    official = load("official_figures")
    official = official[official["audit"].isin((*TRUSTED, "rounded")) & official["scope"].eq(scope)]
    whole = official["note"].fillna("").str.contains(SHARE_NOTE, regex=True)
    official = official[(official["measure"] != "share_pct") | whole]
    large = official["note"].fillna("").str.extract(r"published as (\d+)\.?(\d*) trillion")[1]
    parts = [_shape(official, official["id"], official["measure"], official["value"], official["terms"],
                    official["published"], official["url"], official["audit"],
                    step=[1000 * 10.0 ** -len(d) if isinstance(d, str) else None for d in large])]
    if scope != "goods":
        return parts[0]
    for name in ("customs_releases", "customs_reviews"):
        printed = load(name)
        for measure, column in (("value", "value"), ("yoy_pct", "yoy_pct")):
            held = printed[printed[column].notna()]
            scale = 1e9 if measure == "value" else 1
            parts.append(_shape(held, held["source"], measure, held[column] / scale, held["unit"],
                                held["published"].astype(str).str[:10], held["url"], "ok",
                                step=held["step"] / 1e9 if measure == "value" else None))
    growth = load("growth_printed")
    day = growth["announced"].astype("string").str[:10].fillna(READ)
    parts.append(_shape(growth, growth["source"], growth["measure"] + "_pct", growth["pct"].round(1), growth["terms"],
                        day, "", "ok"))
    table = pd.concat(parts, ignore_index=True)
    return table.drop_duplicates([*KEYS, "value", "published"], ignore_index=True)


def _shape(frame, ids, measure, values, terms, published, url, audit, step=None):
    shaped = pd.DataFrame({
        "id": ids, "reporter": frame["reporter"], "partner": frame["partner"], "flow": frame["flow"],
        "measure": measure, "start": frame["period_start"].astype(str), "end": frame["period_end"].astype(str),
        "value": values.astype(float), "terms": terms.fillna(""), "published": published, "url": url, "audit": audit})
    shaped["digits"] = [len(f"{v:.3f}".rstrip("0").partition(".")[2]) for v in shaped["value"]]
    own = pd.Series(10.0 ** -shaped["digits"], index=shaped.index)
    shaped["step"] = own if step is None else pd.Series(step, index=shaped.index, dtype=float).fillna(own)
    shaped["published"] = [_day(p, e) for p, e in zip(shaped["published"].astype(str), shaped["end"], strict=True)]
    return shaped


def _day(published, end):
    """The day a page is from; of a page dated by its month or year alone, the last day it can be."""
    if len(published) == 7:
        following = public_day(end, 28)[:7] == published  # the month of the release itself
        return public_day(end, 14) if following else f"{published}-28"
    return published if len(published) == 10 else f"{published}-12-31"

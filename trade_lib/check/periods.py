"""Periods as people write them, as first and last month."""

from trade_lib.errors import TradeDataError


def months(start: str, end: str) -> int:
    """How many months a window has.

    >>> months("2020-11", "2021-02")
    4
    """
    return _ordinal(end) - _ordinal(start) + 1


def shift(start: str, end: str, by: int) -> tuple[str, str]:
    """A window moved by months.

    >>> shift("2021-01", "2021-03", -12)
    ('2020-01', '2020-03')
    """
    return tuple(f"{n // 12}-{n % 12 + 1:02d}" for n in (_ordinal(start) + by, _ordinal(end) + by))


def _ordinal(month):
    return int(month[:4]) * 12 + int(month[5:]) - 1


def period(text: str, field: str = "period") -> tuple[str, str]:
    """First and last month of a period as people write it.

    >>> period("2021"), period("2021Q3"), period("2019..2021"), period("2021-1..2021-11")
    (('2021-01', '2021-12'), ('2021-07', '2021-09'), ('2019-01', '2021-12'), ('2021-01', '2021-11'))
    """
    first, _, last = str(text).partition("..")
    start, end = _span(first)[0], _span(last or first)[1]
    if not "1950" <= start <= end < "2100":
        raise TradeDataError("ends before it starts, or lies outside 1950 to 2099", column=field, value=text,
                             expected="first..last")
    return start, end


def _span(text):
    year, rest = text[:4], text[4:].lstrip("-")
    low, high = {"Q": lambda n: (3 * n - 2, 3 * n), "H": lambda n: (6 * n - 5, 6 * n)}.get(
        rest[:1], lambda n: (n, n))(int(rest.lstrip("QH"))) if rest else (1, 12)
    return f"{year}-{low:02d}", f"{year}-{high:02d}"

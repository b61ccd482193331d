"""Periods in words: which months "the first 11 months of this year" or "in November" are, seen from a day."""

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
COUNTS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
ORDINALS = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
            "nineteenth", "twentieth"]
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19[5-9]\d|20\d\d)"
YEAR = _YEAR + r"(?![\d,.]\d|\d|%)"
COUNT = rf"(?:\d{{1,3}}|{'|'.join(COUNTS[1:])})"
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(ORDINALS[1:])})"
_OF = rf"(?:(?:,? (?:of |in )?)(?P<y>{YEAR}|this year|last year|the year|the same year))?"
# Each form of a period, tried in this order; `month` reads the named parts.
FORMS = [
    re.compile(form)
    for form in (
        rf"(?:the )?[Ff]irst (?P<first>{COUNT}) months?{_OF}",
        rf"(?P<in>{COUNT}) months{_OF}",
        rf"(?:the )?(?P<long>{COUNT}) months (?:to|through|ending|ended)(?: in)? (?P<to>{MONTH}){_OF}",
        rf"(?P<a>{MONTH})(?: ?(?:-|/|to|through|and|until) ?)(?P<b>{MONTH})(?: period)?{_OF}",
        rf"(?:the year to |the month of )?(?P<m>{MONTH}){_OF}",
        rf"(?:the )?first three quarters{_OF}(?P<nine>)",
        rf"(?:(?:the )?(?P<q>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast)[ -]quarter|(?P<Q>Q[1-4]|[1-4]Q)){_OF}",
        rf"(?:(?:the )?(?P<h>[Ff]irst|[Ss]econd|[Ll]atter)[ -]half|(?P<H>H[12]|[12]H)){_OF}",
        r"(?:(?:the )?(?:fiscal|financial)(?: year)? (?P<fy>\d{4})(?:[-/]\d\d)?|FY ?(?P<FY>(?:20)?\d\d)\b)",
        rf"(?P<span>{_YEAR})[-/](?P<until>(?:20)?\d\d)\b",
        r"(?P<word>(?:the |all of |the whole of )?(?:this|last) (?:year|month|quarter)|so far this year|"
        r"(?:the )?year[- ]to[- ]date|"
        r"(?:that|the same|the) (?:year|period|quarter|half|month)\b(?! (?:earlier|ago|before|to|on)))",
        rf"(?P<year>{YEAR})",
    )
]
PERIOD = "|".join(
    ("(?<=[Ii]n )" if "<in>" in form.pattern else "") + re.sub(r"\?P<\w+>", "?:", form.pattern) for form in FORMS
)
FISCAL = {"IND": 4, "PAK": 7, "AUS": 7, "JPN": 4, "NZL": 7, "BGD": 7}  # the month in which a fiscal year begins


def count(word):
    """A number word, figure or ordinal as a number: "eleven", "11", "11th", "tenth"."""
    word = word.lower()
    figure = re.match(r"\d+", word)
    return int(figure.group()) if figure else (COUNTS if word in COUNTS else ORDINALS).index(word)


def month(name):
    """Number of a month's name."""
    return MONTHS.index(name[:3].lower()) + 1


def parse(text):
    """A period in words as first month, last month and year.

    The year is a number, "this", "last", None (not said), or a word such as "the period" that only context explains
    (months are then None).
    """
    match = next(m for m in (form.fullmatch(text) for form in FORMS) if m)
    part = {k: v for k, v in match.groupdict().items() if v is not None}
    year = {"this year": "this", "the year": None, "last year": "last", "the same year": None}.get(
        part.get("y"), part.get("y")
    )
    year = int(year) if year and year.isdigit() else year
    if "first" in part or "in" in part:
        return 1, count(part.get("first") or part["in"]), year
    if "to" in part:
        last, long = month(part["to"]), count(part["long"])
        return (last - long + 1, last, year) if long <= last else (None, None, text)
    if "a" in part:
        return month(part["a"]), month(part["b"]), year
    if "m" in part:
        return month(part["m"]), month(part["m"]), year
    if "nine" in part:
        return 1, 9, year
    if "q" in part or "Q" in part:
        words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
        quarter = words[part["q"].lower()] if "q" in part else int(part["Q"].strip("Q"))
        return 3 * quarter - 2, 3 * quarter, year
    if "h" in part or "H" in part:
        half = (1 if part["h"].lower() == "first" else 2) if "h" in part else int(part["H"].strip("H"))
        return 6 * half - 5, 6 * half, year
    if "year" in part:
        return 1, 12, int(part["year"])
    return None, None, text.lower()


def resolve(value, date, reporter=None, known=()):
    """First and last month ("2021-01", "2021-11") of a parsed period, or None if it cannot be told.

    A month or quarter without a year is the latest that was over on the day. "The period", "the quarter" and such are
    the last of ``known`` (periods named before, latest last) of that length; "so far this year" is the longest of them
    that begins in January of that year.
    """
    first, last, year = value
    if first is None:
        return _from_words(str(year), date, reporter, known)
    if isinstance(year, str):
        year = date.year - (year == "last")
    elif year is None:
        over = last < date.month or (last == date.month and date.day >= 28)
        year = date.year if over else date.year - 1
    if not 1 <= first <= last <= 12:
        return None
    return f"{year}-{first:02d}", f"{year}-{last:02d}"


def _from_words(words, date, reporter, known):
    span = re.search(r"(\d{4})[-/](\d{2,4})$", words)
    fiscal = re.search(r"(?:fiscal|financial)\D*(\d{4})$|fy ?(\d{2,4})$", words)
    if span or fiscal:
        begins = FISCAL.get(reporter)
        if span and (int(span[2]) % 100 != (int(span[1]) + 1) % 100):
            return None
        if not begins:
            return None
        year = (
            int(span[1])
            if span
            else int((fiscal[1] or fiscal[2]).zfill(4))
            if fiscal[1]
            else int(fiscal[2][-2:]) + 1999
        )
        return f"{year}-{begins:02d}", f"{year + 1}-{begins - 1:02d}"
    if "last month" in words:
        year, last = divmod(date.year * 12 + date.month - 2, 12)
        return f"{year}-{last + 1:02d}", f"{year}-{last + 1:02d}"
    if "last year" in words:
        return f"{date.year - 1}-01", f"{date.year - 1}-12"
    if "so far" in words or "to date" in words or "to-date" in words:
        months = [end for _, end in known if end[:4] == str(date.year)]
        return (f"{date.year}-01", max(months)) if months else None
    if words.startswith(("this", "all of this")):
        return None
    months = {"year": 12, "quarter": 3, "half": 6, "month": 1}.get(words.split()[-1])
    fits = [p for p in known if months is None or _length(p) == months]
    if fits:
        return fits[-1]
    if words.endswith("quarter"):
        last = (date.month - 1) // 3 * 3 or 12
        return resolve((last - 2, last, None), date)
    return None


def _length(period):
    (a, b), (c, d) = (map(int, text.split("-")) for text in period)
    return (c - a) * 12 + d - b + 1


def written(period):
    """A period in the form of a claims file: "2021", "2021-11" or "2021-01..2021-11"."""
    start, end = period
    if start[5:] == "01" and end[5:] == "12" and start[:4] == end[:4]:
        return start[:4]
    return start if start == end else f"{start}..{end}"


def earlier(period, months):
    """The period so many months earlier."""

    def back(text):
        year, number = divmod(int(text[:4]) * 12 + int(text[5:]) - 1 - months, 12)
        return f"{year}-{number + 1:02d}"

    return back(period[0]), back(period[1])

"""Reading a claims file: the quantitative statements of an article, held against one schema (form.json).

The file is YAML (JSON is YAML too). Every fault is collected with its line; the entries in order are still read.
"""

import re
import sys
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from trade_lib.check.periods import months, period, shift
from trade_lib.check.yaml_text import Number, compose, mark_lines, plain
from trade_lib.data import files
from trade_lib.data.areas import code_of
from trade_lib.data.tables import data_dir
from trade_lib.errors import TradeDataError

SCALES = {"mn": 1e-3, "bn": 1.0, "trn": 1e3}  # money to billions
MASSES = {"kg": 1e-9, "t": 1e-6, "kt": 1e-3, "mn_t": 1.0}  # quantities to million tonnes
PLAIN = ("direction", "condition", "measure", "among", "product", "scope", "adjustment", "sure")  # taken as they are
OTHER_FORMATS = ("fqdn", "idna", "isoduration", "jsonpointer", "rfc3339_validator", "rfc3986_validator", "rfc3987",
                 "rfc3987_syntax", "uri_template", "webcolors")
SPELLINGS = {"flow": {"exports": "export", "imports": "import", "trade": "total", "turnover": "total"},
             "unit": {"%": "pct", "percent": "pct", "per cent": "pct", "pp": "points", "x": "times"},
             "relation": {"more": "above", "less": "below", "over": "above", "under": "below"}}


@dataclass(frozen=True)
class Statement:
    """One statement to check, normalised.

    ``number`` is what is stated (of a forecast the threshold) in billions, million tonnes, per cent or a count,
    ``upper`` the second of two stated numbers, ``step`` one unit of the last digit stated. Areas are codes, several
    joined by +. A deficit is a balance with ``sign`` -1. ``known`` is the last month that a forecast may use.
    """

    id: str
    text: str
    kind: str
    reporter: str
    partner: str
    flow: str
    sign: int
    start: str
    end: str
    number: float | None = None
    upper: float | None = None
    step: float | None = None
    relation: str = "equal"
    unit: str = ""
    currency: str = "USD"
    base: tuple[str, str] | None = None
    since: str | None = None
    direction: str = "highest"
    condition: str | None = None
    threshold: float | None = None
    top: int = 1
    measure: str | None = None
    whole: str = "WORLD"
    among: str = "partners"
    than: "Statement | None" = None
    product: str | None = None
    scope: str = "goods"
    adjustment: str = "none"
    known: str | None = None
    quote: tuple[int, int] | None = None
    assumed: tuple[str, ...] = ()
    sure: str | None = None


@lru_cache(maxsize=1)
def form() -> dict:
    """The JSON Schema of a claims file."""
    return files.read_json(Path(__file__).with_name("form.json"))


def examples() -> list[str]:
    """Names of the claims files that are shipped."""
    return sorted(path.stem for path in (data_dir() / "claims").glob("*.yml"))


def read(name) -> tuple[dict, list[Statement], list[TradeDataError]]:
    """A claims file (a path, or the name of a shipped example): the article, its statements, and the faults.

    Raises TradeDataError where nothing can be read: no file, not YAML, no article.
    """
    path = data_dir() / "claims" / f"{name}.yml" if str(name) in examples() else Path(name)
    return parse(files.read_text(path), path.name)


def parse(text: str, file: str = "claims") -> tuple[dict, list[Statement], list[TradeDataError]]:
    """The text of a claims file; as `read`.

    >>> parse("article: {title: T, date: 2021-12-29}\\nclaims: []")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    trade_lib.errors.TradeDataError: claims, line 2, column 'claims': a list with no entry; expected claims
    """
    root = compose(text, file)
    whole, marks = plain(root), {}
    mark_lines(root, (), marks)
    entries = whole.get("claims") if isinstance(whole, dict) else None
    if isinstance(entries, list):
        whole["claims"] = [_respelled(entry) for entry in entries]
    problems = _problems(whole, marks, file)
    broken = {path[1] for path, _ in problems if path[:1] == ("claims",) and len(path) > 1}
    faults = [fault for _, fault in problems]
    if any(path[:1] != ("claims",) or len(path) < 2 for path, _ in problems):
        raise faults[0] if len(faults) == 1 else _together(faults, file)
    article, statements, seen = {"url": "", **whole["article"]}, [], {}
    for n, entry in enumerate(whole["claims"]):
        if n in broken:
            continue
        try:
            one = _statement(entry)
            if one.id in seen:
                raise TradeDataError(f"used before, in line {seen[one.id]}", column="id", value=one.id,
                                     expected="an id of its own")
            seen[one.id] = marks[("claims", n)]
            statements.append(one)
        except TradeDataError as error:
            line = marks.get(("claims", n, error.column), marks[("claims", n)])
            faults.append(_at(error, f"{file}, line {line}"))
    return article, statements, sorted(faults, key=lambda f: int(str(f.file).rpartition(" ")[2]))


def refuse(faults: list[TradeDataError], file: str = "claims"):
    """Raise the faults of a file as one error, if there are any."""
    if faults:
        raise faults[0] if len(faults) == 1 else _together(faults, file)


def _together(faults, file):
    return TradeDataError("\n  ".join([f"{len(faults)} faults in {file}", *map(str, faults)]))


def _at(error, file):
    return TradeDataError(error.message, file=file, column=error.column, value=error.value, expected=error.expected)


def _respelled(entry):
    """An entry with the usual spellings of flows and units, and numbers where text is wanted as text."""
    if not isinstance(entry, dict):
        return entry
    entry = dict(entry)
    for field, words in SPELLINGS.items():
        if isinstance(entry.get(field), str):
            entry[field] = words.get(entry[field].strip().lower(), entry[field].strip().lower())
    for field in ("id", "text", "product", "period", "base", "since", "horizon"):
        if isinstance(entry.get(field), Number):
            entry[field] = entry[field].text
    for field in ("period", "base", "since", "horizon"):
        if isinstance(entry.get(field), str):
            entry[field] = entry[field].strip().upper().replace("PREVIOUS", "previous").replace(" ", "")
    if isinstance(entry.get("currency"), str):
        entry["currency"] = entry["currency"].strip().upper()
    if isinstance(entry.get("than"), dict):
        entry["than"] = _respelled(entry["than"])
    return entry


def _problems(whole, marks, file):
    """What the schema has against a file: (path, fault) each."""
    rows, told = [], set()
    for error in sorted(_validator().iter_errors(whole), key=lambda e: [str(part) for part in e.absolute_path]):
        path, field = tuple(error.absolute_path), None
        if error.validator == "required":
            field = next(name for name in error.validator_value if name not in error.instance)
            if any(_nearest(name, [field]).endswith("?") for name in error.instance if _unknown(name)):
                continue  # misspelt, which is told
            message, expected = "field missing", _described(field)
        elif error.validator == "additionalProperties":
            known = list(error.schema["properties"])
            field = next(name for name in error.instance if name not in known)
            twice = field.endswith("(given twice)")
            message = "field given twice" if twice else "no such field"
            expected = "each field once" if twice else _nearest(field, known)
        elif error.validator == "not" and isinstance(error.instance, dict):
            field = "horizon" if "horizon" in error.instance and error.instance.get("kind") != "forecast" else "stated"
            message, expected = f"not a field of kind {error.instance.get('kind')}", "horizon for a forecast only, " \
                                                                                     "stated for all others"
        else:
            field = next((str(part) for part in reversed(path) if isinstance(part, str) and part != "claims"), "claims")
            message, expected = _wrong(error, field)
        place = (*path, field) if (*path, field) in marks else path
        while place not in marks:
            place = place[:-1]
        if (place, field) in told:
            continue
        told.add((place, field))
        value = None if error.validator in ("required", "not") or isinstance(error.instance, (dict, list)) \
            else getattr(error.instance, "text", error.instance)
        rows.append((path, TradeDataError(message, file=f"{file}, line {marks[place]}", column=field, value=value,
                                          expected=expected)))
    return rows


@lru_cache(maxsize=1)
def _validator():
    """The validator of the form. What jsonschema imports for other formats than dates would double the time to it."""
    absent = [name for name in OTHER_FORMATS if sys.modules.setdefault(name, None) is None]
    try:
        from jsonschema import Draft202012Validator as Validator
    finally:
        for name in absent:
            del sys.modules[name]
    return Validator(form(), format_checker=Validator.FORMAT_CHECKER)


def _wrong(error, field):
    if error.validator == "enum":
        return "not one of the choices", " | ".join(map(str, error.validator_value))
    return ("a list with no entry" if error.validator == "minItems" else "not in the right form"), _described(field)


def _described(field):
    part = form()["$defs"]["claim"]["properties"].get(field) or \
        form()["properties"]["article"]["properties"].get(field, {})
    return part.get("description") or " | ".join(map(str, part.get("enum", [field])))


def _unknown(name):
    return name not in form()["$defs"]["claim"]["properties"] and name not in ("title", "date", "article", "claims")


def _nearest(word, known):
    import difflib

    close = difflib.get_close_matches(word.lower(), known, 1, 0.6)
    return f"{close[0]}?" if close else ", ".join(known)


def _statement(entry):
    """A valid entry as a Statement."""
    kind, unit = entry["kind"], entry.get("unit", "")
    field, number = ("horizon", "threshold") if kind == "forecast" else ("period", "stated")
    money = re.fullmatch(r"([a-z]{3})_(mn|bn|trn)", unit)
    currency = entry.get("currency") or (money[1].upper() if money else "USD")
    if money and currency != money[1].upper():
        raise TradeDataError("another currency than in unit", column="currency", value=currency,
                             expected=money[1].upper())
    scale = SCALES[money[2]] if money else MASSES.get(unit, 1.0)
    window = period(entry[field], field)
    known = period(entry["period"])[1] if kind == "forecast" and "period" in entry else None
    if known and known >= window[1]:
        raise TradeDataError("nothing is left to forecast", column="period", value=known,
                             expected=f"an end before {window[1]}")
    stated = entry.get(number, [])
    numbers = stated if isinstance(stated, list) else [stated]
    reporter, partner = (_areas(entry[name], name) for name in ("reporter", "partner"))
    if reporter == partner:
        raise TradeDataError("the reporter itself", column="partner", value=partner,
                             expected="another area than the reporter")
    if kind == "record" and entry["flow"] == "balance" and numbers and max(numbers) < 0:  # of a deficit
        return _statement(entry | {"flow": "deficit", "stated": [Number(one.text.lstrip("-")) for one in numbers]})
    more = {name: entry[name] for name in PLAIN if name in entry}
    if numbers:
        more |= {"number": float(min(numbers)) * scale,
                 "step": min(_step(one, entry.get("relation") == "about") for one in numbers) * scale,
                 "upper": float(max(numbers)) * scale if len(numbers) > 1 else None}
    more |= {name: make(entry[name]) for name, make in {
        "base": lambda text: shift(*window, -months(*window)) if text == "previous" else period(text, "base"),
        "since": lambda text: period(text)[0], "threshold": lambda mark: float(mark) * scale, "top": int,
        "whole": lambda code: _areas(code, "whole"), "quote": lambda at: (int(at["start"]), int(at["end"])),
        "assumed": tuple}.items() if name in entry}
    relation = entry.get("relation", "equal").replace("about", "equal")
    one = Statement(str(entry["id"]), entry["text"], kind, reporter, partner, *_flow(entry["flow"]), *window,
                    relation=relation, unit=unit, currency=currency, known=known, **more)
    return replace(one, than=_than(one, entry["than"])) if "than" in entry else one


def _flow(text):
    """A flow and its sign: a deficit is a balance with sign -1."""
    return {"surplus": ("balance", 1), "deficit": ("balance", -1)}.get(text, (text, 1))


def _than(one, other):
    """The second figure of a difference or ratio: the first with what differs."""
    changes = {name: _areas(other[name], name) for name in ("reporter", "partner") if name in other}
    if "period" in other:
        changes["start"], changes["end"] = period(other["period"])
    if "flow" in other:
        changes["flow"], changes["sign"] = _flow(other["flow"])
    return replace(one, **changes, **{name: other[name] for name in ("currency", "product") if name in other})


def _areas(value, field):
    """A code, or several joined by +."""
    codes = [code_of(one, field) for one in (value if isinstance(value, list) else [value])]
    return "+".join(sorted(set(codes)))


def _step(number, about):
    """One unit of the last digit: 33.6 gives 0.1, 140 gives 1; said to be about 140, 10."""
    text = number.text.lstrip("+-")
    if about and "." not in text:
        return 10.0 ** (len(text) - len(text.rstrip("0")))
    return 10.0 ** -len(text.partition(".")[2])

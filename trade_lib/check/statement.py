"""Reading a claims file: the quantitative statements of an article, as YAML, each line held against the schema."""

import datetime
import math
import re
from dataclasses import dataclass
from pathlib import Path

from trade_lib.data.areas import areas
from trade_lib.data.tables import data_dir
from trade_lib.errors import TradeDataError

KINDS = ("growth", "level", "record", "share", "rank", "forecast")
FLOWS = ("total", "export", "import", "balance")
RELATIONS = ("equal", "above", "below")
CURRENCIES = ("USD", "CNY", "EUR", "JPY", "KRW", "INR", "SGD")
SCALES = {"mn": 1e-3, "bn": 1.0, "trn": 1e3}  # to billions
MONEY = tuple(f"{code.lower()}_{scale}" for code in CURRENCIES for scale in SCALES)
UNIT = {"growth": ("pct",), "share": ("pct",), "rank": ("rank",), "level": MONEY, "forecast": MONEY, "record": MONEY}
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"
_PERIOD = rf"(\d{{4}}|{_MONTH}(\.\.{_MONTH})?)"
_CODE = {"type": "string", "description": "ISO3 country code, or a group: ASEAN, AFRICA, EU, RCEP, BRI, WORLD"}
_WINDOW = {"type": ["string", "integer"], "pattern": f"^{_PERIOD}$", "minimum": 1950, "maximum": 2099}  # a bare year
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Claims of an article",
    "type": "object", "additionalProperties": False, "required": ["article", "claims"],
    "properties": {
        "article": {
            "type": "object", "additionalProperties": False, "required": ["title", "date"],
            "properties": {"title": {"type": "string", "minLength": 1}, "url": {"type": "string"},
                           "date": {"type": "string", "format": "date", "description": "day it was published"}}},
        "claims": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object", "additionalProperties": False,
                "required": ["id", "text", "kind", "reporter", "partner", "flow"],
                "properties": {
                    "id": {"type": ["string", "integer"], "description": "unique in the file"},
                    "text": {"type": "string", "description": "the claim in your words"},
                    "kind": {"enum": list(KINDS)}, "reporter": _CODE, "partner": _CODE,
                    "flow": {"enum": list(FLOWS), "description": "as the reporter books it"},
                    "period": {**_WINDOW,
                               "description": "2021-01..2021-11, 2021-11 or 2021; of a forecast: the months known"},
                    "stated": {"type": "number", "description": "with the digits of the article; optional for record"},
                    "relation": {"enum": list(RELATIONS), "default": "equal",
                                 "description": "above: 'more than the stated number'"},
                    "unit": {"enum": ["pct", "rank", *MONEY]},
                    "currency": {"enum": list(CURRENCIES), "default": "USD",
                                 "description": "in which growth, share or record is meant"},
                    "threshold": {"type": "number", "description": "forecast: what is to be passed"},
                    "horizon": {**_WINDOW,
                                "description": "forecast: the period it is about"}},
                "allOf": [
                    {"if": {"properties": {"kind": {"enum": ["growth", "level", "share", "rank"]}}},
                     "then": {"required": ["period", "stated", "unit"]}},
                    {"if": {"properties": {"kind": {"const": "record"}}}, "then": {"required": ["period"]}},
                    {"if": {"properties": {"kind": {"const": "forecast"}}},
                     "then": {"required": ["threshold", "horizon", "unit"]}}]}}},
}
_ITEM = SCHEMA["properties"]["claims"]["items"]
LARGEST, DEEPEST = 20_000_000, 20  # characters, and lists or sets within one another
PLAIN = ("str", "int", "float", "bool", "timestamp")  # the tags of values that are read; they are read as text


@dataclass(frozen=True)
class Stated:
    """One statement to check. ``number`` is what is stated (of a forecast the threshold) in bn, per cent or rank.

    ``step`` is one unit of its last digit, ``start`` and ``end`` the months it is about, ``known`` the last month a
    forecast may use (None: the month before the article's).
    """

    id: str
    text: str
    kind: str
    reporter: str
    partner: str
    flow: str
    start: str
    end: str
    number: float | None
    step: float | None
    relation: str = "equal"
    unit: str = ""
    currency: str = "USD"
    known: str | None = None


def examples():
    """Names of the claims files that are shipped.

    Examples
    --------
    >>> "article-2021-12-29" in examples()
    True
    """
    return sorted(path.stem for path in (data_dir() / "claims").glob("*.yml"))


def read(name):
    """A claims file: a path, or the name of a shipped example.

    Returns
    -------
    article : dict
        ``title``, ``url``, ``date`` (text).
    claims : list of Stated

    Raises
    ------
    TradeDataError
        The first fault, with its line, the field and what was expected.

    Examples
    --------
    >>> article, claims = read("article-2021-12-29")
    >>> article["date"], claims[0].number
    ('2021-12-29', 33.6)
    """
    path = data_dir() / "claims" / f"{name}.yml" if str(name) in examples() else Path(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        why = {FileNotFoundError: "no such file", IsADirectoryError: "a folder, not a file",
               UnicodeDecodeError: "not text in UTF-8"}.get(type(error), f"cannot be read ({type(error).__name__})")
        line = f", line {error.object[:error.start].count(b'%c' % 10) + 1}" if hasattr(error, "start") else ""
        raise TradeDataError(why, file=f"{path.name or name}{line}",
                             expected=f"a claims file, or one of {', '.join(examples())}") from None
    return parse(text, path.name)


def parse(text, file="claims"):
    """A claims file's text; as `read`.

    Examples
    --------
    >>> parse("claims: []")
    Traceback (most recent call last):
    trade_lib.errors.TradeDataError: claims, line 1, column 'article': field missing; expected article, claims
    """
    import yaml

    if len(text) > LARGEST:
        raise TradeDataError("file too large", file=file, value=len(text), expected=f"at most {LARGEST} characters")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_traps(yaml.scan(text, loader), file)
        root = yaml.compose(text, loader)
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        line = mark.line if mark else text[:getattr(error, "position", 0)].count("\n")
        tab = "a tab at the start of a line" if text.splitlines()[line:line + 1] and \
            re.match(r" *\t", text.splitlines()[line]) else None
        why = tab or problem or str(error).splitlines()[0]
        raise TradeDataError(f"not YAML ({why})", file=f"{file}, line {line + 1}",
                             expected="keys and values as 'key: value', lists with '- ', indented by spaces") from None
    except TradeDataError:
        raise
    except ValueError as error:
        raise TradeDataError(f"not YAML ({type(error).__name__})", file=file, expected="a claims file") from None
    if root is None:
        raise TradeDataError("file is empty", file=file, expected="article and claims")
    top = _mapping(root, SCHEMA, file)
    nodes = _mapping(top["article"], SCHEMA["properties"]["article"], file, "article")
    article = {key: _text(node, key, file) for key, node in nodes.items()}
    article["date"] = _date(article["date"], nodes["date"], file)
    if not isinstance(top["claims"], yaml.SequenceNode) or not top["claims"].value:
        raise _fault(top["claims"], "claims", "not a list of claims", "a list with at least one claim", file)
    claims, seen, known = [], {}, areas()["name"]
    for node in top["claims"].value:
        one = _claim(node, file, known)
        if one.id in seen:
            raise _fault(node, "id", f"used before, in line {seen[one.id]}", "an id of its own", file, one.id)
        seen[one.id] = node.start_mark.line + 1
        claims.append(one)
    return {"url": "", **article}, claims


def _refuse_traps(tokens, file):
    """Refuse what makes a small file large (anchors and aliases) or deep, before anything is built from it."""
    import yaml

    depth = 0
    for token in tokens:
        depth += isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken,
                                    yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken))
        depth -= isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken))
        where = f"{file}, line {token.start_mark.line + 1}"
        if isinstance(token, (yaml.AliasToken, yaml.AnchorToken)):
            raise TradeDataError("anchors (&) and aliases (*) are not taken", file=where,
                                 expected="each claim in full; text with & or * in quotation marks")
        if depth > DEEPEST:
            raise TradeDataError("lists within lists", file=where, value=f"{depth} deep", expected="article and claims")


def _fault(node, field, message, expected, file, value=None):
    return TradeDataError(message, file=f"{file}, line {node.start_mark.line + 1}", column=field, value=value,
                          expected=expected)


def _mapping(node, schema, file, field=None):
    """A mapping's nodes by key, with unknown, repeated and missing keys told."""
    import yaml

    known = list(schema["properties"])
    if not isinstance(node, yaml.MappingNode):
        raise _fault(node, field, "not a set of 'key: value' lines", ", ".join(schema["required"]), file)
    found = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name not in known:
            raise _fault(key, name, "no such field", ", ".join(known), file)
        if name in found:
            raise _fault(key, name, "field given twice", "each field once", file)
        found[name] = value
    for name in schema["required"]:
        if name not in found:
            raise _fault(node, name, "field missing", ", ".join(schema["required"]), file)
    return found


def _text(node, field, file, pattern=None, choices=None, expected="text"):
    import yaml

    good = isinstance(node, yaml.ScalarNode) and node.tag.removeprefix("tag:yaml.org,2002:") in PLAIN and node.value
    if not good:
        what = "empty" if getattr(node, "value", None) in ("", "~") else "not a plain value"
        raise _fault(node, field, what, expected, file, node.tag.rpartition(":")[2])
    if choices and node.value not in choices:
        raise _fault(node, field, "not one of the choices", " | ".join(choices), file, node.value)
    if pattern and not re.fullmatch(pattern, node.value):
        raise _fault(node, field, "not in the right form", expected, file, node.value)
    return node.value


def _date(text, node, file):
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise _fault(node, "date", "not a date", "a date written YYYY-MM-DD", file, text) from None


def _number(node, field, file):
    """A number and one unit of its last digit: 33.6 gives 0.1, 140 gives 1."""
    text = _text(node, field, file, expected="a number such as 33.6 or 1200")
    plain = text.replace("_", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", plain) or not math.isfinite(float(plain)):
        raise _fault(node, field, "not a number", "a number such as 33.6 or 1200", file, text)
    decimals = len(plain.partition(".")[2])
    return float(plain), 10.0 ** -decimals


def _period(node, field, file):
    text = _text(node, field, file, _PERIOD, expected="2021, 2021-11 or 2021-01..2021-11")
    first, _, last = text.partition("..")
    start, end = (f"{text}-01", f"{text}-12") if len(text) == 4 else (first, last or first)
    if not "1950" <= start <= end < "2100":
        raise _fault(node, field, "ends before it starts, or lies outside 1950 to 2099", "first month..last month",
                     file, text)
    return start, end


def _area(node, field, file, known):
    """A code of ``known``, the names of areas by code."""
    code = _text(node, field, file)
    if code not in known.index:
        close = known.index[known.str.lower() == code.lower()].tolist()
        raise _fault(node, field, "no such area", f"an ISO3 code or a group such as "
                     f"{', '.join(close) or 'CHN, RUS, ASEAN, AFRICA, EU, RCEP, BRI or WORLD'}", file, code)
    return code


def _claim(node, file, areas_known):
    """One claim's node, field by field."""
    nodes, rules = _mapping(node, _ITEM, file, "claims"), _ITEM["properties"]
    kind = _text(nodes["kind"], "kind", file, choices=KINDS)
    case = next(r for r in _ITEM["allOf"] if kind in [r["if"]["properties"]["kind"].get("const"),
                                                      *r["if"]["properties"]["kind"].get("enum", [])])
    for name in case["then"]["required"]:
        if name not in nodes:
            raise _fault(node, name, f"field missing in a claim of kind {kind}", rules[name].get("description", name),
                         file)
    strange = {"threshold", "horizon"} if kind != "forecast" else {"stated"}
    for name in strange & set(nodes):
        raise _fault(nodes[name], name, f"not a field of kind {kind}", "threshold and horizon for a forecast, stated "
                     "for all others", file)
    words = {name: _text(nodes[name], name, file, choices=rules[name].get("enum"))
             for name in ("id", "text", "flow", "relation", "unit", "currency") if name in nodes}
    unit = words.get("unit", "")
    if unit and unit not in UNIT[kind]:
        raise _fault(nodes["unit"], "unit", f"does not fit kind {kind}", " | ".join(UNIT[kind]), file, unit)
    currency = words.get("currency") or (unit[:3].upper() if unit in MONEY else "USD")
    if unit in MONEY and currency != unit[:3].upper():
        raise _fault(nodes["currency"], "currency", "another currency than in unit", unit[:3].upper(), file, currency)
    if kind in ("share", "rank", "record") and words["flow"] == "balance":
        raise _fault(nodes["flow"], "flow", f"a balance has no {kind}", "total | export | import", file)
    window = _period(nodes["horizon" if kind == "forecast" else "period"],
                     "horizon" if kind == "forecast" else "period", file)
    known = _period(nodes["period"], "period", file)[1] if kind == "forecast" and "period" in nodes else None
    if known and known >= window[1]:
        raise _fault(nodes["period"], "period", "nothing is left to forecast", f"an end before {window[1]}", file,
                     known)
    field = "threshold" if kind == "forecast" else "stated"
    number, step = _number(nodes[field], field, file) if field in nodes else (None, None)
    if number is not None and kind == "rank" and (number < 1 or number % 1):
        raise _fault(nodes[field], field, "not a rank", "1, 2, 3 ...", file, number)
    if number is not None and kind == "record" and not unit:
        raise _fault(node, "unit", "field missing beside stated", "a unit such as usd_bn", file)
    scale = SCALES[unit[4:]] if unit in MONEY else 1.0
    reporter, partner = (_area(nodes[name], name, file, areas_known) for name in ("reporter", "partner"))
    if reporter == partner:
        raise _fault(nodes["partner"], "partner", "the reporter itself", "another area than the reporter", file,
                     partner)
    return Stated(words["id"], words["text"], kind, reporter, partner, words["flow"], *window,
                  None if number is None else number * scale, None if step is None else step * scale,
                  words.get("relation", "equal"), unit, currency, known)



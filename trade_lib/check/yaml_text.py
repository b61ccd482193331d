"""YAML as people write it: plain values that keep their digits, and the line of each."""

import re

from trade_lib.errors import TradeDataError

LARGEST, DEEPEST = 20_000_000, 20  # characters, and lists or sets within one another
NUMBER = r"[+-]?([0-9][0-9_]*\.?[0-9]*|\.[0-9]+)"


def compose(text, file):
    """The YAML nodes of a text, after refusing what makes a small file large, deep or dangerous."""
    import yaml

    if len(text) > LARGEST:
        raise TradeDataError("file too large", file=file, value=len(text), expected=f"at most {LARGEST} characters")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for token in yaml.scan(text, loader):
            name = type(token).__name__
            depth += name.endswith(("SequenceStartToken", "MappingStartToken"))
            depth -= name.endswith(("SequenceEndToken", "MappingEndToken", "BlockEndToken"))
            where = f"{file}, line {token.start_mark.line + 1}"
            if name in ("AliasToken", "AnchorToken"):
                raise TradeDataError("anchors (&) and aliases (*) are not taken", file=where,
                                     expected="each claim in full; text with & or * in quotation marks")
            if depth > DEEPEST:
                raise TradeDataError("lists within lists", file=where, value=f"{depth} deep", expected="a flat list")
        root = yaml.compose(text, loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line if mark else text[:getattr(error, "position", 0)].count("\n")
        tab = re.match(r" *\t", text.split("\n")[min(line, text.count("\n"))])
        why = "a tab at the start of a line" if tab else getattr(error, "problem", None) or str(error).splitlines()[0]
        raise TradeDataError(f"not YAML ({why})", file=f"{file}, line {line + 1}",
                             expected="keys and values as 'key: value', lists with '- ', indented by spaces") from None
    except TradeDataError:
        raise
    except ValueError as error:
        raise TradeDataError(f"not YAML ({type(error).__name__})", file=file, expected="a claims file") from None
    if root is None:
        raise TradeDataError("file is empty", file=file, expected="article and claims")
    return root


class Number(float):
    """A number that remembers how it was written: its digits say how precise it is."""

    def __new__(cls, text):
        self = super().__new__(cls, text.replace("_", ""))
        self.text = text.replace("_", "")
        return self


def plain(node):
    """YAML nodes as plain values: numbers keep their digits, all other scalars are text, doubled keys stay apart."""
    kind = node.id
    if kind == "sequence":
        return [plain(one) for one in node.value]
    if kind == "mapping":
        known = {}
        for key, value in node.value:
            name = str(key.value)
            known[f"{name} (given twice)" if name in known else name] = plain(value)
        return known
    tag = node.tag.rpartition(":")[2]
    if tag in ("int", "float") and re.fullmatch(NUMBER, node.value):
        return Number(node.value)
    return None if tag == "null" else node.value if tag in ("str", "timestamp", "bool", "int", "float") else {}


def mark_lines(node, path, marks):
    """The line of every value, by its path."""
    marks[path] = node.start_mark.line + 1
    pairs = ([(str(key.value), value) for key, value in node.value] if node.id == "mapping"
             else list(enumerate(node.value)) if node.id == "sequence" else [])
    for name, value in pairs:
        mark_lines(value, (*path, name), marks)

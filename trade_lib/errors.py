"""The one exception of the package for bad input."""


class TradeDataError(ValueError):
    """Bad input, said in one line: where it is, what it is, what was expected.

    Every public function of the package raises it, and nothing else, for input that it cannot use: values that are
    missing, infinite, of the wrong sign or no numbers, months that are broken or repeated, codes that no table knows.
    Docstrings name errors only where they say more than that.

    Examples
    --------
    >>> print(TradeDataError("negative value", file="flows.csv", row=7, column="value", value=-3, expected=">= 0"))
    flows.csv, row 7, column 'value': negative value: got -3; expected >= 0
    """

    def __init__(self, message: str, *, file=None, row=None, column: str | None = None, value=None,
                 expected: str | None = None):
        place = [str(file)] if file is not None else []
        if row is not None:
            place.append(f"row {row}")
        if column is not None:
            place.append(f"column {column!r}")
        text = f"{', '.join(place)}: {message}" if place else message
        value = value.item() if hasattr(value, "item") and not hasattr(value, "__len__") else value  # a numpy number
        if value is not None:
            text += f": got {value!r}"
        if expected is not None:
            text += f"; expected {expected}"
        super().__init__(text)
        self.message, self.file, self.row = message, file, row
        self.column, self.value, self.expected = column, value, expected

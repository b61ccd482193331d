"""The one exception of the package for bad input."""


class TradeDataError(ValueError):
    """Bad input, said in one line: where it is, what it is, what was expected.

    Parameters
    ----------
    message : str
        What is wrong, in a sentence.
    file : str, optional
        The table or file it was found in.
    row : int or str, optional
        The row (0-based position below the header, or the row's key).
    column : str, optional
        The column.
    value : object, optional
        The offending value.
    expected : str, optional
        What would have been right.

    Examples
    --------
    >>> print(TradeDataError("negative value", file="flows.csv", row=7, column="value", value=-3, expected=">= 0"))
    flows.csv, row 7, column 'value': negative value: got -3; expected >= 0
    """

    def __init__(self, message, *, file=None, row=None, column=None, value=None, expected=None):
        place = [str(file)] if file is not None else []
        if row is not None:
            place.append(f"row {row}")
        if column is not None:
            place.append(f"column {column!r}")
        text = f"{', '.join(place)}: {message}" if place else message
        if value is not None:
            text += f": got {value!r}"
        if expected is not None:
            text += f"; expected {expected}"
        super().__init__(text)
        self.message, self.file, self.row = message, file, row
        self.column, self.value, self.expected = column, value, expected

"""Tables for reading in a notebook: whole sentences, rounded numbers, no index unless it says something."""

import pandas as pd

from trade_lib.errors import TradeDataError


def table(frame: pd.DataFrame, digits=1, index: bool = False):
    """Show a frame as an HTML table: text in full and left-aligned, numbers rounded, missing cells empty.

    A frame without rows is shown as the word "None.".

    Parameters
    ----------
    frame : what to show.
    digits : int or dict of str to int. Decimals of floats, for all columns or by column (others get one).
    index : show the index too.

    Returns
    -------
    IPython.display.HTML

    Examples
    --------
    >>> "33.6" in table(pd.DataFrame({"growth": [33.6123]})).data
    True
    """
    from IPython.display import HTML

    by_column = digits if isinstance(digits, dict) else dict.fromkeys(frame.columns, digits)
    unknown = [name for name in by_column if name not in frame.columns]
    if unknown:
        raise TradeDataError("no such column", column=unknown[0], expected=", ".join(map(str, frame.columns)))
    if frame.empty:
        return HTML("<p>None.</p>")
    text = frame.copy()
    for name in frame.columns:
        text[name] = [_cell(value, by_column.get(name, 1)) for value in frame[name]]
    with pd.option_context("display.max_colwidth", None):
        page = text.to_html(index=index, border=0, justify="left", escape=True)
    # Said in each cell, heads too: notebook pages align cells to the right by a rule of their own.
    return HTML(page.replace("<td>", '<td style="text-align: left">').replace("<th>", '<th style="text-align: left">'))


def _cell(value, digits):
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float):
        return f"{value:,.{digits}f}"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

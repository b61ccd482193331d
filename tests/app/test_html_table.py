"""Tables for reading."""

import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.app.html_table import table


def test_text_is_shown_in_full_and_numbers_rounded():
    long = "word " * 60
    page = table(pd.DataFrame({"text": [long.strip()], "x": [1234.567], "gone": [float("nan")]}), {"x": 2}).data
    assert long.strip() in page
    assert "1,234.57" in page
    assert "nan" not in page.lower()


def test_markup_in_text_is_escaped():
    assert "<b>" not in table(pd.DataFrame({"text": ["<b>bold</b>"]})).data


def test_same_frame_gives_the_same_page():
    frame = pd.DataFrame({"x": [1.0, 2.0]})
    assert table(frame).data == table(frame).data


def test_unknown_column_is_named():
    with pytest.raises(TradeDataError, match="'y'"):
        table(pd.DataFrame({"x": [1.0]}), {"y": 2})


def test_no_rows_are_said_in_words():
    assert table(pd.DataFrame({"x": []})).data == "<p>None.</p>"

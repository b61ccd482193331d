"""Cached pieces are what was kept under their key, or they are not there."""

import os

import numpy as np
import pandas as pd
import pytest

from trade_lib.forecast.cache import keep, key_of, read_kept

FRAME = pd.DataFrame({"month": ["2021-01", "2021-02"] * 20, "value": np.arange(40.0)})


def test_every_flipped_bit_is_noticed(tmp_path):
    keep(tmp_path, "key", FRAME)
    pd.testing.assert_frame_equal(read_kept(tmp_path, "key"), FRAME)
    path = tmp_path / "key.piece"
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    for place, bit in zip(rng.integers(0, len(whole), 120), rng.integers(0, 8, 120), strict=True):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << bit
        path.write_bytes(flipped)
        assert read_kept(tmp_path, "key") is None, (place, bit)


@pytest.mark.parametrize("change", [lambda whole: b"", lambda whole: whole[:20], lambda whole: whole[:-1],
                                    lambda whole: whole + b"\0", lambda whole: whole[32:]],
                         ids=["empty", "hash cut", "cut short", "longer", "no hash"])
def test_a_piece_of_another_length_is_noticed(change, tmp_path):
    keep(tmp_path, "key", FRAME)
    path = tmp_path / "key.piece"
    path.write_bytes(change(path.read_bytes()))
    assert read_kept(tmp_path, "key") is None


def test_a_swapped_piece_is_noticed(tmp_path):
    keep(tmp_path, "one", FRAME)
    keep(tmp_path, "other", FRAME.assign(value=0.0))
    os.rename(tmp_path / "other.piece", tmp_path / "one.piece")
    assert read_kept(tmp_path, "one") is None


def test_a_folder_that_cannot_be_used_is_said_and_left_aside(tmp_path):
    (tmp_path / "file").write_text("a")
    with pytest.warns(UserWarning, match="results are not kept"):
        keep(tmp_path / "file", "key", FRAME)
    assert read_kept(tmp_path / "file", "key") is None


def test_a_key_tells_values_labels_types_and_options_apart():
    y = pd.Series([1.0, 2.0], ["a", "b"])
    others = [y + 1e-9, y.rename("x"), y.rename(index={"a": "c"}), y.iloc[:1], y.to_frame()]
    keys = [key_of(y, 3), key_of(y, 4), key_of(y, "3"), key_of(y, 3.0), key_of(y, [3]), key_of([y], 3),
            *[key_of(other, 3) for other in others]]
    assert len(set(keys)) == len(keys)

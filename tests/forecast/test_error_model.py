"""The size of errors: wider where models disagree, learnt from a panel, shrunk to what is stored; shape and tails."""

import numpy as np
import pytest
from scipy import special

from trade_lib.forecast.error_model import SHARE, STORED, STORED_WEIGHT, ErrorModel, Path, learnt_from, yardsticks


def path(horizon=12, base=1.0, apart=1.0, noisy=1.0):
    return Path(np.zeros(horizon), np.full(horizon, apart), base * noisy, base / noisy)


def test_errors_grow_with_horizon_disagreement_and_yardstick():
    model = ErrorModel()
    size = model.size(path())
    assert (np.diff(size) > 0).all()
    assert (model.size(path(apart=2.0)) > size).all()
    np.testing.assert_allclose(model.size(path(base=3.0, apart=3.0)), 3 * size)  # another unit, the same errors
    wider = model.size(path(noisy=2.0)) / size  # noise counts most for the months next to come
    assert (wider > 1).all() and (np.diff(wider) < 0).all()


def test_the_size_of_errors_by_hand():
    """The formula of the module's head, at one and at twelve months."""
    b0, b1, b2, b3 = STORED
    ratio, noisy = np.log(0.5 / 2.0 + 0.05), np.log(4.0)
    size = ErrorModel().size(path(base=2.0, apart=0.5, noisy=2.0))
    assert size[0] == pytest.approx(2.0 * np.exp(b0 + b2 * ratio / 2 + b3 * noisy))
    assert size[11] == pytest.approx(
        2.0 * np.exp(b0 + b1 * np.log(12) + b2 * (1 - 1 / 288) * ratio + b3 * noisy / 12))


def test_a_large_panel_teaches_its_own_size_and_slope():
    rng = np.random.default_rng(0)
    true = (0.5, 0.0, 0.8, 0.1)
    past = []
    for _ in range(3000):
        made = path(apart=float(np.exp(rng.normal())), noisy=float(np.exp(rng.normal(0, 0.4))))
        past.append((ErrorModel(true).size(made) * rng.normal(0, 1, 12), made))
    learnt = learnt_from(past)
    assert learnt.errors == 36000
    np.testing.assert_allclose(learnt.coefficients[1:], true[1:], atol=0.1)
    drawn = learnt.draw(path(), 20000, np.random.default_rng(1))
    np.testing.assert_allclose(np.quantile(drawn, 0.9, axis=0), 1.2816 * ErrorModel(true).size(path()), rtol=0.13)


def test_a_few_errors_move_the_stored_model_by_little_and_none_not_at_all():
    assert learnt_from([]) == ErrorModel()
    few = learnt_from([(np.full(12, 5.0), path())] * 3)
    assert few.coefficients[0] == pytest.approx(STORED[0], abs=0.15)
    errors = int(STORED_WEIGHT / SHARE / 12)
    half = learnt_from([(np.full(12, 5.0), path())] * errors)
    assert few.coefficients != half.coefficients
    assert few.size(path())[0] < half.size(path())[0]


def test_wide_quantiles_differ_to_the_last():
    drawn = ErrorModel().draw(path(1), 100_000, np.random.default_rng(0))[:, 0]
    wide = np.quantile(drawn, [0.001, 0.005, 0.01, 0.025, 0.1, 0.5, 0.9, 0.975, 0.99, 0.995, 0.999])
    assert (np.diff(wide) > 0.05).all()
    assert wide[-1] > 1.3 * wide[-2], "the tails are heavier than normal"


def test_the_median_path_is_the_middle_and_months_move_together():
    made = Path(np.arange(6.0), np.ones(6), 1.0, 1.0)
    drawn = ErrorModel().draw(made, 20000, np.random.default_rng(0))
    np.testing.assert_allclose(np.median(drawn, axis=0), made.middle, atol=1e-9)  # antithetic pairs
    together = np.corrcoef(drawn.T)
    assert 0.25 < together[0, 1] < together[4, 5] < 0.9
    ranks = np.corrcoef(special.ndtri((drawn.argsort(axis=0).argsort(axis=0) + 0.5).T / len(drawn)))
    assert ranks[0, 1] == pytest.approx(0.4 / np.sqrt(1.16), abs=0.02)  # four tenths of the first shock stay


def test_the_yardsticks_of_noise_growth_and_short_histories():
    rng = np.random.default_rng(0)
    assert yardsticks(np.arange(60.0)) == pytest.approx((1e-9 * 59,) * 2)  # a straight line has neither
    small, large = (yardsticks(size * rng.normal(0, 1, 120)) for size in (1.0, 10.0))
    assert 5 < large[0] / small[0] < 20 and 5 < large[1] / small[1] < 20
    noise, growth = yardsticks(np.arange(120.0) ** 2)
    assert noise == pytest.approx(12.0) and growth == pytest.approx(24 * 27 / 3)  # growth without noise
    assert yardsticks(np.array([5.0])) == (0.5, 0.5)  # a tenth of the level where nothing can be seen
    assert yardsticks(np.array([5.0, 6.0, 5.0, 6.0, 5.0])) == (1.0, 1.0)


def test_noise_is_that_of_the_last_two_seasons():
    calm = np.arange(84.0)
    for month, seen in ((46, False), (47, True), (83, True)):
        r = calm.copy()
        r[month] += 50.0
        assert (yardsticks(r)[0] > 1.0) == seen

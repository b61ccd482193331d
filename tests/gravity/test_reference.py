"""Published answers: Santos Silva and Tenreyro (2006) Table 3, Anderson and van Wincoop as in Feenstra's chapter 5."""

import numpy as np
import pandas as pd
import pytest

from trade_lib.gravity import fit

REGRESSORS = ("lypex + lypim + lyex + lyim + ldist + border + comlang + colony + landl_ex + landl_im + lremot_ex + "
              "lremot_im + comfrt_wto + open_wto")
COLUMNS = {"OLS_ln(trade)": ("log(trade)", "ols", False), "OLS_ln(1+trade)": ("log(1 + trade)", "ols", False),
           "PPML_trade>0": ("trade", "ppml", True), "PPML": ("trade", "ppml", False)}
# Robust errors of exporter's GDP and distance in the paper's Table 3.
ROBUST = {"OLS_ln(trade)": (0.012, 0.034), "OLS_ln(1+trade)": (0.011, 0.040), "PPML_trade>0": (0.027, 0.055),
          "PPML": (0.027, 0.055)}


@pytest.fixture(scope="module")
def log_of_gravity(root):
    folder = root / "tests" / "reference"
    return pd.read_parquet(folder / "log_of_gravity_1990.parquet"), pd.read_csv(folder / "log_of_gravity_table3.csv")


@pytest.mark.parametrize("column", COLUMNS)
def test_log_of_gravity_table_3(log_of_gravity, column):
    data, printed = log_of_gravity
    left, estimator, positive = COLUMNS[column]
    found = fit(data[data["trade"] > 0] if positive else data, f"{left} ~ {REGRESSORS}", estimator)
    expected = printed[printed["estimator"] == column].set_index("variable")["coef"]
    ours = found.coefficients.rename({"Intercept": "Constant"})
    assert len(expected) == 15
    assert (ours["estimate"] - expected).abs().max() <= 0.0005
    assert ours.loc[["lypex", "ldist"], "error"].to_numpy() == pytest.approx(ROBUST[column], abs=0.0006)
    assert found.n == (18360 if column in ("PPML", "OLS_ln(1+trade)") else 9613)
    left_out = {"OLS_ln(trade)": [("zero trade has no logarithm", "trade", 8747)]}.get(column, [])
    assert list(found.dropped.itertuples(index=False, name=None)) == left_out


@pytest.fixture(scope="module")
def provinces(root):
    folder = root / "tests" / "reference"
    data = pd.read_csv(folder / "anderson_van_wincoop_1993.csv")
    data = data[(data["vx"] > 0) & (data["dist"] > 0)]
    data = data.assign(lngdp_ce=np.log(data["gdp_ce"]), lngdp_ci=np.log(data["gdp_ci"]), lndist=np.log(data["dist"]),
                       d_ca=(data["l_ex"].eq(2) & data["l_im"].eq(2)).astype(int),
                       d_us=(data["l_ex"].eq(1) & data["l_im"].eq(1)).astype(int),
                       d_border=data["l_ex"].ne(data["l_im"]).astype(int),
                       unit=data["vx"] / data["gdp_ce"] / data["gdp_ci"])
    return data, pd.read_csv(folder / "anderson_van_wincoop_printed.csv")


@pytest.mark.parametrize("model, formula, vcov", [
    ("Canada", "log(vx) ~ lngdp_ce + lngdp_ci + lndist + d_ca", "iid"),
    ("Pooled", "log(vx) ~ lngdp_ce + lngdp_ci + lndist + d_ca + d_us", "iid"),
    ("FE", "log(unit) ~ lndist + d_border | c_e + c_i", "iid"),
])
def test_anderson_van_wincoop(provinces, model, formula, vcov):
    data, printed = provinces
    data = data[data["d_us"] == 0] if model == "Canada" else data
    expected = printed[(printed["model"] == model) & (printed["variable"] != "_cons")].set_index("variable")
    found = fit(data, formula, "ols", vcov)
    assert found.n == expected["nobs"].iloc[0] == (679 if model == "Canada" else 1511)
    ours = found.coefficients.loc[expected.index]
    assert ours["estimate"].to_numpy() == pytest.approx(expected["coef"].to_numpy(), abs=2e-6)
    assert ours["error"].to_numpy() == pytest.approx(expected["se"].to_numpy(), rel=1e-4)

"""One month ahead with what was public meanwhile, against the engine alone: China's totals and China's partners.

    PYTHONPATH=. python benchmarks/forecast_nowcast.py

Korea's customs give a month's exports on the first day of the next, China's its totals after 7 to 18 days, the United
States after five weeks, Russia's and Singapore's (by partner) after three to six: an indicator stands beside a target
that is published later. Months are those of one vintage of each source. Tests count origins. Writes
forecast_nowcast.csv.
"""

from pathlib import Path

import pandas as pd
from peers import versions

from trade_lib import series
from trade_lib.forecast import backtest
from trade_lib.forecast.nowcast import gain, nowcast, surprises
from trade_lib.measures import newyear

HERE = Path(__file__).parent
OLD, NEW = "CN_SEASONAL_PKG", "GACC_HGJCK"
KOREA = {"KOR to CHN": ("KOR", "CHN", "export", "KR_CUSTOMS_LOC"),
         "KOR to WORLD": ("KOR", "WORLD", "export", "KR_CUSTOMS_LOC")}
TARGETS = {  # target, indicators, first origin
    "China's imports, 2005-2013": (("CHN", "WORLD", "import", OLD), KOREA, "2005-01"),
    "China's exports, 2005-2013": (("CHN", "WORLD", "export", OLD), KOREA, "2005-01"),
    "Russia's imports from China": (("RUS", "CHN", "import", "RU_FCS_96STRAN"), KOREA, "2011-01"),
    "Russia's exports to China": (("RUS", "CHN", "export", "RU_FCS_96STRAN"), KOREA, "2011-01"),
    "Singapore's imports from China": (("SGP", "CHN", "import", "SG_SINGSTAT"), KOREA, "2011-01"),
    "US imports from China": (("USA", "CHN", "import", "FRED_IMPCH_2026"), KOREA, "2006-01"),
}


def one_step(reporter, partner, flow, source, first, last):
    y = series(reporter, partner, flow, source=source).loc["1986-01":last]
    origins = pd.period_range(first, y.index[-1] - 1, freq="M")
    x = newyear.candidates(y.index[0], y.index[-1] + 2)
    return surprises(backtest(y, 1, origins, n_paths=20, x=x)[0])


def main():
    rows, news = [], {}
    for label, (target, indicators, first) in TARGETS.items():
        own = one_step(*target, first, "2023-09")
        for name, place in indicators.items():
            if name not in news:
                news[name] = one_step(*place, "2005-01", "2023-09")
        left = nowcast(own, pd.DataFrame({name: news[name] for name in indicators}))
        rows.append({"target": label, "news": ", ".join(indicators), "first": str(left.index[0]),
                     "last": str(left.index[-1]), **gain(left), "versions": versions()})
        print(rows[-1], flush=True)
    pd.DataFrame(rows).to_csv(HERE / "forecast_nowcast.csv", index=False, float_format="%.3f")


if __name__ == "__main__":
    main()

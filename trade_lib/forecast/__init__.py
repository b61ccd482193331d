"""Forecasts of monthly trade as sample paths: models, combination, totals over a window, backtest, scores."""

from trade_lib.forecast.backtesting import backtest
from trade_lib.forecast.combine import COMBINATION, MEMBERS
from trade_lib.forecast.models import MODELS
from trade_lib.forecast.panel import PANEL, forecast, forecast_panel, learn
from trade_lib.forecast.paths import Forecast
from trade_lib.forecast.statespace import choose_regressors
from trade_lib.forecast.totals import summary, year_months, year_total

__all__ = ["COMBINATION", "MEMBERS", "MODELS", "PANEL", "Forecast", "backtest", "choose_regressors", "forecast",
           "forecast_panel", "learn", "summary", "year_months", "year_total"]

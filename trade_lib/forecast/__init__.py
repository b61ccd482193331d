"""Forecasts of monthly trade as sample paths: one engine, one default; totals of a year, backtests, scores."""

from trade_lib.forecast.backtesting import backtest
from trade_lib.forecast.error_model import ErrorModel
from trade_lib.forecast.members import COMBINATION, MEMBERS, MODELS
from trade_lib.forecast.panel import LONGEST, forecast, forecast_panel, learn
from trade_lib.forecast.paths import Forecast, summary, year_months

__all__ = ["COMBINATION", "LONGEST", "MEMBERS", "MODELS", "ErrorModel", "Forecast", "backtest", "forecast",
           "forecast_panel", "learn", "summary", "year_months"]

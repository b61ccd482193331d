"""Forecasts of monthly trade as sample paths: models, their combination, totals over a window, backtest and scores."""

from trade_lib.forecast.combine import COMBINATION, MEMBERS, forecast
from trade_lib.forecast.models import MODELS, choose_regressors
from trade_lib.forecast.paths import Forecast

__all__ = ["COMBINATION", "MEMBERS", "MODELS", "Forecast", "choose_regressors", "forecast"]

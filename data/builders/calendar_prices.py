"""Prices, exchange rates and the Chinese New Year calendar."""

import pandas as pd
from common import field, publish, source_rows

from trade_lib.errors import TradeDataError

CURRENCIES = {"brazil": "BRL", "china": "CNY", "india": "INR", "japan": "JPY", "malaysia": "MYR", "singapore": "SGD",
              "south_africa": "ZAR", "south_korea": "KRW", "thailand": "THB"}
BOUNDS = {"BRL": (0.5, 10), "CNY": (2, 10), "INR": (10, 150), "JPY": (70, 300), "MYR": (2, 6), "SGD": (1, 3),
          "ZAR": (1, 30), "KRW": (600, 2000), "THB": (20, 60)}


def build_prices_monthly(source):
    frame = pd.read_csv(source / "prices" / "prices_monthly.csv")
    renames = {f"{name}_per_usd": f"{code.lower()}_per_usd" for name, code in CURRENCIES.items()}
    frame = frame.rename(columns={**renames, "euro_rate_as_source": "eur_per_usd", "us_cpi_index": "us_cpi"})
    rates = [field(f"{code.lower()}_per_usd", "number", f"{code} per US$, monthly average", f"{code} per USD",
                   minimum=BOUNDS[code][0], maximum=BOUNDS[code][1]) for code in CURRENCIES.values()]
    schema = {
        "fields": [
            field("month", "yearmonth", "month", required=True),
            field("brent_usd_per_barrel", "number", "Brent crude, spot, monthly average", "USD per barrel", minimum=5,
                  maximum=300),
            *rates[:2], field("eur_per_usd", "number", "euro per US$, monthly average", "EUR per USD", minimum=0.5,
                              maximum=1.5), *rates[2:],
            field("us_cpi", "number", "US consumer prices, all urban consumers", "index, 1982-84 = 100", minimum=50,
                  maximum=1000),
        ],
        "primaryKey": ["month"],
    }
    note = "Brent from 1987-05, real from 1995, euro from 1999; the last months lack some columns."
    return publish(
        "prices_monthly", frame, schema,
        title="Oil price, exchange rates and US prices by month",
        description="Brent, units of currency per US dollar and the US consumer price index, monthly from 1985.",
        sources=source_rows(source, {"PRICES": note}), vintage="2026-07/08",
        notes=["Exchange rates are units of currency per US$, the euro too: its column was headed without a "
               "direction; its range (0.63 to 1.17, highest when the euro was weakest) shows euro per US$.",
               "Vintages are later than the article; prices and rates are hardly revised, the CPI is not seasonally "
               "adjusted."],
        checks={"series": {"keys": [], "period": "month", "gaps": []}})


def build_new_year_dates(source):
    frame = pd.read_csv(source / "reference" / "chinese_new_year_dates.csv", dtype=str, keep_default_na=False)
    calendars = ["cny_day1_lunardate", "cny_day1_LunarCalendar", "cny_day1_R_seasonal",
                 "first_public_holiday_pypi_holidays"]
    given = frame[calendars].replace({"": None})
    differ = given.apply(lambda day: len(set(day.dropna())) != 1, axis=1)
    if differ.any():
        raise TradeDataError("calendars disagree", file="chinese_new_year_dates.csv",
                             row=int(differ.to_numpy().argmax()))
    dates = pd.DataFrame({"year": frame["year"].astype(int), "date": given[calendars[0]],
                          "calendars_agreeing": given.notna().sum(axis=1)})
    schema = {
        "fields": [field("year", "year", "year", required=True, minimum=1985, maximum=2035),
                   field("date", "date", "day 1 of the first lunar month, in China", required=True, unique=True),
                   field("calendars_agreeing", "integer", "calendars that give this very day", "count", required=True,
                         minimum=3, maximum=4)],
        "primaryKey": ["year"],
    }
    note = "Four calendars side by side; one ends in 2030. A day agrees only when all that cover the year give it."
    return publish(
        "new_year_dates", dates, schema, title="Chinese New Year, 1985 to 2035",
        description="The first day of the lunar year: it moves trade between January and February.",
        sources=source_rows(source, {"CNY_DATES": note}), vintage="computed 2026",
        notes=["Day 1 itself; the public holiday starts on the eve since 2025 and lasts seven or eight days.",
               "A test computes each date anew from the moon and the winter solstice."])


BUILDS = {"prices_monthly": build_prices_monthly, "new_year_dates": build_new_year_dates}

"""`trade-lib forecast` and `trade-lib backtest`: any file of monthly series, forecast or tried on its own past."""

import os
import re
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from trade_lib.app.cli.terminal import plain, say
from trade_lib.errors import TradeDataError

# Lowest and highest of every count that can be asked for; the horizon is that of trade_lib.forecast.LONGEST.
LIMITS = {"horizon": (1, 49), "season": (1, 60), "samples": (2, 100_000), "seed": (0, 2**32 - 1), "origins": (1, 1000),
          "step": (1, 120), "refit": (1, 1000), "processes": (0, 256), "level": (1, 99.9)}


def _count(name, text):
    """An option of a whole number whose help says its limits."""
    low, high = LIMITS[name]
    return typer.Option(help=f"{text}; {low} to {high}.")


Input = Annotated[Path | None, typer.Argument(help="csv or parquet: series, month (YYYY-MM), value; further columns "
                                              "are regressors, in rows without a value for the months ahead.")]
Data = Annotated[Path | None, typer.Option(help="A monthly table of flows (source, reporter, partner, flow, period, "
                                           "value, unit), checked as those shipped; beside the file or alone.")]
Horizon = Annotated[int, _count("horizon", "Months ahead")]
Output = Annotated[Path, typer.Option(help="csv or parquet to write.")]
Season = Annotated[int | None, _count("season", "Periods in a season; by default what the file's periods say")]
Value = Annotated[str | None, typer.Option(help="The column of the figures, where several hold numbers.")]
Month = Annotated[str | None, typer.Option(help="The column of the periods; dmy or mdy where days and months could be "
                                           "exchanged.")]
Decimal = Annotated[str | None, typer.Option(help="The decimal sign, where it could be that of thousands.")]
Samples = Annotated[int, _count("samples", "Sample paths drawn a series")]
Seed = Annotated[int, _count("seed", "Same seed, same numbers")]


def _within(**given):
    """Counts within their limits; else a clear error."""
    for name, value in given.items():
        low, high = LIMITS[name]
        if not low <= value <= high:
            raise TradeDataError("out of range", column=f"--{name}", value=value, expected=f"{low} to {high}")


def _failures(output):
    """Where the series that could not be used are listed, beside the output."""
    return output.with_name(f"{output.stem}.failures.csv")


def _targets(output, inputs):
    """Known before the work is done: both files can be written, and neither is an input."""
    from trade_lib.data.files import TABLES, target

    target(output, TABLES, inputs)
    target(_failures(output), TABLES, inputs)


def _report(failed, output, counted):
    """Series that could not be used: said, and listed beside the output; a list of an earlier run goes."""
    from trade_lib.data.series_io import dated_text, write_long

    if failed.empty:
        _failures(output).unlink(missing_ok=True)
        return
    failed = failed.assign(reason=[dated_text(reason, counted) for reason in failed["reason"]])
    path = write_long(failed, _failures(output))
    for row in failed.head(10).itertuples():
        reason = re.sub(rf"^{re.escape(str(row.series))}[,:] ", "", row.reason)  # errors name the series first
        say(f"{row.series}: {reason}", "yellow")
    say(f"{len(failed)} series failed; all reasons in {path}", "yellow")


def forecast(
    horizon: Horizon, output: Output, source: Input = None, data: Data = None,
    model: Annotated[str, typer.Option(help="combination (the default) or one library model.")] = "combination",
    season: Season = None,
    level: Annotated[list[float], _count("level", "Coverage of an interval, per cent, repeatable")] = (80, 95),
    samples: Samples = 1000,
    seed: Seed = 0,
    engine: Annotated[str, typer.Option(help="local, dask, ray or spark.")] = "local",
    plot: Annotated[Path | None, typer.Option(help="Draw each series to a PNG file in this folder.")] = None,
    value: Value = None, month: Month = None, decimal: Decimal = None,
):
    """Forecast every series of a file: mean, median and limits by month.

    Examples: `trade-lib forecast my_series.csv --horizon 12 --output forecasts.csv --plot figures`,
    `trade-lib forecast --data my_flows.csv --horizon 12 --output forecasts.csv`.
    """
    from trade_lib.data.series_io import dated, write_long
    from trade_lib.forecast.run_on import forecast_many

    _within(horizon=horizon, samples=samples, seed=seed)
    for one in level:
        _within(level=one)
    _targets(output, [source, data])
    history, x, counted, season = _read(source, data, season, value=value, month=month, decimal=decimal)
    found, failed = forecast_many(history, horizon, engine, model=model, season=season, levels=tuple(level),
                                  n_paths=samples, seed=seed, x=x)
    _report(failed, output, counted)
    if found.empty:
        raise TradeDataError("no series could be forecast", file=source or data)
    write_long(dated(found, counted), output)
    if plot:
        _draw(history, found, plot, source or data)
    print(f"wrote {output}: {found['series'].nunique()} series, {horizon} months ahead")


def _read(source, data, season, **options):
    """History, regressors, periods in a year and in a season; what was understood of the file is said in a line."""
    from trade_lib.data.series_io import read_series

    reading = read_series(source, data, **options)
    for words in reading.words:
        say(words)
    if season is not None:
        _within(season=season)
        if reading.season != 12 and season != reading.season:
            raise TradeDataError("another season than the file's periods have", file=source, column="--season",
                                 value=season, expected=f"{reading.season}")
    return reading.history, reading.x, reading.season, season or reading.season


def _track(steps, what, total=None):
    """A bar on the error stream, on a terminal only."""
    from rich.console import Console
    from rich.progress import track

    return track(steps, what, total=total, console=Console(stderr=True), transient=True)


def _draw(history, found, folder, source):
    from trade_lib.data.files import write
    from trade_lib.forecast.fitting import split_series
    from trade_lib.plots.fan import fan, save

    folder.mkdir(parents=True, exist_ok=True)
    series = split_series(history)[0]
    taken = set()
    for name, table in _track(found.groupby("series"), "drawing"):
        stem = re.sub(r"[^\w.-]+", "_", str(name))[:50] or "series"
        while stem.lower() in taken:  # two names may differ in signs a file name cannot carry
            stem += "_"
        taken.add(stem.lower())
        fig = fan(series[name], table, plain(name)[:80], source=f"Source: {source.name}.")
        write(folder / f"{stem}.png", partial(save, fig))


def backtest(
    horizon: Horizon, output: Output,
    origins: Annotated[int, _count("origins", "How many past origins, the last with a whole horizon after them")],
    source: Input = None, data: Data = None,
    models: Annotated[str, typer.Option(help="Names with commas between; see forecast --model.")] = "combination",
    step: Annotated[int, _count("step", "Months between origins")] = 1,
    refit: Annotated[int, _count("refit", "Estimate anew at every k-th origin; in between models are only brought up "
                                 "to date")] = 1,
    season: Season = None,
    samples: Samples = 1000,
    seed: Seed = 0,
    processes: Annotated[int, _count("processes", "Processes, 0 takes one a core")] = 0,
    cache: Annotated[Path | None, typer.Option(help="Folder of finished work: a rerun is read back, a broken-off run "
                                               "goes on. By default trade-lib in the user's cache folder.")] = None,
    value: Value = None, month: Month = None, decimal: Decimal = None,
):
    """Forecast every series of a file from past origins and hold the forecasts against what came.

    Example: `trade-lib backtest my_series.csv --horizon 12 --origins 24 --models combination,theta --output tried.csv`.
    """
    from trade_lib.data.series_io import dated, write_long
    from trade_lib.forecast import backtest as rolling
    from trade_lib.forecast.cache import usual_folder

    _within(horizon=horizon, origins=origins, step=step, refit=refit, samples=samples, seed=seed,
            processes=processes)
    _targets(output, [source, data])
    history, x, counted, season = _read(source, data, season, value=value, month=month, decimal=decimal)
    names = tuple(name.strip() for name in models.split(",") if name.strip())
    found, failed = rolling(history, horizon, origins, names, step, refit, season, samples, seed, x,
                            processes=processes or os.cpu_count() or 1,
                            progress=lambda steps, total: _track(steps, "trying", total),
                            cache=cache or usual_folder())
    _report(failed, output, counted)
    write_long(dated(found, counted), output)
    print(f"wrote {output}: {found['series'].nunique()} series, {found['model'].nunique()} models, "
          f"{len(found):,} rows")


def outlook(
    reporter: Annotated[str, typer.Option(help="Code of the reporter, such as CHN.")],
    partner: Annotated[str, typer.Option(help="Code of the partner.")],
    year: Annotated[int, typer.Option(help="Calendar year.", min=1986, max=2035)],
    above: Annotated[tuple[float, str], typer.Option(help="Threshold and its unit, such as 240 usd_bn.")],
    flow: Annotated[str, typer.Option(help="total, export or import, as the reporter books it.")] = "total",
):
    """What a year's trade of a pair will come to, on both sides, and what a threshold needs.

    Example: `trade-lib outlook --reporter CHN --partner RUS --year 2021 --above 140 usd_bn`.
    """
    from trade_lib.check.outlook import outlook as both_sides

    number, unit = above
    if not re.fullmatch("[a-z]{3}_bn", unit):
        raise TradeDataError("not a unit", column="--above", value=unit, expected="usd_bn, eur_bn, cny_bn ...")
    made = both_sides(reporter, partner, year, number, flow, unit[:3].upper())
    for row in made.path.itertuples():
        known = f"{row.known:,.1f} known to {row.known_to}" if row.known else f"forecast from {row.origin}"
        print(f"{row.side}, {known}: {row.mean:,.1f} expected (80 %: {row.lo80:,.1f} to {row.hi80:,.1f}), "
              f"{row.p_exceed:.2f} above {number:,g}, which needs {row.needed:,.1f} a month [{row.source}]")
    for side, rows in made.tried.groupby("side"):
        print(f"{side}: in {len(rows)} earlier years with as many months known the 80 % limits held "
              f"{rows['covered80'].sum()} times, the 95 % limits {rows['covered95'].sum()} times")
    for gap in made.gaps:
        say(f"left out: {gap}")

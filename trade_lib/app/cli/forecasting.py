"""`trade-lib forecast` and `trade-lib backtest`: any file of monthly series, forecast or tried on its own past."""

import os
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from trade_lib.data.series_io import check_target, read_series, write_long
from trade_lib.errors import TradeDataError
from trade_lib.forecast.cache import usual_folder

Input = Annotated[Path | None, typer.Argument(help="csv or parquet: series, month (YYYY-MM), value; further columns "
                                              "are regressors, in rows without a value for the months ahead.")]
Data = Annotated[Path | None, typer.Option(help="A monthly table of flows (source, reporter, partner, flow, period, "
                                           "value, unit), checked as those shipped; beside the file or alone.")]
Horizon = Annotated[int, typer.Option(help="Months ahead.")]
Output = Annotated[Path, typer.Option(help="csv or parquet to write.")]
Season = Annotated[int, typer.Option(help="Months in a season.")]
Samples = Annotated[int, typer.Option(help="Sample paths drawn a series.")]
Seed = Annotated[int, typer.Option(help="Same seed, same numbers.")]


def _fail(error):
    Console(stderr=True).print(f"error: {error}", style="red", soft_wrap=True, highlight=False, markup=False)
    raise typer.Exit(1) from None


def _report(failed, output):
    """Series that could not be used: said, and written beside the output; nothing is lost silently."""
    if failed.empty:
        return
    path = write_long(failed, output.with_name(f"{output.stem}.failures.csv"))
    say = Console(stderr=True).print
    for row in failed.head(10).itertuples():
        reason = re.sub(rf"^{re.escape(str(row.series))}[,:] ", "", row.reason)  # errors name the series first
        say(f"{row.series}: {reason}", style="yellow", soft_wrap=True, highlight=False, markup=False)
    say(f"{len(failed)} series failed; all reasons in {path}", style="yellow", soft_wrap=True, highlight=False)


def forecast(
    horizon: Horizon, output: Output, source: Input = None, data: Data = None,
    model: Annotated[str, typer.Option(help="panel (a combination learnt across the series), combination, or the "
                                       "name of a single model.")] = "panel",
    season: Season = 12,
    level: Annotated[list[float], typer.Option(help="Coverage of an interval, per cent; repeatable.")] = (80, 95),
    samples: Samples = 1000,
    seed: Seed = 0,
    engine: Annotated[str, typer.Option(help="local, dask, ray or spark.")] = "local",
    plot: Annotated[Path | None, typer.Option(help="Draw each series to a PNG file in this folder.")] = None,
):
    """Forecast every series of a file: mean, median and limits by month.

    Examples: `trade-lib forecast my_series.csv --horizon 12 --output forecasts.csv --plot figures`,
    `trade-lib forecast --data my_flows.csv --horizon 12 --output forecasts.csv`.
    """
    from trade_lib.forecast.engine import forecast_many

    try:
        check_target(output)
        history, x = read_series(source, data)
        found, failed = forecast_many(history, horizon, engine, model=model, season=season, levels=tuple(level),
                                      n_paths=samples, seed=seed, x=x)
        _report(failed, output)
        if found.empty:
            raise TradeDataError("no series could be forecast", file=source or data)
        write_long(found, output)
    except TradeDataError as error:
        _fail(error)
    if plot:
        _draw(history, found, plot, source or data)
    print(f"wrote {output}: {found['series'].nunique()} series, {horizon} months ahead")


def _draw(history, found, folder, source):
    from trade_lib.forecast.panel import split_series
    from trade_lib.plots.fan import fan, save

    folder.mkdir(parents=True, exist_ok=True)
    series = split_series(history)[0]
    taken = set()
    for name, table in track(found.groupby("series"), "drawing", console=Console(stderr=True), transient=True):
        stem = re.sub(r"[^\w.-]+", "_", str(name)) or "series"
        while stem.lower() in taken:  # two names may differ in signs a file name cannot carry
            stem += "_"
        taken.add(stem.lower())
        save(fan(series[name], table, source=f"Source: {source.name}."), folder / f"{stem}.png")


def backtest(
    horizon: Horizon, output: Output,
    origins: Annotated[int, typer.Option(help="How many past origins, the last ones with a whole horizon after them.")],
    source: Input = None, data: Data = None,
    models: Annotated[str, typer.Option(help="Names with commas between; see forecast --model.")] = "panel",
    step: Annotated[int, typer.Option(help="Months between origins.")] = 1,
    refit: Annotated[int, typer.Option(help="Estimate anew at every k-th origin; in between models are only brought "
                                       "up to date.")] = 1,
    season: Season = 12,
    samples: Samples = 1000,
    seed: Seed = 0,
    processes: Annotated[int, typer.Option(help="Processes; 0 takes one a core.")] = 0,
    cache: Annotated[Path | None, typer.Option(help="Folder of finished work: a rerun is read back, a broken-off run "
                                               "goes on. By default trade-lib in the user's cache folder.")] = None,
):
    """Forecast every series of a file from past origins and hold the forecasts against what came.

    Example: `trade-lib backtest my_series.csv --horizon 12 --origins 24 --models panel,theta --output tried.csv`.
    """
    from trade_lib.forecast import backtest as rolling

    def bar(steps, total):
        return track(steps, "trying", total=total, console=Console(stderr=True), transient=True)

    try:
        check_target(output)
        history, x = read_series(source, data)
        names = tuple(name.strip() for name in models.split(",") if name.strip())
        found, failed = rolling(history, horizon, origins, names, step, refit, season, samples, seed, x,
                                processes=processes or os.cpu_count() or 1, progress=bar,
                                cache=cache or usual_folder())
        _report(failed, output)
        write_long(found, output)
    except TradeDataError as error:
        _fail(error)
    print(f"wrote {output}: {found['series'].nunique()} series, {found['model'].nunique()} models, "
          f"{len(found):,} rows")

"""The same forecasts on one machine or many: a map that Fugue carries to Dask, Ray or Spark.

Series are studied in chunks wherever the engine runs; what the panel learns from them, and the draws, are made where
the call was made. So the numbers do not depend on the engine, and a chunk whose worker is lost is simply done again.
Dask is among the package's extras and tested; Spark (pyspark 4.3) and Ray (2.60, with duckdb) gave the same numbers
when tried by hand.
"""

import base64
import pickle
from contextlib import nullcontext
from importlib import import_module

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.panel import forecast_panel

ENGINES = ("local", "dask", "ray", "spark")


def _pack(thing):
    """As text: the one column type that every engine carries unchanged."""
    return base64.b64encode(pickle.dumps(thing)).decode()


def _unpack(text):
    return pickle.loads(base64.b64decode(text))


def _work(frame: pd.DataFrame) -> pd.DataFrame:
    """Tasks of one partition, done."""
    done = [_pack(function(task)) for function, task in map(_unpack, frame["packed"])]
    return pd.DataFrame({"task": frame["task"].to_numpy(), "packed": done})


def spread_over(engine):
    """A map, ``run(function, tasks)``, that runs its tasks on an engine: ``dask``, ``ray``, ``spark``, or what Fugue
    takes for one, such as a Dask client or a Spark session.

    Examples
    --------
    >>> spread_over("pandas")(len, ["ab", "c"])
    [2, 1]
    """
    def run(function, tasks):
        fa = _fugue(engine)
        tasks = list(tasks)
        if not tasks:
            return []
        frame = pd.DataFrame({"task": range(len(tasks)), "packed": [_pack((function, task)) for task in tasks]})
        with _workers(engine) as carrier:
            done = fa.as_pandas(fa.transform(frame, _work, schema="task:int,packed:str",
                                             partition={"num": len(tasks)}, engine=carrier, as_local=True))
        if sorted(done["task"]) != list(range(len(tasks))):
            raise TradeDataError("the engine did not bring back every task once", value=len(done), expected=len(tasks))
        return [_unpack(text) for text in done.sort_values("task")["packed"]]

    return run


def _workers(engine):
    """What carries the tasks; Dask asked for by name gets processes of this machine, with no page that others see."""
    if engine != "dask":
        return nullcontext(engine)
    from distributed import Client, get_client

    try:
        return nullcontext(get_client())
    except ValueError:  # none at hand
        return Client(dashboard_address=None)


def _fugue(engine):
    try:
        import fugue.api as fa
        if engine == "dask":
            import distributed  # noqa: F401 - the cluster that fugue_dask starts
        if engine in ENGINES:
            import_module(f"fugue_{engine}")
    except ImportError as error:
        raise TradeDataError(f"the engine's library is not installed ({error})", value=engine,
                             expected="pip install '.[cluster]' (dask), or ray and duckdb, or pyspark") from None
    return fa


def forecast_many(frame, horizon, engine="local", **options):
    """`forecast_panel` on an engine (``local``, or as in `spread_over`; ``dask`` starts a local cluster when no client
    is at hand): the same numbers whatever the engine.

    Examples
    --------
    >>> months = pd.period_range("2018-01", periods=48, freq="M").astype(str)
    >>> frame = pd.DataFrame({"series": "a", "month": months, "value": range(100, 148)})
    >>> forecasts, failed = forecast_many(frame, 1)
    >>> len(forecasts), len(failed)
    (1, 0)
    """
    if isinstance(engine, str) and engine not in ENGINES:
        raise TradeDataError("no such engine", value=engine, expected=", ".join(ENGINES))
    if isinstance(engine, str) and engine == "local":
        return forecast_panel(frame, horizon, **options)
    return forecast_panel(frame, horizon, run=spread_over(engine), **options)

"""The same numbers on a real Dask cluster of two workers as here; a lost worker costs nothing."""

import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.forecast import forecast_panel
from trade_lib.forecast.run_on import forecast_many, spread_over

MONTHS = pd.period_range("2012-01", periods=84, freq="M").astype(str)


def panel(n, seed=0):
    rng = np.random.default_rng(seed)
    season = 0.1 * np.sin(2 * np.pi * np.arange(84) / 12)
    logs = 3 + season + np.cumsum(rng.normal(0.003, 0.03, (n, 84)), axis=1)
    return pd.concat([pd.DataFrame({"series": f"s{i:03d}", "month": MONTHS, "value": np.exp(z)})
                      for i, z in enumerate(logs)], ignore_index=True)


@pytest.fixture(scope="module")
def client():
    distributed = pytest.importorskip("distributed")
    two = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "memory_limit": 0}
    with distributed.LocalCluster(**two) as cluster, distributed.Client(cluster) as client:
        yield client


def _slow_square(task):
    time.sleep(0.3)
    return task ** 2, os.getpid()


def test_two_workers_give_the_numbers_of_one_machine(client):
    frame = panel(12)
    frame.loc[frame.index[100], "value"] = np.inf  # one broken series travels with the others
    here, failed_here = forecast_panel(frame, 6, n_paths=100, processes=1)
    there, failed_there = forecast_many(frame, 6, client, n_paths=100)
    pd.testing.assert_frame_equal(here, there)
    pd.testing.assert_frame_equal(failed_here, failed_there)
    assert failed_there["series"].tolist() == ["s001"]


def test_a_named_model_gives_the_same_numbers_too(client):
    frame = panel(3)
    here, _ = forecast_panel(frame, 3, model="seasonal_naive", n_paths=50)
    there, _ = forecast_many(frame, 3, client, model="seasonal_naive", n_paths=50)
    pd.testing.assert_frame_equal(here, there)


def test_the_work_is_done_elsewhere_by_both_workers(client):
    done = spread_over(client)(_slow_square, list(range(12)))
    assert [value for value, _ in done] == [i ** 2 for i in range(12)]
    assert len({pid for _, pid in done}) == 2 and os.getpid() not in {pid for _, pid in done}


def test_a_lost_worker_is_survived(client):
    frame = panel(16, seed=1)
    here, _ = forecast_panel(frame, 6, n_paths=100, processes=1)
    workers = list(client.run(os.getpid).values())
    lost = []

    def kill_one():
        while not any(client.processing().values()):
            time.sleep(0.01)
        os.kill(workers[0], signal.SIGKILL)
        lost.append(workers[0])

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    there, failed = forecast_many(frame, 6, client, n_paths=100)
    killer.join(timeout=30)
    assert lost == [workers[0]] and failed.empty
    pd.testing.assert_frame_equal(here, there)
    client.wait_for_workers(2, timeout=60)
    assert workers[0] not in client.run(os.getpid).values()


def test_an_unknown_engine_is_refused():
    with pytest.raises(TradeDataError, match="no such engine"):
        forecast_many(panel(1), 1, "cloud")


def test_an_engine_that_is_not_installed_says_what_to_install():
    code = ("import sys; sys.modules['fugue_ray'] = None\n"
            "from trade_lib import TradeDataError\n"
            "from trade_lib.forecast.run_on import spread_over\n"
            "try:\n    spread_over('ray')(len, ['a'])\n"
            "except TradeDataError as error:\n    print(error)")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "not installed" in run.stdout and "pip install" in run.stdout


def test_dask_asked_for_by_name_listens_to_this_machine_only():
    code = ("import psutil; from trade_lib.forecast.run_on import _workers\n"
            "if __name__ == '__main__':\n"
            "    with _workers('dask'):\n"
            "        family = [psutil.Process(), *psutil.Process().children(recursive=True)]\n"
            "        heard = [c for p in family for c in p.net_connections('inet') if c.status == 'LISTEN']\n"
            "        print({c.laddr.ip for c in heard})\n")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "{'127.0.0.1'}", run.stderr

"""Builders: same bytes again, nothing written unless it is right, failed writes leave the old file whole."""

import json
import shutil
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from trade_lib import TradeDataError, load
from trade_lib.data import files
from trade_lib.data.tables import data_dir, flow_schema, package
from trade_lib.data.verify import verify

sys.path.insert(0, str(data_dir() / "builders"))
common = pytest.importorskip("common")
build = pytest.importorskip("build")

SOURCE = {"source_id": "TEST", "publisher": "us", "title": "made up", "obtained_via": "by hand", "vintage": "now",
          "units": "US$", "licence": "none", "notes": "for a test"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    copy = tmp_path / "data"
    (copy / "tables").mkdir(parents=True)
    (copy / "fingerprints").mkdir()
    areas = next(item for item in package()["resources"] if item["name"] == "areas")
    for path in (areas["path"], areas["fingerprints"]["path"]):
        shutil.copy(data_dir() / path, copy / path)
    descriptor = {**package(), "resources": [areas]}
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    monkeypatch.setenv("TRADE_LIB_DATA", str(copy))
    return copy


def flows(values=(2e9, 3e9, 4e9)):
    months = pd.period_range("2020-01", periods=len(values), freq="M").astype(str)
    return pd.DataFrame({"source": "TEST", "reporter": "DEU", "partner": "CHN", "flow": "export", "period": months,
                         "value": values, "unit": "USD"})


def publish(frame, form="csv", **more):
    schema, checks = flow_schema()
    return common.publish("demo", frame, schema, title="Demo", description="A demo.", sources=[SOURCE], vintage="now",
                          notes=["made up"], checks=checks, form=form, **more)


@pytest.mark.parametrize("item", package()["resources"], ids=lambda item: item["name"])
def test_encoding_a_shipped_table_again_gives_its_bytes(item):
    path = data_dir() / item["path"]
    again = common.encode(load(item["name"]), item["schema"], item["format"])
    if item["format"] == "csv":
        assert again == path.read_bytes()
    else:  # the header of a parquet file names the writer's version
        ours = pq.ParquetFile(path)
        assert ours.metadata.created_by.startswith("parquet-cpp-arrow")
        theirs = files.read_table(path)
        copy = pq.read_table(pa.BufferReader(again)).to_pandas()
        pd.testing.assert_frame_equal(theirs, copy)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_publish_twice_writes_the_same_bytes_and_verifies(folder, form):
    publish(flows().iloc[::-1], form)
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    publish(flows(), form)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == files
    assert verify().empty
    assert load("demo")["value"].tolist() == [2e9, 3e9, 4e9]
    assert "## demo" in (folder / "CATALOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("change", "message"), [
    (lambda f: f.assign(value=f["value"] / 1e6), "too small: values in millions"),
    (lambda f: f.drop(index=1), "missing in the series"),
    (lambda f: f.assign(value=-f["value"]), "negative value"),
    (lambda f: f.assign(partner="CHINA"), "unknown area code"),
    (lambda f: pd.concat([f, f]), "repeated key"),
])
def test_nothing_is_written_unless_it_is_right(folder, change, message):
    publish(flows())
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(TradeDataError, match=message):
        publish(change(flows()))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_failed_write_leaves_the_old_file_whole(folder):
    path = folder / "tables" / "demo.csv"
    publish(flows())
    before = path.read_bytes()
    with pytest.raises(TypeError):
        files.write(path, ["not bytes"])
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == ["areas.csv", "demo.csv"]


def test_declared_gap_has_to_be_there(folder):
    schema, checks = flow_schema()
    gap = {"key": ["TEST", "DEU", "CHN", "export", "USD"], "from": "2020-02", "to": "2020-02"}
    checks["series"]["gaps"] = [gap]
    keep = dict(title="Demo", description="A demo.", sources=[SOURCE], vintage="now", notes=[], checks=checks)
    common.publish("demo", flows().drop(index=1), schema, **keep)
    with pytest.raises(TradeDataError, match="declared gap is not in the table"):
        common.publish("demo", flows(), schema, **keep)


def test_results_are_registered_with_versions_and_seed(folder):
    publish(flows(), folder="results", extra={"versions": {"pandas": pd.__version__}, "seed": 1})
    assert (folder / "results" / "demo.csv").is_file()
    assert load("demo").shape == (3, 7)
    assert verify().empty


def test_unmapped_label_is_an_error():
    with pytest.raises(TradeDataError, match="1 label.s. without a code: got 'Atlantis'"):
        common.to_codes(pd.Series(["China", "Atlantis"]))
    assert common.to_codes(pd.Series(["Korea, Rep.", "Viet Nam", "World"])).tolist() == ["KOR", "VNM", "WORLD"]


def test_every_table_of_the_folder_has_a_builder():
    shipped = {item["name"] for item in package()["resources"] if item["path"].startswith("tables/")}
    assert shipped == set(build.builds()) & shipped
    assert shipped


def test_the_command_asks_for_the_source(tmp_path, capsys):
    with pytest.raises(SystemExit):
        build.main(["--source", str(tmp_path)])
    assert "compiled source figures" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        build.main(["--only", "no_such_table"])
    assert build.main(["--list"]) == 0

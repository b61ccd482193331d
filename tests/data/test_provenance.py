"""Provenance: every table and figure says where it comes from; the catalogue is fresh."""

import re

import pytest

from trade_lib import TradeDataError, load, provenance, tables
from trade_lib.data.provenance import catalog
from trade_lib.data.tables import data_dir, package


@pytest.mark.parametrize("name", tables()["name"])
def test_every_table_names_publisher_vintage_licence_and_way(name):
    rows = provenance(name)
    assert len(rows) >= 1
    for column in ("publisher", "dataset", "vintage", "unit", "licence", "obtained_via", "notes"):
        assert rows[column].str.len().gt(0).all(), column


def test_sources_in_a_flow_table_are_the_sources_declared():
    for name in ("flows_monthly", "flows_annual_china", "flows_monthly_usa", "customs_releases", "growth_printed"):
        assert set(load(name)["source"]) == set(provenance(name)["source_id"])


def test_a_source_is_found_by_its_id_in_every_table_that_uses_it():
    assert provenance("GACC_HGJCK")["table"].tolist() == ["flows_monthly", "growth_printed"]


def test_a_printed_figure_gives_its_page():
    row = provenance("OF0920").iloc[0]
    figure = load("official_figures").set_index("id").loc["OF0920"]
    assert (row["url"], row["publisher"], row["vintage"]) == (figure["url"], figure["publisher"], figure["published"])
    assert row["dataset"] == "China's trade with Russia (goods), 2021-01 to 2021-11: 130.43 bn US$"
    assert provenance("FACT01").iloc[0]["url"].startswith("http")
    assert provenance("tiva_fva_chn_2008").iloc[0]["table"] == "headline_figures"


def test_unknown_name():
    with pytest.raises(TradeDataError, match="no table, source or printed figure.*'OF9999'"):
        provenance("OF9999")


def test_the_catalogue_is_what_the_descriptor_gives():
    assert (data_dir() / "CATALOG.md").read_text(encoding="utf-8") == catalog()
    for item in package()["resources"]:
        assert f"\n## {item['name']}\n" in catalog()


def test_the_descriptor_is_a_frictionless_package():
    descriptor = package()
    types = {"string", "number", "integer", "boolean", "date", "yearmonth", "year"}
    assert re.fullmatch("[a-z0-9._-]+", descriptor["name"])
    for item in descriptor["resources"]:
        assert {"name", "path", "title", "schema", "sources", "hash", "bytes", "rows"} <= set(item)
        assert re.fullmatch("sha256:[0-9a-f]{64}", item["hash"])
        assert all(field["type"] in types and field["description"] for field in item["schema"]["fields"])
        assert all({"title", "source_id", "publisher"} <= set(source) for source in item["sources"])
        assert set(item["schema"]["primaryKey"]) <= {field["name"] for field in item["schema"]["fields"]}
        # The standard's own schema (profiles data-package and tabular-data-resource) refuses lists that are empty, and
        # two dots in an address.
        assert all(item[key] for key in ("licenses", "contributors") if key in item)
        assert all(item["schema"][key] for key in ("fields", "primaryKey", "foreignKeys") if key in item["schema"])
        assert all(re.fullmatch(r"https?://(?!.*\.\.)\S+", source["path"]) for source in item["sources"]
                   if "path" in source)


def test_rows_left_out_are_counted_and_explained():
    left_out = {item["name"]: item["excluded"] for item in package()["resources"]}
    assert [row["rows"] for row in left_out["flows_monthly"]] == [12]
    for rows in left_out.values():
        assert all(row["what"] and row["why"] for row in rows)


def test_the_data_stay_small():
    assert sum(path.stat().st_size for path in data_dir().rglob("*") if path.is_file()) < 25e6

"""Verification names table, row and column of a change, in every shipped table."""

import json
import shutil

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from trade_lib import TradeDataError, load
from trade_lib.app.cli.data import app
from trade_lib.data.tables import data_dir, package
from trade_lib.data.verify import cell_text, verify

SHIPPED = data_dir()
RESOURCES = package()["resources"]
NAMES = [item["name"] for item in RESOURCES]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder with the descriptor and the area codes; `take` adds the table a test changes."""
    copy = tmp_path / "data"
    (copy / "tables").mkdir(parents=True)
    shutil.copy(SHIPPED / "datapackage.json", copy)
    take(copy, "areas")
    monkeypatch.setenv("TRADE_LIB_DATA", str(copy))
    return copy


@pytest.fixture
def whole(tmp_path, monkeypatch):
    """A copy of the whole data folder."""
    copy = tmp_path / "data"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("builders", "__pycache__"))
    monkeypatch.setenv("TRADE_LIB_DATA", str(copy))
    return copy


def take(folder, name):
    """Copy a table and its fingerprints into the folder, fresh."""
    for path in (entry(name)["path"], entry(name)["fingerprints"]["path"]):
        (folder / path).parent.mkdir(exist_ok=True)
        shutil.copy(SHIPPED / path, folder / path)
    return folder / entry(name)["path"]


def entry(name):
    return next(item for item in RESOURCES if item["name"] == name)


def edit(folder, name, change):
    """Change the cells of a shipped file: change(list of columns, header) works on text (csv) or values (parquet)."""
    item, path = entry(name), take(folder, name)
    if item["format"] == "parquet":
        table = pq.read_table(path)
        columns = {column: table.column(column).to_pylist() for column in table.column_names}
        change(columns)
        pq.write_table(pa.table(columns, schema=table.schema), path, compression="zstd")
    else:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        columns = {column: frame[column].tolist() for column in frame.columns}
        change(columns)
        pd.DataFrame(columns).to_csv(path, index=False, lineterminator="\n")


def bump(cells, row):
    """A cell with one digit (else one letter) changed; an empty cell gets the first value of its column."""
    value = cells[row]
    if value is None or value == "":
        return next((cell for cell in cells if cell not in (None, "")), "A")
    if isinstance(value, (int, float)):
        return value + 1
    for place in reversed(range(len(value))):
        if value[place].isdigit():
            return value[:place] + str((int(value[place]) + 1) % 10) + value[place + 1:]
    return ("B" if value[0] == "A" else "A") + value[1:]


@pytest.mark.parametrize("name", NAMES)
def test_one_changed_cell_is_named_in_every_table(folder, name):
    fields = [field["name"] for field in entry(name)["schema"]["fields"]]
    rows = entry(name)["rows"]
    cells = [(fields[0], rows // 3), (fields[-1], 0), (fields[len(fields) // 2], rows - 1)]
    for column, row in cells if rows < 50_000 else cells[:1]:
        edit(folder, name, lambda columns, c=column, r=row: columns[c].__setitem__(r, bump(columns[c], r)))
        faults = verify([name])
        named = faults[faults["check"] == "changed cell"]
        assert named["column"].tolist() == [column]
        assert named["row"].iloc[0].startswith(f"{row} ({entry(name)['schema']['primaryKey'][0]}=")
        assert set(faults["table"]) == {name}


@pytest.mark.parametrize("name", [item["name"] for item in RESOURCES if item["format"] == "csv"])
def test_a_csv_row_that_no_longer_parses_is_named(folder, name):
    path = take(folder, name)
    assert verify([name]).empty
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = min(3, len(lines) - 1)  # a short table: its last row
    lines[at] = lines[at].rstrip("\n") + ",surplus\n"
    path.write_text("".join(lines), encoding="utf-8")
    found = verify([name])
    assert found[found["check"] == "row width"]["row"].tolist() == [str(at - 1)]
    assert found[found["check"] == "content"]["row"].tolist() == [str(at - 1)]


@pytest.mark.parametrize("name", [item["name"] for item in RESOURCES if item["format"] == "parquet"])
def test_a_damaged_parquet_page_names_its_column_and_rows(folder, name):
    path = take(folder, name)
    assert verify([name]).empty
    names = [field["name"] for field in entry(name)["schema"]["fields"]]
    column = "value" if "value" in names else names[-1]
    group = pq.ParquetFile(path).metadata.row_group(0)
    chunk = group.column(names.index(column))
    start = chunk.dictionary_page_offset or chunk.data_page_offset  # the chunk's size counts its dictionary too
    content = bytearray(path.read_bytes())
    content[start + chunk.total_compressed_size - 8] ^= 0xFF  # within the last page, never in a header
    path.write_bytes(bytes(content))
    found = verify([name])
    damaged = found[found["check"] == "parquet"]
    assert damaged["column"].tolist() == [column]
    assert damaged["row"].tolist() == [f"0 to {group.num_rows - 1}"]
    with pytest.raises(TradeDataError, match="truncated or corrupt"):  # never another number in silence
        load(name)


def _row(column, value):
    """A change of one cell, in row 20,000 of the monthly flows."""
    return lambda columns: columns[column].__setitem__(20_000, value(columns[column][20_000]))


def _rows(edit_cells):
    """The same change to every column."""
    def change(columns):
        for cells in columns.values():
            edit_cells(cells)
    return change


def _millions(columns):
    russian = [source == "RU_FCS_96STRAN" for source in columns["source"]]
    columns["value"] = [value / 1e6 if one else value for value, one in zip(columns["value"], russian, strict=True)]


@pytest.mark.parametrize(("change", "place", "words"), [
    (_row("value", lambda value: -value), "row 20000, column value", "negative value"),
    (_row("value", lambda value: value / 1e6), "row 20000, column value", "far from the rest of its series"),
    (_row("partner", lambda value: "XYZ"), "row 20000, column partner", "unknown area code: XYZ"),
    (_row("flow", lambda value: "exports"), "row 20000, column flow", "not an allowed value: exports"),
    (_row("period", lambda value: "2021-13"), "row 20000, column period", "not a valid month: 2021-13"),
    (_row("unit", lambda value: None), "row 20000, column unit", "cell is empty"),
    (_rows(lambda cells: cells.insert(20_001, cells[20_000])), "row 20001, column source, reporter", "repeated key"),
    (_rows(lambda cells: cells.pop(20_000)), "row 20000, column period", "missing in the series"),
    (_millions, "column value", "too small: values in millions or thousands?"),
], ids=["negative", "cell in millions", "partner", "flow", "month", "empty", "duplicate", "hole", "millions"])
def test_each_kind_of_bad_input_is_one_clear_error_at_load_and_at_verify(folder, change, place, words):
    edit(folder, "flows_monthly", change)
    with pytest.raises(TradeDataError) as caught:
        load("flows_monthly")
    assert words.split(":")[0] in str(caught.value) and "\n" not in str(caught.value)
    assert str(caught.value).startswith("flows_monthly.parquet, row ")
    result = CliRunner().invoke(app, ["verify", "flows_monthly"])
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if ": content" in line]
    assert place in line and words in line


def test_a_column_of_another_name_is_one_clear_error_at_load_and_at_verify(folder):
    path = take(folder, "flows_monthly")
    table = pq.read_table(path)
    pq.write_table(table.rename_columns([{"value": "amount"}.get(name, name) for name in table.column_names]), path)
    with pytest.raises(TradeDataError, match="flows_monthly.parquet, column 'value': column missing"):
        load("flows_monthly")
    result = CliRunner().invoke(app, ["verify", "flows_monthly"])
    assert result.exit_code == 1
    assert "flows_monthly: content, column value: found 'column missing'" in result.stdout


def test_a_missing_table_is_one_clear_error_at_load_and_at_verify(folder):
    with pytest.raises(TradeDataError, match="no such table: got 'flow_monthly'; expected .*flows_monthly"):
        load("flow_monthly")
    with pytest.raises(TradeDataError, match="flows_monthly.parquet: no such file"):
        load("flows_monthly")
    result = CliRunner().invoke(app, ["verify", "flows_monthly"])
    assert result.exit_code == 1
    assert "flows_monthly: file missing" in result.stdout


@pytest.mark.parametrize("damage", [b"\xe1", b"\x0b", b"\r"], ids=["no text", "control", "line end"])
def test_a_damaged_byte_of_a_csv_is_told_on_one_line_each(folder, damage):
    path = take(folder, "official_facts")
    content = path.read_bytes()
    at = content.index(b"Dakar Action Plan")
    path.write_bytes(content[:at] + damage + content[at + 1:])
    result = CliRunner().invoke(app, ["verify", "official_facts"])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert all(line.startswith("official_facts: ") for line in result.stdout.splitlines())
    assert ", row 1" in result.stdout


def test_several_changes_are_listed_ten_at_most_and_counted(folder):
    def change(columns):
        for row in range(100, 125):
            columns["value"][row] = columns["value"][row] + 1
        columns["unit"][105] = "EUR"

    edit(folder, "flows_monthly", change)
    faults = verify(["flows_monthly"])
    rows = faults[faults["check"] == "changed row"]
    assert len(rows) == 11
    assert rows["column"].iloc[0] == "value, unit"
    assert rows["found"].iloc[-1] == "25 rows differ in all"


@pytest.mark.parametrize("name", ["flows_monthly", "official_figures"])
def test_deleted_and_inserted_rows_are_counted(folder, name):
    def delete(columns):
        for cells in columns.values():
            del cells[50:53]

    edit(folder, name, delete)
    found = verify([name])
    assert "3 deleted" in found[found["check"] == "rows"]["expected"].iloc[0]
    assert found[found["check"] == "rows"]["row"].iloc[0] == "from 50"


def test_inserted_row_is_named(folder):
    def insert(columns):
        for name, cells in columns.items():
            cells.insert(10, cells[10] if name != "year" else "1900")

    edit(folder, "new_year_dates", insert)
    found = verify(["new_year_dates"])
    assert "1 inserted" in found[found["check"] == "rows"]["expected"].iloc[0]
    assert "10 (year=1900)" in found["row"].tolist()


@pytest.mark.parametrize("name", NAMES)
def test_truncated_file_is_a_fault(folder, name):
    path = take(folder, name)
    path.write_bytes(path.read_bytes()[:-20])
    found = verify([name])
    assert "hash" in found["check"].tolist()
    assert len(found) >= 2


def test_missing_file_and_unlisted_file(whole):
    (whole / "tables" / "areas.csv").rename(whole / "tables" / "stray.csv")
    checks = verify()[["table", "check"]].to_numpy().tolist()
    assert ["areas", "file missing"] in checks
    assert ["tables/stray.csv", "unlisted file"] in checks


def test_changed_fingerprints_and_changed_hash_on_record(folder):
    take(folder, "prices_monthly")
    take(folder, "official_facts")
    marks = folder / entry("prices_monthly")["fingerprints"]["path"]
    marks.write_bytes(b"\0" * marks.stat().st_size)
    assert verify(["prices_monthly"])["check"].tolist() == ["fingerprints file"]
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for item in descriptor["resources"]:
        if item["name"] == "official_facts":
            item["hash"] = "sha256:" + "0" * 64
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    found = verify(["official_facts"])
    assert found["check"].unique().tolist() == ["hash"]
    assert "every row and column keeps its fingerprint" in found["found"].iloc[-1]


def test_repacked_parquet_with_the_same_cells_says_so(folder):
    edit(folder, "flows_annual_china", lambda columns: None)
    found = verify(["flows_annual_china"])
    assert "every row and column keeps its fingerprint" in found["found"].iloc[-1]


def test_cell_text_is_the_shortest_exact_decimal():
    assert [cell_text(value) for value in (0.1, 1e22, 3, True, None, float("nan"), "x")] == [
        "0.1", "1e+22", "3", "true", "", "", "x"]


def test_the_shipped_folder_is_as_recorded():
    found = verify()
    assert found.empty, "\n" + found.to_string()  # whole: which table, row and column


def test_command_line_passes_and_fails_with_one_line_a_fault(whole):
    runner = CliRunner()
    good = runner.invoke(app, ["verify"])
    assert good.exit_code == 0
    assert good.stdout.startswith(f"{len(NAMES)} tables, ")
    edit(whole, "flows_monthly", lambda columns: columns["value"].__setitem__(40_000, 1.0))
    bad = runner.invoke(app, ["verify", "flows_monthly"])
    assert bad.exit_code == 1
    assert "flows_monthly: changed cell, row 40000 (source=" in bad.stdout
    assert "column value: found '1.0'" in bad.stdout
    unknown = runner.invoke(app, ["verify", "nothing"])
    assert unknown.exit_code == 1


def test_command_line_lists_and_shows():
    runner = CliRunner()
    assert "flows_monthly" in runner.invoke(app, ["list"]).stdout
    shown = runner.invoke(app, ["show", "new_year_dates"])
    assert "1985-02-20" in shown.stdout
    assert "source_id: CNY_DATES" in shown.stdout
    assert "globaltimes" in runner.invoke(app, ["show", "OF0920"]).stdout
    assert runner.invoke(app, ["show", "nothing"]).exit_code == 1
    assert runner.invoke(app, ["catalog"]).stdout.startswith("# Catalogue of the tables")

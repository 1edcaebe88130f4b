"""What is read the quick way is what is read cell by cell, with every check: the same statements, issues and order."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.graph.errors import OntologyError
from innograph.graph.identity import plain
from innograph.graph.records import EdgeAssertion
from innograph.graph.regions import region_table
from innograph.loaders.table import cells as cell_module
from innograph.loaders.table import choose_packs, columns, load_table, personal, properties, reader, things
from innograph.loaders.table.shapes import read_yaml

ROR = ("05cy4wa09", "02ex6cf31", "https://ror.org/05CY4WA09", "05cy4wa08")
CELLS = (
    *(
        "",
        " ",
        "NA",
        "无",
        "—",
        "—12",
        "/",
        "n.a.",
        "Null",
        "新疆某公司",
        "某研究所",
        "市科技局",
        "某某",
        "某公司；某集团",
    ),
    *(
        "999977172",
        "９９９９７７１７２",
        " 999977173",
        "99997717",
        "9999 77172",
        "4111010001",
        "A1",
        "a_1",
        "-1",
        "-2",
        "0",
        "-0",
    ),
    *("12.5", "1,234.5", "12%", "3家", "1e3", "约3", "2022-06-17", "2022年6月", "2022", "2022-13-01", "20220617", "是"),
    *("CN", "DE", "EL", "XX", "昌吉市", "朝阳区", "昌吉市建国路1号", "652301", "Germany"),
    *(
        "13800000000",
        "电话13800000000",
        "11010519491231002X",
        "coordinator",
        "participant",
        "PRC",
        "HES",
        "prc",
        "ＨＥＳ",
    ),
    *("parent", "Child", "related", "推进中", "Task:p/1", "Target:p/2.1#a", "Plan:x", "91350100M000100Y43", *ROR),
)
PACKS = ("horizon", "horizon-organisations", "ror", "ror-relationships", "moe", "enterprises", "projects", "progress")


def said(file: Path, pack: str) -> tuple[list[str], list[str]]:
    """What a table says, word for word, and the issues."""
    loaded = load_table(file, pack=pack, home=region_table()["652301"])
    found = [f"{type(a).__name__} {a!r}" for a in loaded.assertions]
    return found, [f"{i.code} {i.place} {i.quote} {i.values}" for i in loaded.issues]


def without_quick_ways() -> ExitStack:
    """Have every cell read in full, and nothing known from the row before the last."""
    stack = ExitStack()
    for quick in (
        patch.object(properties.PropertiesReader, "quick", side_effect=columns.Unclear),
        patch.object(columns.ColumnReader, "first_or_none", side_effect=columns.Unclear),
        patch.object(things.QuickThing, "of", return_value=None),
        patch.object(columns, "LONGEST_NO_VALUE", 10**6),
        patch.object(columns, "SHORTEST", 0),
        patch.object(columns, "SHORTEST_NUMBER", 0),
        patch.object(personal, "SHORTEST", 0),
        patch.object(reader, "SHORTEST", 0),
        patch.object(reader, "SHORTEST_NUMBER", 0),
        patch.object(reader, "_THINGS", 0),
        *(patch.object(module, "folded", plain) for module in (cell_module, columns, things)),
    ):
        stack.enter_context(quick)
    return stack


def written(folder: str, pack: str, rows: list[list[str]]) -> Path:
    file = Path(folder, "表.csv")
    header = [column.label.zh for column in choose_packs(pack)[0].columns.values()]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return file


@pytest.mark.parametrize("pack", PACKS)
def test_the_quick_way_says_the_same(pack: str) -> None:
    width = len(choose_packs(pack)[0].columns)
    row = st.lists(st.sampled_from(CELLS), min_size=width, max_size=width)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(row, min_size=1, max_size=6), st.lists(st.integers(0, 5), max_size=4))
    def check(rows: list[list[str]], again: list[int]) -> None:
        rows = [*rows, *(rows[at] for at in again if at < len(rows))]
        with TemporaryDirectory() as folder:
            file = written(folder, pack, rows)
            quick = said(file, pack)
            with without_quick_ways():
                careful = said(file, pack)
        assert quick == careful

    check()


SOUND = ["7309", "999977172", "participant", "PRC", "DE", "12.5", "2022-01-01", "2022-12-31", "100", "200"]


def test_sound_rows_are_read_the_quick_way() -> None:
    # Two figures of one hash, 1 and 2⁶¹.
    changes = [{}, {2: "coordinator"}, {1: "999977173", 3: "HES"}, {5: "1"}, {5: "2305843009213693952.0"}, {4: ""}]
    rows = [[change.get(at, cell) for at, cell in enumerate(SOUND)] for change in changes]
    with TemporaryDirectory() as folder:
        file = written(folder, "horizon", rows)
        with patch.object(properties.PropertiesReader, "_carefully", side_effect=AssertionError):
            quick = said(file, "horizon")
        with without_quick_ways():
            assert said(file, "horizon") == quick
    # One project, two bodies, Germany. The last row says what the first one said, but others have contradicted that since.
    assert [word.split("(")[0].split()[0] for word in quick[0]].count("NodeAssertion") == 4
    assert sum("PARTICIPATES_IN" in word for word in quick[0]) == 6


def test_both_ways_have_the_properties_in_the_order_of_the_pack() -> None:
    # A figure whose unit's cell cannot be used is read the careful way.
    row = ["—12", "2022-06-17", "999977172", "13800000000", "", "", "", ""]
    with TemporaryDirectory() as folder:
        file = written(folder, "progress", [row])
        quick = said(file, "progress")
        with without_quick_ways():
            assert said(file, "progress") == quick
    assert quick[0][0].index("'date'") < quick[0][0].index("'value'")


def test_a_telephone_number_in_a_cell_that_nothing_is_made_of_stays_out_of_quotes() -> None:
    with TemporaryDirectory() as folder:
        file = written(
            folder, "horizon-organisations", [["999977172", "PRC", "DE", "某公司", "", "", "13800000000", ""]]
        )
        found, _ = said(file, "horizon-organisations")
    assert found
    assert not any("13800000000" in word for word in found)


def test_a_region_that_home_settles_is_told_once() -> None:
    rows = [["某公司", "朝阳区"], ["某集团", "朝阳区"], ["又一公司", "昌吉市"]]
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        file.write_text("\n".join(map(",".join, [["企业名称", "所在区域"], *rows])), encoding="utf-8")
        loaded = load_table(file, home=region_table()["110000"])
        regions = [a.target for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "LOCATED_IN"]
    assert regions == ["Region:110105", "Region:110105", "Region:652301"]
    assert [(i.code, i.place.row, i.values["value"], i.values["region"]) for i in loaded.issues] == [
        ("table.region-by-home", 2, "朝阳区", "北京市朝阳区")
    ]


@pytest.mark.parametrize("content", [b"[" * 100_000, b"{a: " * 50_000, b"- " * 20_000 + b"1"])
def test_a_mapping_without_measure_is_refused(content: bytes) -> None:
    with pytest.raises(OntologyError, match="100"):
        read_yaml("a.yaml", content)

"""Files of rows: every format gives the same sheets; headers, notes and values are read as people see them."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innograph.loaders.table.sources import Row
from innograph.loaders.table.sources.delimited import SEPARATORS
from innograph.loaders.table.sources.values import cell_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
from table_source_samples import EXPECTED, HEADER, ROWS, as_book, codes, known, one, read


def never(cells: Sequence[str]) -> bool:
    return False


def as_csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8", **dialect: Any) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue().encode(encoding)


def as_parquet(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    buffer = io.BytesIO()
    columns = [list(column) for column in zip(*rows, strict=True)]
    parquet.write_table(pa.table(dict(zip(header, columns, strict=True))), buffer)
    return buffer.getvalue()


def as_zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__dot__", "."), data)
    return buffer.getvalue()


def in_all_formats(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, bytes]:
    records = [dict(zip(header, row, strict=True)) for row in rows]
    text = as_csv([header, *rows])
    return {
        "a.csv": text,
        "bom.csv": b"\xef\xbb\xbf" + text,
        "gb.csv": as_csv([header, *rows], "gb18030", delimiter=";"),
        "wide.txt": as_csv([header, *rows], "utf-16", delimiter="\t"),
        "a.xlsx": as_book([header, *rows]),
        "a.json": json.dumps(records, ensure_ascii=False).encode(),
        "in.json": json.dumps({"total": 3, "tags": ["x"], "data": records}).encode(),
        "a.jsonl": "\n".join(json.dumps(record) for record in records).encode(),
        "gb.json": json.dumps(records, ensure_ascii=False, indent=1).encode("gb18030"),
        "a.parquet": as_parquet(header, rows),
        "a.csv.gz": gzip.compress(text),
        "a.json.gz": gzip.compress(json.dumps(records).encode()),
        "a.parquet.gz": gzip.compress(as_parquet(header, rows)),
        "a.zip": as_zip(**{"dir/a.csv": text}),
        "b.zip": as_zip(**{"a.jsonl.gz": gzip.compress("\n".join(map(json.dumps, records)).encode())}),
        "book.zip": as_zip(**{"a.xlsx": as_book([header, *rows])}),
    }


@pytest.mark.parametrize("name", in_all_formats(HEADER, ROWS))
def test_the_same_rows_in_every_format(tmp_path: Path, name: str) -> None:
    sheet, rows = one(tmp_path / name, in_all_formats(HEADER, ROWS)[name])
    assert sheet.header == Row(1, HEADER)
    assert sheet.recognised
    assert rows == EXPECTED
    assert sheet.issues == []
    assert sheet.name.startswith(name)


CELLS = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Cn", "Co")) | st.sampled_from('\n",;|，\t'),
    max_size=6,
)
TABLES = st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    TABLES,
    st.sampled_from(SEPARATORS),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_any_table_written_as_csv_reads_back(
    tmp_path: Path, rows: list[list[str]], separator: str, encoding: str, ending: str, quoting: int
) -> None:
    width = len(rows[0]) if rows else 2
    # Python's writer leaves a line feed unquoted where rows end otherwise.
    quoting = csv.QUOTE_ALL if ending == "\r" else quoting
    header = [f"企业名称甲乙丙{i}" for i in range(width)]
    data = as_csv([header, *rows], encoding, delimiter=separator, lineterminator=ending, quoting=quoting)
    sheet, found = one(tmp_path / "a.csv", data, lambda cells: cells[0] == header[0] and len(cells) == width)
    assert sheet.header == Row(1, tuple(header))
    told = set(codes(sheet))
    expected = [(n, tuple(row)) for n, row in enumerate(rows, start=2) if "".join(row).strip()]
    if told & {"table.note"}:
        assert set(found) < set(expected)
    else:
        assert found == expected
    assert told <= {"table.note"}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(*[st.text("甲乙ab1 ，。", min_size=1, max_size=5).map(lambda t: f"值{t}x")] * 3),
        min_size=1,
        max_size=5,
    )
)
def test_any_rows_give_equal_sheets(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    header = ("企业名称", "x", "y")
    formats = in_all_formats(header, rows)
    for name in ("a.csv", "gb.csv", "a.json", "in.json", "a.jsonl", "a.parquet", "a.csv.gz", "a.zip"):
        sheet, found = one(tmp_path / name, formats[name])
        assert (sheet.header.cells, found) == (header, list(enumerate(rows, start=2))), name


class TestHeader:
    def test_titles_above_are_passed_over(self, tmp_path: Path) -> None:
        data = as_csv(
            [["高新技术企业名单", "", ""], ["填报：科技局", "", "2022年"], ["企业名称", "代码", ""], ["甲", "1", ""]]
        )
        sheet, rows = one(tmp_path / "a.csv", data)
        assert (sheet.header, rows) == (Row(3, ("企业名称", "代码")), [(4, ("甲", "1"))])

    def test_unknown_is_the_first_row_of_two_cells(self, tmp_path: Path) -> None:
        sheet, rows = one(tmp_path / "a.csv", b"title\n\na,b\n1,2\n", never)
        assert (sheet.recognised, sheet.header, rows) == (False, Row(3, ("a", "b")), [(4, ("1", "2"))])

    def test_known_but_only_far_below(self, tmp_path: Path) -> None:
        lines = [["x", str(n)] for n in range(50)] + [["企业名称", "代码"]]
        sheet, _ = one(tmp_path / "a.csv", as_csv(lines))
        assert not sheet.recognised
        sheet, rows = one(tmp_path / "b.csv", as_csv([*lines[1:], ["甲", "1"]]))
        assert (sheet.header.number, rows) == (50, [(51, ("甲", "1"))])

    def test_one_column(self, tmp_path: Path) -> None:
        sheet, rows = one(tmp_path / "a.csv", "企业名称\n甲，乙\n丙\n".encode(), known)
        assert (sheet.header.cells, rows) == (("企业名称",), [(2, ("甲，乙",)), (3, ("丙",))])

    def test_groups_over_the_names_of_columns(self, tmp_path: Path) -> None:
        table = [
            ["名单", None, None, None],
            ["企业名称", "联系", None, "地区"],
            [None, "电话", "邮箱", None],
            ["甲", 1, 2, "乙"],
        ]
        data = as_book(table, merged=("A1:D1", "A2:A3", "B2:C2", "D2:D3"))
        sheet, rows = one(tmp_path / "a.xlsx", data)
        assert sheet.header == Row(3, ("企业名称", "电话", "邮箱", "地区"))
        assert rows == [(4, ("甲", "1", "2", "乙"))]

    def test_groups_that_are_part_of_the_names(self, tmp_path: Path) -> None:
        data = as_book([["企业", None, "地区"], ["名称", "代码", None], ["甲", "1", "乙"]], merged=("A1:B1", "A3:A3"))
        sheet, rows = one(tmp_path / "a.xlsx", data)
        assert (sheet.header.cells, rows) == (("企业名称", "企业代码", "地区"), [(3, ("甲", "1", "乙"))])
        sheet, rows = one(tmp_path / "a.csv", as_csv([["企业", "", "地区"], ["名称", "代码", ""], ["甲", "1", "乙"]]))
        assert (sheet.header.cells, rows) == (("企业名称", "企业代码", "地区"), [(3, ("甲", "1", "乙"))])

    @pytest.mark.parametrize("separator", SEPARATORS)
    def test_the_separator_is_the_one_that_gives_a_known_header(self, tmp_path: Path, separator: str) -> None:
        others = "".join(one for one in SEPARATORS if one != separator and one != "\t")
        data = f"企业名称{separator}类别\n甲{others}{separator}乙{others}{others}\n"
        sheet, rows = one(tmp_path / "a.csv", data.encode())
        assert (sheet.header.cells, rows) == (("企业名称", "类别"), [(2, (f"甲{others}", f"乙{others}{others}"))])


class TestRows:
    def test_what_is_no_row(self, tmp_path: Path) -> None:
        lines = [
            HEADER, ROWS[0], ("", " ", "", ""), HEADER, ROWS[1], ("合　计", "", "", "2"), ("", "备 注：以上截至年底", "", ""),
            ("注册会计师协会", "", "", ""), ("", "", "", ""), ("由统计局提供", "", "", ""),
        ]  # fmt: skip
        sheet, rows = one(tmp_path / "a.csv", as_csv(lines))
        assert rows == [(2, ROWS[0]), (5, ROWS[1]), (8, ("注册会计师协会", "", "", ""))]
        assert [(i.code, i.place.row, i.values["count"], i.values["rows"]) for i in sheet.issues] == [
            ("table.repeated-header", 4, 1, "4"),
            ("table.note", 6, 3, "6、7、10"),
        ]

    def test_a_single_cell_after_a_gap_is_a_row_if_others_follow(self, tmp_path: Path) -> None:
        lines = [HEADER, ROWS[0], [""] * 4, ("某所", "", "", ""), ROWS[1]]
        sheet, rows = one(tmp_path / "a.csv", as_csv(lines))
        assert [number for number, _ in rows] == [2, 4, 5]
        assert sheet.issues == []

    def test_two_columns_have_no_notes(self, tmp_path: Path) -> None:
        sheet, rows = one(tmp_path / "a.csv", as_csv([["企业名称", "备注"], ["合计", ""], ["", ""], ["甲", ""]]))
        assert (rows, sheet.issues) == ([(2, ("合计", "")), (4, ("甲", ""))], [])

    def test_too_short_and_too_long(self, tmp_path: Path) -> None:
        sheet, rows = one(tmp_path / "a.csv", "企业名称,代码,地区\n甲,1\n乙,1,2,,\n丙,1,2,3\n".encode())
        assert rows == [(2, ("甲", "1")), (3, ("乙", "1", "2")), (4, ("丙", "1", "2", "3"))]
        assert sheet.issues == []

    def test_numbers_are_those_of_records(self, tmp_path: Path) -> None:
        _, rows = one(tmp_path / "a.csv", '\n企业名称,代码\n"甲\n乙",1\n\n丙,2'.encode())
        assert rows == [(3, ("甲\n乙", "1")), (5, ("丙", "2"))]


class TestRecords:
    def test_nested(self, tmp_path: Path) -> None:
        records = [
            {"企业名称": "甲", "地": {"省": "新疆", "市": {"名": "昌吉"}}, "类": ["高企", "专精特新"]},
            {"企业名称": "乙", "类": [], "人": [{"职": "主任"}, {"职": "秘书"}], "金额": 1.50, "真": True, "无": None},
        ]
        sheet, rows = one(tmp_path / "a.json", json.dumps(records).encode())
        assert sheet.header.cells == ("企业名称", "地.省", "地.市.名", "类", "人.职", "金额", "真", "无")
        assert rows == [
            (2, ("甲", "新疆", "昌吉", "高企；专精特新", "", "", "", "")),
            (3, ("乙", "", "", "", "主任；秘书", "1.5", "是", "")),
        ]

    def test_keys_that_come_late_are_told(self, tmp_path: Path) -> None:
        records = [{"企业名称": str(n)} for n in range(200)] + [{"企业名称": "甲", "代码": "1"}]
        sheet, rows = one(tmp_path / "a.jsonl", "\n".join(map(json.dumps, records)).encode())
        assert rows[-1] == (202, ("甲",))
        (issue,) = sheet.issues
        assert (issue.code, issue.place.row, issue.values["keys"]) == ("table.late-keys", 202, "代码")

    def test_one_record_a_line_whatever_the_name(self, tmp_path: Path) -> None:
        _, rows = one(tmp_path / "a.json", '{"企业名称": "甲"}\r\n\r\n{"企业名称": "乙"}\r\n'.encode())
        assert rows == [(2, ("甲",)), (3, ("乙",))]

    def test_parquet_values(self, tmp_path: Path) -> None:
        header = ["企业名称", "数", "日期", "金额", "表", "对象"]
        row = ["甲", 2.0, dt.date(2022, 6, 17), Decimal("1.50"), ["a", "b"], {"x": 1}]
        sheet, rows = one(tmp_path / "a.parquet", as_parquet(header, [row]))
        assert sheet.header.cells == ("企业名称", "数", "日期", "金额", "表", "对象.x")
        assert rows == [(2, ("甲", "2", "2022-06-17", "1.5", "a；b", "1"))]


class TestArchive:
    def test_each_member_is_a_source_and_a_bad_one_is_told(self, tmp_path: Path) -> None:
        good = as_csv([HEADER, *ROWS])
        members = {
            "甲.csv": good, "dir/": b"", "__MACOSX/._a.csv": b"\0\1", ".DS_Store": b"\0", "乙.pdf": b"%PDF-1.7",
            "丙.csv": "企业名称,代码\n甲,1\n\"乙,2\n".encode(),
            "戊.csv": ("企业名称,代码\n" + "甲,1\n" * 60 + "\"乙,2\n").encode(), "README.txt": b"hello\n", "丁.csv": good,
        }  # fmt: skip
        found = read(tmp_path / "a.zip", as_zip(**members))
        assert [(sheet.name, len(rows)) for sheet, rows in found] == [
            ("a.zip/甲.csv", 3),
            ("a.zip/戊.csv", 60),
            ("a.zip/丁.csv", 3),
        ]
        told = [issue.values["name"] for sheet, _ in found for issue in sheet.issues]
        assert sorted(told) == sorted(["a.zip/乙.pdf", "a.zip/丙.csv", "a.zip/README.txt", "a.zip/戊.csv"])

    def test_names_in_gb18030(self, tmp_path: Path) -> None:
        info = zipfile.ZipInfo("X" * 6)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(info, as_csv([HEADER, *ROWS]))
        raw = buffer.getvalue().replace(b"X" * 6, "甲.c1".encode("gb18030").ljust(6, b"v")[:6])
        sheet, _ = one(tmp_path / "a.zip", raw)
        assert sheet.name == "a.zip/甲.c1v"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (float("nan"), ""), (-0.0, "0"), (1e22, "10000000000000000000000"), (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.1"), (Decimal("NaN"), ""), (100, "100"), (100.0, "100"), (False, "否"),
        (dt.datetime(2022, 6, 17, 8, 29, 59, 999_990), "2022-06-17 08:30"),
        (dt.datetime(2022, 6, 16, 23, 59, 59, 999_990), "2022-06-17"),
        (dt.datetime(2022, 6, 17, 8, 30, 5), "2022-06-17 08:30:05"), (dt.datetime.max, "9999-12-31 23:59:59"),
    ],
)  # fmt: skip
def test_values_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text


@given(st.integers() | st.floats(-1e300, 1e300) | st.decimals(allow_nan=False, allow_infinity=False, places=5))
def test_numbers_have_no_powers_of_ten_and_lose_nothing(value: float | Decimal) -> None:
    text = cell_text(value)
    assert set(text) <= set("-0123456789.")
    assert float(text) == pytest.approx(float(value), rel=1e-14)

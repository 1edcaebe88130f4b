"""Malformed files of every format: whatever stands in them, a reader ends soon, with a document or an InputError."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innograph.graph.errors import InputError
from innograph.loaders.document import Document
from innograph.loaders.reading.delimited import read_delimited
from innograph.loaders.reading.html import read_html
from innograph.loaders.reading.text import read_text
from innograph.loaders.reading.word import read_word
from innograph.loaders.reading.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 20


def _word() -> bytes:
    word = docx.Document()
    word.add_paragraph("一、目标", style="List Number")
    table = word.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "总体"
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _workbook() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (["分工表"], ["任务", "单位"], ["建平台", 1.5]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


PAGE = (
    "<!DOCTYPE html><meta charset=utf-8><div><a href=x>首页</a></div><table><tr><td rowspan=2>总体<td colspan=2>甲</tr>"
    "<tr><td>乙<td>丙<table><tr><td>丁</table></table><p>一、目标。<br>完<!-- x --></p>"
).encode()
TEXT = "# 一、目标\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n序号\t任务\t单位\n1\t平台\t科技局\n".encode()
TABLE = '分工表\n任务,单位\n"建\n平台",科技局\n'.encode("gb18030")
FILES: dict[str, tuple[Callable[[str, bytes], Document], bytes]] = {
    "word": (read_word, _word()),
    "workbook": (read_workbook, _workbook()),
    "html": (read_html, PAGE),
    "text": (read_text, TEXT),
    "delimited": (read_delimited, TABLE),
}
PARTS = {
    "word": ["word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"],
    "workbook": ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"],
}
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
changes = st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4)), min_size=1, max_size=8)


def check(kind: str, data: bytes) -> None:
    """Read, and hold what was read against what every document promises."""
    started = time.monotonic()
    try:
        document = FILES[kind][0]("a", data)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 -- most inputs are refused, some are read
    else:
        assert all(document.quote(paragraph.span).strip() for paragraph in document.paragraphs)
        assert all(len({len(row) for row in table.rows}) <= 1 for table in document.tables)
    assert time.monotonic() - started < SECONDS


def changed(data: bytes, at: list[tuple[int, bytes]]) -> bytes:
    """``data`` with bytes replaced at some places, or cut off where nothing replaces them."""
    for place, piece in at:
        start = place % (len(data) + 1)
        data = data[:start] + piece + data[start + len(piece) :] if piece else data[:start]
    return data


@pytest.mark.parametrize("kind", FILES)
def test_the_file_itself_is_read(kind: str) -> None:
    reader, data = FILES[kind]
    assert reader("a", data).tables


@pytest.mark.parametrize("kind", FILES)
@few
@given(at=changes)
def test_changed_bytes(kind: str, at: list[tuple[int, bytes]]) -> None:
    check(kind, changed(FILES[kind][1], at))


@pytest.mark.parametrize("kind", FILES)
@few
@given(data=st.binary(max_size=300))
def test_any_bytes(kind: str, data: bytes) -> None:
    check(kind, data)


@pytest.mark.parametrize("kind", PARTS)
@few
@given(part=st.integers(0, 3), at=changes)
def test_changed_bytes_inside_the_archive(kind: str, part: int, at: list[tuple[int, bytes]]) -> None:
    buffer = io.BytesIO()
    name = PARTS[kind][part]
    with zipfile.ZipFile(io.BytesIO(FILES[kind][1])) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, changed(content, at) if entry.filename == name else content)
    check(kind, buffer.getvalue())


tags = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "<td",
        "rowspan=3>",
        "<td",
        "colspan=0>",
        "<td>",
        "</td>",
        "<p>",
        "</p>",
        "<br>",
        "<a",
        "href=x>",
        "</a>",
        "<div",
        "hidden>",
        "</div>",
        "<b>",
        "一、目标",
        "负责。",
        "&nbsp;",
        "<!--",
        "-->",
        "<pre>",
        "<caption>",
        "<![CDATA[",
        "]]>",
        "</table><td>",
    ]
)


@few
@given(st.lists(tags, max_size=60).map("".join))
def test_pages_of_any_tags(text: str) -> None:
    check("html", ("<html>" + text).encode())

"""Old Office files through LibreOffice; the files are made by LibreOffice itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from paper import converted

from innograph.graph.errors import InputError
from innograph.graph.text import use_language
from innograph.loaders.reading import office, read_document

if TYPE_CHECKING:
    from pathlib import Path


def made(folder: Path, form: str) -> bytes:
    """A small plan with a table whose first column is merged, in an old format."""
    word = docx.Document()
    for line in ("昌吉市方案", "一、任务", "（一）建平台。牵头单位：市科技局。"):
        word.add_paragraph(line)
    table = word.add_table(3, 2)
    for r, row in enumerate((("领域", "单位"), ("总体", "市科技局"), ("", "市商务局"))):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    word.add_paragraph("注：按职责分工。")
    word.save(str(folder / "plan.docx"))
    return converted(folder / "plan.docx", form, folder).read_bytes()


@pytest.mark.parametrize("form", ["doc", "rtf", "odt"])
def test_text_and_table_arrive(tmp_path: Path, form: str) -> None:
    document = read_document(f"plan.{form}", made(tmp_path, form))
    lines = [document.quote(paragraph.span).strip() for paragraph in document.paragraphs]
    assert lines == ["昌吉市方案", "一、任务", "（一）建平台。牵头单位：市科技局。", "注：按职责分工。"]
    (table,) = document.tables
    assert [[document.quote(cell.span) for cell in row] for row in table.rows] == [
        ["领域", "单位"],
        ["总体", "市科技局"],
        ["总体", "市商务局"],
    ]
    assert document.issues == ()


def test_counts_that_differ_are_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = made(tmp_path, "rtf")
    convert = office._converted

    def lossy(*given: object) -> bytes:
        return convert(*given).replace(b"<table", b"<div") if given[4] == "html" else convert(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(office, "_converted", lossy)
    (issue,) = read_document("plan.wps", data).issues
    assert (issue.code, issue.values) == ("office.tables-differ", {"word": 1, "page": 0})


@pytest.mark.usefixtures("libreoffice")
def test_a_damaged_file() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\0" * 4000
    with pytest.raises(InputError, match=r"LibreOffice"):
        read_document("a.doc", data)


def test_without_libreoffice_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    for language, word in (("zh", "安装"), ("en", "install")):
        with pytest.raises(InputError) as raised, use_language(language):  # type: ignore[arg-type]
            read_document("a.rtf", b"{\\rtf1\\ansi}")
        with use_language(language):  # type: ignore[arg-type]
            assert "LibreOffice" in str(raised.value)
            assert word in str(raised.value)


def test_a_conversion_that_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "SECONDS", 0.5)
    assert not office._run(["sh", "-c", f"sleep 30; touch {tmp_path}/late"])


def test_an_encrypted_word_file() -> None:
    head = b"\xec\xa5\xc1\0" + b"\0" * 6 + b"\0\x01" + b"\0" * 500
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + head + "WordDocument".encode("utf-16-le")
    with pytest.raises(InputError, match=r"密码|password"):
        read_document("a.doc", data)


def test_a_workbook_of_old_times(tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    for row in (["任务", "单位"], ["建平台", "市科技局"]):
        workbook.worksheets[0].append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    (tmp_path / "a.xlsx").write_bytes(buffer.getvalue())
    for form in ("xls", "ods"):
        document = read_document(f"a.{form}", converted(tmp_path / "a.xlsx", form, tmp_path).read_bytes())
        rows = document.tables[0].rows
        assert [[document.quote(cell.span) for cell in row] for row in rows] == [
            ["任务", "单位"],
            ["建平台", "市科技局"],
        ]

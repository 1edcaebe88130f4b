"""Tables in a .zip: every problem, and all evidence, names the file of the archive that it is in."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from openpyxl import Workbook

from innograph.graph.text import use_language
from innograph.loaders.table import load_table

if TYPE_CHECKING:
    from pathlib import Path

    from innograph.loaders.base import Loaded

WRONG = "企业名称,从业人数,备忘\n甲公司,许多,一\n"


def loaded_zip(folder: Path, members: dict[str, str | bytes]) -> Loaded:
    file = folder / "名册.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    loaded = load_table(file)
    loaded.assertions = list(loaded.assertions)
    return loaded


def book(**sheets: list[list[str]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title.startswith("hidden"):
            sheet.sheet_state = "hidden"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_issues_of_several_members_name_theirs(tmp_path: Path) -> None:
    second = "企业名称,所在区域,从业人数\n乙公司,昌吉市,很多\n\n注：截至年底,,\n"
    found = loaded_zip(tmp_path, {"甲/名单.csv": WRONG, "乙.csv": second})
    places = [(i.code, i.place.section, i.place.row, i.place.column) for i in found.issues]
    assert places == [
        ("table.unmapped-column", "甲/名单.csv", 1, 3),
        ("table.bad-value", "甲/名单.csv", 2, 2),
        ("table.bad-value", "乙.csv", 2, 3),
        ("table.note", "乙.csv", 4, None),
    ]
    with use_language("zh"):
        assert found.issues[1].place.show() == "甲/名单.csv 第2行 第2列"
    assert {a.evidence.place.section for a in found.assertions} == {"甲/名单.csv", "乙.csv"}


def test_worksheets_of_a_member_keep_their_names(tmp_path: Path) -> None:
    rows = [["企业名称", "从业人数"], ["甲公司", "许多"]]
    found = loaded_zip(tmp_path, {"a.xlsx": book(一=rows), "b.xlsx": book(一=rows, hidden=[["x"]])})
    bad = [(i.place.section, i.place.sheet, i.place.row) for i in found.issues if i.code == "table.bad-value"]
    assert bad == [("a.xlsx", "一", 2), ("b.xlsx", "一", 2)]
    hidden = [i.place.section for i in found.issues if i.code == "workbook.hidden-sheet"]
    assert hidden == ["b.xlsx"]


def test_one_member_is_named_too(tmp_path: Path) -> None:
    found = loaded_zip(tmp_path, {"名单.csv": WRONG})
    assert [i.place.section for i in found.issues] == ["名单.csv", "名单.csv"]


def test_what_is_noticed_of_another_member_is_not_laid_to_this_one(tmp_path: Path) -> None:
    found = loaded_zip(tmp_path, {"a.csv": WRONG, "b.pdf": b"%PDF-1.7 not a table"})
    unread = [i for i in found.issues if i.code == "table.member-unreadable"]
    assert [(i.values["name"], i.place.section) for i in unread] == [("名册.zip/b.pdf", None)]


def test_a_telephone_number_in_a_member_s_name_is_not_shown(tmp_path: Path) -> None:
    found = loaded_zip(tmp_path, {"张13800000000.csv": WRONG})
    assert not any("13800000000" in str(i.place) for i in found.issues)
    assert not any("13800000000" in str(a.evidence.place) for a in found.assertions)

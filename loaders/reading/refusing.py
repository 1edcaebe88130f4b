"""How a reader refuses a file: what it is or what is wrong with it, and what to do."""

from __future__ import annotations

from typing import NoReturn

from innograph.graph.errors import InputError
from innograph.graph.text import Text

SAVE_AS = Text("请另存为 .docx 或 UTF-8 的 .txt 后再试", "Save it as .docx, or as .txt in UTF-8, and try again")
SAVE_AS_ANY = Text(
    "请另存为 .docx、.xlsx，或 UTF-8 的 .txt、.csv 后再试",
    "Save it as .docx or .xlsx, or as .txt or .csv in UTF-8, and try again",
)
SAVE_AGAIN = Text(
    "请用 Office 或 WPS 打开并重新另存为 .docx 或 .xlsx", "Open it in Office or WPS and save it as .docx or .xlsx again"
)
REMOVE_PASSWORD = Text("请去掉密码后另存", "Remove the password and save it again")
PROTECTED = Text("文件加了密码", "the file is protected by a password")
TOO_LARGE_TABLE = Text("表格大得不合理", "a table is absurdly large")
DELETE_STRAY_CELLS = Text(
    "请删去表格以外的单元格，或拆成几个文件", "Delete the cells outside the table, or split it into several files"
)
OFD = Text("这是 OFD 版式文件", "this is an OFD file")
EXPORT_FROM_OFD = Text(
    "请用 OFD 阅读器（数科、福昕、WPS 等）打开，导出或另存为 PDF 或 .docx 后再试",
    "Open it in an OFD reader (Suwell, Foxit, WPS …), export it as PDF or .docx and try again",
)


def refuse(name: str, problem: Text, hint: Text) -> NoReturn:
    """Raise the error that ends the reading of a file.

    Raises:
        InputError: always.
    """
    raise InputError(file=name, problem=problem, hint=hint)

"""The formats that are read, for the pages that tell people so; what a file is, the dispatcher sees from its bytes."""

from __future__ import annotations

from dataclasses import dataclass

from innograph.graph.text import Text


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the endings its files have, what it is called, and what is worth knowing."""

    suffixes: tuple[str, ...]
    name: Text
    note: Text


_LIBREOFFICE = Text(
    "需要安装 LibreOffice；没有时请另存为 .docx", "needs LibreOffice; without it, save the file as .docx"
)
FORMATS: tuple[Format, ...] = (
    Format(
        (".txt", ".md"),
        Text("纯文本", "plain text"),
        Text(
            "UTF-8、GB18030（含 GBK、GB2312）等编码；认得用字符画的表格",
            "in UTF-8, GB18030 (with GBK and GB2312) and others; tables drawn in characters are seen",
        ),
    ),
    Format(
        (".docx",),
        Text("Word、WPS 文档", "Word and WPS documents"),
        Text("含合并单元格和自动编号", "with merged cells and automatic numbers"),
    ),
    Format(
        (".pdf",),
        Text("PDF", "PDF"),
        Text("有文字的可读；扫描件是图片，请先识别文字", "with text; a scan is a picture, recognise its text first"),
    ),
    Format(
        (".html", ".htm"),
        Text("网页", "web pages"),
        Text("取正文，不取导航", "the article, without the site around it"),
    ),
    Format(
        (".xlsx", ".xls", ".et"),
        Text("Excel、WPS 工作簿", "Excel and WPS workbooks"),
        Text("每张工作表是一张表格", "each sheet is a table"),
    ),
    Format(
        (".csv", ".tsv"),
        Text("逗号或制表符分隔的表格", "tables with commas or tabs"),
        Text(
            "表头像企业、机构等名录的按名录读，其余按任务表或指标表读",
            "read as a roster where the header fits one, else as a table of tasks or indicators",
        ),
    ),
    Format(
        (".doc", ".wps", ".rtf", ".odt"),
        Text("旧版或其他文字处理文件", "older and other word processors"),
        _LIBREOFFICE,
    ),
)

"""The problems of documents, and of the bytes of any file."""

from __future__ import annotations

from ..text import Text
from .kind import IssueKind, Severity

DOCUMENT_KINDS = (
    IssueKind(
        "plan.no-assignment",
        Severity.WARNING,
        Text("任务“{title}”没有写明负责单位", "Task “{title}” names no responsible unit"),
        Text(
            "若原文确有，请写成“牵头单位：…”或放在任务末尾的括号里",
            "If the text names one, write it as 牵头单位：… or in a bracket at the end of the task",
        ),
    ),
    IssueKind(
        "plan.lead-missing",
        Severity.WARNING,
        Text("任务“{title}”有配合单位而无牵头单位", "Task “{title}” has supporting units and no lead"),
        Text("若原文有，请写成“牵头单位：…”", "If the text names one, write it as 牵头单位：…"),
    ),
    IssueKind(
        "plan.nobody-assigned",
        Severity.WARNING,
        Text(
            "整份方案没有写明负责单位，各项任务都无人负责",
            "The whole plan names no responsible units: nobody owns its tasks",
        ),
        Text("若分工另有文件，请一并载入", "If the units stand in another file, load that too"),
    ),
    IssueKind(
        "plan.bracket-unclosed",
        Severity.WARNING,
        Text(
            "括号没有配对，单位读到哪里为止不能确定",
            "A bracket is not paired; it is not certain where its units end",
        ),
        Text("请补上括号，并核对单位", "Close the bracket and check the units"),
    ),
    IssueKind(
        "plan.flat-table",
        Severity.WARNING,
        Text(
            "此处像是从表格复制来的文字（一格一行），行列已丢失，未读取",
            "This looks like a table pasted as text, a cell a line; rows and columns are lost, and it was not read",
        ),
        Text("请载入原来的 .pdf、.docx 或 .xlsx", "Load the original .pdf, .docx or .xlsx"),
    ),
    IssueKind(
        "plan.several-assignments",
        Severity.INFO,
        Text(
            "“{title}”有{count}处分工，各管一段正文，已分为{count}项任务",
            "“{title}” has {count} assignments, each for a passage of its own; they were read as {count} tasks",
        ),
        Text("若是一项任务，请把分工写在一处", "If it is one task, put its units in one place"),
    ),
    IssueKind(
        "plan.assignment-unread",
        Severity.WARNING,
        Text("此处像是写明了负责单位，但写法尚不能读", "This seems to name responsible units, in a form not read yet"),
        Text(
            "请写成“牵头单位：…”“（市科技局牵头，市财政局配合）”之类，放在该项任务末尾",
            "Write it as 牵头单位：… or （市科技局牵头，市财政局配合） at the end of the task",
        ),
    ),
    IssueKind(
        "word.auto-numbering",
        Severity.WARNING,
        Text(
            "{count}个段落的自动编号格式认不出，编号没有读到",
            "{count} paragraphs are numbered automatically in a format not known; their numbers were not read",
        ),
        Text(
            "请把自动编号转为文字，例如复制后以纯文本粘贴",
            "Turn the numbering into text, e.g. copy and paste as plain text",
        ),
    ),
    IssueKind(
        "pdf.pictures",
        Severity.WARNING,
        Text(
            "第{pages}页是图片或无法读取，其中的文字没有读到",
            "Pages that are pictures or unreadable: {pages}; the text in them was not read",
        ),
        Text("请做文字识别（OCR），或把这些页的内容补成文字", "Recognise their text (OCR), or add it as text"),
    ),
    IssueKind(
        "workbook.hidden-sheet",
        Severity.INFO,
        Text("隐藏的工作表“{name}”没有读取", "The hidden sheet “{name}” was not read"),
        Text("若需要，请取消隐藏后重新保存", "If it matters, unhide it and save again"),
    ),
    IssueKind(
        "workbook.formula-unsaved",
        Severity.WARNING,
        Text(
            "{count}个单元格的公式没有保存结果，按空白读取",
            "The formulas of {count} cells have no saved result; these cells were read as empty",
        ),
        Text("请用 Excel 或 WPS 打开，保存后再载入", "Open it in Excel or WPS, save it, and load it again"),
    ),
    IssueKind(
        "office.tables-differ",
        Severity.WARNING,
        Text(
            "两次转换得到的表格数不同（{word} 与 {page}）",
            "Two conversions found different numbers of tables ({word} and {page})",
        ),
        Text("请另存为 .docx 后核对表格", "Save it as .docx and check its tables"),
    ),
    IssueKind(
        "text.html-table",
        Severity.WARNING,
        Text("文本中有 {count} 个 HTML 表格，没有读取", "{count} HTML tables in the text were not read"),
        Text("请另存为 .html，或改成 Markdown 表格", "Save it as .html, or write them as Markdown tables"),
    ),
    IssueKind(
        "plan.unit-unclear",
        Severity.WARNING,
        Text("认不出“{value}”是什么单位，已按原文保留", "“{value}” is not recognisably a unit; kept as written"),
        Text("请核对分隔符，或用全称", "Check the separators, or write the full name"),
    ),
    IssueKind(
        "plan.table-unread",
        Severity.WARNING,
        Text(
            "表格（{rows}行，表头：{headers}）看不出是任务分工表或指标表，未读取",
            "A table of {rows} rows (headers: {headers}) is recognisably neither one of tasks nor of indicators; it was not read",
        ),
        Text(
            "任务表的表头要有“责任单位”之类的列（最接近的认得的表头是“{nearest}”），指标表要有“指标”和“目标值”",
            "A table of tasks has a column such as 责任单位 (the nearest known header is {nearest}), one of indicators has 指标 and 目标值",
        ),
    ),
    IssueKind(
        "target.number-without-unit",
        Severity.WARNING,
        Text("“{value}”后面没有单位", "No unit stands behind “{value}”"),
        Text("请在数字后写明单位，如“家”“%”", "Write the unit behind the figure, such as 家 or %"),
    ),
    IssueKind(
        "target.unknown-unit",
        Severity.WARNING,
        Text("不认识单位“{value}”，已按原文保留", "The unit “{value}” is not known; it was kept as written"),
        Text("请核对原文", "Check the original"),
    ),
    IssueKind(
        "target.two-years",
        Severity.WARNING,
        Text(
            "一句话里有两个年份（{first}、{second}），分不清目标属于哪一年",
            "The sentence names two years ({first}, {second}); it is not clear which is the target's",
        ),
        Text("请核对该目标的年份", "Check the target's year"),
    ),
    IssueKind(
        "plan.no-number",
        Severity.INFO,
        Text("没有找到文号", "No document number was found"),
        Text(
            "文号形如 昌市政办发〔2022〕15号，放在标题之前",
            "It looks like 昌市政办发〔2022〕15号 and stands before the title",
        ),
    ),
    IssueKind(
        "plan.no-issuer",
        Severity.WARNING,
        Text(
            "没有找到发文机关，“市”“州”无法对应到具体地区",
            "No issuer was found, so 市 or 州 cannot be tied to a region",
        ),
        Text(
            "在工作区设置 home_region，或在文中写明发文机关",
            "Set home_region in the workspace, or name the issuer in the text",
        ),
    ),
    IssueKind(
        "plan.issuer-elsewhere",
        Severity.WARNING,
        Text(
            "发文机关“{value}”的地区不在区划表中，“市”“州”按工作区所在地理解",
            "The region of the issuer “{value}” is not in the table of regions; 市 and 州 are taken for the workspace's home",
        ),
        Text(
            "核对发文机关的写法；如是外地文件，不要与本地文件放在同一工作区",
            "Check how the issuer is written; a plan of another place belongs in a workspace of its own",
        ),
    ),
    IssueKind(
        "text.encoding-guessed",
        Severity.INFO,
        Text("文件编码按 {value} 读取", "The file's encoding was read as {value}"),
        Text("若出现乱码，请另存为 UTF-8", "If characters look wrong, save the file as UTF-8"),
    ),
    IssueKind(
        "text.bad-bytes",
        Severity.WARNING,
        Text("{value} 处字节无法解码，已用 � 代替", "{value} bytes could not be decoded and were replaced by �"),
        Text("请把文件另存为 UTF-8", "Save the file as UTF-8"),
    ),
)

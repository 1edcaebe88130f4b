"""Problems in the input: each has a code, a severity, a text in both languages, a place and a value.

An issue never stops good data. Loaders return all of a file's issues together; ``--strict`` turns them into a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import Any

from .records import Locator
from .text import Text


class Severity(StrEnum):
    """How much an issue matters: an error lost something, a warning is doubtful, info is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class IssueKind:
    """One kind of problem; ``text`` says what, ``hint`` says what to do."""

    code: str
    severity: Severity
    text: Text
    hint: Text


ISSUE_KINDS: dict[str, IssueKind] = {
    kind.code: kind
    for kind in (
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
            Text(
                "此处像是写明了负责单位，但写法尚不能读", "This seems to name responsible units, in a form not read yet"
            ),
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
        IssueKind(
            "table.missing-value",
            Severity.ERROR,
            Text("“{column}”为空，该行未载入", "“{column}” is empty; the row was not loaded"),
            Text("请补填", "Fill it in"),
        ),
        IssueKind(
            "table.bad-value",
            Severity.ERROR,
            Text(
                "“{column}”的值“{value}”不合要求：{problem}", "“{value}” in column “{column}” does not fit: {problem}"
            ),
            Text("请改正该单元格", "Mend that cell"),
        ),
        IssueKind(
            "table.unmapped-column",
            Severity.INFO,
            Text("“{column}”列没有对应的属性，未载入", "Column “{column}” maps to nothing and was not loaded"),
            Text("若需要，请改用模板中的列名", "If it matters, use the column name of the template"),
        ),
        IssueKind(
            "table.row-too-short",
            Severity.ERROR,
            Text(
                "该行有{found}格，表头有{wanted}格，未载入",
                "The row has {found} cells, the header {wanted}; it was not loaded",
            ),
            Text("请检查分隔符和引号", "Check separators and quotes"),
        ),
        IssueKind(
            "table.row-padded",
            Severity.INFO,
            Text(
                "{count}行末尾缺少选填列的单元格，按空值载入",
                "{count} rows lack optional cells at their end; they were loaded with these empty",
            ),
            Text("不必处理；若有缺漏，请补填", "Nothing need be done, unless something is missing there"),
        ),
        IssueKind(
            "table.repeated-column",
            Severity.WARNING,
            Text(
                "第{number}列“{column}”与第{loaded}列“{first}”含义相同，只载入了第{loaded}列",
                "Column {number} “{column}” means the same as column {loaded} “{first}”; only column {loaded} was loaded",
            ),
            Text("请只保留一列，或改用不同的列名", "Keep one of them, or use different column names"),
        ),
        IssueKind(
            "table.note",
            Severity.INFO,
            Text(
                "表中有{count}行是说明或合计（第{rows}行），没有当作数据",
                "{count} rows of the table are notes or totals and were not taken for data (row {rows})",
            ),
            Text("若是数据，请补全该行的其他列", "If one is data, fill in its other columns"),
        ),
        IssueKind(
            "table.contradiction",
            Severity.WARNING,
            Text(
                "同一对象的“{column}”，第{row}行是“{before}”，这里是“{value}”；按后写的载入",
                "Of one thing, “{column}” is “{before}” in row {row} and “{value}” here; the later one was loaded",
            ),
            Text("请核对两处；若先后不同，请写明日期", "Check both; if each held at its time, give the dates"),
        ),
        IssueKind(
            "table.heading-row",
            Severity.INFO,
            Text(
                "“{value}”像是小标题或小计，该行没有当作数据",
                "“{value}” reads as a sub-heading or subtotal; the row was not taken for data",
            ),
            Text("若是数据，请补全该行的其他列", "If it is data, fill in the row's other columns"),
        ),
        IssueKind(
            "table.repeated-header",
            Severity.INFO,
            Text(
                "表头在表中重复了{count}次（第{rows}行），已略去",
                "The header is repeated {count} times in the table (row {rows}); that was left out",
            ),
            Text("不必处理", "Nothing need be done"),
        ),
        IssueKind(
            "table.late-keys",
            Severity.WARNING,
            Text(
                "有{count}个字段（{keys}）在前{first}条记录中没有出现，未载入",
                "{count} keys ({keys}) do not occur in the first {first} records and were not loaded",
            ),
            Text(
                "请在第一条记录中写出所有字段，没有值的写 null",
                "Write all keys in the first record, with null where there is no value",
            ),
        ),
        IssueKind(
            "table.nul-bytes",
            Severity.WARNING,
            Text("{count} 个空字符（NUL）已略去", "{count} NUL characters were left out"),
            Text("请核对文件是否保存完整", "Check that the whole file was saved"),
        ),
        IssueKind(
            "table.member-unreadable",
            Severity.ERROR,
            Text(
                "压缩包中的“{name}”没有读取或没有读完：{problem}",
                "“{name}” in the archive was not read, or not to its end: {problem}",
            ),
            Text("请单独检查该文件，改正后重新压缩", "Check that file by itself, mend it and pack it again"),
        ),
        IssueKind(
            "table.record-unreadable",
            Severity.ERROR,
            Text("{problem}，该行未载入", "{problem}; the line was not loaded"),
            Text("请改正该行的引号、逗号和括号", "Mend the quotes, commas and brackets of that line"),
        ),
        IssueKind(
            "table.no-rows",
            Severity.WARNING,
            Text("表中只有表头，没有数据", "The table has a header and no rows"),
            Text("请检查文件是否保存完整", "Check that the whole file was saved"),
        ),
        IssueKind(
            "table.bad-key",
            Severity.ERROR,
            Text(
                "“{column}”的编码“{value}”有误：{problem}", "“{value}” in column “{column}” is no valid key: {problem}"
            ),
            Text("请核对编码；在此之前按名称识别", "Check the key; until then the thing is known by its name"),
        ),
        IssueKind(
            "table.shared-key",
            Severity.WARNING,
            Text(
                "“{name}”与“{other}”的{column}相同，从名称看有一个是分支或下属单位，没有合并",
                "“{name}” has the {column} of “{other}”; by their names one is a branch or a part, so they were not joined",
            ),
            Text(
                "请改正编码；若确是同一个，用 innograph review 判定",
                "Mend the key; if they are the same after all, say so with innograph review",
            ),
        ),
        IssueKind(
            "table.region-by-home",
            Severity.INFO,
            Text(
                "“{value}”有不止一个，按本地取“{region}”",
                "There is more than one “{value}”; the home region says that “{region}” is meant",
            ),
            Text("若不是，请写明上级或代码", "If it is not, write what it lies within, or its code"),
        ),
        IssueKind(
            "table.personal-value",
            Severity.WARNING,
            Text(
                "“{column}”中有电话号码、身份证号或邮箱，{loss}未载入",
                "Column “{column}” holds the number of a telephone or identity card, or an e-mail address;"
                " {loss} was not loaded",
            ),
            Text(
                '请从表中删去；确有依据时，在 innograph.toml 中写 personal_data = "allow"',
                'Take it out of the table; if you may use it, write personal_data = "allow" in innograph.toml',
            ),
        ),
        IssueKind(
            "table.rows-skipped",
            Severity.INFO,
            Text("按映射的 skip 规则略过{count}行", "{count} rows were left out by the mapping's skip rule"),
            Text("若需要，请改用自己的映射", "If they matter, use a mapping of your own"),
        ),
        IssueKind(
            "table.rows-unfilled",
            Severity.INFO,
            Text("{count}行还没有填写，未载入", "{count} rows are not filled in yet and were left out"),
            Text("填写后再载入一次", "Load it again when they are"),
        ),
        IssueKind(
            "table.sheet-unread",
            Severity.INFO,
            Text(
                "“{name}”（{columns}列）没有已知名册的表头，未读取",
                "“{name}” ({columns} columns) has the header of no known kind of table; it was not read",
            ),
            Text("若需要，请用 --map 指明映射", "If it matters, name a mapping with --map"),
        ),
        IssueKind(
            "table.count",
            Severity.ERROR,
            Text(
                "{type}有{found}个，应在{least}至{most}之间",
                "It names {found} things of type {type}; expected were {least} to {most}",
            ),
            Text("请检查文件是否完整，或修改期望的数目", "Check that the file is whole, or change what is expected"),
        ),
    )
}

# What a later innograph wrote into a ledger that this one can otherwise read.
_UNKNOWN_KIND = IssueKind(
    "unknown",
    Severity.WARNING,
    Text("由更新的 innograph 记下的问题", "A problem noted by a later innograph"),
    Text("请升级 innograph 后查看", "Upgrade innograph to read it"),
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem at one place.

    Args:
        code: a key of :data:`ISSUE_KINDS`.
        place: where in the file.
        quote: the text it is about, as it stands.
        values: the fields of the kind's text.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> issue = Issue("plan.unit-unclear", Locator(line=3), values={"value": "某某"})
        >>> with use_language("en"):
        ...     issue.message
        '“某某” is not recognisably a unit; kept as written'
    """

    code: str
    place: Locator = field(default_factory=Locator)
    quote: str = ""
    values: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def kind(self) -> IssueKind:
        """The kind this is one of."""
        return ISSUE_KINDS.get(self.code, _UNKNOWN_KIND)

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.kind.severity

    @property
    def message(self) -> str:
        """What is wrong, in the language in use."""
        return self._filled(self.kind.text)

    @property
    def hint(self) -> str:
        """What to do, in the language in use."""
        return self._filled(self.kind.hint)

    def _filled(self, text: Text) -> str:
        """``text`` with its fields; one that an earlier innograph did not note yet is a dash."""
        missing = {name: "—" for _, name, _, _ in Formatter().parse(text.show()) if name and name not in self.values}
        return text.format(**self.values, **missing)

"""The problems of rosters and open data."""

from __future__ import annotations

from ..text import Text
from .kind import IssueKind, Severity

TABLE_KINDS = (
    IssueKind(
        "table.missing-value",
        Severity.ERROR,
        Text("“{column}”为空，该行未载入", "“{column}” is empty; the row was not loaded"),
        Text("请补填", "Fill it in"),
    ),
    IssueKind(
        "table.bad-value",
        Severity.ERROR,
        Text("“{column}”的值“{value}”不合要求：{problem}", "“{value}” in column “{column}” does not fit: {problem}"),
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
        "table.time-reversed",
        Severity.ERROR,
        Text(
            "“{column}”是“{value}”，早于开始的“{first}”，两个日期都未载入，其余已载入",
            "“{column}” is “{value}”, before it begins on “{first}”; neither was loaded, all else was",
        ),
        Text("请核对两个日期，改正后再载入一次", "Check both dates, mend them and load the file again"),
    ),
    IssueKind(
        "table.unusual-value",
        Severity.WARNING,
        Text(
            "“{column}”的“{value}”不是通行的叫法，已按原文保留",
            "“{value}” in column “{column}” is not a usual one; it was kept as written",
        ),
        Text("请核对；确有此称的不必处理", "Check it; if it is called so, nothing need be done"),
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
        Text("“{column}”的编码“{value}”有误：{problem}", "“{value}” in column “{column}” is no valid key: {problem}"),
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

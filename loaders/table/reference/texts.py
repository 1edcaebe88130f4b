"""The words of the page about rosters, in both languages."""

from __future__ import annotations

from innograph.graph.issues import Severity
from innograph.graph.text import Text

NOTE = Text(
    "本页由程序生成，请勿手改：innograph schema generate",
    "This page is generated; do not edit it: innograph schema generate",
)
TITLE = Text("名册和开放数据怎样载入", "How rosters and open data are loaded")
INTRO = Text(
    "一张表按一个映射包读入：表头像哪个包，就按哪个包读；`--map` 指明用哪一个。`innograph template 包名` 写出可填的模板，"
    "`innograph check 文件` 只检查不载入。本页由映射包、本体和读表的程序生成，页中的例子在生成时都读过一遍。",
    "A table is read by a mapping pack: by the one that its header fits, or the one that `--map` names. `innograph template "
    "PACK` writes a template to fill in; `innograph check FILE` checks and loads nothing. This page is made from the packs, "
    "the ontology and the reader's own tables; its examples are read when it is made.",
)

FORMATS = Text("能读的文件", "Files that are read")
FORMATS_TEXT = Text(
    "文件是什么，看内容，不看扩展名。表头不必在第一行：前{heads}个非空行里，第一个像某个映射包的就是表头；它上面可以有标题和分组行。"
    "中间重复的表头、表下的说明和合计行不算数据，会提示。大文件边读边载，内存不随行数增长；工作簿除外，它要整个读入。",
    "What a file is, is seen from its content. The header need not be the first row: of the first {heads} rows that are not "
    "blank, the first that fits a pack is it; a title and a row of groups may stand above. Repeated headers, and notes and "
    "totals under the table, are no data, and you are told. Large files stream: memory does not grow with the number of "
    "rows. Workbooks are read whole.",
)
SUFFIX, FILE, REMARK = Text("扩展名", "Ending"), Text("文件", "File"), Text("说明", "Remarks")

PACKS = Text("自带的映射包", "The packs that ship")
PACKS_TEXT = Text(
    "表头含有一组词的全部，就是这种表；词的全角半角、空格和大小写不计。列的先后不限，不认得的列不载入，会提示。",
    "A table is of a kind if its header has all words of one set; width, blanks and case do not count. Columns may stand in "
    "any order; those that are not known are not loaded, and you are told.",
)
PACK, TABLE, NODES = Text("映射包", "Pack"), Text("名册", "Table"), Text("节点", "Nodes")
RECOGNISED = Text("表头含有：", "Its header has: ")
OR = Text("，或 ", ", or ")
COLON = Text("：", ": ")
COMMA = Text("、", ", ")
SEMICOLON = Text("；", "; ")
ENGLISH, HAN = Text("英文表头", "English header"), Text("表头", "Chinese header")
SYNONYMS, REQUIRED = Text("其他表头", "Other headers"), Text("必填", "Required")
BECOMES, FORM = Text("成为", "Becomes"), Text("填法", "Written")
YES = Text("是", "yes")
MADE = Text("每行成为：", "A row becomes:")
BY_KEY = Text("按编码 {scheme}（{columns}）识别", "known by its key {scheme} ({columns})")
BY_COLUMNS = Text("按 {columns} 识别", "known by {columns}")
BY_NAME = Text("按名称（{columns}）识别", "known by its name ({columns})")
ELSE = Text("，没有时", ", else ")
WITHIN = Text("，所在区域计入编号", "; its region belongs to its id")
BY_ID = Text("按图谱中的编号（{columns}）识别", "known by its id in the graph ({columns})")
REFERENCE = Text("，由别的文件说明，这里只指向它", "; another file states it, this one points at it")
WHEN_FILLED = Text("，仅当 {column} 有值", ", if {column} is filled")
WHEN_IS = Text("，仅当 {column} 为 {words}", ", if {column} is {words}")
BOTH_WAYS = Text("，不分方向", ", in no direction")
EXPECTS = Text("{type} 应有 {least} 至 {most} 个。", "It names {least} to {most} of {type}.")
SKIPS = Text("略过的行{when}。", "Rows that are left out{when}.")
KEY_OF = Text("{thing} 的编码 {scheme}", "key {scheme} of {thing}")
TYPE_OF = Text("{thing} 的类型（{values}）", "type of {thing} ({values})")
BY_FORM = Text("看名称的写法", "by the form of the name")
APART = Text("区分并列的 {edge}", "tells parallel {edge} apart")
CONDITION = Text("条件", "condition")
QUOTE = Text("只进引文", "quote only")
BEGINS = Text("{words} 之一", "one of {words}")

MAPPING = Text("自己的映射", "Mappings of your own")
MAPPING_TEXT = Text(
    "映射是一个 YAML 文件。`innograph map 文件 -o 包名.yaml` 按表头提出一份，改好后 `innograph load 文件 --map 包名.yaml`；"
    "放进工作区的 `packs` 文件夹，就和自带的一样自动认表头，同名时在自带的之前。写错的地方会指出文件、行号、键和最接近的正确写法。"
    "每个文件该有多少个节点，也可以用 `--expect Enterprise=100..500` 说明。",
    "A mapping is a YAML file. `innograph map FILE -o NAME.yaml` proposes one from the header; mend it, then `innograph load "
    "FILE --map NAME.yaml`. In the workspace's folder `packs` it is found by its header as the bundled ones are, and goes "
    "before one of the same name. A mistake is named with file, line, key and the nearest right name. How many nodes a file "
    "should name may also be said with `--expect Enterprise=100..500`.",
)
WHOLE = Text("一个完整的例子", "A whole example")
WITH_ROWS = Text("用它读这张表：", "It reads this table:")
GIVES = Text("得到：", "and gives:")
KEY, MEANING, EXAMPLE = Text("键", "Key"), Text("含义", "Meaning"), Text("例", "Example")

CELLS = Text("单元格怎样读", "How cells are read")
CELLS_TEXT = Text(
    "空单元格，以及 {missing}，都当作没有填；只有斜线、横线、点的也是。国别列里 `NA` 是纳米比亚。必填的列为空或有误，整行不载入；"
    "其他列有误，只缺那一格。",
    "An empty cell, and {missing}, say nothing; so do cells of slashes, dashes and dots only. In a column of countries `NA` "
    "is Namibia. Where a required cell is empty or wrong the row is not loaded; elsewhere only that cell is left out.",
)
WRITTEN, READ, KIND = Text("原文", "Written"), Text("读作", "Read as"), Text("列的种类", "Kind of column")

ISSUES = Text("读表时的疑问", "What is doubtful in a table")
ISSUES_TEXT = Text(
    "每一行都会检查；`innograph check 文件 --annotated 副本.xlsx` 另存一份标出这些单元格的副本。{count}种。",
    "All rows are judged; `innograph check FILE --annotated COPY.xlsx` writes a copy with these cells marked. There are "
    "{count} kinds.",
)
CODE, SEVERITY, TO_DO = Text("代码", "Code"), Text("程度", "Severity"), Text("怎么办", "What to do")
SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("存疑", "doubt"),
    Severity.INFO: Text("提示", "note"),
}

IDENTITY = Text("谁是谁", "Who is who")
IDENTITY_TEXT = Text(
    "先听人的判定，再依次看三件事；后一步不合并前一步认定不同的。\n\n"
    "1. 同一登记机关的同一编码，是同一个。校验码不对的编码不用。\n"
    "2. 名称只差书写（全半角、括号、有限责任公司与有限公司、简繁体），是同一个，除非编码、区域或级别不同（昌吉州与昌吉市也不同），或者有两个都可能是。\n"
    "3. 别名表里的另一名称，是同一个：自带的表（[organisation_aliases](../data/lookups/organisation_aliases.md)）和工作区的 "
    "`aliases.csv`，列为 `{aliases}`。\n"
    "4. 其余相像的，由人判定：`innograph review`。\n\n"
    "按名称识别的类型：{types}。有编码的：{registers}。部门按层级、辖区和职能识别，不按名称合并。"
    "总院与分院、母公司与子公司、不同级别、不同区域、编码不同的，都不会自动合并。\n\n"
    "合并只在生成图谱时进行，台账里每份来源仍是原样，所以判定随时可以撤回：`innograph review undo`、`withdraw`；"
    "`export` 和 `import` 交换判定。",
    "What people judged comes first, then three things in turn; no step joins what an earlier one holds apart.\n\n"
    "1. One key of one register is one thing. A key whose check digit is wrong is not used.\n"
    "2. Names that differ in typing only (width, brackets, 有限责任公司 and 有限公司, simplified and traditional) are one "
    "thing, unless keys, regions or levels differ (昌吉州 and 昌吉市 do too), or two things could be meant.\n"
    "3. Another name in the table of aliases: the bundled one "
    "([organisation_aliases](../data/lookups/organisation_aliases.md)) and the workspace's `aliases.csv`, with the columns "
    "`{aliases}`.\n"
    "4. Whatever else is alike is for people to judge: `innograph review`.\n\n"
    "Types that are known by name: {types}. Those that registers know: {registers}. Departments are known by level, "
    "jurisdiction and function, and never joined by name. Head and branch, parent and subsidiary, different levels, "
    "different regions and different keys are never joined automatically.\n\n"
    "Things are joined when the graph is made; in the ledger each source stays as it is. So every judgement can be taken "
    "back: `innograph review undo`, `withdraw`; `export` and `import` pass judgements on.",
)
LEFT, RIGHT, RESULT = Text("一方", "One"), Text("另一方", "The other"), Text("结果", "Result")
WHY = Text("原因", "Why")
ONE, TWO = Text("同一个", "one thing"), Text("分开", "apart")
IN_REGION = Text("（{region}）", " ({region})")

IDS = Text("编号", "Ids")
IDS_TEXT = Text(
    "有编码的：`{keyed}`，用最上层的类型，因为细类可能后来才知道。没有编码、写明区域的：`{placed}`。其余：`{named}`。"
    "区域的编号是 GB/T 2260、ISO 3166 或 NUTS 的代码：`Region:652301`、`Region:DE`、`Region:DE21`；全国是 `Region:100000`。",
    "With a key: `{keyed}`, with the most general type, for the exact one may be learnt later. Without a key, where the row "
    "says a region: `{placed}`. Else: `{named}`. Regions have their codes of GB/T 2260, ISO 3166 or NUTS: `Region:652301`, "
    "`Region:DE`, `Region:DE21`; the nation is `Region:100000`.",
)

REGIONS = Text("区域", "Regions")
REGIONS_TEXT = Text(
    "区域列可以写名称、代码，或以其开头的地址。同名的不猜：写明上级，或在工作区设置 `home_region`。下面以{home}为所在地。",
    "A column of regions takes names, codes, or addresses that begin with one. Nothing is guessed where several have the "
    "name: write what it lies within, or set `home_region` in the workspace. Below, home is {home}.",
)
UNKNOWN = Text("表中没有", "not in the tables")
SEVERAL = Text("不定：{regions}", "not certain: {regions}")
RELATIVE_TEXT = Text("离所在地多远，用所在地的说法：", "How far from home a region is, in the words used there:")
HOME, WORDS = Text("所在地", "Home"), Text("由近到远", "From near to far")

VALIDITY = Text("有效期", "Validity")
VALIDITY_TEXT = Text(
    "每个节点和每条关系都可以有 `valid_from` 和 `valid_to`，首尾两天都算在内，不写的一边不限。映射里写作属性。年份和月份作起始日时"
    "取第一天，作截止日时取最后一天。`innograph ask 问题 --as-of 2024-12-31` 和 `findings --as-of` 只看那一天成立的；"
    "没有写有效期的，一直成立。",
    "Every node and edge may have `valid_from` and `valid_to`; both days belong to it, and a side that is not stated is open. "
    "A mapping sets them as properties. A year or month is its first day where it begins something, its last day where it ends. "
    "`innograph ask QUESTION --as-of 2024-12-31` and `findings --as-of` see what held on that day; what has no "
    "dates always holds.",
)

PERSONAL = Text("个人信息", "Personal data")
PERSONAL_TEXT = Text(
    "人不是节点。映射若用到姓名、电话一类的列，会被拒绝；引文里只有映射用到的列；单元格里的电话号码和身份证号不载入，会提示。"
    '确有依据时，在 `innograph.toml` 中写 `personal_data = "allow"`。',
    "People are no nodes. A mapping that uses a column of names or telephone numbers is refused; quotes hold only the columns "
    "that a mapping uses; numbers of telephones and identity cards within cells are not loaded, and you are told. Where "
    'you may use them, write `personal_data = "allow"` in `innograph.toml`.',
)
REFUSED, TAKEN = Text("拒绝的表头", "Headers that are refused"), Text("可以用的", "Headers that may be used")

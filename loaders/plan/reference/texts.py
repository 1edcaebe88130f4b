"""What the page for clerks says between the tables that the grammar gives it."""

from __future__ import annotations

from innograph.graph.issues import Severity
from innograph.graph.text import Text

from ..model import Role
from ..tables.columns import Column

NOTE = Text(
    "本页由程序生成，请勿手改：innograph schema generate",
    "This page is generated; do not edit it: innograph schema generate",
)
TITLE = Text("方案怎样写，程序才读得准", "How a plan is written so that it is read")
INTRO = Text(
    "本页说明 innograph 从行动方案、任务分工表和指标表中读什么、认得哪些写法。表格取自程序自己的词表，例子由程序当场读出，"
    "所以与程序一致。写好后用 `innograph check 文件` 看哪些地方读得没有把握。\n\n[English](plan-format.md)",
    "What innograph reads in action plans and in tables of tasks and indicators, and which ways of writing it knows. The "
    "tables are the program's own and the examples are read by it when this page is made, so they are true of it. "
    "`innograph check FILE` lists what is doubtful in a plan of yours.\n\n[中文](plan-format.zh-CN.md)",
)
MUST = Text("一份方案要有什么", "What a plan contains")
MUST_TEXT = Text(
    "第三条最要紧。没有一处写明负责单位的文件，有标题和编号的任务就照读，并提示各项任务无人负责；两样都没有就拒绝。\n\n"
    "1. **标题**：单独成行，以这些词之一结尾，后面可以有年份：{kinds}。\n"
    "2. **编号的标题**：章、任务各有编号，编号后的第一句或整行是任务名称。\n"
    "3. **负责单位**：写在任务的末尾，或写在表格的单位列。\n"
    "4. **发文机关和日期**：落款两行，或标题里的机关。由它知道“市”是哪个市；没有时在工作区设置 `home_region`。\n"
    "5. **文号**：形如 甲政办发〔2025〕1号，放在标题之前。",
    "The third matters most. A file that names no responsible unit is read all the same if it has a title and numbered tasks, "
    "and you are told that nobody owns them; a file with neither is refused.\n\n"
    "1. **A title**: in a line of its own, ending in one of these words; years may follow: {kinds}.\n"
    "2. **Numbered headings**: chapters and tasks are numbered; the first sentence, or the line, is the task's name.\n"
    "3. **Responsible units**: at the end of a task, or in a column of a table.\n"
    "4. **Issuer and day**: two lines of signature, or the office in the title. They say which city 市 is; without them set "
    "`home_region` in the workspace.\n"
    "5. **A document number**: such as 甲政办发〔2025〕1号, before the title.",
)
FORMS = Text("写明负责单位的各种写法", "Ways to say who is responsible")
FORMS_TEXT = Text(
    "括号可用（）()〔〕[]【】，冒号、逗号全角半角均可，字间的空格不影响。单位之间用顿号。",
    "Brackets may be （）()〔〕[]【】, colons and commas of either width; blanks between characters do not matter. 、 stands "
    "between units.",
)
MADE = Text("读出的结果：", "What is read:")
TASK, LEAD, SUPPORT = Text("任务", "Task"), Text("牵头", "Lead"), Text("配合", "Support")
RESPONSIBLE, TARGETS, DEADLINE = Text("负责", "Responsible"), Text("目标", "Targets"), Text("期限", "Deadline")
OF_THE_PLAN = Text("整份方案的目标：{targets}", "Targets of the plan as a whole: {targets}")
AND_OTHERS = Text(" 等（未列全）", " and others not named")
PLAN_TITLE, NUMBER, ISSUER = Text("标题", "Title"), Text("文号", "Document number"), Text("发文机关", "Issuer")
ISSUED, PERIOD, BASED_ON = Text("日期", "Day"), Text("起止年份", "Years"), Text("依据", "Based on")
SAFEGUARDS = Text("保障措施", "Safeguards")
COLON, COMMA = Text("：", ": "), Text("、", ", ")

NOT_READ = Text("还不能读的写法", "What is not read yet")
NOT_READ_TEXT = Text(
    "- 从 PDF 或网页粘贴、丢了表格线的表：一行行只有文字，看不出列。请用原来的 .docx、.xlsx 或 .pdf。\n"
    "- 图片和扫描件里的字。请先做文字识别。\n"
    "- 分工写在另一份文件里的方案：两份都载入，它们不会自动对上。\n"
    "- “有关部门”“相关单位”指哪些单位：照原文记为一个集合。",
    "- A table pasted from a PDF or a web page that lost its lines: only rows of words are left, and no columns. Use the .docx, "
    ".xlsx or .pdf it came from.\n"
    "- Words in pictures and scans. Recognise the text first.\n"
    "- A plan whose units stand in another file: load both; they are not joined for you.\n"
    "- Which units 有关部门 or 相关单位 are: they are kept as one group, as written.",
)
WORDS = Text("认得的词", "The words that are read")
NOTATION = Text("每格只举常用的词。", "Each cell holds only the usual words.")
SO_ON = Text(" 等", " and so on")
FORM, EXAMPLE, ROLE = Text("写法", "Written"), Text("例", "Example"), Text("角色", "Role")
ROLES: dict[Role | None, Text] = {
    Role.LEAD: LEAD,
    Role.SUPPORT: SUPPORT,
    Role.RESPONSIBLE: RESPONSIBLE,
    None: Text("不是单位（人、期限等）", "no unit (people, deadlines)"),
}
LABELS = Text("标签", "Labels")
LABELS_TEXT = Text(
    "在行首、句首或括号内，后接冒号。", "At the head of a line, a sentence or a bracket, with a colon behind."
)
VERBS = Text("动词", "Verbs")
VERBS_TEXT = Text(
    "在单位列表之后、标点之前。“甲牵头，乙负责”里，乙是配合。“甲会同乙”里，甲牵头，乙配合。",
    "Behind a list of units, before a mark. In 甲牵头，乙负责 the second supports; in 甲会同乙 the first leads, the second "
    "supports.",
)
HEADINGS = Text("标题的编号", "Numbers of headings")
HEADINGS_TEXT = Text(
    "编号要连续；每一级可以从一重新数起。接不上的编号不当作标题。",
    "Numbers follow each other; each rank may start again at one. A number out of turn is no heading.",
)
RANK, NUMBERS = Text("级", "Rank"), Text("编号", "Numbers")
CHAPTERS_TEXT = Text(
    "没有写负责单位的章，按标题里的词区分：", "Chapters that name no units are told apart by words in their headings:"
)
CHAPTER, CONTAINS = Text("章", "Chapter"), Text("标题含有", "Its heading contains")
GOALS = Text("目标：其中的数字是整份方案的目标", "Goals: its figures are targets of the whole plan")
GENERAL = Text("总论：其中没有任务", "General remarks: no tasks stand in it")
HEADERS = Text("表头", "Headers of tables")
HEADERS_TEXT = Text(
    "任务表要有任务和至少一列单位，指标表要有指标和目标值；别的表格不读，会提示。表头可以有两行，每页可以重复。",
    "A table of tasks has tasks and a column of units, one of indicators has indicators and values; any other table is left "
    "unread, and you are told. A header may have two rows and may be repeated on each page.",
)
COLUMN = Text("列", "Column")
COLUMNS: dict[str, Text] = {
    Column.NUMBER: Text("序号", "number"),
    Column.AREA: Text("领域", "area"),
    Column.TASK: TASK,
    "content": Text("任务的内容", "what a task is about"),
    Column.INDICATOR: Text("指标", "indicator"),
    Column.VALUE: Text("目标值", "value to reach"),
    Column.BASELINE: Text("现状（不是目标）", "present value (no target)"),
    Column.MEASURE_UNIT: Text("计量单位", "unit of measure"),
    Column.GOAL: Text("目标的文字", "goals in words"),
    Column.LEAD: LEAD,
    Column.SUPPORT: SUPPORT,
    Column.RESPONSIBLE: RESPONSIBLE,
    Column.DEADLINE: DEADLINE,
    Column.PERSON: Text("人（不是单位）", "people (no units)"),
    Column.OTHER: Text("其他（不作分工）", "other (assigns nobody)"),
}

UNITS = Text("单位名称", "Names of units")
UNITS_TEXT = Text(
    "列表第一个单位的“市”“州”“县”等管到列表末尾：市发改委、财政局 是市发改委和市财政局。各乡镇、各成员单位等按集合单位读。"
    "列表以“等”结尾，就记为没有列全。\n\n"
    "简称和全称是同一个单位，对照表有{count}行（名称起用于{first}—{last}年），说明和全表见 "
    "[data/lookups](../data/lookups/body_names.md)。表外的名称按原文保留，不作猜测。",
    "The 市, 州 or 县 at the head of a list holds to its end: 市发改委、财政局 are those of the city, both. 各乡镇 and 各成员单位 are "
    "read as groups. A list that ends in 等 is noted as not complete.\n\n"
    "Short and full names are one body's; the table has {count} rows (names in use since {first} to {last}): "
    "[data/lookups](../data/lookups/body_names.md) holds and explains it. A name outside it is kept as written.",
)
KIND, COUNT = Text("类别", "Kind"), Text("行数", "Rows")
NAME_KINDS: dict[str, Text] = {
    "mandate": Text("职能词，后接局、厅、委、办", "what a body does; 局, 厅, 委 or 办 follows"),
    "name": Text("整个名称", "a whole name"),
    "national": Text("国家一级的机构", "bodies of the nation"),
    "dispatched": Text("国家派驻地方的机构", "branches of the nation's bodies"),
    "institute": Text("院所名称的开头", "the head of an institute's name"),
}

TARGETS_TEXT = Text(
    "一个目标要有指标、数字和计量单位。年份写在句首时，管到这一段末尾；任务写了完成时限的，没有年份的目标取它的年份。",
    "A target has an indicator, a figure and a unit. A year at the head holds to the end of the paragraph; targets without "
    "a year take that of their task's deadline.",
)
WRITTEN, READ = Text("原文", "Written"), Text("读作", "Read as")
NO_TARGETS = Text("这些数字不是目标", "Figures that are no targets")
WHY = Text("原因", "Why")
BOUNDS = Text("比较的词", "Words that compare")
SIGN, BEFORE, BEHIND = Text("含义", "Meaning"), Text("数字之前", "Before the figure"), Text("数字之后", "Behind it")
SIGNS: dict[str, Text] = {
    ">": Text("大于 >", "more than >"),
    ">=": Text("不少于 >=", "at least >="),
    "<=": Text("不多于 <=", "at most <="),
    "~": Text("大约 ~", "about ~"),
    "=": Text("等于 =", "exactly ="),
}
TREND = Text("（只有趋势，没有数值）", "(a trend, no figure)")
IN_YEAR = Text("{year}年", "{year}")
BRACKET = Text("（{inner}）", " ({inner})")
MEASURES = Text("计量单位", "Units of measure")
MEASURES_TEXT = Text(
    "前面可以有 千、百、万、亿，后面可以有 /年、/人 等。表外的单位按原文保留并提示。",
    "千, 百, 万 or 亿 may stand before, /年 or /人 behind. Another unit is kept as written, and you are told.",
)
CONTAINS_UNITS = Text("单位", "Units")
COUNTS, MONEY, SHARE = Text("数量", "counts"), Text("金额", "money"), Text("比例", "shares")
SIZE = Text("面积、长度、能量等", "size, length, energy …")
TIME = Text("时间（一般是期限，不是目标）", "time (mostly a term and no target)")
PERIODS = Text("周期和力度", "Period and firmness")
MEANING, READ_WORDS = Text("含义", "Meaning"), Text("词", "Words")
PERIOD_WORDS: dict[str, Text] = {
    "annual": Text("每年", "each year"),
    "cumulative": Text("累计", "in all"),
    "new": Text("新增", "new ones"),
}
MODALITY_WORDS: dict[str, Text] = {"aim": Text("力争", "aimed at"), "ensure": Text("确保", "ensured")}
YEARS = Text("年份", "Years")
YEARS_TEXT = Text(
    "“三年内”“今年”从发文日期算起；下表按 {day} 发文。",
    "三年内 and 今年 count from the day of issue; here that is {day}.",
)
YEAR, NONE = Text("目标年份", "Year of the target"), Text("无", "none")

FORMATS = Text("能读的文件", "Files that are read")
FORMATS_TEXT = Text(
    "按文件内容而不是扩展名判断。图片、扫描件、加密文件和演示文稿会被拒绝，并说明怎样处理。",
    "What a file is, is seen from its content. Pictures, scans, encrypted files and slides are refused, and you are told "
    "what to do.",
)
SUFFIX, FILE, REMARK = Text("扩展名", "Ending"), Text("文件", "File"), Text("说明", "Remarks")
DOUBTS = Text("疑问", "Doubts")
DOUBTS_TEXT = Text(
    "读得没有把握的地方，`innograph check` 逐条列出位置、原文和处理办法；`--strict` 时，有疑问即以退出码1结束。",
    "`innograph check` lists what is doubtful, with place, quote and what to do; with `--strict`, doubts make it exit with 1.",
)
CODE, SEVERITY, TO_DO = Text("代码", "Code"), Text("程度", "Severity"), Text("怎么办", "What to do")
SEVERITIES: dict[Severity, Text] = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("存疑", "doubt"),
    Severity.INFO: Text("提示", "note"),
}

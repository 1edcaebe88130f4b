"""Who is responsible for what in data/sample/changji/plan.txt, worked out by hand, and a small plan of the tests' own.

How the tables were made: by reading the plan from top to bottom. LEADS and SUPPORTS have, for each （一）…（十三）, the units
of 牵头单位 and 配合单位 in the order of the text, and the line they stand in. Everything else is counted in these tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store_helpers import edge, node

import innograph
from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store
from innograph.queries import ask, load_catalogue

PLAN = "昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）"
PARENT = "昌吉州科技创新支持产业高质量发展三年行动方案（2021—2023年）"
LINES = (innograph.sample("changji") / "plan.txt").read_text(encoding="utf-8").splitlines()
BRANCH = "昌吉州生态环境局昌吉市分局"
MEMBERS = "人才工作领导小组各成员单位"

NUMBERS = [
    "（一）",
    "（二）",
    "（三）",
    "（四）",
    "（五）",
    "（六）",
    "（七）",
    "（八）",
    "（九）",
    "（十）",
    "（十一）",
    "（十二）",
    "（十三）",
]
NAMES = [
    "完善区域创新体系建设",
    "推动高新技术企业提质增量",
    "提升现代农业创新发展水平",
    "推动工业转型升级",
    "推动数字信息产业发展",
    "推动民生领域科技创新",
    "支持研发机构建设",
    "完善创新创业服务平台建设",
    "加快创新人才聚集",
    "组建各类专家智库",
    "加强跨区域协同创新",
    "加强科普机构与联动机制建设",
    "强化科学素质教育基地培育",
]
LEADS = {
    1: (26, "科技局"),
    2: (31, "商务和工信局 科技局"),
    3: (36, "农业农村局"),
    4: (42, "商务和工信局"),
    5: (48, "商务和工信局"),
    6: (53, "科技局"),
    7: (59, "科技局"),
    8: (65, "科技局"),
    9: (70, "委组织部"),
    10: (76, "农业农村局 卫健委"),
    11: (82, "科技局"),
    12: (88, "科技局"),
    13: (94, "教育局"),
}
SUPPORTS = {
    1: (28, "发改委 商务和工信局 财政局 市场监督管理局 人社局"),
    2: (33, "发改委 财政局 税务局 人社局"),
    3: (38, "市场监督管理局 科技局 自然资源局"),
    4: (44, f"发改委 科技局 {BRANCH}"),
    5: (49, "发改委 市场监督管理局 科技局 应急管理局 农业农村局 民政局 文旅局 卫健委"),
    6: (55, f"市场监督管理局 {BRANCH} 应急管理局 民政局 卫健委"),
    7: (61, "发改委 商务和工信局 人社局"),
    8: (67, "发改委 商务和工信局 农业农村局 人社局"),
    9: (72, MEMBERS),
    10: (78, "科技局 各乡镇 各街道"),
    11: (84, "发改委 商务和工信局"),
    12: (90, "农业农村局 人社局 文旅局 教育局"),
    13: (96, "科技局"),
}


def full(unit: str) -> str:
    return unit if unit == BRANCH else f"昌吉市{unit}"


def leads(task: int) -> list[str]:
    return [full(unit) for unit in LEADS[task][1].split()]


def supports(task: int) -> list[str]:
    return [full(unit) for unit in SUPPORTS[task][1].split()]


def place(task: int, line: int) -> str:
    return f"二{NUMBERS[task - 1]} 第{line}行"


def name(task: int) -> str:
    return NAMES[task - 1]


def rows(workspace: Workspace, question: str, *columns: str, **given: Any) -> list[tuple[Any, ...]]:
    """The named columns of an answer, or all but the evidence."""
    answer = workspace.answer(question, given)
    wanted = columns or tuple(c.name for c in answer.question.columns if c.name != "evidence")
    return [tuple(row[c] for c in wanted) for row in answer.dicts()]


def assert_proven(workspace: Workspace, question: str, **given: Any) -> None:
    """Every id has a record in the ledger whose quote is in the row; no two rows stand on the same."""
    found = workspace.answer(question, given).dicts()
    for row in found:
        quotes = row["quote"] if isinstance(row["quote"], list) else [row["quote"]]
        assert row["evidence"]
        for own_id in row["evidence"]:
            assert {record.quote for record in workspace.evidence(own_id)} & set(quotes), (own_id, quotes)
    assert len({tuple(row["evidence"]) for row in found}) == len(found)


def role(edge_type: str, unit: str, task: str, place: str = "第1行", **properties: Any) -> Edge:
    words = {"LEADS": "牵头", "SUPPORTS": "配合", "RESPONSIBLE_FOR": "责任"}[edge_type]
    quote = f"{words}：{unit.partition('/')[2]}"
    written = unit.partition("/")[2]
    return edge(
        edge_type, unit, task, f"{edge_type}:{unit}>{task}", quote=quote, place=place, written=written, **properties
    )


def small(*things: Node | Edge) -> list[Node | Edge]:
    """A plan with tasks t1 to t5 in the order of their names, and the city's units 甲局 to 丁局."""
    units = [node("Department", f"Department:652301/{unit}") for unit in ("甲局", "乙局", "丙局", "丁局")]
    tasks = [
        node("Task", f"t{at}", position=at, number=f"（{at}）", quote=f"t{at}", place="第0行") for at in range(1, 6)
    ]
    has = [edge("HAS_TASK", "p", f"t{at}", f"h{at}") for at in range(1, 6)]
    return [node("Plan", "p", quote="p"), *units, *tasks, *has, *things]


A, B, C, D = (f"Department:652301/{unit}" for unit in ("甲局", "乙局", "丙局", "丁局"))

GAPS = small(
    role("SUPPORTS", A, "t1"),  # supporters only
    role("SUPPORTS", B, "t1"),
    role("RESPONSIBLE_FOR", A, "t2"),  # two responsible alike
    role("RESPONSIBLE_FOR", C, "t2"),
    role("RESPONSIBLE_FOR", A, "t3"),  # one responsible, one supports
    role("SUPPORTS", D, "t3"),
    role("LEADS", A, "t4"),  # led, and nobody else
)  # t5 has nobody

Opened = Callable[[list[Node | Edge]], Store]


def found(store: Store, question: str, *columns: str, **given: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in ask(store, load_catalogue()[question], given).dicts()]

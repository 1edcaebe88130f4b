"""Who is responsible for what: rows worked out by hand from data/sample/changji/plan.txt, on every engine.

How the tables were made: by reading the plan from top to bottom. LEADS and SUPPORTS have, for each （一）…（十三）, the units
of 牵头单位 and 配合单位 in the order of the text, and the line they stand in. Everything else is counted in these tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from store_helpers import edge, node

import innograph
from innograph import Workspace
from innograph.graph.bodies import identify
from innograph.graph.errors import BadParameter
from innograph.graph.records import Edge, Node
from innograph.graph.regions import region_table
from innograph.graph.stores import Store
from innograph.queries import ask, load_catalogue
from innograph.queries.analyses.mandates import load_functions

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


def test_the_hand_made_tables_add_up() -> None:
    """61 assignments of 19 units, 15 of them leads; each unit stands in its line."""
    assert (len(NUMBERS), len(NAMES)) == (13, 13)
    for task in range(1, 14):
        assert NAMES[task - 1] in "".join(LINES)
        for line, units in (LEADS[task], SUPPORTS[task]):
            for unit in units.split():
                assert unit.removeprefix("委").removeprefix("昌吉").removeprefix("各") in LINES[line - 1]
    assert sum(len(leads(task)) for task in LEADS) == 15
    assert sum(len(supports(task)) for task in SUPPORTS) == 46
    assert len({unit for task in LEADS for unit in leads(task) + supports(task)}) == 19


class TestMatrix:
    """The filters of the matrix; all 61 cells are in test_questions_by_hand."""

    COLUMNS = ("number", "unit", "role")

    def test_of_a_unit(self, changji: Workspace) -> None:
        found = rows(changji, "matrix", *self.COLUMNS, unit="教育局")
        assert found == [("（十二）", "昌吉市教育局", "support"), ("（十三）", "昌吉市教育局", "lead")]

    def test_of_a_task(self, changji: Workspace) -> None:
        found = rows(changji, "matrix", *self.COLUMNS, task="工业转型升级")
        assert found == [
            ("（四）", "昌吉市商务和工信局", "lead"),
            *(("（四）", unit, "support") for unit in supports(4)),
        ]

    def test_of_a_role(self, changji: Workspace) -> None:
        """A lead is a lead, joint or not; a joint lead is only that."""
        led = [(NUMBERS[task - 1], unit) for task in LEADS for unit in leads(task)]
        assert rows(changji, "matrix", "number", "unit", role="lead") == led
        assert rows(changji, "matrix", "number", "unit", role="牵头") == led
        joint = [(NUMBERS[task - 1], unit) for task in (2, 10) for unit in leads(task)]
        assert rows(changji, "matrix", "number", "unit", role="joint-lead") == joint
        assert len(rows(changji, "matrix", role="support")) == 46
        assert rows(changji, "matrix", role="responsible") == []

    def test_of_a_section(self, two_plans: Workspace) -> None:
        assert len(rows(two_plans, "matrix", section="重点任务")) == 61 + 4
        assert rows(two_plans, "matrix", section="保障措施") == []

    def test_of_all_at_once(self, two_plans: Workspace) -> None:
        given = {"plan": PARENT, "unit": "州科技局", "task": "办好科技活动", "role": "responsible", "section": "任务"}
        assert rows(two_plans, "matrix", "task", "unit", "role", **given) == [
            ("办好科技活动", "昌吉州科技局", "responsible")
        ]


class TestSupportsOnly:
    """发改委 supports 1 2 4 5 7 8 11, 人社局 1 2 7 8 12, 市场监督管理局 1 3 5 6; the other seven that lead nothing at most two."""

    WANTED = (
        ("发改委", [1, 2, 4, 5, 7, 8, 11]),
        ("人社局", [1, 2, 7, 8, 12]),
        ("市场监督管理局", [1, 3, 5, 6]),
    )

    def expected(self, wanted: tuple[tuple[str, list[int]], ...]) -> list[tuple[Any, ...]]:
        return [
            (
                full(unit),
                len(tasks),
                [name(task) for task in tasks],
                [PLAN],
                [LINES[SUPPORTS[task][0] - 1].strip() for task in tasks],
                [place(task, SUPPORTS[task][0]) for task in tasks],
            )
            for unit, tasks in wanted
        ]

    def test_of_three(self, changji: Workspace) -> None:
        for unit, tasks in self.WANTED:
            assert [task for task in SUPPORTS if full(unit) in supports(task)] == tasks
        assert rows(changji, "supports-only") == self.expected(self.WANTED)
        assert_proven(changji, "supports-only")

    def test_of_more_or_fewer(self, changji: Workspace) -> None:
        assert rows(changji, "supports-only", least=5) == self.expected(self.WANTED[:2])
        two = [unit for unit, count in rows(changji, "supports-only", "unit", "supported", least=2) if count == 2]
        assert two == sorted(full(unit) for unit in ("财政局", BRANCH, "应急管理局", "民政局", "文旅局"))

    def test_groups_do_not_count(self, changji: Workspace) -> None:
        found = rows(changji, "supports-only", "unit", least=1)
        assert {unit for (unit,) in found} & {full(MEMBERS), "昌吉市各乡镇", "昌吉市各街道"} == set()
        assert len(found) == 10  # 19 units, less 6 that lead and 3 groups

    def test_what_it_leads_in_another_plan_counts_only_where_all_are_asked(self, opened: Opened) -> None:
        """甲局 supports t1 of p and leads t6 of q."""
        plans = [node("Plan", "Plan:p"), node("Plan", "Plan:q"), node("Department", A)]
        tasks = [node("Task", "t1", position=1), node("Task", "t6", position=1)]
        has = [edge("HAS_TASK", "Plan:p", "t1", "h1"), edge("HAS_TASK", "Plan:q", "t6", "h6")]
        store = opened([*plans, *tasks, *has, role("SUPPORTS", A, "t1"), role("LEADS", A, "t6")])
        assert found(store, "supports-only", "unit", "plans", least=1, plan="Plan:p") == [(A, ["Plan:p"])]
        assert found(store, "supports-only", "unit", least=1) == []

    def test_of_a_plan_in_which_nobody_supports(self, two_plans: Workspace) -> None:
        assert rows(two_plans, "supports-only", least=1, plan=PARENT) == []


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


class TestGaps:
    """Tasks with nobody, without a lead, without support: each task of GAPS in its own question, and in no other."""

    def test_the_sample_has_none(self, changji: Workspace) -> None:
        for question in ("unassigned", "no-lead", "lead-alone"):
            assert rows(changji, question) == []

    def test_no_lead(self, opened: Opened) -> None:
        told = found(opened(GAPS), "no-lead", "number", "task", "state", "units", "plan", "quote", "place", "evidence")
        assert told == [
            ("（1）", "t1", "supported", [B, A], "p", ["配合：乙局", "配合：甲局"], ["第1行"],
             [f"SUPPORTS:{B}>t1", f"SUPPORTS:{A}>t1"]),
            ("（2）", "t2", "several", [C, A], "p", ["责任：丙局", "责任：甲局"], ["第1行"],
             [f"RESPONSIBLE_FOR:{C}>t2", f"RESPONSIBLE_FOR:{A}>t2"]),
            ("（3）", "t3", "one", [D, A], "p", ["配合：丁局", "责任：甲局"], ["第1行"],
             [f"SUPPORTS:{D}>t3", f"RESPONSIBLE_FOR:{A}>t3"]),
        ]  # fmt: skip

    def test_one_that_is_responsible_is_no_finding(self, opened: Opened) -> None:
        question = load_catalogue()["no-lead"]
        assert question.finding
        told = ask(opened(GAPS), question, {}).dicts()
        assert [row["task"] for row in told if question.finding.holds(row)] == ["t1", "t2"]

    def test_a_plan_that_never_names_leads_has_no_such_finding(self, opened: Opened) -> None:
        """Without the lead of t4 the rows are the same, and none is a finding."""
        question = load_catalogue()["no-lead"]
        assert question.finding
        told = ask(opened([thing for thing in GAPS if not thing.id.startswith("LEADS")]), question, {}).dicts()
        assert [(row["task"], row["names_leads"]) for row in told] == [("t1", "no"), ("t2", "no"), ("t3", "no")]
        assert not any(map(question.finding.holds, told))

    def test_nor_has_a_table_that_never_names_leads(self, opened: Opened) -> None:
        """The text names a lead (t4); t1 and t2 are rows of a table, in which only 责任单位 stand; t3 has one."""
        question = load_catalogue()["no-lead"]
        assert question.finding
        row = {"t1": "第17页 表1 第2行 第3列", "t2": "第17页 表1 第3行 第3列"}
        things = [
            node("Task", one.id, **{**one.properties, "place": row[one.id]}) if isinstance(one, Node) and one.id in row else one
            for one in GAPS
        ]  # fmt: skip
        told = ask(opened(things), question, {}).dicts()
        assert {row["task"]: row["names_leads"] for row in told} == {"t1": "no", "t2": "no", "t3": "yes"}
        assert not any(map(question.finding.holds, told))

    def test_lead_alone(self, opened: Opened) -> None:
        told = found(opened(GAPS), "lead-alone", "task", "leads", "units", "quote", "evidence")
        assert told == [("t4", 1, [A], ["牵头：甲局"], [f"LEADS:{A}>t4"])]

    def test_unassigned(self, opened: Opened) -> None:
        assert found(opened(GAPS), "unassigned", "task") == [("t5",)]

    def test_the_prefectures_tasks_have_no_lead(self, two_plans: Workspace) -> None:
        assert rows(two_plans, "no-lead", "task", "state", "units", "plan") == [
            ("推动工业转型升级", "several", ["昌吉州工信局", "昌吉州科技局"], PARENT),
            ("办好科技活动", "several", ["昌吉州科技局", "昌吉州各县市人民政府"], PARENT),
        ]
        assert_proven(two_plans, "no-lead")


# How many figures, coverages and trends each task sets, counted in the plan: 38 in all.
TARGETS = dict(enumerate([4, 5, 4, 2, 1, 2, 3, 5, 4, 2, 1, 2, 3], start=1))


class TestLoad:
    """Six units lead: alone, together with another, and support; the targets are those of the tasks led."""

    LEADING = (
        # led alone, led jointly, supported, load, targets
        ("科技局", 6, 1, 5, 6 + 0.5 + 2.5, 4 + 5 + 2 + 3 + 5 + 1 + 2),
        ("商务和工信局", 2, 1, 4, 2 + 0.5 + 2.0, 5 + 2 + 1),
        ("农业农村局", 1, 1, 3, 1 + 0.5 + 1.5, 4 + 2),
        ("卫健委", 0, 1, 2, 0.5 + 1.0, 2),
        ("教育局", 1, 0, 1, 1 + 0.5, 3),
        ("委组织部", 1, 0, 0, 1.0, 4),
    )

    def test_all_units(self, changji: Workspace) -> None:
        leading = {full(unit): (led, joint, 0, *rest) for unit, led, joint, *rest in self.LEADING}
        helping = {unit for task in SUPPORTS for unit in supports(task)} - set(leading)
        times = {unit: sum(unit in supports(task) for task in SUPPORTS) for unit in helping}
        expected = {**leading, **{unit: (0, 0, 0, n, n / 2, 0) for unit, n in times.items()}}
        columns = ("unit", "led", "joint", "responsible", "supported", "load", "targets")
        told = rows(changji, "load", *columns)
        assert {unit: tuple(rest) for unit, *rest in told} == expected
        assert [(-row[5], row[0]) for row in told] == sorted((-row[5], row[0]) for row in told)
        assert_proven(changji, "load")

    def test_other_weights(self, changji: Workspace) -> None:
        told = rows(changji, "load", "unit", "load", lead=2, support=0, top=3)
        assert told == [("昌吉市科技局", 13.0), ("昌吉市商务和工信局", 5.0), ("昌吉市农业农村局", 3.0)]

    def test_what_is_cut_is_told(self, changji: Workspace) -> None:
        answer = changji.answer("load", {"top": 3})
        assert len(answer.dicts()) == 3
        assert [remark.zh for remark in answer.remarks] == ["共19行，列出前3行"]
        assert changji.answer("load").remarks == ()

    def test_who_is_responsible_where_nobody_leads_shares_the_task(self, opened: Opened) -> None:
        """t2 is A's and C's by halves, t3 and t4 are A's; D supports once, A and B once."""
        told = found(opened(GAPS), "load", "unit", "led", "joint", "responsible", "supported", "load")
        assert told == [
            (A, 1, 0, 2, 1, 0.5 + 1 + 1 + 0.5), (D, 0, 0, 0, 1, 0.5), (C, 0, 0, 1, 0, 0.5), (B, 0, 0, 0, 1, 0.5),
        ]  # fmt: skip

    def test_who_is_responsible_beside_a_lead_helps(self, opened: Opened) -> None:
        things = small(role("LEADS", A, "t1"), role("RESPONSIBLE_FOR", B, "t1"), role("SUPPORTS", A, "t1"))
        told = found(opened(things), "load", "unit", "led", "responsible", "supported", "load")
        assert told == [(A, 1, 0, 0, 1.0), (B, 0, 1, 0, 0.5)]  # A's weaker role in the same task adds nothing


class TestConcentration:
    COLUMNS = ("kind", "index", "units", "equal", "largest", "share", "tasks", "assignments", "plan")

    def test_the_seed(self, changji: Workspace) -> None:
        """Leads: 6.5² + 2.5² + 1.5² + 1 + 1 + 0.5² = 53 of 13². Taking part: 347 of 61²."""
        lead, part = rows(changji, "concentration", *self.COLUMNS)
        assert lead == ("answer", pytest.approx(53 / 169), 6, 1 / 6, ["昌吉市科技局"], 6.5 / 13, 13, 15, PLAN)
        assert part == ("involvement", pytest.approx(347 / 3721), 19, 1 / 19, ["昌吉市科技局"], 12 / 61, 13, 61, PLAN)
        assert (round(lead[1], 3), round(part[1], 3)) == (0.314, 0.093)
        assert_proven(changji, "concentration")

    def test_the_hand_made_numbers_add_up(self) -> None:
        tasks = [{*leads(task), *supports(task)} for task in LEADS]
        times = [sum(unit in some for some in tasks) for unit in set().union(*tasks)]
        assert (sum(times), sum(n * n for n in times)) == (61, 347)

    def test_each_plan_by_itself(self, two_plans: Workspace) -> None:
        """州: 推动工业转型升级 by halves 工信局 and 科技局, 办好科技活动 by halves 科技局 and 各县市: ¼, ½, ¼."""
        told = rows(two_plans, "concentration", "plan", "kind", "index", "units", "largest")
        assert told[:2] == [
            (PARENT, "answer", 0.375, 3, ["昌吉州科技局"]),
            (PARENT, "involvement", 0.375, 3, ["昌吉州科技局"]),
        ]
        assert [plan for plan, *_ in told] == [PARENT, PARENT, PLAN, PLAN]
        assert len(rows(two_plans, "concentration", plan=PARENT)) == 2

    def test_tasks_that_nobody_answers_for_are_told(self, opened: Opened) -> None:
        """A has t2 by half, t3 and t4; C has t2 by half. t1 has supporters only, t5 nobody."""
        store = opened(GAPS)
        answer = ask(store, load_catalogue()["concentration"], {})
        assert [(r["kind"], r["index"], r["tasks"]) for r in answer.dicts()] == [
            ("answer", pytest.approx((2.5**2 + 0.5**2) / 9), 3),
            ("involvement", pytest.approx((16 + 1 + 1 + 1) / 49), 4),
        ]
        assert [r.en[:23] for r in answer.remarks] == ["2 tasks have nobody who"]


class TestDensity:
    def test_the_seed(self, changji: Workspace) -> None:
        """61 of 13 · 19; 74 of 171 pairs meet, 97 never do; a task of d units adds d/2 in all, so 61/2 over 74 pairs."""
        columns = ("tasks", "units", "assignments", "density", "met", "pairs", "met_density", "never", "weight", "plan")
        assert rows(changji, "density", *columns) == [
            (13, 19, 61, pytest.approx(61 / 247), 74, 171, pytest.approx(74 / 171), 97, pytest.approx(30.5 / 74), PLAN)
        ]
        assert (round(61 / 247, 3), round(74 / 171, 3)) == (0.247, 0.433)
        assert_proven(changji, "density")

    def test_the_74_pairs_counted_in_the_tables(self) -> None:
        tasks = [{*leads(task), *supports(task)} for task in LEADS]
        assert len({frozenset((a, b)) for some in tasks for a in some for b in some if a != b}) == 74

    def test_tasks_without_units_count_and_one_unit_has_no_pairs(self, opened: Opened) -> None:
        store = opened(small(role("LEADS", A, "t1"), role("LEADS", A, "t2")))
        told = found(store, "density", "tasks", "units", "density", "met", "pairs", "met_density", "never", "weight")
        assert told == [(5, 1, 0.4, 0, 0, None, 0, None)]

    def test_a_plan_without_units_is_told(self, opened: Opened) -> None:
        answer = ask(opened(small()), load_catalogue()["density"], {})
        assert (answer.dicts(), answer.remarks[0].zh) == ([], "1份文件的任务都没有写单位")


class TestLeadSupport:
    """An arc for each lead and each supporter of a task."""

    def arcs(self) -> dict[tuple[str, str], list[int]]:
        arcs: dict[tuple[str, str], list[int]] = {}
        for task in LEADS:
            for lead in leads(task):
                for support in supports(task):
                    arcs.setdefault((lead, support), []).append(task)
        return arcs

    def test_all(self, changji: Workspace) -> None:
        arcs = self.arcs()
        told = rows(changji, "lead-support", "lead", "support", "tasks", "names", "back", "mutual")
        assert len(told) == len(arcs) == 35
        for lead, support, tasks, names, back, mutual in told:
            assert (tasks, names) == (len(arcs[lead, support]), [name(task) for task in arcs[lead, support]])
            assert back == len(arcs.get((support, lead), []))
            assert mutual == ("yes" if back else "no")
        assert [(-row[2], row[0], row[1]) for row in told] == sorted((-row[2], row[0], row[1]) for row in told)
        assert_proven(changji, "lead-support")

    def test_four_pairs_are_mutual(self, changji: Workspace) -> None:
        """科技局 leads 1 7 8 11 with 商务和工信局, which leads 4 5 with it; 8 12 and 3 10; 12 and 13; 6 and 10."""
        told = rows(changji, "lead-support", "lead", "support", "tasks", "back", unit="科技局")
        mutual = {(support, tasks, back) for lead, support, tasks, back in told if back and lead == "昌吉市科技局"}
        assert mutual == {
            ("昌吉市商务和工信局", 4, 2), ("昌吉市农业农村局", 2, 2), ("昌吉市教育局", 1, 1), ("昌吉市卫健委", 1, 1),
        }  # fmt: skip
        remarks = [remark.en for remark in changji.answer("lead-support").remarks]
        assert remarks == ["35 directions from lead to support; 4 pairs of units lead and support each other"]

    def test_of_a_unit(self, changji: Workspace) -> None:
        assert rows(changji, "lead-support", "lead", "support", "names", unit="教育局") == [
            ("昌吉市教育局", "昌吉市科技局", [name(13)]),
            ("昌吉市科技局", "昌吉市教育局", [name(12)]),
        ]

    def test_units_responsible_alike_support_nobody(self, two_plans: Workspace) -> None:
        assert rows(two_plans, "lead-support", plan=PARENT) == []


class TestSubject:
    COLUMNS = ("number", "where", "unit", "role")

    def test_a_word(self, changji: Workspace) -> None:
        """智慧旅游 is in one sentence of （五） and one of （六）, which also names 智慧旅游综合展示平台."""
        expected = [
            (NUMBERS[task - 1], where, unit, role)
            for task, where in ((5, "text"), (6, "named"))
            for role, units in (("lead", leads(task)), ("support", supports(task)))
            for unit in units
        ]
        assert rows(changji, "subject", *self.COLUMNS, subject="智慧旅游") == expected
        assert_proven(changji, "subject", subject="智慧旅游")
        remarks = [remark.zh for remark in changji.answer("subject", {"subject": "智慧旅游"}).remarks]
        assert remarks == ["共2项任务讲到“智慧旅游”"]

    def test_its_quotes_are_the_sentence_and_the_line_of_the_unit(self, changji: Workspace) -> None:
        sentence = "铺开智慧农业、智慧医疗、智慧旅游、智慧康养和应急管理应用。"
        assert sentence in LINES[45]
        told = rows(changji, "subject", "unit", "quote", "place", "plan", subject="智慧康养")
        assert ("昌吉市民政局", [sentence, LINES[48]], [place(5, 46), place(5, 49)], PLAN) in told

    def test_in_a_title(self, changji: Workspace) -> None:
        """科普 is in the title of （十二） and in sentences of （六）, （十二） and （十三）."""
        told = rows(changji, "subject", "number", "where", subject="科普")
        assert dict(told) == {
            "（六）": "text", "（十二）": "title", "（十三）": "text",
        }  # fmt: skip

    def test_an_industry_and_a_name_by_pinyin(self, changji: Workspace) -> None:
        assert {row[0] for row in rows(changji, "subject", "number", subject="新材料")} == {"（四）", "（七）"}
        found = rows(changji, "subject", "number", "where", subject=" 特变“电工” ", top=1)
        assert found == [("（六）", "named")]

    def test_what_nobody_speaks_of(self, changji: Workspace) -> None:
        for subject in ("火星", "，，"):
            answer = changji.answer("subject", {"subject": subject})
            assert (answer.dicts(), [r.en[:7] for r in answer.remarks]) == ([], ["0 tasks"]), subject

    def test_of_a_role(self, changji: Workspace) -> None:
        """Led by （五） 商务和工信局 and （六） 科技局; who leads answers for it."""
        led = [("（五）", "昌吉市商务和工信局"), ("（六）", "昌吉市科技局")]
        assert rows(changji, "subject", "number", "unit", subject="智慧旅游", role="牵头") == led
        assert rows(changji, "subject", "number", "unit", subject="智慧旅游", role="responsible") == led
        helped = [(NUMBERS[task - 1], unit) for task in (5, 6) for unit in supports(task)]
        assert rows(changji, "subject", "number", "unit", subject="智慧旅游", role="support") == helped

    def test_of_a_role_a_task_without_units_has_none(self, opened: Opened) -> None:
        assert found(opened(GAPS), "subject", "task", subject="T5", role="lead") == []

    def test_letters_are_looked_for_as_they_are_spelt(self, opened: Opened) -> None:
        """The pinyin of 白云 has an AI in it; who asks for it in Chinese letters finds what other names it has."""
        platform = node("Platform", "白云", search="白云 baiyun bai yun", quote="白云", place="第2行")
        things = small(
            platform, edge("NAMES", "t1", "白云", "n1", quote="建设白云", place="第2行"), role("LEADS", A, "t1")
        )
        store = opened(things)
        assert found(store, "subject", "task", subject="AI") == []
        assert found(store, "subject", "task", "where", subject="白云") == [("t1", "named")]

    def test_a_task_without_units_is_listed(self, opened: Opened) -> None:
        told = found(opened(GAPS), "subject", "task", "where", "unit", "role", "quote", "evidence", subject="T5")
        assert told == [("t5", "title", None, None, ["t5"], ["t5"])]


class TestWhatIf:
    COLUMNS = ("measure", "before", "after", "affected")

    def test_the_science_bureau_is_removed(self, changji: Workspace) -> None:
        """It alone leads 1 6 7 8 11 12. What is left: 3² + 1.5² + 1 + 1 + 0.5² = 13.5 of 7².

        （九） with its two units hangs on nothing else, before and after.
        """
        told = rows(changji, "what-if", *self.COLUMNS, unit="科技局")
        assert told == [
            ("unanswered", 0, 6, [name(task) for task in (1, 6, 7, 8, 11, 12)]),
            ("nobody", 0, 0, []),
            ("concentration", pytest.approx(53 / 169), pytest.approx(13.5 / 49), []),
            ("components", 2, 2, []),
        ]
        assert_proven(changji, "what-if", unit="科技局")

    def test_merged_into_one_that_shares_its_tasks(self, changji: Workspace) -> None:
        """商务和工信局 then leads 1 2 4 5 6 7 8 11 12 and supports 3 10 13: 9² + 1.5² + 1 + 1 + 0.5² = 85.5."""
        told = rows(changji, "what-if", *self.COLUMNS, unit="科技局", change="merge", into="商务和工信局")
        assert told == [
            ("unanswered", 0, 0, []),
            ("nobody", 0, 0, []),
            ("concentration", pytest.approx(53 / 169), pytest.approx(85.5 / 169), []),
            ("components", 2, 2, []),
            ("load", 4.5, 9 + 1.5, ["昌吉市商务和工信局"]),
        ]

    def test_one_task_moves(self, changji: Workspace) -> None:
        """发改委 supported 7 tasks; now it leads （十一） of them. 5.5² + 2.5² + 1.5² + 1 + 1 + 1 + 0.5² = 42."""
        given = {"unit": "科技局", "change": "移交", "into": "发改委", "task": "跨区域协同创新"}
        told = rows(changji, "what-if", *self.COLUMNS, **given)
        assert [row[2] for row in told] == [0, 0, pytest.approx(42 / 169), 2, 3.0 + 1.0]

    def test_a_unit_that_hands_all_over_stays_without_tasks(self, changji: Workspace) -> None:
        """（九） is then tied to the rest by 发改委: one part; 委组织部 by itself is another, unless it is gone."""
        for change, parts in (("move", 2), ("merge", 1)):
            told = rows(changji, "what-if", *self.COLUMNS, unit="委组织部", change=change, into="发改委")
            assert told[3] == ("components", 2, parts, [])
            assert told[4] == ("load", 3.5, 4.5, ["昌吉市发改委"])

    def test_nobody_is_left(self, opened: Opened) -> None:
        """Without A, t3 and t4 have nobody who answers for them, as t1 and t5 had none; t4 and t5 have nobody at all."""
        told = found(opened(GAPS), "what-if", *self.COLUMNS, "evidence", unit=A)
        assert [row[:4] for row in told] == [
            ("unanswered", 2, 4, ["t3", "t4"]),
            ("nobody", 1, 2, ["t4"]),
            ("concentration", pytest.approx((2.5**2 + 0.5**2) / 9), 1.0, []),
            ("components", 2, 5, []),  # A with t1 to t4 and t5; then B t1, C t2, D t3, t4, t5
        ]
        assert told[1][4] == [f"LEADS:{A}>t4"]

    def test_only_the_plans_of_the_unit_count(self, two_plans: Workspace) -> None:
        answer = two_plans.answer("what-if", {"unit": "州科技局"})
        assert [remark.zh for remark in answer.remarks] == [f"范围：《{PARENT}》的2项任务"]
        assert [(r["before"], r["after"]) for r in answer.dicts()][:2] == [(0, 0), (0, 0)]

    def test_a_unit_without_tasks(self, changji: Workspace) -> None:
        answer = changji.answer("what-if", {"unit": "市人民政府办公室"})
        assert (answer.dicts(), answer.remarks[0].zh) == ([], "该单位没有任务，没有变化")

    def test_it_may_receive_them(self, changji: Workspace) -> None:
        given = {"unit": "教育局", "change": "move", "into": "市人民政府办公室"}
        told = rows(changji, "what-if", *self.COLUMNS, **given)
        assert told[-1] == ("load", 0.0, 1.5, ["昌吉市人民政府办公室"])

    @pytest.mark.parametrize(
        ("parameter", "given"),
        [
            ("into", {"change": "merge"}),
            ("into", {"change": "move"}),
            ("into", {"change": "remove", "into": "发改委"}),
            ("into", {"change": "merge", "into": "市科技局"}),
            ("task", {"change": "merge", "into": "发改委", "task": "跨区域协同创新"}),
            ("task", {"change": "move", "into": "发改委", "task": "加快创新人才聚集"}),
        ],
    )
    def test_what_does_not_fit_is_refused(self, changji: Workspace, parameter: str, given: dict[str, str]) -> None:
        with pytest.raises(BadParameter) as caught:
            changji.answer("what-if", {"unit": "科技局", **given})
        assert caught.value.values["parameter"] == parameter


class TestNamedUnassigned:
    """A heading that names a body counts as a sentence does, and comes first; the sample's eight are in
    test_questions_by_hand."""

    def test_a_heading(self, opened: Opened) -> None:
        things = small(
            node("Action", "a", position=1, quote="依托丙公司。"),
            edge("HAS_ACTION", "t1", "a", "x1"),
            node("Enterprise", "丙公司"),
            node("Institute", "丁学院"),
            edge("NAMES", "a", "丙公司", "n1", quote="依托丙公司。", place="第2行", relation="依托"),
            edge("NAMES", "t1", "丁学院", "n2", quote="建设丁学院。", place="第1行", relation="建设"),
            edge("NAMES", "t1", A, "n3", quote="推广甲局经验。", place="第1行", relation=""),
            role("LEADS", A, "t1"),
        )
        told = found(opened(things), "named-unassigned", "body", "kind", "relations", "quote", "evidence")
        assert told == [
            ("丁学院", "institute", ["建设"], ["建设丁学院。"], ["n2"]),
            ("丙公司", "enterprise", ["依托"], ["依托丙公司。"], ["n1"]),
        ]


def department(name: str, code: str, mandate: str) -> Node:
    return node("Department", f"Department:{code}/{name}", jurisdiction=code, mandate=mandate)


def plan_of(
    code: str, sentence: str, *things: Node | Edge, title: str = "办好这件事", **properties: Any
) -> list[Node | Edge]:
    """A plan that an office of a region issued, with one task of one sentence."""
    office = department("政府办公室", code, "人民政府办公室")
    return [
        node("Plan", "p", quote="p", **properties),
        node("Task", "t", name=title, position=1, number="（一）", quote=title, place="第1行"),
        node("Action", "a", name=sentence, position=1, quote=sentence, place="第2行"),
        office,
        edge("ISSUED_BY", "p", office.id, "i"),
        edge("HAS_TASK", "p", "t", "h"),
        edge("HAS_ACTION", "t", "a", "x"),
        *things,
    ]


def lead_of(code: str, mandate: str) -> list[Node | Edge]:
    unit = department(mandate, code, mandate)
    return [unit, role("LEADS", unit.id, "t")]


CITY, PREFECTURE, PROVINCE = "652301", "652300", "650000"
SCIENCE = lead_of(CITY, "科技局")


class TestExpectedAbsent:
    COLUMNS = ("number", "words", "bodies", "list")

    def test_the_seed(self, changji: Workspace) -> None:
        """Read for each subject of the table in the 13 tasks, and for the units of each.

        （二） 融资. （六） 研学旅游, 智慧旅游, 文化创意 without 文旅局, which supports （五） and （十二）; 科普 without 科协, which is
        nowhere in the plan. 朗青畜牧 is the name of a firm. （九） 职称: 人社局 may be one of 各成员单位. 高校 in （一） and （七） are no
        city's. Covered: 环保 in （六） by the prefecture's branch in the city, 专精特新 by 商务和工信局, the rest by name.
        """
        told = rows(changji, "expected-absent", *self.COLUMNS)
        assert told == [
            ("（二）", ["融资"], ["昌吉市金融办"], "complete"),
            ("（六）", ["旅游", "文化创意"], ["昌吉市文旅局"], "complete"),
            ("（六）", ["科普"], ["昌吉市科协"], "complete"),
            ("（九）", ["职称"], ["昌吉市人社局"], "open"),
            ("（十二）", ["科普"], ["昌吉市科协"], "complete"),
            ("（十三）", ["科普", "科学素质"], ["昌吉市科协"], "complete"),
        ]
        assert_proven(changji, "expected-absent")

    def test_its_findings(self, changji: Workspace) -> None:
        told = [f for f in changji.findings() if f.rule == "expected-absent"]
        assert len({f.id for f in told}) == len(told) == 5
        assert told[1].statement.zh == "“推动民生领域科技创新”讲到旅游、文化创意，分工中没有昌吉市文旅局，疑似缺位"
        assert "possibly missing" in told[1].statement.en
        assert told[1].quotes == (
            "依托特变电工、笑厨、朗青畜牧等科普教育基地，组织研学旅游。",
            "研究低碳环保技术，发展智慧旅游，推进智慧旅游综合展示平台、文化创意产业公共技术服务平台建设。",
        )

    @pytest.mark.parametrize(
        ("unit", "missing"),
        [
            (lead_of(CITY, "文旅局"), []),
            (lead_of(CITY, "文体广旅局"), []),  # another name for the same mandate
            (lead_of(CITY, "教育和文旅局"), []),  # a joint body
            (lead_of(CITY, "科技局"), ["昌吉市文旅局"]),
            (lead_of(PREFECTURE, "文旅局"), ["昌吉市文旅局"]),  # the prefecture's is another body
            (lead_of("652302", "文旅局"), ["昌吉市文旅局"]),  # so is the next city's
        ],
        ids=lambda value: "",
    )
    def test_a_body_is_known_by_level_place_and_mandate(
        self, opened: Opened, unit: list[Node | Edge], missing: list[str]
    ) -> None:
        told = found(opened(plan_of(CITY, "发展智慧旅游。", *unit)), "expected-absent", "bodies")
        assert told == ([(missing,)] if missing else [])

    def test_a_branch_in_the_place_has_its_parents_mandate(self, opened: Opened) -> None:
        parent, branch = (
            department("生态环境局", PREFECTURE, "生态环境局"),
            department("分局", PREFECTURE, "生态环境局昌吉市分局"),
        )
        things = [
            parent, branch, role("LEADS", branch.id, "t"), edge("PART_OF", branch.id, parent.id, "e1"),
            node("Region", f"Region:{CITY}"), node("Region", "Region:652302"),
        ]  # fmt: skip
        here = edge("LOCATED_IN", branch.id, f"Region:{CITY}", "e2")
        assert found(opened(plan_of(CITY, "治理污染。", *things, here)), "expected-absent", "bodies") == []
        there = edge("LOCATED_IN", branch.id, "Region:652302", "e2")
        told = found(opened(plan_of(CITY, "治理污染。", *things, there)), "expected-absent", "bodies")
        assert told == [(["昌吉市生态环境局"],)]

    def test_the_body_that_the_place_has_is_named(self, opened: Opened) -> None:
        joint = department("昌吉市教育和文旅局", CITY, "教育和文旅局")
        told = found(opened(plan_of(CITY, "发展智慧旅游。", *SCIENCE, joint)), "expected-absent", "bodies")
        assert told == [([joint.properties["name"]],)]

    def test_a_province_has_its_own_bodies_and_more_mandates(self, opened: Opened) -> None:
        things = plan_of(PROVINCE, "支持高校发展旅游。", *lead_of(PROVINCE, "科技厅"))
        assert found(opened(things), "expected-absent", "words", "bodies") == [
            (["旅游", "高校"], ["新疆维吾尔自治区文旅厅", "新疆维吾尔自治区教育厅"])
        ]  # both rest on one sentence: one row

    def test_a_plan_older_than_a_mandate(self, opened: Opened) -> None:
        for year, missing in ((2017, []), (2018, [(["旅游"],)])):
            things = plan_of(CITY, "发展旅游。", *SCIENCE, period_start=year)
            assert found(opened(things), "expected-absent", "words") == missing

    @pytest.mark.parametrize(
        ("group", "state"), [("昌吉市各有关部门", "open"), ("昌吉市各成员单位", "open"), ("昌吉市各乡镇", "complete")]
    )
    def test_groups_that_may_include_it(self, opened: Opened, group: str, state: str) -> None:
        things = [*SCIENCE, node("Collective", group), role("SUPPORTS", group, "t")]
        assert found(opened(plan_of(CITY, "发展旅游。", *things)), "expected-absent", "list") == [(state,)]

    def test_a_list_that_ends_in_and_others(self, opened: Opened) -> None:
        unit = department("科技局", CITY, "科技局")
        things = plan_of(CITY, "发展旅游。", unit, role("LEADS", unit.id, "t", open=True))
        assert found(opened(things), "expected-absent", "list") == [("open",)]

    def test_names_of_bodies_say_nothing(self, opened: Opened) -> None:
        firm = [node("Enterprise", "甲旅游公司"), edge("NAMES", "a", "甲旅游公司", "n", relation="")]
        assert found(opened(plan_of(CITY, "支持甲旅游公司做强。", *SCIENCE, *firm)), "expected-absent", "words") == []
        told = found(opened(plan_of(CITY, "支持甲旅游公司发展旅游。", *SCIENCE, *firm)), "expected-absent", "words")
        assert told == [(["旅游"],)]

    def test_the_heading_speaks_too(self, opened: Opened) -> None:
        things = plan_of(CITY, "做好工作。", *SCIENCE, title="发展旅游")
        assert found(opened(things), "expected-absent", "quote", "place", "evidence") == [
            (["发展旅游"], ["第1行"], ["t"])
        ]

    def test_what_is_not_judged(self, opened: Opened) -> None:
        """A task of nobody; and plans of the nation or of nobody, which a remark counts."""
        question = load_catalogue()["expected-absent"]
        nobodys = ask(opened(plan_of(CITY, "发展旅游。")), question, {})
        assert (nobodys.dicts(), nobodys.remarks) == ([], ())
        national = ask(opened(plan_of("100000", "发展旅游。", *SCIENCE)), question, {})
        assert (national.dicts(), [r.en[:7] for r in national.remarks]) == ([], ["1 plans"])


class TestTheTableOfMandates:
    def test_every_body_is_a_department_by_that_very_name(self) -> None:
        """But the two that the nation sends out, whose mandate is their parent's."""
        home, sent_out = region_table()[CITY], {"人民银行", "金融监管总局"}
        for function in load_functions():
            for body in set(function.bodies) - sent_out:
                told = identify(f"市{body}", home)
                assert (told.label, told.mandate, told.jurisdiction) == ("Department", body, home), body
        assert identify("人行昌吉州中心支行", home).parent.mandate == "人民银行"  # type: ignore[union-attr]

    def test_no_word_stands_twice_and_each_row_says_from_where(self) -> None:
        functions = load_functions()
        words = [word for function in functions for word in function.words]
        assert len(set(words)) == len(words)
        assert len(functions) == 46
        assert all(f.words and f.bodies and f.source and 1949 <= f.valid_from <= 2026 for f in functions)
        assert all(len(word) > 1 for word in words)

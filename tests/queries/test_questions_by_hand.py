"""Every question of the catalogue against rows worked out by hand from data/sample/changji/plan.txt, on every engine.

How the tables were made: by reading the plan from top to bottom. ASSIGNED has one line for each （一）…（十三）, with the
units of 牵头单位 and 配合单位 in the order of the text; 市 at the head of a list goes for every member of it. TARGETS has one
line for each figure, coverage or trend that is to be reached, in the order of the text. LINES are `grep -n` of the plan.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plan_by_hand import ASSIGNED, PARENT, PLAN, TARGETS, Task, full, rows

import innograph
from innograph import Workspace
from innograph.graph.identity import plan_key
from innograph.queries.question import Severity

TEXT = (innograph.sample("changji") / "plan.txt").read_text(encoding="utf-8")


def roles(task: Task) -> list[tuple[str, str, tuple[int, str]]]:
    """Each unit of a task with its role and line, in the order of the text."""
    lead = "joint-lead" if len(task.leads) > 1 else "lead"
    return [
        *((full(u), lead, task.lead_line) for u in task.leads),
        *((full(u), "support", task.support_line) for u in task.supports),
    ]


def role_in(task: Task, unit: str) -> tuple[str, tuple[int, str]]:
    return next((role, line) for name, role, line in roles(task) if name == unit)


def targets_of(position: int) -> list[str]:
    return [words for at, words, *_ in TARGETS if at == position]


def place(task: Task, line: int) -> str:
    return f"二{task.number} 第{line}行"


def test_the_hand_made_tables_add_up() -> None:
    lines = TEXT.splitlines()
    for task in ASSIGNED:
        for line, quote in (task.lead_line, task.support_line):
            assert quote in lines[line - 1]
    assert sum(len(t.leads) for t in ASSIGNED) == 15
    assert sum(len(t.supports) for t in ASSIGNED) == 46
    assert len(TARGETS) == 42
    assert all(TEXT.count(words) >= 1 for _, words, *_ in TARGETS)


class TestResponsible:
    @pytest.mark.parametrize("task", ASSIGNED, ids=lambda t: t.name)
    def test_every_task(self, changji: Workspace, task: Task) -> None:
        expected = [
            (task.number, task.name, role, unit, PLAN, quote, place(task, line))
            for unit, role, (line, quote) in roles(task)
        ]
        assert rows(changji, "responsible", task=task.name) == expected

    def test_the_jointly_led_one_in_full(self, changji: Workspace) -> None:
        told = rows(changji, "responsible", "role", "unit", task="高新技术企业提质增量")
        assert told == [
            ("joint-lead", "昌吉市商务和工信局"), ("joint-lead", "昌吉市科技局"), ("support", "昌吉市发改委"),
            ("support", "昌吉市财政局"), ("support", "昌吉市税务局"), ("support", "昌吉市人社局"),
        ]  # fmt: skip


class TestMatrix:
    def test_all_61(self, changji: Workspace) -> None:
        expected = [
            (PLAN, position, task.number, task.name, unit, role, quote, place(task, line))
            for position, task in enumerate(ASSIGNED, start=1)
            for unit, role, (line, quote) in roles(task)
        ]
        assert len(expected) == 61
        assert rows(changji, "matrix") == expected
        assert rows(changji, "matrix", plan="昌吉市科技创新") == expected
        assert rows(changji, "matrix", plan="昌吉州科技创新") == []  # only cited, with no tasks of its own


class TestUnit:
    # Counted in ASSIGNED: the tasks in which the unit stands, what it leads first, then in plan order.
    @pytest.mark.parametrize(
        ("unit", "leads", "supports"),
        [
            ("科技局", [1, 2, 6, 7, 8, 11, 12], [3, 4, 5, 10, 13]),
            ("发改委", [], [1, 2, 4, 5, 7, 8, 11]),
            ("应急管理局", [], [5, 6]),
        ],
    )
    def test_tasks_with_their_targets(
        self, changji: Workspace, unit: str, leads: list[int], supports: list[int]
    ) -> None:
        expected: list[tuple[Any, ...]] = []
        for position in [*leads, *supports]:
            task = ASSIGNED[position - 1]
            role, (line, quote) = role_in(task, full(unit))
            targets = targets_of(position)
            expected.append((full(unit), role, task.number, task.name, targets, PLAN, quote, place(task, line)))
        assert [r[1] for r in expected].count("support") == len(supports)
        assert rows(changji, "unit", unit=unit) == expected

    def test_a_unit_without_tasks(self, changji: Workspace) -> None:
        assert rows(changji, "unit", unit="市人民政府办公室") == []


class TestSharedTasks:
    # In ASSIGNED, tasks with both; the roles are those of the first and the second.
    @pytest.mark.parametrize(
        ("unit", "other", "expected"),
        [
            (
                "科技局",
                "发改委",
                [(1, "lead", "support"), (2, "joint-lead", "support"), (4, "support", "support"),
                 (5, "support", "support"), (7, "lead", "support"), (8, "lead", "support"), (11, "lead", "support")],
            ),
            ("教育局", "科技局", [(12, "support", "lead"), (13, "lead", "support")]),
            ("应急管理局", "卫健委", [(5, "support", "support"), (6, "support", "support")]),
            ("税务局", "教育局", []),
            ("科技局", "市科技局", []),
        ],
    )  # fmt: skip
    def test_both(self, changji: Workspace, unit: str, other: str, expected: list[tuple[int, str, str]]) -> None:
        wanted: list[tuple[Any, ...]] = []
        for position, first, second in expected:
            task = ASSIGNED[position - 1]
            lines = [task.support_line if role == "support" else task.lead_line for role in (first, second)]
            lines = list(dict.fromkeys(lines))
            quotes, places = [q for _, q in lines], [place(task, n) for n, _ in lines]
            wanted.append((task.number, task.name, first, second, PLAN, quotes, places))
        assert rows(changji, "shared-tasks", unit=unit, other=other) == wanted


class TestCollectives:
    # 各成员单位 in （九）; 各乡镇、街道 in （十）: 各 goes for 街道 too.
    def test_three(self, changji: Workspace) -> None:
        ninth, tenth = ASSIGNED[8], ASSIGNED[9]
        found = [(ninth, "市人才工作领导小组各成员单位"), (tenth, "各乡镇"), (tenth, "各街道")]
        assert rows(changji, "collectives") == [
            (t.number, t.name, unit, "support", PLAN, t.support_line[1], place(t, t.support_line[0]))
            for t, unit in found
        ]


# Of the task （二） nothing says who does it; what it says of 市科技局 assigns nothing.
UNOWNED_PLAN = """石城市科技创新行动方案（2023—2025年）

二、重点任务

（一）办好科技活动。举办科技活动周。

牵头单位：市科技局

（二）建设创新平台。市科技局的经验值得推广。

（三）培育科技企业。到2025年，高新技术企业超过30家。

责任单位：市科技局

（四）引进创新人才。引进各类人才。

配合单位：市人社局
"""


class TestUnassigned:
    def test_none_in_the_sample(self, changji: Workspace) -> None:
        assert rows(changji, "unassigned") == []

    def test_the_one_without_units(self, tmp_path: Path) -> None:
        file = tmp_path / "plan.txt"
        file.write_text(UNOWNED_PLAN, encoding="utf-8")
        plan, heading = UNOWNED_PLAN.partition("\n")[0], "（二）建设创新平台"
        with Workspace.create(tmp_path / "ws") as workspace:
            workspace.load(file)
            [row] = workspace.answer("unassigned").dicts()
            assert row == {
                "position": 2, "number": "（二）", "task": "建设创新平台", "plan": plan, "quote": heading,
                "place": "二（二） 第9行", "evidence": [f"Task:{plan_key(plan, None)}/1.2"],
            }  # fmt: skip
            assert {e.quote for e in workspace.evidence(row["evidence"][0])} == {heading}
            assert rows(workspace, "unassigned", "task", plan="石城") == [("建设创新平台",)]
            [finding] = [f for f in workspace.findings() if f.rule == "unassigned"]
            assert finding.statement.zh == "任务“建设创新平台”没有写明任何责任单位"
            assert finding.severity is Severity.HIGH
            workspace.load(innograph.sample("changji") / "plan.txt")
            assert rows(workspace, "unassigned", "task") == [("建设创新平台",)]
            assert rows(workspace, "unassigned", plan="昌吉市科技创新") == []


class TestJointLeads:
    # The only 牵头单位 lines with two names are lines 31 and 76.
    def test_two(self, changji: Workspace) -> None:
        second, tenth = ASSIGNED[1], ASSIGNED[9]
        assert rows(changji, "joint-leads") == [
            (t.number, t.name, 2, [full(u) for u in t.leads], PLAN, [t.lead_line[1]], [place(t, t.lead_line[0])])
            for t in (second, tenth)
        ]


class TestNamedUnassigned:
    # Read for names of bodies in the sentences: line 24, line 51 (twice), line 86. None is in a 牵头 or 配合 line.
    def test_eight(self, changji: Workspace) -> None:
        first = "推动中国科学院、中国农科院以及中部东部发达地区的高校院所来昌吉市布局，让企业当研发主力，发展技术转移、知识产权、科技咨询等机构，政府管好规划和投入。"
        care = "依托新疆医科大学一附院昌吉分院、厚德康养等医养结合产业资源，让人工智能服务医疗和康养。"
        bases = "依托特变电工、笑厨、朗青畜牧等科普教育基地，组织研学旅游。"
        geography = "利用中科院新疆生地所—昌吉州科普合作和四级科普机构联动，组织研学和讲座。"
        found = [
            (1, "中国科学院", "institute", "推动", first, 24), (1, "中国农科院", "institute", "推动", first, 24),
            (6, "新疆医科大学一附院昌吉分院", "institute", "依托", care, 51), (6, "厚德康养", "enterprise", "依托", care, 51),
            (6, "特变电工", "enterprise", "依托", bases, 51), (6, "笑厨", "enterprise", "依托", bases, 51),
            (6, "朗青畜牧", "enterprise", "依托", bases, 51),
            (12, "中科院新疆生地所", "institute", "利用", geography, 86),
        ]  # fmt: skip
        tasks = [ASSIGNED[at - 1] for at, *_ in found]
        assert rows(changji, "named-unassigned") == [
            (t.number, t.name, body, kind, [relation], PLAN, [quote], [place(t, line)])
            for t, (_, body, kind, relation, quote, line) in zip(tasks, found, strict=True)
        ]


class TestBasedOn:
    def test_the_prefectures_plan(self, changji: Workspace) -> None:
        quote = f"《{PARENT}》（昌州政办发〔2021〕103号）"
        assert rows(changji, "based-on") == [
            (PLAN, "昌市政办发〔2022〕15号", PARENT, "昌州政办发〔2021〕103号", quote, "第17行")
        ]


class TestFind:
    @pytest.mark.parametrize(
        ("name", "fit"), [("科技局", "name"), ("市科技局", "name"), ("kejiju", "pinyin"), ("KJJ", "pinyin")]
    )
    def test_a_unit_with_all_it_does(self, changji: Workspace, name: str, fit: str) -> None:
        """7 tasks led, 5 supported, and where it is: by the kind of edge, then by the other's name."""
        led = sorted(t.name for t in ASSIGNED if "科技局" in t.leads)
        supported = sorted(t.name for t in ASSIGNED if "科技局" in t.supports)
        columns = ("thing", "kind", "fit", "relation", "other", "other_kind", "edge_type", "thing_id")
        found = [r for r in rows(changji, "find", *columns, name=name) if r[0] == "昌吉市科技局"]
        own = "Department:652301/科技局"
        assert found == [
            *(("昌吉市科技局", "部门", fit, "牵头", n, "任务", "LEADS", own) for n in led),
            ("昌吉市科技局", "部门", fit, "位于", "昌吉市", "区域", "LOCATED_IN", own),
            *(("昌吉市科技局", "部门", fit, "配合", n, "任务", "SUPPORTS", own) for n in supported),
        ]
        assert rows(changji, "find", "thing", name=name)[0] == ("昌吉市科技局",)  # whatever else fits comes after it

    @pytest.mark.parametrize(
        ("name", "thing", "fit", "quote", "line"),
        [
            ("特变电工", "特变电工", "name", "依托特变电工、笑厨、朗青畜牧等科普教育基地，组织研学旅游。", 51),
            ("tebiandiangong", "特变电工", "pinyin", "依托特变电工、笑厨、朗青畜牧等科普教育基地，组织研学旅游。", 51),
            ("特变电器", "特变电工", "alike", "依托特变电工、笑厨、朗青畜牧等科普教育基地，组织研学旅游。", 51),
            ("丝绸之路", "丝绸之路经济带核心区", "part",
             "围绕“一带一路”，抓住“丝绸之路经济带核心区”建设机会，用“产、学、研、用”四位一体平台推广“校企”“院企”“校地”合作，"
             "把先进技术引到昌吉市，支持龙头企业组成创新联合体。", 80),
        ],
    )  # fmt: skip
    def test_what_a_sentence_names(
        self, changji: Workspace, name: str, thing: str, fit: str, quote: str, line: int
    ) -> None:
        assert quote in TEXT.splitlines()[line - 1]
        found = rows(
            changji, "find", "thing", "fit", "relation", "other_kind", "edge_type", "quote", "place", name=name
        )
        number = "（六）" if line == 51 else "（十一）"
        assert found == [(thing, fit, "在…中被提到", "举措", "NAMES", quote, f"二{number} 第{line}行")]

    def test_a_thing_that_nothing_holds_on_to_shows_its_own_line(self, changji: Workspace) -> None:
        found = rows(changji, "find", "relation", "quote", "place", "thing_id", name="州生态环境局")
        assert all(quote and at for _, quote, at, _ in found)

    def test_nothing(self, changji: Workspace) -> None:
        assert rows(changji, "find", name="qqqq火星") == []


def test_where_the_bodies_are(changji: Workspace) -> None:
    """The plan's 19 units and the office that issues it are the city's; the branch's parent is the prefecture's.

    The workspace names no home, so nothing is near or far.
    """
    city, prefecture = (None, "昌吉市", 20, 0, 0, 20), (None, "昌吉回族自治州", 1, 0, 0, 1)
    columns = ("distance", "region", "bodies", "enterprises", "institutes", "others")
    assert rows(changji, "locations", *columns) == [city, prefecture]
    assert rows(changji, "locations", *columns, region="昌吉州") == [city, prefecture]
    assert rows(changji, "locations", *columns, region="昌吉市") == [city]


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("matrix", {}), ("unassigned", {}), ("targets", {}), ("unquantified", {}), ("collectives", {}), ("joint-leads", {}),
        ("same-indicator", {}), ("named-unassigned", {}), ("based-on", {}), ("find", {"name": "科技局"}),
        ("unit", {"unit": "科技局"}), ("shared-tasks", {"unit": "科技局", "other": "发改委"}),
        ("responsible", {"task": "数字信息"}),
    ],
)  # fmt: skip
def test_the_evidence_leads_back_to_the_quoted_line(
    changji: Workspace, question: str, given: dict[str, object]
) -> None:
    """Every id has a record in the ledger, whose quote is in the row, and in the plan."""
    for row in changji.answer(question, given).dicts():
        quotes = row["quote"] if isinstance(row["quote"], list) else [row["quote"]]
        assert row["evidence"]
        for own_id in row["evidence"]:
            told = {record.quote for record in changji.evidence(own_id)}
            assert told & set(quotes), (own_id, told, quotes)
        assert all(quote in TEXT for quote in quotes)


class TestTwoPlans:
    """With the prefecture's plan beside the city's: each row says which plan it is of, and none is lost or mixed."""

    def test_every_row_names_its_plan(self, two_plans: Workspace) -> None:
        expected = {"matrix": (4, 61), "targets": (2, 42), "unquantified": (2, 5), "collectives": (1, 3)}
        for question, counts in expected.items():
            plans = [row["plan"] for row in two_plans.answer(question).dicts()]
            assert (plans.count(PARENT), plans.count(PLAN)) == counts, question
            assert plans == sorted(plans), question
            only = two_plans.answer(question, {"plan": "昌吉市科技创新"}).dicts()
            assert [row["plan"] for row in only] == [PLAN] * counts[1], question

    def test_units_without_lead_or_support(self, two_plans: Workspace) -> None:
        assert rows(two_plans, "responsible", "role", "unit", "quote", task="办好科技活动") == [
            ("responsible", "昌吉州科技局", "责任单位：州科技局、各县市人民政府"),
            ("responsible", "昌吉州各县市人民政府", "责任单位：州科技局、各县市人民政府"),
        ]
        assert rows(two_plans, "unit", "role", "task", "targets", unit="州科技局") == [
            ("responsible", "推动工业转型升级", ["高新技术企业超过120家"]),
            ("responsible", "办好科技活动", []),
        ]
        assert rows(two_plans, "targets", "owner", "value", "leads", unit="州科技局") == [
            ("推动工业转型升级", 120.0, ["昌吉州工信局", "昌吉州科技局"])
        ]
        assert rows(
            two_plans, "shared-tasks", "task", "unit_role", "other_role", unit="州科技局", other="州工信局"
        ) == [("推动工业转型升级", "responsible", "responsible")]
        assert len(rows(two_plans, "joint-leads")) == 2  # being responsible together is not leading together

    def test_a_task_without_a_figure(self, two_plans: Workspace) -> None:
        found = rows(two_plans, "unquantified", "kind", "name", plan=PARENT)
        assert found == [("task", "办好科技活动"), ("measure", "加强组织领导")]

    def test_targets_of_two_governments_are_not_one_indicator_twice(self, two_plans: Workspace) -> None:
        assert rows(two_plans, "same-indicator", "indicator", "places", "targets", "plans") == [
            ("高新技术企业", 2, ["高新技术企业数量超过200家", "高新技术企业超过120家"], [PARENT]),
            ("高新技术企业", 2, ["高新技术企业数量超过50家", "高新技术企业超过50家"], [PLAN]),
        ]

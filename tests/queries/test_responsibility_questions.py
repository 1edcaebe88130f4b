"""Who does what: the matrix, who only supports, tasks without a lead, subjects; rows by hand, on every engine.

The tables that the rows are worked out from, and how they were made, are in ``support/responsibility_sample.py``.
"""

from __future__ import annotations

from typing import Any

from responsibility_sample import (
    BRANCH,
    GAPS,
    LEADS,
    LINES,
    MEMBERS,
    NAMES,
    NUMBERS,
    PARENT,
    PLAN,
    SUPPORTS,
    A,
    B,
    C,
    D,
    Opened,
    assert_proven,
    found,
    full,
    leads,
    name,
    place,
    role,
    rows,
    small,
    supports,
)
from store_helpers import edge, node

from innograph import Workspace
from innograph.graph.records import Node
from innograph.queries import ask, load_catalogue


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

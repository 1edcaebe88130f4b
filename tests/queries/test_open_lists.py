"""Lists of units that end in 等: one row for each list, on every engine, and a finding of low severity."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from responsibility_sample import Opened, small
from store_helpers import edge, node

from innograph import Workspace
from innograph.graph.records import Edge
from innograph.graph.text import use_language
from innograph.queries import ask, load_catalogue
from innograph.queries.question import Severity

LEADING = "牵头单位：市甲局、乙局"
SUPPORTING = "配合单位：市丁局、丙局等有关部门"
BARE = "责任单位：市乙局等"


def stated(kind: str, unit: str, task: str, quote: str, *, is_open: bool, **properties: Any) -> Edge:
    """A unit's part in a task as a line states it."""
    line = {"quote": quote, "written": unit, "place": "第3行", "open": is_open, **properties}
    return edge(kind, f"Department:652301/{unit}", task, f"{kind}:{unit}:{task}", **line)


LISTS = small(
    # t1: the leads are all named, the supporters are not, and stand in the line as 丁局 before 丙局.
    stated("LEADS", "甲局", "t1", LEADING, is_open=False, joint=True),
    stated("LEADS", "乙局", "t1", LEADING, is_open=False, joint=True),
    stated("SUPPORTS", "丙局", "t1", SUPPORTING, is_open=True),
    stated("SUPPORTS", "丁局", "t1", SUPPORTING, is_open=True),
    # t2: one name and 等; t3 has a group, which is the other question's.
    stated("RESPONSIBLE_FOR", "乙局", "t2", BARE, is_open=True),
    node("Collective", "Collective:652301/各乡镇"),
    edge("SUPPORTS", "Collective:652301/各乡镇", "t3", "group", quote="配合单位：各乡镇", written="各乡镇", open=False),
)


def test_a_row_for_each_list(opened: Opened) -> None:
    rows = ask(opened(LISTS), load_catalogue()["open-lists"], {}).dicts()
    d, c, b = (f"Department:652301/{unit}" for unit in ("丁局", "丙局", "乙局"))
    assert [(r["number"], r["task"], r["units"], r["role"], r["quote"], r["place"], r["evidence"]) for r in rows] == [
        ("（1）", "t1", [d, c], "support", SUPPORTING, "第3行", ["SUPPORTS:丁局:t1", "SUPPORTS:丙局:t1"]),
        ("（2）", "t2", [b], "responsible", BARE, "第3行", ["RESPONSIBLE_FOR:乙局:t2"]),
    ]


def test_groups_are_the_other_question(opened: Opened) -> None:
    rows = ask(opened(LISTS), load_catalogue()["collectives"], {}).dicts()
    assert [(row["task"], row["evidence"]) for row in rows] == [("t3", ["group"])]


def test_the_finding_of_a_plan(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        """昌吉市夜间经济行动方案

一、重点任务

（一）办好夜市。划定夜市街区。

牵头单位：市商务和工信局

配合单位：市文旅局、教育局等有关部门

（二）延长开放时间。图书馆开放到夜里十点。

责任单位：市文旅局等
""",
        encoding="utf-8",
    )
    with Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(plan)
        workspace.build()
        found = [finding for finding in workspace.findings() if finding.rule == "open-lists"]
        told = [(f.severity, f.statement.zh, f.quotes, len(f.evidence)) for f in found]
        with use_language("en"):
            english = [f.statement.en for f in found]
    first, second = "配合单位：市文旅局、教育局等有关部门", "责任单位：市文旅局等"
    assert told == [
        (Severity.LOW, "“办好夜市”由昌吉市文旅局、昌吉市教育局等配合，名单没有列全", (first,), 2),
        (Severity.LOW, "“延长开放时间”由昌吉市文旅局等负责，名单没有列全", (second,), 1),
    ]
    assert english[1] == "The list of units (responsible) in “延长开放时间” is left open after 昌吉市文旅局"


def test_the_sample_leaves_no_list_open(whole: Workspace) -> None:
    assert whole.answer("open-lists", {"plan": "昌吉市科技创新"}).rows.rows == []

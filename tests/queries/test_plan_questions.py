"""Questions about two plans: parent and child, and two versions of one city's plan, invented for these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from innograph import Workspace
from innograph.graph.errors import BadParameter, SamePlan
from innograph.queries import Answer

CITY, PREFECTURE = "昌吉市科技创新", "昌吉州科技创新"
PLAN = "昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）"
PARENT = "昌吉州科技创新支持产业高质量发展三年行动方案（2021—2023年）"

OLD = """石政办发〔2021〕5号
关于印发《石河子市科技创新行动方案（2021—2023年）》的通知

石河子市人民政府办公室

2021年3月1日

石河子市科技创新行动方案（2021—2023年）

一、发展目标

到2023年，高新技术企业超过30家，研发投入占比达到2%。

二、重点任务

（一）培育科技企业。建立梯度培育库。到2023年，科技型中小企业达到100家，科普服务人数超过8万人次。

牵头单位：市科技局

（二）推广节水灌溉。建设节水灌溉示范田。到2023年，节水灌溉示范田达到20万亩，专利授权超过50件。

牵头单位：市农业农村局

（三）修缮古城墙。保护砖瓦遗存。

牵头单位：市文旅局
"""

NEW = """石政办发〔2023〕7号
关于印发《石河子市科技创新行动方案（2023—2025年）》的通知

石河子市人民政府办公室

2023年3月1日

石河子市科技创新行动方案（2023—2025年）

一、发展目标

到2023年，高新技术企业超过40家，研发投入占比达到1.8%。

二、重点任务

（一）培育科技企业。完善梯度培育库。到2025年，科技型中小企业达到100家。到2023年，科普服务人数超过80000人次。

牵头单位：市工信局

（二）扩大节水灌溉。建设节水灌溉示范田。到2023年，节水灌溉示范田达到30个。

牵头单位：市农业农村局

（三）引进青年人才。到2025年，博士后达到10人。

牵头单位：市人社局
"""
OLDER, NEWER = "石政办发-2021-5", "石政办发-2023-7"


def told(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in answer.dicts()]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Two versions of one city's plan."""
    folder = tmp_path_factory.mktemp("versions")
    with Workspace.create(folder / "ws") as workspace:
        for name, text in (("old.txt", OLD), ("new.txt", NEW)):
            (folder / name).write_text(text, encoding="utf-8")
            workspace.load(folder / name)
        yield workspace


def ask(workspace: Workspace, question: str, **given: Any) -> Answer:
    return workspace.answer(question, {"plan": f"Plan:{NEWER}", "other": f"Plan:{OLDER}", **given})


class TestVersions:
    # The plan's own goals stand in one sentence; their rows are in the order of the indicator's name.
    CHANGES = (
        ("lowered", None, "研发投入占比", 1.8, "%", 2023, 2.0, "%", 2023),
        ("raised", None, "高新技术企业", 40.0, "家", 2023, 30.0, "家", 2023),
        ("moved", None, "科技型中小企业", 100.0, "家", 2025, 100.0, "家", 2023),
        ("inherited", None, "科普服务人数", 80000.0, "人次", 2023, 8.0, "万人次", 2023),
        ("incomparable", "unit", "节水灌溉示范田", 30.0, "个", 2023, 20.0, "万亩", 2023),
        ("new", None, "博士后", 10.0, "人", 2025, None, None, None),
        ("dropped", None, "专利授权", None, None, None, 50.0, "件", 2023),
    )
    COLUMNS = (
        "change", "reason", "indicator", "value", "unit_of_measure", "year", "other_value", "other_unit", "other_year"
    )  # fmt: skip

    def test_every_change(self, versions: Workspace) -> None:
        answer = ask(versions, "compare-plans")
        assert told(answer, *self.COLUMNS) == list(self.CHANGES)
        assert len(answer.remarks) == 1
        assert answer.remarks[0].zh.endswith(
            "6个目标：沿用1个、提高1个、降低1个、数值不变、年份变动1个、无法比较1个、没有承接1个、新增1个。"
        )

    def test_the_other_way_round(self, versions: Workspace) -> None:
        answer = versions.answer("compare-plans", {"plan": f"Plan:{OLDER}", "other": f"Plan:{NEWER}"})
        turned = {"raised": "lowered", "lowered": "raised", "new": "dropped", "dropped": "new"}
        expected = {(turned.get(change, change), indicator) for change, _, indicator, *_ in self.CHANGES}
        assert set(told(answer, "change", "indicator")) == expected

    def test_measure_words_for_things_are_one(self, tmp_path: Path) -> None:
        """40家 and 40个 are as many; 40家 is no 40%."""
        with Workspace.create(tmp_path / "ws") as workspace:
            texts = (
                OLD,
                OLD.replace("5号", "6号").replace("30家", "30个").replace("100家", "100%").replace("2021", "2022"),
            )
            for at, text in enumerate(texts):
                (tmp_path / f"{at}.txt").write_text(text, encoding="utf-8")
                workspace.load(tmp_path / f"{at}.txt")
            given = {"plan": "Plan:石政办发-2022-6", "other": f"Plan:{OLDER}"}
            rows = told(workspace.answer("compare-plans", given), "indicator", "change", "reason")
        assert ("高新技术企业", "inherited", None) in rows
        assert ("科技型中小企业", "incomparable", "unit") in rows

    def test_both_quotes(self, versions: Workspace) -> None:
        [row] = ask(versions, "compare-plans", change="提高").dicts()
        assert row["quote"] == ["高新技术企业超过40家", "高新技术企业超过30家"]
        assert len(row["evidence"]) == 2
        for own_id, quote in zip(row["evidence"], row["quote"], strict=True):
            assert {record.quote for record in versions.evidence(own_id)} == {quote}

    def test_tasks_without_a_counterpart(self, versions: Workspace) -> None:
        """培育科技企业 has the same name; 扩大节水灌溉 speaks of 建设节水灌溉示范田 as before."""
        answer = ask(versions, "tasks-without-counterpart")
        assert told(answer, "task", "leads", "place") == [
            ("引进青年人才", ["石河子市人社局"], ["二（三） 第24行", "二（三） 第26行"])
        ]
        assert "3项任务，2项在" in answer.remarks[0].zh
        back = versions.answer("tasks-without-counterpart", {"plan": f"Plan:{OLDER}", "other": f"Plan:{NEWER}"})
        assert told(back, "task", "nearest") == [("修缮古城墙", None)]

    def test_who_leads_the_same(self, versions: Workspace) -> None:
        answer = ask(versions, "leads-elsewhere")
        assert told(answer, "task", "leads", "other", "other_leads", "fit") == [
            ("培育科技企业", ["石河子市工信局"], "培育科技企业", ["石河子市科技局"], "other-function"),
            ("扩大节水灌溉", ["石河子市农业农村局"], "推广节水灌溉", ["石河子市农业农村局"], "same-unit"),
        ]
        assert "建设节水灌溉示范田" in answer.dicts()[1]["why"]
        assert told(ask(versions, "leads-elsewhere", unit="市科技局"), "task") == [("培育科技企业",)]

    def test_no_task_is_compared_with_itself(self, versions: Workspace) -> None:
        for question in ("compare-plans", "tasks-without-counterpart", "leads-elsewhere"):
            with pytest.raises(BadParameter) as error:
                ask(versions, question, other=f"Plan:{NEWER}")
            assert (error.value.values["question"], error.value.values["parameter"]) == (question, "other")

    def test_of_one_number_only_one_file(self, versions: Workspace, tmp_path: Path) -> None:
        (tmp_path / "draft.txt").write_text(OLD.replace("30家", "35家"), encoding="utf-8")
        with pytest.raises(SamePlan):
            versions.load(tmp_path / "draft.txt")


class TestParentAndChild:
    """The city is a part of the prefecture: 50 of 200, and 50 of the 120 that its task names."""

    COLUMNS = ("change", "owner", "value", "other_owner", "other_value", "quote")

    def test_parts_of_the_whole(self, two_plans: Workspace) -> None:
        answer = two_plans.answer("compare-plans", {"plan": CITY, "other": PREFECTURE})
        changes = told(answer, "change")
        assert changes.count(("new",)) == 40
        assert [row for row in told(answer, *self.COLUMNS) if row[0] != "new"] == [
            ("part", PLAN, 50.0, PARENT, 200.0, ["高新技术企业数量超过50家", "高新技术企业数量超过200家"]),
            ("part", "推动高新技术企业提质增量", 50.0, "推动工业转型升级", 120.0,
             ["高新技术企业超过50家", "高新技术企业超过120家"]),
        ]  # fmt: skip
        assert answer.remarks[1].zh.startswith("两份文件不是同一地区的")

    def test_from_the_prefecture(self, two_plans: Workspace) -> None:
        answer = two_plans.answer("compare-plans", {"plan": PREFECTURE, "other": CITY})
        assert told(answer, "change")[:3] == [("part",), ("part",), ("dropped",)]
        assert len(answer.rows.rows) == 42

    def test_tasks(self, two_plans: Workspace) -> None:
        """推动工业转型升级 has its name in both; 科技活动周 stands in （十二） and in the prefecture's （二）."""
        answer = two_plans.answer("tasks-without-counterpart", {"plan": CITY, "other": PREFECTURE})
        found = [task for (task,) in told(answer, "task")]
        assert len(found) == 11
        assert not {"推动工业转型升级", "加强科普机构与联动机制建设"} & set(found)
        assert told(two_plans.answer("tasks-without-counterpart", {"plan": PREFECTURE, "other": CITY}), "task") == []

    def test_the_same_function_at_another_level(self, two_plans: Workspace) -> None:
        """商务和工信局 of the city has the function of the prefecture's 工信局."""
        answer = two_plans.answer("leads-elsewhere", {"plan": CITY, "other": PREFECTURE})
        assert told(answer, "task", "leads", "other_leads", "fit") == [
            ("推动工业转型升级", ["昌吉市商务和工信局"], ["昌吉州工信局", "昌吉州科技局"], "same-function"),
            ("加强科普机构与联动机制建设", ["昌吉市科技局"], ["昌吉州科技局", "昌吉州各县市人民政府"], "same-function"),
        ]
        assert answer.remarks[0].en.startswith("2 pairs of tasks correspond: 0 have a lead")

    @pytest.mark.parametrize("question", ["compare-plans", "tasks-without-counterpart", "leads-elsewhere"])
    def test_a_plan_that_is_only_cited(self, changji: Workspace, question: str) -> None:
        answer = changji.answer(question, {"plan": CITY, "other": PREFECTURE})
        assert answer.rows.rows == []
        assert answer.remarks[0].zh.startswith(f"图谱里《{PARENT}》只有名称")


class TestAnOlderVersionIsNoOverlap:
    """培育科技企业 was led by 科技局 and is now led by 工信局: that is a change, which leads-elsewhere tells."""

    @pytest.mark.parametrize("question", ["similar-tasks", "several-leads", "overlap-kinds"])
    def test_only_the_latest_is_looked_at(self, versions: Workspace, question: str) -> None:
        answer = versions.answer(question)
        assert answer.rows.rows == []
        assert answer.remarks[-1].zh == "《石河子市科技创新行动方案（2021—2023年）》已有新版，不参与比较。"

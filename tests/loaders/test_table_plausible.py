"""Data that is well written and cannot be: figures below nothing, times that end before they begin, endless names."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapping_samples import codes

from innograph.graph.errors import OntologyError
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.text import use_language
from innograph.loaders.table import load_table
from innograph.loaders.table.values import BadCell, date_of

if TYPE_CHECKING:
    from pathlib import Path

    from innograph.loaders.base import Loaded


def load(folder: Path, text: str, **how: Any) -> tuple[Loaded, list[Any]]:
    """A table with what it says."""
    (folder / "a.csv").write_text(text, encoding="utf-8")
    loaded = load_table(folder / "a.csv", **how)
    return loaded, list(loaded.assertions)


def node(said: list[Any], label: str) -> dict[str, Any]:
    """What is said of the first thing of a type."""
    return next(dict(one.properties) for one in said if isinstance(one, NodeAssertion) and one.label == label)


class TestFigures:
    @pytest.mark.parametrize("cell", ["-5", "－5", "−5人", "-0.5万人"])
    def test_a_head_count_below_nothing_is_told_and_left_out(self, tmp_path: Path, cell: str) -> None:
        loaded, said = load(tmp_path, f"企业名称,从业人数,营业收入（万元）\n甲公司,{cell},12\n")
        assert node(said, "Enterprise") == {"name": "甲公司", "revenue": 12.0}
        assert codes(loaded) == [("table.bad-value", 2, 2)]
        (issue,) = loaded.issues
        with use_language("zh"):
            assert issue.message == f"“从业人数”的值“{cell}”不合要求：不能小于0"

    @pytest.mark.parametrize(
        ("header", "row", "column"),
        [
            ("企业名称,营业收入（万元）", "甲公司,-1.5", 2),
            ("企业名称,研发投入（万元）", "甲公司,-1.5亿元", 2),
            ("项目名称,金额（万元）", "某项目,-20", 2),
            ("项目名称,金额,币种", "某项目,-20,CNY", 2),
            ("人才计划,名额", "某计划,-3", 2),
        ],
    )
    def test_money_and_places(self, tmp_path: Path, header: str, row: str, column: int) -> None:
        loaded, _ = load(tmp_path, f"{header}\n{row}\n")
        assert codes(loaded) == [("table.bad-value", 2, column)]

    def test_nothing_is_a_figure(self, tmp_path: Path) -> None:
        loaded, said = load(tmp_path, "企业名称,从业人数,研发投入（万元）\n甲公司,0,0.0\n")
        assert node(said, "Enterprise") == {"name": "甲公司", "employees": 0, "rd_spending": 0.0}
        assert codes(loaded) == []

    def test_progress_may_fall(self, tmp_path: Path) -> None:
        loaded, said = load(tmp_path, "指标,日期,完成值,单位\n增速,2023,-1.5,%\n")
        assert (node(said, "Progress")["value"], codes(loaded)) == (-1.5, [])

    def test_a_constant_of_a_pack_too(self, tmp_path: Path) -> None:
        (tmp_path / "own.yaml").write_text(
            'title: { zh: "甲", en: "a" }\nmatch: [[名]]\ncolumns: { name: { zh: "名", en: "N" } }\n'
            "nodes: [{ as: e, type: Enterprise, name: name, properties: { employees: { constant: -1 } } }]\n",
            encoding="utf-8",
        )
        with pytest.raises(OntologyError, match="不能小于0"):
            load(tmp_path, "名\n甲公司\n", pack=str(tmp_path / "own.yaml"))


class TestTimes:
    def test_a_tier_that_ends_before_it_begins_is_kept_without_dates(self, tmp_path: Path) -> None:
        loaded, said = load(
            tmp_path, "企业名称,梯度,认定年份,资质有效期自,资质有效期至\n甲公司,高企,2023,2023-05-01,2022-01-01\n"
        )
        (edge,) = [one for one in said if isinstance(one, EdgeAssertion)]
        assert (edge.type, dict(edge.properties), edge.key) == ("QUALIFIES_AS", {"year": 2023}, "")
        assert codes(loaded) == [("table.time-reversed", 2, 5)]
        assert (loaded.issues[0].values["first"], loaded.issues[0].values["value"]) == ("2023-05-01", "2022-01-01")

    def test_a_project_is_told_once_and_its_participants_are_kept(self, tmp_path: Path) -> None:
        loaded, said = load(
            tmp_path,
            "项目名称,牵头单位,参与单位,开始日期,结束日期\n"
            "某项目,甲公司,某大学,2023-03-01,2022-12\n另一项目,甲公司,某大学,2023-03-01,2023-03\n",
        )
        assert node(said, "Project") == {"name": "某项目"}
        edges = [one for one in said if isinstance(one, EdgeAssertion) and one.target == "Project:某项目"]
        assert [dict(one.properties) for one in edges] == [{"role": "牵头"}, {"role": "参与"}]
        assert codes(loaded) == [("table.time-reversed", 2, 5)]

    @pytest.mark.parametrize("days", [("2023-05-01", "2023-05-01"), ("2023", "2023"), ("2023-05-01", ""), ("", "1999")])
    def test_what_is_in_order(self, tmp_path: Path, days: tuple[str, str]) -> None:
        loaded, _ = load(tmp_path, f"企业名称,梯度,资质有效期自,资质有效期至\n甲公司,高企,{days[0]},{days[1]}\n")
        assert codes(loaded) == []

    @given(
        begin=st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), end=st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))
    )
    def test_exactly_those_that_end_before_they_begin(
        self, tmp_path_factory: pytest.TempPathFactory, begin: dt.date, end: dt.date
    ) -> None:
        folder = tmp_path_factory.getbasetemp()
        loaded, said = load(folder, f"项目名称,开始日期,结束日期\n某项目,{begin},{end}\n")
        dated = {} if end < begin else {"start_date": begin, "end_date": end}
        assert node(said, "Project") == {"name": "某项目", **dated}
        assert len(codes(loaded)) == (end < begin)

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("2023-02-30", "2023年2月没有30日，只有28天"),
            ("2024年2月30日", "2024年2月没有30日，只有29天"),
            ("20230431", "2023年4月没有31日，只有30天"),
            ("2023/6/0", "2023年6月没有0日，只有30天"),
            ("2023-13", "没有13月"),
            ("2023.0.5", "没有0月"),
        ],
    )
    @pytest.mark.parametrize("until", [False, True])
    def test_days_that_do_not_exist(self, text: str, problem: str, until: bool) -> None:
        with pytest.raises(BadCell) as caught:
            date_of(text, until=until)
        assert caught.value.problem.zh == problem


class TestNames:
    def test_one_of_absurd_length_is_told_in_short(self, tmp_path: Path) -> None:
        loaded, said = load(tmp_path, f"企业名称,从业人数\n{'长' * 5000},3\n乙公司,3\n")
        assert [one.id for one in said] == ["Enterprise:乙公司"]
        (issue,) = loaded.issues
        assert (issue.code, issue.place.row, issue.place.column) == ("table.bad-value", 2, 1)
        with use_language("zh"):
            assert len(issue.message) < 200
            assert "有5000个字" in issue.message

    def test_the_longest_that_is_taken(self, tmp_path: Path) -> None:
        loaded, said = load(tmp_path, f"项目名称,金额\n{'长' * 400},3\n{'长' * 401},3\n")
        assert [one.id for one in said] == ["Project:" + "长" * 400]
        assert codes(loaded) == [("table.bad-value", 3, 1)]

    def test_an_optional_one_leaves_the_row(self, tmp_path: Path) -> None:
        loaded, said = load(tmp_path, f"企业名称,所属产业\n甲公司,农机、{'长' * 500}\n")
        assert [one.id for one in said] == ["Enterprise:甲公司"]
        assert codes(loaded) == [("table.bad-value", 2, 2)]


class TestTiers:
    def test_an_unusual_one_is_kept_and_told_once(self, tmp_path: Path) -> None:
        loaded, said = load(
            tmp_path, "企业名称,梯度\n甲公司,超级\n乙公司,超级\n丙公司,省级瞪羚企业\n丁公司,High-Tech\n"
        )
        tiers = [one.id for one in said if isinstance(one, NodeAssertion) and one.label == "Tier"]
        assert tiers == ["Tier:超级", "Tier:省级瞪羚企业", "Tier:High-Tech"]
        assert codes(loaded) == [("table.unusual-value", 2, 2)]

    def test_a_table_of_tiers_says_what_there_is(self, tmp_path: Path) -> None:
        loaded, _ = load(tmp_path, "梯度,下一级\n一星级,二星级\n")
        assert codes(loaded) == []

"""How far targets have come, and which are due: small graphs by hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from store_helpers import edge, node
from target_samples import UNITS, A, Opened, Thing, assert_proven, found, indicators, offices, plan, role, target, told

from innograph import Workspace
from innograph.queries import ask, load_catalogue


def ends(parts: int, days: int = 1094) -> Any:
    """A share of the plan's time: 1094 days from 2021-01-01 to 2023-12-31."""
    return pytest.approx(parts / days)


class TestProgress:
    """2023-06-30 is day 910 of 1094, 83.2 %; 2022-12-31 day 729, 66.6 %."""

    COLUMNS = ("indicator", "state", "reason", "reported", "done", "expected", "short")

    def test_the_days(self) -> None:
        days = [(day - dt.date(2021, 1, 1)).days for day in (dt.date(2022, 12, 31), dt.date(2023, 6, 30))]
        assert (*days, (dt.date(2023, 12, 31) - dt.date(2021, 1, 1)).days) == (729, 910, 1094)

    def test_the_sample(self, whole: Workspace) -> None:
        answer = whole.answer("target-progress", {})
        rows = told(answer, *self.COLUMNS)
        assert rows[:11] == [
            ("上市、挂牌企业", "behind", None, 3, 0.75, 3.33, 2),  # more than 4: 2 are missing; 4 × 0.832 = 3.33
            ("带动就业人数", "behind", None, 2600, 0.52, 4159.05, 2401),
            ("财政科技经费投入", "uncountable", "no-value", None, None, None, None),
            ("实施各类区域创新合作项目", "uncountable", "stale", 12, 0.4, None, 18),
            ("科普服务人数", "uncountable", "units", 52000, None, None, None),
            ("高新技术企业", "on-course", None, 48, 0.96, 41.59, 3),
            ("高新技术企业", "on-course", None, 48, 0.96, 41.59, 3),
            ("国家级创新创业平台", "on-course", None, 1, 1.0, 0.83, 1),
            ("科技特派员人数", "on-course", None, 150, 0.75, 133.27, 51),
            ("自治区级专精特新企业", "met", None, 35, pytest.approx(35 / 33), None, 0),
            ("引进培育技术转移服务机构", "met", None, 2, 1.0, None, 0),
        ]
        assert {row[1:] for row in rows[11:]} == {("unreported", None, None, None, None, None)}
        assert len(rows) == 42
        elapsed = dict(told(answer, "indicator", "elapsed"))
        assert elapsed["带动就业人数"] == ends(910)
        assert elapsed["科技特派员人数"] == ends(729)
        assert [remark.zh for remark in answer.remarks] == [
            "42个目标：落后2、无法计算3、进度正常4、已达到2、没有填报31。",
            "按2023-06-30前（含当日）的报告计算。",
            "1项报告的指标没有目标：技术合同成交额。",
        ]
        assert_proven(whole, answer)

    def test_as_of_a_day(self, whole: Workspace) -> None:
        """Later reports do not count yet; 12 projects were reported 549 days before."""
        answer = whole.answer("target-progress", {"day": "2022-12-31"})
        rows = [row for row in told(answer, *self.COLUMNS) if row[1] != "unreported"]
        assert [(*row[:4], row[-1]) for row in rows] == [
            ("带动就业人数", "behind", None, 1900, 3101),
            ("实施各类区域创新合作项目", "uncountable", "stale", 12, 18),
            ("自治区级专精特新企业", "on-course", None, 30, 4),
            ("科技特派员人数", "on-course", None, 150, 51),
        ]

    def test_after_the_deadline(self, whole: Workspace) -> None:
        rows = told(whole.answer("target-progress", {"day": "2024-01-01"}), "state", "reason")
        assert Counter(rows) == {
            ("uncountable", "after-deadline"): 7,  # 2 behind, 4 on course, and the stale one
            ("uncountable", "no-value"): 1,
            ("uncountable", "units"): 1,
            ("met", None): 2,
            ("unreported", None): 31,
        }

    def test_with_more_patience(self, whole: Workspace) -> None:
        """12 of 30 after 180 of 1094 days was on course."""
        answer = whole.answer("target-progress", {"patience": 1000, "state": "进度正常"})
        assert dict(told(answer, "indicator", "elapsed"))["实施各类区域创新合作项目"] == ends(180)

    def test_filters(self, whole: Workspace) -> None:
        assert told(whole.answer("target-progress", {"unit": "教育局"}), "state") == [("unreported",)] * 3
        behind = whole.answer("target-progress", {"unit": "科技局", "state": "behind", "top": 1})
        assert told(behind, "indicator") == [("上市、挂牌企业",)]
        assert behind.remarks[0].zh == "共2行，列出前1行"

    def test_findings(self, whole: Workspace) -> None:
        statements = [f.statement.zh for f in whole.findings() if f.rule == "target-progress"]
        assert statements == [
            "“上市、挂牌企业累计超过4家”落后：截至2023-06-30为3家，时间进度83.2%，距目标还差2家",
            "“带动就业人数超过5000人”落后：截至2023-06-30为2600人，时间进度83.2%，距目标还差2401人",
        ]

    def test_no_sheet(self, changji: Workspace) -> None:
        answer = changji.answer("target-progress", {})
        assert {state for (state,) in told(answer, "state")} == {"unreported"}
        assert answer.remarks[1].zh == "没有进展台账。"
        of_a_day = changji.answer("target-progress", {"day": "2022-12-31"})
        assert of_a_day.remarks[1].zh == "没有进展台账，或其中没有2022-12-31前的报告。"

    def test_reports_without_a_date(self, opened: Opened) -> None:
        undated = [node("Progress", "a", value=1.0, quote="a", place="第7行"), edge("REPORTS_ON", "a", "p-1", "o-a")]
        things = [*plan("p"), *offices("652301"), *indicators("x"), *target("p-1", "t", "x"), *undated]
        answer = ask(opened(things), load_catalogue()["target-progress"], {})
        assert answer.remarks[1].zh == "报告都没有写日期。"

    def test_an_undated_report_counts_where_no_dated_one_does(self, opened: Opened) -> None:
        """Nobody knows whether it is later than the day: it is said. 40 of 50 are on course in July 2022, half the time."""
        undated = [
            node("Progress", f"u-{name}", value=60.0, unit="家", quote=f"u-{name}", place="第7行") for name in "xy"
        ]
        things = [
            *plan("p", period_start=2021, period_end=2023), *offices("652301"), *indicators("x", "y"),
            *target("p-1", "tx", "x"), *target("p-2", "ty", "y"), *report("d", 40.0, "Indicator:x"),
            *undated, *(edge("REPORTS_ON", f"u-{name}", f"Indicator:{name}", f"o-{name}") for name in "xy"),
        ]  # fmt: skip
        store = opened(things)
        store.day = dt.date(2022, 7, 31)
        answer = ask(store, load_catalogue()["target-progress"], {})
        assert sorted(told(answer, "target", "state", "reported", "date")) == [
            ("tx", "on-course", 40, dt.date(2022, 7, 1)),
            ("ty", "met", 60, None),
        ]
        assert [remark.zh for remark in answer.remarks[1:]] == [
            "按2022-07-31前（含当日）的报告计算。",
            "2份报告没有写日期，不知道是否晚于这一天；仍然计入，但有日期的报告优先。",
        ]

    def test_which_report_counts(self, opened: Opened) -> None:
        """One that names the target, else its task, else the indicator; of two regions neither is guessed."""
        years = {"period_start": 2021, "period_end": 2023}
        names = ("x", "y", "z", "rate", "growth", "cap")
        things = [
            *plan("p", **years), *plan("r", "652302", **years), *offices("652301", "652302"), *indicators(*names),
            *target("p-1", "x1", "x"), *target("p-2", "x2", "x"), *target("p-3", "x3", "x"),
            *target("p-1", "y1", "y", year=2021), *target("r-1", "y2", "y", year=2021),
            *target("p-1", "z1", "z", value=12.0, unit="万人次", period="annual"),
            *target("p-1", "r1", "rate", value=10.0, unit="%", period="annual"),
            *target("p-1", "g1", "growth", comparator="growth", value=None, unit=None, kind="trend"),
            *target("p-1", "k1", "cap", comparator="<=", value=5.0, unit="%", kind="cap"),
            *report("a", 40.0, "Indicator:x"), *report("b", 30.0, "Indicator:x", "p-2"),
            *report("c", 50.0, "Indicator:x", "x3"), *report("d", 99.0, "Indicator:y"),
            *report("e", 60_000.0, "Indicator:z", unit="人次"), *report("f", 8.0, "Indicator:rate", unit="%"),
            *report("g", 3.0, "Indicator:growth", unit="家"), *report("h", 2.0, "Indicator:growth", unit="家", year=2021),
            *report("j", 4.0, "Indicator:cap", unit="%"),
        ]  # fmt: skip
        rows = found(opened(things), "target-progress", "target", "state", "reason", "reported", "evidence")
        assert sorted(rows) == [
            ("g1", "on-course", None, 3, ["g1", "g"]),
            ("k1", "on-course", None, 4, ["k1", "j"]),
            ("r1", "behind", None, 8, ["r1", "f"]),
            ("x1", "on-course", None, 40, ["x1", "a"]),
            ("x2", "on-course", None, 30, ["x2", "b"]),
            ("x3", "met", None, 50, ["x3", "c"]),
            ("y1", "uncountable", "ambiguous", 99, ["y1", "d"]),
            ("y2", "uncountable", "ambiguous", 99, ["y2", "d"]),
            ("z1", "on-course", None, 60000, ["z1", "e"]),  # half of 12 万 by the end of June
        ]


def report(own: str, value: float, *about: str, unit: str = "家", year: int = 2022) -> list[Thing]:
    """A report as of 1 July: of three years half have passed in 2022, of the year itself 181 of 364 days."""
    date = dt.date(year, 7, 1)
    return [
        node("Progress", own, date=date, value=value, unit=unit, quote=own, place="第7行"),
        *(edge("REPORTS_ON", own, thing, f"o-{own}-{thing}") for thing in about),
    ]


class TestDue:
    COLUMNS = ("year", "unit", "targets", "reported", "met", "on_course", "behind", "uncountable")

    def test_the_sample(self, whole: Workspace) -> None:
        """科技局 leads （一）4 （二）5 （六）2 （七）3 （八）5 （十一）1 （十二）2; those of （二） and （十） count for both leads."""
        answer = whole.answer("due", {})
        assert told(answer, *self.COLUMNS) == [
            (2023, "昌吉市科技局", 22, 10, 2, 3, 2, 3),
            (2023, "昌吉市商务和工信局", 8, 3, 1, 1, 1, 0),
            (2023, "昌吉市农业农村局", 6, 0, 0, 0, 0, 0),
            (2023, None, 4, 1, 0, 1, 0, 0),
            (2023, "昌吉市委组织部", 4, 0, 0, 0, 0, 0),
            (2023, "昌吉市教育局", 3, 0, 0, 0, 0, 0),
            (2023, "昌吉市卫健委", 2, 0, 0, 0, 0, 0),
        ]
        assert answer.remarks[0].zh == "2023：42个目标，已填报11个，已达到2个。"
        assert_proven(whole, answer)

    def test_filters(self, whole: Workspace) -> None:
        assert told(whole.answer("due", {"year": 2024})) == []
        assert told(whole.answer("due", {"unit": "商务和工信局"}), "unit", "targets") == [("昌吉市商务和工信局", 8)]

    def test_by_year(self, opened: Opened) -> None:
        things = [
            *plan("p"), *plan("q", period_end=2030), *offices("652301"), *UNITS, *indicators("x"), role("LEADS", A, "p-1"),
            *target("p-1", "a", "x", year=2025), *target("p-2", "b", "x", year=2023), *target("p-3", "c", "x"),
            *target("q-1", "d", "x"),
        ]  # fmt: skip
        answer = ask(opened(things), load_catalogue()["due"], {})
        assert told(answer, "year", "unit", "names") == [
            (2023, None, ["b"]), (2025, A, ["a"]), (2030, None, ["d"]), (None, None, ["c"]),
        ]  # fmt: skip
        assert answer.remarks[3].zh == "没有年份：1个目标，已填报0个，已达到0个。"

"""The head of a plan: title, document number, issuers, days, period and parents, on heads written for the tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from innograph.graph.errors import NotAPlan
from innograph.loaders.document import document_of_lines
from innograph.loaders.loading import load_file
from innograph.loaders.plan import ParsedPlan, parse
from innograph.loaders.plan.export import to_json
from innograph.loaders.plan.model import Head
from innograph.loaders.plan.structure.days import DAY, day_of
from innograph.loaders.plan.structure.head import period_of, read_head
from innograph.loaders.plan.structure.signature import closing_offsets

BODY = "\n一、任务\n（一）建平台。建设平台2个。（责任单位：市科技局）"


def plan_of(text: str) -> ParsedPlan:
    return parse(document_of_lines("a.txt", text))


def head_of(text: str) -> Head:
    return plan_of(text + BODY).head


def issuers(head: Head) -> list[str]:
    return [name for name, _ in head.issuers]


class TestWhoAndWhen:
    def test_several_issuers_above_one_day(self) -> None:
        head = head_of(
            "关于印发《昌吉市科技资金管理办法》的通知\n各乡镇：\n昌吉市财政局\n昌吉市科技局\n二〇二三年四月九日\n昌吉市科技资金管理办法"
        )
        assert (issuers(head), head.issuer) == (["昌吉市财政局", "昌吉市科技局"], "昌吉市财政局、昌吉市科技局")
        assert head.issue_date == date(2023, 4, 9)

    def test_issuers_in_one_line_under_the_text(self) -> None:
        head = plan_of(f"昌吉市科技创新规划{BODY}\n昌吉市科技局 昌吉市财政局\n2021年12月31日\n（此件公开发布）").head
        assert (issuers(head), head.issue_date) == (["昌吉市科技局", "昌吉市财政局"], date(2021, 12, 31))

    def test_an_issuer_with_blanks_in_its_name(self) -> None:
        assert issuers(head_of("昌吉市人民政府 办公室\n2022年6月17日\n昌吉市科技创新行动方案")) == [
            "昌吉市人民政府办公室"
        ]

    def test_a_seal_stands_between_issuer_and_day(self) -> None:
        head = head_of("昌吉市科技创新领导小组\n（昌吉市科技局代章）\n2022年6月17日\n昌吉市科技创新行动方案")
        assert (issuers(head), head.issue_date) == (["昌吉市科技创新领导小组"], date(2022, 6, 17))

    def test_issuer_and_day_in_one_line(self) -> None:
        head = head_of("昌吉市科技局 2022年6月17日\n昌吉市科技创新行动方案")
        assert (issuers(head), head.issue_date) == (["昌吉市科技局"], date(2022, 6, 17))

    def test_the_issuer_in_the_title_of_the_notice(self) -> None:
        head = head_of("昌吉市人民政府关于印发《昌吉市科技创新行动方案》的通知\n昌吉市科技创新行动方案")
        assert (issuers(head), head.issue_date) == (["昌吉市人民政府"], None)

    @pytest.mark.parametrize(
        ("text", "offices"),
        [
            ("昌吉市水利局 昌吉市财政局关于印发昌吉市科普行动方案的通知", ["昌吉市水利局", "昌吉市财政局"]),
            (
                "昌吉市财政局 昌吉市水利局\n昌吉市教育局 昌吉市体育局关于印发昌吉市科普行动方案的通知",
                ["昌吉市财政局", "昌吉市水利局", "昌吉市教育局", "昌吉市体育局"],
            ),
            (
                "中共昌吉市委办公室 昌吉市人民政府办公室\n印发《昌吉市科普行动方案》的通知",
                ["中共昌吉市委办公室", "昌吉市人民政府办公室"],
            ),
            ("昌吉市水利局等6部门关于印发昌吉市科普行动方案的通知", ["昌吉市水利局"]),
            ("昌吉市水利局等五部门关于印发昌吉市科普行动方案的通知", ["昌吉市水利局"]),
            ("中国人民银行昌吉州分行关于印发昌吉市科普行动方案的通知", ["中国人民银行昌吉州分行"]),
            ("关于印发昌吉市科普行动方案的通知", []),
            ("各乡镇\n印发《昌吉市科普行动方案》的通知", []),
        ],
    )
    def test_offices_at_the_head_of_a_title(self, text: str, offices: list[str]) -> None:
        assert issuers(head_of(f"{text}\n昌吉市科普行动方案")) == offices

    @pytest.mark.parametrize(
        "day",
        [
            "2025年3月10日（此件公开发布）",
            "（2025年3月10日）",
            "印发日期：2025年3月10日",
            "二O二五年三月十日",
            "二o二五年三月十日",
        ],
    )
    def test_how_a_day_stands_under_an_office(self, day: str) -> None:
        head = head_of(f"昌吉市水利局\n{day}\n昌吉市科普行动方案")
        assert (issuers(head), head.issue_date) == (["昌吉市水利局"], date(2025, 3, 10))

    @pytest.mark.parametrize(
        "text", ["昌吉市水利局\n2025年3月", "昌吉市水利局　　2025年3月", "昌吉市水利局\n二〇二五年三月"]
    )
    def test_a_month_signs_without_a_day(self, text: str) -> None:
        head = head_of(f"{text}\n昌吉市科普行动方案")
        assert (issuers(head), head.issue_date) == (["昌吉市水利局"], None)
        head = plan_of(f"昌吉市科普行动方案{BODY}\n{text}\n昌吉市水利局 2025年4月2日印发").head
        assert (issuers(head), head.issue_date, head.print_date) == (["昌吉市水利局"], None, date(2025, 4, 2))

    def test_an_office_and_a_month_among_the_tasks_sign_nothing(self) -> None:
        text = f"昌吉市科普行动方案{BODY}\n（二）引人才。做好服务。\n市水利局\n2025年3月\n（三）办活动。\n做甲。\n做乙。\n做丙。"
        assert plan_of(text).head.issuers == ()

    def test_the_letterhead(self) -> None:
        assert issuers(head_of("昌吉市人民政府文件\n昌政发〔2022〕15号\n昌吉市科技创新行动方案")) == ["昌吉市人民政府"]

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2022年6月17日", date(2022, 6, 17)),
            ("２０２２年６月１７日", date(2022, 6, 17)),
            ("2022 年 6 月 17 日", date(2022, 6, 17)),
            ("2022-06-17", date(2022, 6, 17)),
            ("2022/6/17", date(2022, 6, 17)),
            ("2022.6.17", date(2022, 6, 17)),
            ("二〇二二年六月十七日", date(2022, 6, 17)),
            ("二○二二年十二月三十一日", date(2022, 12, 31)),
            ("二零二二年十月二十日", date(2022, 10, 20)),
            ("2022年2月30日", None),
        ],
    )
    def test_days(self, text: str, day: date | None) -> None:
        match = DAY.search(document_of_lines("a", text).folded)
        assert match is not None
        assert day_of(match) == day
        assert head_of(f"昌吉市科技局\n{text}\n昌吉市科技创新行动方案").issue_date == day

    @pytest.mark.parametrize("line", ["发布日期：2022-06-17", "成文日期:2022年6月17日", "（2022年6月17日）"])
    def test_a_day_without_issuer(self, line: str) -> None:
        head = head_of(f"昌吉市科技创新行动方案\n{line}")
        assert (head.issuers, head.issue_date) == ((), date(2022, 6, 17))

    def test_the_day_of_printing(self) -> None:
        head = plan_of(
            f"昌吉市科技创新行动方案{BODY}\n昌吉市科技局\n2022年6月17日\n昌吉市科技局办公室 2022年6月20日印发"
        ).head
        assert (head.issue_date, head.print_date) == (date(2022, 6, 17), date(2022, 6, 20))

    @pytest.mark.parametrize(
        "line", ["昌吉市科技局\n2022年6月17日", "抄送：市委。", "附件：1.分工表", "附件2", "（此件公开发布）"]
    )
    def test_where_the_text_ends(self, line: str) -> None:
        text = f"昌吉市方案{BODY}\n{line}"
        assert closing_offsets(document_of_lines("a", text)) == (text.index(line),)
        assert [plan_of(text).document.quote(s) for s in plan_of(text).tasks[0].sentences] == ["建设平台2个。"]


class TestNumber:
    @pytest.mark.parametrize(
        ("line", "number"),
        [
            ("昌政办发〔2022〕15号", "昌政办发〔2022〕15号"),
            ("昌政办发[2022]15号", "昌政办发[2022]15号"),
            ("昌政办发（2022）15号", "昌政办发（2022）15号"),
            ("昌政办发【2022】第15号", "昌政办发【2022】第15号"),
            ("昌政办发〔２０２２〕１５号", "昌政办发〔２０２２〕１５号"),
            ("昌政办发 〔2022〕 15 号", "昌政办发〔2022〕15号"),
            ("昌吉市人民政府办公室文件昌政办发〔2022〕15号", "昌政办发〔2022〕15号"),
            ("第15号", "第15号"),
            ("昌政办发［2022］15号", "昌政办发［2022］15号"),
            ("昌政办发〔二〇二二〕一号", "昌政办发〔二〇二二〕一号"),
            ("昌科规〔二O二二〕3号", "昌科规〔二O二二〕3号"),
            ("昌政办发〔2022〕1-1号", "昌政办发〔2022〕1-1号"),
            ("昌政办发2022年第1号", "昌政办发2022年第1号"),
            ("昌吉市公报2022年第1号", None),
        ],
    )
    def test_forms(self, line: str, number: str | None) -> None:
        assert head_of(f"{line}\n昌吉市科技创新行动方案").doc_number == number

    def test_several_plans_of_a_file_share_it(self) -> None:
        plan = plan_of(
            "昌政发〔2024〕3号\n昌吉市创新政策措施\n一、甲。做甲。（市科技局负责）\n"
            "昌吉市科普行动方案\n一、乙。做乙。（市科协负责）\n二、丙。做丙。（市教育局负责）"
        )
        (other,) = plan.others
        assert [(p.head.title, p.head.doc_number) for p in (other, plan)] == [
            ("昌吉市创新政策措施", "昌政发〔2024〕3号"),
            ("昌吉市科普行动方案", "昌政发〔2024〕3号"),
        ]
        assert plan.key != other.key


class TestTheCardInLines:
    def test_a_line_for_each_name(self) -> None:
        plan = plan_of(
            "索引号：01-2025\n名称：昌吉市节水行动方案\n文号：吉市水发〔2025〕9号\n发布机构：昌吉市水利局\n"
            f"成文日期：2025年3月8日\n发布日期：2025年3月10日{BODY}"
        )
        head = plan.head
        assert (head.title, head.doc_number, head.issuer, head.issue_date) == (
            "昌吉市节水行动方案",
            "吉市水发〔2025〕9号",
            "昌吉市水利局",
            date(2025, 3, 8),
        )

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_one_line_above_or_below_the_title(self, order: tuple[int, int]) -> None:
        lines = ["发布日期：2025-03-10 来源：昌吉市水利局 浏览次数：达到120家", "昌吉市节水行动方案"]
        plan = plan_of("\n".join(lines[i] for i in order) + "\n到2025年，建水库3座。" + BODY)
        head = plan.head
        assert (head.title, head.issuer, head.issue_date) == ("昌吉市节水行动方案", "昌吉市水利局", date(2025, 3, 10))
        assert [target.value for target in plan.targets] == [3]

    def test_what_begins_so_among_the_tasks_stays(self) -> None:
        plan = plan_of(f"昌吉市节水行动方案{BODY}\n名称：节水馆。\n来源：市水利局。")
        assert [plan.document.quote(s) for s in plan.tasks[0].sentences][-1] == "来源：市水利局。"

    @pytest.mark.parametrize(
        "text",
        [f"节水方案\n填报单位：昌吉市水利局{BODY}", f"节水方案{BODY}\n填报单位：昌吉市水利局　填报日期：2025年3月8日"],
    )
    def test_who_filled_in_a_form(self, text: str) -> None:
        plan = plan_of(text)
        assert plan.head.issuer == "昌吉市水利局"
        assert [issue.code for issue in plan.issues] == ["plan.no-number"]
        assert [plan.document.quote(s) for s in plan.tasks[0].sentences] == ["建设平台2个。"]


class TestTheMainPlan:
    # The first plan has more tasks, the second the targets: that is what the file is about.
    TEXT = (
        "昌吉市节水政策措施（2021—2023年）\n到2023年，全市节水器具达到100套。\n一、甲。做甲。（市水利局负责）\n二、乙。做乙。（市住建局负责）\n"
        "昌吉市科普行动方案（2024—2026年）\n到2026年，科普基地达到9个。\n一、丙。建科普馆2个。（市科协负责）"
    )

    def test_all_head_fields_are_of_the_plan_that_is_named(self) -> None:
        plan = plan_of(self.TEXT)
        said = to_json(plan)
        assert (plan.head.title, said["title"]) == ("昌吉市科普行动方案（2024—2026年）",) * 2
        assert said["period"] == {"start": 2024, "end": 2026}
        assert [target["value"] for target in said["document_targets"]] == [9]
        assert said["also_contains"] == ["昌吉市节水政策措施（2021—2023年）"]
        assert len(said["tasks"]) == 3

    def test_what_is_loaded_is_called_so_too(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(self.TEXT, encoding="utf-8")
        assert load_file(tmp_path / "a.txt").title == "昌吉市科普行动方案（2024—2026年）"


class TestTheDayThatCounts:
    @pytest.mark.parametrize(
        ("title", "issued", "year"),
        [
            ("昌吉市2026年科普工作要点", "2025年12月20日", 2026),
            ("昌吉市2026年科普工作要点", "2026年1月5日", 2026),
            ("昌吉市科普工作要点", "2025年12月20日", 2025),
            ("昌吉市科普行动方案（2026—2028年）", "2025年12月20日", 2025),
        ],
    )
    def test_a_plan_for_next_year(self, title: str, issued: str, year: int) -> None:
        plan = plan_of(f"昌吉市科协\n{issued}\n{title}\n一、任务\n（一）建馆。年内建设科普馆2个。（责任单位：市科协）")
        assert plan.head.issue_date is not None
        assert [target.year for target in plan.tasks[0].targets] == [year]


class TestTitle:
    @pytest.mark.parametrize(
        ("text", "title", "period"),
        [
            ("昌吉市科技创新行动方案", "昌吉市科技创新行动方案", None),
            ("昌吉市科技创新\n三年行动方案", "昌吉市科技创新三年行动方案", None),
            ("昌吉市\n科技创新支持产业发展\n三年行动计划", "昌吉市科技创新支持产业发展三年行动计划", None),
            ("昌吉市科技创新行动方案\n（2022—2024年）", "昌吉市科技创新行动方案（2022—2024年）", (2022, 2024)),
            ("昌吉市科技创新行动方案\n（2022年-2024年）", "昌吉市科技创新行动方案（2022年-2024年）", (2022, 2024)),
            ("昌吉市科技资金管理办法\n（试行）", "昌吉市科技资金管理办法（试行）", None),
            ("昌吉市“十四五”科技创新规划", "昌吉市“十四五”科技创新规划", (2021, 2025)),
            (
                "昌政发〔2022〕1号\n关于印发《昌吉市科技创新\n行动方案（2022—2024年）》的通知\n各乡镇：",
                "昌吉市科技创新行动方案（2022—2024年）",
                (2022, 2024),
            ),
            (
                "昌政发〔2022〕1号\n关于印发《昌吉市科普行动方案》（2024-2026年）的通知\n各乡镇：",
                "昌吉市科普行动方案（2024-2026年）",
                (2024, 2026),
            ),
            (
                "关于印发昌吉市科普行动方案（2024-2026年）的通知\n各乡镇：",
                "关于印发昌吉市科普行动方案（2024-2026年）的通知",
                (2024, 2026),
            ),
            (
                "昌吉市贯彻落实《自治区科普规划纲要》\n行动方案\n（2022—2025年）",
                "昌吉市贯彻落实《自治区科普规划纲要》行动方案（2022—2025年）",
                (2022, 2025),
            ),
            (
                "昌吉市贯彻落实《自治区科普规划\n实施意见》行动方案\n（2022—2025年）",
                "昌吉市贯彻落实《自治区科普规划实施意见》行动方案（2022—2025年）",
                (2022, 2025),
            ),
            ("昌吉市水利局　　2025年2月\n昌吉市科普有关安排", "昌吉市科普有关安排", None),
            ("昌科发〔2025〕2号\n2025年2月8日\n昌吉市科普有关安排", "昌吉市科普有关安排", None),
            (
                "关于印发《昌吉市贯彻落实〈自治区创新规划〉行动方案》的通知\n各乡镇：",
                "昌吉市贯彻落实〈自治区创新规划〉行动方案",
                None,
            ),
        ],
    )
    def test_titles_and_periods(self, text: str, title: str, period: tuple[int, int] | None) -> None:
        head = head_of(text)
        assert (head.title, head.period) == (title, period)

    @pytest.mark.parametrize(
        ("title", "period"),
        [
            ("方案（2022-2024年）", (2022, 2024)),
            ("方案（2022—2024）", (2022, 2024)),
            ("方案（2022年～2024年）", (2022, 2024)),
            ("方案（2022至2024年）", (2022, 2024)),
            ("“十三五”规划", (2016, 2020)),
            ("十五五规划", (2026, 2030)),
            ("2024年方案", None),
        ],
    )
    def test_periods(self, title: str, period: tuple[int, int] | None) -> None:
        assert period_of(title) == period


class TestParents:
    @pytest.mark.parametrize(
        ("sentence", "parents"),
        [
            (
                "根据《自治区科技创新规划》（新政发〔2021〕8号）精神，制定本方案。",
                [("自治区科技创新规划", "新政发〔2021〕8号")],
            ),
            ("为贯彻《国务院关于加强创新的意见》，制定本方案。", [("国务院关于加强创新的意见", None)]),
            (
                "按照《自治区贯彻〈国家创新纲要〉实施方案》，制定本方案。",
                [("自治区贯彻〈国家创新纲要〉实施方案", None)],
            ),
            (
                "依据《国家创新纲要全文》《自治区创新方案》和《昌吉州创新规划》（昌州政发〔2021〕9号），制定本方案。",
                [("国家创新纲要全文", None), ("自治区创新方案", None), ("昌吉州创新规划", "昌州政发〔2021〕9号")],
            ),
            ("《昌吉州创新规划》已经发布。", []),
            ("制定本方案。", []),
        ],
    )
    def test_with_and_without_number(self, sentence: str, parents: list[tuple[str, str | None]]) -> None:
        head = head_of(f"昌吉市科技创新行动方案\n{sentence}")
        assert [(p.title, p.doc_number) for p in head.parents] == parents


class TestHead:
    def test_the_attachment_line_is_no_part_of_the_title(self) -> None:
        text = "某政办发〔2023〕9号\n附件1\n三明市科技创新\n三年行动方案\n一、任务"
        head = read_head(document_of_lines("a", text), text.index("一、任务"))
        assert (head.title, head.doc_number) == ("三明市科技创新三年行动方案", "某政办发〔2023〕9号")

    def test_a_cited_number_is_not_the_plans_own(self) -> None:
        text = "三明市行动方案\n根据《福建省行动方案全文》（闽政办发〔2021〕3号），制定本方案。\n一、任务"
        head = read_head(document_of_lines("a", text), text.index("一、任务"))
        assert head.doc_number is None
        assert [(p.title, p.doc_number) for p in head.parents] == [("福建省行动方案全文", "闽政办发〔2021〕3号")]

    @pytest.mark.parametrize(
        "text",
        [
            "今天天气很好。",
            "一、目标\n高新技术企业超过50家。\n二、任务\n（一）建平台。",
            "牵头单位：市科技局",
            "x" * 2000,
            "Dear Sir,\n1. One\n2. Two",
        ],
    )
    def test_a_text_that_is_no_plan_says_so(self, text: str) -> None:
        with pytest.raises(NotAPlan) as raised:
            plan_of(text)
        assert str(raised.value).count("\n") == 0
        assert "a.txt" in str(raised.value)

    def test_a_text_far_too_long_for_a_plan_is_refused(self) -> None:
        with pytest.raises(NotAPlan, match="300"):
            plan_of("一、任务\n牵头单位：市科技局\n" + "大" * 3_000_000)

    def test_all_documents_of_a_chain_are_parents(self) -> None:
        text = "昌吉市方案\n按照《自治区科技创新规划》（新政发〔2022〕1号）、《昌吉州科技创新规划》，制定本方案。\n一、任务"
        head = read_head(document_of_lines("a", text), text.index("一、"))
        assert [p.title for p in head.parents] == ["自治区科技创新规划", "昌吉州科技创新规划"]

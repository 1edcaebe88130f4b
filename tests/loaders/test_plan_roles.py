"""Labels, verbs and the rule of position: which list of units stands in which role, on sentences labelled by hand."""

from __future__ import annotations

import itertools

import pytest

from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan.model import Role
from innograph.loaders.plan.responsibility.assignments import states_that_the_first_leads
from innograph.loaders.plan.responsibility.roles import LABEL, label_role, read_shares

LEADS, SUPPORTS, RESPONSIBLE = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE
ENDINGS = ("单位", "部门", "机构", "科室", "处室", "主体")


def shares(text: str) -> list[tuple[Role, str]]:
    document = document_of_lines("a", text)
    return [(share.role, document.quote(share.units)) for share in read_shares(document, Span(0, len(text)))]


def joined(*parts: str) -> list[str]:
    return ["".join(words) for words in itertools.product(*(part.split("|") for part in parts))]


class TestLabels:
    @pytest.mark.parametrize(
        ("words", "role"),
        [
            *((w, LEADS) for w in joined("牵头|总牵头|主办|主责|组织", "|责任|负责|实施")),
            *((w, SUPPORTS) for w in joined("配合|协办|协同|参与|参加|协作|支持|协助|会办", "|责任|实施")),
            *((w, LEADS) for w in joined("共同|联合", "牵头|主办", "|责任")),
            *((w, LEADS) for w in ("第一责任", "主要责任")),
            *((w, RESPONSIBLE) for w in joined("包抓|责任|落实|实施|承办|负责|承担|主管")),
            *((w, RESPONSIBLE) for w in joined("牵头|责任", "|单位", "及|和|与|、", "配合|责任|参与|协办")),
        ],
    )
    def test_each_word_before_unit(self, words: str, role: Role) -> None:
        for ending in ENDINGS:
            assert shares(f"{words}{ending}：市科技局、财政局") == [(role, "市科技局、财政局")], ending

    @pytest.mark.parametrize(
        ("label", "role"),
        [
            ("牵头部门（单位）", LEADS),
            ("配合部门（单位）", SUPPORTS),
            ("责任单位（部门）", RESPONSIBLE),
            ("责任单位及分工", RESPONSIBLE),
            ("责任部门及单位", RESPONSIBLE),
            ("责任单位及责任人", RESPONSIBLE),
            ("共同牵头", LEADS),
            ("联合牵头", LEADS),
            ("责任分工", RESPONSIBLE),
            ("任务分工", RESPONSIBLE),
            ("工作分工", RESPONSIBLE),
            ("牵头", LEADS),
            ("总牵头", LEADS),
            ("主办", LEADS),
            ("配合", SUPPORTS),
            ("协办", SUPPORTS),
            ("参与", SUPPORTS),
        ],
    )
    def test_labels_without_unit(self, label: str, role: Role) -> None:
        assert shares(f"{label}：市科技局") == [(role, "市科技局")]

    @pytest.mark.parametrize(
        "label",
        [
            *joined("牵头|责任|分管", "|省|市|州|县|区", "领导"),
            *joined("责任人|联系人|完成时限|完成时间|完成期限|时间要求|时间节点|时限要求|进度安排|工作目标|备注"),
        ],
    )
    def test_people_dates_and_goals_are_no_units(self, label: str) -> None:
        text = f"牵头单位：市科技局；{label}：某某某；配合单位：市财政局"
        assert shares(text) == [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]
        match = LABEL.match(f"{label}：")
        assert match is not None
        assert label_role(match) is None

    @pytest.mark.parametrize(
        "label", ["牵头单位:", "牵 头 单 位 ：", "牵头单位 : ", "【牵头单位】", "【牵头单位】：", "[ 牵头单位 ]"]
    )
    def test_how_a_label_is_typed(self, label: str) -> None:
        assert shares(f"{label}市科技局") == [(LEADS, "市科技局")]

    def test_several_labels_need_no_mark_between_them(self) -> None:
        expected = [(LEADS, "市科技局"), (RESPONSIBLE, "市人社局"), (SUPPORTS, "市财政局")]
        for mark in ("", " ", "；", "。", "，", "\n", "、"):
            assert shares(f"牵头单位：市科技局{mark}责任单位：市人社局{mark}配合单位：市财政局") == expected

    def test_a_short_label_is_none_behind_another_word(self) -> None:
        assert not LABEL.search("由市科技局牵头：建设平台")
        assert not LABEL.search("密切配合：建设平台")


class TestVerbs:
    @pytest.mark.parametrize(
        "verb",
        joined(
            "牵头|牵头负责|牵头抓总|牵头组织实施|牵头落实|牵头推进|牵头办理|总牵头|共同牵头|分别牵头|具体牵头|负总责|主办|为牵头单位"
        ),
    )
    def test_lead(self, verb: str) -> None:
        assert shares(f"市科技局、财政局{verb}") == [(LEADS, "市科技局、财政局")]

    @pytest.mark.parametrize(
        "verb", joined("配合|协助|协办|参与|参加|配合落实|做好配合|密切配合|协同推进|积极配合|为配合单位")
    )
    def test_support(self, verb: str) -> None:
        expected = [(LEADS, "市科技局"), (SUPPORTS, "市财政局、人社局")]
        assert shares(f"市科技局牵头，市财政局、人社局{verb}") == expected
        assert shares(f"市科技局牵头；市财政局、人社局{verb}。") == expected

    @pytest.mark.parametrize(
        "verb",
        joined(
            "负责|落实|实施|承办|推进|共同负责|分别负责|具体负责|负责落实|组织实施|各负其责|按职责分工负责|按照职责分工负责|按职能分工落实|根据职责分工分别负责|按各自职责负责|按照各自工作职责分工落实"
        ),
    )
    def test_responsible(self, verb: str) -> None:
        assert shares(f"市科技局、财政局{verb}") == [(RESPONSIBLE, "市科技局、财政局")]
        # Behind a lead the others support it, whatever the verb.
        assert shares(f"市科技局牵头，市财政局{verb}") == [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("市科技局会同市财政局、人社局负责", [(LEADS, "市科技局"), (SUPPORTS, "市财政局、人社局")]),
            ("市科技局会同有关部门推进", [(LEADS, "市科技局"), (SUPPORTS, "有关部门")]),
            ("市科技局牵头会同市财政局落实", [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]),
            ("市科技局联合市财政局推进", [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]),
            ("市科技局会同市财政局", [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]),
            ("责任单位：市科技局会同市财政局", [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]),
            ("市科技局牵头，市人社局会同市财政局配合", [(LEADS, "市科技局"), (SUPPORTS, "市人社局会同市财政局")]),
        ],
    )
    def test_together_with(self, text: str, expected: list[tuple[Role, str]]) -> None:
        assert shares(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            # The comma behind the verb is lost, or stands as 、.
            ("市科技局牵头市财政局、人社局配合", [(LEADS, "市科技局"), (SUPPORTS, "市财政局、人社局")]),
            ("省科技厅牵头各市人民政府配合", [(LEADS, "省科技厅"), (SUPPORTS, "各市人民政府")]),
            ("市科技局牵头、市财政局、人社局配合", [(LEADS, "市科技局"), (SUPPORTS, "市财政局、人社局")]),
            # 由 and 其中 belong to no name.
            ("由市科技局负责，市财政局协助", [(RESPONSIBLE, "市科技局"), (SUPPORTS, "市财政局")]),
            # A verb with its mark behind, and what says when.
            ("市科技局、财政局负责，2025年底前完成", [(RESPONSIBLE, "市科技局、财政局")]),
            ("市科技局牵头，市财政局配合，长期坚持。", [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]),
            ("市科技局负责；2024年12月底前完成；持续推进", [(RESPONSIBLE, "市科技局")]),
            # No verb at all.
            ("市科技局，市财政局", [(RESPONSIBLE, "市科技局，市财政局")]),
            ("市科技局牵头，市财政局、各乡镇", [(LEADS, "市科技局"), (SUPPORTS, "市财政局、各乡镇")]),
            # Labels and verbs in one.
            ("责任单位：市科技局牵头，市财政局配合", [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]),
            ("市科技局牵头，配合单位：市财政局", [(LEADS, "市科技局"), (SUPPORTS, "市财政局")]),
        ],
    )
    def test_what_stands_around_a_verb(self, text: str, expected: list[tuple[Role, str]]) -> None:
        assert shares(text) == expected

    @pytest.mark.parametrize("text", ["", "，。", "牵头", "负责", "责任单位：", "完成时限：2025年底", "牵头，配合"])
    def test_nobody(self, text: str) -> None:
        assert shares(text) == []


RULES = [
    "列第一位的为牵头单位",
    "列首位的为牵头单位，下同",
    "排在第一位的部门为牵头部门，下同",
    "各项任务中，排名第一的单位为牵头单位",
    "各项任务责任单位中，排在首位的是牵头单位",
    "位列第一的单位为牵头单位，其他为配合单位",
    "列在第1位的责任单位为牵头单位",
    "首位单位为牵头单位，以下类同",
    "责任单位第一个单位为总牵头单位",
    "第一家为牵头单位",
    "排在最前的为牵头单位",
    "排名第一位的省直部门为牵头单位",
    "注：责任单位第一位为牵头单位",
]


class TestRuleOfPosition:
    @pytest.mark.parametrize("rule", RULES)
    def test_wordings(self, rule: str) -> None:
        assert states_that_the_first_leads(document_of_lines("a", f"方案。{rule}。"))
        # Where it stands behind a list, it is none of its units.
        for text in (f"市科技局、财政局，{rule}", f"市科技局、财政局（{rule}）", f"责任单位：市科技局、财政局。{rule}"):
            assert shares(text) == [(RESPONSIBLE, "市科技局、财政局")]

    @pytest.mark.parametrize(
        "text",
        [
            "市科技局为牵头单位。",
            "把创新放在首位。",
            "总量居全省第一位，市科技局为牵头单位。",
            "各牵头单位要压实责任。",
            "加粗的为牵头单位。",
            "第一责任人为主要领导。",
        ],
    )
    def test_what_states_no_rule(self, text: str) -> None:
        assert not states_that_the_first_leads(document_of_lines("a", text))

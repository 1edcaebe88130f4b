"""Finding a thing by what people call it; and never taking one body for another."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any, cast

import pytest

from innograph import Workspace
from innograph.graph.errors import Ambiguous, BadParameter, NothingFound
from innograph.graph.stores import Rows, Store
from innograph.graph.text import use_language
from innograph.queries.lookup import FINDABLE, Fit, Thing, look_up, resolve

CITY, PREFECTURE = "Department:652301/科技局", "Department:652300/科技局"
UNIT, TASK = ["Organisation"], ["Task"]
ELEVENTH = "加强跨区域协同创新"


def meant(workspace: Workspace, name: str, labels: list[str]) -> Thing:
    return resolve(workspace.store(), name, labels)


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("昌吉市科技局", Fit.NAME),
        ("市科技局", Fit.NAME),
        ("科技局", Fit.NAME),
        (" 科技局　", Fit.NAME),
        ("“科技局”", Fit.NAME),
        (CITY, Fit.NAME),
        ("科技", Fit.PART),
        ("kejiju", Fit.PINYIN),
        ("KeJiJu", Fit.PINYIN),
        ("ke ji ju", Fit.PINYIN),
        ("ｋｊｊ", Fit.PINYIN),
        ("kjj", Fit.PINYIN),
        ("cjskjj", Fit.PINYIN),
        ("changjishikeji", Fit.PINYIN),
        ("市科学技术局", Fit.SHORT),
        ("科学技术局", Fit.SHORT),
        ("昌吉科技局", Fit.SHORT),
    ],
)
def test_ways_to_say_the_science_bureau(changji: Workspace, name: str, fit: Fit) -> None:
    found = meant(changji, name, UNIT)
    assert (found.id, found.name, found.label, found.fit) == (CITY, "昌吉市科技局", "Department", fit)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("发展和改革委员会", "昌吉市发改委"),
        ("卫生健康委员会", "昌吉市卫健委"),
        ("文化和旅游局", "昌吉市文旅局"),
        ("市财局", "昌吉市财政局"),
        ("工信局", "昌吉市商务和工信局"),
        ("组织部", "昌吉市委组织部"),
        ("各成员单位", "昌吉市人才工作领导小组各成员单位"),
    ],
)
def test_long_and_short_forms(changji: Workspace, name: str, expected: str) -> None:
    assert meant(changji, name, UNIT).name == expected


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("州科技局", "昌吉市科技局"),  # another level
        ("昌吉州科技局", "昌吉市科技局"),
        ("自治区科技厅", "昌吉市科技局"),
        ("水务局", "昌吉市税务局"),  # another office that sounds the same
        ("市体育局", "昌吉市教育局"),
        ("财政部", "昌吉市财政局"),
        ("教育和科技局", "昌吉市教育局"),
        ("市委宣传部", "昌吉市委组织部"),
        ("科枝局", "昌吉市科技局"),  # mistyped: named as the nearest, not taken
        ("特变电器", "特变电工"),
    ],
)
def test_a_body_is_never_guessed(changji: Workspace, name: str, nearest: str) -> None:
    with pytest.raises(NothingFound) as error:
        meant(changji, name, UNIT)
    assert f"“{name}”" in str(error.value)
    assert nearest in str(error.value)
    assert all(t.fit is Fit.ALIKE for t in look_up(changji.store(), name, UNIT))


@pytest.mark.parametrize(
    ("name", "expected", "fit"),
    [
        (ELEVENTH, ELEVENTH, Fit.NAME),
        ("跨区域协同创新", ELEVENTH, Fit.PART),
        ("跨区域科技合作", ELEVENTH, Fit.DESCRIBED),  # 跨区 区域 in the name, 科技 合作 in the text
        ("高新技术企业培育", "推动高新技术企业提质增量", Fit.DESCRIBED),
        ("工业升级", "推动工业转型升级", Fit.DESCRIBED),
        ("科普", "加强科普机构与联动机制建设", Fit.PART),
        ("专家库", "组建各类专家智库", Fit.DESCRIBED),
        ("jiaqiangkuaquyu", ELEVENTH, Fit.PINYIN),
        ("Task:昌市政办发-2022-15/2.11", ELEVENTH, Fit.NAME),
    ],
)
def test_tasks_by_name_and_by_what_they_are_about(changji: Workspace, name: str, expected: str, fit: Fit) -> None:
    found = meant(changji, name, TASK)
    assert (found.name, found.fit) == (expected, fit)


@pytest.mark.parametrize(
    "name",
    [
        "区域合作",  # （一） and （十一） speak of it alike
        "智慧旅游",  # in the text of （五） and （六）, in no name
        "丝绸之路",  # in the text of one, but not what it is called
        "乡村振兴",
        "数字经济",
        "跨境电商",
        "火星登陆",
    ],
)
def test_a_task_is_not_guessed_where_no_one_is_clear(changji: Workspace, name: str) -> None:
    with pytest.raises(NothingFound):
        meant(changji, name, TASK)


def test_two_tasks_that_are_equally_near_are_not_chosen_between(two_plans: Workspace) -> None:
    with pytest.raises(NothingFound) as error:
        meant(two_plans, "工业升级", TASK)
    assert "Task:昌市政办发-2022-15/2.4" in str(error.value)
    assert "Task:昌州政办发-2021-103/2.1" in str(error.value)


def test_what_was_understood_is_said(changji: Workspace) -> None:
    answer = changji.answer("responsible", {"task": "跨区域科技合作"})
    assert answer.understood == {"task": f"{ELEVENTH}（Task:昌市政办发-2022-15/2.11）"}
    assert [row["unit"] for row in answer.dicts() if row["role"] == "lead"] == ["昌吉市科技局"]


class TestTwoLevels:
    def test_the_bare_name_is_both(self, two_plans: Workspace) -> None:
        for name in ("科技局", "kejiju", "kjj", "昌吉科技局", "科学技术局"):
            with pytest.raises(Ambiguous) as error:
                meant(two_plans, name, UNIT)
            assert CITY in str(error.value)
            assert PREFECTURE in str(error.value)
            assert error.value.values["count"] == 2

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("市科技局", CITY),
            ("昌吉市科技局", CITY),
            ("shikejiju", CITY),
            ("州科技局", PREFECTURE),
            ("昌吉州科技局", PREFECTURE),
            ("zhoukejiju", PREFECTURE),
            ("州科学技术局", PREFECTURE),
            (PREFECTURE, PREFECTURE),
        ],
    )
    def test_the_level_tells_them_apart(self, two_plans: Workspace, name: str, expected: str) -> None:
        assert meant(two_plans, name, UNIT).id == expected

    def test_what_only_one_has_is_no_question(self, two_plans: Workspace) -> None:
        assert meant(two_plans, "教育局", UNIT).id == "Department:652301/教育局"

    def test_find_shows_both_each_under_its_own_name(self, two_plans: Workspace) -> None:
        found = two_plans.answer("find", {"name": "科技局"}).dicts()
        things = {row["thing_id"]: row["thing"] for row in found if row["edge_type"] in ("LEADS", "RESPONSIBLE_FOR")}
        assert things == {CITY: "昌吉市科技局", PREFECTURE: "昌吉州科技局"}


@pytest.mark.parametrize(
    "name",
    [
        "') OR 1=1 //",
        "x'}) DETACH DELETE n //",
        "科技局' OR '1'='1",
        "$needle",
        ".*",
        "[科技]+局",
        "科?局",
        "(",
        "\\",
        "%",
        "科技局 | kejiju",
        "\x00",
        "😀😀",
        "q" * 50,
    ],
)
def test_text_is_only_text(changji: Workspace, name: str) -> None:
    before = len(changji.answer("matrix").rows.rows)
    with pytest.raises(NothingFound):
        meant(changji, name, UNIT)
    look_up(changji.store(), name)
    assert len(changji.answer("matrix").rows.rows) == before == 61


@pytest.mark.parametrize("name", ["", " ", "　", "\n", "”"])
def test_nothing_asked(changji: Workspace, name: str) -> None:
    assert look_up(changji.store(), name) == []
    with pytest.raises((BadParameter, NothingFound)):
        changji.answer("unit", {"unit": name})


def test_a_blank_parameter_is_one_that_is_not_given(changji: Workspace) -> None:
    assert len(changji.answer("targets", {"task": " ", "unit": ""}).rows.rows) == 42
    with use_language("en"), pytest.raises(BadParameter, match="must be given, for example 市科技局"):
        changji.answer("unit", {"unit": "  "})


def test_a_very_long_text_is_answered_at_once_and_not_repeated_in_full(changji: Workspace) -> None:
    started = time.monotonic()
    with pytest.raises(NothingFound) as error:
        meant(changji, "科技创新与合作" * 20_000, TASK)
    assert time.monotonic() - started < 5
    assert len(str(error.value)) < 400


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"unti": "科技局"}, "unit"),
        ({"unit": "科技局", "year": "2023"}, "unit"),
        ({}, "unit"),
        ({"unit": None}, "unit"),
    ],
)
def test_wrong_parameters_are_named(changji: Workspace, given: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadParameter, match=problem):
        changji.answer("unit", given)


def test_a_thing_of_another_type_does_not_fit(changji: Workspace) -> None:
    with pytest.raises(NothingFound):
        meant(changji, "特变电工", TASK)
    with pytest.raises(NothingFound):
        meant(changji, CITY, TASK)


@pytest.mark.parametrize("name", ["专精特新“小巨人”企业", "专精特新小巨人企业", "专精特新「小巨人」企业"])
def test_quotes_do_not_count(changji: Workspace, name: str) -> None:
    assert meant(changji, name, ["Indicator"]).name == "专精特新“小巨人”企业"


def test_the_nearest_come_in_order_and_again_the_same(changji: Workspace) -> None:
    for name in ("科技局", "创新", "kjj", "体育局"):
        found = look_up(changji.store(), name, FINDABLE)
        assert [t.score for t in found] == sorted((t.score for t in found), reverse=True)
        assert found == look_up(changji.store(), name, FINDABLE)
        assert found


@pytest.mark.parametrize(
    "name",
    [
        "昌市政办发〔2022〕15号",
        "昌市政办发[2022]15号",
        "昌市政办发(2022)15号",
        "昌市政办发（2022）15号",
        "昌市政办发［2022］15号",
    ],
)
def test_a_plan_by_its_document_number(changji: Workspace, name: str) -> None:
    found = meant(changji, name, list(FINDABLE))
    assert (found.id, found.fit) == ("Plan:昌市政办发-2022-15", Fit.NAME)
    with pytest.raises(NothingFound):
        meant(changji, name.replace("15", "16"), ["Plan"])


def test_where_anything_may_be_meant_no_types_are_listed(changji: Workspace) -> None:
    with use_language("zh"):
        with pytest.raises(Ambiguous, match="个不同的对象："):
            meant(changji, "创新", list(FINDABLE))
        with pytest.raises(NothingFound, match="的对象。"):
            meant(changji, "qqqq火星", list(FINDABLE))
        with pytest.raises(NothingFound, match="的任务。"):
            meant(changji, "qqqq火星", TASK)
    with use_language("en"), pytest.raises(NothingFound, match="no thing called"):
        meant(changji, "qqqq火星", list(FINDABLE))


@pytest.mark.parametrize(("name", "count", "listed", "ends"), [("创新", 17, 5, True), ("发展", 4, 4, False)])
def test_more_candidates_than_are_listed_end_with_dots(
    changji: Workspace, name: str, count: int, listed: int, ends: bool
) -> None:
    with pytest.raises(Ambiguous) as error:
        meant(changji, name, list(FINDABLE))
    near = str(error.value.values["near"])
    assert (error.value.values["count"], len(re.findall("（[A-Z]", near)), near.endswith("…")) == (count, listed, ends)


class Counting:
    """A store that keeps what it is asked."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[str] = []

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None, **limits: Any) -> Rows:
        self.asked.append(cypher)
        return self.store.query(cypher, parameters, **limits)


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        (CITY, 1),  # by its id, and nothing else is read
        ("科技局", 1),
        ("kejiju", 1),
        ("科技", 1),
        ("ke ji ju", 2),  # as typed, and without white space
        ("“科技局”", 2),
    ],
)
def test_what_is_named_as_it_is_written_is_found_without_reading_every_name(
    changji: Workspace, name: str, queries: int
) -> None:
    store = Counting(changji.store())
    found = look_up(cast("Store", store), name, UNIT)
    assert CITY in [thing.id for thing in found]
    assert len(store.asked) == queries
    assert all("$" in cypher for cypher in store.asked)  # none without a condition


def test_an_id_is_that_thing_alone(changji: Workspace) -> None:
    found = look_up(changji.store(), f" {CITY} ", FINDABLE)
    assert [(t.id, t.name, t.label, t.score, t.fit) for t in found] == [
        (CITY, "昌吉市科技局", "Department", 100.0, Fit.NAME)
    ]


def test_a_part_of_an_id_is_no_name(changji: Workspace) -> None:
    assert all(t.fit is Fit.ALIKE for t in look_up(changji.store(), "Department:652301", UNIT))

"""The sample plan (data/sample/changji/plan.txt): every expected value here was read off the text by hand."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from innograph.graph.checking import check_assertions
from innograph.graph.identity import node_id
from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.regions import region_table
from innograph.loaders.base import Loaded
from innograph.loaders.loading import Reading, load_file, parse_plan
from innograph.loaders.plan import ParsedPlan
from innograph.loaders.plan.export import to_json
from innograph.loaders.plan.model import Role, Target

FILE = Path(__file__).parents[2] / "data/sample/changji/plan.txt"
TEXT = FILE.read_text(encoding="utf-8")
LINES = TEXT.split("\n")

# Number, title, lead and support units as the text writes them; every 市 that a list leaves out stands in brackets.
TASKS = """
（一）|完善区域创新体系建设|市科技局|市发改委 [市]商务和工信局 [市]财政局 [市]市场监督管理局 [市]人社局
（二）|推动高新技术企业提质增量|市商务和工信局 [市]科技局|市发改委 [市]财政局 [市]税务局 [市]人社局
（三）|提升现代农业创新发展水平|市农业农村局|市市场监督管理局 [市]科技局 [市]自然资源局
（四）|推动工业转型升级|市商务和工信局|市发改委 [市]科技局 州生态环境局昌吉市分局
（五）|推动数字信息产业发展|市商务和工信局|市发改委 [市]市场监督管理局 [市]科技局 [市]应急管理局 [市]农业农村局 [市]民政局 [市]文旅局 [市]卫健委
（六）|推动民生领域科技创新|市科技局|市市场监督管理局 州生态环境局昌吉市分局 [市]应急管理局 [市]民政局 [市]卫健委
（七）|支持研发机构建设|市科技局|市发改委 [市]商务和工信局 [市]人社局
（八）|完善创新创业服务平台建设|市科技局|市发改委 [市]商务和工信局 [市]农业农村局 [市]人社局
（九）|加快创新人才聚集|市委组织部|市人才工作领导小组各成员单位
（十）|组建各类专家智库|市农业农村局 [市]卫健委|市科技局 各乡镇 [各]街道
（十一）|加强跨区域协同创新|市科技局|市发改委 [市]商务和工信局
（十二）|加强科普机构与联动机制建设|市科技局|市农业农村局 [市]人社局 [市]文旅局 [市]教育局
（十三）|强化科学素质教育基地培育|市教育局|市科技局
"""

# Task, words of the text up to the figure, comparator, figure, unit, year. A task of 0 is the goals section.
TARGETS = """
0|全社会研发经费年均增长超过10%|>|10|%|2023
0|万人有效发明专利拥有量超过2.4件|>|2.4|件|2023
0|规模以上工业企业高新技术企业数量占比超过12%|>|12|%|2023
0|高新技术企业数量超过50家|>|50|家|2023
1|与国内知名高校、科研院所建立合作机制2家以上|>=|2|家|2023
1|规模以上高新技术企业创新平台实现全覆盖|=|100|%|2023
1|引进培育专业化科技创新服务机构3家以上|>=|3|家|2023
1|财政科技经费投入按一定比例逐年递增|growth|||2023
2|组织开展各类创新创业活动（含赛事、培训会）20次以上|>=|20|次|2023
2|自治区级专精特新企业超过33家|>|33|家|2023
2|专精特新“小巨人”企业超过10家|>|10|家|2023
2|高新技术企业超过50家|>|50|家|2023
2|上市、挂牌企业累计超过4家|>|4|家|2023
3|加快建设10万亩现代畜牧业产业园|=|10|万亩|
3|州级及以上农业产业化重点龙头企业超过50家|>|50|家|2023
3|累计引进示范推广新技术、新品种、新模式30项以上|>=|30|项|2023
3|形成各类农牧业技术地方标准（技术规程）5项以上|>=|5|项|2023
4|实施重点产业重大创新项目2个以上|>=|2|个|2023
4|规模以上工业企业研发活动数量占比超过15%|>|15|%|2023
5|到2023年打造智能工厂、数字车间、工业互联网等“两化融合”创新试点2个|=|2|个|2023
6|实施州级以上科技项目6个|=|6|个|2023
6|研发、引进和推广新技术2项以上|>=|2|项|2023
7|力争到2023年规模以上企业研发机构覆盖率超过15%|>|15|%|2023
7|新建各类企业研发平台超过3家|>|3|家|2023
7|引进培育技术转移服务机构2家以上|>=|2|家|2023
8|到2023年各类自治区级创新创业平台超过2家|>|2|家|2023
8|国家级创新创业平台超过1家|>|1|家|2023
8|在孵企业数量超过150家|>|150|家|2023
8|科技特派员人数突破200人|>|200|人|2023
8|带动就业人数超过5000人|>|5000|人|2023
9|全职或柔性引进重点领域急需紧缺领军人才15人|=|15|人|2023
9|培育创新人才（创新创业团队）超过45人|>|45|人|2023
9|建设各类人才工作室10个以上|>=|10|个|2023
9|培育各类专业人才250人以上|>=|250|人|2023
10|组建各类专家智库2个以上|>=|2|个|2023
10|组织实施开展各类决策咨询活动（项目）10次以上|>=|10|次|2023
11|到2023年实施各类区域创新合作项目30个以上|>=|30|个|2023
12|自治区、州重新命名的各类科普基地达到7个以上|>=|7|个|2023
12|科普服务人数超过8万人次|>|8|万人次|2023
13|实现全市中小学馆校合作科技教育活动全覆盖|=|100|%|
13|培育州级“科技特色学校”1所|=|1|所|2023
13|使全市适龄青少年全部参与到科学素质教育实践活动中去|=|100|%|2023
"""


@pytest.fixture(scope="module")
def plan() -> ParsedPlan:
    return parse_plan(FILE.name, FILE.read_bytes())


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    strict = load_file(FILE, Reading(strict=True))
    strict.assertions = tuple(strict.assertions)
    return strict


def rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().split("\n")]


def test_the_tasks_their_titles_and_units_in_order(plan: ParsedPlan) -> None:
    assert len(plan.tasks) == len(rows(TASKS)) == 13
    for task, (number, title, lead, support) in zip(plan.tasks, rows(TASKS), strict=True):
        assert (task.section.number, task.section.title) == (number, title)
        assert task.chapter is not None
        assert (task.chapter.number, task.chapter.title) == ("二", "重点任务")
        for role, expected in ((Role.LEAD, lead.split()), (Role.SUPPORT, support.split())):
            units = task.units(role)
            assert [u.canonical for u in units] == [e.replace("[", "").replace("]", "") for e in expected], number
            assert [u.written for u in units] == [e.partition("]")[2] or e for e in expected], number
            assert all(u.body.certain for u in units)
        assert not task.units(Role.RESPONSIBLE)
        assert not task.open


def test_the_reference_values(plan: ParsedPlan, loaded: Loaded) -> None:
    roles = Counter(a.type for a in loaded.assertions if isinstance(a, EdgeAssertion))
    assert (roles["LEADS"], roles["SUPPORTS"], roles["RESPONSIBLE_FOR"]) == (15, 46, 0)
    units = {u.body.id for t in plan.tasks for role in Role for u in t.units(role)}
    assert len(units) == 19
    assert sum(len(t.assignments) for t in plan.tasks) == 26


def test_only_two_tasks_are_led_jointly(loaded: Loaded) -> None:
    leads = [a for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "LEADS"]
    joint = Counter(a.target.rpartition("/")[2] for a in leads if a.properties["joint"])
    assert joint == {"2.2": 2, "2.10": 2}


def test_the_units_are_bodies_of_changji_city(plan: ParsedPlan) -> None:
    by_name = {u.canonical: u.body for t in plan.tasks for role in Role for u in t.units(role)}
    assert plan.home == region_table()["652301"]
    assert (by_name["市科技局"].name, by_name["市科技局"].id) == ("昌吉市科技局", "Department:652301/科技局")
    assert by_name["市委组织部"].name == "昌吉市委组织部"
    branch = by_name["州生态环境局昌吉市分局"]
    assert branch.parent is not None
    assert branch.seat is not None
    assert (branch.parent.id, branch.seat.code) == ("Department:652300/生态环境局", "652301")
    collectives = {n for n, b in by_name.items() if b.label == "Collective"}
    assert collectives == {"市人才工作领导小组各成员单位", "各乡镇", "各街道"}


def stated(target: Target) -> tuple[str, float | None, str | None, int | None]:
    return (target.comparator, target.value, target.unit, target.year)


def test_the_42_targets(plan: ParsedPlan) -> None:
    found = [(0, t) for t in plan.targets]
    found += [(number, t) for number, task in enumerate(plan.tasks, start=1) for t in task.targets]
    assert len(found) == len(rows(TARGETS)) == 42
    for (owner, target), (task, quote, comparator, value, unit, year) in zip(found, rows(TARGETS), strict=True):
        assert (owner, plan.document.quote(target.span)) == (int(task), quote)
        expected = (comparator, float(value) if value else None, unit or None, int(year) if year else None)
        assert stated(target) == expected, quote
        assert target.indicator, quote
        assert target.value_to is None
    kinds = Counter(t.kind for _, t in found)
    assert kinds == {"numeric": 37, "coverage": 3, "trend": 1, "scale": 1}


def test_how_targets_are_worded(plan: ParsedPlan) -> None:
    by_indicator = {t.indicator: t for task in plan.tasks for t in task.targets} | {
        t.indicator: t for t in plan.targets
    }
    assert by_indicator["规模以上企业研发机构覆盖率"].modality == "aim"
    assert by_indicator["全社会研发经费年均增长"].period == "annual"
    assert by_indicator["累计引进示范推广新技术、新品种、新模式"].period == "cumulative"
    assert by_indicator["在孵企业数量"].period is None
    assert "财政科技经费投入" in by_indicator


def test_the_safeguards(plan: ParsedPlan) -> None:
    titles = [(s.section.number, s.section.title) for s in plan.safeguards]
    assert titles == [
        ("（一）", "加强组织领导"),
        ("（二）", "强化政策保障"),
        ("（三）", "完善投入机制"),
        ("（四）", "做好宣传引导"),
    ]


def test_the_head(plan: ParsedPlan) -> None:
    head = plan.head
    assert head.title == "昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）"
    assert (head.doc_number, head.issuer) == ("昌市政办发〔2022〕15号", "昌吉市人民政府办公室")
    assert (head.issue_date, head.print_date) == (date(2022, 6, 17), date(2022, 6, 18))
    assert head.period == (2021, 2023)
    (parent,) = head.parents
    assert parent.title == "昌吉州科技创新支持产业高质量发展三年行动方案（2021—2023年）"
    assert (parent.doc_number, parent.relation) == ("昌州政办发〔2021〕103号", "based_on")
    assert plan.issues == ()


NAMED = {
    "enterprises": {"厚德康养", "特变电工", "笑厨", "朗青畜牧"},
    "institutes": {"中国科学院", "中国农科院", "新疆医科大学一附院昌吉分院", "中科院新疆生地所"},
    "platforms": {
        "10万亩现代畜牧业产业园",
        "新疆信息产业园",
        "电信、移动、联通三大数据中心",
        "智慧旅游综合展示平台",
        "文化创意产业公共技术服务平台",
        "自治区级农村创业园",
    },
    "talent_programs": {"科技特派员制度", "人才飞地模式"},
    "events": {
        "第三次中央新疆工作座谈会",
        "科博会",
        "高交会",
        "中国科学院—新疆科技洽谈会",
        "文化科技卫生三下乡",
        "春风行动",
        "科技之冬",
        "科技活动周",
        "冬季大培训活动",
        "馆校合作行动",
    },
    "regions": {
        "新疆维吾尔自治区",
        "昌吉回族自治州",
        "昌吉市",
        "丝绸之路经济带核心区",
        "北京市",
        "深圳市",
    },
    "industries": {"节能环保", "新材料", "生物育种", "先进装备制造"},
}


@pytest.mark.parametrize("category", NAMED)
def test_named_things(plan: ParsedPlan, category: str) -> None:
    assert set(to_json(plan)["entities"][category]) == NAMED[category]


def test_every_name_is_written_in_the_text(plan: ParsedPlan) -> None:
    for category, names in to_json(plan)["entities"].items():
        if category != "regions":
            assert all(name in TEXT for name in names)


def test_the_cooperation(loaded: Loaded) -> None:
    (edge,) = (a for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "COOPERATES_WITH")
    assert (edge.source, edge.target) == (node_id("Institute", "中科院新疆生地所"), "Region:652300")
    assert (edge.properties["kind"], edge.properties["subject"]) == ("院地", "科普")
    assert edge.evidence.quote == "利用中科院新疆生地所—昌吉州科普合作和四级科普机构联动，组织研学和讲座。"


def test_the_ladder(loaded: Loaded) -> None:
    steps = [(a.source, a.target) for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "NEXT_TIER"]
    tiers = [
        "初创企业（团队）",
        "科技型中小企业",
        "高新技术企业（专精特新企业）",
        "科技型领军企业（专精特新“小巨人”企业）",
    ]
    ids = [node_id("Tier", name) for name in tiers]
    assert steps == list(itertools.pairwise(ids))


def test_every_quote_stands_where_its_locator_says(loaded: Loaded) -> None:
    assert loaded.assertions
    for assertion in loaded.assertions:
        place, quote = assertion.evidence.place, assertion.evidence.quote
        assert quote
        assert TEXT[place.start : place.end] == quote
        assert place.line is not None
        assert quote.split("\n")[0] in LINES[place.line - 1]
        assert place.start is not None
        assert TEXT.count("\n", 0, place.start) + 1 == place.line


def test_line_numbers_counted_by_hand(loaded: Loaded) -> None:
    titles = {
        a.properties["name"]: a.evidence.place
        for a in loaded.assertions
        if isinstance(a, NodeAssertion) and a.label == "Task"
    }
    first, last = titles["完善区域创新体系建设"], titles["强化科学素质教育基地培育"]
    assert (first.line, first.section) == (LINE_OF_FIRST_TASK, "二（一）")
    assert (last.line, last.section) == (LINE_OF_LAST_TASK, "二（十三）")


LINE_OF_FIRST_TASK, LINE_OF_LAST_TASK = 24, 92


def test_the_assertions_fit_the_ontology_and_repeat_exactly(loaded: Loaded) -> None:
    assert list(check_assertions(loaded.assertions, load_ontology())) == list(loaded.assertions)
    assert list(load_file(FILE).assertions) == list(loaded.assertions)
    nodes = {a.id for a in loaded.assertions if isinstance(a, NodeAssertion)}
    edges = [a for a in loaded.assertions if isinstance(a, EdgeAssertion)]
    assert all({a.source, a.target} <= nodes for a in edges)


def test_each_sentence_is_one_action(loaded: Loaded) -> None:
    nodes = {(a.label, a.id): a for a in loaded.assertions if isinstance(a, NodeAssertion)}
    actions = [a.properties["name"] for (label, _), a in nodes.items() if label == "Action"]
    # Task （十三） has two sentences, safeguard （四） one.
    assert "实施馆校合作行动，中小学用好科普教育基地和科技馆，实现全市中小学馆校合作科技教育活动全覆盖。" in actions
    assert "多讲政策、成果和典型，包容失败。" in actions
    assert len([a for (label, i), a in nodes.items() if label == "Action" and "/2.13#" in i]) == 2

"""Plain questions as planners put them: wordings that no phrase of the catalogue has, each with the question it means.

The list was written from the titles of the questions, before their phrases were looked at. Of parameters, options are
given by their codes and names as they were typed.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from innograph import Workspace
from innograph.queries import load_catalogue
from innograph.queries.catalog import Catalogue
from innograph.queries.forms import forms_of, spellings
from innograph.queries.parameters import read_value
from innograph.queries.phrases import LONGEST, bare
from innograph.queries.spoken import head, tokens
from innograph.queries.understanding import NotUnderstood, nearest

WholeOn = Callable[[str], Workspace]

ORDINARY: list[tuple[str, str, dict[str, str]]] = [
    ("哪些企业没有合作伙伴", "partnerless", {}),
    ("哪些企业没有科研合作", "partnerless", {}),
    ("高新技术企业目标是多少", "targets", {"indicator": "高新技术企业"}),
    ("新材料谁负责", "subject", {"subject": "新材料", "role": "responsible"}),
    ("新材料由谁牵头", "subject", {"subject": "新材料", "role": "lead"}),
    ("who is responsible for talent", "subject", {"subject": "talent", "role": "responsible"}),
    ("who leads new materials", "subject", {"subject": "new materials", "role": "lead"}),
    ("which enterprises have no partner", "partnerless", {}),
    ("2026年有哪些目标", "due", {"year": "2026"}),
    ("哪些任务没人管", "unassigned", {}),
    ("没有牵头单位的任务", "no-lead", {}),
    ("哪些单位任务最多", "load", {}),
    ("科技局和教育局一起做什么", "shared-tasks", {"unit": "科技局", "other": "教育局"}),
    ("跨省合作有哪些", "region-matrix", {"level": "province"}),
    ("谁和谁重复", "overlap-kinds", {"kind": "duplication"}),
    ("市科技局管哪些事", "unit", {"unit": "市科技局", "role": "responsible"}),
    ("教育局都要干些什么", "unit", {"unit": "教育局"}),
    ("市科技局的任务清单", "unit", {"unit": "市科技局"}),
    ("市发改委参与哪些任务", "unit", {"unit": "市发改委"}),
    ("市商务和工信局牵头了几项任务", "unit", {"unit": "市商务和工信局", "role": "lead"}),
    ("市发改委要配合哪些工作", "unit", {"unit": "市发改委", "role": "support"}),
    ("智慧旅游归谁管", "subject", {"subject": "智慧旅游", "role": "responsible"}),
    ("人才工作是谁在抓", "subject", {"subject": "人才"}),
    ("加强跨区域协同创新的牵头单位是谁", "responsible", {"task": "加强跨区域协同创新", "role": "lead"}),
    ("加强跨区域协同创新有哪些配合单位", "responsible", {"task": "加强跨区域协同创新", "role": "support"}),
    ("加快创新人才聚集是哪个部门负责的", "responsible", {"task": "加快创新人才聚集", "role": "responsible"}),
    ("哪个部门最忙", "load", {}),
    ("各部门工作量怎么样", "load", {}),
    ("哪些任务有两个以上牵头单位", "joint-leads", {}),
    ("多头牵头的任务有哪些", "joint-leads", {}),
    ("哪些任务只有牵头没有配合", "lead-alone", {}),
    ("哪些单位只配合不牵头", "supports-only", {}),
    ("哪些任务没有明确牵头单位", "no-lead", {}),
    ("没人负责的任务有哪些", "unassigned", {}),
    ("任务分工表", "matrix", {}),
    ("看看责任分工矩阵", "matrix", {}),
    ("任务是不是都压在少数几个单位身上", "concentration", {}),
    ("谁给谁打配合", "lead-support", {}),
    ("哪个单位牵头的任务最多", "load", {}),
    ("市科技局给谁配合", "lead-support", {"unit": "市科技局"}),
    ("如果科技局撤了怎么办", "what-if", {"unit": "科技局"}),
    ("市科技局并入市发改委会怎么样", "what-if", {"unit": "市科技局", "change": "merge", "into": "市发改委"}),
    ("哪些该参与的部门没有参与", "expected-absent", {}),
    ("哪些企业被点名但没有任务", "named-unassigned", {}),
    ("各乡镇承担哪些任务", "unit", {"unit": "各乡镇"}),
    ("部门之间协作紧密吗", "density", {}),
    ("哪些任务内容差不多但牵头单位不同", "similar-tasks", {}),
    ("有没有重复的任务", "similar-tasks", {}),
    ("哪些职责交叉重叠", "overlap-kinds", {"kind": "overlap"}),
    ("哪些部门经常一起干活", "unit-pairs", {}),
    ("哪些产业是多个部门在抓", "several-leads", {}),
    ("同一个指标在几个地方出现", "same-indicator", {}),
    ("有哪些量化指标", "targets", {}),
    ("科技局承担哪些指标", "targets", {"unit": "科技局"}),
    ("到2023年要完成哪些目标", "due", {"year": "2023"}),
    ("哪些目标没有完成", "target-progress", {}),
    ("哪些指标进度落后", "target-progress", {"state": "behind"}),
    ("目标完成情况怎么样", "target-progress", {}),
    ("哪些目标已经完成了", "target-progress", {"state": "met"}),
    ("哪些任务没有量化指标", "unquantified", {"kind": "task"}),
    ("哪些目标互相矛盾", "target-conflicts", {"state": "conflict"}),
    ("哪些目标没有责任单位", "targets-unowned", {}),
    ("示例天岭装备有限公司跟谁有合作", "cooperation", {"body": "示例天岭装备有限公司"}),
    ("示例昌吉农业学院的合作企业有哪些", "cooperation", {"body": "示例昌吉农业学院", "kind": "enterprise"}),
    ("哪些高校没有和企业合作", "institutes-alone", {}),
    ("昌吉市哪些企业没有跟高校合作", "partnerless", {"region": "昌吉市"}),
    ("有多少企业和高校有合作", "partner-coverage", {}),
    ("各产业企业的院所合作率", "partner-coverage", {"by": "industry"}),
    ("哪些产业缺少院所支撑", "partner-coverage", {}),
    ("哪些平台没有依托单位", "platform-gaps", {"gap": "operator"}),
    ("哪些人才计划没有单位承担", "programme-gaps", {"gap": "host"}),
    ("哪一级企业是空白", "ladder", {}),
    ("哪些企业能直接联系到国家级院所", "reach", {}),
    ("能接触到国家级院所的企业占多少", "reach-share", {}),
    ("昌吉州跟哪些地方合作最多", "partner-regions", {"of": "昌吉州"}),
    ("本地合作和外地合作各占多少", "distance-shares", {}),
    ("哪些机构是对外合作的门户", "gateways", {}),
    ("哪些跨区域合作只靠一家单位", "broker-dependence", {}),
    ("各地有多少家企业", "locations", {}),
    ("跨市合作情况", "region-matrix", {"level": "prefecture"}),
    ("合作网络里谁最重要", "centrality", {}),
    ("合作网络分成几个圈子", "communities", {}),
    ("缺了哪家单位网络会断", "bridges", {}),
    ("谁占据结构洞", "holes", {}),
    ("产学研协同程度怎么样", "synergy", {}),
    ("昌吉州的产学研联系怎么样", "link-indicators", {"region": "昌吉州"}),
    ("给示例晨光软件有限公司推荐合作伙伴", "suggest-partners", {"body": "示例晨光软件有限公司"}),
    ("示例晨光软件有限公司适合找哪些高校合作", "suggest-partners", {"body": "示例晨光软件有限公司", "kind": "institute"}),
    ("数字信息产业应该对接哪些院所", "industry-institute", {"industry": "数字信息"}),
    ("推荐准不准", "suggestion-check", {}),
    ("这份方案依据什么文件制定", "based-on", {}),
    ("昌吉市科技创新和昌吉州科技创新的目标有什么不同", "compare-plans", {"plan": "昌吉市科技创新", "other": "昌吉州科技创新"}),
    ("昌吉州科技创新里有哪些任务昌吉市科技创新没有", "tasks-without-counterpart", {"plan": "昌吉州科技创新", "other": "昌吉市科技创新"}),
    ("有没有关于智慧旅游的内容", "find", {"name": "智慧旅游"}),
    ("what is 市科技局 in charge of", "unit", {"unit": "市科技局", "role": "responsible"}),
    ("what are the duties of 市教育局", "unit", {"unit": "市教育局"}),
    ("which tasks does 市发改委 take part in", "unit", {"unit": "市发改委"}),
    ("who is in charge of 智慧旅游", "subject", {"subject": "智慧旅游"}),
    ("who works on new energy", "subject", {"subject": "new energy"}),
    ("who is the lead of 加强跨区域协同创新", "responsible", {"task": "加强跨区域协同创新", "role": "lead"}),
    ("which tasks have no lead", "no-lead", {}),
    ("which tasks have nobody in charge", "unassigned", {}),
    ("which tasks have more than one lead", "joint-leads", {}),
    ("which units have the most tasks", "load", {}),
    ("who is the busiest", "load", {}),
    ("show me the responsibility matrix", "matrix", {}),
    ("which units only support", "supports-only", {}),
    ("what do 市科技局 and 市教育局 do together", "shared-tasks", {"unit": "市科技局", "other": "市教育局"}),
    ("which tasks overlap", "similar-tasks", {}),
    ("are there duplicate tasks", "similar-tasks", {}),
    ("who duplicates whom", "overlap-kinds", {"kind": "duplication"}),
    ("what targets are due in 2023", "due", {"year": "2023"}),
    ("what are the targets for 2026", "due", {"year": "2026"}),
    ("which targets are behind schedule", "target-progress", {"state": "behind"}),
    ("have the targets been met", "target-progress", {}),
    ("which targets contradict each other", "target-conflicts", {"state": "conflict"}),
    ("what is the target for 高新技术企业", "targets", {"indicator": "高新技术企业"}),
    ("which enterprises do not work with a university", "partnerless", {}),
    ("which universities have no enterprise partner", "institutes-alone", {}),
    ("who does 示例天岭装备有限公司 work with", "cooperation", {"body": "示例天岭装备有限公司"}),
    ("cooperation between provinces", "region-matrix", {"level": "province"}),
    ("which regions does 昌吉州 work with most", "partner-regions", {"of": "昌吉州"}),
    ("who are the key players in the network", "centrality", {}),
    ("which partners do you suggest for 示例晨光软件有限公司", "suggest-partners", {"body": "示例晨光软件有限公司"}),
    ("which platforms have no operator", "platform-gaps", {"gap": "operator"}),
    ("how many enterprises are on each step of the ladder", "ladder", {}),
    ("what is the plan based on", "based-on", {}),
    ("find 生物医药", "find", {"name": "生物医药"}),
    ("哪些企业还没有找到合作单位", "partnerless", {}),
    ("没跟院所合作过的企业有哪些", "partnerless", {}),
    ("昌吉市的哪些企业没有合作伙伴", "partnerless", {"region": "昌吉市"}),
    ("市财政局配合哪些任务", "unit", {"unit": "市财政局", "role": "support"}),
    ("市教育局分管什么工作", "unit", {"unit": "市教育局", "role": "responsible"}),
    ("市农业农村局参加了哪些任务", "unit", {"unit": "市农业农村局"}),
    ("新能源哪个单位负责", "subject", {"subject": "新能源", "role": "responsible"}),
    ("生物育种谁来牵头", "subject", {"subject": "生物育种", "role": "lead"}),
    ("支持研发机构建设由哪个部门牵头", "responsible", {"task": "支持研发机构建设", "role": "lead"}),
    ("组建各类专家智库的配合单位有哪些", "responsible", {"task": "组建各类专家智库", "role": "support"}),
    ("哪个局任务最重", "load", {}),
    ("哪些部门压力最大", "load", {}),
    ("无人牵头的任务", "no-lead", {}),
    ("缺少牵头部门的任务有哪些", "no-lead", {}),
    ("哪些任务无人负责", "unassigned", {}),
    ("哪些任务是联合牵头的", "joint-leads", {}),
    ("市科技局和市卫健委共同负责哪些任务", "shared-tasks", {"unit": "市科技局", "other": "市卫健委"}),
    ("要是把市教育局裁撤了会怎么样", "what-if", {"unit": "市教育局"}),
    ("哪些部门只协助不牵头", "supports-only", {}),
    ("哪些部门的职责重复", "overlap-kinds", {"kind": "duplication"}),
    ("科技特派员人数的目标值是多少", "targets", {"indicator": "科技特派员人数"}),
    ("2023年要达到哪些指标", "due", {"year": "2023"}),
    ("哪些指标滞后了", "target-progress", {"state": "behind"}),
    ("指标完成进度如何", "target-progress", {}),
    ("哪些指标没人负责", "targets-unowned", {}),
    ("哪些大学没有企业合作伙伴", "institutes-alone", {}),
    ("哪些载体没有入驻企业", "platform-gaps", {"gap": "members"}),
    ("跨州合作有多少", "region-matrix", {"level": "prefecture"}),
    ("网络里哪家企业最关键", "centrality", {"kind": "Enterprise"}),
    ("示例北泉机械有限公司可以和谁合作", "suggest-partners", {"body": "示例北泉机械有限公司"}),
    ("示例新疆信息大学都有哪些合作对象", "cooperation", {"body": "示例新疆信息大学"}),
    ("方案是根据什么文件定的", "based-on", {}),
    ("which departments have the heaviest workload", "load", {}),
    ("which companies lack a university partner", "partnerless", {}),
    ("who is responsible for new materials", "subject", {"subject": "new materials", "role": "responsible"}),
    ("tasks with several leads", "joint-leads", {}),
    ("what tasks does 市财政局 support", "unit", {"unit": "市财政局", "role": "support"}),
    ("which goals are lagging", "target-progress", {"state": "behind"}),
    ("which firms are most central in the network", "centrality", {"kind": "Enterprise"}),
    ("有哪些企业至今没有合作伙伴", "partnerless", {}),
    ("哪些公司没有和大学合作", "partnerless", {}),
    ("阜康市哪些企业没有科研合作", "partnerless", {"region": "阜康市"}),
    ("市人社局要配合哪些任务", "unit", {"unit": "市人社局", "role": "support"}),
    ("市商务和工信局主管哪些工作", "unit", {"unit": "市商务和工信局", "role": "responsible"}),
    ("市文旅局有什么活", "unit", {"unit": "市文旅局"}),
    ("智慧医疗是哪个部门在做", "subject", {"subject": "智慧医疗"}),
    ("知识产权归哪个单位负责", "subject", {"subject": "知识产权", "role": "responsible"}),
    ("推动工业转型升级谁牵头", "responsible", {"task": "推动工业转型升级", "role": "lead"}),
    ("推动数字信息产业发展都有谁配合", "responsible", {"task": "推动数字信息产业发展", "role": "support"}),
    ("哪个单位担子最重", "load", {}),
    ("哪些任务缺牵头部门", "no-lead", {}),
    ("有没有没人管的任务", "unassigned", {}),
    ("哪些任务不止一个部门牵头", "joint-leads", {}),
    ("哪些任务光有牵头没有配合单位", "lead-alone", {}),
    ("市科技局跟市教育局有哪些共同的任务", "shared-tasks", {"unit": "市科技局", "other": "市教育局"}),
    ("把市科技局撤销会怎样", "what-if", {"unit": "市科技局"}),
    ("哪些单位从来不牵头", "supports-only", {}),
    ("职责重叠的地方有哪些", "overlap-kinds", {"kind": "overlap"}),
    ("万人有效发明专利拥有量的目标是多少", "targets", {"indicator": "万人有效发明专利拥有量"}),
    ("2023年哪些指标到期", "due", {"year": "2023"}),
    ("哪些目标进展滞后", "target-progress", {"state": "behind"}),
    ("哪些任务没有数值", "unquantified", {"kind": "task"}),
    ("没有明确责任单位的目标有哪些", "targets-unowned", {}),
    ("哪些研究所没有和企业合作", "institutes-alone", {}),
    ("没有运营单位的载体有哪些", "platform-gaps", {"gap": "operator"}),
    ("昌吉州合作最多的地区是哪里", "partner-regions", {"of": "昌吉州"}),
    ("跨国合作有哪些", "region-matrix", {"level": "country"}),
    ("哪家企业的合作伙伴最多", "centrality", {"kind": "Enterprise"}),
    ("哪些任务讲的内容类似", "similar-tasks", {}),
    ("合作圈子有哪些", "communities", {}),
    ("which departments are the busiest", "load", {}),
    ("which firms have no cooperation", "partnerless", {}),
    ("who leads smart tourism", "subject", {"subject": "smart tourism", "role": "lead"}),
    ("what is 市财政局 responsible for", "unit", {"unit": "市财政局", "role": "responsible"}),
    ("which goals are due in 2023", "due", {"year": "2023"}),
    ("which colleges have no company partners", "institutes-alone", {}),
    ("recommend partners for 示例沃野农机有限公司", "suggest-partners", {"body": "示例沃野农机有限公司"}),
    ("科技局有几个任务", "unit", {"unit": "科技局"}),
    ("哪些任务有两个牵头单位", "joint-leads", {}),
    ("which tasks have two leads", "joint-leads", {}),
    ("哪些部门什么都不牵头", "supports-only", {}),
    ("列出所有任务", "things", {"kind": "task"}),
    ("list all tasks", "things", {"kind": "task"}),
    ("which tasks", "things", {"kind": "task"}),
    ("目前一共有多少家企业", "things", {"kind": "enterprise"}),
    ("有哪些单位", "things", {"kind": "body"}),
    ("部门清单", "things", {"kind": "department"}),
    ("阜康市的企业有哪些", "things", {"kind": "enterprise", "region": "阜康市"}),
    ("which enterprises are in Fukang", "things", {"kind": "enterprise", "region": "Fukang"}),
    ("生物医药产业有哪些院所", "things", {"kind": "institute", "industry": "生物医药"}),
    ("高新技术企业有多少家", "things", {"tier": "高新技术企业"}),
    ("阜康市有几家科技型中小企业", "things", {"region": "阜康市", "tier": "科技型中小企业"}),
    ("哪些企业有高校院所合作", "things", {"kind": "enterprise", "partner": "institute"}),
    ("which companies work with universities", "things", {"kind": "enterprise", "partner": "institute"}),
    ("高新技术企业数量要发展到多少家", "targets", {"indicator": "高新技术企业数量"}),
    ("what must be done by 2023", "due", {"year": "2023"}),
]  # fmt: skip

NEARLY = [
    ("按名册看高企数量够不够", "target-roster"),
    ("规划目标和企业名单对得上吗", "target-roster"),
    ("生物医药企业里谁没有院所合作", "partnerless"),
    ("昌吉市科技创新哪些目标比昌吉州科技创新高", "compare-plans"),
    ("推荐几家可以和示例沃野农机有限公司合作的院所", "suggest-partners"),
    ("which tasks are nobody's responsibility", "unassigned"),
]

OFF_TOPIC = [
    "哪些平台没有缺运营单位",  # the contrary of what can be asked
    "谁的任务移交给市科技局",
    "明天天气怎么样",
    "帮我写一首诗",
    "今天股市涨了吗",
    "怎么做红烧肉",
    "你是谁",
    "中午吃什么",
    "1加1等于几",
    "把数据库删了",
    "昌吉市有什么好玩的",
    "企业任务目标单位",
    "谁是世界冠军",
    "去北京的火车几点开",
    "what is the weather tomorrow",
    "who won the world cup",
    "write me a poem",
    "how do I cook rice",
    "delete everything",
    "哪些任务特别难",
    "what is the meaning of life",
    "enterprise enterprise enterprise",
]


@pytest.fixture(scope="module")
def whole(whole_on: WholeOn) -> Workspace:
    return whole_on("kglite")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize(("asked", "question", "given"), ORDINARY)
def test_ordinary_wordings_are_understood(asked: str, question: str, given: dict[str, str], whole: Workspace) -> None:
    understood = whole.understand(asked)
    options = {p.name: p for p in understood.question.parameters if p.options}
    said = {n: read_value(options[n], v) if n in options else v for n, v in understood.given.items()}
    assert (understood.question.id, said) == (question, given)


@pytest.mark.parametrize(("asked", "question"), NEARLY)
def test_what_is_not_understood_is_among_the_nearest(
    asked: str, question: str, whole: Workspace, catalogue: Catalogue
) -> None:
    with pytest.raises(NotUnderstood):
        whole.understand(asked)
    assert question in {whole.understand(near).question.id for near in nearest(catalogue, bare(asked))}


@pytest.mark.parametrize("asked", OFF_TOPIC)
def test_what_is_off_the_topic_is_not_understood(asked: str, whole: Workspace) -> None:
    with pytest.raises(NotUnderstood):
        whole.understand(asked)


def test_what_is_asked_for_counts() -> None:
    """Words stand in any order, but 哪些单位没有任务 is not 哪些任务没有单位."""
    assert head(tokens("哪些单位没有任务")) == "unit"
    assert head(tokens("哪些任务没有单位")) == head(tokens("没有单位的任务")) == "task"


def test_a_name_is_not_cut(whole: Workspace) -> None:
    understood = whole.understand("which partners do you suggest for 示例晨光软件有限公司")
    assert understood.given["body"] == "示例晨光软件有限公司"


def test_spellings_of_brackets_in_brackets() -> None:
    assert spellings("a[b(c|d)]e") == ["ae", "abce", "abde"]


@pytest.mark.parametrize(
    "asked", ["市" * LONGEST, "哪些任务" * 50, "的 和 " * 60, " ".join("abcdefghijklmnopqrst"), "İ" * 99]
)
def test_hostile_questions_take_no_time(asked: str, catalogue: Catalogue) -> None:
    forms = forms_of(catalogue)
    began = time.process_time()
    forms.readings(asked)
    assert time.process_time() - began < 0.5

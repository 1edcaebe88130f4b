"""Platforms: parks, bases, laboratories, centres, platforms and apps that are named and not only wished for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.regions import region_table

from . import words
from .passage import CERTAIN, LIKELY, UNSURE_CUT, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passage import Passage

_PLATFORM = re.compile(
    r"(?:(?:产业|科技|工业|物流|示范|加工|农业|食品|化工|医药|冷链|电商|创意|软件|制造|装备|材料|经济)园区?|创业园|示范区|试验区|先导区|先行区|孵化园|孵化基地|孵化器|加速器|众创空间|重点实验室|实验室|分?平台|"
    r"分中心|数据中心|(?:超算|智算|算力|云计算|计算|交换|交易|服务|体验|展示|科创|科学|技术|工程|创新|研究|转化|转移|孵化|培训|实训|会展|物流|指挥|调度|运营|"
    r"指导|促进|赋能|监测|检测|检验|测试|医疗|医学|诊疗|诊断|结算|分拨|集散|集配|配送|收储)中心(?![城镇村校组思工])|(?:骨干|二级|顶级|超级)节点|工作站|科技小院|创新联合体|"
    r"(?:公示|追溯|管理|监管|监测|预警|指挥|调度|申报|查询|登记|审批|服务|信息|网联|填报|交易)系统|"
    r"(?:扶贫|服务|交易|招聘|就业|人才|采购|教育|商务|农业|科技|信用)网(?![络格点购站红吧上约])|陆港|大脑|"
    r"信息港|数[\u4e00-\u9fff]?港|可信数据空间|(?:直联|登陆|起降)点|大科学装置|科技基础设施|试验场|试验站|飞地|示范基地|基地|语料库|枢纽|科学城|科技城|创新港|创新城|科创大?走廊|小镇(?<!特色小镇)|创新走廊|交易所)"
)
# What elsewhere is a word for a class is one thing where a name of its own stands before it: 天水…配套园, 郑州智慧岛.
_SITE = re.compile(
    "(?:共享|仪器|协作|创新|产业|技术|算力)网(?![络格点])|(?:(?<!统一)大|批发|交易|专业|技术|数据|要素|人力资源|人才|商品)市场(?![化主监准需份营价占经])|"
    "(?:[东西南北中]部|东[南北]|西[南北]|华[东南中北])中心(?![城市区镇])|(?:配套|协作|创新|双创|总部|智造|孵化|生态|保税|转化|合作|研发|大数据|云计算|健康|出口加工)园(?![区林艺])|"
    "(?:储能|蓄能|光伏|发电|变电|换流|核电|水电|风电)电?站|(?:算力|边缘|计算|数据|网络|联网|枢纽|交换|物流)节点|(?:创新|引领|科创)区(?![域位间块])|"
    "母港|(?:资源|种质|基因|样本|菌种)库|分库|(?:生命|健康|科技|创新|智慧|数字|能源|人才|医疗)岛"
)
# What needs no word of its own between the place and the ending.
_SAYS_ENOUGH = re.compile("岛$|母港$|.{3}市场$")
# Names given to a place: 白洋淀, 蓝色药谷, 东方航天港; none that describes it (沿江, 半岛, 内陆港).
_LANDSCAPE_HEAD = re.compile(
    "(?![沿临跨环]|内陆|航空|国际|自贸|自由|无水|现代|智慧|绿色|枢纽|亿吨|口岸|海岛|离岛|大湾|海湾|港湾|三角|淡水|[青荒高深矿登假火]山)[\u4e00-\u9fff]{2}[山湾岭溪峡岛洲淀湖](?![区泊])(?=[\u4e00-\u9fff]{3})"
    "|[\u4e00-\u9fff]{2}(?:[药智声硅光蓝数芯医云碳氢]谷|(?:航天|医|智|云|数)港)"
)
# Endings that say so little that without a proper name before them only a class is meant.
_CLEAR = re.compile("(?:平台|产业园|创业园|孵化器|众创空间|可信数据空间|数据中心)$")
# What follows says for which industry or where: a name, though no other word of it is one's own.
_FOR_WHAT = re.compile(
    "（(?:[\u4e00-\u9fff]{2,12}(?:行业|领域|方向|产业)(?:[\u4e00-\u9fff]{2,8}方向)?|(?P<place>[\u4e00-\u9fff]{2,6}))）"
)
# A part of it that stands in a place of its own: 国家技术创新中心河北中心.
_PART_IN_PLACE = re.compile("分?(?:中心|基地|平台|节点|库|园)|园区|片区|分站")
# With nothing but a place before them these are a class: 某省实验室体系, 某市平台.
_ENDING_ALONE = re.compile("(?:实验室|平台|工作站)$")
# A system or a site is one that the nation or a level has.
_NETWORK = re.compile("(?:系统|网)$")
_OF_LEVEL = re.compile("^(?:国家(?!级|开放|支持|允许|有关)|全国|中国|[省市州]级|自治区级|“)")
_SHORTEST_NETWORK = 7
# What is made better or leant on is there already: 升级某某监管系统.
_THERE = re.compile("(?:升级|改造|依托|利用|用好|接入|借助|运用|联通)$")
_SHORTEST_THERE = 10
# What a named body builds is one particular platform: 联合某大学共建某某联合实验室.
_BUILT = re.compile("(?:建设|共建|建立|建成|设立|组建|成立|打造|筹建|搭建|创建|联建|共设)(?:了|起)?$")
_BUILDER = re.compile("大学|学院|研究院|研究所|科学院|医院|公司|集团")
_REACH_OF_BUILDER, _SHORTEST_BUILT, _STEM_OF_BUILT = 60, 8, 4
# A level and a class (省级重点实验室) is what a plan wishes for, not what it names.
_LEVEL_AND_CLASS = re.compile(
    r"^(?:(?:国家|自治区|省|市|州|县|区)级?(?:及?以上)?)+"
    r"(?:重点|示范|企业|产业|科技|科普|科研|创新|创业|工程|技术|研发|研究|服务|公共|新型|综合|双创|实验|农业|高新技术|工业|现代|制造业|工业设计|临床|医学|医疗|区域|专家|院士|博士后|中小企业|小型微型企业|小微企业|"
    r"检验|检测|质量|中试|农产品|加工|食品|特色|数字经济|人才|电商|电子商务|跨境|文化|旅游|物流|冷链|服务业|绿色|低碳|先进|共性|关键|应用|成果|孵化|高校|大学生|大学|青年|返乡|入乡|[和、与及])*"
    r"(?:园区?|示范区|试验区|孵化器|众创空间|实验室|工作站|节点|可信数据空间|系统|平台|中心|基地)$"
)
# Regions without a code, and what people call a province or its landscape.
_REGIONS = (
    "长三角|珠三角|京津冀|大湾区|成渝|丝绸之路|丝路|欧亚|亚欧|中亚|东盟|"
    "江淮|江南|吴越|齐鲁|中原|关中|燕赵|三晋|三秦|巴蜀|天府|荆楚|潇湘|湖湘|赣鄱|八闽|岭南|南粤|八桂|陇原|塞上|琼崖|黔中|天山|昆仑|龙江|辽河|钱塘|金陵|姑苏|中关村|张江|光谷|"
    "长江|黄河|珠江|淮河|太湖|西湖|东湖|巢湖|鄱阳湖|洞庭|滨湖"
)
# What China has with others.
_WITH_OTHERS = (
    "(?:中(?:日韩|[日韩德法俄英欧新马意非越哈巴泰匈荷瑞])(?=[创产合国科生工智绿农双][\u4e00-\u9fff])|上合组织|金砖)"
)
_OWN_HEAD = re.compile(f"{_WITH_OTHERS}|国家(?!级|开放|支持|允许|有关|二级)|中国|{_REGIONS}")
_PROPER = re.compile(
    # A quoted name, but no quoted catchword (“5G+工业互联网”); a body of the nation or of a level; G60.
    r"“[^“”+]{2,}”|^全国(?=[\u4e00-\u9fff]{5,20}平台$)|国家(?!级|开放|支持|允许|有关|二级)|国家级(?=.{5})|中国|中科|中央|自治区级|省级|州级|市级|"
    "^(?:自然资源|工业和信息化|教育|科技|农业农村|水利|交通运输|商务|生态环境|公安|民政|文化和旅游|应急管理)部|"
    # 湘中, 浙东: the parts of provinces.
    "(?:皖|苏|浙|闽|赣|湘|鄂|川|黔|滇|桂|粤|琼|豫|冀|晋|陕|陇|鲁|疆|藏)(?:东北|东南|西北|西南|[东南西北中])|"
    f"^{_WITH_OTHERS}|"
    f"{_REGIONS}|[A-Z]\\d\\d+|(?:大学|学院|科学院|研究院|集团|公司)(?!生)"
)
_CATCHWORD = re.compile(
    # Points of a policy that are counted off (“三农”, “两重”), and one of a thing and no more (“一盘棋”).
    "“(?:[两三四五双][新重化创碳农优]|一[\u4e00-\u9fff]{2}(?=”|$)|产学研[用]?|互联网|一带一路|放管服|专精特新|小巨人|一张图|一件事|一站式|一网)[^“”]*”?"
)
# 莫干山地信实验室, 之江实验室: a laboratory named for where it stands.
_LABORATORY_OF_PLACE = re.compile(
    "^(?!.*(?:城市|海洋|河湖|重点|联合|企业|港口))[\u4e00-\u9fff]{1,2}[江山湖海河港岛城州湾峡谷岭原关门溪][\u4e00-\u9fff]{0,3}实验室$"
)
_CLASS_OF_PLATFORM = re.compile(
    r"型|[县区域企业乡镇各]级|各类|跨|特色|领域|重点|中小|企业|更多|专业|区域|上下游|集成式|新兴|省内|垂直|标准化|若干|先进|优质|全球|世界|一流|"
    r"公共平台|高水平|高能级|样板|标杆|综合体|新平台|双跨|\+|^行业|上云|用户|供需|产学研|现代化|优势|作用|能力|水平|服务商"
)
# 发挥…平台作用, 依托…平台: one particular platform is meant, though all of the province use it.
_DEFINITE = frozenset(["依托", "利用", "借助", "发挥", "用好"])
_WIDE = re.compile("^全[省市州国区](?!性)")
_SPECIFIC, _SPECIFIC_WIDE, _SHORTEST = 10, 12, 4
# A noun that is counted right behind (超过2家, 实现全覆盖) is an indicator and names nothing.
_COUNTED = re.compile(
    r" *(?:数量|总数|个数|人数|数)? *(?:累计)?(?:超过|突破|达到|达|不少于|不低于|\d(?!\.\d)|实现全覆盖|全覆盖|覆盖率)"
)
_COUNTED_BEFORE = re.compile(
    r"(?:\d|[一两二三四五六七八九十百]|若干|多)(?:个|家|所|座|批|类)(?:以上|左右)?$|一批$|各类$"
)
_COUNTED_LIST = re.compile(
    r"(?P<list>[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8}){1,12})(?P<count>[两二三四五六七八九十]大)(?P<noun>[\u4e00-\u9fff]{1,4}?中心|平台|基地|园区|产业园)"
)
_SIZED = re.compile(
    r"(?<!\d)\d{1,9}+(?:\.\d{1,4}+)?[万亿]?(?:亩|平方米|平方公里)[\u4e00-\u9fff]{2,14}?(?:产业园|园区|基地|示范区)"
)
# An app that is short for what it does: behind a word for its use, or in a list of platforms. 交通, 举办 and the like
# are words of their own.
_NAME_OF_APP = (
    "[\u4e00-\u9fff]{1,3}(?:(?<![交普流畅沟开联直贯融互灵变精共])通|(?<![举主承协督代经快交补创合联申政府委局包查帮])办|"
    "(?<![代编密号数条价起筹])码|(?<![客征衣制校西信说克])服)"
)
_APP = re.compile(
    f"(?<=依托|利用|接入|使用|上线|登录|用好|推广){_NAME_OF_APP}(?=[、，。；）和与及等]|APP|小程序|平台)"
    f"|(?<![\u4e00-\u9fff]){_NAME_OF_APP}(?=(?:、[\u4e00-\u9fff]{{2,8}}){{0,4}}等[\u4e00-\u9fff]{{0,4}}(?:平台|渠道|应用|小程序))"
)
_QUOTED_APP = re.compile(
    r"“(?P<name>[^“”+，。；、]{2,12})”(?=(?:等)?(?:[\u4e00-\u9fff]{0,4}?平台|APP|小程序|公众号|客户端|系统(?!工程)))"
    r"|(?:依托|借助|利用|用好|迭代升级|迭代|登录|接入|上线|通过|推广|推行|推出|开通|运用|开发|完善|升级|使用)“(?P<app>(?!一.一.)[^“”+，。；、]{2,12}(?:通|办|码|服|云|网|(?<=\d)\.\d|APP|平台))”"
)
_QUOTED_PLACE = re.compile(r"“(?P<name>[^“”+，。；、]{2,10}(?:谷|港|城|走廊|小镇|园|基地|大脑|平台))”")


def platforms(passage: Passage) -> Iterator[Name]:
    """Yield the platforms of a sentence.

    Examples:
        >>> from .passage import Passage
        >>> [n.name for n in platforms(Passage("依托江苏产业互联网研究中心和“魔方社区”等平台，培育区域型平台。"))]
        ['江苏产业互联网研究中心', '魔方社区']
    """
    for mark, pattern in (("大", _COUNTED_LIST), ("亩", _SIZED), ("平方", _SIZED)):
        for match in pattern.finditer(passage.text) if mark in passage.text else ():
            head = words.RELATION.match(match.group())
            begin = match.start() + (head.end() if head else 0)
            yield Name("Platform", passage.text[begin : match.end()], begin, match.end())
    yield from _by_ending(passage)
    yield from _sites(passage)
    yield from _apps(passage)


def _by_ending(passage: Passage) -> Iterator[Name]:
    for match in _PLATFORM.finditer(passage.text):
        end = _end(passage, match.end())
        name, begin = passage.name_before(end, match.start())
        if len(name) < _SHORTEST or _LEVEL_AND_CLASS.match(name) or _COUNTED.match(passage.text, end):
            continue
        if _COUNTED_BEFORE.search(passage.text[max(0, begin - 8) : begin]):
            continue
        confidence = _confidence(passage, name, begin, match)
        if confidence:
            # A laboratory that is named for where it stands is a research body of its own.
            category = "Institute" if _is_laboratory_of_place(passage, name, begin) else "Platform"
            yield Name(category, name, begin, end, confidence)


def _sites(passage: Passage) -> Iterator[Name]:
    for match in _SITE.finditer(passage.text):
        end = match.end()
        name, begin = passage.name_before(end, match.start())
        county = region_table().county_at(name)
        head = max(passage.place_at(begin), begin + len(county.name) - 1 if county else 0)
        if begin == head and not (_LANDSCAPE_HEAD.match(name) or passage.is_local(name) or _OWN_HEAD.match(name)):
            continue
        stem = passage.text[head : match.start()]
        # A level and a class: 江苏数据资源库, 江苏东部中心.
        if head > begin and words.is_class(stem) and not _SAYS_ENOUGH.search(name[head - begin :]):
            continue
        if len(name) < _SHORTEST or words.GENERIC.match(name) or _COUNTED.match(passage.text, end):
            continue
        yield Name("Platform", name, begin, end, UNSURE_CUT if passage.is_cut(begin) else LIKELY)


def _end(passage: Passage, end: int) -> int:
    """Where a name ends that a bracket or a place may go on: …中试基地（渔业领域）, …骨干节点（沈阳）, …中心河北中心."""
    place = passage.place_at(end)
    part = _PART_IN_PLACE.match(passage.text, place) if place > end else None
    if part:
        return part.end()
    bracket = _FOR_WHAT.match(passage.text, end)
    if bracket and (not bracket["place"] or region_table().named(bracket["place"])):
        return bracket.end()
    return end


def _confidence(passage: Passage, name: str, begin: int, ending: re.Match[str]) -> float:
    """How sure it is that ``name`` is one platform's name; 0 where it is none."""
    if _is_proper(passage, name, begin, ending.start()):
        return UNSURE_CUT if passage.is_cut(begin) else CERTAIN
    if _NETWORK.search(name):
        there = len(name) >= _SHORTEST_THERE and _THERE.search(passage.text[max(0, begin - 2) : begin])
        return LIKELY if there and not (_CLASS_OF_PLATFORM.search(name) or words.GENERIC.match(name)) else 0.0
    if _is_built_by_a_body(passage, name, begin, ending):
        return LIKELY
    if _CLASS_OF_PLATFORM.search(name) or not _CLEAR.search(name) or passage.is_cut(begin):
        return 0.0
    wide = bool(_WIDE.match(name))
    if wide and (len(name) < _SPECIFIC_WIDE or passage.relation_before(begin) not in _DEFINITE):
        return 0.0
    if not wide and (words.GENERIC.match(name) or len(name) < _SPECIFIC):
        return 0.0
    return LIKELY


def _is_proper(passage: Passage, name: str, begin: int, ending: int) -> bool:
    if words.GENERIC.match(name):
        return False
    if _is_laboratory_of_place(passage, name, begin):
        return True
    if _NETWORK.search(name):
        own = passage.has_place(begin, ending) or _OF_LEVEL.match(name)
        return bool(own) and len(name) >= _SHORTEST_NETWORK
    if passage.place_at(begin) == ending and _ENDING_ALONE.search(name):
        return False
    marked = name.endswith("）") or _LANDSCAPE_HEAD.match(name) or _PROPER.search(_CATCHWORD.sub("", name))
    return bool(marked) or passage.has_place(begin, ending) or passage.is_local(name)


def _is_laboratory_of_place(passage: Passage, name: str, begin: int) -> bool:
    lab = begin + len(name) - len("实验室")
    # …与绿色制造山东省实验室: which province's laboratory, behind what it studies.
    if (
        name.endswith("省实验室")
        and passage.place_ends(lab)
        and passage.place_at(begin) < lab
        and len(name) > _SPECIFIC
    ):
        return True
    rest = name[2:] if passage.has_place(begin, begin + 2) else ""
    return bool(_LABORATORY_OF_PLACE.match(name) or _LABORATORY_OF_PLACE.match(rest))


def _is_built_by_a_body(passage: Passage, name: str, begin: int, ending: re.Match[str]) -> bool:
    """Whether a named institute or enterprise, earlier in the clause, builds what is no mere class."""
    stem = passage.text[begin : ending.start()]
    if len(name) < _SHORTEST_BUILT or len(stem) < _STEM_OF_BUILT or words.GENERIC.match(name) or words.is_class(stem):
        return False
    if not _BUILT.search(passage.text[max(0, begin - 3) : begin]):
        return False
    start = max(0, begin - _REACH_OF_BUILDER, *(passage.text.rfind(mark, 0, begin) + 1 for mark in "。；"))
    for match in _BUILDER.finditer(passage.text, start, begin):
        body, at = passage.name_before(match.end(), match.start())
        if (
            len(body) >= _SHORTEST
            and not words.GENERIC.match(body)
            and not words.is_class(passage.text[at : match.start()])
        ):
            return True
    return False


def _apps(passage: Passage) -> Iterator[Name]:
    for match in _APP.finditer(passage.text):
        yield Name("Platform", match.group(), match.start(), match.end(), LIKELY)
    for match in _QUOTED_APP.finditer(passage.text):
        group = "name" if match.group("name") else "app"
        if not _CATCHWORD.match(f"“{match.group(group)}"):
            yield Name("Platform", match.group(group), *match.span(group), LIKELY)
    for match in _QUOTED_PLACE.finditer(passage.text):
        if passage.has_place(max(0, match.start() - 3), match.start()) or _PROPER.search(match.group("name")):
            yield Name("Platform", match.group("name"), *match.span("name"), LIKELY)

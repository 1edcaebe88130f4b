"""Talent programmes and events: fairs, contests, campaigns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import words
from .passage import CERTAIN, LIKELY, UNSURE_CUT, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passage import Passage

_PROGRAMME = "(?:计划|工程|专项行动|行动|项目|专项)"
# Whom a programme for talents brings in, keeps or trains.
_PEOPLE = "英才|人才|学者|学子|工匠|名师|名医|专家|博士|院士|教授|技师|大学生|新农人|头雁|归雁|雁归|归巢|青年见习|[聚引育招揽汇储留惜爱荐俊贤良]才|引智|工程师|秀才|乡贤|能人|导师|青苗|英杰|精英"
# 百万青年技能培训行动, 千名博士引进计划: how many are meant, who, and what is done for them.
_MANY = (
    "[十百千万]{1,2}名?[\u4e00-\u9fff]{1,8}?(?:见习|实习|培训|培养|培育|引进|引育|集聚|回引)(?:计划|工程|行动)(?!方案)|"
    "(?:农民|教师|工匠|博士|学者|带头人|大学生|全科医生)(?:培育|培养|引进|培训|回引)(?:计划|工程|行动)(?!方案)"
)
# 某某湖精英计划: one plan where it has a name of its own.
_ELITE = "(?<=[\u4e00-\u9fff]{2})(?:精英|英杰|才俊|工匠)(?:计划|工程)(?![划书方])"
_ELITE_ALONE = re.compile(_ELITE.partition(")")[2])
_TALENT = re.compile(
    rf"(?:“[^”“]{{0,10}}(?:{_PEOPLE})[^”“]{{0,6}}”(?:(?!等)[\u4e00-\u9fff]){{0,4}}?{_PROGRAMME}|"
    rf"人才[\u4e00-\u9fff]{{0,4}}{_PROGRAMME}|英才(?:培养|支持|引进|集聚)?(?:计划|工程)|人才飞地(?:模式)?|(?:科技|工业|金融|人才|企业)特派员(?:制度)?|特派员制度|{_MANY}|学者(?:奖励)?计划|{_ELITE}|博士后(?:科研|工作|流动|创新|实践){{1,3}}站)"
)
# Quoted, and talents are spoken of right before or behind; or in use all over the country.
_QUOTED_TALENT = re.compile(
    rf"“(?P<name>[^”“，。；]{{2,12}}?{_PROGRAMME})”(?=[^，。；“”]{{0,10}}人才)"
    r"|“(?P<plan>[^”“，。；]{2,12}?计划)”(?=[^。；]{0,24}人才)"
    rf"|人才[^，。；“”]{{0,10}}“(?P<behind>[^”“，。；]{{2,12}}?(?:计划|工程))”"
    r"|“(?P<talent>[^”“，。；]{0,8}(?:英才|雁归|才俊|工匠)[^”“，。；]{0,4})”(?=[、，。；等和与])"
)
# Quoted without a word for people, where the sentence speaks of them; what is not for them has another word:
# “双峰”企业培育计划.
_NAMED_PLAN = re.compile(
    "“(?P<inside>[^”“，。；+]{1,10}(?:计划|专项|工程|行动))”"
    "|“[^”“，。；+]{2,10}”(?:人才|青年|培育|培养|引进|引育|回引|集聚|支持|选拔|托举){0,3}(?:计划|专项|工程|行动)(?!方案)"
)
_SPEAKS_OF_TALENTS = re.compile(
    "人才|[荐引育聚留用招]才|英才|博士|学者|青年|教师|工匠|大学生|毕业生|技术经理人|引智|引进[^，。；]{0,10}(?:团队|专家)"
)
_NO_PLAN_FOR_TALENTS = re.compile(
    "企业|产业|品牌|小巨人|专精特新|冠军|瞪羚|独角兽|互联网|智能|数字|数据|[机链网园券贷]|绿色|低碳|双碳|质量|标准|种业|强基|提质|增效|改造|"
    "乡村|农村|农业|生态|消费|商贸|文旅|交通|健康|经济|养老|一带一路|[一二三四五六七八九十两百千\\d]{1,3}[个大项]|双千兆"
)
# A 计划 for others than talents has a word for them; a 行动 or 工程 may be for anything.
_REACH_OF_TALK, _NEAR = 40, 12
_KNOWN_TALENT = re.compile(
    "[“]?(?:万人|千人|百人)计划[”]?|三支一扶|西部计划(?!划)|科技副总|产业教授|特岗计划|银龄(?:讲学)?计划|揭榜挂帅榜单人才"
)
_CLASS_OF_STATION = re.compile("(?:国家|[省市州县]|自治区)级?博士后")
_EVENT = re.compile(
    r"(?:座谈会|洽谈会|博览会|交易会|展览会|展销会|高交会|广交会|创交会|海交会|投洽会|服贸会|农高会|[\u4e00-\u9fff]博会|论坛|峰会|挑战赛|大赛|[\u4e00-\u9fff]大会(?!议|堂)|活动周|活动月|"
    r"(?:科技|双创|质量|宣传|文化|创新|招聘|体验|服务|创业|采摘|人才|品牌|设计|时尚|艺术|美食|购物|消费|旅游|读书|阅读|金融|节能|学术|开放|赏花|安全)周(?![边期年岁知转密全到末])|(?:科普|品牌|扶贫|环境|低碳|航天|生态|知识产权|开放|企业家)日|"
    r"(?:全国|国家|世界|国际|中国)[\u4e00-\u9fff]{2,6}(?<![每作假节当首次今近本即末改生整半之止期始])日(?![常前期均报照程本益产志趋])|"
    r"(?:科技|文化|艺术|旅游|丰收|电影|读书|购物|消费|美食|音乐|服装|时尚|动漫|戏剧|啤酒|采摘|年货|体育|设计|创意|网购|茶)节|"
    r"(?:宣传|质量|安全生产|消费|招聘|服务|读书|惠民|体验|推广)月|(?:消费|购物|丰收|文旅|采摘|惠民|招聘|促销|体验|推广|读书|艺术|赏花)季|三下乡|行动(?!方案|计划|指南|纲要|[力者员起的])|"
    r"[\u4e00-\u9fff]{2}之(?:冬|春|夏|秋|夜)|对接会|直通车)"
)
_SHORT = re.compile("(?:[博交洽贸]会|农高会|三下乡)$")
# A fair that stands for a class of fairs names none: 行业专题对接会, 各类大赛.
_CLASS_OF_EVENT = re.compile("^(?:[^“]*(?:专题|赛事|各类|系列|场景|路演|供需|常态化|专场|行业))")
_ANY_EVENT = re.compile("(?:对接会|洽谈会|大赛|挑战赛|论坛|峰会|大会|座谈会|直通车|展销会|博览会|交易会)$")
_ANY_STEM = re.compile(
    "^(?:产销|银企|政银企|供需|产学研|技术|成果|项目|招聘|人才|专题|校企|融资|投资|招商|创新|创业|创新创业|创意|技能|职业技能|行业|产业|产品|农产品|企业|推介|专场|高端|学术|重要|国内外|国际|国内|各类|及|和|、|赛事|宣传|动员|全体|代表|股东|职工|表彰|总结|工作|干部|部署|推进|现场|调度|研讨|交流)*(?:对接会|洽谈会|大赛|挑战赛|论坛|峰会|大会|座谈会|直通车|展销会|博览会|交易会|展览会)$"
)
_CATCHWORD = re.compile(r"“[^”]*\+")
_NO_CAMPAIGN = re.compile(
    "^(?:网络|体系|基础|[^“”]{0,6}(?:强基|增强|提升|赋能|深化|强化|提质|扩面|构建|培育))[^“”]*行动$|^(?:统一|联合|实际|具体|一致|自觉|共同|年度|该|各项|此项|此次|这一|三年|本|专项|重点|重大|攻坚|执法)+行动$|年(?:攻坚|提升)?行动$"
)
# 办好某县香菇节: of a place or of a product, and held as such; but not 环节, 季节, 周边.
_FEAST = re.compile(
    "[\u4e00-\u9fff]{2}(?<![环细调情季关章时礼春佳过骨气开发进扩拓伸参布招办延会一两三四每上本下几圆])(?:节|周|季|展)(?![约能点省水日目奏气律边期年岁知转密度示览开现望出销演品馆位区会])"
)
_REACH_OF_HOLDING = 80
_HELD = re.compile("举办|办好|承办|主办|协办|筹办|申办|参加|参展|组织")
_LIST = re.compile(r"(?:开展|组织|举办|办好)(?P<list>[^，。；“”＃]{2,60}?)(?:等[\u4e00-\u9fff]{0,12})?活动")
_QUOTED_CAMPAIGN = re.compile("“(?P<name>[^”“+—，。；]{2,16})”(?:主题|系列|专项|专题|宣传|公益|品牌)*活动")
_LAST_VERB = re.compile("开展|组织|举办|办好")
_CLASS_OF_ACTIVITY = re.compile(
    r"^(?:各|系列|丰富|多种|创新创业|实践|教育|宣传|培训|相关|有关|交流|监督|检查|试点|科技型|决策咨询|市场|经营|生产|业务|募捐|公益)|"
    r"(?:讲座|报告|咨询|服务|(?<!大)培训|宣讲|试点|示范|沙龙|见面会|路演|对接|合作|研学|展示|推广|宣传|比赛|参观|体验|展览|论坛|招商)$|等$"
)
_CAMPAIGN = re.compile("[春夏秋冬]|[周月日节季赛]$|[年届]|下乡|大[\u4e00-\u9fff]{2}$|进(?:校园|企业|社区|万家)")


def programmes(passage: Passage) -> Iterator[Name]:
    """Yield the talent programmes and events of a sentence.

    Examples:
        >>> from .passage import Passage
        >>> [n.name for n in programmes(Passage("落实科技特派员制度，参加世界农机大会和科技之冬活动，举办各类产销对接会。"))]
        ['科技特派员制度', '世界农机大会', '科技之冬']
    """
    yield from _talents(passage)
    yield from _events(passage)
    yield from _activities(passage)


def _talents(passage: Passage) -> Iterator[Name]:
    for match in _TALENT.finditer(passage.text):
        name, begin = passage.name_before(match.end(), match.start())
        if (
            len(name) >= 4
            and not (name.endswith("特派员") and begin < match.start())
            and not (begin == match.start() and _ELITE_ALONE.match(name))
            and not _CLASS_OF_STATION.match(name)
            and not words.GENERIC.match(name)
            and not words.is_class(name)
        ):
            yield Name("TalentProgram", name, begin, match.end(), UNSURE_CUT if passage.is_cut(begin) else CERTAIN)
    for match in _QUOTED_TALENT.finditer(passage.text):
        group = next(group for group in ("name", "plan", "behind", "talent") if match.group(group))
        yield Name("TalentProgram", match.group(group), *match.span(group), LIKELY)
    yield from _plans_amid_talents(passage)
    for match in _KNOWN_TALENT.finditer(passage.text):
        yield Name("TalentProgram", match.group().strip("“”"), *match.span(), LIKELY)


def _plans_amid_talents(passage: Passage) -> Iterator[Name]:
    """“双百计划”, “某某精英”专项 in a sentence that speaks of talents."""
    text = passage.text
    for match in _NAMED_PLAN.finditer(text):
        begin, end = match.span("inside") if match["inside"] else match.span()
        reach = _NEAR if match.group().strip("”").endswith(("行动", "工程")) else _REACH_OF_TALK
        around = text[max(0, begin - reach) : end + reach]
        if _SPEAKS_OF_TALENTS.search(around) and not _NO_PLAN_FOR_TALENTS.search(match.group()):
            yield Name("TalentProgram", text[begin:end], begin, end, LIKELY)


def _events(passage: Passage) -> Iterator[Name]:
    for match in passage.quoted_events:
        yield Name("Event", match.group("name"), *match.span("name"))
    for match in _EVENT.finditer(passage.text):
        if _is_inside_quotes(passage.text, match.start(), match.end()):
            continue
        name, begin = passage.name_before(match.end(), match.start())
        shortest = 3 if _SHORT.search(name) else 4
        if len(name) >= shortest and not _is_class(passage, name, begin):
            yield Name("Event", name, begin, match.end())
    for match in _FEAST.finditer(passage.text):
        name, begin = passage.name_before(match.end(), match.end() - 1)
        reach = max(0, begin - _REACH_OF_HOLDING)
        clause = max(reach, *(passage.text.rfind(mark, reach, begin) + 1 for mark in "，。；"))
        proper = passage.place_at(begin) > begin or passage.is_local(name) or name.startswith("中国")
        held = _HELD.search(passage.text, clause, begin)
        if held and len(name) >= (4 if proper else 5) and not _is_class(passage, name, begin):
            yield Name("Event", name, begin, match.end(), LIKELY)


def _is_inside_quotes(text: str, begin: int, end: int) -> bool:
    """Whether the quotation mark nearest before ``begin`` is still open at ``end``."""
    floor = max(0, begin - 40)
    return text.rfind("“", floor, begin) > text.rfind("”", floor, end)


def _is_class(passage: Passage, name: str, begin: int) -> bool:
    proper = passage.has_place(begin, begin + len(name)) or "“" in name
    if words.GENERIC.match(name) and not name.startswith(("科技", "综合")):
        return True
    if _CATCHWORD.search(name) or (_CLASS_OF_ACTIVITY.search(name) and not (proper and name.endswith("论坛"))):
        return True
    if proper:
        return False
    if name.endswith("行动") and not passage.relation_before(begin):
        return True
    return bool(
        _ANY_STEM.match(name) or (_ANY_EVENT.search(name) and _CLASS_OF_EVENT.match(name)) or _NO_CAMPAIGN.match(name)
    )


def _activities(passage: Passage) -> Iterator[Name]:
    """开展春风行动、科技之冬等…活动: each item of the list is an event; a single one keeps the word 活动."""
    for match in _QUOTED_CAMPAIGN.finditer(passage.text):
        yield Name("Event", match.group(), *match.span(), LIKELY)
    for match in _LIST.finditer(passage.text):
        start = match.start("list") + max((m.end() for m in _LAST_VERB.finditer(match.group("list"))), default=0)
        items = passage.text[start : match.end("list")].split("、")
        at = start
        for item in items:
            begin, at = at, at + len(item) + 1
            if not 3 <= len(item) <= 14 or _CLASS_OF_ACTIVITY.search(item) or not _CAMPAIGN.search(item):
                continue
            if passage.bounded(begin, begin + len(item)) and not _EVENT.search(item):
                end = begin + len(item) + (2 if len(items) == 1 and match.end("list") + 2 == match.end() else 0)
                yield Name("Event", passage.text[begin:end], begin, end, LIKELY)

"""Enterprises and institutes: by ending, by brand, and as examples that a plan lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.regions import region_table

from . import words
from .brands import BRAND
from .industries import is_industry
from .passage import CERTAIN, LIKELY, POSSIBLE, UNSURE_CUT, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passage import Passage

# A centre is a research body only where it is the nation's; others are platforms or offices.
_NATIONAL_CENTRE = re.compile("(?:(?:发展|安全|战略|政策|标准|教育)研究|信息|评测|测评|检测|检验|审评|标准化)中心")
_NATIONAL = re.compile("^(?:中国|国家|全国)(?!级)")
# Names of words that elsewhere are a class's.
_WHOLE = re.compile("中科院|信通院|(?:中国)?(?:农业发展|进出口|农业|建设)银行")
# The central bank is a public body.
_NO_ENTERPRISE = re.compile("人民银行$|中央银行$")
# A company and a verb that no list holds: another name begins behind them where a place does.
_COMPANY_ACTS = re.compile("(?:公司|集团)[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff])")
_FORMAL = re.compile("(?:有限公司|有限责任公司|集团|集团公司)$")
# A connective that may be a syllable of a company's name behind its place, where nothing says what two do together.
_SYLLABLE = re.compile("[和同至并]")
_JOINS_FIELDS = re.compile("[和与]")
_FARTHEST_PLACE = 16
_TOGETHER = re.compile("(?:等|开展|进行|深化|全面|战略){0,2}(?:合作|共建|签约|对接|联合|共同)")
# Category, endings, least length of a name.
_ENDINGS = (("Institute", words.INSTITUTE, 3), ("Enterprise", words.ENTERPRISE, 4))
_UNIVERSITY = re.compile(
    r"(?:清华|北大|浙大|复旦|中科大|哈工大|西工大|北航|北理工|国科大|华科大|中国农大|西北农大|上海交大|西安交大|同济)(?=[、，。；“”（）和与及等在]|$)"
)
_INSTITUTE_OF_PLACE = re.compile(
    "(?:材料|微系统|光机|硅酸盐|有机|药物|生地|化物|金属|自动化|煤化|物构|近物|应化|纳米|医工|理化|半导体|微电子|声学|力学|光电|水生|植物|动物|热物理|能源)所|"
    "(?:农业?|师|医|工|科|财|交|理工|林业?|海洋|民)大(?=[、，。；“”（）和与及等在]|$)"
)

_NO_NOUN = "[在的和与为对向及等将把]"
_EXAMPLES = re.compile(
    r"(?P<list>[^，。；：“”《》＃]{2,80}?)等(?P<noun>"
    rf"(?:(?!{_NO_NOUN})[\u4e00-\u9fff]){{0,12}}?(?:企业|公司|运营商|基地|资源|力量|单位|载体))(?P<behind>优势|条件)?"
)
_CUE = re.compile(
    "依托|借助|利用|支持|引进|引入|鼓励|推动|推进|扶持|做强|壮大|发挥|吸引|对接|培育|联合|携手|围绕|学习|借鉴|以|与|同|和(?=[^、]{2,12}、)"
)
# The words that say that what is listed is a body to lean on; 以…为依托, 发挥…作用 say it behind the list.
_LEANS_ON = frozenset(["依托", "借助", "利用"])
_LEANS_BEHIND = {"以": re.compile("为(?:依托|支撑|载体|平台)"), "发挥": re.compile("作用|优势")}
_COMPANIES = re.compile("企业$|公司$|运营商$")
_NO_COMPANIES = re.compile("行业|领域|产业|环节|类")
_PLAIN_RESOURCES = re.compile("^(?!.*(?:产业|结合|科普|教育|医疗|旅游|科教|展馆)).*资源$")
_TAUGHT_AT = re.compile("科普|研学|教育|实习|实训|医养")
_LEAST_WITH_FIELD = 4
_LEADERS = re.compile("以(?P<list>[^，。；：“”《》＃为]{2,60}?)(?:等(?:企业)?)?为(?:龙头|链主)")
_NO_BRAND = re.compile(
    "企业|高校|院校|院所|机构|协会|商会|学会|平台|部门|文化|生态|资源|技术|数据|市场|人才|资金|领域|行业|园区|景区|媒体|学校|馆$|中心$|基地|服务|系统|设备|"
    "设施|网络|公路|车|品牌|产品|项目|单位|政府|社区|单位|团队|模式|建设|计算|智能|公司$|集团$|合作社|农户|渠道|场所|院$|所$|站$|店$|一客|银行$|券商|机关|[区镇乡村]$"
)
_PARTNER = re.compile("(?:推动|支持|鼓励|引导|促进|推进)(?P<name>[\u4e00-\u9fff]{3,8}?)(?:与|联合|携手|同)")


def bodies(passage: Passage) -> Iterator[Name]:
    """Yield the enterprises and institutes of a sentence.

    Examples:
        >>> from .passage import Passage
        >>> [n.name for n in bodies(Passage("支持大型银行和九江银行对接华为、新疆农大，引进某甲、某乙等龙头企业。"))]
        ['九江银行', '新疆农大', '华为', '某甲', '某乙']
    """
    named = [
        *_by_ending(passage),
        *_national_centres(passage),
        *_short_institutes(passage),
        *_brands(passage),
    ]
    yield from named
    yield from _partners(passage, {name.begin for name in named if name.category == "Institute"})
    yield from _examples(passage)


def _by_ending(passage: Passage) -> Iterator[Name]:
    for category, pattern, shortest in _ENDINGS:
        for match in pattern.finditer(passage.text):
            name, begin = passage.name_before(match.end(), match.start())
            begin = _own_begin(passage, begin, match) if name else begin
            name = passage.text[begin : match.end()] if name else ""
            if len(name) < shortest or words.GENERIC.match(name) or _NO_ENTERPRISE.search(name):
                continue
            stem = passage.text[begin : match.start()]
            if name.endswith("合作社") and not _is_cooperative(passage, stem):
                continue
            if _WHOLE.match(name) or not (words.is_class(stem) or (name.endswith("分公司") and _is_place(stem))):
                yield Name(category, name, begin, match.end(), _confidence(passage, begin))


def _own_begin(passage: Passage, begin: int, ending: re.Match[str]) -> int:
    """Where the name begins that was cut at ``begin``: further on behind another company, or back at its place."""
    text = passage.text
    for acts in _COMPANY_ACTS.finditer(text, begin, ending.start()):
        if passage.place_at(acts.end()) > acts.end() or text.startswith(("中国", "国家"), acts.end()):
            begin = acts.end()
    if not (begin and _FORMAL.search(ending.group())) or _TOGETHER.match(text, ending.end()):
        return begin
    place = passage.start_before(begin - 1)
    alone = text[max(0, place - 1) : place] not in ("、", "和", "与", "及")
    behind_place = passage.place_at(place)
    if not alone or behind_place == place or begin - place > _FARTHEST_PLACE:
        return begin
    syllable = behind_place == begin - 1 and _SYLLABLE.match(text, begin - 1)
    fields = _JOINS_FIELDS.match(text, begin - 1) and words.FIELD_OF_COMPANY.match(text[behind_place : begin - 1])
    return place if syllable or fields else begin


def _is_cooperative(passage: Passage, stem: str) -> bool:
    """Whether more than a place and what is grown stands before 合作社: 某县丰源农机专业, but not 某县蔬菜专业."""
    place = region_table().split_head(stem)
    rest = place[1] if place else stem[2:] if passage.is_local(stem) else ""
    return "+" not in rest and bool(rest) and not words.is_class(rest)


def _is_place(name: str) -> bool:
    return bool(region_table().named(name))


def _confidence(passage: Passage, begin: int) -> float:
    """Less where the name begins behind a single character, which may as well be part of the name."""
    return UNSURE_CUT if passage.is_cut(begin) else CERTAIN


def _national_centres(passage: Passage) -> Iterator[Name]:
    for match in _NATIONAL_CENTRE.finditer(passage.text):
        name, begin = passage.name_before(match.end(), match.start())
        if _NATIONAL.match(name) and not words.is_class(name.removeprefix("国家")[: match.start() - match.end()]):
            yield Name("Institute", name, begin, match.end(), _confidence(passage, begin))


def _short_institutes(passage: Passage) -> Iterator[Name]:
    """清华, 上海交大; 新疆农大, 宁波材料所: a place and what is taught or studied there."""
    for match in _UNIVERSITY.finditer(passage.text):
        yield Name("Institute", match.group(), match.start(), match.end(), LIKELY)
    ends = {end: begin for begin, end, _ in passage.places}
    for match in _INSTITUTE_OF_PLACE.finditer(passage.text):
        begin = ends.get(match.start())
        if begin is not None:
            yield Name("Institute", passage.text[begin : match.end()], begin, match.end(), LIKELY)


def _brands(passage: Passage) -> Iterator[Name]:
    for match in BRAND.finditer(passage.text):
        end = match.end()
        branch = match.group("branch")
        if branch and not region_table().named(branch.strip("（）")[: len(branch)]) and "分" not in branch:
            end = match.start("branch")
        yield Name("Enterprise", passage.text[match.start() : end], match.start(), end, LIKELY)


def _examples(passage: Passage) -> Iterator[Name]:
    """依托特变电工、笑厨等科普教育基地: items that no ending identifies are enterprises, with less confidence."""
    for match in _EXAMPLES.finditer(passage.text) if "等" in passage.text else ():
        noun = match.group("noun")
        cues = list(_CUE.finditer(passage.guarded, match.start("list"), match.end("list")))
        before = _CUE.search(passage.text, max(0, match.start() - 2), match.start())
        cue = cues[-1] if cues else before
        companies = bool(_COMPANIES.search(noun)) and not _NO_COMPANIES.search(noun)
        verb = cue.group() if cue else ""
        behind = _LEANS_BEHIND.get(verb)
        leans = verb in _LEANS_ON or bool(behind and behind.search(passage.text, match.end(), match.end() + 10))
        if not (companies and cue) and not (leans and not match.group("behind") and not _PLAIN_RESOURCES.match(noun)):
            continue
        start = cues[-1].end() if cues else match.start("list")
        relation = "依托" if verb == "以" else verb if len(verb) > 1 else None
        if leans or passage.text.find("、", start, match.end("list")) >= 0:
            fields = bool(_TAUGHT_AT.search(noun))
            yield from _listed(passage, start, match.end("list"), relation, fields=fields)
    for match in _LEADERS.finditer(passage.text):
        yield from _listed(passage, *match.span("list"), "依托")


def _listed(passage: Passage, start: int, end: int, relation: str | None, *, fields: bool = False) -> Iterator[Name]:
    """The items of a list of companies; one item that is none (an industry, a class) makes the list one of classes.

    With ``fields`` an item may end as an industry does: 某某畜牧 among bases for teaching is a company.
    """
    items = passage.text[start:end].split("、")
    unknown = [item for item in items if not _is_known(item)]
    if not all(2 <= len(item) <= 12 and _is_brand(item, fields=fields) for item in unknown):
        return
    at = start
    for item in items:
        if item in unknown and passage.bounded(at, at + len(item)):
            yield Name("Enterprise", item, at, at + len(item), POSSIBLE, relation)
        at += len(item) + 1


def _is_known(item: str) -> bool:
    """Whether an ending or a brand says what a listed item is: it is named by another rule."""
    return bool(words.INSTITUTE.search(item) or words.ENTERPRISE.search(item) or BRAND.match(item))


def _is_brand(item: str, *, fields: bool = False) -> bool:
    return not (
        _NO_BRAND.search(item)
        or (is_industry(item) and not (fields and len(item) >= _LEAST_WITH_FIELD))
        or words.GENERIC.match(item)
        or words.is_class(item)
        or region_table().named(item)
        or re.search(r"[\d（）+]", item)
    )


def _partners(passage: Passage, institutes: set[int]) -> Iterator[Name]:
    """推动某某高科联合新疆大学攻关: what joins an institute, and is no class, is a company."""
    for match in _PARTNER.finditer(passage.text):
        name, begin = match.group("name"), match.start("name")
        unknown = match.end() in institutes and not _is_known(name) and _is_brand(name)
        if unknown and passage.bounded(begin, match.end("name")):
            yield Name("Enterprise", name, begin, match.end("name"), POSSIBLE)

"""Platforms: parks, bases, laboratories, centres, platforms and apps that are named and not only wished for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import words
from .passage import CERTAIN, LIKELY, UNSURE_CUT, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passage import Passage

_PLATFORM = re.compile(
    r"(?:产业园区?|科技园区?|创业园|工业园区?|物流园区?|示范园区?|示范区|试验区|先导区|先行区|孵化园|孵化基地|孵化器|加速器|众创空间|重点实验室|实验室|分?平台|"
    r"分中心|数据中心|(?:超算|智算|算力|云计算|计算|交换|交易|服务|体验|展示|科创|科学|技术|工程|创新|研究|转化|转移|孵化|培训|实训|会展|物流|指挥|调度|运营)中心|"
    r"信息港|数[\u4e00-\u9fff]?港|可信数据空间|直联点|大科学装置|科技基础设施|试验场|试验站|飞地|示范基地|基地|语料库|枢纽|科学城|科技城|软件园|创新港|创新城|科创走廊|创新走廊|交易所)"
)
# Endings that say so little that without a proper name before them only a class is meant.
_CLEAR = re.compile("(?:平台|产业园|创业园|孵化器|众创空间)$")
# A level and a class (省级重点实验室) is what a plan wishes for, not what it names.
_LEVEL_AND_CLASS = re.compile(
    r"^(?:(?:国家|自治区|省|市|州|县|区)级?(?:及?以上)?)+"
    r"(?:重点|示范|企业|产业|科技|科普|科研|创新|创业|工程|技术|研发|研究|服务|公共|新型|综合|双创|实验|农业|高新技术|工业|现代|制造业|工业设计|临床|医学|[和、与及])*"
    r"(?:产业园区?|科技园|创业园|示范园区?|示范区|试验区|孵化园|孵化基地|孵化器|众创空间|实验室|平台|中心|基地)$"
)
_PROPER = re.compile(
    # A quoted name, but no quoted catchword (“5G+工业互联网”); a body of the nation or of a level; G60.
    r"“[^“”+]{2,}”|国家(?!级)|国家级(?=.{5})|中国|中科|中央|自治区级|省级|州级|市级|"
    # Regions without a code, and what people call a province or its landscape.
    "长三角|珠三角|京津冀|大湾区|成渝|丝绸之路|丝路|欧亚|亚欧|中亚|东盟|"
    "江淮|齐鲁|中原|燕赵|三晋|三秦|巴蜀|天府|荆楚|潇湘|湖湘|赣鄱|八闽|岭南|南粤|八桂|陇原|塞上|天山|昆仑|龙江|辽河|钱塘|金陵|姑苏|中关村|张江|光谷|"
    "长江|黄河|珠江|淮河|太湖|西湖|东湖|巢湖|鄱阳湖|洞庭|滨湖|[A-Z]\\d{2,}|(?:大学|学院|科学院|研究院|集团|公司)(?!生)"
)
_CATCHWORD = re.compile(
    "“(?:双创|两化|三农|四新|双碳|产学研[用]?|互联网|一带一路|放管服|专精特新|小巨人|块状经济|两新|一本账|一张图|一件事|一站式|一网)"
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
# 浙里办, 赣服通: the letter of a province, what the app is for, and 通, 办 or 码.
_APP = re.compile(
    "(?<![\u4e00-\u9fff])(?:[京津沪渝冀晋辽皖浙苏闽赣鲁豫鄂湘粤桂琼川黔滇陕蒙陇](?:服|事|政|快|汇|省|商|易|里|企|惠|税|农|就|社|科|心){1,2}[通办事码登贷链钉])(?![\u4e00-\u9fff])"
    "|(?:(?<=利用)|(?<=依托)|(?<=通过)|(?<=登录)|(?<=用好)|(?<=推广))"
    "[京津沪渝冀晋辽皖浙苏闽赣鲁豫鄂湘粤桂琼川黔滇陕蒙陇](?:服|事|政|快|汇|省|商|易|里|企|惠|税|农|就|社|科|心){1,2}[通办事码登贷链钉]"
)
_QUOTED_APP = re.compile(
    r"“(?P<name>[^“”+，。；、]{2,12})”(?=(?:等)?(?:[\u4e00-\u9fff]{0,4}?平台|APP|小程序|公众号|客户端|系统(?!工程)))"
    r"|(?:依托|借助|利用|用好|迭代升级|迭代|登录|接入|上线|通过)“(?P<app>[^“”+，。；、]{2,12}(?:通|办|码|云|网|(?<=\d)\.\d|APP|平台))”"
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
    yield from _apps(passage)


def _by_ending(passage: Passage) -> Iterator[Name]:
    for match in _PLATFORM.finditer(passage.text):
        name, begin = passage.name_before(match.end(), match.start())
        if len(name) < _SHORTEST or _LEVEL_AND_CLASS.match(name) or _COUNTED.match(passage.text, match.end()):
            continue
        if _COUNTED_BEFORE.search(passage.text[max(0, begin - 8) : begin]):
            continue
        confidence = _confidence(passage, name, begin, match)
        if confidence:
            yield Name("Platform", name, begin, match.end(), confidence)


def _confidence(passage: Passage, name: str, begin: int, ending: re.Match[str]) -> float:
    """How sure it is that ``name`` is one platform's name; 0 where it is none."""
    if _is_proper(passage, name, begin, ending.start()):
        return UNSURE_CUT if passage.is_cut(begin) else CERTAIN
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
    if _LABORATORY_OF_PLACE.match(name):
        return True
    marked = bool(_PROPER.search(name)) and not _CATCHWORD.search(name)
    return marked or passage.has_place(begin, ending)


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

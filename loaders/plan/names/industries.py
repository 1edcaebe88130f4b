"""Industries and fields of technology: in lists, as the object of 发展壮大, and as what a place leads with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .passage import CERTAIN, LIKELY, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passage import Passage

# How the name of an industry ends. What ends otherwise (巡检过程, 设备报修) is a step of work or a scene of use.
_INDUSTRY = re.compile(
    r"(?:制造|装备|新?材料|能源|医药|生物|生物科技|电子|信息|信息技术|通信|通讯|汽车|化工|食品|环保|降碳|纺织|印染|服装|家电|家居|家具|物流|旅游|文旅|康养|金融|航空|航天|"
    r"低空|软件|芯片|集成电路|半导体|显示|光电|人工智能|具身智能|智能制造|大数据|云计算|算力|物联网|车联网|互联网|区块链|机器人|量子(?:科技|信息|通信|计算|技术)?|脑机接口|类脑智能|"
    r"经济|农业|育种|种业|畜牧|渔业|林果|蔬菜|光伏|风电|水电|核电|电力|储能|氢能|电池|钢铁|有色|有色金属|冶金|水泥|建材|建筑|煤炭|煤化工|石油|石化|油气|矿业|矿产|矿山|轻工|"
    r"机械|机床|仪器|仪表|器械|医疗|中药|中医药|疫苗|药物|[中西核创新]药|燃料|农药|治疗|疗法|健康|卫生|养老|托育|教育|体育|交通|交通运输|船舶|轨道交通|海工|海洋|消费品|文化|文化创意|传媒|影视|动漫|元宇宙|数字创意|"
    r"网络安全|信息安全|时空信息|地理信息|空天信息|卫星|北斗|导航|5G|6G|AI|合成生物|基因|细胞|酿酒|白酒|葡萄酒|棉花|粮油|乳制品|饲料|肉类|加工|深加工|研发设计|电商|电子商务|会展|[^行作就企事专商创]业)$"
)
_CLASS_OF_INDUSTRY = re.compile(
    r"^(?:(?:战略性|新兴|未来|传统|优势|特色|主导|支柱|重点|重大|相关|有关|各|全|先导|关键|核心|基础|绿色|富民|民生|一二三|第[一二三]|[一二三]|多个|其他|现代|新|高新技术|服务|公共|"
    r"文化|数字|地方|省内|国内|我[省市州县]|本地|龙头|中小|规模以上|工商|行|企|就|创|作|农|职|毕|事|商|专|授|物|失|停|复|开|从|营|同|转)+)(?:产|行)?业?$"
)
_NO_ITEM = re.compile(
    "^(?:各|一批|相关|有关|企业|此|该|其)|(?:管理|监管|审批|治理|防控|监测|应用|制度|政策|机制|体系)$"
)
_VERBS = "(?:重点|大力|积极|加快|做优|优先)?(?:发展壮大|做大做强|培育壮大|培育发展|发展|聚焦|推进|围绕|瞄准|做强|做优|培育|布局|突出|壮大|面向|涵盖|覆盖|巩固|打造)"
_ITEM = r"[\u4e00-\u9fffA-Za-z\d]"
_LAST_SEPARATOR = re.compile("[和及与]")
_SHORTEST = 2
# Between 等 and the noun stands nothing that makes it another thing: 等产品的研发, 等技术领域企业, 等产业活动.
_BETWEEN = "(?:(?![的和与及在对]|产品|技术(?!产业)|企业|项目|人才|设备|平台)[\u4e00-\u9fff]){0,8}?"
_LIST = re.compile(
    rf"(?:^|[，。；：“]|[在对于的]|{_VERBS})(?:{_VERBS})?+(?P<list>{_ITEM}{{2,12}}(?:、{_ITEM}{{2,18}}){{1,12}})"
    rf"(?:等|[两二三四五六七八九十\d]{{1,2}}(?:大|个|条))(?P<noun>{_BETWEEN}(?:产业|领域|行业|赛道))(?!活动|化)"
)
_LEADING = re.compile(
    rf"以(?P<list>{_ITEM}{{2,12}}(?:、{_ITEM}{{2,18}}){{0,8}})(?:等)?为(?:主导|支柱|特色|重点|代表的|核心的|主的)[\u4e00-\u9fff]{{0,10}}?产业"
)
_SINGLE = re.compile(
    rf"(?:大力发展|加快发展|重点发展|积极发展|发展壮大|做大做强|培育壮大|培育发展)(?P<list>{_ITEM}{{2,10}}?(?:产业|业)(?:[、和]{_ITEM}{{2,10}}?(?:产业|业)){{0,4}})(?=[、，。；和与及等]|$)"
)
_SERIES = re.compile(
    rf"(?:大力发展|加快发展|重点发展|积极发展|发展壮大|做大做强|做优做强|培育壮大|培育发展)(?P<list>{_ITEM}{{2,8}}(?:、{_ITEM}{{2,8}}?){{1,8}}?(?:[和与]{_ITEM}{{2,8}}?)?)(?:等|[两二三四五六七八九十]大)?产业(?=[，。；]|$)"
)
_BEFORE = re.compile(f"(?:{_VERBS})?(?:[省国市州区疆]内|全[省国市州区]|我[省市州区县])?(?=.)")
_SURE_NOUN = re.compile("产业$|行业$")


def is_industry(name: str) -> bool:
    """Whether the form of ``name`` is that of an industry or a field of technology.

    Examples:
        >>> is_industry("先进装备制造"), is_industry("集成电路"), is_industry("设备报修"), is_industry("企业")
        (True, True, False, False)
    """
    return bool(_INDUSTRY.search(name)) and not _CLASS_OF_INDUSTRY.match(name)


def industries(passage: Passage) -> Iterator[Name]:
    """Yield the industries that a sentence names as such.

    Examples:
        >>> from .passage import Passage
        >>> [n.name for n in industries(Passage("聚焦集成电路、新型显示等产业，以纺织、食品为主导产业，大力发展康养产业。"))]
        ['集成电路', '新型显示', '纺织', '食品', '康养产业']
        >>> [n.name for n in industries(Passage("在设备报修、能耗核算等领域应用，发展特色产业。"))]
        []
    """
    for pattern in (_LIST, _LEADING, _SERIES, _SINGLE):
        for match in pattern.finditer(passage.text):
            noun = match.groupdict().get("noun")
            sure = noun is None or bool(_SURE_NOUN.search(noun))
            yield from _items(passage, *match.span("list"), sure=sure)


def _items(passage: Passage, start: int, end: int, *, sure: bool) -> Iterator[Name]:
    """The items of a list; where the noun is 领域, only those whose form is an industry's.

    The last item may hold two (A、B和C); the first may have words before it that are no part of it.
    """
    items = passage.text[start:end].split("、")
    items[-1:] = _LAST_SEPARATOR.split(items[-1])
    at = start
    for position, item in enumerate(items):
        begin, stop = at, at + len(item)
        at = stop + 1
        if position == 0:
            begin = min(max(begin, passage.start_before(stop)), stop)
            # 茶叶和菌菇加工: whether 和 joins two or stands inside one name is not told.
            if begin > start and passage.text[begin - 1] in "和与及":
                continue
        verb = _BEFORE.match(passage.text, begin, stop)
        begin = verb.end() if verb else begin
        name = passage.text[begin:stop]
        if len(name) < _SHORTEST or _NO_ITEM.search(name) or _CLASS_OF_INDUSTRY.match(name):
            continue
        if (is_industry(name) or sure) and passage.bounded(begin, stop):
            yield Name("Industry", name, begin, stop, CERTAIN if is_industry(name) and sure else LIKELY)

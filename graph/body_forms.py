"""What the form of a name says: its level word, its kind, and whether it is certainly the name of a body.

A plan's lists stand in the middle of prose, and prose ends in the same characters as names do (新格局, 特事特办,
建设创新中心). So an ending alone proves nothing: a name also has a level or a place before it, or it is one that the table
of names knows, or it ends in what only bodies end in; and it never reads like a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .body_names import body_names
from .regions import region_table

# 市场监督管理局 and 市政管理局 begin with 市 without carrying a level (市政务服务局 does); so does 区块链… with 区.
_NO_LEVEL_OF_CITY = (
    "场|政(?:管理|园林|公用|工程|设施|建设|养护|环卫|局|处|所)|容|民(?:服务|中心|热线)|域|值|[中南北]区|辖"
)
_LEVEL = re.compile(
    rf"^(?P<level>自治区|自治州|自治县|省(?!会)|市(?!{_NO_LEVEL_OF_CITY})"
    r"|州|盟|地区|地(?=委)|县(?!域)|旗(?![舰下帜])|区(?![块域间]))"
    r"(?P<party>党?委(?!员会))?"
)
# What belongs to a party committee: after 市委组织部 in a list, 宣传部 is 市委宣传部.
PARTY_ORGAN = re.compile(
    r"^(?:组织部|宣传部|统战部|政法委|编办|网信办|党校|老干部局|政研室|外办|台办|国安办|社会工作部|巡察办)$"
)
LEAGUE = re.compile(r"^团(?P<level>自治区|省|市|州|盟|地|县|旗|区)委$")
# 市发改委（市粮食局）: a second name plate, no part of the first.
NOTE = re.compile(r"(?<=.)(?:[（(][^（）()]*[）)])+$")
LONGEST_NAME = 40
REMEMBERED = 4096
# Names that carry their own rank or owner, so that the level at the head of a list is not theirs.
_OWN_RANK = re.compile(
    r"^(?:国家|国务院|中央|中共|全国|中国|中华|人行|人民银行|海关|国网|南方电网|兵团|新疆生产建设兵团|第[一二三四五六七八九十]+师)"
)
# 三峡海事局 is named for its waters, and the nation's.
_OF_A_WATER = re.compile("[\u4e00-\u9fff]{2}海事局$")
_ZONE = re.compile(
    r"(?:[高经]开区|高新区|开发区|园区|新区|试验区|保税区|示范区|度假区|产业园|集聚区|合作区)(?:党工委)?$|(?:党工委|管委会|管理委员会)$"
)
_NAMELESS_ZONE = re.compile(
    r"^(?:高新|经开|高开|经济|技术|产业|工业|农业|科技|综合|开发|保税|旅游|度假|风景|名胜|景|物流|空港|港|城市|园|新|区)+(?:党工委|管委会|管理委员会)?$"
)

_COLLECTIVE = re.compile(
    r"各|成员单位|(?:有关|相关|其他|所属|所在|属地)(?:部门|单位|地区|企业|高校|院校|机构|园区|责任单位|职能部门|省级|[省市州县区乡镇])"
    r"|等部门|所属单位|主管部门$|^(?:有关|相关)方面$"
    r"|^[驻在][\u4e00-\u9fff]{1,4}(?:高校|院校|央企|国企|企业|单位|机构|科研院所)$"
)
_CENTRAL_BANK = re.compile(r"^(?:人行|(?:中国)?人民银行)(?:[^的等]{1,14}(?:分行|支行|营业管理部|营管部|总部))?$")
# What a collective is a group of, and what stands before 各: 市直各单位, 省级有关部门, 领导小组各成员单位.
_GROUPED = (
    "部门|单位|行署|行政公署|地方|企业|机构|高校|院校|学校|院所|园区|开发区|新区|地区|地|省|[市县区州旗盟]|省级|自治区|直辖市|县级市|乡镇|[乡镇村]|街道|社区|政府|管委会|党委|党工委|银行|协会"
    "|商会|学会|集团|公司|运营商|医院|平台|部委|组织|团体|主体|工委|[局委厅办]|办事处|方面|各方|党派"
)
_GROUP_OF = re.compile(
    rf"^(?:.{{0,24}}?(?:小组|工作组|专班|指挥部|联席会议|委员会))?(?:[直级内属]|辖区|所辖|下属){{0,3}}(?:全体|所有)?(?:各|有关|相关|其他|所属|所在|属地|成员单位|主管部门)"
    rf"(?!类|项|种|界|环节|方(?!面)|行各业)(?:.{{0,20}}(?:{_GROUPED}))?(?:[和与、及](?:{_GROUPED})|（[^（）]{{1,12}}）)*(?:人民政府|政府|管委会|党委)?$"
    r"|(?:成员单位|主管部门|所属单位)$|^[驻在]"
)
_NO_GROUP = re.compile(
    "[的要应可须对将向把为从到]|(?<!^)在|加强|提供|组织(?!部)|会同|共同|参与|申请|结合|按职责|定期|纳入|动员|指导|广泛|聚焦|围绕|建立|推动|积极"
)
_INSTITUTE = re.compile(
    r"^(?:中科院|中国科学院|中国农科院|中国农业科学院).*[院所台站园心]$|^中科院$"
    r"|(?:大学|学院|学校|研究院|研究所|设计院|科学院|工程院|[农林社医环]科院|医院|附院|分院|党校|实验室)$"
)
_ENTERPRISE = re.compile(
    r"(?:公司|集团|银行|分行|支行|营业部|农商行|农信社|信用社|合作银行|电网|铁塔|电信|移动|联通|供电[局所])$|^(?:国网|南网)"
)
_SERVICE_BODY = re.compile(r"(?:协会|学会|商会|促进会|基金会|联盟)$")
_DEPARTMENT = re.compile(
    r"(?:局|委|委员会|办|办公室|办公厅|厅|部|政府|院|署|处|科|站|所|中心|团委|妇联|科协|工商联|总工会|残联|文联|侨联|法院|检察院"
    r"|管委会|督查室|督办室|研究室|参事室|街道|乡|镇|村|人行|海关|税务|办事处|小组|工作组|专班|指挥部|联席会议|联合会|红十字会|社|工会|大队|支队|总队|政协|人大|常委会"
    r"|军区|军分区|兵团|行署|行政公署|人武部|工委|监会|共青团中央|馆|园区|开发区|[高经]开区|高新区|新区|示范区)$"
)
# The kinds in the order in which they are tried: 党校 is an institute though 校 could be anything.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Collective", _COLLECTIVE),
    ("Department", _CENTRAL_BANK),
    ("Institute", _INSTITUTE),
    ("Enterprise", _ENTERPRISE),
    ("ServiceBody", _SERVICE_BODY),
    ("Department", _DEPARTMENT),
)
_UNCERTAIN_KIND = "Department"

# Ends in the character of a body and is none: 新格局, 决策部署, 特事特办, 国家部委, 美丽乡村.
_NO_BODY = re.compile(
    r"(?:[布格结大战时棋变开破僵当定败残危]局|(?<!安)全局|部署|部委|全部|内部|外部|东部|西部|南部|北部|中部|干部|总部|俱乐部"
    r"|[特急补督承主协举创兴自领申新查快可易证帮联好立催停难接速再包公代通]办|[常专学本百全文理前]科|[网场车电基建]站|场所|[研院]所|厕所|住所"
    r"|^国家(?:工程|技术|产业|制造业|创新|研究|实验|重点|新型)+(?:中心|室)|社会|合作社|旅行社|[美特示贫乡农]村|(?:乡|农|行政|贫困|示范|自然|重点)村|(?:乡|城|小|集|特色|重点|示范|中心)镇|[城下返回]乡|人大代表)$"
)
# Ends that nothing but a body has.
_STRONG = re.compile(
    r"(?:局|厅|管委会|委员会|办公室|办公厅|办事处|人民政府|法院|检察院|指挥部|领导小组|工作组|专班|联席会议|组织部|宣传部|统战部|红十字会"
    r"|总工会|军分区|人武部|政法委|工委|总署|党工委|大队|支队|总队|街道)$"
)
_GROUP = re.compile(r"(?:小组|工作组|专班|指挥部|联席会议|委员会|办公室|办)$")
_PUBLIC_CENTRE = re.compile(
    r"^(?:(?:大数据|公共资源交易|政务服务|行政服务|政务|融媒体|疾控|疾病预防控制|社保|社会保险|医保|医疗保障|就业|劳动就业|人才|招商|投资促进|农技"
    r"|农业技术|不动产登记|公积金|住房公积金|结算|会计|征信|检验检测|生产力促进|机关事务|地震|气象|统计|监测|信息|项目|综合执法|档案)"
    r"(?:服务|管理|推广|交易|交流|发展|评审)*)中心$"
)
_PLAIN_VILLAGE = re.compile(r"^[^一两三万千百各每帮]{2,5}(?:[乡镇村]|街道)$")
_PLAIN_OFFICE = re.compile(
    r"^(?!生物|技术|产业|一|两)[\u4e00-\u9fff]{2,6}(?:[科室站所队]|(?<![实之好坏用益到各去长短何])处)$"
)
# 省级…中心 and 市内…院 are of a level, not the level's.
_NO_OWNER = re.compile("级(?!机关)|[内际域辖]")
# 南太湖新区 has a name of its own; 国家级新区 and 产业新区 have none.
_PLAIN_ZONE = re.compile(
    r"^(?!.{0,6}(?:级|城市|老城|产业|工业|农业|科技|创新|国家|建设|示范|特色|综合|现代|技术|数字|智慧|生态|[各该本的型化在一两多]))"
    r"[\u4e00-\u9fff]{2,5}(?:新区|[高经]开区|高新区)$"
)
_LONGEST_PLAIN = 16
# Less than this before a known name may be part of it (城乡建设局); more is what stood before it in a damaged text.
_LONGEST_PREFIX = 2
_PLAIN = (_PUBLIC_CENTRE, _PLAIN_VILLAGE, _PLAIN_OFFICE, _PLAIN_ZONE, _CENTRAL_BANK)
_GENERIC_HEAD = "行业|产业|企业|商会|协会|学会|联盟|大学|高等|高校|院校|学院|学校|医院|研究院|研究所|技术|研究|应用|创新|科研|科技|科学|工程|实验室|国家|重点|省级|市级|集团|公司|有限|股份|责任|银行|商业|金融|各类|大型|龙头|骨干|国有|民营|中小|互联网|网络|发展|投资|控股|运营|第[一二三四]|联合|共建|特色|开放|场景|附属|分行|支行|分公司|移动|联通|电信|铁塔|电网|新型|研发"
_GENERIC = re.compile(f"^(?:{_GENERIC_HEAD})+$")
# What a sentence begins with and no name of a body does, unless a level or a place stands before it.
_VERB = (
    "[个项批]|招引|引进|引入|用于|参照|推动|推进|支持|鼓励|加强|加快|建立|建成|打造|培育|完善|开展|实施|落实|提升|提高|引导|依托|深化|强化|构建|搭建|组建|成立|设立|新建|新增|争取"
    "|力争|对接|打通|形成|进一步|持续|积极|大力|全面|充分|聚焦|围绕|通过|结合|利用|发挥|报送|发布|辅助|协调|督促|会同|优先|每[年个家]|累计|基本|确保|实现"
    "|优化|探索|畅通|推行|拓展|扩大|健全|制定|参与|牵头|负责|配合|做好|抓好|办好|用好|根据|按照|对于|其他|其它|其中|以及|按|一[批个家系]|若干|多个|具有|所有"
    "|要|需|由|将|把|被|让|使|并|或|但|且|该|与|在(?!线)|从|向(?!阳)|为(?!民)|以(?!色)|对(?!外|口)|和(?!田|平|硕|静|布|政|顺|县)|及|不|可|应(?!急)|未|经(?=[^开信济贸合商])"
)
_VERB_HEAD = re.compile(f"^(?:{_VERB})")
_VERB_INSIDE = re.compile("组建|成立|设立|建立|开展|推动|推进|支持|制定|落实|实施|要")
_SENTENCE = re.compile(
    r"[的了着！？。；，：“”\"'+＋%]|等(?!级|离子)|关于|一批|一套|以及|\d+[个所家项年月万亿]|(?:推动|推进|支持|鼓励|建设|打造|加强|加快|优化|促进)[^组班办会部]*(?:[院所园站馆]|中心|平台|基地|公司|集团|大学|学校|实验室|电网|银行|村|镇|联盟)$"
)


@lru_cache(maxsize=REMEMBERED)
def level_word(name: str) -> str:
    """Return the level at the head of ``name`` (市, 州, 省, 市委 …; that of 团市委 stands inside), or an empty string.

    Examples:
        >>> [level_word(n) for n in ("市民政局", "市场监督管理局", "市市场监督管理局", "市委组织部", "州生态环境局昌吉市分局")]
        ['市', '', '市', '市委', '州']
    """
    league = LEAGUE.match(name)
    if league:
        return league.group("level")
    match = _LEVEL.match(name)
    return match.group() if match else ""


def split_level(name: str) -> tuple[str, str, str] | None:
    """Return the level word at the head of ``name``, 委 or 党委 behind it, and the rest.

    Examples:
        >>> split_level("市委组织部"), split_level("市场监督管理局")
        (('市', '委', '组织部'), None)
    """
    match = _LEVEL.match(name)
    return (match.group("level"), match.group("party") or "", name[match.end() :]) if match else None


def with_level(name: str, level: str) -> str:
    """Return ``name`` with the level at the head of its list restored; a party committee's is handed on to its organs.

    Examples:
        >>> with_level("财政局", "市"), with_level("宣传部", "市委"), with_level("财政局", "市委")
        ('市财政局', '市委宣传部', '市财政局')
    """
    split = split_level(level)
    if split is None or (split[1] and PARTY_ORGAN.match(name)):
        return level + name
    return f"{'地区' if split[0] == '地' else split[0]}{name}"


@lru_cache(maxsize=REMEMBERED)
def carries_its_own_rank(name: str) -> bool:
    """Whether a level word before ``name`` would be wrong: 国家电网, 人行, 财政部, 赣江新区管委会, 沙县区人民政府.

    Examples:
        >>> [carries_its_own_rank(n) for n in ("财政部", "人行", "赣江新区管委会", "高新区管委会", "财政局")]
        [True, True, True, False, False]
    """
    if _OWN_RANK.match(name) or _OF_A_WATER.search(name) or (_ZONE.search(name) and not _NAMELESS_ZONE.match(name)):
        return True
    return body_names().national(name) is not None or region_table().head_of(name) is not None


def is_collective(name: str) -> bool:
    """Whether ``name`` stands for bodies that are not listed (各乡镇, 各成员单位)."""
    return kind_of(name)[0] == "Collective"


@lru_cache(maxsize=REMEMBERED)
def kind_of(name: str) -> tuple[str, bool]:
    """Return the node type that the form of ``name`` says, and whether it says so at all.

    Examples:
        >>> kind_of("市科技局"), kind_of("省铁塔公司"), kind_of("各乡镇")[0], kind_of("某某")
        (('Department', True), ('Enterprise', True), 'Collective', ('Department', False))
        >>> [kind_of(prose)[1] for prose in ("战略布局", "特事特办", "打造研发设计中心", "推动中国科学院")]
        [False, False, False, False]
    """
    bare = NOTE.sub("", name) if len(name) <= LONGEST_NAME else ""
    found = next((label for label, pattern in _KINDS if pattern.search(bare)), None)
    # 科学技术协会 ends like an association and 作协 like nothing else, but the table knows them.
    if found in (None, "ServiceBody") and body_names().knows(_behind_its_owner(bare)):
        return "Department", True
    return (found, _is_a_name(bare, found)) if found else (_UNCERTAIN_KIND, False)


def _is_a_name(name: str, label: str) -> bool:
    """Whether ``name``, which ends as ``label`` does, is a name and no stretch of prose."""
    if body_names().knows(name) or body_names().national(name, at_home=True) or LEAGUE.match(name):
        return True
    if _SENTENCE.search(name) and label != "Collective":
        return False
    if label == "Collective":
        rest = _behind_its_owner(name)
        prose = _NO_GROUP.search(name) or (rest == name and _VERB_HEAD.match(name.removeprefix("其他")))
        return not prose and _GROUP_OF.search(rest) is not None
    if _NO_BODY.search(name):
        return False
    rest = _behind_its_owner(name)
    if rest != name:
        return _is_owned(rest, label)
    if _VERB_HEAD.match(name) or _GENERIC.match(name):
        return False
    return label != "Department" or _is_plain_department(name)


def _is_owned(rest: str, label: str) -> bool:
    """Whether what stands behind a level, a place or a rank (市 …, 杭州市 …, 国家 …) completes a name."""
    if not rest or body_names().knows(rest):
        return True
    if _NO_BODY.search(rest) or _NO_OWNER.match(rest):
        return False
    return not _VERB_HEAD.match(rest) or (label == "Department" and _GROUP.search(rest) is not None)


def _is_plain_department(name: str) -> bool:
    """Whether a name without level and place is a department's all the same: 审批局, 大数据中心, 大西渠镇."""
    if _STRONG.search(name):
        return 2 < len(name) <= _LONGEST_PLAIN and not _VERB_INSIDE.search(name) and not _swallows_a_name(name)
    return any(pattern.match(name) for pattern in _PLAIN) or (
        body_names().dispatched(name) is not None or PARTY_ORGAN.match(name) is not None
    )


def _swallows_a_name(name: str) -> bool:
    """Whether ``name`` is a known name with something before it that is no part of it: 核心装备经信局."""
    starts = range(_LONGEST_PREFIX + 1, len(name) - 2)
    if any(body_names().knows(name[start:]) and name[start - 1] not in "和与" for start in starts):
        return True
    # 报市科技局; but 城市建设局 is one name.
    levels = ((name[at - 1], split_level(name[at:])) for at in range(1, len(name) - 2))
    return any(level and before not in "城都" and body_names().knows(level[2]) for before, level in levels)


def _behind_its_owner(name: str) -> str:
    """``name`` without the level, place or rank at its head."""
    split = split_level(name)
    if split:
        return split[2]
    owner = _OWN_RANK.match(name)
    if owner:
        return name[owner.end() :]
    place = region_table().split_head(name)
    return place[1] if place else name

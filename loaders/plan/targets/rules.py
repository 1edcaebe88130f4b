"""What gives money away, sets a condition, a rate or a term, and so states a rule of the policy and no target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .measures import MONEY, SHARE, TIME, base_of

if TYPE_CHECKING:
    from .quantities import Quantity

# Whatever figure stands in a clause with one of these is a rule.
_GIFT = re.compile(
    r"给予|奖补|补助|(?:补贴|贴息|(?<!风险)补偿)(?!性)|返还|减免|免收|免征|免除|减征|缓缴|减半|减按|一次性|奖金|封顶|"
    r"(?:单个|每个|每家|单户|每户|每人)[^，。；]{0,12}(?:最高|不超过)|最高(?:不超过|不得超过|可达|可|达|为|限额)?\d|"
    r"最长|期限|贷款期|贴息期|有效期|申报时间|以内申请|可申请|可享受|按[^，。；]{0,12}(?:比例|标准)(?!逐年)|比例[^，。；]{0,6}(?:奖|补|给)|"
    r"(?:奖励|资助|扶持|支持|补助?|奖)(?:人民币)?\d[\d.,]{0,12}[万亿]?元|下浮|上浮|基点|违约金|滞纳金|罚款|处以(?![上内下])|扣除|抵扣|提取|列支|起征|注册资本|保证金|公积金"
)
# These make a rule of money, shares and terms only: 奖励5项 may have been won, 利率 and 标准 do not limit how many.
_MONEY_GIFT = re.compile(
    r"奖励|资助|奖|补(?=\d)|工资|低保|津贴|养老金|待遇|让利|租金(?!(?:水平|价格|标准)?(?:降|下降|控制|稳定))|房租(?!金)|利率|费率|税率|保费|收费|缴费|社会?保险?费|首付|资本金|持股|占股|股权|分成|提成|"
    r"标准[^，。；]{0,4}(?:降低|提高|下调|上调|不低于)|支持资金|(?:支持|扶持|配套|安排)\d"
)
_IN_ALL = re.compile(r"累计|全年|力争|确保|预计|减税降费|新增减税")
_WON = re.compile(r"获(?:得|批|评|奖)?|荣获|科学?技术?奖|科技奖")
# 对…企业, 首次…的 and 年度…的 say whom a rule is for; the rule follows in the sentence.
_CONDITION = re.compile(
    r"^(?:同时)?(?:对(?!标|接|外|口)|凡|如|若|符合|满足|鼓励对)|^(?:企业|项目|单位)?(?:年度|上年度?|当年|连续)|首次|每(?:新增|引进|培育|增加)|"
    r"的(?:企业|单位|项目|机构|个人|团队|人员|平台)$|(?:具备|具有|满足|符合)[^，。；]{0,20}(?:以上|条件)"
)
_CASE = re.compile(r"的$|^(?:同时)?(?:对(?!标|接|外|口|照)|凡)[^，。；]{0,60}的[^，。；的]{2,8}$")
_STATED_GOAL = re.compile(r"力争|争取|确保|到20\d\d年|实现|目标")
# What comes of the money that a clause before gives: of all the place, built or won, or brought from one figure to another.
_RESULT = re.compile(
    r"^(?:并|同时|使|推动|带动)?(?:形成|建成|培育|突破|产出|研制|转化|攻克)"
    r"|^[^，。；]{2,20}?(?:降低|下降|缩短|压缩|压减|减少|提升|提高|增加|增长|扩大|[降升增])[到至]\d"
)
_OF_ALL = re.compile(
    r"^(?:并|同时|使|推动|带动)?(?:全|我|本)(?:国|省|市|州|区|县|盟|旗)[^，。；]{2,24}?(?:达|突破|超|不少于|不低于|新增|[降升增提]至)"
)
# A figure of these names what a plan works with, not what comes of it.
_FRAME = re.compile(
    r"^(?:即|并|要|重点|紧紧|主要|牢牢)?(?:聚焦|围绕|紧扣|按照|依据|依托|根据|针对|结合|立足|坚持|参照|对照|利用|关于|基于|包括|划分|分为|分成)"
    r"(?!.*(?:建设|培育|建成|打造|引进|开展|实施|创建|建立|新增|新建|认定|组织|形成|完成|发布|遴选|推广|培养|培训|改造|制定|设立|举办|达|实现))"
)
_FRAME_NOUN = re.compile(
    r"^(?:[大主重关核一二三四五六七八九十\u4e00-\u9fff]{0,4})(?:方面|维度|阶段|步骤|原则|要求|环节|要素|类别|类型|附件|条款|章节|部分)"
    r"|^(?:扶持|支持|政策|工作|具体|重点|主要|惠企){0,3}(?:措施|举措|意见|规定|政策)(?=$|[的，])"
)
_MEETING = re.compile(r"召开|听取|调度|通报|督查|督导|会商|例会|报送|专题研究|检查|碰头|抽查|汇报|会议")
# 每次不少于50人 says how one of them is, 落实省政府30条 which rules are followed.
_FOR_EACH = re.compile(r"每(?:次|场|期|批次?|人|户|名|亩|台|件|项|头|吨|个|家)(?:项目|企业|单位|活动|培训|至少)?$")
_CARRIED_OUT = re.compile("贯彻|落实|执行")
# 周期不超过3年 and 承担比例不超过40% hold from the first day on; 压缩至3天 is still to be reached.
_STANDING = frozenset({"不超过", "不得超过", "不高于", "不大于", "不多于"})
_BORNE = re.compile("(?:承担|分担|补偿|代偿|出资|资助|自筹|配套|占用|担保)[^，。；]{0,6}(?:比例|占比)[^，。；]{0,3}$")
# 中船702所 is called so, 新建学校3所 counts.
_BODY_WITH_A_NUMBER = re.compile(
    r"(?:中(?:国)?(?:船舶?|电子?科?|核|航(?:天|空|发)?|铁|建|冶|科院)|航天|航空|电科|兵器|兵装|船舶|核工业|科工|集团|公司|科学院)$"
)
_DURATION = re.compile(
    r"(?:时间|时长|时限|耗时|用时|历时|时延|延时|延迟|周期|寿命|受教育年限|工期|学时|时效|延误|优良天数|达标天数|天数|年龄)[^，。；、]{0,10}$"
)


def is_gift(clause: str) -> bool:
    """Whether a clause gives something to somebody.

    Examples:
        >>> [is_gift(text) for text in ("给予100万元补助", "最高500万元", "开展补贴性培训5万人次")]
        [True, True, False]
    """
    return _GIFT.search(clause) is not None


def is_case(clause: str) -> bool:
    """Whether a clause names a case, whatever follows: 对投资额超过1亿元的项目, 营业收入达到2000万元的."""
    return _CASE.search(clause) is not None


def is_condition(clause: str) -> bool:
    """Whether a clause says whom or what a rule is for, if one follows: 对新认定的企业, 首次达到2000万元."""
    return _CONDITION.search(clause) is not None


def states_goal(clause: str) -> bool:
    """Whether a clause says that something is aimed at, whatever rules stand before it."""
    return _STATED_GOAL.search(clause) is not None


def states_result(clause: str, *, of_all: bool = False) -> bool:
    """Whether a clause behind a gift says what comes of it.

    Args:
        clause: the clause.
        of_all: whether only what a whole place reaches counts, whose money and shares are no conditions.

    Examples:
        >>> texts = ("全市工厂达到50家", "时延降至50毫秒", "营业收入达到5亿元")
        >>> [(states_result(text), states_result(text, of_all=True)) for text in texts]
        [(True, True), (True, False), (False, False)]
    """
    if is_condition(clause):
        return False
    return _OF_ALL.search(clause) is not None or (not of_all and _RESULT.search(clause) is not None)


def is_rule(quantity: Quantity, before: str, after: str, *, among_gifts: bool = False, dated: bool = True) -> bool:
    """Whether a figure sets a rule, a term or a frame rather than a target.

    Args:
        quantity: the figure.
        before: its clause up to it.
        after: its clause behind it.
        among_gifts: whether the sentence gives something, so that money and shares in it are conditions.
        dated: whether a year is named by which the figure is to be reached; a limit that holds always is a rule.

    Examples:
        >>> from .quantities import quantities
        >>> from innograph.loaders.document import Span
        >>> def rule(text):
        ...     quantity = next(quantities(text, Span(0, len(text))))
        ...     return is_rule(quantity, text[: quantity.span.start], text[quantity.span.end :])
        >>> [rule(text) for text in ("每家奖励10万元", "聚焦5个方面", "15个工作日办结", "审批时间压缩至3个工作日", "培育企业5家")]
        [True, True, True, False, False]
    """
    clause = f"{before}{quantity.bound}■{quantity.after}{after}"
    unit = base_of(quantity.unit)
    if quantity.bound in _STANDING and not dated and (unit in TIME or (unit in SHARE and _BORNE.search(before))):
        return True
    # 10万小时 is an amount of data, 10小时 a term.
    if unit in TIME and quantity.unit[:1] not in "万亿":
        return not _DURATION.search(before)
    if _FRAME.match(before) and quantity.comparator == "=":
        return True
    if _FRAME_NOUN.match(after) and not quantity.bound:
        return True
    if unit in ("次", "期") and _MEETING.search(clause):
        return True
    if unit == "所" and not quantity.bound and _BODY_WITH_A_NUMBER.search(before):
        return True
    if _FOR_EACH.search(before) or (unit == "条" and _CARRIED_OUT.search(before)):
        return True
    if "不得" in f"{before}{quantity.bound}" and not _IN_ALL.search(clause):
        return True
    by_money = unit in MONEY or unit in SHARE or unit in ("万", "亿", "倍")
    return by_money and (among_gifts or _gives_money(before + after))


def _gives_money(clause: str) -> bool:
    return bool(_MONEY_GIFT.search(clause)) and not _WON.search(clause) and not _IN_ALL.search(clause)

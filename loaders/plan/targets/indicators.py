"""What a figure measures: the words before it without year, manner and purpose, and the noun behind it."""

from __future__ import annotations

import re

from innograph.graph.identity import plain

from .dates import without_dates

_LABEL = re.compile(r"^.*[：■](?=.)|^[—–\-•·●◆○]+|^\d{1,2}[.、]")
_LEADING_VERB = re.compile(
    r"^(?:力争|争取|确保|保证|使|并|同时|其中(?=.{4})|实现|形成|打造|加快建设|加快|完成(?!率)|达到|以及|原则上|每年(?=.{2})|全年|"
    r"分(?:行业|领域|批次|区域|年度)、?|和(?!谐|美|田|静|硕|平)|及(?!时))+"
)
_VERB_OF_REACHING = re.compile(
    r"(?:实现|达到|达|总数|数量达|规模达|均|分别|力争|基本|为|的|一般|原则上|(?<=[\u4e00-\u9fff]{2})[在要应])$"
)
# 由100亿元 and 从2020年的30家 say where a figure starts from, not what it measures.
_BASELINE = re.compile(r"[，、]?[由从](?:20\d\d ?年)?的?[^，；。、\d]{0,8}\d[\d.,]{0,15}[^，；。\d]{0,6}$")
_BASE_YEAR = re.compile(
    r"(?:[比较](?:20\d\d年|上年|“?[一二三四五六七八九十]{2,3}五”?末|去年)(?:同期)?|在20\d\d年|在现有)(?:的)?(?:基础上)?$"
)
_VERBS = (
    "建设|培育|建成|打造|引进|组织|开展|实施|创建|建立|新增|新建|认定|扶持|孵化|举办|形成|完成|发布|遴选|推动|引导|面向|支持|开放|推广|"
    "带动|培养|培训|改造|制定|设立|搭建|布局|评选|选派|引育|招引|吸引|集聚|推进|落实|服务|覆盖|实现|突破|攻克|转化|申报|争创|新认定|"
    "在|为|对|向|组建|推出|打通|开发|编制|签约|储备|新签|开工|谋划|争取|获批|拓展|发展|壮大|吸纳|安排|创作|修订|采集|汇聚|生产|形成"
)
_BARE_VERB = re.compile(rf"[\u4e00-\u9fff、]{{0,10}}(?:{_VERBS})")
_SIZE_OF = re.compile(rf"(?:{_VERBS})?(?P<size>总(?:规模|投资|面积|产值|里程|额))")
_REGION_BEHIND = re.compile("(?:全|我|本|各)(?:省|市|州|区|县|国)(?:范围)?内?$")
_LEADING_WORK = re.compile(rf"^(?:.*(?:{_VERBS}|共建)(?=..))?")
_SUBJECT = re.compile(
    r"(?P<subject>[\u4e00-\u9fff“”A-Za-z&、]{2,40}?)(?:在(?:20\d\d年|现有)|继续|保持|稳步|持续|不断|大幅|显著|明显|平稳|稳定|快速|较快|加快|进一步|量质齐升|倍增|翻番|实现)"
)
DRIVEN = re.compile("^(?:推动|促进|引导|确保|保持)")
# 实现倍增 and 其中 say nothing of what they speak of: it stands before them.
_MEASURE_ALONE = re.compile("[\u4e00-\u9fff]{2,20}(?:率|占比|比重|数量|规模|产值|收入|增加值|总值|额)")
_NO_SUBJECT = re.compile(
    "(?:其中|(?:实现|持续|稳步|不断|大幅|成倍|总量|数量){0,3}(?:倍增|翻番|增长|提升|跃升|壮大|突破)(?:式?发展)?)[，：:]?"
)
_NO_NOUN = re.compile(r"^(?:大关|台阶|目标|水平|任务|规模|用于|支持|其中|等$|且|并|同比|比上年|较|作为|之间)")
_MARK_AHEAD = re.compile(r"^(?:[、，和与及以并或）■]|以及)")
_BRACKET_AHEAD = re.compile(r"^的?（[^（）]{1,12}）(?=[\u4e00-\u9fff“A-Za-z])")
_LAST_MARK = re.compile(r"^(?P<noun>.+)(?:、|以及|并|和(?!谐|美|田|静|硕|平)|与|及(?!时|率))(?P<rest>[^、]*)$")
_OPEN_BRACKET = re.compile("（[^）]*$")
_LETTER = re.compile(r"[^\W\d_]")
_SHORTEST = 2
_LONGEST_NOUN = 60
LEVEL_ALONE = re.compile("(?:国家|自治区|省部?|市|州|县|地)级(?:及?以上)?")
_LEVEL_BEHIND = re.compile(f"(?:{LEVEL_ALONE.pattern})$")
GROWTH_ALONE = re.compile(
    r"(?:年均|平均|同比|每年|[比较](?:上年|去年|20\d\d年)(?:末|底)?(?:同期)?)*(?:增长|增速|增幅|递增|提高|提升|下降|降低)率?"
)
_GROWTH_BEHIND = re.compile(
    r"(?:[较比](?:20\d\d年|上年|去年)(?:同期)?)?(?:年均|平均|同比|每年)*(?:增加|增长|增速|增幅|递增|提高|提升|下降|降低)率?$"
)
_TOTAL_ALONE = re.compile("(?:累计|总计|合计|共计)(?:实现|完成)?")
# What is part of a whole (其中国家级3个) or only grows (年均增长10%) is named by the target before it.
_PART = re.compile("^（?其中[，：:]?")


def indicator_of(text: str) -> str:
    """Return the words that say what is measured.

    Examples:
        >>> [indicator_of(t) for t in ("力争到2025年高新技术企业", "——研发机构总数达到", "产值由100亿元")]
        ['高新技术企业', '研发机构总数', '产值']
    """
    text = _LABEL.sub("", without_dates(_BASE_YEAR.sub("", _BASELINE.sub("", text))).strip(" ，、（"))
    text = _LEADING_VERB.sub("", text.strip(" ，、："))
    return _VERB_OF_REACHING.sub("", text).replace("分别", "").strip(" ，、：")


def names_something(indicator: str) -> bool:
    """Whether ``indicator`` says anything: two characters, and a letter among them."""
    return len(plain(indicator)) >= _SHORTEST and _LETTER.search(indicator) is not None


def noun_behind(gap: str, *, another: bool) -> tuple[str, int]:
    """Return the noun in what stands behind a figure, and where what belongs to the next figure begins.

    Args:
        gap: the text up to the next figure, or to the clause's end.
        another: whether a figure follows.

    Examples:
        >>> noun_behind("示范渔场、育苗车间", another=False)
        ('示范渔场、育苗车间', 9)
        >>> noun_behind("重点项目和引进", another=True)
        ('重点项目', 5)
        >>> noun_behind("、授权", another=True)
        ('', 1)
    """
    if _MARK_AHEAD.match(gap) and not _BRACKET_AHEAD.match(gap):
        return "", 0 if gap[0] == "）" else 1
    if gap.startswith("（") and not _BRACKET_AHEAD.match(gap):
        return "", 0
    noun, end = gap, len(gap)
    if another:
        last = _LAST_MARK.match(gap)
        if not last:
            return "", 0
        noun, end = last.group("noun"), last.start("rest")
    noun = _OPEN_BRACKET.sub("", noun[:_LONGEST_NOUN]).rstrip("、，")
    return ("", 0) if _NO_NOUN.match(noun) else (noun, end)


def measured(before: str, noun: str) -> str:
    """Join the words before a figure with the noun behind it: 培育…50家…企业 measures 培育…企业.

    Examples:
        >>> measured("到2025年全省培育", "的科技企业")
        '全省培育科技企业'
        >>> measured("设立总规模", "的产业基金")
        '产业基金总规模'
    """
    indicator = indicator_of(before)
    size = _SIZE_OF.fullmatch(indicator) if noun.startswith("的") else None
    noun = noun.removeprefix("的")
    if size:
        return f"{noun}{size.group('size')}"
    if not noun:
        return indicator
    return f"{_REGION_BEHIND.sub('', indicator)}{noun}"


def is_bare_verb(indicator: str) -> bool:
    """Whether nothing but a verb stands before the figure, so that the noun behind it says what is measured."""
    return _BARE_VERB.fullmatch(_REGION_BEHIND.sub("", indicator)) is not None


def subject_of(clause: str) -> str:
    """Return what a clause without a figure speaks of (地区生产总值保持平稳增长), or an empty string."""
    said = DRIVEN.sub("", indicator_of(clause))
    match = _SUBJECT.match(said)
    subject = match.group("subject") if match else said if _MEASURE_ALONE.fullmatch(said) else ""
    return "" if is_bare_verb(subject) else subject


def speaks_for_itself(clause: str) -> bool:
    """Whether a clause names what it speaks of, so that what follows may be said of it.

    Examples:
        >>> [speaks_for_itself(text) for text in ("产值持续增长", "到2026年实现倍增", "其中")]
        [True, False, False]
    """
    return _NO_SUBJECT.fullmatch(without_dates(clause).removeprefix("并")) is None


def with_its_thing(level: str, following: str) -> str:
    """Give an indicator that ends in a level the thing that stands once behind the next: 1个国家级、3个省级创新平台.

    Examples:
        >>> with_its_thing("建设国家级", "省级创新平台")
        '建设国家级创新平台'
    """
    following_level = LEVEL_ALONE.match(following)
    if not following_level or not _LEVEL_BEHIND.search(level):
        return level
    return f"{level}{following[following_level.end() :]}"


def in_context(indicator: str, whole: str) -> tuple[str, str]:
    """Complete an indicator that only says what part (其中国家级) or growth (年均增长) of ``whole`` it measures.

    Returns:
        The indicator, and the whole that what follows may be a part of.

    Examples:
        >>> in_context("其中国家级", "建设科普基地")
        ('国家级科普基地', '建设科普基地')
    """
    part = _PART.match(indicator)
    rest = indicator[part.end() :] if part else indicator
    indicator = indicator if rest else ""
    if whole and LEVEL_ALONE.fullmatch(rest):
        thing = _LEADING_WORK.sub("", whole)
        return f"{rest}{'' if LEVEL_ALONE.fullmatch(thing) else thing}", whole
    if part and rest:
        return rest, whole or rest
    if whole and (GROWTH_ALONE.fullmatch(indicator) or _TOTAL_ALONE.fullmatch(indicator)):
        return f"{without_growth(whole)}{indicator}", whole
    if whole and not indicator:
        return without_growth(whole), whole
    return indicator, indicator


def without_growth(indicator: str) -> str:
    """Return what grows, of an indicator that says it grows.

    Examples:
        >>> without_growth("地区生产总值年均增长")
        '地区生产总值'
    """
    return _GROWTH_BEHIND.sub("", indicator)

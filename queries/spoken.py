"""Words as people use them: which mean the same, and which do not count, so that one phrase is understood in many wordings.

A sentence becomes a row of tokens. A word of the table is its concept (部门 and 单位 are both ``unit``), words that say
nothing of what is asked are left out, and all others stand for themselves: names of things above all.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WHICH, AND, OF, COUNT, NOT, SEVERAL = "which", "and", "of", "count", "not", "several"
_NO_HEADS = frozenset({WHICH, AND, OF, NOT, "most", "do", "about"})

_CONCEPTS: Mapping[str, str] = {
    # what is asked for; several concepts where one word says several things
    WHICH: "哪些 哪个 哪几个 哪几家 哪几项 哪家 哪一家 哪一个 哪种 哪 什么 啥 几项 which what",
    "which count": "多少 几家 几条 几种 几名 几个企业 how_many how_much",
    "which unit": "谁 哪个局 哪些局 who whom whose",
    "which region": "哪里 哪儿 哪些地方 哪个地方 where",
    "not unit": "没人 没有人 无人 没谁 没有谁 nobody no_one no_unit",
    AND: "和 与 跟 同 及 and with",
    OF: "的",
    # responsibility
    "unit": "单位 部门 机构 委办局 科室 职能部门 unit department body bodies organisation organization agency agencies bureau",
    "task": "任务 工作 事 活 干活 活儿 做事 task job work",
    "duty": "职责 职能 权责 duty duties responsibility responsibilities",
    "matter": "事项 事情 matter subject",
    "responsible": "负责 责任 管 分管 主管 管理 归口 落实 认领 责任人 responsible in_charge answer_for answerable own owner take_care_of",
    "do": "做 干 搞 抓 承担 参与 参加 从事 work_on deal_with take_part take_part_in involved_in involved handle",
    "lead": "牵头 领头 主责 主办 带头 lead led leader",
    "support": "配合 支持 协助 协办 打配合 辅助 support supporter assist",
    "not": "没有 没 无 缺 缺少 缺乏 缺了 不 未 尚未 还没 没写 没有写明 没有明确 未明确 不明确 没明确 没定 no not none without lack never don't doesn't aren't",
    SEVERAL: "几个 两个 两家 多个 好几个 两个以上 不止一个 多于一个 多头 多家 more_than_one two several multiple two_or_more",
    "together": "一起 一块 一块儿 共同 联合 共事 joint together jointly in_common share",
    "most": "最多 最重 最大 最高 最强 最忙 最 忙 most busiest heaviest largest greatest highest busy",
    "load": "任务量 工作量 负担 担子 压力 workload load burden",
    "concentrated": "集中 集中度 少数 少数几个 少数几家 扎堆 concentrated concentration few",
    "named": "点名 点了名 点到 提到名字 named mentioned",
    "assigned": "分工 分配 分给 安排 分派 assigned assignment role given",
    "matrix": "矩阵 分工表 责任表 表 matrix table",
    "removed": "撤 撤销 撤掉 撤了 取消 没了 裁撤 裁掉 去掉 removed abolished gone dissolved closed",
    "merged": "并入 合并到 划入 并到 merged_into merged",
    "moved": "移交 移交给 交给 转给 hands_its_tasks_to hands_over_to",
    "only": "只 只有 只是 仅 光 only just",
    # overlap
    "overlap": "重叠 交叉 overlap",
    "duplicate": "重复 雷同 撞车 重了 duplicate duplicated duplication redundant",
    "fragmented": "分散 碎片化 fragmented fragmentation",
    "conflict": "冲突 矛盾 打架 不一致 对不上 conflict conflicting contradict inconsistent",
    "alike": "相近 相似 差不多 类似 雷同的 alike similar",
    "different": "不同 不一样 差别 差异 different differ difference",
    "same": "同一 同一个 相同 same",
    # targets
    "target": "目标 指标 目标值 target goal indicator kpi objective",
    "due": "到期 截止 due deadline",
    "met": "完成 已完成 达到 已达到 实现 达标 达成 met meet reached achieved done fulfilled",
    "behind": "落后 滞后 拖后腿 慢了 behind behind_schedule late lagging",
    "progress": "进度 进展 进展情况 完成情况 progress doing going",
    "figure": "量化 数值 数字 可考核 figure quantified quantify number_on",
    "roster": "名册 企业名单 花名册 名录 roster register_of_firms",
    "short": "不足 不够 差多少 够不够 short",
    # cooperation
    "enterprise": "企业 公司 厂家 enterprise firm company companies business businesses",
    "institute": "高校院所 高校 院校 院所 大学 学校 科研院所 科研机构 研究机构 研究所 研究院 科研 产学研 校企 院企 "
    "institute university universities college research",
    "cooperate": "合作 伙伴 支撑 合作对象 合作方 合作伙伴 合作单位 对接 联系 往来 来往 协作 合作项目 cooperate cooperation collaborate "
    "collaboration partner partnership partnered work_with working_with work_together linked link tie",
    "platform": "平台 科研平台 创新平台 科技平台 研发平台 平台载体 载体 platform",
    "operator": "运营单位 依托单位 运营 依托 建设单位 operator operated run",
    "members": "成员企业 入驻企业 member_enterprises members member",
    "programme": "人才计划 人才项目 人才工程 talent_programme talent_program talent_scheme",
    "host": "承担单位 单位承担 host",
    "ladder": "梯度 培育梯度 企业培育梯度 企业梯度 阶梯 ladder",
    "step": "一级 层级 台阶 级别 各级 每级 每一级 step rung",
    "empty": "空白 空缺 empty",
    "national institute": "国家级院所 国家级高校院所 国家级科研院所 国家级高校 national_institute national_institutes national_lab",
    "reach": "够到 接触到 接触 触达 直接联系到 联系到 联系上 搭上 够得着 可达 可达率 reach access",
    "cooperate share": "合作率 伙伴覆盖率",
    "share": "占 占比 比例 比率 覆盖率 比重 share percentage proportion",
    "industry": "产业 行业 领域 industry industries sector field",
    # regions and the network
    "region": "区域 地区 地方 region place area",
    "across": "跨 跨区域 跨地区 之间 across between cross",
    "across province": "跨省 跨省区 省际",
    "across prefecture": "跨市 跨州 跨地州 跨州市",
    "across county": "跨县 跨县市",
    "across country": "跨国 跨境 国际",
    "province": "省级 省份 province",
    "prefecture": "地级 州市 prefecture",
    "county": "县级 县市 county counties",
    "country": "国家和地区 country countries",
    "gateway": "门户 窗口 gateway",
    "depend": "靠 全靠 依赖 依靠 系于 depend hangs_on hang_on rely",
    "local": "本地 市内 local",
    "dense": "紧密 密切 紧不紧 紧 密度 多密 dense density closely close",
    "far": "多远 远 how_far far",
    "network": "网络 合作网 network",
    "central": "核心 重要 最重要 关键 中心 居中心 最核心 最居中心 最关键 central important most_central most_important key key_player key_players",
    "community": "社群 圈子 群体 小圈子 团体 抱团 community communities circle cluster group_of_partners",
    "cut": "断 断开 断掉 散 瓦解 cut break breaks fall_apart falls_apart disconnect",
    "lost": "失去 缺了 少了 退出 离开 loss lose losing lost leave",
    "hole": "结构洞 structural_hole structural_holes",
    "synergy": "协同 协同度 三螺旋 三螺旋协同 synergy triple_helix triple_helix_synergy",
    # advice, plans
    "suggest": "推荐 建议 应该 应当 该 应 可以 适合 合适 宜 suggest suggestion recommend recommendation should could might suit",
    "reliable": "准不准 准吗 准确 准 可靠 靠谱 准确率 命中率 reliable accurate right trustworthy",
    "plan": "文件 方案 规划 计划 document plan",
    "based": "依据 根据 based basis",
    "find": "查找 查一查 查一下 搜索 搜一下 搜 查 find look_up search search_for",
    "about": "关于 有关 涉及 讲到 提到 相关 about mention speak_of concern",
}
_IDLE = """
了 是 有 在 都 要 吗 呢 吧 啊 呀 里 里面 里头 中 上 会 能 能够 被 把 给 对 由 归 也 还 还是 却 但 但是 而 就 经常 有没有 是否 是不是
到底 具体 主要 内容 东西 资料 目前 现在 已 已经 一共 总共 分别 各 各个 每 每个 每家 每项 所有 全部 我们 我市 咱们 情况 怎么样 如何 怎样 怎么
怎么办 会怎样 会怎么样 清单 列表 一览 有哪些 那些 这些 这份 这个 该市 们 得 着 过 来 去 身上 压 压在 需要 必须 一些 一下 任何 写明 明确 个 些 到 截至 对外 找 找到 制定 定 制订 至今 讲
家 项 之 于 时 如果 假如 要是 多 就是 互相 相互 彼此 存在 出现 设定 过于 整体 程度 方面 这块 这方面 太 很 特别 拿 拟 名单
the a an is are was were be been being do does did have has had there any of in on at to for from by our we us you it its
their they them all each every per if if_the been that this these those can will would please much many very so as one_another
each_other than other's me i list register schedule for_us how
"""
_LISTING = """
有 是 在 都 里 里面 里头 中 我们 我市 咱们 目前 现在 一共 总共 分别 各 各个 每个 所有 全部 清单 列表 一览 名单 有哪些 这些 这份 这个 个 些 家 项
the a an is are there of in from our we us all list me
"""
_INFLECTED = r"(?:s|es|ed|d|ing|'s)?"


class Token(NamedTuple):
    """One word that counts: its concept, or itself; ``known`` says which; and where it stands."""

    word: str
    known: bool
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the words of ``text`` that count.

    Examples:
        >>> [token.word for token in tokens("哪些部门牵头了新材料")]
        ['which', 'unit', 'lead', '新', '材', '料']
        >>> [token.word for token in tokens("Which departments have led the tasks of Acme?")]
        ['which', 'unit', 'lead', 'task', 'acme']
    """
    # Each character stays where it is: İ is two in lower case.
    return list(_tokens("".join(one.lower() if len(one.lower()) == 1 else one for one in text)))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    for match in _pattern().finditer(text):
        concepts = _concepts_of(match[0])
        if concepts == (SEVERAL,) and _asks_how_many(text, match, found):
            concepts = (WHICH, COUNT)
        words = concepts if concepts is not None else (match[0],)
        for word in words:
            # A word said twice counts once, but not a “not”: what does not lack something has it.
            if word == NOT or not (found and concepts and found[-1].known and found[-1].word == word):
                found.append(Token(word, concepts is not None, match.start(), match.end()))
    return tuple(found)


def _asks_how_many(text: str, match: re.Match[str], before: Sequence[Token]) -> bool:
    """Whether 几个 asks: 科技局有几个任务 does, 哪些任务有几个牵头单位 asks something else."""
    return text[match.start() - 1 : match.end()] in ("有几个", "共几个") and all(one.word != WHICH for one in before)


def lists(text: str) -> bool:
    """Whether a text names one kind of thing, and says nothing of it but that it is to be listed.

    Examples:
        >>> lists("目前一共有哪些任务"), lists("哪些任务特别难"), lists("which tasks are there")
        (True, False, True)
    """
    words = [match[0] for match in _pattern().finditer(text.lower())]
    idle = [word for word in words if _concepts_of(word) == ()]
    said = [token for token in counted(tokens(text)) if token.known]
    asks = [word for word in words if {WHICH, OF} & set(_concepts_of(word) or ())]
    return len(words) == len(idle) + len(asks) + 1 and len(said) == 1 and set(idle) <= _listing()


def head(words: Sequence[Token]) -> str:
    """Return what is asked for: the concept after 哪些, else what follows 的 at the end; empty where it is not said.

    Examples:
        >>> head(tokens("哪些任务没有牵头单位")), head(tokens("没有牵头单位的任务")), head(tokens("谁牵头新材料"))
        ('task', 'task', 'unit')
    """
    for at, token in enumerate(words):
        if token.known and token.word == WHICH:
            following = next((word for word in words[at + 1 :] if not (word.known and word.word == COUNT)), None)
            return following.word if following and following.known and following.word not in _NO_HEADS else ""
    if len(words) > 1 and words[-2].known and words[-2].word == OF and words[-1].known:
        return words[-1].word
    return ""


def counts(words: Sequence[Token]) -> bool:
    """Whether it is asked how many there are."""
    return any(token.known and token.word == COUNT for token in words)


def counted(words: Sequence[Token]) -> list[Token]:
    """Return the tokens without those that only say what is asked for."""
    return [token for token in words if not (token.known and token.word in (WHICH, OF, COUNT))]


def _spread(words: str) -> Iterator[str]:
    yield from (word.replace("_", " ") for word in words.split())


@cache
def _listing() -> frozenset[str]:
    return frozenset(_spread(_LISTING))


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = dict.fromkeys(_spread(_IDLE), ())
    for concept, words in _CONCEPTS.items():
        table.update((word, tuple(concept.split())) for word in _spread(words))
    return table


@cache
def _pattern() -> re.Pattern[str]:
    """Match the longest word of the table, else a Latin word, a number or one character."""
    words = sorted(_table(), key=lambda word: (-len(word), word))
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    others = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(rf"\b(?:{latin}){_INFLECTED}\b|{others}|[a-z]+(?:'[a-z]+)?|\d+|\w")


def _concepts_of(word: str) -> tuple[str, ...] | None:
    """Return the concepts of a word, none for one that does not count, or ``None`` where the table has no such word."""
    table = _table()
    if word in table or not word.isascii():
        return table.get(word)
    return next((table[word[:-cut]] for cut in (1, 2, 3) if _is_form(word, cut)), None)


def _is_form(word: str, cut: int) -> bool:
    return word[-cut:] in ("s", "d", "es", "ed", "'s", "ing") and word[:-cut] in _table()

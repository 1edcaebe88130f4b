"""Units of measurement and measure words, and which of them measure money, time or size."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MONEY = frozenset(_words("元 美元 欧元 人民币"))
# A figure in these is a deadline or a term unless the words before it name a duration.
TIME = frozenset(_words("分钟 小时 个工作日 工作日 个自然日 天 日 秒 毫秒 年 岁 周岁 个月 周"))
SHARE = frozenset(_words("% ‰ 个百分点 百分点"))
SIZE = frozenset(
    _words(
        "亩 公顷 平方米 平米 平方公里 平方千米 立方米 标准立方米 方 公里 千米 米 海里 车道公里 皮长公里 吨 公斤 斤 千克 克 吨标准煤 吨标煤 "
        "千瓦 兆瓦 吉瓦 千瓦时 兆瓦时 吉瓦时 千伏 千伏安 兆伏安 kW MW GW kWh MWh GWh TWh kV kVA MVA 升 桶 "
        "TB PB EB GB P PFlops EFlops PFLOPS EFLOPS Gbps Tbps Mbps 标箱 标准箱 TEU"
    )
)
#: Measure words; what follows in brackets would make another word of the character: 3个月, 2例外.
COUNTS = _words(
    "个(?!月|工作日|自然日|小时|一(?!体)) 家 项 件 次 人 所 名(?![称录单义]) 座 条 场 户 台套 台 套 种 门 篇 本 部 处 支 批 期 类 辆 艘 张 幅 位 对 轮 枚 "
    "款 株 间 床 卡 村 企 例(?!如|外) 份(?!额) 册 班(?!子|组|级) 课时 学时 学分 页 亩次 户次 场次 人次 篇次 家次 架次 班次 车次 辆次 台次 "
    "批次 单 宗 笔 栋 幢 块 口 眼 棵 架 列 趟 首 集 颗 匹 头 只 羽 尾 箱 片 瓶 站 孔 组 倍 人天 人年(?![均度底末]) 人月"
)
OTHERS = _words("毫克 微克 分贝 度(?=[/电]) ℃ ㎡ m² m³ km² km")


def _alternatives() -> str:
    words = {*COUNTS, *MONEY, *TIME, *SHARE, *SIZE, *OTHERS}
    by_length = sorted(words, key=lambda word: (-len(word.partition("(")[0]), word))
    return "|".join(f"{word}(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else word for word in by_length)


UNITS = _alternatives()


def base_of(unit: str) -> str:
    """Return ``unit`` without 千, 百, 万 or 亿 before it, so that it can be looked up.

    Examples:
        >>> [base_of(unit) for unit in ("万名", "亿元", "千瓦", "万", "万吨/年")]
        ['名', '元', '千瓦', '万', '吨']
    """
    unit = unit.partition("/")[0]
    while len(unit) > 1 and unit[0] in "千百万亿" and unit not in SIZE:
        unit = unit[1:]
    return unit

"""How much each part of a name tells: 科技有限公司 tells little, what stands before it tells who it is."""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import log
from typing import TYPE_CHECKING

from .forms import place_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .forms import Form

# As if so many other names were known: what is common in general is common among few names too.
_OTHERS = 2000
_LEGAL_SHARE = 0.4
_GENERIC_SHARE = 0.1
_PLACE_SHARE = 0.01
_PLACE_WEIGHT = 0.1
# So much more does a rare part tell than a common one.
_SHARPNESS = 2.5
_LEGAL = "集团股份有限公司 股份有限公司 集团有限公司 有限公司 总公司 公司 (集团) 集团 股份 有限 控股"
_TRADES = (
    "科技发展 科学技术 信息技术 信息科技 技术服务 生物科技 生物技术 电子科技 智能科技 数字技术 网络科技 技术开发 医疗器械 新能源 新材料 供应链"
    " 科技 技术 工程 实业 发展 投资 贸易 商贸 建设 建筑 能源 材料 生物 医药 药业 制药 食品 农业 化工 化学 机械 设备 装备 制造 电子 信息 网络"
    " 软件 数据 智能 环保 环境 物流 文化 传媒 教育 管理 服务 咨询 产业 工业 电力 矿业 煤业 水泥 开发 智造 汽车 健康 医疗"
    " 人工智能 互联网 半导体 微电子 轨道交通 地理信息 有色金属 房地产 自动化 机器人 研究院 产业园 通信 通讯 电气 电器 光电 精密 钢铁 石油 石化 航空"
    " 航天 铁路 交通 水利 水务 海洋 国际 数字 研究 研发 创新 创业 保险 金融 证券 租赁 种业 牧业 畜牧 渔业 林业 园林 安全 安防 检测 计量 设计 勘察"
    " 规划 测绘 遥感 空间 激光 仪器 仪表 装饰 置业 酒店 旅游 餐饮 服饰 纺织 家具 造纸 印刷 包装 塑料 橡胶 玻璃 陶瓷 金属 冶金 矿山 热力 燃气 风电"
    " 光伏 储能 氢能 电池 基础 商务"
)
_LEGAL_LATIN = "ltd limited inc co company corp corporation gmbh ag sa srl spa bv plc llc"
_GENERIC = (
    "大学 学院 学校 职业 职业技术学院 职业学院 师范 师范大学 师范学院 医科大学 医学 医学院 理工 理工大学"
    " 科技大学 工业大学 农业大学 高等专科学校 科学 科学院 研究 研究院 研究所 技术研究院 研究中心 工程技术研究中心 工程研究中心 中心 实验室"
    " 国家重点实验室 重点实验室 全国重点实验室 国家 中国 中国科学院 人民医院 医院 中心医院 中医医院 附属医院 妇幼保健院 中医 协会 学会 委员会"
    " 管理局 合作社 专业合作社 银行 分公司 中学 小学 高级中学 研究会 省级 市级 人民政府 开发区 中华人民共和国 中国人民解放军"
    " university universite universidad universita universitat universidade institute institut instituto istituto of the and de des"
    " du la le les del della di do da dos fur for in en et y e der die und van research center centre centro national"
    " nacional international technology technologies science sciences hospital college school department faculty academy"
    " foundation association society laboratory group company services state engineering medical health"
    " ministry council agency museum china"
)
LEGAL_WORDS = tuple(_LEGAL.split())
TRADE_WORDS = tuple(_TRADES.split())


def parts_of(form: Form) -> tuple[str, ...]:
    """Return what names are compared by: pairs of characters, or words and three letters in a row.

    Examples:
        >>> from .forms import form_of
        >>> parts_of(form_of("甲乙公司"))
        ('甲乙', '乙公', '公司')
    """
    return _pairs(form.text) if form.han else tuple(dict.fromkeys(form.words)) + _letters(form.words)


class Weights:
    """The weight of the parts of names, from 0 (in every name) to 1 (in this one only).

    Args:
        forms: the names that are compared, each once.
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        # What is common among laboratories may be rare among firms: each kind of name is counted for itself.
        self._found: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        total = {True: _OTHERS, False: _OTHERS}
        for form in forms:
            total[form.firm] += 1
            self._found[form.firm].update(set(parts_of(form)))
        self._all = sum(total.values()) - _OTHERS
        self._share = {kind: self._all / size for kind, size in total.items()}
        self._scale = log(self._all)
        self._weights: dict[str, float] = {}
        self._along: dict[str, list[float]] = {}

    def count(self, part: str) -> int:
        """Return how many of the names have ``part``."""
        return sum(found[part] for found in self._found.values())

    def common(self, part: str) -> float:
        """Return how common ``part`` is, here and in general."""
        found = max(self._found[kind][part] * share for kind, share in self._share.items())
        return found + _general().get(part, 0.0) * self._all

    def of(self, part: str) -> float:
        """Return the weight of ``part``."""
        weight = self._weights.get(part)
        if weight is None:
            weight = max(0.0, log(self._all / (1 + self.common(part))) / self._scale) ** _SHARPNESS
            self._weights[part] = weight
        return weight

    def along(self, form: Form) -> list[float]:
        """Return the weight of each character of a Chinese name: it tells as little as the commoner of its two pairs."""
        known = self._along.get(form.text)
        if known is None:
            known = self._along[form.text] = self._each(form)
        return known

    def _each(self, form: Form) -> list[float]:
        pairs = [self.of(pair) for pair in _pairs(form.text)]
        if not pairs:
            return [1.0] * len(form.text)
        weights = [pairs[0], *map(min, pairs, pairs[1:]), pairs[-1]]
        for first, end in form.place_spans:
            weights[first:end] = [min(weight, _PLACE_WEIGHT) for weight in weights[first:end]]
        return weights


def _pairs(text: str) -> tuple[str, ...]:
    return tuple(text[at : at + 2] for at in range(len(text) - 1))


def _letters(words: tuple[str, ...]) -> tuple[str, ...]:
    padded = (f"^{word}$" for word in words if len(word) > 3)
    return tuple(dict.fromkeys(word[at : at + 4] for word in padded for at in range(len(word) - 3)))


@cache
def _general() -> dict[str, float]:
    """The share of names that have a part, in general."""
    shares = {pair: _PLACE_SHARE for name in place_names() for pair in _pairs(name)}
    general = (*_GENERIC.split(), *TRADE_WORDS)
    legal = (*LEGAL_WORDS, *_LEGAL_LATIN.split())
    # A pair across two words, as in 中国科学院, is rarer than a word of two characters.
    shares |= {pair: _GENERIC_SHARE / 2 for word in general if not word.isascii() for pair in _pairs(word)}
    shares |= {word: _GENERIC_SHARE for word in general if word.isascii() or len(word) == len("大学")}
    return shares | {part: _LEGAL_SHARE for word in legal for part in ((word,) if word.isascii() else _pairs(word))}

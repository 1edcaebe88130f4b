"""How fast, and how rightly, bodies under several names are suggested: 50,000 names, known pairs, two baselines.

Usage:
    python benchmarks/recognition.py [FOLDER]

FOLDER holds ``cn_han_aliases.csv`` (columns ror, value: the Chinese names of each record of the Research Organization
Registry), ``universities_moe2017.csv`` and ``ror_orgs.csv.gz`` (columns name, country). Names of one record are one body:
the known pairs. The rest, up to 50,000, are enterprises made up here. Without FOLDER all names are made up, and the known
pairs are the variants planted among them.

Precision is counted where both names are labelled; recall over the known pairs that stay apart in normal form. Many of
them are renamings, translations and brands, which no method that looks at the text can find; so recall is also given over
the pairs that keep their text: the one's characters stand in the other in order, or all but one in six are the same.
"""

from __future__ import annotations

import csv
import gzip
import random
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from innograph.graph.recognition.candidates import SUGGESTED, Body, candidates
from innograph.graph.recognition.names import normal_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES = 50_000
LATIN = 10_000
PLANTED = 500
THRESHOLDS = (0.4, 0.5, SUGGESTED, 0.7, 0.8, 0.9)
FUZZY = (70, 80, 90)
# The plan's own: names of one body stand in one row.
OF_THE_PLAN = (
    ("中国科学院", "中科院"),
    ("中国科学院新疆生态与地理研究所", "中科院新疆生态与地理研究所", "中科院新疆生地所"),
    ("中国科学院新疆分院", "中科院新疆分院"),
    ("中国科学院新疆理化技术研究所", "中科院新疆理化所"),
)
_PLACES = "北京 上海 重庆 新疆 昌吉 乌鲁木齐 杭州 宁波 深圳 广州 武汉 成都 西安 兰州 沈阳 长春 济南 青岛 郑州 长沙 南昌 合肥 福州 南宁 昆明 贵阳"
_BRAND = "安邦博昌晨诚创达德鼎东方丰福冠光广海恒宏华汇嘉建金锦京景久聚凯康科兰朗力利联隆茂美民明南能宁鹏普奇启乾强庆泉荣瑞润森善尚升圣盛世舒顺泰腾天通万旺维伟祥翔欣新鑫兴雄旭亚阳益永优宇元远越云泽展兆振正志智中众卓"
_TRADES = "科技 信息技术 新能源 生物科技 建筑工程 商贸 农业发展 机械设备 环保科技 电子科技 新材料 物流 食品 文化传媒 智能装备 医疗器械 化工 矿业 纺织 投资管理"
_FORMS = "有限公司 有限责任公司 股份有限公司 集团有限公司"
CHANCE = random.Random(20260101)  # noqa: S311 -- the same names in every run


@dataclass
class Names:
    """Names with the records they belong to; a name in no record is unlabelled."""

    records: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, name: str, record: str | None = None) -> None:
        """Add a name in normal form: names equal in it are one body already."""
        found = self.records[normal_name(name)]
        if record:
            found.add(record)

    def pairs(self, prefix: str) -> set[frozenset[str]]:
        """The pairs of names that share a record whose id begins with ``prefix``."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for name, records in self.records.items():
            for record in records:
                if record.startswith(prefix):
                    members[record].append(name)
        return {frozenset(pair) for names in members.values() for pair in combinations(names, 2)}


def main(folder: Path | None) -> None:
    """Measure and print."""
    names, raw = Names(), set[frozenset[str]]()
    if folder:
        raw = _add_registers(names, folder)
    for number, row in enumerate(OF_THE_PLAN):
        for name in row:
            names.add(name, f"plan:{number}")
    _add_made_up(names)
    bodies = [Body(name, "Organisation", name) for name in names.records]
    print(f"names {len(bodies)}, different in normal form")
    begin, used = time.perf_counter(), time.process_time()
    suggested = candidates(bodies, least=min(THRESHOLDS))
    seconds, used = time.perf_counter() - begin, time.process_time() - used
    print(
        f"candidates() {seconds:.1f} s ({used:.1f} s of processor), process at most {_megabytes()} MB, {len(suggested)} pairs from {min(THRESHOLDS)}"
    )
    scores = {frozenset((one.left, one.right)): one.score for one in suggested}
    for prefix, title in (
        ("ror:", "Chinese names of ROR"),
        ("plan:", "the plan's"),
        ("planted:", "one character mistyped"),
    ):
        if known := names.pairs(prefix):
            _print_table(title, known, scores, _labelled(names, prefix))
    if raw:
        equal = sum(len({normal_name(name) for name in pair}) == 1 for pair in raw)
        print(
            f"\nbaseline, equal in normal form: {equal} of all {len(raw)} known pairs as written, recall {equal / len(raw):.3f}"
        )
    _print_naive(names)


def _labelled(names: Names, prefix: str) -> set[str]:
    return {name for name, records in names.records.items() if any(record.startswith(prefix) for record in records)}


def _print_table(
    title: str, known: set[frozenset[str]], scores: dict[frozenset[str], float], labelled: set[str]
) -> None:
    findable = {pair for pair in known if _keeps_its_text(*pair)}
    print(f"\n{title}: {len(known)} known pairs, {len(findable)} of them keep their text")
    print("  score  suggested  of labelled  right  precision  recall  recall of those that keep text")
    for threshold in THRESHOLDS:
        taken = {pair for pair, score in scores.items() if score >= threshold}
        judged = {pair for pair in taken if pair <= labelled}
        right = judged & known
        line = f"  {threshold:5.2f}  {len(taken):9d}  {len(judged):11d}  {len(right):5d}  {_share(len(right), len(judged)):>9}"
        print(f"{line}  {_share(len(right), len(known)):>6}  {_share(len(right & findable), len(findable)):>6}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _keeps_its_text(one: str, other: str) -> bool:
    """Whether the characters of the shorter name stand in the other in order, or all but one in six are the same."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short) or Levenshtein.distance(short, long) <= max(1, len(short) // 6)


def _print_naive(names: Names) -> None:
    """The usual way: names with the same two first characters, compared by rapidfuzz."""
    begin = time.perf_counter()
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for name in names.records:
        blocks[name[:2]].append(name)
    scores = {
        frozenset((block[at], block[other])): float(score)
        for block in blocks.values()
        for at, other, score in _alike(block)
    }
    print(
        f"\nbaseline, rapidfuzz ratio among names with the same two first characters: {time.perf_counter() - begin:.1f} s"
    )
    for prefix in ("ror:", "plan:", "planted:"):
        known, labelled = names.pairs(prefix), _labelled(names, prefix)
        findable = {pair for pair in known if _keeps_its_text(*pair)}
        for threshold in FUZZY if known else ():
            taken = {pair for pair, score in scores.items() if score >= threshold}
            judged = {pair for pair in taken if pair <= labelled}
            right = judged & known
            line = f"  {prefix:9} {threshold}: {len(taken):7d} pairs, precision {_share(len(right), len(judged))}"
            print(
                f"{line}, recall {_share(len(right), len(known))}, of those that keep text {_share(len(right & findable), len(findable))}"
            )


def _alike(block: list[str]) -> Iterator[tuple[int, int, float]]:
    for at, name in enumerate(block):
        rest = block[at + 1 :]
        for _, score, other in process.extract(name, rest, scorer=fuzz.ratio, score_cutoff=min(FUZZY), limit=None):
            yield at, at + 1 + other, score


def _add_registers(names: Names, folder: Path) -> set[frozenset[str]]:
    """Add the names of the registers; return the known pairs as written."""
    written: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(folder / "cn_han_aliases.csv"):
        names.add(row["value"], f"ror:{row['ror']}")
        written[row["ror"]].add(row["value"])
    for row in _rows(folder / "universities_moe2017.csv"):
        names.add(row["name"])
    if (latin := folder / "ror_orgs.csv.gz").exists():
        for row in CHANCE.sample(list(_rows(latin)), LATIN):
            names.add(row["name"])
    return {frozenset(pair) for values in written.values() for pair in combinations(values, 2)}


def _rows(file: Path) -> Iterable[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8-sig") as lines:
        yield from csv.DictReader(lines)


def _add_made_up(names: Names) -> None:
    for number in range(PLANTED):
        name = _enterprise()
        at = CHANCE.randrange(2, len(name) - 4)
        wrong = CHANCE.choice(_BRAND.replace(name[at], ""))
        for written in (name, name[:at] + wrong + name[at + 1 :]):
            names.add(written, f"planted:{number}")
    while len(names.records) < NAMES:
        names.add(_enterprise())


def _enterprise() -> str:
    brand = "".join(CHANCE.sample(_BRAND, CHANCE.choice((2, 2, 2, 3, 4))))
    return f"{CHANCE.choice(_PLACES.split())}{brand}{CHANCE.choice(_TRADES.split())}{CHANCE.choice(_FORMS.split())}"


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)

"""What the cooperation sample says, read straight from its CSVs with the standard library and nothing of ours.

Expected rows of questions are worked out from this. All functions speak of the workspace ``whole``: the Changji plan, its
rosters and the cooperation sample, at home in 昌吉市. Bodies go by the names that the rosters give them; the one other
name (``aliases.csv``) is resolved. One name is borne by two firms, ``TWIN``; nothing but the roster of firms speaks of it.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "data" / "sample"
PLAN = SAMPLES / "changji" / "plan.txt"
ALIASES = SAMPLES / "cooperation" / "aliases.csv"
FILES = (
    PLAN,
    *sorted((SAMPLES / "changji" / "rosters").glob("*.csv")),
    *sorted((SAMPLES / "cooperation" / "rosters").glob("*.csv")),
)
"""What ``whole`` loads, in this order; ``ALIASES`` is copied to its folder first."""

HOME = "652301"
TWIN = "示例同辉科技有限公司"
PLAN_PROJECT = "中科院新疆生地所—昌吉州科普合作"
"""The graph has this project too, from the plan's prose: 中科院新疆生地所 alone takes part; it has no amount and no date."""

CODES = {
    "昌吉市": "652301",
    "阜康市": "652302",
    "呼图壁县": "652323",
    "昌吉州": "652300",
    "乌鲁木齐市": "650100",
    "乌鲁木齐市新市区": "650104",
    "石河子市": "659001",
    "西安市": "610100",
    "北京市": "110000",
    "哈萨克斯坦": "KZ",
}
"""The regions as the rosters write them, with GB/T 2260 or ISO 3166 codes."""

LADDER = (
    "初创企业（团队）",
    "科技型中小企业",
    "高新技术企业（专精特新企业）",
    "科技型领军企业（专精特新“小巨人”企业）",
)
"""The steps of changji's tiers.csv, the lowest first."""

SERVICE_BODIES = ("示例昌吉生物医药协会",)

Row = dict[str, str]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Body:
    """A firm or an institute; ``region`` is a code, empty where none is stated."""

    name: str
    kind: str
    region: str
    industries: tuple[str, ...]
    tier: str = ""
    year: int | None = None
    grade: str = ""
    invented: bool = True


@dataclass(frozen=True)
class Joint:
    """A project; the first of ``parties`` leads."""

    number: str
    name: str
    parties: tuple[str, ...]
    amount: float | None
    start: dt.date
    end: dt.date
    industries: tuple[str, ...]


@dataclass(frozen=True)
class Tie:
    """A row of direct cooperation; ``second`` may be a region."""

    first: str
    second: str
    subject: str
    kind: str


@dataclass(frozen=True)
class Place:
    """A platform or, without region and members, a talent programme."""

    name: str
    region: str
    industries: tuple[str, ...]
    level: str
    runners: tuple[str, ...]
    members: tuple[str, ...] = ()
    invented: bool = True


def rows(sample: str, roster: str) -> list[Row]:
    """The rows of a roster, as they stand."""
    with (SAMPLES / sample / "rosters" / f"{roster}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that may have several, under the names of the rosters."""
    return tuple(canonical(part) for part in cell.split("、") if part)


def canonical(name: str) -> str:
    """The name that a body has in its roster."""
    with ALIASES.open(encoding="utf-8", newline="") as file:
        return {row["alias"]: row["name"] for row in csv.DictReader(file)}.get(name, name)


def firms() -> list[Body]:
    """30: the 26 of the sample, and 4 that the plan names, of which nothing is known but the name."""
    own = [
        Body(
            row["企业名称"],
            "Enterprise",
            CODES.get(row["所在区域"], ""),
            several(row["所属产业"]),
            {"高企": "高新技术企业"}.get(row["梯度"], row["梯度"]),
            int(row["认定年份"]) if row["认定年份"] else None,
        )
        for row in rows("cooperation", "enterprises")
    ]
    return own + [Body(row["企业名称"], "Enterprise", "", (), invented=False) for row in rows("changji", "enterprises")]


def institutes() -> list[Body]:
    """16: the 12 of the sample, and 4 that the plan names."""
    own = [
        Body(row["院所名称"], "Institute", CODES[row["所在区域"]], several(row["研究领域"]), grade=row["级别"])
        for row in rows("cooperation", "institutes")
    ]
    return own + [
        Body(row["名称"], "Institute", CODES.get(row["所在区域"], ""), (), invented=False)
        for row in rows("changji", "institutes")
    ]


def bodies() -> dict[str, Body]:
    """Firms and institutes by name, without the two of one name."""
    return {body.name: body for body in (*firms(), *institutes()) if body.name != TWIN}


def projects() -> list[Joint]:
    """The 24 projects of the sample; the graph has one more, ``PLAN_PROJECT``."""
    return [
        Joint(
            row["项目编号"],
            row["项目名称"],
            several(row["牵头单位"]) + several(row["参与单位"]),
            float(row["金额（万元）"]) if row["金额（万元）"] else None,
            dt.date.fromisoformat(row["开始日期"]),
            dt.date.fromisoformat(row["结束日期"]),
            several(row["所属产业"]),
        )
        for row in rows("cooperation", "projects")
    ]


def ties() -> list[Tie]:
    """12: the 11 rows of the sample and the one of the Changji rosters, which the plan states too."""
    return [
        Tie(canonical(row["甲方"]), canonical(row["乙方"]), row["内容"], {"企院": "院企"}.get(row["类型"], row["类型"]))
        for sample in ("cooperation", "changji")
        for row in rows(sample, "cooperation")
    ]


def platforms() -> list[Place]:
    """14: the 8 of the sample and 6 that the plan names."""
    own = [
        Place(
            row["平台名称"],
            CODES[row["所在区域"]],
            several(row["领域"]),
            row["级别"],
            several(row["依托单位"]),
            several(row["成员企业"]),
        )
        for row in rows("cooperation", "platforms")
    ]
    return own + [Place(row["名称"], "", (), row["级别"], (), invented=False) for row in rows("changji", "platforms")]


def talents() -> list[Place]:
    """The 5 talent programmes of the sample; the plan's prose names 2 more, without host or industry."""
    return [
        Place(row["人才计划"], "", several(row["领域"]), row["级别"], several(row["承担单位"]))
        for row in rows("cooperation", "talents")
    ]


def tiers() -> list[str]:
    """The four steps of the ladder, from the lowest."""
    return [row["梯度"] for row in rows("changji", "tiers")]


def progress() -> list[Row]:
    """The 14 rows of the progress sheet, as they stand."""
    return rows("cooperation", "progress")


def pairs(by: str = "either") -> dict[Pair, list[str]]:
    """Who works with whom, in the order of the names, and by which projects (numbers) or cooperation (subjects).

    Args:
        by: ``project``, ``cooperation`` or ``either``. Regions are no bodies and left out.
    """
    found: dict[Pair, list[str]] = defaultdict(list)
    if by in ("project", "either"):
        for project in projects():
            for one, other in combinations(sorted(project.parties), 2):
                found[one, other].append(project.number)
    if by in ("cooperation", "either"):
        for tie in ties():
            if tie.second not in CODES:
                one, other = sorted((tie.first, tie.second))
                found[one, other].append(tie.subject)
    return dict(found)


def firm_institute_pairs(by: str = "either") -> dict[Pair, list[str]]:
    """The pairs of a firm and an institute, the firm first."""
    kind = {name: body.kind for name, body in bodies().items()}
    turned = {
        (one, other) if kind[one] == "Enterprise" else (other, one): why for (one, other), why in pairs(by).items()
    }
    return {pair: why for pair, why in turned.items() if [kind[name] for name in pair] == ["Enterprise", "Institute"]}


def partners(by: str = "either") -> dict[str, set[str]]:
    """Each body that works with others, and with whom."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs(by):
        found[one].add(other)
        found[other].add(one)
    return dict(found)


def band(code: str) -> str:
    """How far from home a region is: 市内, 州内, 区内, 区外, 境外; empty where no region is stated."""
    if not code:
        return ""
    if not code.isdigit():
        return "境外"
    steps = [(HOME, "市内"), ("6523", "州内"), ("65", "区内")]
    return next((word for start, word in steps if code.startswith(start)), "区外")


def region_pairs(by: str = "either") -> Iterator[tuple[Pair, Pair]]:
    """Each pair of bodies that work together with the codes of their regions, in the order of the names."""
    region = {name: body.region for name, body in bodies().items()}
    for one, other in pairs(by):
        yield (one, other), (region[one], region[other])

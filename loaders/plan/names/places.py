"""Regions: administrative divisions, and areas and zones that have no code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.regions import region_table

from .passage import CERTAIN, LIKELY, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passage import Passage

_AREA = re.compile(
    "粤港澳大湾区|长三角(?:地区)?|珠三角(?:地区)?|京津冀(?:地区)?|成渝地区双城经济圈|长江经济带|黄河流域|环渤海地区|海峡西岸|北部湾经济区|"
    "中原城市群|长江中游城市群|关中平原城市群|东北三省|东北地区|粤东西北|皖北|皖南|皖江|苏南|苏北|浙东|浙南|闽南|赣南|湘南|鄂西|川南|川东北|陕北|陕南|豫东|豫北|冀中南|鲁西|桂北|疆南|南疆|北疆|东疆"
)
# 丝绸之路经济带核心区: what stands before the ending belongs to the name.
_BY_ENDING = re.compile("经济带核心区|经济带|经济区|城市群|都市圈|经济圈")
# A zone is a name only behind a place: 合肥高新区, but not 支持高新区. A zone for industry is a platform, as a park is.
_ZONE = re.compile(
    "(?P<park>高新区|经开区|高新技术产业开发区|经济技术开发区|(?:工业|产业)集聚区|开发区|综合保税区|综保区|保税区)(?!管委会|管理委员会|税务)|"
    "自贸(?:试验)?区|自由贸易试验区|自贸港|新区|合作区"
)
# 莫干山高新区: a zone named for its landscape.
_LANDSCAPE = re.compile("(?![沿临跨环])[\u4e00-\u9fff]{1,3}[山湖江河海湾岭溪]$")
# New areas named for no division of the table.
_NEW_AREAS = re.compile(
    "(?:赣江|雄安|天府|湘江|江北|滇中|西咸|贵安|南沙|金普|舟山群岛|西海岸|东部|岳麓山|长白山|准东|北斗)新区"
)


def regions(passage: Passage) -> Iterator[Name]:
    """Yield the regions of a sentence, divisions by their full names.

    Examples:
        >>> from .passage import Passage
        >>> [n.name for n in regions(Passage("推动合肥、芜湖与长三角和沪苏浙对接，支持赣江新区、合肥高新区。"))]
        ['合肥市', '芜湖市', '上海市', '江苏省', '浙江省', '合肥市', '长三角', '赣江新区', '合肥高新区']
    """
    text = passage.with_titles
    for begin, end, region in passage.places:
        yield Name("Region", region_table().unique_name(region), begin, end)
    for match in _AREA.finditer(text):
        yield Name("Region", match.group().removesuffix("地区"), match.start(), match.end(), CERTAIN)
    for match in _NEW_AREAS.finditer(text):
        yield Name("Region", match.group(), match.start(), match.end(), LIKELY)
    for match in _BY_ENDING.finditer(passage.text):
        name, begin = passage.name_before(match.end(), match.start())
        if len(name) >= 4 and not _AREA.search(name):
            yield Name("Region", name, begin, match.end(), LIKELY)
    yield from _zones(passage)


def _zones(passage: Passage) -> Iterator[Name]:
    for match in _ZONE.finditer(passage.text):
        name, begin = passage.name_before(match.end(), match.start())
        stem = name[: match.start() - match.end()]
        named_for = match["park"] and _LANDSCAPE.match(stem)
        placed = (
            named_for
            or passage.has_place(begin, match.start())
            or passage.is_local(name)
            or region_table().county_at(stem)
        )
        if len(stem) > 1 and placed:
            yield Name("Platform" if match["park"] else "Region", name, begin, match.end(), LIKELY)

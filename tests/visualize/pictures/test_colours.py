"""Colours come from the ontology: each picture has those that its files say, read here without our reader."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from innograph.visualize.pictures import Wanted, picture_of

if TYPE_CHECKING:
    import innograph

TYPES = Path(__file__).parents[3] / "graph" / "ontology" / "types" / "nodes"
WANTED = [Wanted(), Wanted("cooperation"), Wanted(thing="科技局", depth=2)]
IDS = ["responsibility", "cooperation", "neighbourhood"]


def colour_of(kind: str) -> str:
    """What the file of a type says, or that of the type it is a kind of."""
    said: dict[str, Any] = yaml.safe_load((TYPES / f"{kind}.yaml").read_text(encoding="utf-8"))
    return str(said["color"]) if "color" in said else colour_of(str(said["extends"]))


@pytest.mark.parametrize("wanted", WANTED, ids=IDS)
def test_of_nodes_and_legend_on_the_page(whole: innograph.Workspace, wanted: Wanted) -> None:
    html = picture_of(whole, wanted).html()
    page = LexborHTMLParser(html)
    nodes = json.loads(page.css_first("#data").text())["nodes"]

    kinds = {node["kind"] for node in nodes}
    assert len({colour_of(kind) for kind in kinds}) > 1
    assert {node["kind"]: node["color"] for node in nodes} == {kind: colour_of(kind) for kind in kinds}
    swatches = {
        str(item.css_first("input").attributes["data-kind"]): str(item.css_first("svg [fill]").attributes["fill"])
        for item in page.css(".legend li")
        if item.css_first("input")
    }
    assert swatches == {kind: colour_of(kind) for kind in kinds}


@pytest.mark.parametrize("wanted", WANTED, ids=IDS)
def test_of_nodes_and_legend_in_svg(whole: innograph.Workspace, wanted: Wanted) -> None:
    picture = picture_of(whole, wanted)
    assert picture.drawing is not None
    kinds = Counter(node["kind"] for node in picture.drawing.nodes)
    expected = Counter({colour_of(kind): 0 for kind in kinds})
    for kind, count in kinds.items():
        expected[colour_of(kind)] += count + 1  # each node, and the sample of the legend

    fills = Counter(re.findall(r"<(?:rect|circle|path)[^>]*fill=\"(#[0-9A-Fa-f]{6})\"", picture.svg()))
    assert {colour: fills[colour] for colour in expected} == dict(expected)


def test_of_the_explorer_and_the_overview_too(whole: innograph.Workspace) -> None:
    for kind in ("Task", "Enterprise", "Institute", "Department"):
        assert whole.ontology.nodes[kind].color == colour_of(kind)

"""Layouts: nothing covers anything, the same every time, and kept whole or not at all."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innograph
from innograph.visualize.pictures import Drawing, Wanted, picture_of
from innograph.visualize.pictures import layout_cache as cache
from innograph.visualize.pictures.labels import width, wrapped
from innograph.visualize.pictures.layout import Box, covering, places

STAR = [(0, other, 1.0) for other in range(1, 40)]


def overlapping(xy: list[tuple[float, float]], boxes: list[Box]) -> list[tuple[int, int]]:
    """Pairs that share more than a pixel's width and height; by comparing intervals."""
    found: list[tuple[int, int]] = []
    for one, other in combinations(range(len(boxes)), 2):
        (x, y), (u, v) = xy[one], xy[other]
        a, b = boxes[one], boxes[other]
        wide = min(x + a.half, u + b.half) - max(x - a.half, u - b.half)
        high = min(y + a.down, v + b.down) - max(y - a.up, v - b.up)
        if wide > 1 and high > 1:
            found.append((one, other))
    return found


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.builds(Box, st.floats(5, 90), st.floats(5, 30), st.floats(5, 60)), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39), st.floats(0.5, 3)), max_size=80),
)
def test_nothing_covers_anything(boxes: list[Box], ties: list[tuple[int, int, float]]) -> None:
    ends = [(one, other, w) for one, other, w in ties if one != other and max(one, other) < len(boxes)]
    xy = places(boxes, ends)
    assert overlapping(xy, boxes) == []
    assert covering(xy, boxes) == set()


def test_the_centre_stands_in_the_middle() -> None:
    xy = places([Box(40, 10, 30)] * 40, STAR, centre=0)
    assert xy[0] == (0.0, 0.0)
    assert min(x for x, _ in xy) < 0 < max(x for x, _ in xy)
    assert min(y for _, y in xy) < 0 < max(y for _, y in xy)


def test_home_is_nearer_to_the_middle() -> None:
    home = frozenset(range(10))
    xy = places([Box(10, 10, 10)] * 60, [(i, (i + 1) % 60, 1.0) for i in range(60)], home=home)
    away = [(x * x + y * y) ** 0.5 for x, y in xy]
    assert sum(away[i] for i in home) / 10 < sum(away[i] for i in range(10, 60)) / 50


def test_it_is_wider_than_high_as_a_screen() -> None:
    xy = places([Box(20, 10, 10)] * 100, [(i, i // 3, 1.0) for i in range(1, 100)])
    wide, high = (max(p[axis] for p in xy) - min(p[axis] for p in xy) for axis in (0, 1))
    assert 1.1 < wide / high < 2.6


def drawing_of(workspace: innograph.Workspace, wanted: Wanted) -> Drawing:
    found = picture_of(workspace, wanted).drawing
    assert found is not None
    return found


@pytest.mark.parametrize("wanted", [Wanted(), Wanted("cooperation"), Wanted(thing="示例昌吉农业学院", depth=2)])
def test_no_label_of_the_sample_covers_another(whole: innograph.Workspace, wanted: Wanted) -> None:
    drawing = drawing_of(whole, wanted)
    shown = [node for node in drawing.nodes if node["label"].strip()]
    assert len(shown) == len(drawing.nodes)
    boxes, xy = [], []
    for node in shown:
        lines = node["label"].split("\n")
        half = max(width(line) for line in lines) * 13 / 2
        inside = node["shape"] in ("box", "ellipse")
        high = len(lines) * 8.0
        boxes.append(Box(half, high, high) if inside else Box(half, node["size"], node["size"] + 2 * high))
        xy.append((node["x"], node["y"]))
    assert overlapping(xy, boxes) == []


class TestKept:
    def test_a_kept_layout_is_the_fresh_one(self, whole: innograph.Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        file = whole.folder / cache.FILE_NAME
        file.unlink(missing_ok=True)
        fresh = drawing_of(whole, Wanted("cooperation"))
        assert file.exists()

        def refuse(*_: object) -> None:
            raise AssertionError("laid out again")

        monkeypatch.setattr(cache, "places", refuse)
        assert drawing_of(whole, Wanted("cooperation")) == fresh
        with pytest.raises(AssertionError, match="laid out again"):
            drawing_of(whole, Wanted("cooperation", most=9))

    @pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other"])
    def test_a_damaged_file_is_made_anew(self, tmp_path: Path, damage: str) -> None:
        boxes, file = [Box(10, 10, 10)] * 40, tmp_path / cache.FILE_NAME
        fresh = cache.kept_places(tmp_path, "s", boxes, STAR, 0, frozenset())
        whole = file.read_bytes()
        at = len(whole) - 40
        file.write_bytes(
            {
                "cut": whole[:at],
                "changed": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
                "empty": b"",
                "other": b"not a layout",
            }[damage]
        )
        assert cache.kept_places(tmp_path, "s", boxes, STAR, 0, frozenset()) == fresh
        assert file.read_bytes() == whole

    def test_a_layout_of_another_graph_is_not_taken(self, tmp_path: Path) -> None:
        boxes = [Box(10, 10, 10)] * 40
        first = cache.kept_places(tmp_path, "s", boxes, STAR, 0, frozenset())
        chain = [(i, i + 1, 1.0) for i in range(39)]
        assert cache.kept_places(tmp_path, "s", boxes, chain, 0, frozenset()) == places(boxes, chain, 0)
        assert cache.kept_places(tmp_path, "s", boxes, STAR, 0, frozenset()) == first

    def test_it_holds_no_names(self, whole: innograph.Workspace) -> None:
        drawing_of(whole, Wanted("cooperation"))
        content = (whole.folder / cache.FILE_NAME).read_bytes()
        assert "示例".encode() not in content
        assert b"Enterprise" not in content

    def test_a_folder_that_cannot_be_written_still_gives_a_picture(self, tmp_path: Path) -> None:
        assert cache.kept_places(tmp_path / "none", "s", [Box(9, 9, 9)] * 40, STAR, 0, frozenset())[0] == (0.0, 0.0)

    def test_it_does_not_grow_forever(self, tmp_path: Path) -> None:
        import orjson

        for count in range(2, 60):
            cache.kept_places(tmp_path, "s", [Box(5, 5, 5)] * count, [(0, 1, 1.0)], None, frozenset())
        content = (tmp_path / cache.FILE_NAME).read_bytes()
        held = orjson.loads(content[len(b"innograph layouts\n") + 32 :])
        assert [len(places) for places in held.values()] == list(range(20, 60))  # the latest stay

    def test_a_node_at_home_has_a_layout_of_its_own(self, tmp_path: Path) -> None:
        boxes, ties = [Box(5, 5, 5)] * 12, [(at, at + 1, 1.0) for at in range(11)]
        away = cache.kept_places(tmp_path, "s", boxes, ties, None, frozenset())
        home = cache.kept_places(tmp_path, "s", boxes, ties, None, frozenset({0, 11}))
        assert home == places(boxes, ties, None, frozenset({0, 11})) != away


@given(st.text(max_size=80))
def test_names_fit_into_two_lines(name: str) -> None:
    lines = wrapped(name)
    assert len(lines) <= 2
    assert all(width(line) <= 10.0 + 1e-9 for line in lines)
    shown = "".join("".join(lines).split()).rstrip("…")
    assert "".join(name.split()).startswith(shown) or "…" in name

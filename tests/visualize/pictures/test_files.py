"""SVG and PNG: well-formed, escaped, of the size asked for, and with letters in them; and the command that writes them."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

import innograph
from innograph.cli import cli
from innograph.graph.text import use_language
from innograph.visualize.matrix import Cell, Matrix, Row
from innograph.visualize.pictures import Scene, Wanted, drawn, flows_of, flows_svg, picture_of, png
from innograph.visualize.pictures.kinds import Picture

PAYLOAD = "</text></svg><script>window.ran=1</script><image href='http://example.test/x'/>&\"'><svg onload=ran>"
SVG = "{http://www.w3.org/2000/svg}"
KINDS = [Wanted(), Wanted("matrix"), Wanted("cooperation"), Wanted("regions"), Wanted(thing="科技局", depth=2)]


def hostile() -> list[Picture]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("Task:1", label="Task", name=PAYLOAD, quote=PAYLOAD, place=PAYLOAD)
    graph.add_node(PAYLOAD, label="Department", name=PAYLOAD, quote=PAYLOAD, place=PAYLOAD, search=PAYLOAD)
    graph.add_edge(PAYLOAD, "Task:1", key=PAYLOAD, type="LEADS", said=PAYLOAD, quote=PAYLOAD, place=PAYLOAD)
    matrix = Matrix(
        [Row(PAYLOAD, PAYLOAD, PAYLOAD)], [PAYLOAD], {(0, PAYLOAD): Cell("lead", PAYLOAD, PAYLOAD, PAYLOAD)}
    )
    row = {"region": PAYLOAD, "other": f"{PAYLOAD}2", "pairs": 3, "projects": 2}
    flows = flows_of([{**row, "quote": PAYLOAD, "place": PAYLOAD, "evidence": [PAYLOAD]}], PAYLOAD, PAYLOAD, PAYLOAD)
    return [
        Picture(PAYLOAD, "x", drawn(Scene(PAYLOAD, graph, PAYLOAD))),
        Picture(PAYLOAD, "x", matrix=matrix),
        Picture(PAYLOAD, "x", flows=flows),
    ]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_hostile_names_are_text(which: int) -> None:
    root = ET.fromstring(hostile()[which].svg())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "rect",
        "text",
        "g",
        "path",
        "circle",
    }
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert root.findtext(f"{SVG}title") == PAYLOAD
    assert png.png_of(hostile()[which].svg(), 400)


def test_inline_flows_escape_too() -> None:
    flows = hostile()[2].flows
    assert flows is not None
    band = ET.fromstring(flows_svg(flows, inline=True)).find(f"{SVG}path[@class='band']")
    assert band is not None
    assert (band.get("data-quote"), band.get("data-place"), band.get("data-edge")) == (PAYLOAD, PAYLOAD, PAYLOAD)


@pytest.mark.parametrize("wanted", KINDS, ids=lambda wanted: wanted.kind_or_default)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_svg_of_the_sample(whole: innograph.Workspace, wanted: Wanted, lang: str) -> None:
    with use_language("zh" if lang == "zh" else "en"):
        picture = picture_of(whole, wanted)
        root = ET.fromstring(picture.svg())
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert texts[0] == picture.title
    assert texts[-1] == {"zh": "由 innograph 生成", "en": "Made by innograph"}[lang]
    assert root.get("font-family") == "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
    left, top, wide, high = (float(part) for part in (root.get("viewBox") or "").split())
    for element in root.iter(f"{SVG}text"):
        x, y = float(element.get("x") or 0), float(element.get("y") or 0)
        assert left <= x <= left + wide, element.text
        assert top <= y <= top + high, element.text


def test_every_node_edge_and_type_is_in_the_svg(whole: innograph.Workspace) -> None:
    picture = picture_of(whole, Wanted("cooperation"))
    drawing = picture.drawing
    assert drawing is not None
    titles = [element.text for element in ET.fromstring(picture.svg()).iter(f"{SVG}title")]
    assert sorted(titles[1:]) == sorted([n["title"] for n in drawing.nodes] + [e["title"] for e in drawing.edges])


def test_marks_of_the_matrix(planned: innograph.Workspace) -> None:
    titles = [e.text or "" for e in ET.fromstring(picture_of(planned, Wanted("matrix")).svg()).iter(f"{SVG}title")]
    with use_language("zh"):
        titles = [e.text or "" for e in ET.fromstring(picture_of(planned, Wanted("matrix")).svg()).iter(f"{SVG}title")]
    words = [title.partition("　")[0] for title in titles[1:]]
    assert (words.count("牵头"), words.count("共同牵头"), words.count("配合")) == (11, 4, 46)


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height as the header of a PNG says."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


class TestPng:
    @pytest.mark.parametrize("width", [300, 1600])
    def test_it_has_the_size_asked_for(self, planned: innograph.Workspace, width: int) -> None:
        picture = picture_of(planned, Wanted("matrix"))
        root = ET.fromstring(picture.svg())
        _, _, wide, high = (float(part) for part in (root.get("viewBox") or "").split())
        assert size_of(picture.png(width)) == (width, round(width * high / wide))

    def test_chinese_letters_are_drawn(self) -> None:
        text = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 40"><text y="30">{}</text></svg>'
        one, other, none = (png.png_of(text.format(words), 400) for words in ("科技局牵头", "财政局配合", ""))
        assert len({one, other, none}) == 3

    def test_without_a_font_it_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(png, "drawn_differently", lambda one, other: one.isascii())
        with use_language("en"), pytest.raises(png.NoFont, match="no font with Chinese letters"):
            png.png_of('<svg viewBox="0 0 9 9"><text>图</text></svg>', 9)
        latin = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>A</text></svg>'
        assert size_of(png.png_of(latin, 18)) == (18, 18)

    def test_letters_without_a_font_look_alike(self) -> None:
        """Of a private area, which no font has."""
        assert not png.drawn_differently("\U0010fff0", "\U0010fff1")
        assert png.drawn_differently("A", "B")

    @pytest.mark.parametrize("named", ["", ' font-family="No Such Font, sans-serif"', ' font-family="serif"'])
    def test_letters_are_drawn_where_the_fonts_named_are_not_installed(self, named: str) -> None:
        """Resvg's own defaults are fonts of Windows; a picture without letters is what a computer without them made."""
        svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><text x="4" y="30"{}>{}</text></svg>'
        assert len({png.png_of(svg.format(named, letters), 80) for letters in ("A", "B", "中", "国", "")}) == 5

    def test_it_does_not_fill_the_memory(self) -> None:
        with pytest.raises(png.TooLarge):
            png.png_of('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 9000"/>', 8000)


class TestCommand:
    def draw(self, workspace: innograph.Workspace, *words: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["-w", str(workspace.folder), "--lang", "en", "draw", *words])
        return done.exit_code, done.stderr

    @pytest.mark.parametrize(
        ("ending", "starts"),
        [(".html", b"<!doctype html>"), (".svg", b"<svg "), (".png", b"\x89PNG"), (".PNG", b"\x89PNG")],
    )
    def test_the_ending_says_the_form(
        self, planned: innograph.Workspace, tmp_path: Path, ending: str, starts: bytes
    ) -> None:
        file = tmp_path / "new" / f"图{ending}"
        assert self.draw(planned, "科技局", "-o", str(file))[0] == 0
        assert file.read_bytes().startswith(starts)
        assert [path.name for path in file.parent.iterdir()] == [file.name]

    def test_a_form_nobody_knows_is_refused(self, planned: innograph.Workspace, tmp_path: Path) -> None:
        code, said = self.draw(planned, "-o", str(tmp_path / "x.pdf"))
        assert (code, ".svg" in said) == (2, True)
        assert list(tmp_path.iterdir()) == []

    def test_an_ending_must_not_contradict_the_form(self, planned: innograph.Workspace, tmp_path: Path) -> None:
        code, said = self.draw(planned, "--format", "svg", "-o", str(tmp_path / "x.html"))
        assert (code, "x.html" in said, "does not fit the format svg" in said) == (2, True, True)
        assert list(tmp_path.iterdir()) == []
        assert self.draw(planned, "科技局", "--format", "svg", "-o", str(tmp_path / "图"))[0] == 0
        assert (tmp_path / "图").read_bytes().startswith(b"<svg ")

    def test_a_day(self, planned: innograph.Workspace, tmp_path: Path) -> None:
        file = tmp_path / "x.svg"
        assert self.draw(planned, "--kind", "matrix", "--as-of", "2023-01-01", "-o", str(file))[0] == 0
        assert "as of 2023-01-01" in file.read_text(encoding="utf-8")
        code, said = self.draw(planned, "--as-of", "soon", "-o", str(file))
        assert (code, "soon" in said) == (2, True)

    def test_it_says_what_is_left_out(self, planned: innograph.Workspace, tmp_path: Path) -> None:
        code, said = self.draw(planned, "科技局", "--most", "5", "-o", str(tmp_path / "x.svg"))
        assert code == 0
        assert "9 more are left out" in said
        assert "innograph draw 科技局 --most 14" in said

    def test_types_by_their_names(self, planned: innograph.Workspace, tmp_path: Path) -> None:
        assert self.draw(planned, "科技局", "--type", "任务", "-o", str(tmp_path / "x.svg"))[0] == 0
        code, said = self.draw(planned, "科技局", "--type", "火箭", "-o", str(tmp_path / "x.svg"))
        assert (code, "Enterprise" in said) == (2, True)

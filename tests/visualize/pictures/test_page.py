"""The picture in a real browser: it opens offline and settled, shows its evidence, and runs nothing it was given."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import innograph
from innograph.graph.text import use_language
from innograph.visualize.matrix import Cell, Matrix, Row, matrix_in, terminal_matrix
from innograph.visualize.pictures import Drawing, Scene, Wanted, drawn, flows_of, picture_of
from innograph.visualize.pictures.html import page as page_of

if TYPE_CHECKING:
    from browser import PageLog
    from playwright.sync_api import Page

# （二） is nobody's; the other plan is the sample.
OTHER_PLAN = """石城市科技创新行动方案（2023—2025年）

二、重点任务

（一）办好科技活动。举办科技活动周。

牵头单位：石城市科技局

（二）建设创新平台。推广好的经验。
"""
OTHER, SAMPLE = (
    "《石城市科技创新行动方案（2023—2025年）》",
    "《昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）》",
)

PAYLOAD = "</script><script>window.ran=1</script><img src=x onerror=window.ran=2>\"'><svg onload=window.ran=3>"


@pytest.fixture(scope="module")
def workspace(planned: innograph.Workspace) -> innograph.Workspace:
    return planned


@pytest.fixture(scope="module")
def two_plans(tmp_path_factory: pytest.TempPathFactory) -> innograph.Workspace:
    folder = tmp_path_factory.mktemp("two")
    made = innograph.Workspace.create(folder / "ws")
    (folder / "other.txt").write_text(OTHER_PLAN, encoding="utf-8")
    made.load(folder / "other.txt")
    made.load(innograph.sample("changji") / "plan.txt")
    return made


def overview(workspace: innograph.Workspace) -> str:
    return picture_of(workspace, Wanted()).html()


def around(workspace: innograph.Workspace, thing: str, depth: int) -> str:
    return picture_of(workspace, Wanted(thing=thing, depth=depth)).html()


def drawing_of(workspace: innograph.Workspace, wanted: Wanted) -> Drawing:
    found = picture_of(workspace, wanted).drawing
    assert found is not None
    return found


def open_page(page: Page, html: str, folder: Path) -> None:
    file = folder / "图.html"
    file.write_text(html, encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_selector("#network[data-ready=yes]")


@pytest.mark.parametrize(
    ("lang", "lead", "heading"), [("zh", "牵头", "责任矩阵"), ("en", "lead", "Responsibility matrix")]
)
def test_overview(
    workspace: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path, lang: str, lead: str, heading: str
) -> None:
    with use_language("zh" if lang == "zh" else "en"):
        html = overview(workspace)
    open_page(page, html, tmp_path)
    assert page.inner_text("#matrix-title") == heading
    assert page.locator(".matrix tbody tr").count() == 13
    assert page.locator(".matrix thead th").count() == 1 + 19
    assert page.locator(".matrix [data-edge]").count() == 61
    assert page.locator(".legend li").count() >= 8
    assert page.locator("#network canvas").count() == 1
    # 科技局 is the busiest unit, so it stands first, and it leads task （一）
    page.locator(".matrix tbody tr").first.locator("td").first.locator("button").click()
    assert page.inner_text("#quote") == "牵头单位：市科技局"
    assert f"昌吉市科技局 {lead} 完善区域创新体系建设" in page.inner_text("#what")
    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()
    page_log.assert_clean()


def test_clicking_an_edge_shows_its_sentence(
    workspace: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    html = around(workspace, "中科院新疆生地所", 1)
    open_page(page, html, tmp_path)
    box = page.locator("#network").bounding_box()
    assert box is not None
    # an edge is hit by walking over the picture until the drawer opens on one
    for step in range(4, 97):
        page.mouse.click(box["x"] + box["width"] * step / 100, box["y"] + box["height"] * 0.5)
        if page.locator("#drawer").is_visible() and "COOPERATES_WITH" in page.inner_text("#subject"):
            break
        for down in (0.2, 0.35, 0.65, 0.8):
            page.mouse.click(box["x"] + box["width"] * step / 100, box["y"] + box["height"] * down)
            if page.locator("#drawer").is_visible() and ":" in page.inner_text("#subject"):
                break
    assert "中科院新疆生地所—昌吉州科普合作" in page.inner_text("#quote")
    page_log.assert_clean()


def test_search_finds_and_says_when_it_does_not(
    workspace: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    with use_language("zh"):
        html = overview(workspace)
    open_page(page, html, tmp_path)
    page.fill("#search", "新疆信息产业园")
    page.press("#search", "Enter")
    assert "新疆信息产业园" in page.inner_text("#what")
    page.fill("#search", "没有这个名字")
    page.press("#search", "Enter")
    assert page.inner_text("#found") == "没有找到"
    page_log.assert_clean()


def test_nothing_in_names_or_quotes_runs(page: Page, page_log: PageLog, tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("Task:1", label="Task", name=PAYLOAD, quote=PAYLOAD, place=PAYLOAD)
    graph.add_node(PAYLOAD, label="Department", name=PAYLOAD, quote=PAYLOAD, place=PAYLOAD, search=PAYLOAD)
    graph.add_edge(PAYLOAD, "Task:1", key=PAYLOAD, type="LEADS", said=PAYLOAD, quote=PAYLOAD, place=PAYLOAD)
    matrix = Matrix([Row(PAYLOAD, PAYLOAD)], [PAYLOAD], {(0, PAYLOAD): Cell("lead", PAYLOAD, PAYLOAD, PAYLOAD)})
    open_page(page, page_of(PAYLOAD, drawn(Scene(PAYLOAD, graph, PAYLOAD)), matrix), tmp_path)
    page.locator("[data-edge]").click()
    assert page.inner_text("#quote") == PAYLOAD
    page.fill("#search", PAYLOAD)
    page.press("#search", "Enter")
    assert page.evaluate("window.ran") is None
    page_log.assert_clean()


def test_nothing_in_flows_runs(page: Page, page_log: PageLog, tmp_path: Path) -> None:
    row = {"region": PAYLOAD, "other": f"{PAYLOAD}2", "pairs": 3, "projects": 2}
    flows = flows_of([{**row, "quote": PAYLOAD, "place": PAYLOAD, "evidence": [PAYLOAD]}], PAYLOAD, PAYLOAD, PAYLOAD)
    (tmp_path / "f.html").write_text(page_of(PAYLOAD, flows=flows), encoding="utf-8")
    page.goto((tmp_path / "f.html").as_uri())
    band = page.locator("svg .band")
    assert band.count() == 1
    band.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#quote") == PAYLOAD
    assert page.locator("svg rect title").all_text_contents() == [PAYLOAD, f"{PAYLOAD}2"]
    assert page.locator(".crossing th").all_text_contents()[1:] == [PAYLOAD, f"{PAYLOAD}2"] * 2
    assert page.evaluate("window.ran") is None
    page_log.assert_clean()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_flows_of_the_sample(
    whole: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path, lang: str
) -> None:
    with use_language("zh" if lang == "zh" else "en"):
        html = picture_of(whole, Wanted("regions")).html()
    (tmp_path / "f.html").write_text(html, encoding="utf-8")
    page.goto((tmp_path / "f.html").as_uri())
    assert page.get_attribute("html", "lang") == ("zh-CN" if lang == "zh" else "en")
    assert "昌吉回族自治州" in (page.locator("svg text").first.text_content() or "")  # home is the first
    page.locator(".crossing button").first.click()
    assert page.locator("#drawer").is_visible()
    assert page.inner_text("#quote")
    page.keyboard.press("Escape")
    page.locator(".flows .band").last.click()
    assert page.inner_text("#quote")
    page_log.assert_clean()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_search_knows_pinyin(
    whole: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path, lang: str
) -> None:
    with use_language("zh" if lang == "zh" else "en"):
        html = picture_of(whole, Wanted("cooperation")).html()
    open_page(page, html, tmp_path)
    page.fill("#search", "slchangjinongyexueyuan")
    page.press("#search", "Enter")
    assert page.inner_text("#found") == {"zh": "没有找到", "en": "Nothing found"}[lang]
    page.fill("#search", "shilichangjinongyexueyuan")
    page.press("#search", "Enter")
    assert page.inner_text("#what") == {"zh": "高校院所", "en": "Institute"}[lang] + "　示例昌吉农业学院"
    page_log.assert_clean()


def test_another_page_may_show_evidence_itself(
    workspace: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    open_page(page, around(workspace, "科技局", 1), tmp_path)
    page.evaluate(
        "document.getElementById('network').addEventListener('innograph:pick',"
        " (event) => { window.picked = event.detail; event.preventDefault(); })"
    )
    page.fill("#search", "昌吉市科技局")
    page.press("#search", "Enter")
    assert page.evaluate("window.picked") == {"kind": "node", "id": "Department:652301/科技局"}
    assert page.locator("#drawer").is_hidden()
    page_log.assert_clean()


def test_it_is_drawn_settled(workspace: innograph.Workspace, page: Page, tmp_path: Path) -> None:
    open_page(page, overview(workspace), tmp_path)
    board = page.locator("#network canvas")
    before = board.screenshot()
    page.wait_for_timeout(600)
    assert board.screenshot() == before


def test_the_same_graph_gives_the_same_page(workspace: innograph.Workspace) -> None:
    assert overview(workspace) == overview(workspace)


def test_terminal_matrix_has_a_mark_for_every_assignment(workspace: innograph.Workspace) -> None:
    matrix = matrix_in(workspace)
    with use_language("zh"):
        text = terminal_matrix(matrix)
    rows = "\n".join(text.splitlines()[:-2])  # without legend and unit list
    assert (rows.count("●"), rows.count("◉"), rows.count("○")) == (11, 4, 46)  # 15 leads, 4 of them in two joint pairs
    assert matrix.units[0] == "昌吉市科技局"


def test_several_plans_each_under_its_title(
    two_plans: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    with use_language("zh"):
        html = overview(two_plans)
    open_page(page, html, tmp_path)
    rows = page.locator(".matrix tbody tr")
    assert page.locator(".matrix tr.plan").all_inner_texts() == [SAMPLE, OTHER]
    assert [rows.nth(i).locator("th").inner_text() for i in (0, 14, 15, 16)] == [
        SAMPLE, OTHER, "（一）办好科技活动", "（二）建设创新平台",
    ]  # fmt: skip
    assert rows.nth(14).locator("th").get_attribute("colspan") == str(1 + 20)
    assert [rows.nth(i).locator("button").count() for i in (15, 16)] == [1, 0]
    rows.nth(15).locator("button").click()
    assert page.inner_text("#place") == f"{OTHER} 二（一） 第7行"
    page_log.assert_clean()


def test_terminal_matrix_names_each_plan_and_shows_what_nobody_owns(two_plans: innograph.Workspace) -> None:
    lines = terminal_matrix(matrix_in(two_plans)).splitlines()
    assert (lines[1], lines[15]) == (SAMPLE, OTHER)
    assert lines[16].endswith("  （一）办好科技活动")
    assert "●" in lines[16]
    assert lines[17] == " ·" + "  ·" * 19 + "  （二）建设创新平台"


def test_one_plan_is_not_named_in_its_matrix(workspace: innograph.Workspace) -> None:
    assert SAMPLE not in terminal_matrix(matrix_in(workspace))
    html = overview(workspace)
    assert '<tr class="plan">' not in html


@pytest.mark.parametrize(("thing", "depth", "fits"), [("", 0, True), ("科技局", 1, True), ("科技局", 2, False)])
def test_it_opens_readable(
    workspace: innograph.Workspace, page: Page, tmp_path: Path, thing: str, depth: int, fits: bool
) -> None:
    """Labels of 13 px are about 10 px high: all of the picture where it fits, else its centre."""
    html = around(workspace, thing, depth) if thing else overview(workspace)
    page.set_viewport_size({"width": 1366, "height": 768})
    open_page(page, html, tmp_path)
    scale = float(page.get_attribute("#network", "data-scale") or 0)
    assert scale * 13 >= 9.75
    assert (scale != 0.85) is fits  # 0.85 is where a picture too large opens


def test_the_page_holds_what_is_drawn(workspace: innograph.Workspace) -> None:
    for depth in (1, 2):
        [data] = re.findall(r'id="data">(.*?)</script>', around(workspace, "科技局", depth))
        drawing = drawing_of(workspace, Wanted(thing="科技局", depth=depth))
        assert json.loads(data)["nodes"] == drawing.nodes
        assert json.loads(data)["edges"] == drawing.edges


def test_roles_do_not_look_alike(workspace: innograph.Workspace) -> None:
    edges = drawing_of(workspace, Wanted()).edges
    looks = {e["kind"]: (e["dashes"], e["width"], e["ink"]) for e in edges}
    lead, support, other = looks["LEADS"], looks["SUPPORTS"], looks["HAS_TASK"]
    assert (bool(lead[0]), bool(support[0]), bool(other[0])) == (False, True, False)
    assert lead[1] > 2 * support[1] > 2 * other[1]
    assert len({lead[2], support[2], other[2]}) == 3


def test_the_hint_speaks_of_what_is_there(workspace: innograph.Workspace) -> None:
    with use_language("en"):
        assert "cell of the matrix" in overview(workspace)
        near = around(workspace, "科技局", 1)
    assert "Click an edge or a node" in near
    assert "cell of the matrix" not in near
    assert "within one step" in near


def test_the_policy_allows_its_own_scripts_and_style_and_nothing_else(workspace: innograph.Workspace) -> None:
    html = overview(workspace)

    def hashes(tag: str) -> list[str]:
        blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        return ["'sha256-" + base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() + "'" for b in blocks]

    scripts, styles = hashes("script"), hashes("style")
    assert (len(scripts), len(styles)) == (2, 1)
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.*?)">', html)
    assert [" ".join(part.split()) for part in policy.split(";")] == [
        "default-src 'none'", "img-src data:", f"style-src {styles[0]}", f"script-src {scripts[0]} {scripts[1]}",
        "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip

"""The network explorer in a real browser: it opens settled, grows without moving, and every line of it has its proof."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import innograph
from innograph.visualize.workbench.exploring import as_listed, listed
from innograph.visualize.workbench.paths import shortest

if TYPE_CHECKING:
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Browser, Page
    from workbench_server import Workbench, WorkbenchOf

UNIT = "Department:652301/科技局"
OTHER = "Department:652301/教育局"
TASK = "推动工业转型升级"
AROUND = f"/explore?centre={quote(UNIT)}"
PAYLOAD = "<img src=x onerror=window.ran=1>\"'</script><script>window.ran=2</script>"


def opened(page: Page, workbench: Workbench, path: str) -> None:
    page.goto(workbench.url(path))
    page.wait_for_selector("#explorer-board[data-ready]")


def places(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("innographExplorer.network.getPositions()")
    return found


def choose(page: Page, name: str) -> None:
    page.locator("#explorer-things a", has_text=name).click()
    expect(page.locator(".chosen h2")).to_have_text(name)


class TestGrowing:
    def test_it_opens_settled_with_what_is_around(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        opened(page, workbench, AROUND)
        first = places(page)
        assert len(first) == 1 + 12 + 1  # itself, its tasks and its city
        assert first[UNIT] == {"x": 0, "y": 0}
        page.wait_for_timeout(300)
        assert places(page) == first
        page_log.assert_clean()

    def test_expanding_moves_nothing_and_is_in_the_address(
        self, workbench: Workbench, page: Page, page_log: PageLog
    ) -> None:
        opened(page, workbench, AROUND)
        before = places(page)
        choose(page, TASK)
        page.locator("[data-act=expand]").click()
        page.wait_for_url("**expanded=**")
        expect(page.locator("#explorer-said")).to_have_text("加了8个")
        after = places(page)
        assert {own: after[own] for own in before} == before
        assert len(after) == len(before) + 8
        expect(page.locator("#explorer-things li")).to_have_count(len(after))
        page.reload()
        page.wait_for_selector("#explorer-board[data-ready]")
        assert places(page) == after
        page.go_back()
        expect(page.locator("#explorer-things li")).to_have_count(len(before))
        page_log.assert_clean()

    def test_double_click_expands(self, workbench: Workbench, page: Page) -> None:
        opened(page, workbench, AROUND)
        at = page.evaluate(
            "() => { const n = innographExplorer.network; const id = Object.keys(n.getPositions()).find((i) => i.endsWith('/2.4'));"
            " return n.canvasToDOM(n.getPosition(id)); }"
        )
        page.locator("#explorer-board canvas").dblclick(position=at)
        expect(page.locator("#explorer-things li")).to_have_count(14 + 8)

    def test_what_is_dragged_stays_there(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        opened(page, workbench, AROUND)
        box = page.locator("#explorer-board").bounding_box()
        assert box
        at = page.evaluate(f"innographExplorer.network.canvasToDOM(innographExplorer.network.getPosition('{UNIT}'))")
        page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
        page.mouse.down()
        page.mouse.move(box["x"] + at["x"] + 60, box["y"] + at["y"] - 150, steps=8)
        page.mouse.up()
        page.wait_for_url("**at=**")
        put = places(page)[UNIT]
        assert put["x"] > 30
        assert put["y"] < -80
        choose(page, TASK)
        page.locator("[data-act=expand]").click()
        page.wait_for_url("**expanded=**")
        page.reload()
        page.wait_for_selector("#explorer-board[data-ready]")
        again = places(page)[UNIT]
        assert abs(again["x"] - put["x"]) <= 1
        assert abs(again["y"] - put["y"]) <= 1
        href = page.locator("a[download]", has_text="SVG").get_attribute("href")
        assert href
        assert "at=" in href
        page_log.assert_clean()

    @pytest.mark.parametrize("by", ["key", "button"])
    def test_a_thing_is_pinned_and_let_go_without_a_mouse(
        self, workbench: Workbench, page: Page, page_log: PageLog, by: str
    ) -> None:
        opened(page, workbench, AROUND)
        task = page.locator("#explorer-things a", has_text=TASK)
        task.focus()
        task.press("Enter")
        expect(page.locator(".chosen h2")).to_have_text(TASK)
        own = str(task.get_attribute("data-node"))
        before = places(page)[own]

        def press(act: str) -> None:
            if by == "key":
                page.locator("#explorer-things a", has_text=TASK).press("p")
            else:
                page.locator(f"[data-act={act}]").press("Enter")

        press("pin")
        page.wait_for_url("**at=**")
        expect(page.locator("[data-act=unpin]")).to_have_count(1)
        page.goto(page.url.replace("depth=1", "depth=2") if "depth=" in page.url else page.url + "&depth=2")
        page.wait_for_selector("#explorer-board[data-ready]")
        kept = places(page)[own]  # all else has moved to make room
        assert abs(kept["x"] - before["x"]) <= 1
        assert abs(kept["y"] - before["y"]) <= 1
        press("unpin")
        page.wait_for_function("() => !new URL(location.href).searchParams.get('at')")
        expect(page.locator("[data-act=pin]")).to_have_count(1)
        page_log.assert_clean()

    def test_hiding_takes_away_one_and_brings_it_back(self, workbench: Workbench, page: Page) -> None:
        opened(page, workbench, AROUND)
        before = places(page)
        choose(page, TASK)
        page.locator("[data-act=hide]").click()
        expect(page.locator("#explorer-things li")).to_have_count(13)
        assert len(places(page)) == 13
        page.get_by_role("link", name="恢复隐藏的1个").click()
        expect(page.locator("#explorer-things li")).to_have_count(14)
        assert places(page) == before


class TestProof:
    def test_a_line_of_the_table_opens_the_drawer(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        opened(page, workbench, AROUND)
        row = page.locator("#explorer-ties tr", has_text=TASK)
        row.locator("a.proof").click()
        drawer = page.locator("#drawer")
        expect(drawer.locator("mark")).to_contain_text("科技局")
        assert "evidence=SUPPORTS" in page.url
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        page_log.assert_clean()

    def test_a_click_on_a_line_of_the_picture_does_too(self, workbench: Workbench, page: Page) -> None:
        opened(page, workbench, AROUND)
        page.evaluate(
            "innographExplorer.pick('edge', innographExplorer.edges.getIds().find((id) => id.startsWith('SUPPORTS')))"
        )
        expect(page.locator("#drawer mark")).to_contain_text("科技局")

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_paths_name_every_step_with_its_proof(
        self, workbench: Workbench, page: Page, page_log: PageLog, language: str
    ) -> None:
        """科技局 and 教育局 work on the same tasks: two steps apart, and never by way of the city they share."""
        opened(page, workbench, f"/explore?centre=kjj&to={quote('教育局')}&lang={language}")
        heading = page.locator("h1")
        expect(heading).to_contain_text("最近2步" if language == "zh" else "2 steps apart")
        ways = page.locator(".paths > li")
        assert ways.count() >= 1
        for way in ways.all():
            steps = way.locator("ul li")
            assert steps.count() == 2
            assert steps.locator("a[data-evidence]").count() == 2
            assert "昌吉市" not in way.locator("p a").nth(1).inner_text()
        ways.first.locator("ul a[data-evidence]").first.click()
        expect(page.locator("#drawer mark").first).to_be_visible()
        page_log.assert_clean()


class TestChoosing:
    def test_types_are_in_the_address(self, workbench: Workbench, page: Page) -> None:
        opened(page, workbench, AROUND)
        page.get_by_role("checkbox", name=re.compile("区域")).uncheck()
        page.wait_for_url("**types=**")
        page.wait_for_selector("#explorer-board[data-ready]")
        assert len(places(page)) == 13
        assert "Region" not in page.url
        page.go_back()
        page.wait_for_selector("#explorer-board[data-ready]")
        assert len(places(page)) == 14

    def test_steps(self, workbench: Workbench, page: Page) -> None:
        opened(page, workbench, AROUND)
        page.get_by_role("navigation", name="几步").get_by_role("link", name="2").click()
        page.wait_for_url("**depth=2**")
        page.wait_for_selector("#explorer-board[data-ready]")
        assert len(places(page)) > 60

    def test_pinyin_is_completed_with_the_keyboard(self, workbench: Workbench, page: Page) -> None:
        opened(page, workbench, AROUND)
        page.get_by_label("与谁之间的路径").fill("jyj")
        expect(page.locator(".suggestions a").first).to_have_text("昌吉市教育局")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**to=Department**")

    def test_a_name_of_several_lists_them(self, workbench: Workbench) -> None:
        answer = workbench.get(f"/explore?centre={quote('局')}")
        assert answer.status_code == 200
        assert "可能是下面这些" in answer.text
        assert workbench.get(f"/explore?centre={quote('ΩΨ')}").status_code == 404

    def test_too_many_say_what_is_left_out_and_how_to_see_it(self, workbench: Workbench) -> None:
        text = workbench.get(f"/explore?centre={quote('昌吉市')}&depth=3").text
        count = int((re.search(r"图中有(\d+)个节点", text) or [0, 0])[1])
        assert count == 150
        assert "画到300个" in text


class TestKeyboard:
    def test_all_with_keys(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        opened(page, workbench, AROUND)
        page.locator("#in-picture").focus()
        page.keyboard.type("gongye")
        expect(page.locator("#explorer-things li:visible")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("e")
        expect(page.locator("#explorer-said")).to_have_text("加了8个")
        page.keyboard.press("h")
        expect(page.locator("#explorer-things li", has_text=TASK)).to_have_count(0)
        assert page.evaluate("document.activeElement.tagName") != "BODY"
        page_log.assert_clean()

    @pytest.mark.parametrize(
        "path", [AROUND, f"{AROUND}&selected={quote(UNIT)}", f"{AROUND}&to={quote(OTHER)}", "/explore"]
    )
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_axe_finds_nothing(self, workbench: Workbench, page: Page, path: str, language: str) -> None:
        page.goto(workbench.url(f"{path}{'&' if '?' in path else '?'}lang={language}"))
        if path != "/explore":
            page.wait_for_selector("#explorer-board[data-ready]")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


class TestWithoutScript:
    def test_a_picture_a_table_and_links_for_every_step(self, workbench: Workbench, browser: Browser) -> None:
        context = browser.new_context(java_script_enabled=False, locale="zh-CN")
        page = context.new_page()
        page.goto(workbench.url(f"{AROUND}&selected={quote(UNIT)}"))
        assert page.locator(".stage img").evaluate("image => image.naturalWidth") > 300
        assert page.locator("#explorer-ties tbody tr").count() == 13
        assert page.locator("#explorer-ties tbody a[data-evidence]").count() == 13
        page.locator("#explorer-things a", has_text=TASK).click()
        page.get_by_role("link", name="展开", exact=True).click()
        assert page.locator("#explorer-things li").count() == 14 + 8
        context.close()


def test_downloads_hold_exactly_what_is_shown(workbench: Workbench) -> None:
    task = next(
        node["id"]
        for node in workbench.get(f"/explore.json?centre={quote(UNIT)}").json()["nodes"]
        if node["full"] == TASK
    )
    shown = f"centre={quote(UNIT)}&expanded={quote(as_listed([task]))}&hidden={quote(OTHER)}"
    nodes = workbench.get(f"/explore.json?{shown}").json()["nodes"]
    svg = workbench.get(f"/explore.svg?{shown}")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert all(f"　{node['full']}</title>" in svg.text for node in nodes)
    assert svg.text.count("<g><title>") == len(nodes)
    png = workbench.get(f"/explore.png?{shown}")
    assert png.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["cooperation", "responsibility"])
def test_pictures_of_the_whole(workbench: Workbench, page: Page, page_log: PageLog, kind: str) -> None:
    opened(page, workbench, f"/explore?kind={kind}")
    assert len(places(page)) > 5
    assert page.locator("#explorer-ties tbody tr").count() > 5
    page_log.assert_clean()


@pytest.mark.parametrize("path", ["/explore?kind=responsibility", f"{AROUND}&to={quote(OTHER)}"])
def test_one_type_less_stays_to_be_chosen_again(workbench: Workbench, page: Page, path: str) -> None:
    opened(page, workbench, path)
    before = page.locator("#explorer-types input[type=checkbox]").count()
    page.get_by_role("checkbox", name=re.compile("任务")).uncheck()
    page.wait_for_url("**types=**")
    expect(page.locator("#explorer-types input[type=checkbox]")).to_have_count(before)
    expect(page.get_by_role("checkbox", name=re.compile("任务"))).not_to_be_checked()
    kinds = {
        node["kind"]
        for node in page.evaluate("fetch('/explore.json' + location.search).then((a) => a.json())")["nodes"]
    }
    assert "Task" not in kinds


def test_names_are_text_and_nothing_else(
    tmp_path: Path, workbench_of: WorkbenchOf, page: Page, page_log: PageLog
) -> None:
    doubled = PAYLOAD.replace('"', '""')
    rows = f'项目名称,承担单位,合作单位\n"{doubled}",子丑有限公司,"寅{doubled}有限公司"\n'
    (tmp_path / "projects.csv").write_text(rows, encoding="utf-8")
    folder = tmp_path / "ws"
    with innograph.Workspace.create(folder) as workspace:
        workspace.load(tmp_path / "projects.csv")
        workspace.build()
    hostile = workbench_of(folder)
    opened(page, hostile, f"/explore?centre={quote('Enterprise:子丑有限公司')}")
    expect(page.locator("#explorer-things a", has_text="onerror")).to_have_count(1)
    page.locator("#explorer-things a", has_text="onerror").click()
    expect(page.locator(".chosen h2")).to_contain_text("onerror")
    page.locator("[data-act=expand]").click()
    page.wait_for_url("**expanded=**")
    page.get_by_label("看谁的周围").fill("onerror")
    expect(page.locator(".suggestions a").first).to_contain_text("onerror")
    opened(page, hostile, f"/explore?centre={quote(PAYLOAD)}")
    assert page.evaluate("window.ran") is None
    page_log.assert_clean()


def test_the_library_is_served_by_us_and_kept(workbench: Workbench) -> None:
    for name in ("vis-network.js", "picture.js", "explorer.js"):
        answer = workbench.get(f"/static/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert b"vis-network" in workbench.get("/static/vis-network.js").content[:2000]
    assert workbench.get("/static/pages.py").status_code == 404


class TestPaths:
    def test_by_hand(self, tmp_path: Path) -> None:
        """Two bodies of one project; one of them with a third body in another: 2 and 4 steps, and the fifth not at all."""
        (tmp_path / "projects.csv").write_text(
            "项目名称,承担单位,合作单位\n项目一,甲有限公司,乙有限公司\n项目二,乙有限公司,丙有限公司\n项目三,丁有限公司,戊有限公司\n",
            encoding="utf-8",
        )
        with innograph.Workspace.create(tmp_path / "ws") as workspace:
            workspace.load(tmp_path / "projects.csv")
            store = workspace.store()
            ids = {letter: f"Enterprise:{letter}有限公司" for letter in "甲乙丙丁戊"}
            assert shortest(store, ids["甲"], ids["乙"]).steps == 2
            assert shortest(store, ids["甲"], ids["丙"]).steps == 4
            assert shortest(store, ids["甲"], ids["丁"]).total == 0
            assert shortest(store, ids["甲"], ids["丙"], lambda label: label != "Project").total == 0


@pytest.mark.parametrize("text", ["a|b", "a%7Cb", "50%|", "公司,有限", ""])
def test_ids_in_addresses_come_back(text: str) -> None:
    assert listed(as_listed([text, "x"])) == [one for one in (text, "x") if one]

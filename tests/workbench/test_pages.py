"""Pages of questions, search and proof in a running workbench: without script over plain requests, with it in Chromium."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser
from workspace_samples import workspace_beside

from innograph import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

BUREAU = "/thing/Department:652301/%E7%A7%91%E6%8A%80%E5%B1%80"


def parsed(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def heading(text: str) -> str:
    return parsed(text).css_first("h1").text(strip=True)


def first_column(text: str) -> list[str]:
    return [cell.text(strip=True) for cell in parsed(text).css("main table[data-copyable] tbody th")]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/q/things?lang=zh", "图谱里有哪些企业？"),
        ("/q/things?kind=task&lang=en", "Which tasks are in the graph?"),
        ("/q/things?kind=institute&region=昌吉州&lang=zh", "图谱里有哪些高校院所？ · 所在区域：昌吉回族自治州"),
        (
            "/q/matrix?unit=科技局&role=lead&lang=en",
            "Which units is each task assigned to? · Unit: 昌吉市科技局 · Role: lead",
        ),
        ("/q/unit?unit=科技局&lang=zh", "“昌吉市科技局”牵头、配合、负责哪些任务，各有什么目标？"),
        ("/q/load?lang=zh", "各单位牵头、配合、负责多少任务，担多少目标，任务量有多大？"),
    ],
)
def test_a_heading_says_what_was_asked(workbench: Workbench, path: str, words: str) -> None:
    assert heading(workbench.get(path).text) == words


class TestSearch:
    def test_a_name_leads_to_its_page(self, workbench: Workbench) -> None:
        answer = workbench.get("/search?q=市科技局")

        assert str(answer.url).endswith(BUREAU)
        assert heading(answer.text) == "昌吉市科技局"

    def test_words_that_are_a_question_lead_to_its_answer(self, workbench: Workbench) -> None:
        answer = workbench.get("/search?q=谁牵头跨区域科技合作")

        assert answer.url.path == "/q/responsible"
        assert "昌吉市科技局" in answer.text

    def test_nothing_found_says_so(self, workbench: Workbench) -> None:
        answer = workbench.get("/search?q=☃☃☃")

        assert answer.status_code == 200
        assert "没有找到" in heading(answer.text)

    def test_no_words_lead_to_all_questions(self, workbench: Workbench) -> None:
        assert workbench.get("/search?q=").url.path == "/ask"

    def test_a_cell_leads_to_its_thing(self, workbench: Workbench) -> None:
        assert str(workbench.get("/go?name=昌吉市科技局&kinds=Organisation").url).endswith(BUREAU)
        assert workbench.get("/go?name=☃☃☃&kinds=Organisation").status_code == 404


class TestQuestion:
    def test_sorted_by_a_column_and_back(self, workbench: Workbench) -> None:
        up = first_column(workbench.get("/q/load?sort=unit").text)
        down = first_column(workbench.get("/q/load?sort=-unit").text)

        assert len(up) > 10
        assert up == sorted(up)
        assert down == list(reversed(up))

    def test_found_in_the_rows(self, workbench: Workbench) -> None:
        every = workbench.get("/q/load.json").json()["rows"]
        fitting = [row["unit"] for row in every if "税务局" in json.dumps(row, ensure_ascii=False)]
        page = workbench.get("/q/load?find=税务局").text

        assert 0 < len(fitting) < len(every)
        assert sorted(first_column(page)) == sorted(fitting)
        assert f"共{len(every)}行，其中{len(fitting)}行含“税务局”" in page

    def test_the_head_says_how_it_is_sorted_and_turns_it_round(self, workbench: Workbench) -> None:
        head = parsed(workbench.get("/q/load?sort=unit").text).css_first("th[aria-sort]")

        assert head.attributes["aria-sort"] == "ascending"
        assert "sort=-unit" in (head.css_first("a").attributes["href"] or "")

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/q/no-such-question", 404),
            ("/q/unit?unit=火星大学", 404),
            ("/q/load?as_of=yesterday", 400),
            ("/thing/Task:none", 404),
            ("/thing/no-type", 404),
            ("/evidence/LEADS:none", 404),
            ("/sources/0000", 404),
            ("/nowhere", 404),
        ],
    )
    def test_errors_are_pages(self, workbench: Workbench, path: str, status: int) -> None:
        answer = workbench.get(path)

        assert answer.status_code == status
        page = parsed(answer.text)
        assert page.css_first("nav.rail a") is not None
        assert len(page.css("h1")) == 1
        assert "Traceback" not in answer.text

    def test_the_day_asked_for_stays_in_the_page(self, workbench: Workbench) -> None:
        page = parsed(workbench.get("/q/load?as_of=2023-01-01").text)

        assert page.css_first("#as-of").attributes["value"] == "2023-01-01"
        assert "as_of=2023-01-01" in (page.css_first("main thead a").attributes["href"] or "")

    def test_more_than_a_thousand_rows_go_by_page(self, tmp_path: Path, workbench_of: WorkbenchOf) -> None:
        names = [f"第{number:04}号农机有限公司" for number in range(1, 1051)]
        rows = "\n".join(f"{name},昌吉市,高新技术企业" for name in names)
        (tmp_path / "firms.csv").write_text(f"企业名称,所在区域,资质\n{rows}\n", encoding="utf-8")
        with Workspace.create(tmp_path / "ws") as workspace:
            workspace.load(tmp_path / "firms.csv")
        workbench = workbench_of(tmp_path / "ws")
        seen: list[str] = []
        path, pages = "/q/partnerless?sort=enterprise&top=5000", 0
        while path:
            page = parsed(workbench.get(path).text)
            cells = [cell.text(strip=True) for cell in page.css("main table[data-copyable] tbody tr")]
            seen += cells
            following = page.css_first("a[rel=next]")
            path, pages = (str(following.attributes["href"]) if following else ""), pages + 1

        assert pages == 6  # 200 rows each
        assert len(seen) == 1050
        assert [name for name, text in zip(names, seen, strict=True) if name not in text] == []


class TestLanguage:
    def test_chosen_by_the_address_and_kept(self, workbench: Workbench) -> None:
        with workbench.client() as client:
            assert parsed(client.get("/ask").text).css_first("html").attributes["lang"] == "zh-CN"
            english = client.get("/ask?lang=en")
            assert parsed(english.text).css_first("html").attributes["lang"] == "en"
            assert "HttpOnly" in english.headers["set-cookie"]
            assert heading(client.get("/ask").text) == "Ask"
            assert heading(client.get("/ask?lang=zh").text) == "提问"
            assert heading(client.get("/ask").text) == "提问"

    def test_no_language_of_ours_is_passed_over(self, workbench: Workbench) -> None:
        assert heading(workbench.get("/ask?lang=%3Cscript%3E").text) == "提问"

    def test_the_browsers_where_the_workspace_has_none(
        self, workbench_of: WorkbenchOf, sample_snapshot: Path, tmp_path: Path
    ) -> None:
        Workspace.create(tmp_path / "empty").close()
        workbench = workbench_of(tmp_path / "empty", language="")
        with workbench.client(**{"accept-language": "en-GB,en;q=0.9"}) as client:
            assert heading(client.get("/ask").text) == "Ask"
        assert sample_snapshot.is_dir()


class TestDrawer:
    def test_without_script_the_address_opens_it(self, workbench: Workbench) -> None:
        page = parsed(workbench.get(BUREAU).text)
        proof = page.css_first("td.quote a[data-evidence]")
        opened = parsed(workbench.get(str(proof.attributes["href"])).text).css_first("#drawer")

        assert "hidden" not in opened.attributes
        assert opened.css_first("mark").text() == "牵头单位：市科技局"
        assert "hidden" in page.css_first("#drawer").attributes

    def test_opened_closed_and_opened_again_by_the_back_button(
        self, workbench: Workbench, page: Page, page_log: PageLog
    ) -> None:
        page.goto(workbench.url(BUREAU))
        proof = page.locator("td.quote a[data-evidence]").first
        proof.click()

        page.wait_for_selector("#drawer:not([hidden]) mark")
        assert page.locator("#drawer mark").first.inner_text() == "牵头单位：市科技局"
        assert "evidence=LEADS" in page.url
        page.keyboard.press("Escape")
        assert page.locator("#drawer").is_hidden()
        assert "evidence" not in page.url
        assert proof.evaluate("element => element === document.activeElement")
        page.go_back()
        page.wait_for_selector("#drawer:not([hidden])")
        page_log.assert_clean()

    def test_it_leads_to_the_line_in_its_source(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        page.goto(workbench.url(BUREAU))
        page.locator("td.quote a[data-evidence]").first.click()
        page.locator("#drawer article a").first.click()
        page.wait_for_selector("#mark mark")

        assert page.locator("#mark .cell").inner_text() == "牵头单位：市科技局"
        assert "".join(page.locator("#mark mark").all_inner_texts()) == "牵头单位：市科技局"
        assert page.locator("#mark").evaluate("e => e.getBoundingClientRect().top < innerHeight")
        page_log.assert_clean()


class TestKeyboard:
    def test_slash_goes_to_the_search_and_enter_finds(
        self, workbench: Workbench, page: Page, page_log: PageLog
    ) -> None:
        page.goto(workbench.url("/"))
        page.keyboard.press("/")
        page.keyboard.type("科技局")
        page.keyboard.press("Enter")
        page.wait_for_url("**/thing/**")

        assert page.locator("h1").inner_text() == "昌吉市科技局"
        led = page.locator("section.relation", has=page.locator("h2", has_text="牵头")).first
        assert "与国内知名高校、科研院所建立合作机制2家以上" in led.inner_text()
        page_log.assert_clean()

    def test_arrows_go_from_proof_to_proof(self, workbench: Workbench, page: Page) -> None:
        page.goto(workbench.url("/q/load"))
        proofs = page.locator("main table[data-copyable] td.quote a.proof")
        proofs.nth(0).focus()
        page.keyboard.press("ArrowDown")
        assert proofs.nth(1).evaluate("element => element === document.activeElement")
        page.keyboard.press("ArrowUp")
        assert proofs.nth(0).evaluate("element => element === document.activeElement")

    def test_the_first_tab_skips_to_the_answer(self, workbench: Workbench, page: Page) -> None:
        page.goto(workbench.url("/q/load"))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "main"


def test_a_table_is_copied_as_columns(workbench: Workbench, page: Page, page_log: PageLog) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(workbench.url("/q/load?find=科技局"))
    page.locator("[data-copy]").first.click()
    page.wait_for_selector("[data-copy][data-done]")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")

    rows = page.locator("main table[data-copyable] tbody tr").count()
    assert len(lines) == rows + 1
    assert {len(line.split("\t")) for line in lines} == {page.locator("main table[data-copyable] thead th").count()}
    assert lines[1].split("\t")[0] == "昌吉市科技局"
    page_log.assert_clean()


def test_no_cell_that_is_copied_runs_in_a_spreadsheet(tmp_path: Path, workbench_of: WorkbenchOf, page: Page) -> None:
    names = ["=1+1公司", "+8公司", "-8公司", "@8公司", "＝1公司", "八公司"]
    folder = workspace_beside(
        tmp_path, {"firms.csv": "企业名称,从业人数\n" + "\n".join(f"{n},5" for n in names)}, "firms.csv"
    )
    workbench = workbench_of(folder)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(workbench.url("/q/things?kind=enterprise"))
    page.locator("[data-copy]").first.click()
    page.wait_for_selector("[data-copy][data-done]")
    rows = [line.split("\t") for line in page.evaluate("navigator.clipboard.readText()").split("\n")[1:]]

    with Workspace(folder) as workspace:
        stored = {row[0] for row in workspace.cypher("MATCH (e:Enterprise) RETURN e.name AS name").rows}
    assert {name for name in stored if name[0] in "=+-@＝"}  # else there is nothing to be kept from running
    assert {row[0] for row in rows} == {name if name == "八公司" else f"'{name}" for name in stored}


def test_a_question_of_two_words_is_asked_in_its_address(workbench: Workbench) -> None:
    answer = workbench.get(f"/q/unit?unit={quote('市科技局')}")

    assert "昌吉市科技局" in heading(answer.text)


SUGGESTIONS = "/q/suggest-partners?body=示例天岭装备有限公司"
INDUSTRY = "/q/industry-partners?industry=数字信息"


@pytest.mark.parametrize("path", [SUGGESTIONS, INDUSTRY, INDUSTRY + "&lang=en"])
@pytest.mark.parametrize("width", [1366, 390])
def test_a_wide_table_scrolls_in_its_box_and_its_first_column_stays(
    workbench: Workbench, page: Page, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(workbench.url(path))
    box = page.locator(".scroll").filter(has=page.locator("table[data-copyable]"))
    assert box.evaluate("part => part.scrollWidth > part.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reasons = box.locator("tbody td", has_text=re.compile("field or region|领域或区域")).first
    assert reasons.evaluate("cell => cell.querySelector('div').getClientRects()[0].height") < 5 * 22.4  # lines
    first = box.locator("tbody th").first
    before = first.bounding_box()
    box.evaluate("part => part.scrollTo(600, 0)")
    after = first.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["x"] - before["x"]) < 2
    assert after["width"] < 0.4 * width


class TestPhone:
    def test_the_matrix_comes_first_and_filters_unfold(
        self, workbench: Workbench, page: Page, page_log: PageLog
    ) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(workbench.url("/q/matrix?unit=市科技局"))
        place = page.locator(".matrix tbody td a").first.bounding_box()
        assert place is not None
        assert place["y"] < 844
        unit = page.locator("#p-unit")
        assert not unit.is_visible()
        folded = page.get_by_text("筛选：单位 昌吉市科技局")
        folded.click()
        assert unit.is_visible()
        page_log.assert_clean()

    def test_where_something_is_needed_first_the_form_is_open(self, workbench: Workbench, page: Page) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(workbench.url("/q/suggest-partners"))
        assert page.locator("#p-body").is_visible()

    def test_on_a_wide_screen_nothing_is_folded(self, workbench: Workbench, page: Page) -> None:
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(workbench.url("/q/matrix"))
        assert page.locator("#p-unit").is_visible()
        assert not page.get_by_text("筛选", exact=True).is_visible()


class TestNames:
    @pytest.mark.parametrize("typed", ["kjj", "kejiju", "科技"])
    def test_a_name_is_filled_in_by_pinyin_with_the_keyboard(
        self, workbench: Workbench, page: Page, page_log: PageLog, typed: str
    ) -> None:
        page.goto(workbench.url("/q/unit"))
        page.locator("#p-unit").press_sequentially(typed)
        page.get_by_role("button", name="昌吉市科技局", exact=True).wait_for()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.innerText") == "昌吉市科技局"
        page.keyboard.press("Enter")
        assert page.locator("#p-unit").input_value() == "昌吉市科技局"
        assert not page.locator(".suggestions").first.is_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**unit=**")
        assert "昌吉市科技局" in page.locator("h1").inner_text()
        page_log.assert_clean()

    def test_escape_puts_the_list_away(self, workbench: Workbench, page: Page) -> None:
        page.goto(workbench.url("/q/unit"))
        page.locator("#p-unit").press_sequentially("kjj")
        page.locator(".suggestions button").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        assert not page.locator(".suggestions").first.is_visible()
        assert page.evaluate("document.activeElement.id") == "p-unit"

    def test_only_things_of_the_right_type_are_offered(self, workbench: Workbench, page: Page) -> None:
        page.goto(workbench.url("/q/industry-partners"))
        page.locator("#p-industry").press_sequentially("shuzi")
        page.locator(".suggestions button").first.wait_for()
        assert page.locator(".suggestions button").all_inner_texts() == ["数字信息"]

"""The page that every thing has, and the pages of sources, on the samples: what the plan says, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import cooperation_sample
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from innograph import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

BUREAU = "Department:652301/科技局"


def page_of(workbench: Workbench, path: str) -> LexborHTMLParser:
    answer = workbench.get(path)
    assert answer.status_code == 200, path
    return LexborHTMLParser(answer.text)


def relation(page: LexborHTMLParser, words: str) -> LexborNode:
    return next(one for one in page.css("section.relation") if one.css_first("h2").text().split()[0] == words)


def names(section: LexborNode) -> list[str]:
    return [cell.text(strip=True) for cell in section.css("tbody th")]


def task_page(workbench: Workbench, words: str) -> LexborHTMLParser:
    return page_of(workbench, f"/search?q={quote(words)}")


def test_a_unit_shows_what_it_leads_and_supports_with_targets(workbench: Workbench) -> None:
    page = page_of(workbench, f"/thing/{quote(BUREAU)}")
    led, supported = relation(page, "牵头"), relation(page, "配合")

    # plan.txt: 市科技局 leads seven of the thirteen tasks and supports five.
    assert len(names(led)) == 7
    assert len(names(supported)) == 5
    assert "推动工业转型升级" in names(supported)
    first = led.css_first("tbody tr")
    assert names(led)[0] == "完善区域创新体系建设"
    assert "引进培育专业化科技创新服务机构3家以上" in first.text()
    assert first.css_first("td.quote a").text() == "牵头单位：市科技局"


def test_a_task_shows_who_leads_it_and_the_sentence(workbench: Workbench) -> None:
    page = task_page(workbench, "推动高新技术企业提质增量")
    leads = relation(page, "由下列部门牵头")

    assert sorted(names(leads)) == ["昌吉市商务和工信局", "昌吉市科技局"]
    assert "牵头单位：市商务和工信局、科技局" in leads.text()
    assert "共同牵头" in leads.text()


def test_properties_are_in_words_with_the_line_that_says_them(workbench: Workbench) -> None:
    table = page_of(workbench, f"/thing/{quote(BUREAU)}").css_first("table.facts")
    facts = {row.css_first("th").text(): row.css_first("td").text() for row in table.css("tr")}

    assert facts["层级"] == "县市级"
    assert facts["辖区代码"] == "昌吉市"
    assert all(row.css_first("a[data-evidence]") for row in table.css("tr"))


@pytest.mark.parametrize(("language", "country"), [("zh", "中国"), ("en", "China")])
def test_codes_of_places_are_shown_as_names(workbench: Workbench, language: str, country: str) -> None:
    table = page_of(workbench, f"/thing/Region:652301?lang={language}").css_first("table.facts")
    facts = {row.css_first("th").text(): row.css_first("td").text() for row in table.css("tr")}

    assert facts["国家" if language == "zh" else "Country"] == country
    assert facts["层级" if language == "zh" else "Level"] == ("县市级" if language == "zh" else "county")


def test_what_is_found_is_led_to_and_no_code_is_shown(workbench: Workbench) -> None:
    table = page_of(workbench, "/q/find?name=市科技局").css_first("table[data-copyable]")

    assert {row.css_first("th a").attributes["href"] for row in table.css("tbody tr")} == {
        f"/thing/{quote(BUREAU, safe='/:')}"
    }
    assert "关系代码" not in table.text()
    assert "LEADS" not in table.text()
    assert "Department:" not in table.text()


def test_ids_in_excerpts_of_lines_are_words_and_the_proof_has_the_line_as_it_stands(workbench: Workbench) -> None:
    lines = " ".join(one.text() for one in page_of(workbench, "/findings?rule=target-progress").css(".card .lines"))
    (row,) = [
        one
        for one in workbench.get("/q/target-progress.json").json()["rows"]
        if one["target"] == "上市、挂牌企业累计超过4家"
    ]
    (proof,) = [own for own in row["evidence"] if own.startswith("Progress:")]

    assert "〔目标〕" in lines
    assert "Target:" not in lines
    assert "Target:昌市政办发" in page_of(workbench, f"/evidence/{quote(proof)}").css_first("mark").text()


def test_every_question_that_takes_the_thing_is_filled_in_and_answers(workbench: Workbench) -> None:
    links = [a.attributes["href"] or "" for a in page_of(workbench, f"/thing/{quote(BUREAU)}").css(".askable a")]

    assert any(link.startswith("/q/unit?unit=") for link in links)
    assert len(links) > 8
    for link in links:
        assert workbench.get(link).status_code == 200, link


def test_a_page_of_a_day_has_findings_and_links_of_that_day(workbench: Workbench) -> None:
    assert workbench.get(f"/findings.json?thing={quote(BUREAU)}").json()["total"] > 0
    for day in ("2021-01-01", "2022-12-31"):  # the plan was issued in May 2022
        found = workbench.get(f"/findings.json?thing={quote(BUREAU)}&as_of={day}").json()["total"]
        path = f"/thing/{quote(BUREAU)}?as_of={day}"
        page = page_of(workbench, path)
        part = page_of(workbench, f"/parts/findings/{quote(BUREAU)}?as_of={day}")
        later = page_of(workbench, path)  # what was worked out for the part is on the page now
        shown = part.css(".findings a")
        assert len(shown) == min(found, 12)
        assert all(f"as_of={day}" in str(link.attributes["href"]) for link in shown)
        assert len(later.css(".findings li")) == len(shown)
        assert all(f"as_of={day}" in str(link.attributes["href"]) for link in page.css(".askable a"))
        json = next(link for link in page.css("p.kind a") if link.text() == "JSON")
        assert f"as_of={day}" in str(json.attributes["href"])
        assert workbench.get(str(json.attributes["href"])).json()["id"] == BUREAU


def test_english_is_english(workbench: Workbench) -> None:
    page = page_of(workbench, f"/thing/{quote(BUREAU)}?lang=en")

    assert relation(page, "Leads")
    assert "Department" in page.css_first("p.kind").text()


def test_no_type_of_thing_fails(workbench: Workbench) -> None:
    with Workspace(workbench.folder) as workspace:
        kinds: dict[str, str] = {}
        for own, node in workspace.graph().nodes.items():
            kinds.setdefault(node.label, own)
        assert len(kinds) > 12
    for own in kinds.values():
        for suffix in ("", ".json"):
            assert workbench.get(f"/thing/{quote(own)}{suffix}").status_code == 200, own


def test_an_edge_leads_to_its_proof(workbench: Workbench) -> None:
    edges = workbench.get(f"/thing/{quote(BUREAU)}.json").json()["relations"][0]["edges"]
    answer = workbench.get(f"/thing/{edges[0]['id']}")

    assert answer.url.path == f"/evidence/{edges[0]['id']}"


def test_a_hub_is_cut_with_a_way_to_all(tmp_path: Path, workbench_of: WorkbenchOf) -> None:
    rows = "\n".join(f"第{number:03}号农机有限公司,昌吉市" for number in range(1, 61))
    (tmp_path / "firms.csv").write_text(f"企业名称,所在区域\n{rows}\n", encoding="utf-8")
    with Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(tmp_path / "firms.csv")
    workbench = workbench_of(tmp_path / "ws")
    section = relation(page_of(workbench, "/thing/Region:652301"), "有")

    assert section.css_first(".count").text() == "60"
    assert len(names(section)) == 50
    assert "另有10条" in section.text()
    all_of_them = page_of(workbench, str(section.css("p a")[-1].attributes["href"]))
    assert all_of_them.css_first(".above [role=status]").text().startswith("共6")


class TestSources:
    def test_all_are_listed(self, workbench: Workbench) -> None:
        listed = names(page_of(workbench, "/sources").css_first("main"))

        assert sorted(listed) == sorted(file.name for file in cooperation_sample.FILES)

    def test_the_text_is_whole_and_marked(self, workbench: Workbench) -> None:
        with Workspace(workbench.folder) as workspace:
            plan = next(one for one in workspace.status().sources if one.name == "plan.txt")
        page = page_of(workbench, f"/sources/{plan.sha256}")
        lines = [line.strip() for line in cooperation_sample.PLAN.read_text(encoding="utf-8-sig").split("\n")]

        assert [cell.text().strip() for cell in page.css(".block .cell")] == [line for line in lines if line]
        assert page.css(".block a.said")
        assert not page.css("mark")

    def test_the_row_of_a_roster_is_marked(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        with Workspace(workbench.folder) as workspace:
            store = workspace.store()
            edge = store.query(
                "MATCH (:Enterprise)-[r:QUALIFIES_AS]->(:Tier) RETURN r.id AS id, r.quote AS quote"
            ).rows[0]
        page.goto(workbench.url(f"/evidence/{edge[0]}"))
        page.locator("main article a").first.click()
        page.wait_for_selector("tr#mark")

        shown = page.locator("tr#mark td").all_inner_texts()
        assert [cell.strip() for cell in shown if cell.strip()] == [part for part in edge[1].split(" | ") if part]
        page_log.assert_clean()

    def test_personal_columns_stay_in_the_file(self, tmp_path: Path, workbench_of: WorkbenchOf) -> None:
        (tmp_path / "firms.csv").write_text(
            "企业名称,所在区域,联系人,备注说明\n示例农机有限公司,昌吉市,某某某,电话13800000000\n", encoding="utf-8"
        )
        with Workspace.create(tmp_path / "ws") as workspace:
            sha256 = workspace.load(tmp_path / "firms.csv").source.sha256
        text = workbench_of(tmp_path / "ws").get(f"/sources/{sha256}").text

        assert "示例农机有限公司" in text
        assert "某某某" not in text
        assert "13800000000" not in text

    def test_issues_have_place_message_and_hint(self, tmp_path: Path, workbench_of: WorkbenchOf) -> None:
        (tmp_path / "firms.csv").write_text("企业名称,所在区域\n示例农机有限公司,朝阳区\n,昌吉市\n", encoding="utf-8")
        with Workspace.create(tmp_path / "ws") as workspace:
            source = workspace.load(tmp_path / "firms.csv").source
        workbench = workbench_of(tmp_path / "ws")
        issues = page_of(workbench, f"/sources/{source.sha256}").css("ol.issues li")
        fewer = page_of(workbench, f"/sources/{source.sha256}?code=table.missing-value").css("ol.issues li")

        assert len(issues) == sum(source.issues.values()) >= 2
        assert len(fewer) == 1
        assert "第3行" in fewer[0].text()
        assert "请补填" in fewer[0].text()

    def test_unloading_asks_first_and_takes_back(
        self, workbench_of: WorkbenchOf, sample_workspace: Callable[[], Path], page: Page, page_log: PageLog
    ) -> None:
        workbench = workbench_of(sample_workspace())
        page.goto(workbench.url("/sources"))
        page.locator("tr", has_text="talents.csv").get_by_role("link", name="撤下").click()
        assert "talents.csv" in page.locator("h1").inner_text()
        page.get_by_role("button", name="撤下").click()

        page.wait_for_url("**/sources?unloaded=*")
        assert "已撤下“talents.csv”" in page.locator("main").inner_text()
        assert page.locator("tbody th", has_text="talents.csv").count() == 0
        page_log.assert_clean()

    @pytest.mark.parametrize("size", ["1366x768", "360x740"])
    def test_nothing_is_wider_than_the_screen(self, workbench: Workbench, page: Page, size: str) -> None:
        width, height = map(int, size.split("x"))
        page.set_viewport_size({"width": width, "height": height})
        for path in (f"/thing/{quote(BUREAU)}", "/sources"):
            page.goto(workbench.url(path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path

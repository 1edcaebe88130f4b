"""Figures above the rows: the matrix, tables that cross, flows, what is due; in the page, and by hand in Chromium."""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import cooperation_sample as sample
import pytest
from hypothesis import given
from hypothesis import strategies as st
from responsibility_sample import LEADS, NAMES
from workspace_samples import workspace_beside

from innograph.visualize.pictures.gathered import gather
from innograph.visualize.pictures.sankey import MOST_REGIONS, sankey_of
from innograph.visualize.workbench.figures.crossing import SHADES, shade_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf


def tie(one: str, other: str, pairs: int, projects: int = 1) -> dict[str, Any]:
    """A row of the question `region-matrix`."""
    return {"region": one, "other": other, "pairs": pairs, "projects": projects, "evidence": [f"E:{one}{other}"]}


def edges_of(path: str) -> tuple[float, float, float, float]:
    """Where a band begins and ends on the left, and on the right: M x,y C … x,y V y C … x,y Z."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    left, right, right_end, left_end = numbers[1], numbers[7], numbers[8], numbers[14]
    return left, left_end, right, right_end


class TestMatrix:
    def units(self, page: Page) -> list[str]:
        return page.locator(".matrix thead th span").all_inner_texts()

    def test_units_are_sorted_by_load_or_by_name(self, workbench: Workbench, page: Page) -> None:
        page.goto(workbench.url("/q/matrix"))
        loads = [int(text) for text in page.locator(".matrix thead small").all_inner_texts()]
        assert loads == sorted(loads, reverse=True)
        page.get_by_label("单位", exact=True).last.select_option("name")
        page.wait_for_url("**units=name**")
        assert self.units(page) == sorted(self.units(page))

    def test_those_with_one_task_can_be_hidden(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        page.goto(workbench.url("/q/matrix"))
        once = page.locator(".matrix thead small").all_inner_texts().count("1")
        total = len(self.units(page))
        assert once
        page.get_by_label("显示").select_option("2")
        page.wait_for_url("**least=2**")
        assert len(self.units(page)) == total - once
        assert f"隐去{once}个单位" in page.locator(".key").inner_text()
        page_log.assert_clean()

    def test_a_mark_is_the_assignment_and_opens_its_line(
        self, workbench: Workbench, page: Page, page_log: PageLog
    ) -> None:
        page.goto(workbench.url("/q/matrix"))
        # （一） is led by 科技局 alone: line 26 of the plan.
        assert LEADS[1] == (26, "科技局")
        cell = page.get_by_role("link", name=re.compile(r"昌吉市科技局 牵头$")).first
        assert cell.locator("[aria-hidden]").inner_text() == "●"
        cell.click()
        page.locator("#drawer mark").first.wait_for()
        assert "evidence=LEADS" in page.url
        assert "第26行" in page.locator("#drawer").inner_text()
        page.keyboard.press("Escape")
        assert not page.locator("#drawer").is_visible()
        assert "evidence" not in page.url
        page_log.assert_clean()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_lead_and_support_differ_in_colour_too(self, workbench: Workbench, page: Page, scheme: str) -> None:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(workbench.url("/q/matrix"))
        colours = page.evaluate(
            """() => {
              const found = {};
              for (const cell of document.querySelectorAll(".matrix tbody td")) {
                const mark = cell.innerText.trim().slice(0, 1);
                (found[mark] ??= new Set()).add(getComputedStyle(cell).backgroundColor);
              }
              for (const one of document.querySelectorAll(".key .swatch")) {
                (found[one.innerText.trim()] ??= new Set()).add(getComputedStyle(one).backgroundColor);
              }
              return Object.fromEntries(Object.entries(found).map(([mark, all]) => [mark, [...all]]));
            }"""
        )
        assert set(colours) == {"", "●", "◉", "○"}
        assert all(len(of_mark) == 1 for of_mark in colours.values())  # the key has the colours of the cells
        assert len({colours["●"][0], colours["○"][0], colours[""][0]}) == 3

    def test_the_matrix_of_a_day_has_no_task_that_was_issued_later(
        self, tmp_path: Path, workbench_of: WorkbenchOf
    ) -> None:
        later = "示例县方案\n示例政发〔2024〕3号\n2024年3月1日\n一、重点任务\n（一）建设平台。\n牵头单位：县科技局\n（二）加强宣传。多讲政策。\n"
        folder = workspace_beside(tmp_path, {"plan.txt": later}, "plan.txt")
        workbench = workbench_of(folder)
        assert "加强宣传" in workbench.get("/q/matrix").text
        assert "加强宣传" in workbench.get("/q/matrix?as_of=2024-12-31").text
        assert "加强宣传" not in workbench.get("/q/matrix?as_of=2023-12-31").text

    def test_every_task_has_a_row_with_its_leads(self, workbench: Workbench, page: Page) -> None:
        page.goto(workbench.url("/q/matrix"))
        for number, name in enumerate(NAMES, start=1):
            row = page.locator(".matrix tbody tr", has=page.get_by_role("rowheader", name=re.compile(name)))
            leads = row.get_by_role("link", name=re.compile("牵头$")).count()
            assert leads == len(LEADS[number][1].split()), name

    def test_arrow_keys_go_down_a_column(self, workbench: Workbench, page: Page) -> None:
        page.goto(workbench.url("/q/targets"))
        first = page.locator("table.rows[data-copyable] td.quote a").first
        first.focus()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2


class TestCrossing:
    @given(st.floats(0, 1e9), st.floats(0, 1e9))
    def test_more_is_never_lighter(self, one: float, other: float) -> None:
        less, more = sorted((one, other))
        assert shade_of(less, 1e9) <= shade_of(more, 1e9) <= SHADES

    def test_what_is_something_has_a_shade_and_nothing_has_none(self) -> None:
        assert (shade_of(0, 5), shade_of(1e-9, 5), shade_of(5, 5), shade_of(3, 0)) == (0, 1, 5, 0)

    def test_cells_between_regions_are_pairs_of_partners_both_ways(self, workbench: Workbench) -> None:
        """昌吉市 and 西安市 by the rosters, each pair of bodies once."""
        codes = {sample.CODES["昌吉市"], sample.CODES["西安市"]}
        pairs = sum({one, other} == codes for _, (one, other) in sample.region_pairs())
        page = html.unescape(workbench.get("/q/region-matrix?level=county").text)
        assert pairs > 1
        assert f"昌吉市 — 西安市：伙伴{pairs}对" in page
        assert f"西安市 — 昌吉市：伙伴{pairs}对" in page

    def test_a_tied_cell_opens_the_proof_and_an_empty_one_leads_to_suggestions(
        self, workbench: Workbench, page: Page, page_log: PageLog
    ) -> None:
        page.goto(workbench.url("/q/industry-institute"))
        empty = page.locator(".crossing td a", has_text="○").first
        assert "/q/industry-partners?industry=" in str(empty.get_attribute("href"))
        assert re.fullmatch(r"shade-[1-5]", str(empty.locator("xpath=..").get_attribute("class")))
        page.locator(".crossing td a", has_text="●").first.click()
        page.locator("#drawer mark").first.wait_for()
        page_log.assert_clean()


class TestSankey:
    def test_home_begins_on_the_left_and_others_by_weight(self) -> None:
        rows = [tie("A", "B", 5), tie("A", "H", 1), tie("B", "C", 2), tie("H", "H", 3)]
        sankey = sankey_of(rows, home="H")
        left = [node.name for node in sankey.nodes if node.anchor == "end"]
        right = [node.name for node in sankey.nodes if node.anchor == "start"]
        # B has 7 pairs and A 6: B stands before A, so their tie begins at B.
        assert left == ["H", "B"]
        assert right == ["H", "A", "C"]
        assert [node.label for node in sankey.nodes if node.anchor == "end"] == ["H 4", "B 7"]
        assert sankey.most == "B — A：伙伴5对，共同项目1个"

    def test_bands_are_as_wide_as_their_pairs_and_fill_their_regions(self) -> None:
        sankey = sankey_of([tie("A", "B", 30), tie("A", "C", 10), tie("B", "C", 20)], home="A")
        widths = [edges_of(band.path)[1] - edges_of(band.path)[0] for band in sankey.bands]
        assert widths == pytest.approx([380 / 2, 380 / 3, 380 / 6], abs=0.2)
        home = sankey.nodes[0]
        begins = sorted(edges_of(band.path)[:2] for band in sankey.bands if band.said.startswith("A"))
        assert begins[0][0] == pytest.approx(home.y, abs=0.2)
        assert begins[0][1] == pytest.approx(begins[1][0], abs=0.2)
        assert begins[1][1] == pytest.approx(home.y + home.height, abs=0.2)

    @given(
        st.lists(
            st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 1000)),
            min_size=1,
            max_size=60,
            unique_by=lambda row: tuple(sorted(row[:2])),
        )
    )
    def test_nothing_is_lost_and_labels_never_collide(self, rows: list[tuple[int, int, int]]) -> None:
        told = [tie(f"R{one}", f"R{other}", pairs) for one, other, pairs in rows]
        known = gather(told, "R0", MOST_REGIONS)
        assert sum(flow.pairs for flow in known.flows) == sum(row[2] for row in rows)
        sankey = sankey_of(told, "R0")
        for anchor in ("end", "start"):
            side = [node for node in sankey.nodes if node.anchor == anchor]
            assert len(side) <= MOST_REGIONS + 1
            tops = [node.label_y for node in side]
            assert all(after - before >= 18 for before, after in pairwise(tops))
            assert all(0 < top < sankey.height for top in tops)

    def test_the_rest_is_taken_together_without_a_sum_of_projects(self) -> None:
        rows = [tie("H", f"R{n:02}", 100 - n, projects=2) for n in range(20)]
        known = gather(rows, "H", 12)
        # H and the 11 largest by themselves: R11 to R19 are 9 regions of 89 + 88 + … + 81 = 765 pairs.
        rest = [flow for flow in known.flows if flow.other == "其他9个区域"]
        assert [(flow.pairs, flow.projects) for flow in rest] == [(765, None)]
        assert "项目" not in rest[0].said

    def test_nothing_gives_nothing(self) -> None:
        assert sankey_of([]).nodes == ()

    def test_widths_on_the_page_are_the_pairs_of_the_rosters(self, workbench: Workbench) -> None:
        names = {code: name for name, code in sample.CODES.items()}
        counted: Counter[frozenset[str]] = Counter()
        for _, (one, other) in sample.region_pairs():
            if one and other:
                counted[frozenset({names[one], names[other]})] += 1
        page = html.unescape(workbench.get("/flows?level=county").text)
        svg = page.split('<svg class="sankey"')[1].split("</svg>")[0]
        said = re.findall(r'aria-label="(.+?) — (.+?)：伙伴(\d+)对', svg)
        shown = {frozenset(pair[:2]): int(pair[2]) for pair in said}
        assert shown[frozenset({"昌吉市", "西安市"})] == counted[frozenset({"昌吉市", "西安市"})]
        assert shown[frozenset({"昌吉市", "北京市"})] == counted[frozenset({"昌吉市", "北京市"})]

    def test_a_band_opens_its_proof(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        page.goto(workbench.url("/flows?level=county"))
        band = page.locator(".sankey a").first
        band.focus()
        page.keyboard.press("Enter")
        page.locator("#drawer mark").first.wait_for()
        assert "level=county" in page.url
        assert "evidence=" in page.url
        page_log.assert_clean()


class TestTargets:
    def test_values_are_told_with_their_sign_and_unit(self, workbench: Workbench) -> None:
        page = workbench.get("/targets").text
        # 第20行：万人有效发明专利拥有量超过2.4件；二（八）：科技特派员人数突破200人
        assert "超过2.4件" in page
        assert "more than 2.4 件" in workbench.get("/targets?lang=en").text

    def test_years_are_years_and_not_thousands(self, workbench: Workbench) -> None:
        assert "2,023" not in workbench.get("/q/targets?lang=en").text

    def test_what_sets_a_target_has_a_page(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        page.goto(workbench.url("/q/targets"))
        for name, title in (("总体目标", "三年行动方案"), (NAMES[0], NAMES[0])):
            page.locator("table.rows[data-copyable]").get_by_role("link", name=name, exact=True).first.click()
            page.wait_for_url("**/thing/**")
            assert title in page.locator("h1").inner_text()
            page.go_back()
        page_log.assert_clean()

    def test_every_target_is_due_once(self, workbench: Workbench) -> None:
        total = workbench.get("/q/targets.json").json()["total"]
        rows = re.findall(r'<svg class="bar"[^>]*>.*?</svg> (\d+)</td>', workbench.get("/q/due").text)
        assert sum(map(int, rows)) == total

    def test_what_is_missing_is_counted_and_leads_to_its_rows(
        self, workbench: Workbench, page: Page, page_log: PageLog
    ) -> None:
        page.goto(workbench.url("/"))
        page.get_by_role("link", name="指标").click()
        door = page.locator(".doors.across li", has_text="没有单独责任单位")
        count = int(door.locator("strong").inner_text())
        door.get_by_role("link").first.click()
        page.get_by_text(f"共{count}行", exact=True).wait_for()
        assert count > 1
        page_log.assert_clean()

    def test_how_a_target_stands_is_that_of_the_progress_sheet(self, workbench: Workbench) -> None:
        """上市、挂牌企业累计超过4家: 3 reported on 2023-06-30, five sixths of the time gone."""
        told = [row for row in sample.progress() if "上市" in row["指标"]]
        page = workbench.get("/q/targets?find=%E4%B8%8A%E5%B8%82").text
        assert [row["完成值"] for row in told] == ["3"]
        assert "落后" in page
        assert "完成3家" in page

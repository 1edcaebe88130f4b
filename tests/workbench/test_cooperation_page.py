"""Cooperation at a glance: shares with what they are of, and the way from a gap to suggestions."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

import cooperation_sample as sample
import pytest

from innograph import Workspace
from innograph.graph.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf


def by_industry() -> dict[str, tuple[int, int]]:
    """How many firms each industry has, and how many of them work with an institute, from the rosters alone."""
    tied = {firm for firm, _ in sample.firm_institute_pairs()}
    found: dict[str, list[bool]] = defaultdict(list)
    for firm in sample.firms():
        for industry in firm.industries:
            found[industry].append(firm.name in tied)
    return {industry: (len(firms), sum(firms)) for industry, firms in found.items()}


def table(page: str) -> dict[str, list[str]]:
    """The rows of the table of shares: what stands in each, by its name."""
    body = page.split('<table class="rows shares">')[1].split("</table>")[0]
    rows: dict[str, list[str]] = {}
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", body, re.DOTALL):
        cells = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</t[hd]>", row)]
        rows[cells[0]] = cells[1:]
    return rows


def test_shares_are_those_of_the_rosters_with_their_denominators(workbench: Workbench) -> None:
    shown = table(workbench.get("/cooperation").text)
    for industry, (firms, tied) in by_industry().items():
        assert shown[industry][:4] == [str(firms), str(tied), f"{tied / firms:.1%}", str(firms - tied)], industry


def test_those_whose_industry_is_unknown_come_last_and_lead_nowhere(workbench: Workbench) -> None:
    rows = table(workbench.get("/cooperation").text)
    unknown = sum(not firm.industries for firm in sample.firms())
    assert list(rows)[-1] == "产业不详"
    assert rows["产业不详"][0] == str(unknown)
    assert rows["产业不详"][4] == ""


@pytest.mark.parametrize("by", ["region", "tier", "industry", "nonsense"])
def test_it_can_be_grouped_otherwise(workbench: Workbench, by: str) -> None:
    page = workbench.get(f"/cooperation?by={by}").text
    rows = table(page)
    assert {"region": "呼图壁县", "tier": sample.LADDER[0]}.get(by, "生物医药") in rows
    assert page.count('aria-current="true"') == 1


def test_every_question_about_cooperation_is_there_with_a_sentence(workbench: Workbench) -> None:
    page = html.unescape(workbench.get("/cooperation").text)
    with Workspace(workbench.folder) as workspace:
        questions = [
            one for one in workspace.catalogue() if one.topic in ("cooperation", "regions", "structure", "partners")
        ]
    assert len(questions) > 20
    for one in questions:
        assert f'<dt><a href="/q/{one.id}">{one.title.zh}</a></dt><dd>' in page, one.id
    assert "约束度：" in page


def test_without_enterprises_it_says_what_to_load(tmp_path: Path, workbench_of: WorkbenchOf) -> None:
    with Workspace.create(tmp_path / "ws", Settings()) as workspace:
        workspace.build()
    page = workbench_of(tmp_path / "ws")
    assert "还没有企业" in page.get("/cooperation").text
    assert "no enterprises yet" in page.get("/cooperation?lang=en").text


class TestTheWayToSuggestions:
    def test_from_an_empty_cell_in_three_clicks(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        page.goto(workbench.url("/"))
        page.get_by_role("link", name="合作", exact=True).click()
        page.get_by_role("link", name="产业与院所对接矩阵").click()
        # 示例西安生物研究院 works in 生物医药 and with none of its firms: institutes.csv, projects.csv, cooperation.csv.
        cell = page.get_by_role("link", name=re.compile("生物医药 — 示例西安生物研究院"))
        assert "空白" in cell.inner_text() or "空白" in (cell.get_attribute("title") or "")
        cell.click()
        page.get_by_role("heading", level=1, name=re.compile("生物医药")).wait_for()
        assert "/q/industry-partners" in page.url
        assert page.get_by_role("columnheader", name="依据").is_visible()  # the reasons
        page_log.assert_clean()

    def test_from_a_share_to_its_enterprises(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        firms, tied = by_industry()["数字信息"]
        page.goto(workbench.url("/cooperation"))
        page.get_by_role("link", name=f"数字信息：{firms - tied}家没有伙伴的企业").click()
        page.get_by_text(f"共{firms - tied}行", exact=True).wait_for()
        page.get_by_role("link", name="推荐院所").click()
        page.wait_for_url(f"**/q/industry-partners?industry={quote('数字信息')}")
        page_log.assert_clean()

    def test_those_without_are_told_by_industry_above_their_rows(self, workbench: Workbench) -> None:
        rows = table(workbench.get("/q/partnerless").text)
        lacking = {name for name, (firms, tied) in by_industry().items() if firms > tied}
        assert set(rows) == lacking | {"产业不详"}

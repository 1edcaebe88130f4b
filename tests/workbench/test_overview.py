"""The first page: what is loaded and how much of it is covered, worked out by hand from the files below."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser
from workspace_samples import workspace_beside

from innograph.visualize.workbench.views import overview

if TYPE_CHECKING:
    from pathlib import Path

    from workbench_server import Workbench, WorkbenchOf

# Four tasks: three have a unit, two of these a lead, and two tasks a figure. Two figures, one of which is reported.
PLAN = """示例县科技创新行动方案
一、重点任务
（一）建设创新平台。到2025年建设创新平台2个以上。
牵头单位：县科技局
（二）培育企业。到2025年培育科技企业731家以上。
牵头单位：县工信局
配合单位：县科技局
（三）加强宣传。多讲政策。
配合单位：县财政局
（四）整理档案。分门别类。
"""
PROGRESS = "指标,日期,完成值,单位\n建设创新平台,2024-12-31,1,个\n"
FIRMS = "企业名称,所在区域\n示例甲公司,昌吉市\n示例乙公司,昌吉市\n示例丙公司,昌吉市\n"
INSTITUTES = "院所名称,所在区域\n示例学院,昌吉市\n"
TIES = "甲方,乙方,内容,类型\n示例学院,示例甲公司,良种繁育,校企\n示例乙公司,示例丙公司,联合采购,企企\n"
FILES = {
    "plan.txt": PLAN,
    "firms.csv": FIRMS,
    "institutes.csv": INSTITUTES,
    "cooperation.csv": TIES,
    "progress.csv": PROGRESS,
}
SHARES = {
    "有责任单位的任务": ("75.0%", "3 / 4", "1 没有责任单位", {"整理档案"}),
    "其中写明牵头单位的": ("66.7%", "2 / 3", "1 没有牵头单位", {"加强宣传"}),
    "有目标值的任务": ("50.0%", "2 / 4", "2 没有数值", {"加强宣传", "整理档案"}),
    "填报了进展的目标": ("50.0%", "1 / 2", "1 没有填报", {"731"}),
    "有高校院所伙伴的企业": ("33.3%", "1 / 3", "2 没有伙伴", {"示例乙公司", "示例丙公司"}),
}


@pytest.fixture
def small(tmp_path: Path, workbench_of: WorkbenchOf) -> Workbench:
    """A workbench on the files above."""
    return workbench_of(workspace_beside(tmp_path, FILES, *FILES))


def shares(text: str) -> dict[str, tuple[str, ...]]:
    """The rows of the table of coverage: words of each cell, and where the last leads."""
    found = {}
    for row in LexborHTMLParser(text).css("table.coverage tbody tr"):
        cells = [" ".join(cell.text().split()) for cell in row.css("th, td")]
        link = row.css_first("a")
        found[cells[0]] = (*cells[1:], str(link.attributes["href"]) if link else "")
    return found


def test_how_much_is_covered_and_what_is_lacking(small: Workbench) -> None:
    found = shares(small.get("/").text)

    assert {words: row[:3] for words, row in found.items()} == {words: row[:3] for words, row in SHARES.items()}
    for words, row in found.items():
        answer = small.get(row[3]).text
        assert all(name in answer for name in SHARES[words][3]), words


def test_what_the_graph_has(small: Workbench) -> None:
    table = LexborHTMLParser(small.get("/").text).css("table.counts")[0]
    counts = {row.css_first("th").text().strip(): row.css_first("td").text() for row in table.css("tr")}

    assert {name: counts[name] for name in ("任务", "企业", "高校院所", "部门", "政策文件")} == {
        "任务": "4",
        "企业": "3",
        "高校院所": "1",
        "部门": "3",
        "政策文件": "1",
    }


def test_sources_are_listed_and_what_is_open(small: Workbench) -> None:
    page = LexborHTMLParser(small.get("/").text)

    assert {link.text() for link in page.css("main ul a")} == set(FILES)
    open_ = small.get("/findings.json?state=open").json()
    assert page.css_first("#findings-part a").text() == f"共{open_['total']}条"
    assert len(page.css("#findings-part li")) == min(8, open_["total"])


def test_of_much_findings_and_coverage_come_after_the_rest(small: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "_QUICK", 0)
    page = LexborHTMLParser(small.get("/").text)
    parts = [str(part.attributes["data-part"]) for part in page.css("[data-part]")]

    assert "/parts/coverage" in parts
    assert set(parts) <= {"/parts/findings", "/parts/coverage"}  # the findings are worked out meanwhile by itself
    assert not page.css("table.coverage")
    assert {words: row[:3] for words, row in shares(small.get("/parts/coverage").text).items()} == {
        words: row[:3] for words, row in SHARES.items()
    }
    assert "共" in small.get("/parts/findings").text
    assert not LexborHTMLParser(small.get("/").text).css("[data-part]")  # they are known now


def test_what_there_is_nothing_of_has_no_share(tmp_path: Path, workbench_of: WorkbenchOf) -> None:
    workbench = workbench_of(workspace_beside(tmp_path, FILES, "firms.csv"))

    assert set(shares(workbench.get("/").text)) == {"有高校院所伙伴的企业"}
    assert "3 / 3" not in workbench.get("/").text
    assert shares(workbench.get(f"/?lang={quote('en')}").text)["Enterprises with an institute as partner"][1] == "0 / 3"

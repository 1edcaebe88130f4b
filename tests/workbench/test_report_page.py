"""The report: chosen on a form, handed over as a file; and answers as workbooks."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

import docx
import openpyxl
import pytest
from paper import body_pages

from innograph import Workspace
from innograph.graph.ledger.triage import State
from innograph.visualize.workbench.views import reports

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx
    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

    Sample = Callable[[], Path]

# Tasks （二） and （十） of the sample plan have two 牵头单位 each, by reading it.
JOINT = ("推动高新技术企业提质增量", "组建各类专家智库")
PLAN = "昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）"


def made(workbench: Workbench, **form: str | list[str]) -> httpx.Response:
    """Ask for a report as the form does, and wait until it is there."""
    with workbench.client(origin=workbench.address) as client:
        answer = client.post("/report", data=form)
        if answer.status_code == 303:
            job = answer.headers["location"].removeprefix("/jobs/")
            for _ in range(600):
                answer = client.get(f"/report/files/{job}")
                if answer.status_code == 200:
                    break
                time.sleep(0.1)
        return answer


def words(answer: httpx.Response) -> str:
    """All the text of a Word document."""
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_word_document_of_what_is_chosen(workbench: Workbench) -> None:
    answer = made(workbench, form="docx", severity="high", title="给主任的报告")
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    name = unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])
    assert re.fullmatch(r"报告-\d{4}-\d\d-\d\d\.docx", name)
    text = words(answer)
    assert "给主任的报告" in text
    assert all(task in text for task in JOINT)
    # 11 targets without a single unit are of medium severity, and were not chosen.
    assert "待核问题（一般）" not in text


def test_a_page_is_a_file_to_keep_and_no_page_of_this_address(workbench: Workbench) -> None:
    answer = made(workbench, form="html", state=["open", "confirmed"])
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<!doctype html>" in answer.text.lower()
    assert "待核问题（一般）" in answer.text


@pytest.mark.parametrize(
    "narrowed",
    ["rule=joint-leads", "thing=Department:652301/卫健委", "rule=joint-leads&thing=Department:652301/卫健委"],
)
def test_from_filtered_findings_to_a_report_of_them(workbench: Workbench, page: Page, narrowed: str) -> None:
    found = workbench.get(f"/findings.json?{narrowed}").json()["findings"]
    page.goto(workbench.url(f"/findings?{narrowed}"))
    page.get_by_role("link", name="写成报告").click()
    page.wait_for_url("**/report?*")
    ticked = page.locator("input[name=finding]:checked").evaluate_all("boxes => boxes.map((box) => box.value)")
    assert found
    assert sorted(ticked) == sorted(one["id"] for one in found if one["state"] != "dismissed")


def test_only_the_findings_that_are_ticked(workbench: Workbench) -> None:
    one, other = workbench.get("/findings.json?rule=joint-leads").json()["findings"]
    text = made(workbench, form="html", finding=other["id"]).text
    assert other["statement"]["zh"] in text
    assert one["statement"]["zh"] not in text


def test_a_workbook_has_a_sheet_for_each_question(workbench: Workbench) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(workbench, form="xlsx").content))
    assert len(book.sheetnames) > 20
    assert book.sheetnames[0] == "封面"


def test_it_is_in_the_language_of_the_page(workbench: Workbench) -> None:
    with workbench.client(origin=workbench.address, cookie="innograph_language=en") as client:
        answer = client.post("/report", data={"form": "html", "severity": "high"})
        if answer.status_code == 303:
            pytest.skip("the machine is too busy to write it at once")
    assert "Findings" in answer.text


def test_what_takes_long_is_a_job_whose_page_leads_to_the_file(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "PATIENCE", 0.0)
    with workbench.client(origin=workbench.address) as client:
        answer = client.post("/report", data={"form": "html", "severity": "high"})
        assert answer.status_code == 303
        job = answer.headers["location"]
        for _ in range(600):
            page = client.get(job).text
            if "data-running" not in page:
                break
            time.sleep(0.1)
        link = re.search(r'href="(/report/files/[^"]+)"', page)
        assert link
        assert "<!doctype html>" in client.get(link[1]).text.lower()


@pytest.mark.parametrize(("form", "status"), [({"form": "exe"}, 400), ({"form": "docx", "as_of": "yesterday"}, 400)])
def test_what_there_is_none_of_is_refused_in_words(workbench: Workbench, form: dict[str, str], status: int) -> None:
    answer = workbench.post("/report", form)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text or "notice" in answer.text


def test_a_plan_that_is_gone_is_told_on_the_jobs_page(workbench: Workbench) -> None:
    answer = workbench.post("/report", {"form": "docx", "plan": "Plan:没有这份"})
    assert "没有这份" in workbench.get(answer.headers["location"]).text


def test_another_site_cannot_ask(workbench: Workbench) -> None:
    with workbench.client(origin="http://elsewhere.example") as client:
        assert client.post("/report", data={"form": "docx"}).status_code == 403


def test_a_file_that_is_gone_is_not_found(workbench: Workbench) -> None:
    assert workbench.get("/report/files/none").status_code == 404


def test_confirmed_findings_come_first_on_the_form(sample_workspace: Sample, workbench_of: WorkbenchOf) -> None:
    folder = sample_workspace()
    with Workspace(folder) as workspace:
        last = workspace.findings()[-1]
        dismissed = workspace.findings()[0]
        workspace.triage.decide(last.id, State.CONFIRMED, author="规划科")
        workspace.triage.decide(dismissed.id, State.DISMISSED, "重复", author="规划科")
    page = workbench_of(folder).get("/report").text
    ticks = re.findall(r'name="finding" value="([0-9a-f]+)"', page)
    assert ticks[0] == last.id
    assert dismissed.id not in ticks


class TestWorkbooksOfAnswers:
    def test_rows_are_those_of_the_page(self, workbench: Workbench) -> None:
        query = "/q/matrix{}?role=lead&sort=unit&find=科技局"
        said = workbench.get(query.format(".csv").replace("科", "%E7%A7%91")).text.splitlines()
        answer = workbench.get(query.format(".xlsx"))
        assert answer.headers["content-disposition"] == 'attachment; filename="matrix.xlsx"'
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        assert len(rows) == len(said) > 2
        units = [row[list(rows[0]).index("单位")] for row in rows[1:]]
        assert units == sorted(units, key=str)
        assert all("科技局" in " ".join(map(str, row)) for row in rows[1:])

    def test_texts_are_texts_and_the_file_is_whole(self, workbench: Workbench) -> None:
        content = workbench.get("/q/targets.xlsx").content
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)

    def test_a_question_that_is_not_there(self, workbench: Workbench) -> None:
        assert workbench.get("/q/no-such.xlsx").status_code == 404


def test_in_three_clicks_from_the_front_page(
    workbench: Workbench, page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    page.goto(workbench.url("/"))
    page.get_by_role("link", name="写成报告").click()
    page.get_by_label("文件", exact=True).select_option(PLAN)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="DOCX").click()  # where it takes long, the job's page leads on by itself
    file = tmp_path / "report.docx"
    download.value.save_as(file)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert "责任分工" in text
    assert "任务分工" in text
    page_log.assert_clean()


# A page of an official document in Chinese has 22 lines of 28 characters; one in English holds more.
@pytest.mark.parametrize(("language", "annex"), [("zh", "附件"), ("en", "Annex")])
@pytest.mark.parametrize("states", [["confirmed"], ["confirmed", "open"]])
def test_the_body_is_two_pages_and_the_annex_begins_a_page(
    workbench_of: WorkbenchOf,
    sample_workspace: Sample,
    tmp_path: Path,
    language: str,
    annex: str,
    states: list[str],
) -> None:
    own = workbench_of(sample_workspace(), language=language)
    plan_id = "Plan:昌市政办发-2022-15"
    for finding in own.get("/findings.json?rule=joint-leads").json()["findings"]:
        own.post("/findings", {"finding": finding["id"], "state": "confirmed", "author": "规划科"})
    answer = made(own, plan=plan_id, state=states, form="docx")
    assert 1 <= body_pages(answer.content, tmp_path, annex) <= 2

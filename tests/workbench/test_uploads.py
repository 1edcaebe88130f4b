"""Uploads: what a planner sees before a file enters, what enters then, and what hostile files do: nothing."""

from __future__ import annotations

import io
import re
import time
from typing import TYPE_CHECKING

import openpyxl
from selectolax.lexbor import LexborHTMLParser
from sent_files import OWN_ROSTER, PLAN, ROSTER, accept, origins, said, send, settled

from innograph import Workspace
from innograph.visualize.workbench.uploading import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

    Sample = Callable[[], Path]


class TestBeforeAnythingEnters:
    def test_of_a_plan(self, workbench: Workbench) -> None:
        before = origins(workbench.folder)
        page = send(workbench, "方案.txt", PLAN)
        assert page.status_code == 200
        assert "示例县科技创新行动方案" in page.text
        assert '任务 <b class="number">2</b>' in page.text
        assert '部门 <b class="number">3</b>' in page.text
        assert "建设创新平台" in page.text
        assert "县工信局" in page.text
        assert origins(workbench.folder) == before

    def test_of_a_table(self, workbench: Workbench) -> None:
        before = origins(workbench.folder)
        page = send(workbench, "名录.csv", ROSTER)
        assert '企业 <b class="number">3</b>' in page.text
        assert "表头与“企业名单”的一致，可直接读" in page.text
        assert "table.bad-key" in page.text
        assert "第3行" in page.text
        assert "校验码" in page.text
        assert origins(workbench.folder) == before

    def test_the_marked_copy(self, workbench: Workbench) -> None:
        page = send(workbench, "名录.csv", ROSTER)
        answer = workbench.get(f"{page.url.path}/marked.xlsx")
        assert answer.status_code == 200
        assert "marked" not in answer.headers["content-disposition"]  # it is named in Chinese, percent-encoded
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        comment = book.worksheets[1]["B3"].comment
        assert comment is not None
        assert "校验码" in comment.text

    def test_of_columns_that_no_pack_knows(self, workbench: Workbench) -> None:
        page = send(workbench, "企业.csv", OWN_ROSTER)
        assert '<option value="name" selected>企业名称</option>' in page.text
        assert '<option value="credit_code" selected>' in page.text
        assert "个人信息不进入图谱" in page.text
        assert "甲云科技有限公司" in page.text

    def test_of_a_header_that_says_nothing(self, workbench: Workbench) -> None:
        page = send(workbench, "无名.csv", "甲,乙,丙\n1,2,3\n")
        told = LexborHTMLParser(page.text).css_first(".decide").text()
        assert "表头“甲、乙、丙”不是已知的任何一种名录" in told
        assert "企业名单" in told
        assert "enterprises" not in told
        assert "--map" not in page.text
        assert "innograph " not in page.text
        links = [one.attributes["href"] or "" for one in LexborHTMLParser(page.text).css(".todo a[download]")]
        assert "/templates/enterprises.xlsx" in links

    def test_of_a_header_without_end_the_beginning_is_told(self, workbench: Workbench) -> None:
        many = [f"列{number}" for number in range(3000)]
        page = send(workbench, "宽.csv", ",".join(many) + "\n" + ",".join("1" for _ in many) + "\n")
        told = LexborHTMLParser(page.text).css_first(".decide").text()
        assert "列0、列1、" in told
        assert "列2999" not in told

    def test_a_template_filled_in_is_read(self, workbench: Workbench) -> None:
        answer = workbench.get("/templates/enterprises.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        sheet = book["企业名单"]
        heads = [str(cell.value) for cell in sheet[1]]
        sheet.cell(2, heads.index("企业名称") + 1, "甲云科技有限公司")
        filled = io.BytesIO()
        book.save(filled)
        assert '企业 <b class="number">1</b>' in send(workbench, "填好.xlsx", filled.getvalue()).text
        assert workbench.get("/templates/nonesuch.xlsx").status_code == 404

    def test_of_a_long_table_the_head_is_looked_at(self, workbench: Workbench) -> None:
        # Of each row two things are said: the enterprise, and where it is.
        rows = [f"甲{number:06d}云科技有限公司,昌吉州昌吉市" for number in range(30_000)]
        begun = time.monotonic()
        page = send(workbench, "长名单.csv", "\n".join(["企业名称,所在区域", *rows]))
        told = LexborHTMLParser(page.text).css_first(".decide").text()
        place = re.search(r"只看了到第(\d+)行为止", told)
        assert place is not None
        counted = re.search(r"企业 ([\d,]+)", told)
        assert counted is not None
        shown = int(counted[1].replace(",", ""))
        assert int(place[1]) - shown in (1, 2)  # the header, and of the last row not everything may have been taken
        assert shown < 30_000
        assert time.monotonic() - begun < 20

    def test_a_table_that_is_not_long_is_looked_at_whole(self, workbench: Workbench) -> None:
        assert "只看了" not in send(workbench, "名录.csv", ROSTER).text

    def test_a_person_decides_how_a_column_is_read(self, workbench: Workbench) -> None:
        path = send(workbench, "企业.csv", OWN_ROSTER).url.path
        with workbench.client(origin=workbench.address) as client:
            form = {"was-0": "name", "column-0": "name", "was-1": "credit_code", "column-1": ""}
            page = settled(client, client.post(f"{path}/read", data=form, follow_redirects=True))
            assert "由您略去" in page.text
            assert "table.bad-key" not in page.text
            proposed = client.post(f"{path}/read", data={"as_proposed": "1"}, follow_redirects=True)
            proposed = settled(client, proposed)
            assert "table.bad-key" in proposed.text

    def test_telephone_numbers_cannot_be_chosen(self, workbench: Workbench) -> None:
        path = send(workbench, "企业.csv", OWN_ROSTER).url.path
        with workbench.client(origin=workbench.address) as client:
            form = {"was-2": "", "column-2": "credit_code"}
            page = settled(client, client.post(f"{path}/read", data=form, follow_redirects=True))
        assert "个人信息不进入图谱" in page.text
        assert "13800000000" not in page.text.partition("疑问和提示")[0]

    def test_the_same_content_is_not_loaded_twice(self, workbench: Workbench) -> None:
        plan = workbench.folder.joinpath("sources")
        with Workspace(workbench.folder) as workspace:
            source = next(one for one in workspace.status().sources if one.name == "plan.txt")
        copy = next(file for file in plan.iterdir() if file.name.startswith(source.sha256[:8]))
        page = send(workbench, "同一份.txt", copy.read_bytes())
        assert "内容与已载入的来源完全相同" in page.text
        assert "/accept" not in page.text

    def test_in_english(self, workbench: Workbench) -> None:
        path = send(workbench, "方案.txt", PLAN).url.path
        page = workbench.get(f"{path}?lang=en")
        assert "before it is loaded" in page.text
        assert '<html lang="en">' in page.text


class TestWaiting:
    def test_what_cannot_be_read_goes_once_it_was_told(
        self, workbench_of: WorkbenchOf, sample_workspace: Sample
    ) -> None:
        workbench = workbench_of(sample_workspace())
        with workbench.client(origin=workbench.address) as client:
            for name, text in (("坏.csv", "甲,乙\n1,2\n"), ("好.csv", ROSTER)):
                client.post("/uploads", files={"file": (name, text.encode())})
            listed = client.get("/uploads").text  # nobody has been told yet
            assert "坏.csv" in listed
            assert "不能读" in listed
            paths = {one.text(): str(one.attributes["href"]) for one in LexborHTMLParser(listed).css(".waiting a")}
            assert "不是已知的任何一种名录" in client.get(paths["坏.csv"]).text
            assert client.get(paths["坏.csv"]).status_code == 200  # and may be looked at again
            listed = client.get("/uploads").text
        assert "坏.csv" not in listed
        assert "好.csv" in listed

    def test_one_or_all_are_discarded_in_the_list(
        self, workbench_of: WorkbenchOf, sample_workspace: Sample, page: Page, page_log: PageLog
    ) -> None:
        workbench = workbench_of(sample_workspace())
        for name in ("一.csv", "二.csv", "三.csv"):
            send(workbench, name, ROSTER)
        page.goto(workbench.url("/uploads"))
        with page.expect_navigation():
            page.get_by_role("button", name="放弃 二.csv").click()
        assert page.locator(".waiting a").all_inner_texts() == ["三.csv", "一.csv"]
        with page.expect_navigation():
            page.get_by_role("button", name="全部放弃").click()
        assert page.locator("main").get_by_text("还没有载入的").count() == 0
        assert not list((workbench.folder / FOLDER).glob("*/*/file"))
        page_log.assert_clean()


class TestLoading:
    def test_good_rows_load_and_bad_ones_are_told(self, workbench_of: WorkbenchOf, sample_workspace: Sample) -> None:
        workbench = workbench_of(sample_workspace())
        done = accept(workbench, send(workbench, "名录.csv", ROSTER))
        assert "已载入" in done.text
        assert said(workbench.folder, "uploads/名录.csv", "Enterprise") == {
            "Organisation:uscc=91350100M000100Y43",
            "Enterprise:乙禾农业有限公司",
            "Enterprise:丙材料有限公司",
        }
        assert not any(workbench.folder.joinpath(FOLDER).glob("*/file/*"))

    def test_a_new_version_replaces_the_old(self, workbench_of: WorkbenchOf, sample_workspace: Sample) -> None:
        workbench = workbench_of(sample_workspace())
        accept(workbench, send(workbench, "名录.csv", ROSTER))
        changed = ROSTER.replace("丙材料有限公司,,老企业", "丁光电有限公司,,")
        page = send(workbench, "名录.csv", changed)
        assert "替换已载入的“名录.csv”" in page.text
        row = page.text.partition('<th scope="row">企业</th>')[2].partition("</tr>")[0]
        assert row.count('<td class="number">') == 3
        assert '<td class="number">1</td><td class="number">0</td><td class="number">1</td>' in row
        done = accept(workbench, page, origin="uploads/名录.csv")
        assert "已更新" in done.text
        assert "Enterprise:丁光电有限公司" in said(workbench.folder, "uploads/名录.csv", "Enterprise")
        assert "Enterprise:丙材料有限公司" not in said(workbench.folder, "uploads/名录.csv", "Enterprise")

    def test_both_are_kept_where_a_person_says_so(self, workbench_of: WorkbenchOf, sample_workspace: Sample) -> None:
        workbench = workbench_of(sample_workspace())
        accept(workbench, send(workbench, "名录.csv", ROSTER))
        accept(workbench, send(workbench, "名录.csv", ROSTER.replace("丙", "戊")), origin="")
        assert {"uploads/名录.csv", "uploads/2/名录.csv"} <= origins(workbench.folder)

    def test_a_new_version_of_a_plan_by_another_name(self, workbench_of: WorkbenchOf, sample_workspace: Sample) -> None:
        workbench = workbench_of(sample_workspace())
        accept(workbench, send(workbench, "方案.txt", PLAN))
        page = send(workbench, "方案（修订）.txt", PLAN.replace("731家", "862家"))
        assert 'value="uploads/方案.txt" checked' in page.text
        accept(workbench, page, origin="uploads/方案.txt")
        assert "uploads/方案（修订）.txt" not in origins(workbench.folder)
        with Workspace(workbench.folder) as workspace:
            values = [row[0] for row in workspace.cypher("MATCH (t:Target) RETURN t.value AS v").rows]
        assert 862 in values
        assert 731 not in values

    def test_what_was_chosen_is_still_chosen_when_it_cannot_be_loaded_so(
        self, workbench_of: WorkbenchOf, sample_workspace: Sample
    ) -> None:
        workbench = workbench_of(sample_workspace())
        accept(workbench, send(workbench, "方案.txt", PLAN))
        for name, number in (("方案2.txt", "862家"), ("方案3.txt", "970家")):
            page = send(workbench, name, PLAN.replace("731家", number))
            accept(workbench, page, origin="", edition="修订稿")
        assert {"uploads/方案2.txt"} == origins(workbench.folder) & {"uploads/方案2.txt", "uploads/方案3.txt"}
        again = LexborHTMLParser(workbench.get(page.url.path).text)
        assert [one.attributes["value"] for one in again.css('input[name="origin"][checked]')] == [""]
        assert [one.attributes["value"] for one in again.css('input[name="edition"]')] == ["修订稿"]

    def test_an_origin_that_is_none_replaces_nothing(self, workbench_of: WorkbenchOf, sample_workspace: Sample) -> None:
        workbench = workbench_of(sample_workspace())
        before = origins(workbench.folder)
        accept(workbench, send(workbench, "名录.csv", ROSTER), origin="../../elsewhere")
        assert origins(workbench.folder) == before | {"uploads/名录.csv"}

    def test_discarded(self, workbench_of: WorkbenchOf, sample_workspace: Sample) -> None:
        workbench = workbench_of(sample_workspace())
        page = send(workbench, "名录.csv", ROSTER)
        workbench.post(f"{page.url.path}/discard")
        assert workbench.get(page.url.path).status_code == 404
        assert not any(workbench.folder.joinpath(FOLDER).glob("*/file/*"))


class TestJourneys:
    def test_a_new_plan(
        self, workbench_of: WorkbenchOf, sample_workspace: Sample, page: Page, page_log: PageLog, tmp_path: Path
    ) -> None:
        """Three clicks: sources, look, load; then the page says what changed."""
        workbench = workbench_of(sample_workspace())
        file = tmp_path / "新方案.txt"
        file.write_text(PLAN, encoding="utf-8")
        page.goto(workbench.url("/"))
        page.get_by_role("link", name="来源", exact=False).first.click()
        page.locator("#upload-file").set_input_files(file)
        page.get_by_role("button", name="查看").click()
        page.get_by_role("button", name="载入").wait_for()
        assert page.get_by_text("示例县科技创新行动方案").count() > 0
        page.get_by_role("button", name="载入").click()
        page.get_by_text("已完成").wait_for()
        row = page.locator("tr", has=page.get_by_role("rowheader", name="任务", exact=True)).first
        assert row.inner_text().split() == ["任务", "2", "0", "0"]
        assert page.get_by_role("heading", name="发现").is_visible()
        page_log.assert_clean()

    def test_a_table_without_script(
        self, workbench_of: WorkbenchOf, sample_workspace: Sample, page: Page, tmp_path: Path
    ) -> None:
        """Four clicks: sources, look, the marked copy, load what is good."""
        workbench = workbench_of(sample_workspace())
        file = tmp_path / "企业.csv"
        file.write_text(OWN_ROSTER, encoding="utf-8")
        assert page.context.browser
        plain = page.context.browser.new_context(java_script_enabled=False)
        plain_page = plain.new_page()
        plain_page.goto(workbench.url("/"))
        plain_page.get_by_role("link", name="来源", exact=False).first.click()
        plain_page.locator("#upload-file").set_input_files(file)
        plain_page.get_by_role("button", name="查看").click()
        with plain_page.expect_download() as downloaded:
            plain_page.get_by_role("link", name="下载标出问题的副本").click()
        assert openpyxl.load_workbook(io.BytesIO(downloaded.value.path().read_bytes())).worksheets[1]["B3"].comment
        plain_page.get_by_role("button", name="载入好的内容").click()
        plain_page.get_by_text("已完成").wait_for()
        plain.close()
        found = said(workbench.folder, "uploads/企业.csv", "Enterprise")
        assert found == {"Organisation:uscc=91350100M000100Y43", "Enterprise:乙禾农业有限公司"}

"""Findings as cards: filters, decisions by form and by key, reasons that are asked for, and undoing."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser

from innograph import Workspace
from innograph.graph.ledger.triage import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

    Sample = Callable[[], Path]

# Tasks （二） and （十） of the sample plan have two 牵头单位 each, by reading it.
JOINT = ("推动高新技术企业提质增量", "组建各类专家智库")

ON_A_CARD = "document.activeElement.matches('.card')"


def card_ids(page: str) -> list[str]:
    return re.findall(r'<article class="card [a-z]+" id="f-([0-9a-f]{16})"', page)


def joint_leads(workbench: Workbench) -> list[str]:
    found = workbench.get("/findings.json?rule=joint-leads").json()["findings"]
    return [one["id"] for one in found]


def card(page: str, finding: str) -> str:
    return page.split(f'id="f-{finding}"')[1].split("</article>")[0]


@pytest.fixture
def own(sample_workspace: Sample, workbench_of: WorkbenchOf) -> Workbench:
    """A workbench whose findings the test may decide about."""
    return workbench_of(sample_workspace())


def decide(workbench: Workbench, finding: str, state: str, note: str = "", **more: str) -> str:
    """Send a decision as the form does, and return the page it leads to."""
    form = {"finding": finding, "state": state, "note": note, "author": "规划科", "next": "/findings", **more}
    answer = workbench.post("/findings", form)
    assert answer.status_code == 303
    return workbench.get(answer.headers["location"]).text


class TestCards:
    def test_those_of_a_day_are_found_in_the_graph_of_that_day(self, workbench: Workbench) -> None:
        """The sample plan was issued in 2022: the day before nobody leads anything jointly."""
        for day, rules in (("2021-12-31", 0), ("2023-01-01", len(JOINT))):
            address = f"?rule=joint-leads&as_of={day}"
            assert workbench.get(f"/findings.json{address}").json()["total"] == rules
            page = workbench.get(f"/findings{address}").text
            assert len(card_ids(page)) == rules
            assert f'name="as_of" type="date" value="{day}"' in page

    def test_a_day_is_offered_only_where_it_is_heeded(self, workbench: Workbench) -> None:
        offered = {
            path
            for path in ("/", "/findings", "/q/load", "/sources", "/report")
            if 'id="as-of"' in workbench.get(path).text
        }
        assert offered == {"/findings", "/q/load"}

    def test_joint_leads_are_told_with_their_units_line_and_rule(self, workbench: Workbench) -> None:
        page = html.unescape(workbench.get("/findings?rule=joint-leads").text)
        assert len(card_ids(page)) == len(JOINT)
        assert f"“{JOINT[0]}”由2个单位共同牵头：昌吉市商务和工信局、昌吉市科技局" in page
        assert f"“{JOINT[1]}”由2个单位共同牵头：昌吉市农业农村局、昌吉市卫健委" in page
        assert "牵头单位：市商务和工信局、科技局" in page
        assert "第31行" in page
        assert 'href="/q/joint-leads"' in page

    def test_one_line_that_proves_both_is_quoted_once(self, workbench: Workbench) -> None:
        first = card(workbench.get("/findings?rule=joint-leads").text, joint_leads(workbench)[0])
        assert first.count("data-evidence=") == 1

    def test_severity_is_a_word_and_a_sign(self, workbench: Workbench) -> None:
        page = workbench.get("/findings?severity=high").text
        assert '<span aria-hidden="true">▲</span> 重要' in page
        assert "▲</span> high" in workbench.get("/findings?severity=high&lang=en").text

    def test_pages_have_every_finding_once(self, workbench: Workbench) -> None:
        total = workbench.get("/findings.json?limit=1").json()["total"]
        first, second = (card_ids(workbench.get(f"/findings?page={n}").text) for n in (1, 2))
        assert len(first) == 50
        assert total == len(first) + len(second) == len({*first, *second})

    @pytest.mark.parametrize("page", ["0", "99", "-1", "x", "1e9", "٣"])
    def test_a_page_that_is_not_there_is_the_nearest(self, workbench: Workbench, page: str) -> None:
        assert card_ids(workbench.get(f"/findings?page={quote(page)}").text)

    def test_filters_go_together_and_chips_count_what_they_lead_to(self, workbench: Workbench) -> None:
        page = workbench.get("/findings?severity=medium").text
        rule = re.search(r'<option value="targets-unowned">[^<]*（(\d+)）', page)
        assert rule
        both = workbench.get("/findings?severity=medium&rule=targets-unowned").text
        assert len(card_ids(both)) == int(rule[1])
        assert "按条件" not in both

    def test_one_finding_by_the_beginning_of_its_id(self, workbench: Workbench) -> None:
        finding = joint_leads(workbench)[0]
        assert card_ids(workbench.get(f"/findings?id={finding[:8]}").text) == [finding]
        assert workbench.get("/findings?id=ffffffffffffffffff").status_code == 404

    def test_all_about_one_thing_led_to_from_its_page(self, workbench: Workbench) -> None:
        unit = quote("Department:652301/科技局", safe="/:")
        every = {one["id"]: one for one in workbench.get("/findings.json?limit=1000").json()["findings"]}
        about = LexborHTMLParser(workbench.get(f"/findings?thing={unit}").text)
        ids = {(card.attributes["id"] or "").removeprefix("f-") for card in about.css(".card")}
        workbench.get("/findings")  # they are known now, so the page of the thing has them at once
        thing = LexborHTMLParser(workbench.get(f"/thing/{unit}").text)

        # Whatever names the bureau as a unit is about it, and what has none of its edges is not.
        with Workspace(workbench.folder) as workspace:
            rows = workspace.cypher(
                "MATCH (d:Department {id: 'Department:652301/科技局'})-[r:LEADS|SUPPORTS]->(t:Task) RETURN r.id AS edge"
            ).rows
        edges = {edge for (edge,) in rows}
        assert {own for own, one in every.items() if edges & set(one["evidence"])} <= ids
        assert 0 < len(ids) < len(every)
        assert f"/findings?thing={quote('Department:652301/科技局', safe='')}" in {
            link.attributes["href"] for link in thing.css("main a")
        }
        assert "昌吉市科技局" in about.css_first(".notice").text()
        assert f"{len(ids)}条" in about.css_first("[role=status]").text()

    def test_a_filter_keeps_the_thing_and_one_that_is_not_there_is_told(self, workbench: Workbench) -> None:
        unit = quote("Department:652301/科技局", safe="")
        page = LexborHTMLParser(workbench.get(f"/findings?thing={unit}").text)
        hrefs = [link.attributes["href"] or "" for link in page.css("nav.facet a.chip")]

        assert hrefs
        assert all(f"thing={unit}" in href for href in hrefs)
        assert page.css_first("form.facet input[name=thing]") is not None
        assert workbench.get("/findings?thing=Department:none").status_code == 404
        assert workbench.get("/findings?thing=none").status_code == 404

    def test_nothing_fits_is_said(self, workbench: Workbench) -> None:
        page = workbench.get("/findings?rule=no-such-rule").text
        assert "没有符合条件的发现" in page


class TestDecisions:
    def test_a_decision_is_on_the_page_it_leads_to(self, own: Workbench) -> None:
        finding = joint_leads(own)[0]
        page = decide(own, finding, "confirmed", "已与两局核实")
        shown = card(page, finding)
        assert "✓" in shown
        assert "已确认" in shown
        assert "已与两局核实" in shown
        assert "规划科" in shown
        with Workspace(own.folder) as workspace:
            decision = workspace.triage.current()[finding]
        assert (decision.state, decision.note, decision.author) == (State.CONFIRMED, "已与两局核实", "规划科")

    def test_dismissing_asks_for_a_reason_and_changes_nothing_without(self, own: Workbench) -> None:
        finding = joint_leads(own)[0]
        page = decide(own, finding, "dismissed", "   ")
        assert "排除要写明理由" in card(page, finding)
        assert 'aria-invalid="true"' in card(page, finding)
        with Workspace(own.folder) as workspace:
            assert not workspace.triage.history(finding)
        assert "已有联席会议" in card(decide(own, finding, "dismissed", "已有联席会议"), finding)

    def test_undo_brings_back_what_stood_before_and_keeps_both(self, own: Workbench) -> None:
        finding = joint_leads(own)[0]
        decide(own, finding, "confirmed", "第一次")
        page = decide(own, finding, "dismissed", "第二次")
        moment = re.search(r'name="decided_at" value="([^"]+)"', page)
        assert moment
        form = {"finding": finding, "decided_at": html.unescape(moment[1]), "next": "/findings", "author": "规划科"}
        assert own.post("/findings/undo", form).status_code == 303
        with Workspace(own.folder) as workspace:
            history = [(one.state.value, one.note) for one in workspace.triage.history(finding)]
        assert history == [("confirmed", "第一次"), ("dismissed", "第二次"), ("confirmed", "第一次")]
        # The same again is no longer about the last decision.
        answer = own.post("/findings/undo", form)
        assert "此后又有新的决定" in own.get(answer.headers["location"]).text
        with Workspace(own.folder) as workspace:
            assert len(workspace.triage.history(finding)) == len(history)

    def test_undo_of_the_first_decision_opens_it_again(self, own: Workbench) -> None:
        finding = joint_leads(own)[0]
        moment = re.search(r'name="decided_at" value="([^"]+)"', decide(own, finding, "confirmed"))
        assert moment
        own.post("/findings/undo", {"finding": finding, "decided_at": html.unescape(moment[1])})
        assert card_ids(own.get("/findings?state=confirmed").text) == []
        assert finding in card_ids(own.get("/findings?state=open").text)

    def test_the_filter_stays_and_the_next_card_is_led_to(self, own: Workbench) -> None:
        one, other = joint_leads(own)
        form = {"finding": one, "state": "confirmed", "following": other, "next": "/findings?state=open&page=1"}
        to = own.post("/findings", form).headers["location"]
        assert to == f"/findings?state=open&page=1&decided={one}#f-{other}"
        assert one not in card_ids(own.get(to).text)

    def test_the_browser_remembers_who_decides(self, own: Workbench) -> None:
        with own.client(origin=own.address) as client:
            client.post("/findings/author", data={"author": "规划科 甲", "next": "/findings"})
            assert 'value="规划科 甲"' in client.get("/findings").text
            client.post("/findings", data={"finding": joint_leads(own)[0], "state": "confirmed"})
        with Workspace(own.folder) as workspace:
            assert [one.author for one in workspace.triage.current().values()] == ["规划科 甲"]

    @pytest.mark.parametrize(
        ("form", "status"),
        [
            ({"finding": "0123456789abcdef", "state": "gone"}, 400),
            ({"finding": "<script>", "state": "confirmed"}, 404),
            ({}, 404),
        ],
    )
    def test_what_is_no_decision_is_refused(self, own: Workbench, form: dict[str, str], status: int) -> None:
        assert own.post("/findings", form).status_code == status
        with Workspace(own.folder) as workspace:
            assert not workspace.triage.current()

    def test_a_form_never_leads_elsewhere(self, own: Workbench) -> None:
        form = {"finding": joint_leads(own)[0], "state": "confirmed", "next": "//elsewhere.example/x"}
        assert own.post("/findings", form).headers["location"].startswith("/findings?")

    def test_a_note_is_text(self, own: Workbench) -> None:
        finding = joint_leads(own)[0]
        page = decide(own, finding, "dismissed", '"><img src=x onerror=alert(1)>', author="<b>甲</b>")
        assert "<img" not in page
        assert "<b>甲" not in page


class TestInTheBrowser:
    def test_confirm_dismiss_and_undo_in_five_clicks_from_the_front_page(
        self, own: Workbench, page: Page, page_log: PageLog
    ) -> None:
        """One click more leads from the front page to the cards: the journey itself is four."""
        page.goto(own.url("/"))
        page.get_by_role("link", name="重要").click()
        page.locator(".card").first.get_by_role("button", name="确认").click()
        page.get_by_role("status").filter(has_text="已确认").wait_for()
        second = page.locator(".card").first
        statement = second.locator("h2").inner_text()
        second.get_by_role("textbox").fill("已有联席会议")
        second.get_by_role("button", name="排除").click()
        page.get_by_role("status").filter(has_text="已排除").wait_for()
        assert statement not in page.locator(".card h2").all_inner_texts()
        page.get_by_role("button", name="撤销").click()
        page.locator(".card h2", has_text=statement).wait_for()
        page_log.assert_clean()
        with Workspace(own.folder) as workspace:
            states = sorted(one.state.value for one in workspace.triage.current().values())
        assert states == ["confirmed", "open"]

    def test_the_same_with_keys(self, own: Workbench, page: Page, page_log: PageLog) -> None:
        page.goto(own.url("/findings?state=open&severity=high"))
        total = page.locator(".card").count()
        page.locator(".card").first.focus()
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.id") == page.locator(".card").nth(1).get_attribute("id")
        page.keyboard.press("k")
        page.keyboard.press("c")
        page.get_by_role("status").filter(has_text="已确认").wait_for()
        assert page.locator(".card").count() == total - 1
        page.wait_for_function(ON_A_CARD)  # the next one: one goes on
        page.keyboard.press("d")
        page.keyboard.type("cujd")  # letters in the reason are letters
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text="已排除").wait_for()
        page.wait_for_function(ON_A_CARD)
        page.keyboard.press("u")
        page.wait_for_url(re.compile(r"/findings\?state=open&severity=high#"))
        assert page.locator(".card").count() == total - 1
        page_log.assert_clean()
        with Workspace(own.folder) as workspace:
            notes = [one.note for one in workspace.triage.current().values() if one.state is State.OPEN]
        assert notes == [""]

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_keys_work_where_no_card_was_chosen(
        self, own: Workbench, page: Page, page_log: PageLog, language: str
    ) -> None:
        page.goto(own.url(f"/findings?state=open&severity=high&lang={language}"))
        ids = [card.get_attribute("id") for card in page.locator(".card").all()]
        assert len(ids) > 1
        page.keyboard.press("c")  # nothing is chosen yet: nothing is decided
        page.keyboard.press("k")
        assert page.evaluate("document.activeElement.id") == ids[-1]
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.id") == ids[0]
        page.keyboard.press("c")
        page.locator("#undo").wait_for()
        page.wait_for_function(ON_A_CARD)  # the script of the new page has run
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("u")
        page.locator("#undo").wait_for(state="detached")
        page_log.assert_clean()
        with Workspace(own.folder) as workspace:
            states = {
                finding: [d.state for d in workspace.triage.history(finding)] for finding in workspace.triage.current()
            }
        assert states == {(ids[0] or "").removeprefix("f-"): [State.CONFIRMED, State.OPEN]}

    def test_a_quoted_line_opens_the_drawer(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        page.goto(workbench.url("/findings?rule=joint-leads"))
        page.locator(".card .proof").first.click()
        page.locator("#drawer mark").first.wait_for()
        assert "牵头单位：市商务和工信局、科技局" in page.locator("#drawer mark").first.inner_text()
        page_log.assert_clean()

"""The JSON API: what the OpenAPI document promises holds for whatever is sent, and answers are those of the pages."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import jsonschema
import openpyxl
import pytest
import schemathesis
from cooperation_sample import firms
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from innograph.queries import load_catalogue
from innograph.visualize.workbench.api.openapi import document

if TYPE_CHECKING:
    from workbench_server import Workbench


# What the server says at /openapi.json: the same document, see the next test.
schema = schemathesis.openapi.from_dict(document(load_catalogue(), "http://127.0.0.1/"))
schema.config.phases.coverage.enabled = (
    False  # drawn at random is enough: hundreds of requests for each question are not
)


# To whom tasks go must be said when they are merged or moved: OpenAPI cannot say that of two parameters.
NEED_EACH_OTHER = {"GET /q/what-if.json"}
# It has the address of its page, in which what makes no sense is as if it were not there.
LENIENT = {"GET /explore.json"}


@schema.parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_promise_holds_for_whatever_is_sent(case: schemathesis.Case, workbench: Workbench) -> None:
    """No fault of the server, answers of the promised form and kind, and refusal of what does not fit."""
    excluded = [positive_data_acceptance] if case.operation.label in NEED_EACH_OTHER else []
    excluded += [negative_data_rejection] if case.operation.label in LENIENT else []
    case.call_and_validate(base_url=workbench.address, headers={"origin": workbench.address}, excluded_checks=excluded)


def test_the_document_is_that_of_the_catalogue(workbench: Workbench) -> None:
    said = workbench.get("/openapi.json").json()
    assert said == document(load_catalogue(), f"{workbench.address}/")


def test_every_question_is_in_the_document(workbench: Workbench) -> None:
    paths = workbench.get("/openapi.json").json()["paths"]
    assert {f"/q/{question.id}.json" for question in load_catalogue()} <= set(paths)


def test_a_part_of_the_network_is_as_the_document_promises(workbench: Workbench) -> None:
    paths = workbench.get("/openapi.json").json()
    operation = paths["paths"]["/explore.json"]["get"]
    promised = {**paths["components"]["schemas"]["Picture"]}
    known = {one["name"]: one["schema"] for one in operation["parameters"]}
    assert {"centre", "to", "kind", "depth", "types", "most", "expanded", "hidden", "at", "as_of"} == set(known)

    unit = "Department:652301/科技局"
    around = workbench.get(f"/explore.json?centre={unit}&depth={known['depth']['enum'][0]}").json()
    jsonschema.validate(around, promised)
    assert unit in {node["id"] for node in around["nodes"]}
    assert all(unit in (edge["from"], edge["to"]) for edge in around["edges"] if "LEADS" in edge["id"])
    for kind in known["kind"]["enum"]:
        jsonschema.validate(workbench.get(f"/explore.json?kind={kind}").json(), promised)
    path = workbench.get(f"/explore.json?centre={unit}&to=Department:652301/财政局").json()
    jsonschema.validate(path, promised)
    assert {unit, "Department:652301/财政局"} <= {node["id"] for node in path["nodes"]}
    tasks = workbench.get(f"/explore.json?centre={unit}&types=Task").json()
    assert {node["kind"] for node in tasks["nodes"] if node["id"] != unit} == {"Task"}
    first = tasks["nodes"][-1]["id"]
    fewer = workbench.get(f"/explore.json?centre={unit}&types=Task&hidden={first}").json()
    assert len(fewer["nodes"]) == len(tasks["nodes"]) - 1
    assert workbench.get("/explore.json").json()["nodes"] == []
    assert workbench.get(f"/explore.json?centre={unit}&as_of=soon").status_code == 400


def test_a_thing_and_a_job_are_as_the_document_promises(workbench: Workbench) -> None:
    paths = workbench.get("/openapi.json").json()
    promised = {**paths["components"]["schemas"]}
    thing = workbench.get("/thing/Department:652301/科技局.json").json()
    jsonschema.validate(thing, promised["Thing"])
    # plan.txt: 市科技局 leads seven of the thirteen tasks.
    assert next(one["total"] for one in thing["relations"] if one["type"] == "LEADS") == 7
    assert workbench.get("/thing/Department:652301/科技局.json?as_of=soon").status_code == 400
    with workbench.client(origin=workbench.address) as client:
        upload = client.post("/uploads", files={"file": ("名录.csv", "企业名称\n示例公司\n".encode())}).headers[
            "location"
        ]
        client.post(f"{upload}/read", data={"as_proposed": "1"})
        client.post(f"{upload}/discard")
    job = workbench.desk.aside("示例", lambda progress: progress(1, 2))
    said = workbench.get(f"/jobs/{job.id}.json").json()
    jsonschema.validate(said, promised["Job"])
    assert said["title"] == "示例"
    refused = {code for one in paths["paths"].values() for code in one["get"]["responses"]}
    assert refused == {"200", "400", "401", "403", "404", "409", "503"}


def test_rows_are_those_of_the_plan(workbench: Workbench) -> None:
    answer = workbench.get("/q/matrix.json").json()
    # 61 assignments, 15 of them lead: counted by hand in the sample plan
    assert answer["total"] == 61
    assert sum(row["role"] in ("lead", "joint-lead") for row in answer["rows"]) == 15
    assert answer["left_out"] == 0
    assert answer["next_offset"] is None


def test_a_name_is_understood_and_said(workbench: Workbench) -> None:
    answer = workbench.get("/q/unit.json?unit=市科技局&role=lead").json()
    assert answer["understood"] == {"unit": "昌吉市科技局（Department:652301/科技局）"}
    assert {row["role"] for row in answer["rows"]} == {"lead", "joint-lead"}


def test_rows_come_part_by_part(workbench: Workbench) -> None:
    whole = workbench.get("/q/matrix.json").json()["rows"]
    part = workbench.get("/q/matrix.json?limit=7&offset=56").json()
    assert (part["rows"], part["left_out"], part["next_offset"]) == (whole[56:], 0, None)
    first = workbench.get("/q/matrix.json?limit=7").json()
    assert (first["rows"], first["left_out"], first["next_offset"]) == (whole[:7], 54, 7)


def test_sorted_and_filtered_as_the_page_is(workbench: Workbench) -> None:
    rows = workbench.get("/q/matrix.json?find=财政局&sort=-position").json()["rows"]
    positions = [row["position"] for row in rows]
    assert rows
    assert positions == sorted(positions, reverse=True)
    assert all("财政局" in "".join(str(value) for value in row.values()) for row in rows)


def test_csv_has_the_rows_in_words(workbench: Workbench) -> None:
    answer = workbench.get("/q/matrix.csv?find=共同牵头")
    assert answer.headers["content-disposition"] == 'attachment; filename="matrix.csv"'
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 4
    assert {row["角色"] for row in rows} == {"共同牵头"}


def test_things_by_pinyin(workbench: Workbench) -> None:
    found = workbench.get("/things.json?q=kjj&kinds=Department").json()["things"]
    assert found[0]["id"] == "Department:652301/科技局"


def test_enterprises_are_all_there(workbench: Workbench) -> None:
    rows = workbench.get("/q/partnerless.json").json()
    assert 0 < rows["total"] < len(firms())


def test_findings_by_severity(workbench: Workbench) -> None:
    whole = workbench.get("/findings.json").json()
    high = workbench.get("/findings.json?severity=high").json()
    assert whole["total"] == len(whole["findings"]) > high["total"] > 0
    assert {finding["severity"] for finding in high["findings"]} == {"high"}


def test_findings_by_rule_and_state(workbench: Workbench) -> None:
    whole = workbench.get("/findings.json").json()["findings"]
    rule = whole[0]["rule"]
    of_rule = workbench.get(f"/findings.json?rule={rule}").json()["findings"]
    assert 0 < len(of_rule) < len(whole)
    assert of_rule == [finding for finding in whole if finding["rule"] == rule]
    assert workbench.get("/findings.json?state=open").json()["total"] == len(whole)  # nobody decided anything yet
    assert workbench.get("/findings.json?state=dismissed").json() == {"findings": [], "total": 0}


def test_findings_about_a_thing_are_those_of_its_page(workbench: Workbench) -> None:
    own = "Department:652301/科技局"
    whole = workbench.get("/findings.json").json()
    about = workbench.get(f"/findings.json?thing={own}").json()
    page = workbench.get(f"/findings?thing={own}").text
    assert 0 < about["total"] < whole["total"]
    assert {finding["id"] for finding in about["findings"]} == set(re.findall(r'id="f-([^"]+)"', page))
    assert workbench.get("/findings.json?thing=Task:none").status_code == 404


def test_no_request_gets_more_rows_than_there_may_be(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("innograph.visualize.workbench.api.answers.MOST_ROWS", 3)
    answer = workbench.get("/q/matrix.json?limit=1000").json()
    assert (len(answer["rows"]), answer["left_out"], answer["next_offset"]) == (3, 58, 3)
    assert len(workbench.get("/findings.json?limit=1000").json()["findings"]) == 3
    assert len(workbench.get("/things.json?q=局&limit=1000").json()["things"]) == 3
    assert len(workbench.get("/things.json?q=局&limit=2").json()["things"]) == 2


def test_a_workbook_says_of_which_day_it_is(workbench: Workbench) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbench.get("/q/matrix.xlsx?as_of=2024-12-31").content))
    told = {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert "2024年12月31日" in told.values()


def test_a_name_of_several_things_is_a_conflict_and_they_are_named(workbench: Workbench) -> None:
    told = workbench.get("/q/unit.json?unit=局")
    assert told.status_code == 409
    assert told.json()["error"]["code"] == "ambiguous"
    assert "请写全称或编号" in told.json()["error"]["message"]
    table = workbench.get("/q/unit.csv?unit=局")
    assert table.status_code == 409
    assert table.headers["content-type"] == "text/plain; charset=utf-8"
    assert table.text.count("\n") == 1
    assert "请写全称或编号" in table.text


def test_a_method_that_is_not_there_says_which_are(workbench: Workbench) -> None:
    answer = workbench.post("/questions.json")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.json()["error"]["code"] == "405"


def test_a_fault_tells_nothing_of_our_insides(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("deep inside")

    monkeypatch.setattr("innograph.visualize.workbench.api.answers.arranged", broken)
    answer = workbench.get("/q/matrix.json")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "fault"
    assert "deep" not in answer.text


def test_evidence_has_the_quoted_line(workbench: Workbench) -> None:
    row = workbench.get("/q/unit.json?unit=市科技局&role=lead").json()["rows"][0]
    proof = workbench.get(f"/evidence/{row['evidence'][0]}.json").json()
    assert proof["lines"][0]["quote"] == row["quote"]
    assert proof["lines"][0]["source"] == "plan.txt"


def test_evidence_has_what_the_line_says_of_the_thing(workbench: Workbench) -> None:
    proof = workbench.get("/evidence/Department:652301/科技局.json").json()
    promised = document(load_catalogue(), "http://127.0.0.1/")["components"]["schemas"]["Evidence"]
    jsonschema.validate(proof, promised)
    assert {line["properties"]["name"] for line in proof["lines"]} == {"昌吉市科技局"}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/q/nothing-such.json", 404, "unknown-question"),
        ("/q/matrix.json?colour=red", 400, "bad-parameter"),
        ("/q/unit.json", 400, "bad-parameter"),
        ("/q/unit.json?unit=没有这个局", 404, "nothing-found"),
        ("/q/matrix.json?limit=0", 400, "bad-parameter"),
        ("/q/matrix.json?as_of=soon", 400, "bad-parameter"),
        ("/evidence/nothing.json", 404, "nothing-found"),
        ("/things.json", 400, "bad-parameter"),
        ("/nowhere.json", 404, "404"),
    ],
)
def test_a_mistake_is_told_as_json(workbench: Workbench, path: str, status: int, code: str) -> None:
    answer = workbench.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "Traceback" not in answer.text

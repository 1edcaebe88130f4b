"""``innograph mcp`` as assistants use it: the official client, a real child process, standard input and output."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
import jsonschema
import pytest
from cli_process import call
from mcp import Client, MCPError, StdioServerParameters, types

import innograph
from innograph.graph.ledger.triage import State
from innograph.queries import load_catalogue
from innograph.visualize.examples import sample_workspace

T = TypeVar("T")
OWN = {"plain_question", "find_thing", "findings", "evidence"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with all that is bundled, and its graph."""
    folder = tmp_path_factory.mktemp("mcp") / "ws"
    with sample_workspace(folder) as workspace:
        workspace.build()
    return folder


def converse(folder: Path, talk: Callable[[Client], Awaitable[T]], *words: str, lang: str = "en") -> T:
    """Start the server on the workspace, talk to it, and end it."""
    command = ["-m", "innograph", "--lang", lang, "-w", str(folder), "mcp", *words]

    async def conversation() -> T:
        async with Client(StdioServerParameters(command=sys.executable, args=command)) as client:
            return await talk(client)

    return anyio.run(conversation)


def text_of(result: types.CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    return content.text


class Said:
    """What one conversation gave."""

    def __init__(self) -> None:
        self.tools: dict[str, types.Tool] = {}
        self.answers: dict[str, types.CallToolResult] = {}
        self.wrong: dict[str, types.CallToolResult] = {}
        self.instructions = ""


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "missing": ("ask_unit", {}),
    "unknown": ("ask_unit", {"unit": "科技局", "unti": "x"}),
    "list": ("ask_unit", {"unit": ["科技局"]}),
    "true": ("ask_due", {"year": True}),
    "half": ("ask_due", {"year": 2023.5}),
    "least": ("ask_several_leads", {"least": 1}),
    "choice": ("ask_centrality", {"measure": "beauty"}),
    "nobody": ("ask_unit", {"unit": "没有这个单位吧"}),
    "day": ("ask_load", {"as_of": "soon"}),
    "offset": ("ask_load", {"offset": -1}),
    "no rows": ("ask_load", {"limit": 0}),
    "tool": ("ask_untis", {}),
    "words": ("plain_question", {"question": "今天天气怎么样"}),
    "type": ("find_thing", {"name": "科技", "type": "Weather"}),
    "rule": ("findings", {"rule": "unit"}),
    "id": ("evidence", {"id": "Nothing:like/this"}),
}


@pytest.fixture(scope="module")
def said(folder: Path) -> Said:
    """A conversation in which everything is asked."""

    async def talk(client: Client) -> Said:
        said = Said()
        said.tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        said.instructions = client.instructions or ""
        for question in load_catalogue():
            name = f"ask_{question.id.replace('-', '_')}"
            given = {p.name: p.example for p in question.parameters}
            said.answers[name] = await client.call_tool(name, given)
        for name, (tool, given) in WRONG.items():
            said.wrong[name] = await client.call_tool(tool, given)
        return said

    return converse(folder, talk)


def test_every_question_is_a_tool_with_all_hints_and_schemas(said: Said) -> None:
    assert set(said.tools) == {f"ask_{q.id.replace('-', '_')}" for q in load_catalogue()} | OWN
    for tool in said.tools.values():
        hints = tool.annotations
        assert hints is not None
        assert (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint) == (
            True,
            False,
            True,
            False,
        )
        assert tool.title
        assert tool.description
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.output_schema is not None
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
        assert tool.input_schema["additionalProperties"] is False
        for schema in tool.input_schema["properties"].values():
            assert schema["description"]
            validator = jsonschema.Draft202012Validator(schema)
            assert all(validator.is_valid(example) for example in schema.get("examples", []))
            assert "default" not in schema or validator.is_valid(schema["default"])
    assert "rows" in said.instructions


def test_a_schema_says_what_the_question_file_says(said: Said) -> None:
    taken = said.tools["ask_target_progress"].input_schema
    assert taken["required"] == []
    assert taken["properties"]["patience"] | {"description": ""} == {
        "type": "integer",
        "minimum": 1,
        "default": 365,
        "examples": [365],
        "description": "",
    }
    assert taken["properties"]["day"]["format"] == "date"
    role = said.tools["ask_unit"].input_schema["properties"]["role"]
    assert role["enum"] == ["lead", "support", "responsible"]
    assert "support = support" in role["description"]
    assert said.tools["ask_unit"].input_schema["required"] == ["unit"]
    assert "牵头" in (said.tools["ask_several_leads"].description or "")
    assert "lead" in (said.tools["ask_several_leads"].description or "")


def test_every_example_is_answered_as_the_library_answers_it(said: Said, folder: Path) -> None:
    with innograph.Workspace(folder) as workspace:
        for question in load_catalogue():
            name = f"ask_{question.id.replace('-', '_')}"
            result = said.answers[name]
            assert not result.is_error, (name, text_of(result))
            answer = workspace.answer(question.id, {p.name: p.example for p in question.parameters})
            found = result.structured_content
            assert json.loads(text_of(result)) == found
            assert found["question"] == question.id
            assert [column["name"] for column in found["columns"]] == list(answer.rows.columns)
            assert found["total"] == len(answer.rows.rows)
            assert len(found["rows"]) + found["left_out"] == found["total"]
            assert found["next_offset"] == (len(found["rows"]) if found["left_out"] else None)
            assert found["remarks"][: len(answer.remarks)] == [remark.en for remark in answer.remarks]
            assert [row["evidence"] for row in found["rows"]] == [
                row["evidence"] for row in answer.dicts()[: len(found["rows"])]
            ]
            assert all(row["quote"] and row["place"] for row in found["rows"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("missing", "“unit”: must be given, for example 市科技局"),
        ("unknown", "“unti”: there is no such parameter. Known: unit"),
        ("list", "must be a text or a number"),
        ("true", "must be a text or a number"),
        ("half", "“2023.5” is not a whole number"),
        ("least", "“1” is less than 2"),
        ("choice", "“beauty” is no choice; known: degree"),
        ("nobody", "The graph has no"),
        ("day", "“as_of”: “soon” must be a date"),
        ("offset", "“-1” is less than 0"),
        ("no rows", "“0” is less than 1"),
        ("tool", "There is no tool “ask_untis”. The nearest: "),
        ("words", "“今天天气怎么样” is not understood"),
        ("type", "“Weather” is no choice"),
        ("rule", "“unit” is no choice; known: "),
        ("id", "The graph has no id or edge called"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_nothing_breaks(said: Said, name: str, expected: str) -> None:
    result = said.wrong[name]
    assert result.is_error
    assert expected in text_of(result)
    assert "\n" not in text_of(result)
    assert "Traceback" not in text_of(result)


def test_a_wrong_value_is_told_as_the_command_line_tells_it(said: Said, folder: Path) -> None:
    done = call("-w", folder, "ask", "centrality", "--measure", "beauty", cwd=folder)
    assert done.stderr.strip() == f"innograph: {text_of(said.wrong['choice'])}"


def decide_two(folder: Path) -> tuple[str, str]:
    """Confirm one finding and dismiss another, neither of them joint leads; return their ids."""
    with innograph.Workspace(folder) as workspace:
        one, other = [finding.id for finding in workspace.findings() if finding.rule != "joint-leads"][:2]
        workspace.triage.decide(one, State.CONFIRMED, "", author="planner")
        workspace.triage.decide(other, State.DISMISSED, "已核", author="planner")
    return one, other


def test_own_tools_paging_and_resources(folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(folder, tmp_path / "ws"))

    async def talk(client: Client) -> dict[str, Any]:
        async def rows(tool: str, **given: Any) -> Any:
            result = await client.call_tool(tool, given)
            assert not result.is_error, text_of(result)
            return result.structured_content

        said: dict[str, Any] = {"plain": await rows("plain_question", question="市科技局牵头哪些任务")}
        said["found"] = await rows("find_thing", name="kejiju", type="Organisation")
        said["findings"] = await rows("findings", rule="joint-leads", severity="high", state="open")
        said["decided"] = {state: await rows("findings", state=state) for state in ("open", "confirmed", "dismissed")}
        said["evidence"] = await rows("evidence", id="Department:652301/科技局", limit=2)
        said["first"] = await rows("ask_matrix", limit=3)
        said["next"] = await rows("ask_matrix", limit=3, offset=said["first"]["next_offset"])
        said["whole"] = await rows("ask_matrix", limit=100_000)
        said["behind"] = await rows("ask_matrix", offset=10_000)
        said["resources"] = (await client.list_resources()).resources
        said["templates"] = (await client.list_resource_templates()).resource_templates
        said["ontology"] = await client.read_resource("innograph://ontology")
        said["task"] = await client.read_resource("innograph://ontology/LEADS")
        said["catalogue"] = await client.read_resource("innograph://catalogue")
        with pytest.raises(MCPError, match="没有资源"):
            await client.read_resource("innograph://ontology/../../etc/passwd")
        return said

    confirmed, dismissed = decide_two(folder)
    said = converse(folder, talk, lang="zh")
    by_state = {state: {row["id"] for row in rows["rows"]} for state, rows in said["decided"].items()}
    assert (by_state["confirmed"], by_state["dismissed"]) == ({confirmed}, {dismissed})
    assert by_state["open"]
    assert not by_state["open"] & {confirmed, dismissed}
    assert said["plain"]["question"] == "unit"
    assert said["plain"]["understood"]["unit"] == "昌吉市科技局（Department:652301/科技局）"
    assert all(
        "市科技局" in "".join(row["quote"]) or "科技局" in "".join(row["quote"]) for row in said["plain"]["rows"]
    )
    assert said["found"]["rows"][0]["id"] == "Department:652301/科技局"
    assert {(r["rule"], r["severity"], r["state"]) for r in said["findings"]["rows"]} == {
        ("joint-leads", "high", "open")
    }
    assert any("市商务和工信局、科技局" in "".join(row["quote"]) for row in said["findings"]["rows"])
    assert len(said["evidence"]["rows"]) == 2
    assert said["evidence"]["rows"][0]["before"]
    assert said["evidence"]["left_out"] == said["evidence"]["total"] - 2
    assert said["first"]["rows"] + said["next"]["rows"] == said["whole"]["rows"][:6]
    assert said["first"]["left_out"] == said["whole"]["total"] - 3
    assert (said["behind"]["rows"], said["behind"]["left_out"], said["behind"]["next_offset"]) == ([], 0, None)
    ontology = innograph.graph.ontology.load_ontology()
    assert [r.uri for r in said["resources"]] == [
        "innograph://ontology",
        "innograph://catalogue",
        *(f"innograph://ontology/{name}" for name in (*ontology.nodes, *ontology.edges)),
    ]
    assert [t.uri_template for t in said["templates"]] == ["innograph://ontology/{type}"]
    told = json.loads(said["ontology"].contents[0].text)
    assert {one["name"] for one in told["nodes"]} == set(ontology.nodes)
    leads = json.loads(said["task"].contents[0].text)
    assert (leads["label"]["zh"], leads["source"]) == ("牵头", ["Organisation"])
    assert [p["name"] for p in leads["properties"]] == ["written", "joint", "open"]
    listed = json.loads(said["catalogue"].contents[0].text)
    assert {one["tool"] for one in listed} == {f"ask_{q.id.replace('-', '_')}" for q in load_catalogue()}


def test_an_answer_has_no_more_characters_than_it_may(folder: Path) -> None:
    async def talk(client: Client) -> list[Any]:
        first = await client.call_tool("ask_matrix", {"limit": 1000})
        second = await client.call_tool(
            "ask_matrix", {"limit": 1000, "offset": first.structured_content["next_offset"]}
        )
        return [first.structured_content, second.structured_content]

    first, second = converse(folder, talk, "--characters", "1000")
    assert 0 < len(json.dumps(first["rows"], ensure_ascii=False)) <= 1200
    assert first["left_out"] == first["total"] - len(first["rows"]) > 0
    assert second["left_out"] == first["left_out"] - len(second["rows"])
    assert first["rows"][-1] != second["rows"][0]


def test_a_call_that_takes_too_long_is_refused_and_the_server_goes_on(folder: Path) -> None:
    async def talk(client: Client) -> tuple[types.CallToolResult, Any]:
        late = await client.call_tool("findings", {})
        return late, await client.read_resource("innograph://ontology/Task")

    late, resource = converse(folder, talk, "--timeout", "0.1")
    assert late.is_error
    assert text_of(late) == "The query took longer than 0.1 s and was stopped"
    assert json.loads(resource.contents[0].text)["label"]["zh"] == "任务"


def test_the_graph_of_a_day(tmp_path: Path) -> None:
    table = tmp_path / "projects.csv"
    table.write_text("Project,Lead,Partners,Start,End\n联合攻关,示例大学,示例公司,2024-01,2025-12\n", encoding="utf-8")
    with innograph.Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(table)

    async def talk(client: Client) -> list[Any]:
        asked = [{"name": "示例大学"}, {"name": "示例大学", "as_of": "2024-06-30"}]
        return [(await client.call_tool("ask_find", given)).structured_content["rows"] for given in asked]

    over, during = converse(tmp_path / "ws", talk, "--as-of", "2026-06-30")
    assert any(row["other"] == "联合攻关" for row in during)
    assert not any(row["other"] == "联合攻关" for row in over)


def test_what_is_loaded_meanwhile_is_answered_and_own_questions_are_tools(tmp_path: Path) -> None:
    innograph.Workspace.create(tmp_path / "ws").close()

    async def talk(client: Client) -> tuple[Any, Any, set[str]]:
        before = (await client.call_tool("ask_matrix", {})).structured_content
        with innograph.Workspace(tmp_path / "ws") as workspace:
            workspace.load(innograph.sample("changji") / "plan.txt")
        return (
            before,
            (await client.call_tool("ask_matrix", {})).structured_content,
            {tool.name for tool in (await client.list_tools()).tools},
        )

    before, after, names = converse(tmp_path / "ws", talk)
    assert (before["rows"], before["remarks"]) == ([], ["Nothing is loaded yet: innograph load FILE"])
    assert after["total"] == 61
    assert "ask_matrix" in names


def test_standard_output_carries_nothing_but_the_protocol(folder: Path) -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    asked = [
        hello,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "ask_load", "arguments": {}}},
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "innograph", "-w", str(folder), "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("no json\n" + "".join(json.dumps(one) + "\n" for one in asked))
    process.stdin.flush()
    lines = [json.loads(process.stdout.readline())]
    while lines[-1].get("id") != 2:
        lines.append(json.loads(process.stdout.readline()))
    rest, told = process.communicate(timeout=60)  # closing its input ends it
    assert (rest, process.returncode) == ("", 0)
    assert "Traceback" not in told
    assert all(line["jsonrpc"] == "2.0" for line in lines)
    assert lines[-1]["result"]["structuredContent"]["rows"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-w", "nowhere", "mcp"), "is no workspace"),
        (("mcp", "--as-of", "soon"), "must be a date"),
        (("mcp", "--timeout", "0"), "--timeout"),
    ],
)
def test_wrong_calls_are_told_before_anyone_asks(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = call(*words, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_without_the_package_it_says_how_to_install_it(folder: Path) -> None:
    hidden = "import sys; sys.modules['mcp'] = None; sys.argv[1:] = sys.argv[1:]"
    done = call("-w", folder, "mcp", cwd=folder, before=hidden)
    assert done.returncode == 1
    assert done.stderr.strip() == 'innograph: The package for MCP is missing. Install it: pip install "innograph[mcp]"'

"""The command line as people use it: a process of its own, its output, its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_process import call

import innograph

PLAN = innograph.sample("changji") / "plan.txt"


def test_help_is_quick_and_names_every_command(tmp_path: Path) -> None:
    call("--help", cwd=tmp_path, fresh=True)
    times: list[float] = []
    for _ in range(5):
        before = os.times()  # the processor's time: a busy machine must not fail this
        done = call("--help", cwd=tmp_path, fresh=True)
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        times.append(spent)
    for command in [
        "init",
        "check",
        "map",
        "template",
        "review",
        "load",
        "build",
        "unload",
        "status",
        "parse",
        "questions",
        "ask",
        "draw",
        "report",
        "export",
        "serve",
        "mcp",
        "schema",
        "evidence",
        "findings",
        "triage",
        "cypher",
        "demo",
    ]:
        assert f"\n  {command} " in done.stdout
    assert min(times) < 0.2, times


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from innograph.cli import cli;"
        "CliRunner().invoke(cli, ['--help']);"
        "print(sorted({m.split('.')[0] for m in sys.modules} & "
        "{'pandas', 'numpy', 'scipy', 'networkx', 'sqlite3', 'kglite', 'neo4j', 'yaml', 'rich', 'jinja2', 'docx', 'pypinyin', 'rapidfuzz'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_demo_from_an_empty_folder(tmp_path: Path) -> None:
    done = call("demo", cwd=tmp_path, lang="zh", fresh=True)
    assert done.returncode == 0
    assert "13 项任务、19 个责任单位、61 项分工（牵头 15、配合 46）、42 个目标" in done.stdout
    assert "「牵头单位：市商务和工信局、科技局」" in done.stdout
    assert "●" in done.stdout
    assert "innograph -w innograph-demo ask" in done.stdout
    assert (tmp_path / "innograph-demo" / "picture.html").stat().st_size > 100_000
    assert [f.name for f in tmp_path.iterdir()] == ["innograph-demo"]
    again = call("demo", cwd=tmp_path, lang="zh")
    assert (again.returncode, again.stdout) == (0, done.stdout)


def test_json_is_an_array_of_rows_with_ascii_keys_and_nothing_else(loaded: Path) -> None:
    done = call("-w", loaded, "ask", "responsible", "--task", "跨区域协同创新", "--format", "json", cwd=loaded)
    rows = json.loads(done.stdout)
    assert [(r["unit"], r["role"]) for r in rows] == [
        ("昌吉市科技局", "lead"),
        ("昌吉市发改委", "support"),
        ("昌吉市商务和工信局", "support"),
    ]
    assert all(key.isascii() for row in rows for key in row)
    assert "加强跨区域协同创新" in done.stderr  # what the parameter was taken to mean


def test_csv_is_read_back_by_a_csv_reader(loaded: Path) -> None:
    done = call("-w", loaded, "ask", "matrix", "--format", "csv", cwd=loaded)
    assert done.stdout.startswith("\ufeff")  # so that a spreadsheet program reads it as UTF-8
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert len(rows) == 61
    assert sum(row["role"] in ("lead", "joint-lead") for row in rows) == 15


def test_parameters_both_ways_mean_the_same(loaded: Path) -> None:
    one = call("-w", loaded, "ask", "unit", "--param", "unit=kejiju", "--format", "json", cwd=loaded)
    two = call("-w", loaded, "ask", "unit", "--unit", "科技局", "--format", "json", cwd=loaded)
    three = call("-w", loaded, "ask", "unit", "--unit=市科技局", "--format", "json", cwd=loaded)
    assert json.loads(one.stdout) == json.loads(two.stdout) == json.loads(three.stdout)
    assert len(json.loads(one.stdout)) == 12  # 科技局 has a role in every task but （九）


@pytest.mark.parametrize("where", ["option", "environment", "folder", "folder below"])
def test_the_workspace_is_found(loaded: Path, where: str) -> None:
    below = loaded / "sources"
    done = {
        "option": lambda: call("-w", loaded, "status", "--format", "json", cwd=loaded.parent),
        "environment": lambda: call("status", "--format", "json", cwd=loaded.parent, INNOGRAPH_WORKSPACE=str(loaded)),
        "folder": lambda: call("status", "--format", "json", cwd=loaded),
        "folder below": lambda: call("status", "--format", "json", cwd=below),
    }[where]()
    assert [row["name"] for row in json.loads(done.stdout)] == ["plan.txt"]


def test_load_twice_changes_nothing_and_unload_takes_all_back(tmp_path: Path) -> None:
    call("init", "ws", cwd=tmp_path)
    ws = tmp_path / "ws"
    call("-w", ws, "load", PLAN, cwd=tmp_path)
    before = call("-w", ws, "status", "--format", "json", cwd=tmp_path).stdout
    again = call("-w", ws, "load", PLAN, cwd=tmp_path)
    assert again.returncode == 0
    assert "has not changed" in again.stderr
    assert call("-w", ws, "status", "--format", "json", cwd=tmp_path).stdout == before
    assert call("-w", ws, "unload", "plan.txt", cwd=tmp_path).returncode == 0
    assert json.loads(call("-w", ws, "status", "--format", "json", cwd=tmp_path).stdout) == []
    assert json.loads(call("-w", ws, "ask", "matrix", "--format", "json", cwd=tmp_path).stdout) == []
    assert list((ws / "sources").iterdir()) == []


def test_engine_file_may_be_deleted_at_any_time(loaded: Path, tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    shutil.copytree(loaded, ws)
    before = call("-w", ws, "ask", "targets", "--format", "json", cwd=tmp_path).stdout
    (ws / "graph.kgl").unlink()
    assert call("-w", ws, "ask", "targets", "--format", "json", cwd=tmp_path).stdout == before
    (ws / "graph.kgl").write_bytes(b"no graph at all")
    assert call("-w", ws, "ask", "targets", "--format", "json", cwd=tmp_path).stdout == before


def test_evidence_of_a_node_and_of_an_edge(loaded: Path) -> None:
    rows = json.loads(
        call("-w", loaded, "ask", "responsible", "--task", "十一", "--format", "json", cwd=loaded).stdout or "[]"
    ) or json.loads(call("-w", loaded, "ask", "responsible", "--task", "跨区域", "--format", "json", cwd=loaded).stdout)
    edge = rows[0]["evidence"][0]
    found = json.loads(call("-w", loaded, "evidence", edge, "--format", "json", cwd=loaded).stdout)
    assert [(r["source"], r["quote"]) for r in found] == [("plan.txt", "牵头单位：市科技局")]
    node = call("-w", loaded, "evidence", "Department:652301/科技局", "--format", "json", cwd=loaded)
    assert len(json.loads(node.stdout)) == 12


def test_loading_tells_ten_doubts_and_how_to_see_the_rest(tmp_path: Path) -> None:
    call("init", "ws", cwd=tmp_path)
    tasks = "".join(f"（{n}）建平台{n}。推动发展。\n" for n in "一二三四五六七八九十")
    more = "".join(f"（十{n}）建中心{n}。推动发展。\n" for n in "一二三")
    text = f"昌吉市试点方案\n一、任务\n{tasks}{more}（十四）建园区。推动发展。\n牵头单位：市科技局\n"
    (tmp_path / "p.txt").write_text(text, encoding="utf-8")
    done = call("-w", "ws", "load", "p.txt", cwd=tmp_path)
    assert done.stderr.count("[plan.no-assignment]") == 10
    known = len(json.loads(call("check", "p.txt", "--format", "json", cwd=tmp_path).stdout))
    assert known > 12
    assert f"{known} in all; innograph check p.txt shows them" in done.stderr
    assert "Loading" not in done.stderr.splitlines()


def test_parsing_shows_what_is_measured_and_until_when(tmp_path: Path) -> None:
    text = (
        "昌吉市试点方案\n一、任务\n（一）建平台。到2027年，研发平台达到12个以上，研发投入强度超过2.5%。\n"
        "牵头单位：市科技局\n完成时限：2026年12月\n"
    )
    (tmp_path / "p.txt").write_text(text, encoding="utf-8")
    table = call("parse", "p.txt", cwd=tmp_path).stdout
    assert "研发平台 ≥12个（2027）" in table
    assert "研发投入强度 >2.5%（2027）" in table
    assert "2026年12月" in table


def test_output_is_utf8_on_a_console_that_is_not(loaded: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "innograph", "-w", str(loaded), "ask", "collectives", "--format", "csv"],
        env={**os.environ, "PYTHONIOENCODING": "gbk", "INNOGRAPH_LANG": "zh"},
        capture_output=True,
    )
    assert "各乡镇" in done.stdout.decode("utf-8")


def test_language_of_messages(loaded: Path) -> None:
    zh = call("-w", loaded, "--lang", "zh", "ask", "nosuch", cwd=loaded, lang="en")
    en = call("-w", loaded, "--lang", "en", "ask", "nosuch", cwd=loaded, lang="zh")
    assert "不明白" in zh.stderr
    assert "is not understood" in en.stderr


def test_parse_prints_one_json_object_and_loads_nothing(tmp_path: Path) -> None:
    done = call("parse", PLAN, "--format", "json", cwd=tmp_path)
    plan = json.loads(done.stdout)
    assert (plan["doc_number"], len(plan["tasks"]), len(plan["measures"])) == ("昌市政办发〔2022〕15号", 13, 4)
    assert list(tmp_path.iterdir()) == []


def test_options_of_innograph_may_stand_behind_the_command(loaded: Path) -> None:
    before = call("-w", loaded, "--lang", "en", "ask", "collectives", cwd=loaded.parent)
    behind = call("ask", "collectives", "-w", loaded, "--lang=en", cwd=loaded.parent, lang="zh")
    assert (behind.returncode, behind.stdout) == (0, before.stdout)


def test_two_versions_of_a_plan_are_kept_apart_by_name(tmp_path: Path) -> None:
    call("init", "ws", cwd=tmp_path)
    call("-w", "ws", "load", PLAN, cwd=tmp_path)
    text = PLAN.read_text(encoding="utf-8")
    (tmp_path / "v2.txt").write_text(text.replace("牵头单位：市教育局", "牵头单位：市文旅局"), encoding="utf-8")
    refused = call("-w", "ws", "load", "v2.txt", cwd=tmp_path)
    assert (refused.returncode, "--edition" in refused.stderr) == (1, True)
    assert call("-w", "ws", "load", "v2.txt", "--edition", "征求意见稿", cwd=tmp_path).returncode == 0
    assert len(json.loads(call("-w", "ws", "status", "--format", "json", cwd=tmp_path).stdout)) == 2


def test_a_second_version_of_a_plan_is_not_mixed_with_the_first(tmp_path: Path) -> None:
    call("init", "ws", cwd=tmp_path)
    text = PLAN.read_text(encoding="utf-8")
    (tmp_path / "v1.txt").write_text(text, encoding="utf-8")
    (tmp_path / "v2.txt").write_text(text.replace("牵头单位：市教育局", "牵头单位：市文旅局"), encoding="utf-8")
    assert call("-w", "ws", "load", "v1.txt", cwd=tmp_path).returncode == 0
    second = call("-w", "ws", "load", "v2.txt", cwd=tmp_path)
    assert (second.returncode, "is loaded already" in second.stderr, "unload v1.txt" in second.stderr) == (
        1,
        True,
        True,
    )
    assert json.loads(call("-w", "ws", "ask", "joint-leads", "--format", "json", cwd=tmp_path).stdout).__len__() == 2
    assert call("-w", "ws", "unload", "v1.txt", cwd=tmp_path).returncode == 0
    assert call("-w", "ws", "load", "v2.txt", cwd=tmp_path).returncode == 0
    (tmp_path / "v2.txt").write_text(text, encoding="utf-8")  # a changed file replaces its own
    assert "Updated v2.txt" in call("-w", "ws", "load", "v2.txt", cwd=tmp_path).stderr


def test_a_lost_ledger_is_made_again_from_the_copies(tmp_path: Path) -> None:
    call("init", "ws", cwd=tmp_path)
    ws = tmp_path / "ws"
    call("-w", ws, "load", PLAN, innograph.sample("changji") / "rosters" / "tiers.csv", cwd=tmp_path)
    before = call("-w", ws, "ask", "matrix", "--format", "json", cwd=tmp_path).stdout
    for file in ws.glob("ledger.sqlite*"):
        file.unlink()
    lost = call("-w", ws, "status", cwd=tmp_path)
    assert (lost.returncode, "run innograph init on this folder again" in lost.stderr) == (1, True), lost.stderr
    settings = (ws / "innograph.toml").read_bytes()
    assert call("init", ws, cwd=tmp_path).returncode == 0
    assert (ws / "innograph.toml").read_bytes() == settings
    copies = sorted((ws / "sources").iterdir())
    assert len(copies) == 2
    assert call("-w", ws, "load", *copies, cwd=tmp_path).returncode == 0
    assert sorted((ws / "sources").iterdir()) == copies
    assert call("-w", ws, "ask", "matrix", "--format", "json", cwd=tmp_path).stdout == before


def test_the_settings_of_the_workspace_count(tmp_path: Path) -> None:
    """The language of messages, and the home region of a plan that names no issuer."""
    assert call("--lang", "zh", "init", "ws", "--home", "652301", cwd=tmp_path).returncode == 0
    (tmp_path / "p.txt").write_text(
        "试点方案\n一、任务\n（一）建平台。建设平台2个以上。\n牵头单位：市科技局\n", encoding="utf-8"
    )
    assert call("-w", "ws", "load", "p.txt", cwd=tmp_path).returncode == 0
    rows = json.loads(call("-w", "ws", "ask", "matrix", "--format", "json", cwd=tmp_path).stdout)
    assert [row["unit"] for row in rows] == ["昌吉市科技局"]
    clean = {k: v for k, v in os.environ.items() if k not in ("INNOGRAPH_LANG", "LC_ALL", "LC_MESSAGES")}
    asked = [sys.executable, "-m", "innograph", "-w", "ws", "ask", "nosuch"]
    done = subprocess.run(asked, cwd=tmp_path, env={**clean, "LANG": "en_US.UTF-8"}, capture_output=True)
    assert "不明白“nosuch”" in done.stderr.decode("utf-8")


def test_chinese_arguments_under_the_c_locale(loaded: Path) -> None:
    words = ["-w", loaded, "ask", "unit", "--unit", "科技局", "--format", "json"]
    done = call(*words, cwd=loaded, fresh=True, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert len(json.loads(done.stdout)) == 12, done.stderr

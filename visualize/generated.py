"""The pages and machine-readable files under ``docs`` that are made from the ontology, catalogue, plan grammar, packs and commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from innograph.graph.ontology import load_ontology
from innograph.graph.ontology.generate import json_schema, neo4j_constraints
from innograph.graph.ontology.reference import reference_page
from innograph.loaders.plan.reference.page import plan_format_page
from innograph.loaders.table.reference.page import rosters_page
from innograph.queries import load_catalogue
from innograph.queries.reference import questions_page

from .commands import commands_page
from .examples import example_answers

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from innograph.graph.text import Language

_LANGUAGES: dict[Language, str] = {"zh": ".zh-CN.md", "en": ".md"}
_PLACEHOLDER = "Innograph_000000000000"
_CYPHER_HEAD = f"""\
// 本文件由程序生成，请勿手改：innograph schema generate
// 工作区在 Neo4j 中需要的约束，innograph 写入时自动建立。{_PLACEHOLDER} 代表 Innograph_<工作区编号>。
// This file is generated; do not edit it: innograph schema generate
// The constraints that a workspace needs in Neo4j; innograph makes them itself when it writes.
// {_PLACEHOLDER} stands for Innograph_<workspace>.
"""


def generated_files(commands: click.Group | None = None) -> dict[str, str]:
    """Return the content of every generated file by its path in ``docs``.

    Args:
        commands: the command line, for the pages about it; they are left out without it.

    Examples:
        >>> for name in generated_files():
        ...     print(name)
        plan-format.zh-CN.md
        plan-format.md
        rosters.zh-CN.md
        rosters.md
        reference/ontology.zh-CN.md
        reference/ontology.md
        reference/questions.zh-CN.md
        reference/questions.md
        reference/assertion.schema.json
        reference/neo4j.cypher
    """
    ontology, catalogue, examples = load_ontology(), load_catalogue(), example_answers()
    return {
        "plan-format.zh-CN.md": plan_format_page("zh"),
        "plan-format.md": plan_format_page("en"),
        "rosters.zh-CN.md": rosters_page("zh"),
        "rosters.md": rosters_page("en"),
        **{f"reference/ontology{ending}": reference_page(ontology, lang) for lang, ending in _LANGUAGES.items()},
        **{
            f"reference/questions{ending}": questions_page(catalogue, lang, examples)
            for lang, ending in _LANGUAGES.items()
        },
        "reference/assertion.schema.json": json.dumps(json_schema(ontology), ensure_ascii=False, indent=2) + "\n",
        "reference/neo4j.cypher": _CYPHER_HEAD
        + "".join(f"{line};\n" for line in neo4j_constraints(ontology, _PLACEHOLDER)),
        **(
            {f"reference/commands{ending}": commands_page(commands, lang) for lang, ending in _LANGUAGES.items()}
            if commands
            else {}
        ),
    }


def write_generated(folder: Path, commands: click.Group | None = None) -> list[Path]:
    """Write the generated files that ``folder`` lacks or has otherwise.

    Args:
        folder: such as ``docs``; made if it is not there.
        commands: the command line, for the pages about it.

    Returns:
        The files written.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as made:
        ...     first, second = write_generated(Path(made)), write_generated(Path(made))
        >>> len(first), second
        (10, [])
    """
    files = generated_files(commands)
    written: list[Path] = []
    for name in _differing(folder, files):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name].encode())
        written.append(path)
    return written


def stale(folder: Path, commands: click.Group | None = None) -> list[str]:
    """Return the names of the generated files that ``folder`` lacks or has otherwise.

    Examples:
        >>> from pathlib import Path
        >>> len(stale(Path("no/such/folder")))
        10
    """
    return _differing(folder, generated_files(commands))


def _differing(folder: Path, files: dict[str, str]) -> list[str]:
    return [name for name, content in files.items() if _content(folder / name) != content.encode()]


def _content(path: Path) -> bytes | None:
    """Return the file's bytes with the line ends that innograph writes: Git may have put others on Windows."""
    return path.read_bytes().replace(b"\r\n", b"\n") if path.is_file() else None

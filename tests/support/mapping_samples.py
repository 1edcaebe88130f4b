"""A small pack, and what a table read by it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from innograph.graph.checking import check_assertions
from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.loaders.base import Loaded
from innograph.loaders.table import load_table


def column(word: str, **more: Any) -> dict[str, Any]:
    return {"zh": word, "en": f"{word} (en)", **more}


PACK: dict[str, Any] = {
    "title": {"zh": "名册", "en": "Roster"},
    "match": [["名", "类"]],
    "columns": {"name": column("名", required=True), "type": column("类")},
    "nodes": [
        {"as": "thing", "type": {"column": "type", "values": {"企": "Enterprise", "研": "Institute"}}, "name": "name"}
    ],
}


def load(folder: Path, pack: dict[str, Any], table: str, **options: Any) -> Loaded:
    """Load ``table`` by ``pack``, as the workspace would; the stream is taken."""
    file, mapping = folder / "表.csv", folder / "roster.yaml"
    file.write_text(table, encoding="utf-8")
    mapping.write_text(yaml.safe_dump(pack, allow_unicode=True, sort_keys=False), encoding="utf-8")
    loaded = load_table(file, pack=str(mapping), **options)
    whole = not any(node.get("reference") for node in pack["nodes"])
    loaded.assertions = list(check_assertions(loaded.assertions, load_ontology(), whole=whole))
    return loaded


def nodes(loaded: Loaded) -> dict[str, tuple[str, dict[str, Any]]]:
    return {a.id: (a.label, dict(a.properties)) for a in loaded.assertions if isinstance(a, NodeAssertion)}


def edges(loaded: Loaded) -> list[tuple[str, str, str, dict[str, Any], str]]:
    return [
        (a.type, a.source, a.target, dict(a.properties), a.key)
        for a in loaded.assertions
        if isinstance(a, EdgeAssertion)
    ]


def codes(loaded: Loaded) -> list[tuple[str, int | None, int | None]]:
    return [(i.code, i.place.row, i.place.column) for i in loaded.issues]


def changed(**more: Any) -> dict[str, Any]:
    return {**PACK, **more}

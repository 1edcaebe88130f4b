"""A plan as it comes in files, and what is read of it."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from innograph.graph.errors import InputError
from innograph.graph.text import use_language
from innograph.loaders.loading import parse_plan
from innograph.loaders.plan.export import to_json

FILE = Path(__file__).parents[2] / "data/sample/changji/plan.txt"
TEXT = FILE.read_text(encoding="utf-8")


def essence(data: bytes, name: str = "plan.txt") -> list[object]:
    """What must not depend on how the file was stored."""
    plan = to_json(parse_plan(name, data))
    return [plan[key] for key in ("title", "doc_number", "issuer", "issue_date", "print_date", "parent_policies")] + [
        [
            [task[key] for key in ("number", "title", "lead_units", "support_units", "targets")]
            for task in plan["tasks"]
        ],
        plan["document_targets"],
        plan["measures"],
        plan["entities"],
    ]


EXPECTED = essence(FILE.read_bytes())


def codes(data: bytes, name: str = "plan.txt") -> list[str]:
    return [issue.code for issue in parse_plan(name, data).issues]


def refusal(data: bytes, name: str = "plan.txt") -> tuple[str, str]:
    """Both languages of the error that reading ``data`` ends in: one line each, naming the file."""
    messages: list[str] = []
    for language in ("zh", "en"):
        with pytest.raises(InputError) as raised, use_language(language):  # type: ignore[arg-type]
            parse_plan(name, data)
        assert raised.value.exit_code == 1
        with use_language(language):  # type: ignore[arg-type]
            messages.append(str(raised.value))
    assert messages[0] != messages[1]
    assert all("\n" not in m and name in m for m in messages)
    return messages[0], messages[1]


def word(text: str) -> WordDocument:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return document


def stored(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


DOCX = stored(word(TEXT))

"""A plan of a few lines, and who is responsible by it."""

from __future__ import annotations

from innograph.graph.regions import region_table
from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan import ParsedPlan, parse
from innograph.loaders.plan.model import Role
from innograph.loaders.plan.responsibility.assignments import Block, Context, FirstLeads, read_assignments

CHANGJI = region_table()["652301"]
LEADS, SUPPORTS, RESPONSIBLE = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE


def plan_of(text: str) -> ParsedPlan:
    return parse(document_of_lines("a.txt", text))


def block_of(text: str, *, first_leads: bool = False) -> Block:
    rule = FirstLeads(0) if first_leads else None
    return read_assignments(document_of_lines("a", text), Span(0, len(text)), Context(CHANGJI, rule))


def assigned(text: str, *, first_leads: bool = False) -> list[tuple[Role, list[str]]]:
    return [(a.role, [u.canonical for u in a.units]) for a in block_of(text, first_leads=first_leads).assignments]


def texts(text: str) -> list[list[str]]:
    return [[text[s.start : s.end] for s in passage.text] for passage in block_of(text).passages]

"""Says a parsed plan in the ontology's words: every node and edge with the span that proves it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from innograph.graph.bodies import identify
from innograph.graph.identity import digest, node_id, plan_key
from innograph.graph.records import EdgeAssertion, Evidence, NodeAssertion
from innograph.graph.regions import region_table

from ..bodies import body_assertions
from ..regions import region_assertions, region_id
from .model import Role, Unit

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from innograph.graph.bodies import Body
    from innograph.graph.records import Assertion, Value

    from ..document import Span
    from .model import Cooperation, Findings, Ladder, Mention, ParsedPlan, Safeguard, Section, Target, Task

_INDICATOR_TAIL = re.compile(r"(?:总数量|数量|总数|总量|累计|达到)$")
_INDICATOR_HEAD = re.compile(r"^(?:累计|各类|全市|全省|全州|全区|全县)")


def assertions_of(plan: ParsedPlan) -> Iterator[Assertion]:
    """Yield what ``plan`` and the other plans of its file say, each node before the edges that need it."""
    for one in (plan, *plan.others):
        yield from _Emitter(one).run()


def indicator_name(text: str) -> str:
    """Return an indicator's name such that 高新技术企业数量 and 高新技术企业 are one indicator.

    Examples:
        >>> indicator_name("高新技术企业数量") == indicator_name("高新技术企业")
        True
        >>> indicator_name("上市、挂牌企业累计")
        '上市、挂牌企业'
    """
    short = _INDICATOR_TAIL.sub("", _INDICATOR_HEAD.sub("", text)).strip()
    return short if len(short) >= 2 else text


class _Emitter:
    """Holds what every assertion of one plan needs: the document, the plan's key, and the home region."""

    def __init__(self, plan: ParsedPlan) -> None:
        self.plan = plan
        self.key = plan.key
        self.id = node_id("Plan", self.key)

    def run(self) -> Iterator[Assertion]:
        yield from self.head()
        for position, task in enumerate(self.plan.tasks, start=1):
            yield from self.task(task, position)
        for position, safeguard in enumerate(self.plan.safeguards, start=1):
            yield from self.safeguard(safeguard, position)
        yield from self.targets(self.id, self.plan.targets, None)
        yield from self.findings(self.plan.findings, {}, None)

    def evidence(self, span: Span, section: str | None = None, confidence: float = 1.0) -> Evidence:
        return self.plan.document.evidence(span, section, confidence)

    def head(self) -> Iterator[Assertion]:
        head = self.plan.head
        title = self.evidence(head.title_span)
        properties: dict[str, Value] = {
            "name": head.title,
            "doc_number": head.doc_number,
            "issuer": head.issuer,
            "issue_date": head.issue_date,
            "print_date": head.print_date,
            "period_start": head.period[0] if head.period else None,
            "period_end": head.period[1] if head.period else None,
        }
        yield NodeAssertion("Plan", self.id, properties, title)
        for issuer, span in head.issuers:
            yield from self.body_edge("ISSUED_BY", identify(issuer), self.evidence(span))
        for parent in head.parents:
            said = self.evidence(parent.span)
            parent_id = node_id("Plan", plan_key(parent.title, parent.doc_number))
            yield NodeAssertion("Plan", parent_id, {"name": parent.title, "doc_number": parent.doc_number}, said)
            yield EdgeAssertion("BASED_ON", self.id, parent_id, said, {"relation": parent.relation})

    def body_edge(self, edge_type: str, body: Body, said: Evidence) -> Iterator[Assertion]:
        """The edge from the plan to a body."""
        yield from body_assertions(body, said)
        yield EdgeAssertion(edge_type, self.id, body.id, said)

    def task(self, task: Task, position: int) -> Iterator[Assertion]:
        section = task.section
        task_id = node_id("Task", self.key, section.path)
        label = _label(task.chapter, section)
        heading = self.evidence(section.heading, label)
        properties: dict[str, Value] = {
            "name": section.title or section.number,
            "number": section.number,
            "position": position,
            "section": "、".join(filter(None, (task.chapter.number, task.chapter.title))) if task.chapter else None,
            "deadline": task.deadline,
            "content": self.text_of(task.sentences),
        }
        yield NodeAssertion("Task", task_id, properties, heading)
        yield EdgeAssertion("HAS_TASK", self.id, task_id, heading)
        actions = yield from self.actions(task_id, section, task.sentences, label)
        actions.setdefault(section.title_span, task_id)
        yield from self.assignments(task, task_id, label)
        yield from self.targets(task_id, task.targets, label)
        yield from self.findings(task.findings, actions, label)

    def safeguard(self, safeguard: Safeguard, position: int) -> Iterator[Assertion]:
        section = safeguard.section
        measure_id = node_id("Measure", self.key, section.path)
        label = _label(safeguard.chapter if safeguard.chapter is not section else None, section)
        heading = self.evidence(section.heading, label)
        properties: dict[str, Value] = {
            "name": section.title or section.number,
            "number": section.number,
            "position": position,
            "content": self.text_of(safeguard.sentences),
        }
        yield NodeAssertion("Measure", measure_id, properties, heading)
        yield EdgeAssertion("HAS_MEASURE", self.id, measure_id, heading)
        actions = yield from self.actions(measure_id, section, safeguard.sentences, label)
        actions.setdefault(section.title_span, measure_id)
        yield from self.targets(measure_id, safeguard.targets, label)
        yield from self.findings(safeguard.findings, actions, label)

    def text_of(self, sentences: Sequence[Span]) -> str:
        return "".join(self.plan.document.quote(s) for s in sentences)

    def actions(
        self, owner: str, section: Section, sentences: Sequence[Span], label: str
    ) -> Generator[Assertion, None, dict[Span, str]]:
        """Yield an action for each sentence; return the action's id by the sentence's span."""
        ids: dict[Span, str] = {}
        for position, span in enumerate(sentences, start=1):
            quote = self.plan.document.quote(span)
            ids[span] = f"{node_id('Action', self.key, section.path)}#{digest(quote)}"
            said = self.evidence(span, label)
            yield NodeAssertion("Action", ids[span], {"name": quote, "position": position}, said)
            yield EdgeAssertion("HAS_ACTION", owner, ids[span], said)
        return ids

    def assignments(self, task: Task, task_id: str, label: str) -> Iterator[Assertion]:
        joint = len(task.units(Role.LEAD)) > 1
        for assignment in task.assignments:
            said = self.evidence(assignment.span, label)
            for unit in assignment.units:
                yield from self.unit(unit, label)
                properties: dict[str, Value] = {"written": unit.written, "open": assignment.open}
                if assignment.role is Role.LEAD:
                    properties["joint"] = joint
                yield EdgeAssertion(assignment.role.value, unit.body.id, task_id, said, properties)

    def unit(self, unit: Unit, label: str) -> Iterator[Assertion]:
        yield from body_assertions(unit.body, self.evidence(unit.span, label, 1.0 if unit.body.certain else 0.5))

    def targets(self, owner: str, targets: Sequence[Target], label: str | None) -> Iterator[Assertion]:
        for target in targets:
            said = self.evidence(target.span, label)
            path = owner.partition(":")[2]
            target_id = f"{node_id('Target', path)}#{digest(said.quote, target.indicator, str(target.value))}"
            indicator = indicator_name(target.indicator)
            indicator_id = node_id("Indicator", indicator)
            properties: dict[str, Value] = {
                "name": said.quote,
                "kind": target.kind,
                "comparator": target.comparator,
                "value": target.value,
                "value_to": target.value_to,
                "unit": target.unit,
                "year": target.year,
                "period": target.period,
                "modality": target.modality,
            }
            yield NodeAssertion("Target", target_id, properties, said)
            yield EdgeAssertion("SETS_TARGET", owner, target_id, said)
            yield NodeAssertion("Indicator", indicator_id, {"name": indicator}, said)
            yield EdgeAssertion("MEASURES", target_id, indicator_id, said)

    def findings(self, findings: Findings, actions: Mapping[Span, str], label: str | None) -> Iterator[Assertion]:
        """What is named hangs on the action whose sentence names it, or on the plan for its preamble and goals."""
        for mention in findings.mentions:
            yield from self.mention(mention, actions.get(mention.span, self.id), label)
        for cooperation in findings.cooperations:
            yield from self.cooperation(cooperation, label)
        for ladder in findings.ladders:
            yield from self.ladder(ladder, actions.get(ladder.span, self.id), label)

    def mention(self, mention: Mention, source: str, label: str | None) -> Iterator[Assertion]:
        said = self.evidence(mention.span, label, mention.confidence)
        target = yield from self.named(mention, said)
        if mention.category == "Industry":
            yield EdgeAssertion("FOCUSES_ON", source, target, said)
        else:
            yield EdgeAssertion("NAMES", source, target, said, {"relation": mention.relation}, key=mention.relation)

    def named(self, mention: Mention, said: Evidence) -> Generator[Assertion, None, str]:
        """Yield the node of a named thing; return its id."""
        place = region_table().split_head(mention.name) if mention.category == "Region" else None
        if place and not place[1]:
            yield from region_assertions(place[0], said)
            return region_id(place[0])
        found = node_id(mention.category, mention.name)
        yield NodeAssertion(mention.category, found, {"name": mention.name}, said)
        return found

    def cooperation(self, cooperation: Cooperation, label: str | None) -> Iterator[Assertion]:
        said = self.evidence(cooperation.span, label)
        left = yield from self.named(cooperation.left, said)
        right = yield from self.named(cooperation.right, said)
        properties: dict[str, Value] = {"kind": cooperation.kind, "subject": cooperation.subject or None}
        yield EdgeAssertion("COOPERATES_WITH", left, right, said, properties, key=cooperation.subject)
        project = node_id("Project", cooperation.name)
        yield NodeAssertion("Project", project, {"name": cooperation.name}, said)
        for party, found in ((cooperation.left, left), (cooperation.right, right)):
            if party.category == "Region":
                yield EdgeAssertion("LOCATED_IN", project, found, said)
            else:
                yield EdgeAssertion("PARTICIPATES_IN", found, project, said)

    def ladder(self, ladder: Ladder, source: str, label: str | None) -> Iterator[Assertion]:
        said = self.evidence(ladder.span, label)
        tiers = [node_id("Tier", name) for name in ladder.tiers]
        for name, tier in zip(ladder.tiers, tiers, strict=True):
            yield NodeAssertion("Tier", tier, {"name": name}, said)
            yield EdgeAssertion("NAMES", source, tier, said, {"relation": "梯度"}, key="梯度")
        for lower, upper in itertools.pairwise(tiers):
            yield EdgeAssertion("NEXT_TIER", lower, upper, said)


def _label(chapter: Section | None, section: Section) -> str:
    """Where a section stands, in the numbers of its headings; a passage has the number of its section."""
    if chapter is None or section.path.startswith(f"{chapter.path}-"):
        return section.number
    return f"{chapter.number}{section.number}"

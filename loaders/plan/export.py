"""A parsed plan as plain JSON: what ``innograph parse FILE --format json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .main import main_of, part_of
from .model import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Findings, ParsedPlan, Target, Task, Unit

_CATEGORIES = {
    "enterprises": "Enterprise",
    "institutes": "Institute",
    "platforms": "Platform",
    "talent_programs": "TalentProgram",
    "events": "Event",
    "regions": "Region",
    "industries": "Industry",
}


def to_json(plan: ParsedPlan) -> dict[str, Any]:
    r"""Return the plan as JSON values with ASCII keys.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> from innograph.loaders.plan import parse
        >>> text = "昌吉市试点方案\n一、任务\n（一）建平台。建设平台2个以上。\n牵头单位：市科技局"
        >>> to_json(parse(document_of_lines("a.txt", text)))["tasks"][0]["lead_units"]
        [{'name': '市科技局', 'canonical': '市科技局'}]
    """
    head = plan.head
    plans = sorted((plan, *plan.others), key=lambda one: one.tasks[0].section.heading.start)
    titles = list(dict.fromkeys(part_of(one, task) for one in plans for task in one.tasks))
    _, title = main_of(plans)
    return {
        "text_file": plan.document.name,
        "title": title,
        "document_title": head.title,
        "also_contains": [part for part in titles if part != title],
        "doc_number": head.doc_number,
        "issuer": head.issuer,
        "issue_date": head.issue_date.isoformat() if head.issue_date else None,
        "print_date": head.print_date.isoformat() if head.print_date else None,
        "period": dict(zip(("start", "end"), head.period, strict=True)) if head.period else None,
        "home_region": plan.home.code if plan.home else None,
        "parent_policies": [
            {"title": p.title, "doc_number": p.doc_number, "relation": p.relation, "quote": plan.document.quote(p.span)}
            for p in head.parents
        ],
        "document_targets": [_target(plan, t) for t in plan.targets],
        "tasks": [_task(one, t) for one in plans for t in one.tasks],
        "measures": [s.section.title for one in plans for s in one.safeguards],
        "measure_targets": [
            {"measure": s.section.title, **_target(plan, t)} for one in plans for s in one.safeguards for t in s.targets
        ],
        "entities": _entities(plans),
        "cooperation": [
            {
                "name": c.name,
                "left": c.left.name,
                "right": c.right.name,
                "kind": c.kind,
                "quote": plan.document.quote(c.span),
            }
            for one in plans
            for f in _all_findings(one)
            for c in f.cooperations
        ],
        "issues": [
            {
                "code": i.code,
                "severity": i.severity.value,
                "place": i.place.to_dict(),
                "quote": i.quote,
                "message": i.message,
            }
            for i in plan.issues
        ],
    }


def _task(plan: ParsedPlan, task: Task) -> dict[str, Any]:
    return {
        "part": part_of(plan, task),
        "number": task.section.number,
        "title": task.section.title,
        "path": task.section.path,
        "section": task.chapter.title if task.chapter else None,
        "lead_units": [_unit(u) for u in task.units(Role.LEAD)],
        "support_units": [_unit(u) for u in task.units(Role.SUPPORT)],
        "responsible_units": [_unit(u) for u in task.units(Role.RESPONSIBLE)],
        "open_list": task.open,
        "deadline": task.deadline,
        "assignment_quote": "\n".join(plan.document.quote(s) for s in task.assignment_spans),
        "targets": [_target(plan, t) for t in task.targets],
    }


def _unit(unit: Unit) -> dict[str, str]:
    return {"name": unit.written, "canonical": unit.canonical}


def _target(plan: ParsedPlan, target: Target) -> dict[str, Any]:
    value: Any = target.value if target.value_to is None else [target.value, target.value_to]
    return {
        "metric": target.indicator,
        "comparator": target.comparator,
        "value": value,
        "unit": target.unit,
        "year": target.year,
        "kind": target.kind,
        "period": target.period,
        "modality": target.modality,
        "quote": plan.document.quote(target.span),
    }


def _all_findings(plan: ParsedPlan) -> list[Findings]:
    return [plan.findings, *(t.findings for t in plan.tasks), *(s.findings for s in plan.safeguards)]


def _entities(plans: Sequence[ParsedPlan]) -> dict[str, list[str]]:
    """The names of each category, in the text or among the responsible units (省铁塔公司)."""
    named = [(m.category, m.name) for one in plans for f in _all_findings(one) for m in f.mentions]
    units = (unit for one in plans for task in one.tasks for a in task.assignments for unit in a.units)
    named += [(unit.body.label, unit.canonical) for unit in units if unit.body.certain]
    return {
        plural: list(dict.fromkeys(name for label, name in named if label == category))
        for plural, category in _CATEGORIES.items()
    }

"""A parsed plan as plain JSON: what ``innograph parse FILE --format json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .model import Role

if TYPE_CHECKING:
    from .model import Findings, Mention, ParsedPlan, Target, Task, Unit

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
    return {
        "text_file": plan.document.name,
        "title": head.title,
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
        "tasks": [_task(plan, t) for t in plan.tasks],
        "measures": [s.section.title for s in plan.safeguards],
        "measure_targets": [
            {"measure": s.section.title, **_target(plan, t)} for s in plan.safeguards for t in s.targets
        ],
        "entities": _entities(plan),
        "cooperation": [
            {
                "name": c.name,
                "left": c.left.name,
                "right": c.right.name,
                "kind": c.kind,
                "quote": plan.document.quote(c.span),
            }
            for f in _all_findings(plan)
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
        "number": task.section.number,
        "title": task.section.title,
        "path": task.section.path,
        "section": task.chapter.title if task.chapter else None,
        "lead_units": [_unit(u) for u in task.units(Role.LEAD)],
        "support_units": [_unit(u) for u in task.units(Role.SUPPORT)],
        "responsible_units": [_unit(u) for u in task.units(Role.RESPONSIBLE)],
        "open_list": task.open,
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


def _entities(plan: ParsedPlan) -> dict[str, list[str]]:
    mentions: list[Mention] = [m for f in _all_findings(plan) for m in f.mentions]
    return {
        plural: list(dict.fromkeys(m.name for m in mentions if m.category == category))
        for plural, category in _CATEGORIES.items()
    }

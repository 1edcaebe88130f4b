"""What the listing commands print: status, parsed plans, questions, findings, evidence, the ontology."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.errors import NothingFound, OntologyError
from innograph.graph.issues import Severity
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text
from innograph.queries.vocabulary import TOPICS

from .tables import NOTHING_LOADED, csv_file, json_text, number, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innograph.graph.reports import Status
    from innograph.queries import Catalogue
    from innograph.workspace import Workspace

_LOADERS = {"plan": Text("方案", "plan"), "table": Text("名录", "roster")}
_ITEM = Text("条目", "id or edge")
_OF_PLAN = Text("（整份方案）", "(the whole plan)")
_TREND = Text("逐年增长", "grows")
_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "=": "= ", "~": "≈"}


class _NothingLike(NothingFound):
    """Nothing has that name, nor one like it."""

    text = Text("图谱中没有叫“{name}”的{kind}", "The graph has no {kind} called “{name}”")


def listing(heads: dict[str, Text], rows: Sequence[dict[str, Any]], form: str) -> str:
    """Return rows of one shape as a table, JSON or CSV; ``heads`` gives the columns and their words."""
    if form == "json":
        return json_text(rows)
    if form == "csv":
        return csv_file(list(heads), [[row[k] for k in heads] for row in rows])
    return table(
        [text.show() for text in heads.values()],
        [["" if row[k] is None else str(row[k]) for k in heads] for row in rows],
    )


def status_text(status: Status, form: str) -> str:
    """Return what a workspace holds: one row for each source and, for people, its errors and warnings."""
    heads = {
        "name": Text("来源", "Source"),
        "loader": Text("类型", "Loader"),
        "assertions": Text("断言", "Assertions"),
        "errors": Text("错误", "Errors"),
        "warnings": Text("疑问", "Warnings"),
        "loaded_at": Text("载入时间", "Loaded at"),
        "sha256": Text("内容指纹", "Content hash"),
    }
    names = Counter(s.name for s in status.sources)
    people = form == "table"
    rows = [
        {
            "name": f"{s.name}（{s.origin}）" if people and names[s.name] > 1 else s.name,
            "loader": _LOADERS[s.loader].show() if people and s.loader in _LOADERS else s.loader,
            "assertions": number(s.assertions) if people else s.assertions,
            "errors": s.issues.get(Severity.ERROR, 0),
            "warnings": s.issues.get(Severity.WARNING, 0),
            "loaded_at": s.loaded_at,
            "sha256": s.sha256[:12],
        }
        for s in status.sources
    ]
    listed = listing(heads, rows, form)
    if form != "table":
        return listed
    head = Text(
        "{title}（{folder}）\n引擎 {store}；内置图文件{fresh}\n",
        "{title} ({folder})\nEngine {store}; the embedded graph file is {fresh}\n",
    )
    fresh = (
        Text("已是最新", "up to date")
        if status.up_to_date
        else Text("待重建（提问时自动重建）", "out of date (rebuilt at the next question)")
    )
    title = head.format(title=status.settings.title, folder=status.folder, store=status.store, fresh=fresh)
    return title + (listed if rows else NOTHING_LOADED.show()) + _doubts(status)


def _doubts(status: Status) -> str:
    """How many errors and warnings all sources have, and how to see them."""
    counted = sum(issue.severity is not Severity.INFO for _, issue in status.issues)
    if not counted:
        return ""
    hint = Text(
        "\n疑问共{n}处，逐条见 innograph check 文件", "\nDoubts: {n}; innograph check FILE shows them one by one"
    )
    return hint.format(n=number(counted))


def parsed_text(plan: dict[str, Any]) -> str:
    """Return a parsed plan for people: the head, then a row for each task."""
    head = [plan["title"], *(plan[k] for k in ("doc_number", "issuer", "issue_date") if plan[k])]
    doubts = [f"[{i['code']}] {' '.join(i['message'].split())}" for i in plan["issues"]]
    heads = [head.show() for head in PLAN_HEADS]
    return "\n".join(["　".join(head), table(heads, plan_rows(plan)), *doubts])


PLAN_HEADS = (
    Text("任务", "Task"),
    Text("牵头", "Lead"),
    Text("配合或负责", "Support or responsible"),
    Text("期限", "Deadline"),
    Text("目标", "Targets"),
)
"""What :func:`plan_rows` has of each task."""


def plan_rows(plan: dict[str, Any]) -> list[list[str]]:
    """Return a row for each task of a parsed plan, and one before them for the targets of the whole."""
    rows = [
        [
            f"{t['number']}{t['title']}",
            "、".join(u["canonical"] for u in t["lead_units"]),
            "、".join(u["canonical"] for u in (*t["support_units"], *t["responsible_units"])),
            t["deadline"] or "",
            _targets_text(t["targets"]),
        ]
        for t in plan["tasks"]
    ]
    if plan["document_targets"]:
        rows.insert(0, [_OF_PLAN.show(), "", "", "", _targets_text(plan["document_targets"])])
    return rows


def _targets_text(targets: Sequence[dict[str, Any]]) -> str:
    """The targets, one a line: what is measured, how it compares, its figure with the unit, the year."""
    return "\n".join(dict.fromkeys(_target_line(target) for target in targets))


def _target_line(target: dict[str, Any]) -> str:
    given: Any = target["value"]
    figures = cast("list[float | None]", given if isinstance(given, list) else [given])
    value = "–".join(_figure(figure) for figure in figures if figure is not None)
    sign = _TREND.show() if target["comparator"] == "growth" else _SIGNS.get(target["comparator"], "")
    year = f"（{target['year']}）" if target["year"] else ""
    return f"{target['metric']} {sign}{value}{target['unit'] or ''}{year}"


def _figure(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def questions_text(catalogue: Catalogue, form: str) -> str:
    """Return the questions of a catalogue."""
    heads = {
        "id": Text("编号", "Id"),
        "topic": Text("主题", "Topic"),
        "title": Text("问题", "Title"),
        "question": Text("问句", "Question"),
        "parameters": Text("参数（*必填）", "Parameters (* required)"),
    }
    rows = [
        {
            "id": q.id,
            "topic": q.topic if form != "table" else TOPICS[q.topic].show(),
            "title": q.title.show(),
            "question": q.question.show(),
            "parameters": " ".join(f"{p.name}{'*' if p.required else ''}" for p in q.parameters),
        }
        for q in catalogue
    ]
    return listing(heads, rows, form)


def evidence_text(workspace: Workspace, subject: str, form: str) -> str:
    """Return every source line behind the node or edge ``subject``; an id may be cut short where that is clear.

    Raises:
        NothingFound: no such id, or several begin so.
    """
    found = workspace.evidence(subject)
    if not found:
        near = workspace.ids_like(subject)
        if not near:
            raise _NothingLike(name=subject, kind=_ITEM)
        if len(near) != 1:
            raise NothingFound(name=subject, kind=_ITEM, near="、".join(near[:5]))
        found = workspace.evidence(near[0])
    heads = {
        "source": Text("来源", "Source"),
        "place": Text("位置", "Place"),
        "quote": Text("原文", "Quoted line"),
        "before": Text("前文", "Before it"),
        "after": Text("后文", "After it"),
        "type": Text("类型", "Type"),
        "confidence": Text("可信度", "Confidence"),
    }
    rows = [
        {
            "source": e.source,
            "place": e.place.show(),
            "quote": e.quote,
            "before": around.before if around else "",
            "after": around.after if around else "",
            "type": _type(e.type, form),
            "confidence": e.confidence,
        }
        for e, around in zip(found, workspace.surroundings(found), strict=True)
    ]
    return listing(heads, rows, form)


def _type(name: str, form: str) -> str:
    ontology = load_ontology()
    known = ontology.nodes.get(name) or ontology.edges.get(name)
    return known.label.show() if known and form == "table" else name


def schema_text(name: str | None, form: str) -> str:
    """Return the types of the ontology, or the properties of one.

    Raises:
        OntologyError: there is no type of that name.
    """
    ontology = load_ontology()
    if name is None:
        heads = {
            "name": Text("类型", "Type"),
            "label": Text("名称", "Label"),
            "ends": Text("连接", "Between"),
            "description": Text("说明", "Description"),
        }
        nodes = [
            {"name": t.name, "label": t.label.show(), "ends": t.parent or "", "description": t.description.show()}
            for t in ontology.nodes.values()
        ]
        edges = [
            {
                "name": t.name,
                "label": t.label.show(),
                "ends": f"{'|'.join(t.source)} → {'|'.join(t.target)}",
                "description": t.description.show(),
            }
            for t in ontology.edges.values()
        ]
        return listing(heads, [*nodes, *edges], form)
    found = ontology.nodes.get(name) or ontology.edges.get(name)
    if found is None:
        raise OntologyError(
            where=name,
            problem=Text(
                "没有这个类型：innograph schema show 列出全部",
                "there is no such type: innograph schema show lists them",
            ),
        )
    heads = {
        "name": Text("属性", "Property"),
        "label": Text("名称", "Label"),
        "type": Text("类型", "Type"),
        "required": Text("必填", "Required"),
        "example": Text("示例", "Example"),
    }
    rows = [
        {
            "name": p.name,
            "label": p.label.show(),
            "type": p.type.value,
            "required": "*" if p.required else "",
            "example": p.example,
        }
        for p in found.properties.values()
    ]
    return listing(heads, rows, form)

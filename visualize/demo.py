"""The demonstration: the bundled sample from file to graph, matrix, findings and picture, in one go."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from innograph import sample
from innograph.graph.settings import FILE_NAME
from innograph.graph.text import Text
from innograph.workspace import Workspace

from .files import write_file
from .found import finding_lines
from .matrix import matrix_in, terminal_matrix
from .pictures import Wanted, picture_of
from .tables import number

if TYPE_CHECKING:
    from pathlib import Path

    from innograph.graph.records import Graph
    from innograph.graph.stores import Progress
    from innograph.queries import Finding

_ROLES = ("LEADS", "SUPPORTS", "RESPONSIBLE_FOR")
_NAMED = ("Enterprise", "Institute", "Platform", "TalentProgram", "Event")
_FIRST_FINDINGS = 6
_FOUND = Text(
    "{title}\n读出 {tasks} 项任务、{units} 个责任单位、{assignments} 项分工（牵头 {leads}、配合 {supports}）、{targets} 个目标、"
    "{named} 个被点名的企业、院所、平台、计划和活动",
    "{title}\nRead {tasks} tasks, {units} responsible units, {assignments} assignments ({leads} lead, {supports} support),"
    " {targets} targets, {named} named enterprises, institutes, platforms, programmes and events",
)
_MATRIX = Text("责任矩阵", "Responsibility matrix")
_FINDINGS = Text(
    "值得核对的发现（共{n}条，先列{shown}条，每条附原文）",
    "Worth a look ({n} in all, the first {shown}, each with its line)",
)
_NEXT = Text(
    "图已写好：{picture}（用浏览器打开，可离线）\n\n接着可以试：\n"
    "  {command} -w {folder} serve\n"
    "  {command} -w {folder} ask unit --unit 科技局\n"
    "  {command} -w {folder} ask responsible --task 跨区域协同创新\n"
    "  {command} -w {folder} ask find --name kejiju\n"
    "  {command} -w {folder} findings\n"
    "  {command} questions\n"
    "换成自己的文件：{command} init 文件夹，然后 {command} -w 文件夹 load 方案.docx",
    "The picture is written: {picture} (open it in a browser; no network needed)\n\nNow try:\n"
    "  {command} -w {folder} serve\n"
    "  {command} -w {folder} ask unit --unit 科技局\n"
    "  {command} -w {folder} ask responsible --task 跨区域协同创新\n"
    "  {command} -w {folder} ask find --name kejiju\n"
    "  {command} -w {folder} findings\n"
    "  {command} questions\n"
    "With your own file: {command} init DIR, then {command} -w DIR load plan.docx",
)


def run_demo(folder: Path, store: str | None, progress: Progress, command: str = "innograph") -> str:
    """Load the bundled sample into ``folder`` and return what was found, in words.

    Args:
        folder: becomes a workspace; a workspace of an earlier demonstration is used again.
        store: an engine's address, or ``None`` for the embedded one.
        progress: told after each step.
        command: what the user types to run innograph, for the hints at the end.

    Raises:
        WorkspaceError: the folder cannot be used.
        EngineError: the engine cannot be reached.
    """
    files = [sample("changji") / "plan.txt", *sorted((sample("changji") / "rosters").glob("*.csv"))]
    steps = len(files) + 3
    exists = (folder / FILE_NAME).exists()
    with Workspace(folder, store) if exists else Workspace.create(folder, store=store) as workspace:
        for done, file in enumerate(files, start=1):
            workspace.load(file)
            progress(done, steps)
        workspace.build()
        progress(steps - 2, steps)
        matrix = matrix_in(workspace)
        found = workspace.findings()
        progress(steps - 1, steps)
        picture = folder / "picture.html"
        write_file(picture, picture_of(workspace, Wanted()).html())
        progress(steps, steps)
        parts = [
            _summary(workspace.graph()),
            f"{_MATRIX.show()}\n{terminal_matrix(matrix)}",
            _first(found),
            _NEXT.format(picture=picture, folder=folder, command=command),
        ]
    return "\n\n".join(parts)


def _summary(graph: Graph) -> str:
    labels = Counter(node.label for node in graph.nodes.values())
    roles = Counter(edge.type for edge in graph.edges.values())
    units = {edge.source for edge in graph.edges.values() if edge.type in _ROLES}
    title = next(
        n.properties["name"] for n in graph.nodes.values() if n.label == "Plan" and n.properties.get("issue_date")
    )
    return _FOUND.format(
        title=title,
        tasks=number(labels["Task"]),
        units=number(len(units)),
        assignments=number(sum(roles[r] for r in _ROLES)),
        leads=number(roles["LEADS"]),
        supports=number(roles["SUPPORTS"]),
        targets=number(labels["Target"]),
        named=number(sum(labels[kind] for kind in _NAMED)),
    )


def _first(findings: list[Finding]) -> str:
    """The first findings, one of each rule before a second of any."""
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, int, Finding]] = []
    for order, finding in enumerate(findings):
        ranked.append((seen[finding.rule], order, finding))
        seen[finding.rule] += 1
    first = [finding for _, _, finding in sorted(ranked, key=lambda item: item[:2])[:_FIRST_FINDINGS]]
    heading = _FINDINGS.format(n=number(len(findings)), shown=len(first))
    return "\n".join([heading, *(finding_lines(f) for f in first)])

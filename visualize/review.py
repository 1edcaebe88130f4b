"""Who is who, for people to judge: lists of candidates and of judgements, what a file did, and who is meant by a name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from innograph.graph.errors import Ambiguous
from innograph.graph.identity import plain
from innograph.graph.ledger.judgements import BadJudgement, Verdict
from innograph.graph.text import Text
from innograph.queries.lookup import FINDABLE, resolve

from .overview import listing
from .sides import legible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.graph.ledger.judgements import Imported, Judgement
    from innograph.graph.recognition.candidates import Candidate
    from innograph.workspace import Workspace

    from .sides import Sides

VERDICTS = {Verdict.SAME: Text("同一", "same"), Verdict.DIFFERENT: Text("不同", "different")}
PROMPT = Text(
    "y 同一  n 不同  s 跳过  u 撤销上一条  q 结束  ? 说明：",
    "y same  n different  s skip  u undo the last  q quit  ? help: ",
)
"""What a person may answer, in a line."""
HELP = Text(
    "y  是同一个：图谱里合成一个，两边的原文都留着\n"
    "n  不是同一个：以后不再提示，也不会自动合并\n"
    "s  跳过：下次再问\n"
    "u  撤销刚才的判定，回到那一对\n"
    "q  结束：已作的判定都已保存，下次从剩下的继续\n"
    "每条判定都记下日期和作者，可用 innograph review withdraw 撤回",
    "y  the same: one thing in the graph, with the quoted lines of both\n"
    "n  different: not asked again, and never joined automatically\n"
    "s  skip: asked again next time\n"
    "u  undo what was just decided, and go back to it\n"
    "q  quit: everything decided is kept; next time goes on with the rest\n"
    "Each judgement is kept with its date and author; innograph review withdraw takes one back",
)
"""What each answer does."""
_NEAREST = 5
_NEAR, _LEAST_ALIKE = 3, 0.4
_KIND = Text("判定", "judgement")


def candidates_text(candidates: Sequence[Candidate], sides: Sides, form: str) -> str:
    """Return candidates as a table, JSON or CSV, in the order given."""
    heads = {
        "score": Text("相似度", "Score"),
        "left_name": Text("一方", "One"),
        "right_name": Text("另一方", "Other"),
        "reasons": Text("理由", "For it"),
        "against": Text("反证", "Against it"),
        "left": Text("一方编号", "Its id"),
        "right": Text("另一方编号", "Its id"),
    }
    people = form == "table"
    rows = [
        {
            "score": f"{one.score:.2f}" if people else one.score,
            "left_name": sides.name(one.left),
            "right_name": sides.name(one.right),
            "reasons": _several(one.reasons, people=people),
            "against": _several(one.against, people=people),
            "left": _shown(one.left, people=people),
            "right": _shown(one.right, people=people),
        }
        for one in candidates
    ]
    return listing(heads, rows, form)


def history_text(judgements: Sequence[Judgement], workspace: Workspace, form: str) -> str:
    """Return judgements as a table, JSON or CSV, in the order given."""
    heads = {
        "id": Text("序号", "No."),
        "verdict": Text("判定", "Verdict"),
        "left_name": Text("一方", "One"),
        "right_name": Text("另一方", "Other"),
        "author": Text("作者", "Author"),
        "decided_at": Text("判定时间", "Decided"),
        "withdrawn_at": Text("撤回时间", "Withdrawn"),
        "note": Text("说明", "Note"),
        "left": Text("一方编号", "Its id"),
        "right": Text("另一方编号", "Its id"),
    }
    people = form == "table"
    rows = [
        {
            "id": j.id,
            "verdict": VERDICTS[j.verdict].show() if people else j.verdict.value,
            "left_name": _shown(workspace.judgements.name(j.left) or (j.left if people else ""), people=people),
            "right_name": _shown(workspace.judgements.name(j.right) or (j.right if people else ""), people=people),
            "author": _shown(j.author, people=people),
            "decided_at": _moment(j.decided_at, people=people),
            "withdrawn_at": _moment(j.withdrawn_at, people=people) if j.withdrawn_at else None,
            "note": _shown(j.note, people=people),
            "left": _shown(j.left, people=people),
            "right": _shown(j.right, people=people),
        }
        for j in judgements
    ]
    return listing(heads, rows, form)


def no_type_text(label: str, known: Iterable[str]) -> Text:
    """Return that there is no such type, with those that are written most like it.

    Examples:
        >>> no_type_text("Enterprize", ["Enterprise", "Task"]).zh
        '没有类型“Enterprize”，可用：Enterprise'
    """
    known = list(known)
    near = "、".join(get_close_matches(label, known, n=_NEAR, cutoff=_LEAST_ALIKE) or known)
    return Text(f"没有类型“{label}”，可用：{near}", f"there is no type “{label}”; there are {near}")


def decided_text(judgements: Sequence[Judgement], *, skipped: int, follow: int, left: int) -> Text:
    """Return what a person decided in one sitting, in a line, in both languages.

    Args:
        judgements: what stands of it.
        skipped: how many pairs were skipped.
        follow: how many were settled by judgements on others.
        left: how many were not seen.
    """
    same = sum(judgement.verdict is Verdict.SAME for judgement in judgements)
    different = len(judgements) - same
    return Text(
        f"判为同一 {same} 对，不同 {different} 对，跳过 {skipped} 对，由已有判定可知 {follow} 对，未看 {left} 对",
        f"{same} the same, {different} different, {skipped} skipped, {follow} follow from judgements, {left} not seen",
    )


def judgement_text(judgement: Judgement, workspace: Workspace) -> str:
    """Return a judgement in one line."""
    sign = "=" if judgement.verdict is Verdict.SAME else "≠"
    left, right = (_called(workspace, node) for node in judgement.pair)
    by = Text("（{author}，{day}）", " ({author}, {day})")
    return f"#{judgement.id} {left} {sign} {right}" + by.format(
        author=legible(judgement.author), day=judgement.decided_at.date()
    )


def imported_lines(file: str, imported: Imported, workspace: Workspace) -> Iterator[str]:
    """Yield what taking in a file did, in lines for people: the sums, then conflicts, then rows not taken in."""
    counts = Text(
        "{file}：新增 {new} 条，已有 {same} 条，按文件撤回 {withdrawn} 条，冲突 {conflicts} 处，有误 {problems} 行",
        "{file}: {new} new, {same} known already, {withdrawn} withdrawn by the file, {conflicts} in conflict, {problems} bad rows",
    )
    yield counts.format(
        file=file,
        new=imported.new,
        same=imported.same,
        withdrawn=imported.withdrawn,
        conflicts=len(imported.conflicts),
        problems=len(imported.problems),
    )
    conflict = Text(
        "{file}:{row}：与已有判定 {stood} 相反，以较晚的为准，即{winner}",
        "{file}:{row}: contradicts {stood}; the later decision stands, {winner}",
    )
    for one in imported.conflicts:
        winner = Text("文件中的", "the file's") if one.file_won else Text("已有的", "the one that was here")
        yield conflict.format(file=file, row=one.row, stood=judgement_text(one.stood, workspace), winner=winner)
    for problem in imported.problems:
        yield f"{file}:{problem.row}: {legible(problem.problem.show())}"
    if imported.unknown:
        unknown = Text(
            "有 {n} 个编号没有来源说到，载入其来源后判定才起作用：{some}",
            "No source states {n} of its ids; judgements on them work once their sources are loaded: {some}",
        )
        yield unknown.format(n=len(imported.unknown), some="、".join(map(legible, imported.unknown[:_NEAREST])))


def two_things(workspace: Workspace, one: str, other: str) -> tuple[str, str]:
    """Return the ids of two things named in any way that means one thing each.

    Raises:
        NothingFound: the graph has no such thing.
        Ambiguous: a name may mean several.
        BadJudgement: both names mean one thing.
    """
    left, right = thing_id(workspace, one), thing_id(workspace, other)
    if left == right:
        origins = "、".join(workspace.graph().origins.get(left, ()))
        problem = Text(
            f"“{one}”和“{other}”在图谱中已是同一个（{left}）。若要分开，请写原来的两个编号"
            + (f"，它由这些合成：{origins}" if origins else ""),
            f"“{one}” and “{other}” are one thing in the graph already ({left}). To take it apart, give two ids of sources"
            + (f"; it was made of {origins}" if origins else ""),
        )
        raise BadJudgement(problem=problem)
    return left, right


def thing_id(workspace: Workspace, word: str) -> str:
    """Return the id that ``word`` is, if a source states it, else of the one thing in the graph that it names."""
    if word.partition(":")[0] in workspace.ontology.nodes and workspace.evidence(word):
        return word
    return resolve(workspace.store(), word, FINDABLE).id


def judged_pair(workspace: Workspace, one: str, other: str) -> tuple[str, str]:
    """Return the ids of the pair with a judgement that stands whose sides ``one`` and ``other`` name, in either order.

    Things judged the same have become one in the graph, so its names could not tell them apart any more.

    Raises:
        Ambiguous: several pairs fit.
        NothingFound: a name means nothing at all.
    """
    standing = workspace.judgements.standing()
    names = {node: _names(workspace, node) for judgement in standing for node in judgement.pair}
    fitting = [
        judgement
        for judgement in standing
        for left, right in (judgement.pair, judgement.pair[::-1])
        if one in (left, *names[left]) or _typed(one) in names[left]
        if other in (right, *names[right]) or _typed(other) in names[right]
    ]
    if len(fitting) > 1:
        near = "；".join(judgement_text(judgement, workspace) for judgement in fitting[:_NEAREST])
        raise Ambiguous(name=f"{one} {other}", count=len(fitting), kind=_KIND, near=near)
    return fitting[0].pair if fitting else (thing_id(workspace, one), thing_id(workspace, other))


def _names(workspace: Workspace, node: str) -> frozenset[str]:
    """Return what a node may be called: its name, and the name that its id holds."""
    own = node.partition(":")[2]
    return frozenset(_typed(name) for name in (workspace.judgements.name(node), own, own.rpartition("/")[2]) if name)


def _typed(name: str) -> str:
    return plain(name).casefold()


def _called(workspace: Workspace, node: str) -> str:
    name = workspace.judgements.name(node)
    return legible(f"{name}（{node}）" if name else node)


def _several(texts: Sequence[Text], *, people: bool) -> str | list[str]:
    shown = [legible(text.show()) for text in texts]
    return "\n".join(shown) if people else shown


def _shown(text: str, *, people: bool) -> str:
    return legible(text) if people else text


def _moment(moment: dt.datetime, *, people: bool) -> str:
    return moment.isoformat(" ", timespec="minutes") if people else moment.isoformat()

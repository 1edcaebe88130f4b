"""``innograph review``: people decide who is who, one pair at a time or by naming both.

On a terminal a single key decides; where standard input is none, a line does, so that decisions can be scripted.
"""

from __future__ import annotations

import sys
import unicodedata
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.console import (
    FORMATS,
    Options,
    author_option,
    author_or_user,
    format_option,
    pass_options,
    progress_bar,
    say,
)
from innograph.graph.errors import InnographError
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from innograph.graph.ledger.judgements import Judgement, Verdict
    from innograph.graph.recognition.candidates import Candidate
    from innograph.visualize.sides import Sides
    from innograph.workspace import Workspace

_LONGEST_NUMBER = 15
_KEYS = {
    **dict.fromkeys(("y", "yes", "same", "是"), "y"),
    **dict.fromkeys(("n", "no", "different", "否"), "n"),
    **dict.fromkeys(("s", "skip"), "s"),
    **dict.fromkeys(("u", "undo"), "u"),
    **dict.fromkeys(("q", "quit"), "q"),
    **dict.fromkeys(("?", "h", "help"), "?"),
}


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(1, 1_000_000), metavar="N", help="最多几对 / at most N pairs")
@click.option("--min-score", type=float, metavar="0..1", help="最低相似度，默认 0.6 / least score; 0.6 if not given")
@click.option("--type", "label", metavar="TYPE", help="只看一类，如/only one type, such as Enterprise")
@click.option("--list", "listed", is_flag=True, help="只列出，不判定 / only show them")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="配合/with --list"
)
@author_option
@pass_options
@click.pass_context
def review(
    context: click.Context,
    options: Options,
    limit: int | None,
    min_score: float | None,
    label: str | None,
    listed: bool,
    form: str,
    author: str | None,
) -> None:
    """核对哪些是同一个 / Decide who is who, one pair at a time."""
    if context.invoked_subcommand:
        return
    from innograph.graph.recognition.candidates import SUGGESTED
    from innograph.visualize.review import candidates_text, no_type_text
    from innograph.visualize.sides import Sides

    with options.open() as workspace:
        if label and label not in workspace.ontology.nodes:
            raise click.BadParameter(no_type_text(label, workspace.ontology.nodes).show(), param_hint="--type")
        sides = Sides(workspace)
        least = SUGGESTED if min_score is None else min_score
        left_out: list[int] = []
        found = [
            one for one in workspace.candidates(least, left_out.append) if not label or sides.is_one_of(one, label)
        ]
        if left_out:
            say(
                Text("同名的太多，有{n}对没有比较", "Too many have one name: {n} pairs were not compared"),
                n=sum(left_out),
            )
        if listed or form != "table":
            click.echo(candidates_text(found[:limit], sides, form), nl=form != "csv")
            return
        _review_all(workspace, found[:limit], sides, author_or_user(author))


def _review_all(workspace: Workspace, candidates: Sequence[Candidate], sides: Sides, author: str) -> None:
    from innograph.visualize.tables import NOTHING_LOADED, is_empty

    if not candidates:
        nothing = Text("没有需要核对的", "Nothing needs a decision")
        say(NOTHING_LOADED if is_empty(workspace) else nothing)
        return
    session = Session(workspace, candidates, sides, author)
    try:
        session.run()
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo(err=True)
    session.say_done()
    if session.changed:
        _build(workspace)


def _build(workspace: Workspace) -> None:
    with progress_bar(Text("写入图谱", "Writing the graph")) as progress:
        built = workspace.build(progress)
    done = Text("图谱已更新：{nodes}个节点，{edges}条关系", "The graph is up to date: {nodes} nodes, {edges} edges")
    say(done, nodes=built.nodes, edges=built.edges)


class Session:
    """Goes through candidates with a person; every decision is kept at once.

    Args:
        workspace: keeps the judgements.
        candidates: in the order in which they are asked.
        sides: describes them.
        author: who decides.
    """

    def __init__(self, workspace: Workspace, candidates: Sequence[Candidate], sides: Sides, author: str) -> None:
        self.changed = False
        self._workspace = workspace
        self._candidates = candidates
        self._sides = sides
        self._author = author
        self._key = _key_reader()
        self._decided: list[tuple[int, Judgement]] = []
        self._skipped: set[int] = set()
        self._follow: set[int] = set()
        self._renew()

    def run(self) -> None:
        """Ask until all are decided or the person has had enough.

        Raises:
            EOFError: there is no more input.
            KeyboardInterrupt: the person interrupts.
        """
        at: int | None = 0
        while at is not None and at < len(self._candidates):
            candidate = self._candidates[at]
            if self._standing.between(candidate.left, candidate.right):
                self._follow.add(at)
                at += 1
            else:
                self._show(at)
                at = self._answered(at)

    def say_done(self) -> None:
        """Say what was decided."""
        from innograph.visualize.review import decided_text

        seen = {at for at, _ in self._decided} | self._skipped | self._follow
        left = len(self._candidates) - len(seen)
        judgements = [judgement for _, judgement in self._decided]
        say(decided_text(judgements, skipped=len(self._skipped), follow=len(self._follow), left=left))

    def _renew(self) -> None:
        from innograph.graph.ledger.standing import Standing

        self._standing = Standing(self._workspace.judgements.standing())

    def _show(self, at: int) -> None:
        from innograph.visualize.sides import candidate_text

        click.echo(f"\n{at + 1}/{len(self._candidates)}")
        click.echo(candidate_text(self._candidates[at], self._sides))

    def _answered(self, at: int) -> int | None:
        """Ask for a key until one leads on; return where to, or ``None`` to stop."""
        from innograph.visualize.review import HELP, PROMPT

        while True:
            click.echo(PROMPT.show(), nl=False, err=True)
            key = _KEYS.get(unicodedata.normalize("NFKC", self._key()).strip().lower(), "")
            click.echo(key, err=True)
            if key == "q":
                return None
            if key == "s":
                self._skipped.add(at)
                return at + 1
            if key == "u" and self._decided and (back := self._undone()) is not None:
                return back
            if key in ("y", "n") and self._judged(at, same=key == "y"):
                return at + 1
            if key == "u" and not self._decided:
                say(Text("这次还没有判定可撤销", "Nothing was decided yet that could be undone"))
            elif key in ("?", ""):
                say(HELP)

    def _judged(self, at: int, *, same: bool) -> bool:
        """Keep a decision; where that fails, say why and leave the pair open."""
        from innograph.graph.ledger.judgements import Verdict

        candidate, verdict = self._candidates[at], Verdict.SAME if same else Verdict.DIFFERENT
        with _told() as told:
            judgement = self._workspace.judgements.judge(candidate.left, candidate.right, verdict, author=self._author)
            self._decided.append((at, judgement))
            self._skipped.discard(at)
            self.changed = True
            self._renew()
        return not told

    def _undone(self) -> int | None:
        """Take back the last decision and return where it was; where that fails, say why."""
        at, judgement = self._decided[-1]
        with _told() as told:
            self._workspace.judgements.undo(judgement.id)
            self._decided.pop()
            self._skipped = {skipped for skipped in self._skipped if skipped < at}
            self._follow = {follows for follows in self._follow if follows < at}
            self._renew()
        return None if told else at


@contextmanager
def _told() -> Generator[list[InnographError]]:
    """Say what goes wrong in the ``with`` block, and go on: a contradiction, or another process that is writing."""
    told: list[InnographError] = []
    try:
        yield told
    except InnographError as error:
        told.append(error)
        click.echo(f"innograph: {error}", err=True)


def _key_reader() -> Callable[[], str]:
    stdin = sys.stdin
    if stdin.isatty():
        return _key_pressed

    def line() -> str:
        while text := stdin.readline():
            if text.strip():
                return text
        raise EOFError

    return line


def _key_pressed() -> str:
    """Return the key pressed; several at once, as when text is pasted, decide nothing."""
    text = click.getchar()
    if "\x03" in text:
        raise KeyboardInterrupt
    if "\x04" in text:
        raise EOFError
    return text if len(text) == 1 else ""


# --- without questions


@review.command()
@click.argument("one")
@click.argument("other")
@click.option("--note", default="", help="理由 / why")
@author_option
@pass_options
def same(options: Options, one: str, other: str, note: str, author: str | None) -> None:
    """判为同一个 / Judge two things to be the same."""
    from innograph.graph.ledger.judgements import Verdict

    _judge(options, (one, other), Verdict.SAME, note, author_or_user(author))


@review.command()
@click.argument("one")
@click.argument("other")
@click.option("--note", default="", help="理由 / why")
@author_option
@pass_options
def different(options: Options, one: str, other: str, note: str, author: str | None) -> None:
    """判为不同 / Judge two things to be different."""
    from innograph.graph.ledger.judgements import Verdict

    _judge(options, (one, other), Verdict.DIFFERENT, note, author_or_user(author))


def _judge(options: Options, words: tuple[str, str], verdict: Verdict, note: str, author: str) -> None:
    from innograph.visualize.review import judgement_text, two_things

    with options.open() as workspace:
        left, right = two_things(workspace, *words)
        judgement = workspace.judgements.judge(left, right, verdict, note, author=author)
        say(Text("已判定：{judgement}", "Judged: {judgement}"), judgement=judgement_text(judgement, workspace))


@review.command()
@author_option
@pass_options
def undo(options: Options, author: str | None) -> None:
    """撤销自己最近的一条 / Take back your latest judgement."""
    from innograph.visualize.review import judgement_text

    with options.open() as workspace:
        undone = workspace.judgements.undo_last(author_or_user(author))
        text = judgement_text(undone.judgement, workspace)
        say(Text("已撤销：{judgement}", "Undone: {judgement}"), judgement=text)
        if undone.restored:
            text = judgement_text(undone.restored, workspace)
            say(Text("恢复为：{judgement}", "This stands again: {judgement}"), judgement=text)


@review.command()
@click.argument("one")
@click.argument("other", required=False)
@pass_options
def withdraw(options: Options, one: str, other: str | None) -> None:
    """撤回一条判定（两个名称，或序号）/ Withdraw a judgement: on two things, or by its number."""
    from innograph.visualize.review import judged_pair, judgement_text

    with options.open() as workspace:
        which = judged_pair(workspace, one, other) if other is not None else _number(one)
        judgement = workspace.judgements.withdraw(which)
        text = judgement_text(judgement, workspace)
        say(Text("已撤回：{judgement}", "Withdrawn: {judgement}"), judgement=text)


def _number(word: str) -> int:
    digits = word.removeprefix("#")
    if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER:
        return int(digits)
    problem = Text(f"“{word}”不是序号；或写出两个名称", f"“{word}” is no judgement's number; or name two things")
    raise click.BadParameter(problem.show(), param_hint="ONE")


@review.command()
@click.argument("things", nargs=-1, metavar="[ONE OTHER]")
@format_option
@pass_options
def history(options: Options, things: Sequence[str], form: str) -> None:
    """列出判定，撤回的也在内 / List all judgements, withdrawn ones too."""
    from innograph.visualize.review import history_text, judged_pair

    if len(things) not in (0, 2):
        raise click.UsageError(Text("请写两个名称，或都不写", "name two things, or none").show())
    with options.open() as workspace:
        pair = judged_pair(workspace, things[0], things[1]) if things else None
        click.echo(history_text(workspace.judgements.history(pair), workspace, form), nl=form != "csv")


@review.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_options
def export_(options: Options, file: Path) -> None:
    """导出全部判定（.csv 或 .jsonl）/ Write all judgements to FILE (.csv or .jsonl)."""
    from innograph.visualize.files import write_file

    if file.suffix.lower() not in (".csv", ".jsonl"):
        problem = Text("文件名应以 .csv 或 .jsonl 结尾", "the file's name must end in .csv or .jsonl")
        raise click.BadParameter(problem.show(), param_hint="FILE")
    with options.open() as workspace:
        write_file(file, workspace.judgements.export("csv" if file.suffix.lower() == ".csv" else "jsonl"))
        count = len(workspace.judgements.history())
    say(Text("已导出 {n} 条判定：{file}", "Wrote {n} judgements to {file}"), n=count, file=file)


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@pass_options
@click.pass_context
def import_(context: click.Context, options: Options, file: Path) -> None:
    """载入导出的判定，日期和作者照旧 / Take in exported judgements with their dates and authors."""
    from innograph.loaders.reading import read_bytes
    from innograph.visualize.review import imported_lines

    data = read_bytes(file)
    with options.open() as workspace:
        imported = workspace.judgements.take_in(file.name, data)
        for line in imported_lines(str(file), imported, workspace):
            click.echo(line, err=True)
    context.exit(1 if imported.problems else 0)

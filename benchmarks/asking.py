"""What ``questions.py`` asks: every question of the catalogue in every way it offers; and asking it, in a process of its own.

    python benchmarks/asking.py STORE WORKSPACE ASKS OUT

answers what ``ASKS`` lists, and writes a line of JSON for each to ``OUT``.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from load import run

from innograph import Workspace
from innograph.queries import load_catalogue
from innograph.queries.lookup import FINDABLE
from innograph.queries.question import ParameterType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innograph.graph.stores import Store
    from innograph.queries.question import Parameter, Question

    Given = dict[str, Any]
    Told = dict[str, Any]
    """What one ask gave: the ask, its times in seconds, its rows and remarks, the megabytes of its process."""

DRAWN, BIGGEST, SEED = 200, 20, 2020
_WARM_UP, _AGAIN, _LONG = 3, 3, 1.0


@dataclass(frozen=True, slots=True)
class Ask:
    """One question with what is given; ``way`` is whole, id or name."""

    question: str
    given: Given
    way: str


class Things:
    """The things of a graph: how many edges each has, and which are drawn."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._drawn: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def drawn(self, labels: tuple[str, ...]) -> list[tuple[str, str]]:
        """Return id and name of the things of these types that are asked about, the biggest first."""
        if labels not in self._drawn:
            self._drawn[labels] = self._draw(labels)
        return self._drawn[labels]

    def _draw(self, labels: tuple[str, ...]) -> list[tuple[str, str]]:
        wanted = "|".join(labels)
        named = self._store.query(f"MATCH (n:{wanted}) RETURN n.id AS id, n.name AS name ORDER BY id", timeout=120)
        names = {own: name for own, name in named.rows if name}
        degrees = self._store.query(f"MATCH (n:{wanted})-[r]-() RETURN n.id AS id, count(r) AS size", timeout=120)
        sizes = dict(degrees.rows)
        ranked = sorted(names, key=lambda own: (-sizes.get(own, 0), own))
        others = sorted(ranked[BIGGEST:])
        drawn = random.Random(SEED).sample(others, min(DRAWN, len(others)))  # noqa: S311
        return [(own, names[own]) for own in (*ranked[:BIGGEST], *drawn)]


def all_asks(workspace: Path, questions: Sequence[Question], *, with_examples: bool) -> list[Ask]:
    """Return how ``questions`` are asked of a workspace, and say for which of them it has nothing."""
    with Workspace(workspace) as opened:
        things = Things(opened.store())
        asks = [ask for question in questions for ask in asks_of(question, things, with_examples=with_examples)]
    unasked = {question.id for question in questions} - {ask.question for ask in asks}
    if unasked:
        print(f"not asked of {workspace.name}, which has nothing they are about: {', '.join(sorted(unasked))}")
    return asks


def asks_of(question: Question, things: Things, *, with_examples: bool) -> Iterator[Ask]:
    """Yield how a question is asked: of each thing that is drawn, or of the whole graph in every way it offers."""
    required = [p for p in question.parameters if p.required]
    way = "name" if required else "whole"
    if with_examples:
        for parameters in (question.parameters, required):
            yield Ask(question.id, {p.name: p.example for p in parameters}, way)
    if required:
        yield from _near(question, required, things)
        return
    if not with_examples:
        yield Ask(question.id, {}, way)
    for parameter in question.parameters:
        for value in parameter.options:
            if value != parameter.default:
                yield Ask(question.id, {parameter.name: value}, way)
        if parameter.type is ParameterType.THING and (drawn := things.drawn(parameter.of)):
            yield Ask(question.id, {parameter.name: drawn[0][0]}, way)


def _near(question: Question, required: Sequence[Parameter], things: Things) -> Iterator[Ask]:
    drawn = [things.drawn(p.of if p.type is ParameterType.THING else FINDABLE) for p in required]
    ways = ("id", "name") if all(p.type is ParameterType.THING for p in required) else ("name",)
    for way in ways:
        for at in range(max(map(len, drawn)) if all(drawn) else 0):
            # A second thing is the neighbour of the first in the draw.
            chosen = [several[(at + place) % len(several)] for place, several in enumerate(drawn)]
            given = {p.name: one[way == "name"] for p, one in zip(required, chosen, strict=True)}
            yield Ask(question.id, given, way)


def answers(folder: Path, store: str, workspace: Path, asks: Sequence[Ask], *, apart: bool = False) -> list[Told]:
    """Ask in a process of its own: one for each question where they are to be ``apart``."""
    groups = (
        [[a for a in asks if a.question == q] for q in dict.fromkeys(a.question for a in asks)] if apart else [asks]
    )
    told: list[Told] = []
    for group in groups:
        file, out = folder / "asks.json", folder / "answers.jsonl"
        file.write_text(json.dumps([asdict(ask) for ask in group]), encoding="utf-8")
        command = [sys.executable, str(Path(__file__).resolve()), store, str(workspace), str(file), str(out)]
        stage = run(f"{group[0].question} on {store}", command)
        lines = out.read_text("utf-8").splitlines()
        told += [{**json.loads(line), "megabytes": stage.megabytes} for line in lines]
        slowest = max(told[-len(lines) :], key=lambda one: one["warm"])
        asked = f"{slowest['question']} {slowest['given']}"
        print(f"{store}: {len(lines)} asks, {asked} slowest: {slowest['warm']:.2f} s warm", file=sys.stderr, flush=True)
    return told


def answer_stage(store: str, workspace: Path, asks: Path, out: Path) -> int:
    """Ask what the file says and write what came, and how long it took."""
    wanted: list[Ask] = [Ask(**one) for one in json.loads(asks.read_text("utf-8"))]
    near = {ask.question: ask for ask in reversed(wanted) if ask.way != "whole"}
    with Workspace(workspace, store) as opened, out.open("w", encoding="utf-8") as lines:
        # The engine is open, the catalogue is read: these are the process's, no question's.
        opened.store().query("MATCH (n:Region) RETURN count(n) AS n")
        load_catalogue()
        warm: set[str] = set()
        for ask in wanted:
            if ask.way != "whole" and ask.question not in warm:
                warm.add(ask.question)
                for _ in range(_WARM_UP):
                    _told(opened, near[ask.question])
            lines.write(json.dumps(_timed(opened, ask), ensure_ascii=False, default=repr) + "\n")
    return 0


def _timed(workspace: Workspace, ask: Ask) -> Told:
    wall, processor = time.perf_counter(), time.process_time()
    told = _told(workspace, ask)
    first, cpu = time.perf_counter() - wall, time.process_time() - processor
    again: list[tuple[float, float]] = []
    for _ in range(0 if ask.way != "whole" else _AGAIN if first < _LONG else 1):
        wall, processor = time.perf_counter(), time.process_time()
        _told(workspace, ask)
        again.append((time.perf_counter() - wall, time.process_time() - processor))
    warm, warm_cpu = min(again, default=(first, cpu))
    return {**asdict(ask), **told, "first": first, "first_cpu": cpu, "warm": warm, "cpu": warm_cpu}


def _told(workspace: Workspace, ask: Ask) -> Told:
    try:
        answer = workspace.answer(ask.question, ask.given)
    except Exception as error:  # a name may mean several things; what is worse is told, and does not end the others
        return {"rows": [], "remarks": [], "error": f"{type(error).__name__}: {error}"}
    return {"rows": answer.rows.rows, "remarks": [tuple(remark) for remark in answer.remarks], "error": ""}


if __name__ == "__main__":
    address, *places = sys.argv[1:]
    sys.exit(answer_stage(address, *map(Path, places)))

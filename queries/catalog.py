"""The catalogue: every ``.cypher`` and ``.yaml`` file in ``queries/catalogue`` is one question.

A ``.cypher`` file starts with YAML between two ``---`` lines and goes on with portable Cypher. A ``.yaml`` file has the
same keys and names an analysis. A workspace may have a folder of its own questions, in Cypher. This is the only
registry: surfaces list and answer what it holds.
"""

from __future__ import annotations

import difflib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from innograph.graph.errors import CatalogueError, UnknownQuestion
from innograph.graph.text import Text

from .question_file import fail_in, read_question
from .vocabulary import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .question import Question

FOLDER = Path(__file__).parent / "catalogue"


class Catalogue:
    """All questions by id, in topic order.

    Args:
        questions: those that can be asked.
        broken: what is wrong with the files of others, by id.

    Examples:
        >>> catalogue = load_catalogue()
        >>> catalogue["responsible"].title.zh
        '谁负责这项任务'
        >>> catalogue["responsibel"]
        Traceback (most recent call last):
        innograph.graph.errors.UnknownQuestion: ...
    """

    def __init__(self, questions: Iterable[Question], broken: Mapping[str, CatalogueError] | None = None) -> None:
        order = list(TOPICS)
        self._broken = dict(broken or {})
        self._questions = {q.id: q for q in sorted(questions, key=lambda q: (order.index(q.topic), q.id))}

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())

    def __len__(self) -> int:
        return len(self._questions)

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._questions

    @property
    def problems(self) -> list[CatalogueError]:
        """What is wrong with files that should be questions."""
        return list(self._broken.values())

    def __getitem__(self, question_id: str) -> Question:
        try:
            return self._questions[question_id]
        except KeyError:
            if question_id in self._broken:
                raise self._broken[question_id] from None
            near = difflib.get_close_matches(question_id, self._questions, n=3, cutoff=0.0)
            raise UnknownQuestion(question=question_id, near=Text("、".join(near), ", ".join(near))) from None


@cache
def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read and check every question in ``folder``.

    Raises:
        CatalogueError: with the file and line that is wrong.
    """
    files = _files(folder)
    for before, after in pairwise(files):
        if before.stem == after.stem:
            fail_in(after, 1, f"{before.name} 已用这个编号", f"{before.name} has this id already")
    return Catalogue(map(read_question, files))


def with_own_questions(folder: Path) -> Catalogue:
    """Return the catalogue with the questions that a workspace has in ``folder``.

    These are read anew each time, since people change them while they work. One that is wrong keeps nobody from asking
    the others; see :attr:`Catalogue.problems`.
    """
    bundled = load_catalogue()
    files = _files(folder)
    own: dict[str, Question] = {}
    broken: dict[str, CatalogueError] = {}
    for file in files:
        try:
            if file.stem in bundled:
                zh = f"自带问题已用编号 {file.stem}，请换一个文件名"
                fail_in(file, 1, zh, f"a bundled question has the id {file.stem}; rename the file")
            own[file.stem] = read_question(file, own=True)
        except CatalogueError as error:
            broken[file.stem] = error
    return Catalogue([*bundled, *own.values()], broken) if files else bundled


def _files(folder: Path) -> list[Path]:
    return sorted((*folder.glob("*.cypher"), *folder.glob("*.yaml")))

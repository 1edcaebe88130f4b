"""Numbers the quotes that a report refers to, in the order in which it first does."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from innograph.graph.text import language

from .model import Cite, Quote
from .safe import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from innograph.graph.ledger import EvidenceRecord, Source
    from innograph.graph.records import Locator
    from innograph.queries import Finding
    from innograph.workspace import Workspace

MOST_QUOTES = 4
"""So many quotes are put in the annex for one thing that is said; the rest is under ``innograph evidence``."""
_LONGEST = 500
_LONGEST_NAME = 80
_Place = tuple[str, str, str]


def document_names(sources: Iterable[Source]) -> dict[str, str]:
    """Return the name of each document by its origin: with as much of its folder as tells it from others of that name."""
    same: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for source in sources:
        same[source.name].append(tuple(source.origin.split("/")))
    return {"/".join(parts): _named(name, parts, group) for name, group in same.items() for parts in group}


def _named(name: str, parts: tuple[str, ...], group: Sequence[tuple[str, ...]]) -> str:
    deepest = max(map(len, group))
    told = next((n for n in range(1, deepest + 1) if sum(other[-n:] == parts[-n:] for other in group) == 1), deepest)
    return one_line(name if len(group) == 1 else "/".join(parts[-told:]), _LONGEST_NAME)


class Proofs:
    """The quotes of one report.

    Args:
        workspace: where the evidence is kept.
        sources: what is loaded in it.
    """

    def __init__(self, workspace: Workspace, sources: Sequence[Source]) -> None:
        self._workspace = workspace
        self._names = document_names(sources)
        self._rosters = {source.origin for source in sources if source.loader == "table"}
        self._numbers: dict[_Place, int] = {}
        self._cells: dict[tuple[str, str, Locator], Locator] = {}
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...], str], tuple[_Place, ...]] = {}

    def begin_again(self) -> None:
        """Forget the numbers, for a text that is written anew; what was looked up is kept."""
        self._numbers.clear()

    def of(self, finding: Finding) -> Cite:
        """Return the numbers of the quotes behind a finding."""
        return self.cite(finding.evidence, finding.quotes, finding.place)

    def cite(self, evidence: Iterable[str], quotes: Sequence[str], place: str = "") -> Cite:
        """Return the numbers of quotes.

        Args:
            evidence: ids of the nodes and edges they speak for.
            quotes: the words.
            place: where they stand, for words that are found behind none of the ids.
        """
        asked = (tuple(dict.fromkeys(evidence)), tuple(quotes), place)
        if asked not in self._known:
            told = [record for own_id in asked[0] for record in self._workspace.evidence(own_id)]
            found = dict.fromkeys(_found(quotes, told, self._stands, place))
            self._known[asked] = tuple(found)[:MOST_QUOTES]
        return Cite(tuple(self._number(one) for one in self._known[asked]))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All that were numbered, in order."""
        return tuple(Quote(number, *told) for told, number in self._numbers.items())

    def _number(self, told: _Place) -> int:
        return self._numbers.setdefault(told, len(self._numbers) + 1)

    def _stands(self, record: EvidenceRecord) -> tuple[str, str]:
        """Return the document and the place of a quote."""
        place = self._place_of_row(record) if record.origin in self._rosters else record.place
        return self._names.get(record.origin, record.source), _tight(place.show())

    def _place_of_row(self, record: EvidenceRecord) -> Locator:
        """Return the place of a roster's row: the whole row is quoted, whichever of its cells says it.

        Of a workbook it is the cell that was cited first, for a reader goes to cells there; all others of the row share
        its number, or the annex would have the same quote once for each of them.
        """
        row = record.place._replace(column=None)
        if row.sheet is None:
            return row
        return self._cells.setdefault((record.origin, record.quote, row), record.place)


def _found(
    quotes: Sequence[str],
    told: Sequence[EvidenceRecord],
    stands: Callable[[EvidenceRecord], tuple[str, str]],
    place: str,
) -> Iterator[_Place]:
    """Yield each quote with the documents and places that have it; first each in one place, then in the others."""
    places = {
        words: list(dict.fromkeys(stands(one) for one in told if one.quote == words)) or [("", _tight(place))]
        for words in quotes
    }
    for depth in range(max(map(len, places.values()), default=0)):
        for words, known in places.items():
            if depth < len(known):
                yield (one_line(words, _LONGEST), *known[depth])


def _tight(place: str) -> str:
    """Return a place as Chinese text writes it, without spaces; those around and in the name of a sheet stay."""
    return place.replace(" ", "") if language() == "zh" and "!" not in place else place

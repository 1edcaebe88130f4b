"""How alike texts are: measured on the words they share, those that few texts have counting most.

Chinese words have no spaces between them, and most are two characters long, so that pairs of neighbouring characters come
near to words. A pair that half of all texts have says little, one that two texts alone have says much: each counts by its
inverse document frequency, and two texts are as alike as the cosine of the angle between them.

Sources:
    K. Spärck Jones (1972), A statistical interpretation of term specificity and its application in retrieval.
    G. Salton, C. Buckley (1988), Term-weighting approaches in automatic text retrieval.
    P. Jaccard (1901), Étude comparative de la distribution florale.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]+[0-9]*")
_JOINS = frozenset("的和与及等各对为在以了将并其或于")
_LONGEST = 5_000


def terms(text: str) -> Counter[str]:
    """Return what a text is compared by: pairs of neighbouring Chinese characters, and words in letters.

    Nothing goes across a comma, a figure or a word such as 的 and 和, which only joins others.

    Args:
        text: any text; of one that goes on for more than 5,000 characters, the beginning.

    Returns:
        How often each term occurs.

    Examples:
        >>> terms("科技的发展，5家 AI 企业")
        Counter({'科技': 1, '发展': 1, 'ai': 1, '企业': 1})
    """
    return Counter(term for run in _runs(text) for term in _terms_of(run))


def rarity(documents: Sequence[Collection[str]]) -> dict[str, float]:
    """Return what each term weighs: ln((n + 1) / k) where k of n documents have it.

    Args:
        documents: the terms of each document.

    Returns:
        The weight of each term: near 0 where every document has it.

    Examples:
        >>> {term: round(weight, 2) for term, weight in rarity([{"科技", "企业"}, {"科技"}, {"科技"}]).items()}
        {'企业': 1.39, '科技': 0.29}
    """
    having = Counter(term for document in documents for term in set(document))
    return {term: math.log((len(documents) + 1) / having[term]) for term in sorted(having)}


def weighted(documents: Sequence[Mapping[str, int]], groups: Sequence[object]) -> list[dict[str, float]]:
    """Return what each term of each document weighs.

    A term that occurs t times weighs 1 + ln t, times its rarity: the geometric mean of that among all documents and of
    that in the document's own group, so that what a whole group speaks of tells none of its documents from the others.

    Args:
        documents: how often each document has each term.
        groups: the group of each document.

    Returns:
        The weights of each document, in the order given.

    Examples:
        >>> texts = [terms("旅游平台"), terms("旅游"), terms("平台")]
        >>> weights = weighted(texts, ["a", "a", "b"])
        >>> {term: round(weight, 2) for term, weight in weights[0].items()}
        {'旅游': 0.53, '游平': 1.23, '平台': 0.87}
    """
    among_all = rarity(documents)
    members: defaultdict[object, list[Mapping[str, int]]] = defaultdict(list)
    for document, group in zip(documents, groups, strict=True):
        members[group].append(document)
    in_group = {group: rarity(some) for group, some in members.items()}
    return [
        {
            term: (1 + math.log(count)) * math.sqrt(among_all[term] * in_group[group][term])
            for term, count in document.items()
        }
        for document, group in zip(documents, groups, strict=True)
    ]


def cosines(documents: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    """Return how alike documents are, each with each.

    Args:
        documents: what each term of each of n documents weighs.

    Returns:
        n × n cosines from 0 (nothing shared) to 1 (the same terms); a document without terms is like none, not even
        itself.

    Examples:
        >>> cosines([{"a": 3.0, "b": 4.0}, {"a": 1.0}, {}]).round(2).tolist()
        [[1.0, 0.6, 0.0], [0.6, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    columns = {term: at for at, term in enumerate(sorted({term for document in documents for term in document}))}
    rows = [row for row, document in enumerate(documents) for _ in document]
    places = [columns[term] for document in documents for term in document]
    values = np.array([weight for document in documents for weight in document.values()], dtype=np.float64)
    matrix = sparse.csr_array((values, (rows, places)), shape=(len(documents), max(len(columns), 1)))
    products: NDArray[np.float64] = (matrix @ matrix.T).toarray()
    lengths = np.sqrt(products.diagonal())
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return np.clip(products * scale[:, None] * scale[None, :], 0.0, 1.0)


def shared_phrases(one: str, other: str, weights: Mapping[str, float], most: int = 5) -> list[str]:
    """Return the longest stretches that two texts have in common, the ones of the rarest words first.

    Args:
        one: a text.
        other: another.
        weights: of the terms, as :func:`rarity` or :func:`weighted` gives them; a stretch weighs the sum of its terms.
        most: how many stretches to return.

    Returns:
        Stretches of one as they are written, none of them part of another; without those that weigh nothing.

    Examples:
        >>> weights = rarity([terms("发展智慧旅游"), terms("推进智慧旅游平台建设"), terms("平台建设"), terms("平台建设")])
        >>> shared_phrases("发展智慧旅游和平台", "推进智慧旅游平台建设", weights)
        ['智慧旅游', '平台']
    """
    there = "\n".join(_runs(other))
    found = {phrase for run in _runs(one) for phrase in _common(run, there)}
    weighs = {phrase: sum(weights.get(term, 0.0) for term in _terms_of(phrase)) for phrase in found}
    kept: list[str] = []
    for phrase in sorted((p for p in found if weighs[p] > 0), key=lambda p: (-weighs[p], p)):
        if not any(phrase in longer for longer in kept):
            kept.append(phrase)
    return kept[:most]


def containment(one: Collection[object], other: Collection[object]) -> float:
    """Return the share of one set that another holds too; 0 where the first is empty.

    Sources:
        A. Z. Broder (1997), On the resemblance and containment of documents.

    Examples:
        >>> containment({1, 2, 3, 4}, {2, 3, 4, 5, 6})
        0.75
        >>> containment([], [1])
        0.0
    """
    here = set(one)
    return len(here & set(other)) / len(here) if here else 0.0


def jaccard(one: Collection[object], other: Collection[object]) -> float:
    """Return the share of what two sets hold together that both hold; 0 where both are empty.

    Examples:
        >>> jaccard({1, 2, 3}, {2, 3, 4})
        0.5
        >>> jaccard([], [])
        0.0
    """
    here, there = set(one), set(other)
    return len(here & there) / len(here | there) if here or there else 0.0


def _runs(text: str) -> list[str]:
    """Return the stretches of a text that nothing interrupts."""
    found: list[str] = []
    for match in _RUN.finditer(text[:_LONGEST]):
        run = match[0].casefold()
        found += [run] if run.isascii() else _between_joins(run)
    return found


def _between_joins(run: str) -> Iterable[str]:
    spaced = "".join(" " if character in _JOINS else character for character in run)
    return spaced.split()


def _terms_of(run: str) -> list[str]:
    return [run] if run.isascii() else [a + b for a, b in pairwise(run)]


def _common(run: str, there: str) -> Iterable[str]:
    """Yield the longest stretches of ``run``, of two characters at least, that stand in ``there`` too."""
    if run.isascii():
        if run in there.split("\n"):
            yield run
        return
    end = 0
    for start in range(len(run)):
        before = end
        end = max(end, start)
        while end < len(run) and run[start : end + 1] in there:
            end += 1
        if end - start >= 2 and end > before:
            yield run[start:end]

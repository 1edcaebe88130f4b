"""Reads one pack from YAML and checks it against the ontology; an error names file, line and key, and the nearest name."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, get_args

from innograph.graph.errors import OntologyError
from innograph.graph.identity import digest, plain
from innograph.graph.text import Text

from .model import Column, Expected, Kind, Pack, header_word
from .personal import refuse_personal
from .rules import RuleReader
from .shapes import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from innograph.graph.ontology import Ontology

    from .model import EdgeRule, NodeRule

_PACK_KEYS = ("title", "match", "expect", "confidence", "skip", "unfilled", "columns", "nodes", "edges")
_COLUMN_KEYS = (
    "zh",
    "en",
    "synonyms",
    "required",
    "split",
    "quote_only",
    "values",
    "others",
    "drop_ending",
    "missing",
    "kind",
    "until",
    "unit",
)
_KINDS: tuple[Kind, ...] = get_args(Kind)


def read_pack(file: Traversable, ontology: Ontology, *, personal: bool = False) -> Pack:
    """Read one pack.

    Args:
        file: the YAML file; its name is the pack's id.
        ontology: the types it may speak of.
        personal: whether it may use columns of personal data.

    Raises:
        OntologyError: naming the file, the line and the key that is wrong.
        InputError: it uses a column of personal data.
    """
    content = file.read_bytes()
    data, lines = read_yaml(file.name, content)
    return _PackReader(file.name, lines, ontology).pack(data, digest(content.decode("utf-8-sig")), personal=personal)


def read_expected(given: Mapping[str, Any], ontology: Ontology, name: str = "--expect") -> dict[str, Expected]:
    """Return how many nodes of each type a table must name.

    Args:
        given: ``{type: {min: 1, max: 5000}}``; both are optional.
        ontology: the types there are.
        name: what to call it in messages.

    Raises:
        OntologyError: naming the type or limit that is wrong.

    Examples:
        >>> from innograph.graph.ontology import load_ontology
        >>> read_expected({"Enterprise": {"min": 2}}, load_ontology())
        {'Enterprise': Expected(least=2, most=None)}
    """
    return _PackReader(name, {}, ontology).expected("", given)


class _PackReader(RuleReader):
    """Reads the top of the file and its columns."""

    def pack(self, data: object, fingerprint: str, *, personal: bool) -> Pack:
        top = self.mapping("", data, _PACK_KEYS)
        self.columns = {
            key: self.column(key, self.mapping(f"columns.{key}", spec, _COLUMN_KEYS))
            for key, spec in self.mapping("columns", top.get("columns")).items()
        }
        if not personal:
            for key, column in self.columns.items():
                refuse_personal(self.place(f"columns.{key}"), (*column.label, *column.synonyms))
        words = self.words()
        nodes = self.nodes(top.get("nodes"))
        by_alias = {node.alias: node for node in nodes}
        edges = tuple(
            self.edge(f"edges.{i}", spec, by_alias)
            for i, spec in enumerate(self.listing("edges", top["edges"]) if "edges" in top else ())
        )
        skip = tuple(
            self.condition(f"skip.{i}", spec)
            for i, spec in enumerate(self.listing("skip", top["skip"]) if "skip" in top else ())
        )
        self.all_used(nodes, edges, {one.column for one in skip})
        title = self.mapping("title", top.get("title"), ("zh", "en"))
        match = tuple(
            self.alternative(f"match.{i}", spec, words)
            for i, spec in enumerate(self.listing("match", top.get("match")))
        )
        return Pack(
            id=PurePath(self.name).stem,
            title=self.label("title", title),
            match=match,
            columns=self.columns,
            nodes=nodes,
            edges=edges,
            skip=skip,
            unfilled=self.column_list("unfilled", top["unfilled"]) if "unfilled" in top else (),
            expect=self.expected("expect", top.get("expect", {})),
            confidence=self.confidence(top.get("confidence", 1.0)),
            fingerprint=fingerprint,
        )

    def confidence(self, data: object) -> float:
        """Return how sure the tables are."""
        if isinstance(data, bool) or not isinstance(data, (int, float)) or not 0 < data <= 1:
            raise self.wrong("confidence", "应为大于0、不大于1的数", "must be a number above 0 and at most 1")
        return float(data)

    def alternative(self, where: str, data: object, words: Iterable[str]) -> tuple[str, ...]:
        """Return the header words that together identify a table, each a header of a column."""
        given = self.texts(where, data)
        for word in given:
            self.known(where, header_word(word), words)
        return given

    def expected(self, where: str, data: object) -> dict[str, Expected]:
        found: dict[str, Expected] = {}
        for label, spec in self.mapping(where or "expect", data).items():
            key = f"{where}.{label}" if where else label
            self.known(key, label, self.ontology.nodes)
            limits = self.mapping(key, spec, ("min", "max"))
            least = self.count(f"{key}.min", limits.get("min", 0))
            most = self.count(f"{key}.max", limits["max"]) if "max" in limits else None
            if most is not None and most < least:
                raise self.wrong(f"{key}.max", "小于 min", "is less than min")
            found[label] = Expected(least, most)
        return found

    def column(self, key: str, spec: Mapping[str, Any]) -> Column:
        where = f"columns.{key}"
        spec = {"en": spec.get("zh"), **spec}
        split = spec.get("split", False)
        if split not in (True, False):
            split = self.text(f"{where}.split", split)
        report = "others" in spec and self.known(f"{where}.others", spec["others"], ("keep", "report")) == "report"
        if report and "values" not in spec:
            raise self.wrong(f"{where}.others", "没有 values", "has no values beside it")
        return Column(
            key=key,
            label=self.label(where, spec),
            synonyms=self.texts(f"{where}.synonyms", spec["synonyms"]) if "synonyms" in spec else (),
            required=self.flag(where, spec, "required"),
            split=split,
            quote_only=self.flag(where, spec, "quote_only"),
            values=self.word_map(f"{where}.values", spec.get("values", {})),
            report_others=report,
            drop_ending=self.text(f"{where}.drop_ending", spec["drop_ending"]) if "drop_ending" in spec else "",
            missing=frozenset(map(plain, self.texts(f"{where}.missing", spec["missing"])))
            if "missing" in spec
            else frozenset(),
            kind=next(kind for kind in _KINDS if kind == self.known(f"{where}.kind", spec.get("kind", "text"), _KINDS)),
            until=self.flag(where, spec, "until"),
            unit=self.text(f"{where}.unit", spec["unit"]) if "unit" in spec else "",
        )

    def words(self) -> list[str]:
        """Return every header word; one word must not mean two columns."""
        owners: dict[str, str] = {}
        for key, column in self.columns.items():
            for word in column.words:
                other = owners.setdefault(word, key)
                if other != key:
                    raise self.wrong(
                        f"columns.{key}", f"“{word}”也是 {other} 列的表头", f"“{word}” is a header of {other} too"
                    )
        return list(owners)

    def all_used(self, nodes: Sequence[NodeRule], edges: Sequence[EdgeRule], skipped: set[str]) -> None:
        """A column that nothing is made from is a slip, unless the pack says that it is for the quote only."""
        used = {column for rule in nodes for column in rule.columns} | skipped
        used |= {column for rule in edges for column in rule.columns}
        for key, column in self.columns.items():
            if key not in used and not column.quote_only:
                raise self.wrong(
                    f"columns.{key}",
                    "没有用到；若只留在引文中，请写 quote_only: true",
                    "is not used; write quote_only: true if it is for the quote only",
                )
            if key in used and column.quote_only:
                raise self.wrong(
                    f"columns.{key}",
                    "是 quote_only，却用到了；请删去 quote_only",
                    "is used although it is quote_only; take quote_only out",
                )


def not_found(name: str, known: Iterable[str]) -> OntologyError:
    """Return the error for a pack that there is not."""
    names = list(known)
    near = get_close_matches(name, names, n=1)
    asked = Text(f"是否为 {near[0]}？", f"; did you mean {near[0]}?") if near else Text("", ";")
    listed = ", ".join(names)
    problem = Text(f"没有这个映射。{asked.zh}已有：{listed}", f"there is no such mapping{asked.en} There are: {listed}")
    return OntologyError(where=name, problem=problem)

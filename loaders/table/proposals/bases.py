"""What a proposal can start from: the packs, and for any type of node what the ontology says of it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.ontology import ValueType, load_ontology

from ..checks import not_found
from ..model import header_word
from ..packs import choose_packs
from ..shapes import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from innograph.graph.ontology import Property

    from ..model import Pack

_SUFFIXES = (".yaml", ".yml")
_NAME = "name"


@dataclass(frozen=True, slots=True)
class Base:
    """The rules of a pack as its file has them, with a column for every further property of what its rows name.

    Args:
        id: the pack's name; nothing where there is none.
        data: what the YAML file says, and more.
        types: what the rows name.
        words: the headers each column may have.
        others: headers that columns of the same meaning have in other packs.
        values: what the cells of a column become, where that is a property.
        schemes: the register whose keys a column holds.
        regions: the columns of regions.
        main: the column that names what the rows are about; nothing if they have only keys.
        pack: the pack, to see whether it reads a header as it is.
    """

    id: str
    data: dict[str, Any]
    types: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    others: Mapping[str, frozenset[str]]
    values: Mapping[str, ValueType]
    schemes: Mapping[str, str]
    regions: frozenset[str]
    main: str
    pack: Pack | None = None

    @property
    def main_types(self) -> tuple[str, ...]:
        """What every row is about; nothing where that differs from row to row."""
        return self.types if len(self.types) == 1 else ()

    def column(self, key: str) -> dict[str, Any]:
        """Return what is said of a column."""
        return cast("dict[str, Any]", self.data["columns"][key])


def bases_of_packs(folder: Path | None, like: str | None = None) -> list[Base]:
    """Return a base for each pack, or for the one that ``like`` names.

    Args:
        folder: where a workspace keeps its own packs.
        like: a pack's name, or the path of its YAML file.

    Raises:
        OntologyError: there is no such pack, or it is wrong.
    """
    packs = choose_packs(like, folder)
    sources = dict(_sources(folder, like))
    known = _meanings(read_yaml(one.name, one.read_bytes())[0] for one in sources.values())
    found: list[Base] = []
    for pack in packs:
        if pack.id not in sources:
            raise not_found(pack.id, sources)
        data = cast("dict[str, Any]", read_yaml(pack.id, sources[pack.id].read_bytes())[0])
        found.append(_base(pack.id, data, known, pack))
    return found


def base_of_type(label: str, folder: Path | None) -> Base:
    """Return a base made from the ontology alone.

    Args:
        label: the type of what the rows name.
        folder: where a workspace keeps its own packs, whose words are known too.
    """
    known = _meanings(read_yaml(one.name, one.read_bytes())[0] for _, one in _sources(folder, None))
    return _base("", _from_ontology(label), known, None)


def _sources(folder: Path | None, like: str | None) -> Iterator[tuple[str, Traversable]]:
    """Yield the files of packs by name; a later one goes before an earlier one of that name."""
    for place in (files("innograph").joinpath("data/packs"), folder):
        if place is not None and place.is_dir():
            yield from ((Path(one.name).stem, one) for one in place.iterdir() if one.name.endswith(_SUFFIXES))
    if like and like.endswith(_SUFFIXES):
        path = Path(like) if Path(like).is_file() or folder is None else folder / like
        yield path.stem, path


def _meanings(all_data: Iterator[object]) -> list[tuple[str, Sequence[str]]]:
    """Return the key and the headers of every column of every pack."""
    found: list[tuple[str, Sequence[str]]] = []
    for data in all_data:
        columns = cast("dict[str, dict[str, Any]]", cast("dict[str, Any]", data)["columns"])
        found += [(key, column_words(spec)) for key, spec in columns.items()]
    return found


def column_words(spec: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the headers a column may have, as compared.

    Examples:
        >>> column_words({"zh": "企业 名称", "en": "Enterprise", "synonyms": ["企业"]})
        ('企业名称', 'enterprise', '企业')
    """
    return tuple(dict.fromkeys(header_word(str(word)) for word in (spec["zh"], spec["en"], *spec.get("synonyms", ()))))


def _base(name: str, data: dict[str, Any], known: list[tuple[str, Sequence[str]]], pack: Pack | None) -> Base:
    data = deepcopy(data)
    main = data["nodes"][0]
    types = tuple(types_of(main["type"]))
    _add_properties(data, main, types)
    words = {key: column_words(spec) for key, spec in data["columns"].items()}
    named = main.get("name", "")
    named = named if isinstance(named, str) else named[0]
    others: dict[str, frozenset[str]] = {}
    for key, own in words.items():
        # Two columns mean the same if they have the same label in either language; what is named differs by pack.
        alike = [more for other, more in known if set(own[:2]) & set(more[:2]) or (key == named and other == _NAME)]
        others[key] = frozenset(word for more in alike for word in more) - set(own)
    values: dict[str, ValueType] = {}
    schemes: dict[str, str] = {}
    for node in data["nodes"]:
        known_properties = _known(tuple(types_of(node["type"])))
        for prop, key in _used(node.get("properties", {})):
            if prop in known_properties:
                values.setdefault(key, known_properties[prop].type)
                if known_properties[prop].identifier:
                    schemes.setdefault(key, known_properties[prop].identifier)
        key_rule = node.get("key", {})
        if "scheme" in key_rule:
            schemes[key_rule["column"]] = key_rule["scheme"]
    for edge in data.get("edges", ()):
        edge_properties = {**load_ontology().both, **load_ontology().edges[edge["type"]].properties}
        for prop, key in _used(edge.get("properties", {})):
            values.setdefault(key, edge_properties[prop].type)
    regions = frozenset(
        node["name"] for node in data["nodes"] if node["type"] == "Region" and isinstance(node.get("name"), str)
    )
    return Base(name, data, types, words, others, values, schemes, regions, named, pack)


def types_of(spec: object) -> list[str]:
    """Return the types that a rule of a pack's file speaks of.

    Examples:
        >>> types_of("Project"), types_of({"column": "t", "values": {"PRC": "Enterprise"}, "otherwise": "Institute"})
        (['Project'], ['Enterprise', 'Institute'])
    """
    if isinstance(spec, str):
        return [spec]
    if isinstance(spec, list):
        return list(cast("list[str]", spec))
    rule = cast("dict[str, Any]", spec)
    said = [*rule.get("types", ()), *rule.get("values", {}).values()]
    return list(dict.fromkeys([*said, *([rule["otherwise"]] if "otherwise" in rule else [])]))


def _used(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each property with each column it comes from."""
    for prop, given in properties.items():
        for one in cast("list[object]", given) if isinstance(given, list) else [given]:
            column = cast("dict[str, object]", one).get("column") if isinstance(one, dict) else one
            if isinstance(column, str):
                yield prop, column


def _known(types: Sequence[str]) -> dict[str, Property]:
    """Return the properties that nodes of all these types may have."""
    ontology = load_ontology()
    of_types = [ontology.nodes[label].properties for label in types]
    common = {name: prop for name, prop in of_types[0].items() if all(name in one for one in of_types)}
    return {**ontology.both, **common}


def _add_properties(data: dict[str, Any], main: dict[str, Any], types: tuple[str, ...]) -> None:
    """Add a column for each property of the main node that the pack has none for."""
    if main.get("reference") or "Region" in types:
        return
    given = main.setdefault("properties", {})
    registers = {main.get("key", {}).get("scheme")}
    taken = {word for spec in data["columns"].values() for word in column_words(spec)}
    for name, prop in _known(types).items():
        if name == _NAME or name in given or (prop.identifier and prop.identifier in registers):
            continue
        words = [word for word in (*prop.label, name.replace("_", " ")) if header_word(word) not in taken]
        if not words:
            continue
        key = name if name not in data["columns"] else f"{name}_"
        spec: dict[str, Any] = {"zh": words[0], "en": words[min(1, len(words) - 1)], "synonyms": words[2:]}
        if prop.type is ValueType.STRINGS:
            spec["split"] = True
        if name == "valid_to":
            spec["until"] = True
        data["columns"][key] = spec
        taken.update(column_words(spec))
        given[name] = key


def _from_ontology(label: str) -> dict[str, Any]:
    ontology = load_ontology()
    node_type = ontology.nodes[label]
    named = {"zh": f"{node_type.label.zh}名称", "en": node_type.label.en, "required": True}
    columns: dict[str, Any] = {
        _NAME: {**named, "synonyms": [node_type.label.zh, "名称", f"{node_type.label.en} name", "Name"]}
    }
    nodes: list[dict[str, Any]] = [{"as": "thing", "type": label, "name": _NAME}]
    edges: list[dict[str, Any]] = []
    for edge, target, key, spec in (
        ("LOCATED_IN", "Region", "region", {"zh": "所在区域", "en": "Region", "kind": "address"}),
        ("FOCUSES_ON", "Industry", "industry", {"zh": "所属产业", "en": "Industry", "split": True}),
    ):
        if label != target and ontology.may_be(label, ontology.edges[edge].source):
            columns[key] = spec
            nodes.append({"as": key, "type": target, "name": key})
            edges.append({"type": edge, "source": "thing", "target": key})
    title = {"zh": f"{node_type.label.zh}名单", "en": f"{node_type.label.en} list"}
    return {"title": title, "columns": columns, "nodes": nodes, "edges": edges}

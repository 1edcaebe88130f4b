"""The page about rosters and open data: from the packs and the ontology, its examples read when it is made."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

from innograph.graph.identity import keyed_id, node_id
from innograph.graph.issues import ISSUE_KINDS
from innograph.graph.ontology import load_ontology
from innograph.graph.ontology.markdown import code, prose, table
from innograph.graph.recognition.aliases import COLUMNS as ALIAS_COLUMNS
from innograph.graph.recognition.keys import REGISTERS
from innograph.graph.recognition.recognise import recognised
from innograph.graph.records import NodeAssertion
from innograph.graph.regions import find_region, full_name, region_by_code, region_table, relative_words
from innograph.graph.text import use_language

from ..apply import load_table
from ..cells import is_missing
from ..checks import read_pack
from ..model import Column, Kind
from ..packs import load_packs
from ..personal import is_personal_header
from ..sources.heading import MOST_HEADS
from . import specimens
from . import texts as say
from .keys import SECTIONS
from .kinds import grid, pack_section, packs_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from innograph.graph.recognition.joining import Mention
    from innograph.graph.records import Assertion
    from innograph.graph.regions import Region
    from innograph.graph.text import Language, Text

    from .keys import KeyExample, Section
    from .specimens import Pair

_FIELD = re.compile(r"\{\w+\}")
_HOME = "652301"
# What a reader of tables says of any file.
_OF_ANY_FILE = frozenset(
    {"text.encoding-guessed", "text.bad-bytes", "workbook.hidden-sheet", "workbook.formula-unsaved"}
)


def rosters_page(language: Language) -> str:
    r"""Return the page that says how rosters and open data are loaded, as Markdown.

    Args:
        language: of the page.

    Returns:
        The page; the same packs give the same page.

    Raises:
        ValueError: an example is not read as the page is about to say.
        OntologyError: an example of a mapping is wrong.

    Examples:
        >>> page = rosters_page("en")
        >>> print(page.partition("### Enterprise tiers")[2].partition("| `")[0].strip().splitlines()[2])
        Its header has: `梯度` `下一级`, or `Tier` `Next tier`
    """
    with use_language(language):
        return "\n\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield f"<!-- {say.NOTE.show()} -->"
    yield f"# {say.TITLE.show()}"
    yield say.INTRO.show()
    yield f"## {say.FORMATS.show()}"
    yield say.FORMATS_TEXT.format(heads=MOST_HEADS)
    formats = specimens.TABLE_FORMATS
    yield grid(
        (say.SUFFIX, say.FILE, say.REMARK),
        ([_codes(one.suffixes), one.name.show(), one.note.show()] for one in formats),
    )
    yield f"## {say.PACKS.show()}"
    yield say.PACKS_TEXT.show()
    yield packs_table()
    yield from chain.from_iterable(pack_section(pack) for pack in load_packs().values())
    yield from chain(_mapping(), _cells(), _issues(), _identity(), _regions(), _rest())


def _mapping() -> Iterator[str]:
    yield f"## {say.MAPPING.show()}"
    yield say.MAPPING_TEXT.show()
    yield f"### {say.WHOLE.show()}"
    yield f"```yaml\n{specimens.WHOLE_MAPPING.rstrip()}\n```"
    yield say.WITH_ROWS.show()
    head, *rows = specimens.WHOLE_ROWS
    yield "\n".join(table([prose(cell) for cell in head], ([prose(cell) for cell in row] for row in rows)))
    yield say.GIVES.show()
    yield "\n".join(f"- {line}" for line in _given_by_the_whole())
    for section in SECTIONS:
        yield f"### {section.title.show()}"
        yield grid(
            (say.KEY, say.MEANING, say.EXAMPLE),
            ([code(one.key), _meaning(one.meaning), _example(section, one)] for one in section.keys),
        )


def _meaning(text: Text) -> str:
    """A meaning, which is Markdown, with what the code's own tables name."""
    return text.format(kinds=_codes(get_args(Kind)), registers=_codes(sorted(REGISTERS)))


def _example(section: Section, one: KeyExample) -> str:
    """The example, once the reader of packs takes a mapping that has it."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "example.yaml")
        file.write_text(section.mapping(one.example), encoding="utf-8")
        read_pack(file, load_ontology())
    return code(one.example.splitlines()[0])


def _given_by_the_whole() -> Iterator[str]:
    """What the whole mapping makes of its rows: nodes, edges and issues."""
    with TemporaryDirectory() as folder:
        mapping, rows = Path(folder, "example.yaml"), Path(folder, "example.csv")
        mapping.write_text(specimens.WHOLE_MAPPING, encoding="utf-8")
        text = io.StringIO()
        csv.writer(text).writerows(specimens.WHOLE_ROWS)
        rows.write_text(text.getvalue(), encoding="utf-8")
        loaded = load_table(rows, pack=str(mapping), home=region_table()[_HOME])
        said = list(loaded.assertions)
        yield from dict.fromkeys(chain.from_iterable(map(_told, said)))
        for issue in loaded.issues:
            yield f"{code(issue.code)} {prose(f'{issue.place.show()} {issue.message}')}"


def _told(said: Assertion) -> Iterator[str]:
    """One assertion in words; of the regions around it only the one that a row names."""
    properties = " ".join(f"{name}={value}" for name, value in said.properties.items() if name != "name")
    more = f" {code(properties)}" if properties else ""
    if isinstance(said, NodeAssertion):
        if said.label != "Region":
            yield code(said.id) + more
    elif said.type != "WITHIN":
        yield code(f"({said.source})-[:{said.type}]->({said.target})") + more


def _cells() -> Iterator[str]:
    yield f"## {say.CELLS.show()}"
    plain = Column("a", say.EXAMPLE)
    if not all(is_missing(word, plain) for word in specimens.NOTHING):
        raise ValueError(specimens.NOTHING)
    yield say.CELLS_TEXT.format(missing=say.COMMA.show().join(map(code, specimens.NOTHING)))
    yield grid(
        (say.KIND, say.WRITTEN, say.READ),
        ([code(kind.show()), code(cell), prose(read(cell))] for kind, cell, read in specimens.CELL_EXAMPLES),
    )


def _issues() -> Iterator[str]:
    yield f"## {say.ISSUES.show()}"
    kinds = [kind for kind in ISSUE_KINDS.values() if kind.code.startswith("table.") or kind.code in _OF_ANY_FILE]
    yield say.ISSUES_TEXT.format(count=len(kinds))
    yield grid(
        (say.CODE, say.SEVERITY, say.MEANING, say.TO_DO),
        (
            [
                code(kind.code),
                say.SEVERITIES[kind.severity].show(),
                prose(_FIELD.sub("…", kind.text.show())),
                prose(_FIELD.sub("…", kind.hint.show())),
            ]
            for kind in kinds
        ),
    )


def _identity() -> Iterator[str]:
    yield f"## {say.IDENTITY.show()}"
    ontology = load_ontology()
    types = [prose(one.label.show()) for one in ontology.concrete.values() if one.recognised_by_name]
    registers = (f"{prose(_label_of(name))} {code(scheme)}" for name, scheme in ontology.identifiers.items())
    comma = say.COMMA.show()
    yield say.IDENTITY_TEXT.format(
        types=comma.join(types), registers=comma.join(registers), aliases=",".join(ALIAS_COLUMNS)
    )
    yield grid((say.LEFT, say.RIGHT, say.RESULT, say.WHY), map(_pair, specimens.PAIRS))
    yield f"### {say.IDS.show()}"
    yield say.IDS_TEXT.format(
        keyed=keyed_id("Organisation", "pic", "999977172"),
        placed=node_id("Enterprise", _HOME, "示例农机"),
        named=node_id("Enterprise", "示例农机"),
    )


def _label_of(name: str) -> str:
    """What the ontology calls the property in which a register's key is kept."""
    owners = (one.properties[name] for one in load_ontology().concrete.values() if name in one.properties)
    return next(owners).label.show()


def _pair(pair: Pair) -> list[str]:
    joined = recognised([pair.left, pair.right], (), load_ontology()).joined
    if bool(joined) is not pair.one:
        raise ValueError(*pair.left.names, *pair.right.names)
    result = (say.ONE if pair.one else say.TWO).show()
    return [_mention(pair.left), _mention(pair.right), result, prose(pair.why.show())]


def _mention(one: Mention) -> str:
    marks = [*one.keys.values(), *(_region_name(text) for text in one.regions)]
    return prose(one.names[0]) + "".join(say.IN_REGION.format(region=prose(mark)) for mark in marks)


def _region_name(text: str) -> str:
    region = region_by_code(text)
    return full_name(region) if region else text


def _regions() -> Iterator[str]:
    yield f"## {say.REGIONS.show()}"
    home = region_table()[_HOME]
    yield say.REGIONS_TEXT.format(home=full_name(home))
    yield grid((say.WRITTEN, say.READ), ([code(text), _found(text, home)] for text in specimens.ADDRESSES))
    yield say.RELATIVE_TEXT.show()
    comma = say.COMMA.show()
    homes = filter(None, map(region_by_code, specimens.HOMES))
    yield grid(
        (say.HOME, say.WORDS),
        ([prose(full_name(one)), comma.join(word.show() for word in relative_words(one).values())] for one in homes),
    )


def _found(text: str, home: Region) -> str:
    regions = find_region(text, home).regions
    shown = say.COMMA.show().join(_region(region) for region in regions)
    if not regions:
        return say.UNKNOWN.show()
    return shown if len(regions) == 1 else say.SEVERAL.format(regions=shown)


def _region(region: Region) -> str:
    """Its code and name; European regions have no name here."""
    name = full_name(region)
    return code(region.code) + (f" {prose(name)}" if name != region.code else "")


def _rest() -> Iterator[str]:
    yield f"## {say.VALIDITY.show()}"
    yield say.VALIDITY_TEXT.show()
    yield f"## {say.PERSONAL.show()}"
    yield say.PERSONAL_TEXT.show()
    refused, taken = specimens.HEADERS_REFUSED, specimens.HEADERS_TAKEN
    if not all(map(is_personal_header, refused)) or any(map(is_personal_header, taken)):
        raise ValueError(refused, taken)
    yield grid((say.REFUSED, say.TAKEN), [[_codes(refused), _codes(taken)]])


def _codes(words: Iterable[str]) -> str:
    return " ".join(map(code, words))

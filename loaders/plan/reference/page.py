"""The page that tells clerks what is read: made from the grammar's own tables, its examples run through the grammar."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from importlib.resources import files
from itertools import chain, islice
from typing import TYPE_CHECKING

from innograph.graph.issues import ISSUE_KINDS, Severity
from innograph.graph.ontology.markdown import code, prose, table
from innograph.graph.regions import region_table
from innograph.graph.text import Text, use_language

from ...document import Span, document_of_lines
from ...reading.formats import FORMATS
from ..model import Role
from ..pipeline import parse
from ..responsibility.roles import ROLE_LABELS, VERBS
from ..structure.numbering import RANKS
from ..structure.titles import KIND_WORDS
from ..tables.columns import HEADER_WORDS
from ..targets import measures
from ..targets.dates import deadlines
from ..targets.figures import PERIOD
from ..targets.quantities import AFTER, BEFORE
from ..targets.reader import MODALITY, read_targets
from ..tasks import GENERAL_TITLE, GOAL_TITLE, SAFEGUARD_TITLE
from . import texts as say
from .specimens import DEADLINES, DOUBTFUL, FORMS, NO_TARGETS, TARGETS, WHOLE, doubtful
from .wording import samples, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from innograph.graph.text import Language

    from ..model import ParsedPlan, Target, Task, Unit
    from .specimens import Specimen

    _More = Callable[[ParsedPlan], Iterable[str]]

_HOME = "652301"
_EXAMPLES = 3
_MOST_WORDS = 12
_ISSUED = dt.date(2025, 3, 10)
# Of the whole file: the specimens are too small to have a number and an issuer.
_OF_THE_FILE = frozenset({"plan.no-number", "plan.no-issuer", "plan.issuer-elsewhere"})
# Kinds of issues that only rosters have.
_OF_ROSTERS = "table."
_FIELD = re.compile(r"\{\w+\}")
_NAMES = "data/lookups/body_names.csv"


def plan_format_page(language: Language) -> str:
    r"""Return the page that says how a plan is written so that it is read, as Markdown.

    Args:
        language: of the page; the words that are read are Chinese in both.

    Returns:
        The page; the same grammar gives the same page.

    Raises:
        ValueError: a specimen is not read as the page is about to say.

    Examples:
        >>> page = plan_format_page("en")
        >>> print(page.partition("### The first one leads")[2].partition("read:\n\n")[2].partition("\n\n")[0])
        | Task | Lead | Support | Responsible | Targets | Deadline |
        | --- | --- | --- | --- | --- | --- |
        | （一） 建设基地 | 市科技局 | 市财政局 | | 建设基地 = 2个 | |
        | （二） 培训人员 | 市人社局 | 市教育局、市科协 | | 培训 = 300人次 | |
    """
    with use_language(language):
        return "\n\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield f"<!-- {say.NOTE.show()} -->"
    yield f"# {say.TITLE.show()}"
    yield say.INTRO.show()
    yield f"## {say.MUST.show()}"
    yield say.MUST_TEXT.format(kinds=_listed(words(KIND_WORDS)))
    yield from _specimen(WHOLE, "##", _head)
    yield f"## {say.FORMS.show()}"
    yield say.FORMS_TEXT.show()
    yield from chain.from_iterable(_specimen(form, "###", lambda _: ()) for form in FORMS)
    yield f"## {say.NOT_READ.show()}"
    yield say.NOT_READ_TEXT.show()
    yield from chain(_words(), _units(), _targets(), _formats(), _doubts())


def _words() -> Iterator[str]:
    """The words of labels, verbs, headings and headers."""
    yield f"## {say.WORDS.show()}"
    yield say.NOTATION.show()
    yield f"### {say.LABELS.show()}"
    yield say.LABELS_TEXT.show()
    yield _table(
        (say.ROLE, say.FORM, say.EXAMPLE),
        ([say.ROLES[role].show(), _samples(form), code(f"{next(words(form))}：")] for role, form in ROLE_LABELS),
    )
    yield f"### {say.VERBS.show()}"
    yield say.VERBS_TEXT.show()
    yield _table((say.ROLE, say.FORM), ([say.ROLES[role].show(), _samples(form)] for role, form in VERBS))
    yield f"### {say.HEADINGS.show()}"
    yield say.HEADINGS_TEXT.show()
    yield _table((say.RANK, say.NUMBERS), ([str(rank), _listed(_tight(form))] for rank, form in RANKS))
    yield say.CHAPTERS_TEXT.show()
    chapters = ((say.GOALS, GOAL_TITLE), (say.SAFEGUARDS, SAFEGUARD_TITLE), (say.GENERAL, GENERAL_TITLE))
    yield _table((say.CHAPTER, say.CONTAINS), ([name.show(), _listed(words(p.pattern))] for name, p in chapters))
    yield f"### {say.HEADERS.show()}"
    yield say.HEADERS_TEXT.show()
    yield _table(
        (say.COLUMN, say.FORM, say.EXAMPLE),
        ([say.COLUMNS[column].show(), _samples(form), code(next(words(form)))] for column, form in HEADER_WORDS),
    )


def _units() -> Iterator[str]:
    yield f"## {say.UNITS.show()}"
    text = files("innograph").joinpath(_NAMES).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    years = [row["valid_from"] for row in rows if row["valid_from"]]
    yield say.UNITS_TEXT.format(count=len(rows), first=min(years), last=max(years))
    counts = Counter(row["kind"] for row in rows)
    yield _table(
        (say.KIND, say.COUNT, say.EXAMPLE),
        ([say.NAME_KINDS[kind].show(), str(count), _name_examples(rows, kind)] for kind, count in counts.items()),
    )


def _name_examples(rows: Sequence[dict[str, str]], kind: str) -> str:
    """Three bodies of a kind, each with all forms of its name."""
    forms: dict[str, dict[str, None]] = {}
    for row in rows:
        if row["kind"] == kind:
            forms.setdefault(row["canonical"], {}).update(dict.fromkeys((row["canonical"], row["short"], row["full"])))
    several = [names for names in forms.values() if len(names) > 1]
    return say.COMMA.show().join(code(" = ".join(names)) for names in several[:_EXAMPLES])


def _targets() -> Iterator[str]:
    yield f"## {say.TARGETS.show()}"
    yield say.TARGETS_TEXT.show()
    yield _table((say.WRITTEN, say.READ), ([code(text), _shown(_read(text))] for text in TARGETS))
    yield f"### {say.NO_TARGETS.show()}"
    yield _table((say.WRITTEN, say.WHY), ([code(text), why.show()] for text, why in NO_TARGETS if _sets_none(text)))
    yield f"### {say.BOUNDS.show()}"
    signs = dict.fromkeys((*BEFORE, *AFTER))
    yield _table(
        (say.SIGN, say.BEFORE, say.BEHIND),
        ([prose(say.SIGNS[sign].show()), *(_listed(_of(table, sign)) for table in (BEFORE, AFTER))] for sign in signs),
    )
    yield f"### {say.MEASURES.show()}"
    yield say.MEASURES_TEXT.show()
    kinds = (
        (say.COUNTS, [word.partition("(")[0] for word in (*measures.COUNTS, *measures.OTHERS)]),
        (say.MONEY, sorted(measures.MONEY)),
        (say.SHARE, sorted(measures.SHARE)),
        (say.SIZE, sorted(measures.SIZE)),
        (say.TIME, sorted(measures.TIME)),
    )
    yield _table((say.KIND, say.CONTAINS_UNITS), ([name.show(), _listed(units)] for name, units in kinds))
    yield f"### {say.PERIODS.show()}"
    said = ((say.PERIOD_WORDS | say.MODALITY_WORDS)[name] for name in (*PERIOD, *MODALITY))
    patterns = (*PERIOD.values(), *MODALITY.values())
    yield _table(
        (say.MEANING, say.READ_WORDS),
        ([name.show(), _listed(words(pattern.pattern))] for name, pattern in zip(said, patterns, strict=True)),
    )
    yield f"### {say.YEARS.show()}"
    yield say.YEARS_TEXT.format(day=_ISSUED.isoformat())
    yield _table((say.WRITTEN, say.YEAR), ([code(text), _years(text)] for text in DEADLINES))


def _formats() -> Iterator[str]:
    yield f"## {say.FORMATS.show()}"
    yield say.FORMATS_TEXT.show()
    rows = ([" ".join(map(code, f.suffixes)), f.name.show(), f.note.show()] for f in FORMATS)
    yield _table((say.SUFFIX, say.FILE, say.REMARK), rows)


def _doubts() -> Iterator[str]:
    yield f"## {say.DOUBTS.show()}"
    yield say.DOUBTS_TEXT.show()
    kinds = (kind for kind in ISSUE_KINDS.values() if not kind.code.startswith(_OF_ROSTERS))
    yield _table(
        (say.CODE, say.SEVERITY, say.MEANING, say.TO_DO, say.EXAMPLE),
        (
            [
                code(kind.code),
                say.SEVERITIES[Severity(kind.severity)].show(),
                prose(_FIELD.sub("…", kind.text.show())),
                prose(_FIELD.sub("…", kind.hint.show())),
                _doubt_example(kind.code),
            ]
            for kind in kinds
        ),
    )


def _doubt_example(kind: str) -> str:
    if kind not in DOUBTFUL:
        return ""
    raised = [issue for issue in parse(doubtful(kind), region_table()[_HOME]).issues if issue.code == kind]
    if not raised:
        raise ValueError(kind)
    return code(raised[0].quote.replace("\n", " "))


def _specimen(form: Specimen, level: str, more: _More) -> Iterator[str]:
    """A form, its text, and what is read from it."""
    plan = parse(form.document(), region_table()[_HOME])
    yield f"{level} {form.title.show()}"
    yield form.note.show()
    yield f"```text\n{form.text}\n```"
    if form.rows:
        yield "\n".join(table([prose(cell) for cell in form.rows[0]], ([prose(c) for c in r] for r in form.rows[1:])))
    yield say.MADE.show()
    yield from more(plan)
    yield _table((say.TASK, say.LEAD, say.SUPPORT, say.RESPONSIBLE, say.TARGETS, say.DEADLINE), map(_task, plan.tasks))
    if plan.targets:
        yield say.OF_THE_PLAN.format(targets=_shown(plan.targets))
    doubts = [issue for issue in plan.issues if issue.code not in _OF_THE_FILE]
    if doubts:
        raise ValueError(form.text, [issue.code for issue in doubts])


def _head(plan: ParsedPlan) -> Iterator[str]:
    """What the head of a plan says."""
    head = plan.head
    first, last = head.period or (None, None)
    facts = (
        (say.PLAN_TITLE, head.title),
        (say.NUMBER, head.doc_number),
        (say.ISSUER, head.issuer),
        (say.ISSUED, head.issue_date),
        (say.PERIOD, f"{first}—{last}"),
        (say.BASED_ON, "、".join(parent.title for parent in head.parents)),
        (say.SAFEGUARDS, "、".join(safeguard.section.title for safeguard in plan.safeguards)),
    )
    yield "\n".join(f"- {name.show()}{say.COLON.show()}{prose(str(value))}" for name, value in facts)


def _task(task: Task) -> list[str]:
    return [
        prose(f"{task.section.number} {task.section.title}"),
        *(_names(task, role) for role in (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)),
        _shown(task.targets),
        prose(task.deadline or ""),
    ]


def _names(task: Task, role: Role) -> str:
    units: list[Unit] = task.units(role)
    more = say.AND_OTHERS.show() if any(a.open for a in task.assignments if a.role is role) else ""
    return prose("、".join(unit.canonical for unit in units)) + more


def _read(text: str) -> tuple[Target, ...]:
    found = read_targets(document_of_lines("example.txt", text), [Span(0, len(text))])
    if not found:
        raise ValueError(text)
    return found


def _sets_none(text: str) -> bool:
    if read_targets(document_of_lines("example.txt", text), [Span(0, len(text))], issued=_ISSUED):
        raise ValueError(text)
    return True


def _shown(targets: Iterable[Target]) -> str:
    return "<br>".join(map(_target, targets))


def _target(target: Target) -> str:
    """A target as one line: 高新技术企业 > 50家（2027年）."""
    amount = "–".join(f"{value:.15g}" for value in (target.value, target.value_to) if value is not None)
    said = f"{target.comparator.replace('range', '=')} {amount}{target.unit or ''}" if amount else ""
    trend = say.TREND.show() if target.kind == "trend" else ""
    notes = [
        say.IN_YEAR.format(year=target.year) if target.year else "",
        say.PERIOD_WORDS[target.period].show() if target.period else "",
        say.MODALITY_WORDS[target.modality].show() if target.modality else "",
    ]
    behind = say.COMMA.show().join(filter(None, notes))
    return prose(" ".join(filter(None, (target.indicator, said, trend)))) + (
        say.BRACKET.format(inner=behind) if behind else ""
    )


def _years(text: str) -> str:
    return say.COMMA.show().join(str(found.year) for found in deadlines(text, _ISSUED)) or say.NONE.show()


def _of(table_: dict[str, str], sign: str) -> Iterable[str]:
    return words(table_[sign]) if sign in table_ else ()


def _tight(form: str) -> Iterable[str]:
    """The numbers of a rank, without those that differ by a blank only."""
    return dict.fromkeys(text.replace(" ", "") for text in words(form))


def _listed(items: Iterable[str]) -> str:
    """The first of ``items``, as many as people read in one cell."""
    first = list(islice(items, _MOST_WORDS + 1))
    return " ".join(map(code, first[:_MOST_WORDS])) + (say.SO_ON.show() if len(first) > _MOST_WORDS else "")


def _samples(form: str) -> str:
    return _listed(samples(form, _MOST_WORDS + 1))


def _table(header: Sequence[Text], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(table([title.show() for title in header], rows))

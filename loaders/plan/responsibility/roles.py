"""What a statement of responsibility says: which list of units stands in which role.

A statement is what stands behind a label (牵头单位：…), inside a bracket (…牵头，…配合), in a cell, or in a line of its
own. Roles come from labels, from verbs behind the lists, or from a rule stated once for the whole plan
(列第一位的为牵头单位，下同). Without any of them nobody leads: the units are responsible, no more.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...document import Span
from ..model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document import Document

_UNIT_WORD = "(?:单位|部门|机构|科室|处室|主体)"
# 责任单位（部门）：, 责任部门及单位：, 责任单位及责任人：
_AND_MORE = "(?:（(?:单位|部门|科室)）|(?:及|和|与|、)(?:单位|部门|分工|责任人|责任领导))?"
# 牵头：… without 单位 is a label only where no word stands right before it.
_ALONE = r"(?<![\u4e00-\u9fff])"
#: The words before a colon that say what follows; the role is ``None`` where it is no list of units.
ROLE_LABELS: tuple[tuple[Role | None, str], ...] = (
    (
        None,
        "责任领导|责任人|牵头领导|分管领导|(?:牵头|责任|分管)(?:省|市|州|县|区)领导|联系人|完成时限|完成时间|完成期限|时间要求|"
        "时间节点|时限要求|进度安排|工作目标|备注",
    ),
    (
        Role.LEAD,
        rf"(?:总|共同|联合)?(?:牵头|主办|主责|组织)(?:责任|负责|实施)?{_UNIT_WORD}{_AND_MORE}|(?:第一|主要)责任{_UNIT_WORD}{_AND_MORE}|"
        rf"{_ALONE}(?:总牵头|共同牵头|联合牵头|牵头|主办)",
    ),
    (
        Role.SUPPORT,
        rf"(?:配合|协办|协同|参与|参加|协作|支持|协助|会办)(?:责任|实施)?{_UNIT_WORD}{_AND_MORE}|{_ALONE}(?:配合|协办|参与)",
    ),
    (
        Role.RESPONSIBLE,
        rf"(?:责任|落实|实施|承办|负责|承担|主管|包抓){_UNIT_WORD}{_AND_MORE}|责任分工|任务分工|工作分工|"
        rf"(?:牵头|责任){_UNIT_WORD}?(?:及|和|与|、)(?:配合|责任|参与|协办){_UNIT_WORD}",
    ),
)
#: A label that lets names of people stand among the units: 责任单位及责任人.
PEOPLE = re.compile("责 *任 *(?:人|领 *导)")
DEADLINE_LABEL = re.compile("完成时限|完成时间|完成期限|时间要求|时间节点|时限要求")


def _spaced(words: str) -> str:
    """A pattern of Chinese words that also matches them with spaces between and behind the characters."""
    return re.sub("([\u4e00-\u9fff])", r"\1 *", words)


#: A label with its colon, or in a frame of its own: 【责任单位】.
LABEL = re.compile(
    rf"(?P<frame>{_ALONE}〔 *)?(?:"
    + "|".join(f"(?P<r{i}>{_spaced(words)})" for i, (_, words) in enumerate(ROLE_LABELS))
    + ")(?(frame)〕：?|(?:：|[为是](?=[省市州县区]))) *"
)

# What a verb ends at: a mark, the end, or, where the mark was lost, the level at the head of the next list.
_END = r"(?=[，；。、：\n]|会同|$|[省市州县区各](?!场))"
#: The verbs behind a list of units and the role they give it.
VERBS: tuple[tuple[Role, str], ...] = (
    (
        Role.LEAD,
        "(?:共同|分别|总|具体)?牵头(?:负责|抓总|抓好|组织实施|组织|实施|落实|推进|开展|制定|办理)?|负总责|主办|"
        "[为是]总?牵头(?:单位|部门)",
    ),
    (
        Role.SUPPORT,
        "(?:做好|密切|积极|协同|共同)?(?:配合|协助|协办|协同|参与|参加)(?:落实|做好|实施|负责|推进|开展|配合|办理)*|"
        "[为是](?:配合|协办|参与)(?:单位|部门)",
    ),
    (
        Role.RESPONSIBLE,
        "(?:按照?|根据|依据)(?:各自|部门)?(?:工作)?(?:职责|职能|任务)?(?:职责|分工)*"
        "(?:共同|分别|抓好|做好|组织|具体)?(?:负责|落实|实施|承担|推进|配合|执行)*|"
        "(?:共同|分别|具体|抓好|组织|各负其责)?(?:负责|落实|实施|承办|承担|推进)(?:落实|实施|推进)*|各负其责",
    ),
)
_TIME = (
    r"(?:力争|确保|争取|于|在){0,3}(?:\d{4} *年|每年|[上下]半年|当年)[^，；、。）]{0,12}?(?:完成|启动|实施|见效|前|底|末|推进)[^，；、。）]{0,6}|"
    "(?:长期|持续|常年|常态化|立即|即时|按时限?)(?:坚持|推进|实施|开展|落实|执行|完成)"
)
#: When it is to be done, where no label says so: 市科技局牵头，2026年12月底前完成.
DUE = re.compile(
    r"(?<![^，；。、（〔：于在保争取\s])\d{4} *年[^，；、。）〕]{0,12}?(?:底前|末前|日前|月前|前|底|末)(?=完成|[，；。、）〕]|$)"
)
_VERB = re.compile(
    "(?:" + "|".join(f"(?P<v{i}>{words})" for i, (_, words) in enumerate(VERBS)) + f"|(?P<time>{_TIME})){_END}"
)
#: A verb at the end of a statement, which makes a bracket or a sentence one.
VERB_AT_END = re.compile(
    f"(?:{'|'.join(words for _, words in VERBS)})(?=[，；。]|$|[^，；。]{{0,40}}(?:牵头|第一|首位)[^，；。]{{0,8}}(?:单位|部门))"
)
_VERB_BEHIND = re.compile(r"[^。\n]{2,200}?(?:牵头|负责|配合)")
_TOGETHER = re.compile("会同|会商|协同(?![^，；。、]{0,3}$)|联合(?=[省市州县区各])")
_SEPARATORS = "，；。、： \n\r"
_LEADING = re.compile(
    "[，；。、： ]*(?:(?:此|该|本|上述|以上|各)项?(?:工作|任务|措施|事项)，?)?(?:由|其中|以及|会同)?(?=.)"
)

#: 列第一位的为牵头单位，下同: stated once, it holds for every list of the plan that tells no roles apart.
FIRST_LEADS = re.compile(
    "(?:(?<![，；。（ ])[，；。（ ]++)?(?:[注说明]{1,2}：)?"
    "(?:(?:各项|以上|上述|本方案|任务|措施|责任|分工|单位|部门|中|里|的|凡|所有|均以|以){0,8}+，?"
    "(?:列|排|排列|排名|位列|署名)?在?(?:第[一1][位个家名]?|首[位个家]|最前面?)(?:的|者|单位|部门|机构|责任|位|[省市州县区]直)*"
    "(?:均?为|即为|是|作为)(?:总?牵头|主办|主要责任)(?:单位|部门|责任单位|者)?)"
    "(?:[，；](?:下同|以下同|以下类同|其他|其余|其它)[^，；。）]{0,12})*"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A list of units and the role that the statement gives it; ``people`` where their names stand among the units."""

    role: Role
    units: Span
    people: bool = False


def label_role(label: re.Match[str]) -> Role | None:
    """Return the role that a match of :data:`LABEL` gives, or ``None`` where it names people or dates."""
    return next(role for i, (role, _) in enumerate(ROLE_LABELS) if label.group(f"r{i}"))


def read_shares(document: Document, statement: Span, default: Role = Role.RESPONSIBLE) -> tuple[Share, ...]:
    """Read who has which role in ``statement``.

    Args:
        document: the plan.
        statement: what stands behind a label or inside a bracket.
        default: the role of a list that no verb stands behind.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> def told(text):
        ...     document = document_of_lines("a", text)
        ...     return [(s.role.value, document.quote(s.units)) for s in read_shares(document, Span(0, len(text)))]
        >>> told("市科技局牵头，市财政局、人社局等配合")
        [('LEADS', '市科技局'), ('SUPPORTS', '市财政局、人社局等')]
        >>> told("市科技局会同市财政局负责")
        [('LEADS', '市科技局'), ('SUPPORTS', '市财政局')]
        >>> told("市科技局、市财政局按职责分工负责，2025年底前完成")
        [('RESPONSIBLE_FOR', '市科技局、市财政局')]
        >>> told("责任单位：市科技局，配合单位：市财政局")
        [('RESPONSIBLE_FOR', '市科技局'), ('SUPPORTS', '市财政局')]
    """
    rule = FIRST_LEADS.search(document.folded, statement.start, statement.end)
    if rule:
        statement = Span(statement.start, rule.start())
    return tuple(_shares(document, statement, default))


def _shares(document: Document, statement: Span, default: Role) -> Iterator[Share]:
    labels = list(LABEL.finditer(document.folded, statement.start, statement.end))
    first = labels[0].start() if labels else statement.end
    yield from _by_verbs(document, Span(statement.start, first), default)
    for label, following in itertools.zip_longest(labels, labels[1:]):
        role = label_role(label)
        if role is not None:
            listed = Span(label.end(), following.start() if following else statement.end)
            people = PEOPLE.search(label.group()) is not None
            yield from (replace(share, people=people) for share in _by_verbs(document, listed, role))
            continue
        # （完成时限：2026年6月；市科技局负责）
        end = following.start() if following else statement.end
        mark = document.folded.find("；", label.end(), end)
        if mark > 0 and DEADLINE_LABEL.search(label.group()) and _VERB_BEHIND.match(document.folded, mark, end):
            yield from _by_verbs(document, Span(mark, end), default)


def _by_verbs(document: Document, span: Span, default: Role) -> Iterator[Share]:
    start, led = span.start, False
    for match in _VERB.finditer(document.folded, span.start, span.end):
        listed = _list_between(document, start, match.start())
        start = match.end()
        verb = next((role for i, (role, _) in enumerate(VERBS) if match.group(f"v{i}")), default)
        if not len(listed):
            continue
        role = Role.SUPPORT if led and verb is Role.RESPONSIBLE else verb
        if role is Role.SUPPORT and not led and (mark := _last_mark(document, listed, default)) is not None:
            yield from _together(document, _list_between(document, listed.start, mark), default)
            listed = _list_between(document, mark, listed.end)
            led = default is Role.LEAD
        yield from _together(document, listed, role)
        led = led or role is Role.LEAD
    rest = _list_between(document, start, span.end)
    if len(rest):
        yield from _together(document, rest, Role.SUPPORT if led else default)


def _last_mark(document: Document, listed: Span, default: Role) -> int | None:
    """The mark before those that support, where others stand before them: 牵头单位：市科技局；市财政局配合."""
    marks = "；，" if default is Role.LEAD else "；"
    found = max(document.folded.rfind(mark, listed.start, listed.end) for mark in marks)
    return found if found > listed.start else None


def _list_between(document: Document, start: int, end: int) -> Span:
    leading = _LEADING.match(document.folded, start, end)
    begin = leading.end() if leading else start
    return Span(begin, begin + len(document.folded[begin:end].rstrip(_SEPARATORS)))


def _together(document: Document, listed: Span, role: Role) -> Iterator[Share]:
    """A会同B: the first leads and the others join it, whatever verb follows; a 牵头 before 会同 says the same."""
    joined = None if role is Role.SUPPORT else _TOGETHER.search(document.folded, listed.start, listed.end)
    if joined is None:
        yield Share(role, listed)
        return
    yield Share(Role.LEAD, document.trim(Span(listed.start, joined.start())))
    yield Share(Role.SUPPORT, document.trim(Span(joined.end(), listed.end)))

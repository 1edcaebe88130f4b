"""What a plan says once about all its tasks: 以下各项工作均需相关市、县推进，不再单独列出."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...document import Span
from ..model import Assignment, Role
from .units import names_a_body, read_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document import Document
    from .assignments import Context

_ALL = "(?P<scope>以下|以上|上述|下列|本方案|所有|各项|全部)(?:的)?(?:各项|所有|全部)?(?:重点)?(?:工作|任务|措施|事项|举措)(?:任务)?，?"
_ADDITION = re.compile(
    rf"{_ALL}(?:均|都|涉及[^，。；]{{1,12}}的，?)(?:需要?|须|应|由|请|涉及)?(?P<units>[^。；，]{{2,60}}?)"
    "(?P<verb>(?:共同|按职责|分别|具体|组织|积极|密切)*(?:推进|负责|落实|实施|参与|配合|协助))[^。；]{0,12}?[，、]?(?:以下|下文)?(?:均?不再|不)"
    "(?:一一|单独|逐一|重复|逐项|另行|分别)?(?:列出|列明|列示|列举|注明|重复)"
)


def additions(document: Document, span: Span, context: Context) -> Iterator[tuple[int, Assignment]]:
    """Yield what holds for all tasks: the offset from which it holds, and the assignment.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> from innograph.loaders.plan.responsibility.assignments import Context
        >>> text = "以下各项工作均需各县（市、区）人民政府配合，不再单独列出。"
        >>> [(start, added)] = additions(document_of_lines("a", text), Span(0, len(text)), Context())
        >>> start, added.role.value, [unit.canonical for unit in added.units]
        (0, 'SUPPORTS', ['各县（市、区）人民政府'])
    """
    for match in _ADDITION.finditer(document.folded, span.start, span.end):
        if not names_a_body(match.group("units")):
            continue
        listed = read_units(document, Span(match.start("units"), match.end("units")), context.home)
        supports = re.search("参与|配合|协助", match.group("verb"))
        role = Role.SUPPORT if supports else Role.RESPONSIBLE
        said = document.trim(Span(match.start(), match.end()))
        start = match.start() if match.group("scope") in ("以下", "下列") else span.start
        yield start, Assignment(role, listed.units, said, listed.open)

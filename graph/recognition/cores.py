"""What is left of a firm's name without its legal form and its places: two names with one core are compared whatever else.

Rare parts bring names together only where there are some; a core does so among any names, and costs one look-up each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .forms import same_side
from .weighing import LEGAL_WORDS, TRADE_WORDS

if TYPE_CHECKING:
    from .forms import Form

_TELLS_NOTHING = re.compile(rf"(?>{'|'.join(map(re.escape, (*LEGAL_WORDS, *TRADE_WORDS)))}|[()])++")
_SHORTEST = 2


def core_of(form: Form) -> str:
    """Return the name without legal form, places at its head and places in brackets; nothing if that tells nobody apart.

    Args:
        form: a name, taken apart.

    Examples:
        >>> from .forms import form_of
        >>> core_of(form_of("昌吉市鼎泽建材股份有限公司")), core_of(form_of("鼎泽建材（昌吉）有限责任公司"))
        ('鼎泽建材', '鼎泽建材')
        >>> core_of(form_of("昌吉市科技有限公司"))
        ''
    """
    if not form.han:
        return ""
    core = _without_legal_form(_without_places(form))
    return core if len(core) >= _SHORTEST and not _TELLS_NOTHING.fullmatch(core) else ""


def _without_places(form: Form) -> str:
    """The name without the place it begins with, one within the other, and without places in brackets of their own.

    A place behind one that it does not lie in is no place, but how the firm's own name begins.
    """
    text, kept, at, around = form.text, list[str](), 0, frozenset[str]()
    for first, end in form.place_spans:
        codes = form.places[text[first:end]]
        if first == at and not kept and (not at or any(same_side(a, b) for a in around for b in codes)):
            at, around = end, codes
        elif text[first - 1] == "(" and text[end : end + 1] == ")":
            kept.append(text[at : first - 1])
            at = end + 1
    return "".join((*kept, text[at:]))


def _without_legal_form(text: str) -> str:
    end = len(text)
    while word := next((word for word in LEGAL_WORDS if text.endswith(word, 0, end)), ""):
        end -= len(word)
    return text[:end]

"""Plain text in whatever encoding the clerk's editor used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue
from innograph.graph.text import Text

from .lines import read_lines
from .refusing import SAVE_AS, refuse
from .unwrapping import unwrapped

if TYPE_CHECKING:
    from ..document import Document

_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LARGEST_BINARY_SHARE = 0.001
_LARGEST_DAMAGED_SHARE = 0.1
# A lone return, and what Word and PDF leave for a break of lines or pages.
_LONE_RETURN = re.compile(r"\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_text(name: str, data: bytes) -> Document:
    """Read a text file: UTF-8, then GB18030, then the best guess. Offsets are those of the file's own text.

    Raises:
        InputError: the bytes are no text.
    """
    text, encoding = decode(data)
    check_text(name, text)
    text = _LONE_RETURN.sub("\n", text)
    return unwrapped(read_lines(name, text, issues_of_decoding(text, encoding)))


def check_text(name: str, text: str) -> None:
    """Refuse what decodes but is no text.

    Raises:
        InputError: too many of the characters are control characters.
    """
    if len(_BINARY.findall(text)) > len(text) * _LARGEST_BINARY_SHARE:
        refuse(name, Text("不是文本文件", "this is no text file"), SAVE_AS)


def issues_of_decoding(text: str, encoding: str) -> tuple[Issue, ...]:
    """Return what a user should know of how ``text`` was decoded."""
    issues: list[Issue] = []
    if encoding not in ("utf-8", "gb18030"):
        issues.append(Issue("text.encoding-guessed", values={"value": encoding}))
    if damaged := text.count("\ufffd"):
        issues.append(Issue("text.bad-bytes", values={"value": damaged}))
    return tuple(issues)


def decode(data: bytes) -> tuple[str, str]:
    r"""Return the text and the encoding it was read as.

    A detector alone mistakes short Chinese texts; UTF-8 and GB18030 are strict enough to be tried first. A UTF-8 text
    with a few damaged bytes may decode as GB18030 into other characters, so damage is looked for in that order too.

    Examples:
        >>> decode("市科技局".encode("gb18030")), decode("市科技局".encode("utf-8-sig"))
        (('市科技局', 'gb18030'), ('市科技局', 'utf-8'))
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), encoding
    for encoding in ("utf-8-sig", "gb18030"):
        text = data.decode(encoding, errors="replace")
        damaged = text.count("\ufffd")
        if not damaged or damaged <= (len(text) - len(text.encode("ascii", "ignore"))) * _LARGEST_DAMAGED_SHARE:
            return text, encoding.removesuffix("-sig")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    guessed = best.encoding if best else "utf-8"
    return data.decode(guessed, errors="replace"), guessed

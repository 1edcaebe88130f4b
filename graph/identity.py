"""Ids: the same thing gets the same id in every source and every rebuild.

Ids are readable, because people type and cite them: ``Department:652301/科技局``, ``Task:昌市政办发-2022-15/2.11``.
Where the words alone would be long or may repeat, a short digest of them follows a ``#``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans("", "", "“”\"'‘’「」『』")
_DASHES = re.compile(r"[—–－―─-]+")
_KEYED = re.compile(r"[A-Z][A-Za-z]*:[a-z][a-z0-9_]*=")
_DOC_NUMBER = re.compile(r"^(?P<issuer>.+?)[〔\[(（【](?P<year>\d{4})[〕\])）】]第?(?P<number>\d+)号$")


def plain(name: str) -> str:
    """Return ``name`` without white space, full-width letters and digits folded, one kind of quotes and dashes.

    Two names that differ only in how they are typed are equal after this.

    Examples:
        >>> plain("　“科博会” ２０２７")
        '科博会2027'
        >>> plain("中国科学院－新疆 科技洽谈会") == plain("中国科学院—新疆科技洽谈会")
        True
    """
    if name.isascii():  # what is said of every register's number, by the hundred thousand
        text = "".join(name.split()).translate(_QUOTES)
        return _DASHES.sub("-", text) if "--" in text else text
    text = _SPACE.sub("", unicodedata.normalize("NFKC", name)).translate(_QUOTES)
    # A letter and a mark that meet when what stood between them is gone are one letter.
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text))


def node_id(label: str, *path: str) -> str:
    """Return the id of a node from its label and the parts that identify it.

    Examples:
        >>> node_id("Department", "652301", "科技局")
        'Department:652301/科技局'
    """
    return f"{label}:" + "/".join(plain(part) for part in path)


def keyed_id(root: str, scheme: str, key: str) -> str:
    """Return the id of a node that a register knows: no name can look like it, and its type need not be known.

    Args:
        root: the most general label of the node's type.
        scheme: the register.
        key: what the register calls it.

    Examples:
        >>> keyed_id("Organisation", "pic", "999977172")
        'Organisation:pic=999977172'
    """
    return f"{root}:{scheme}={plain(key)}"


def is_keyed(own_id: str) -> bool:
    """Whether :func:`keyed_id` made this id.

    Examples:
        >>> is_keyed("Organisation:pic=999977172"), is_keyed("Enterprise:652301/甲=乙公司")
        (True, False)
    """
    return _KEYED.match(own_id) is not None


def digest(*parts: str) -> str:
    """Return sixteen hexadecimal digits that stand for ``parts``: enough for millions of edges without a collision.

    Examples:
        >>> digest("a", "b") == digest("a", "b") != digest("ab")
        True
    """
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def edge_id(edge_type: str, source: str, target: str, key: str = "") -> str:
    """Return the id of an edge: type, both ends, and the key that tells parallel edges apart.

    Examples:
        >>> edge_id("LEADS", "Department:652301/科技局", "Task:p/2.1").startswith("LEADS:")
        True
    """
    return f"{edge_type}:{digest(source, target, key)}"


def plan_key(title: str, doc_number: str | None) -> str:
    """Return what identifies a plan: its document number, else its title.

    Examples:
        >>> plan_key("三年行动方案", "昌市政办发〔2022〕15号")
        '昌市政办发-2022-15'
        >>> plan_key("三年行动方案", "昌市政办发[2022] 15 号")
        '昌市政办发-2022-15'
        >>> plan_key("三年行动方案", None)
        '三年行动方案'
    """
    match = _DOC_NUMBER.match(_SPACE.sub("", unicodedata.normalize("NFKC", doc_number or "")))
    return "-".join(match.group("issuer", "year", "number")) if match else plain(title)

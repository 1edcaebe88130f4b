"""Writes a proposed mapping as YAML with remarks: how sure each line is, and which columns it leaves out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from innograph.graph.text import Text

from .matching import CERTAIN, LIKELY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .matching import Matched

_SURE = Text("把握大", "sure")
_RATHER = Text("较有把握", "rather sure")
_DOUBTFUL = Text("请核对", "please check")
_LONGEST_REMARK = 200


def sureness_words(sureness: float) -> Text:
    """Return how sure something is, in words.

    Examples:
        >>> sureness_words(1.0).en, sureness_words(0.75).en, sureness_words(0.4).en
        ('sure', 'rather sure', 'please check')
    """
    return _SURE if sureness >= CERTAIN else _RATHER if sureness >= LIKELY else _DOUBTFUL


def to_yaml(data: dict[str, Any], matched: Matched, header: Sequence[str], remarks: Sequence[Text]) -> str:
    """Return the file of a pack.

    Args:
        data: what it says.
        matched: which column is which, and which is left out.
        header: the table's.
        remarks: what to say at the top.
    """
    lines = [f"# {_one_line(remark.show())}" for remark in remarks]
    lines += [f"title: {_flow(data['title'])}", "match:"]
    lines += [f"  - {_flow(way)}" for way in data["match"]]
    lines.append("columns:")
    by_key = {match.key: match for match in matched.found}
    for key, spec in data["columns"].items():
        match = by_key[key]
        place = Text(f"第{match.index + 1}列", f"column {match.index + 1}").show()
        remark = f"{place}，{sureness_words(match.sureness).show()}：{match.why.show()}"
        lines.append(f"  {key}: {_flow(spec)}  # {_one_line(remark)}")
    if matched.left:
        lines.append(f"  # {Text('没有映射的列：', 'columns that are not mapped:').show()}")
    for index, why in matched.left.items():
        place = Text(f"第{index + 1}列", f"column {index + 1}").show()
        lines.append(f"  # {place} {_one_line(header[index])}：{_one_line(why.show())}")
    for part in ("skip", "nodes", "edges"):
        if data.get(part):
            lines.append(f"{part}:")
            lines += [f"  - {_flow(one)}" for one in data[part]]
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    return yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1 << 30).strip()


def _one_line(text: str) -> str:
    """A remark ends at the line's end, whatever a header holds."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown if len(shown) <= _LONGEST_REMARK else f"{shown[:_LONGEST_REMARK]}…"

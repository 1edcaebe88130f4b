"""Records of .json (one array of objects, or an object around one) and of .jsonl, streamed."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]
from ijson.common import JSONError  # pyright: ignore[reportMissingTypeStubs]

from innograph.graph.errors import InputError
from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ...reading.refusing import refuse
from .delimited import MOST_COLUMNS
from .records import DEEPEST, TooDeep, flattened, grid_of_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from .decoding import Decoded
    from .model import Grid

    _Event = tuple[str, object]

_LINES = (".jsonl", ".ndjson")
_LONGEST_LINE = 8 * 1024**2
_LONGEST_FIRST = 1024**2
_LARGEST_RECORD = 64 * 1024**2
_PIECE = 64 * 1024
_SMALL_PIECE = 1024
_LONGEST_NUMBER = 1000
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_NUMBER = b"0" * _LONGEST_NUMBER
_RIGHT_FORM = Text(
    "应为一个数组，每条记录是一个对象：[{…}, {…}]，或每行一个对象（.jsonl）",
    "It should be one array of objects, [{…}, {…}], or one object a line (.jsonl)",
)
_MEND = Text("请检查引号、逗号和括号", "Check quotes, commas and brackets")
_NO_RECORDS = Text("没有一组记录", "it holds no array of records")
# What ijson, json and the making of numbers raise on text that is no JSON or no number.
_OPENING = ("start_map", "start_array")
_END_OF_ARRAY = ("end_array", None)
_SHOWN = 5
_MOST_BAD = 100
_WRONG = (JSONError, ValueError, ArithmeticError)


class _Twice(Exception):
    """A key that stands twice in one object; which of its values is meant nobody knows."""


class _Characters:
    """A text as ijson reads it: in UTF-8, whatever the file is in, and never more than one record of bounded size."""

    def __init__(self, name: str, text: TextIO, *, bounded: bool) -> None:
        self._name = name
        self._text = text
        self._tail = b""
        self._bounded = bounded
        self.since_record = 0

    def read(self, size: int = -1) -> bytes:
        """Return some bytes.

        Raises:
            InputError: a record or a number is absurdly long.
        """
        piece = self._text.read(_PIECE).encode("utf-8", "replace") if size else b""
        self.since_record += len(piece)
        if self._bounded and self.since_record > _LARGEST_RECORD:
            refuse(self._name, Text("有一条记录大得不合理", "a record is absurdly large"), _RIGHT_FORM)
        # The parser in C ends the whole process where a number has more digits than Python converts.
        if _LONG_NUMBER in (self._tail + piece).translate(_DIGITS):
            problem = Text(f"有一个数字超过{_LONGEST_NUMBER}位", f"a number has more than {_LONGEST_NUMBER} digits")
            refuse(self._name, problem, Text("请改正，或改为文字", "Mend it, or make it a text"))
        self._tail = piece[-_LONGEST_NUMBER:]
        return piece


def read_json(decoded: Decoded) -> Grid:
    """Return the records of a file as a table.

    Raises:
        InputError: it is no JSON, or holds no array of objects, or more than one.
    """
    name = decoded.stream.name
    issues = list(decoded.issues)
    if _is_lines(decoded):
        return grid_of_records(name, _records_of_lines(decoded, issues), issues)
    return grid_of_records(name, _records_of_array(decoded, _only_array(decoded)), issues)


def _is_lines(decoded: Decoded) -> bool:
    """Whether each line is a record: by the file's name, or because the first line is one that holds no others."""
    if decoded.stream.suffix in _LINES:
        return True
    if _is_array(decoded):
        return False
    with decoded.text(newline="\n") as text:
        lines = iter(partial(text.readline, _LONGEST_FIRST), "")
        filled = (line for line in lines if not line.isspace())
        first, second = next(filled, ""), next(filled, "")
    try:
        record = cast("object", json.loads(first, parse_int=Decimal))
    except (ValueError, ArithmeticError, RecursionError):
        return False
    if not isinstance(record, dict):
        return False
    values = cast("dict[str, object]", record).values()
    return bool(second) or not any(isinstance(value, (dict, list)) for value in values)


def _is_array(decoded: Decoded) -> bool:
    with decoded.text() as text:
        return text.read(_SMALL_PIECE).lstrip().startswith("[")


def _records_of_lines(decoded: Decoded, issues: list[Issue]) -> Iterator[dict[str, str]]:
    """Yield the records; a line that is none is told, and refused only where no line is one, or very many are not."""
    name = decoded.stream.name
    bad, good = 0, False
    first: InputError | None = None
    with decoded.text(told=True, newline="\n") as text:
        for number, line in enumerate(iter(partial(text.readline, _LONGEST_LINE), ""), start=1):
            if len(line) == _LONGEST_LINE:
                refuse(name, Text(f"第{number}行长得不合理", f"line {number} is absurdly long"), _RIGHT_FORM)
            if line.isspace():
                continue
            try:
                record = _record_of_line(name, line, number)
            except InputError as error:
                first, bad = first or error, bad + 1
                if bad > _MOST_BAD:
                    raise
                values = {"problem": error.values["problem"]}
                issues.append(Issue("table.record-unreadable", Locator(line=number), values=values))
                continue
            good = True
            yield record
    if first and not good:
        raise first


def _record_of_line(name: str, line: str, number: int) -> dict[str, str]:
    where = Text(f"第{number}行", f"line {number}")
    try:
        record = cast("object", _decode(line))
    except json.JSONDecodeError as error:
        _wrong(name, Text(f"第{number}行第{error.colno}个字符处", f"line {number}, character {error.colno},"))
    except (ValueError, ArithmeticError):
        _wrong(name, where)
    except _Twice as error:
        _refuse_twice(name, where, error)
    except RecursionError:
        _refuse_depth(name, where)
    return _flat(name, record, where)


def _paired(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record: dict[str, object] = {}
    for key, value in pairs:
        if key in record:
            raise _Twice(key)
        record[key] = value
    return record


def _no_constant(text: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(text)


def _events(source: object, size: int = _PIECE) -> Iterator[_Event]:
    """The events of ijson's parser, which alone is used: what ijson builds from them has no limits of depth."""
    return cast("Iterator[_Event]", cast("Any", ijson).basic_parse(source, buf_size=size))


def _only_array(decoded: Decoded) -> int:
    """Which of the file's arrays holds its records, counted from 1 as they begin."""
    if _is_array(decoded):
        return 1
    found: dict[int, str] = {}
    with decoded.text() as text:
        try:
            _find_arrays(_events(_Characters(decoded.stream.name, text, bounded=False)), found)
        except _WRONG:
            _wrong(decoded.stream.name, _where_it_breaks(decoded))
    if not found:
        refuse(decoded.stream.name, _NO_RECORDS, _RIGHT_FORM)
    if len(found) > 1:
        names = "、".join(list(found.values())[:_SHOWN])
        problem = Text(f"有{len(found)}组记录（{names}）", f"it holds {len(found)} arrays of records ({names})")
        refuse(decoded.stream.name, problem, Text("请每组存为一个文件", "Save each of them as a file of its own"))
    return next(iter(found))


def _find_arrays(events: Iterator[_Event], found: dict[int, str]) -> None:
    """Add each array whose first element is an object, and that is not part of a record of another."""
    number = depth = within = 0
    key, before = "", ""
    for event, value in events:
        if event == "map_key":
            key = str(value)
        elif event == "start_array":
            number += 1
        elif event == "start_map" and before == "start_array" and not within and len(found) < MOST_COLUMNS:
            found[number] = key
            within = depth
        if event in ("start_map", "start_array"):
            depth += 1
        elif event in ("end_map", "end_array"):
            depth -= 1
            # ``within`` is how deep the elements of the array stand that was found.
            within = within if depth >= within else 0
        before = event


def _records_of_array(decoded: Decoded, which: int) -> Iterator[dict[str, str]]:
    name = decoded.stream.name
    number = 0
    with decoded.text(told=True) as text:
        characters = _Characters(name, text, bounded=True)
        events = _events(characters)
        try:
            for event, _ in events:
                which -= event == "start_array"
                if not which:
                    break
            for event, value in events:
                if event == "end_array":
                    break
                number += 1
                characters.since_record = 0
                where = Text(f"第{number}条记录", f"record {number}")
                yield _flat(name, _value(events, event, value, 0), where)
            for _ in events:  # what stands behind has to be JSON too
                pass
        except _Twice as error:
            _refuse_twice(name, Text(f"第{number}条记录", f"record {number}"), error)
        except TooDeep:
            _refuse_depth(name, Text(f"第{number}条记录", f"record {number}"))
        except _WRONG:
            _wrong(name, _where_it_breaks(decoded))


def _value(events: Iterator[_Event], event: str, value: object, depth: int) -> object:
    """The value that begins with an event."""
    if event not in _OPENING:
        return value
    if depth > DEEPEST:
        raise TooDeep
    if event == "start_array":
        return [_value(events, one, inner, depth + 1) for one, inner in iter(partial(next, events), _END_OF_ARRAY)]
    record: dict[str, object] = {}
    for one, key in events:
        if one == "end_map":
            break
        if key in record:
            raise _Twice(key)
        following, inner = next(events)
        record[str(key)] = _value(events, following, inner, depth + 1) if following in _OPENING else inner
    return record


_decode = json.JSONDecoder(
    object_pairs_hook=_paired, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_constant
).decode


def _flat(name: str, record: object, where: Text) -> dict[str, str]:
    if not isinstance(record, dict):
        refuse(name, Text(f"{where.zh}不是对象", f"{where.en} is no object"), _RIGHT_FORM)
    try:
        return flattened(cast("dict[str, object]", record))
    except TooDeep:
        _refuse_depth(name, where)


class _Pieces:
    """A text in small pieces, none of them longer than a line, that knows where the last one began."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._piece = ""
        self.line, self.column = 1, 1

    def read(self, size: int = -1) -> bytes:
        """Return a piece."""
        if not size:
            return b""
        if self._piece.endswith("\n"):
            self.line, self.column = self.line + 1, 1
        else:
            self.column += len(self._piece)
        self._piece = self._text.readline(_SMALL_PIECE) or self._piece[:0]
        return self._piece.encode("utf-8", "replace")


def _where_it_breaks(decoded: Decoded) -> Text:
    """The line at which the text ceases to be JSON: the parser does not say, so that it is read again in small pieces."""
    with decoded.text(newline="\n") as text:
        pieces = _Pieces(text)
        with suppress(*_WRONG):
            for _ in _events(pieces, _SMALL_PIECE):
                pass
        line, column = pieces.line, pieces.column
    if column == 1:
        return Text(f"第{line}行", f"line {line}")
    return Text(f"第{line}行第{column}个字符之后", f"line {line}, after character {column},")


def _wrong(name: str, where: Text) -> NoReturn:
    refuse(name, Text(f"{where.zh}不是正确的 JSON", f"{where.en} is not correct JSON"), _MEND)


def _refuse_twice(name: str, where: Text, error: _Twice) -> NoReturn:
    problem = Text(f"{where.zh}中“{error}”出现了两次", f"{where.en} has “{error}” twice")
    refuse(name, problem, Text("请删去其中一个", "Delete one of them"))


def _refuse_depth(name: str, where: Text) -> NoReturn:
    refuse(name, Text(f"{where.zh}嵌套过深", f"{where.en} is nested too deep"), _RIGHT_FORM)

"""Values of a YAML file, each checked for its form; an error names the file, the line and the key."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

import yaml

from innograph.graph.errors import OntologyError
from innograph.graph.safe_yaml import LOADER
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DEEPEST = 100


def read_yaml(name: str, content: bytes) -> tuple[object, dict[str, int]]:
    r"""Return what a YAML file says, and the line of each of its keys, from 1.

    Args:
        name: the file's name, for messages.
        content: its bytes.

    Raises:
        OntologyError: it is no YAML, or a key stands in it twice.

    Examples:
        >>> read_yaml("a.yaml", b"a:\n  - b: 1\n  - 2\n")
        ({'a': [{'b': 1}, 2]}, {'a': 1, 'a.0': 2, 'a.1': 3, 'a.0.b': 2})
    """
    shapes = Shapes(name)
    try:
        text = content.decode("utf-8-sig")
        _refuse_depth(text)
        loader = LOADER(text)
        node = loader.get_single_node()
        if node is None:
            return None, {}
        shapes.lines = _lines(shapes, node)
        return cast("object", loader.construct_document(node)), shapes.lines  # pyright: ignore[reportUnknownMemberType]
    except (UnicodeDecodeError, yaml.reader.ReaderError) as error:
        raise OntologyError(
            where=name,
            problem=Text(
                "不是 UTF-8 文本文件，请另存为 UTF-8 的 YAML", "is no text in UTF-8; save it as YAML in UTF-8"
            ),
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        said = error.problem or error.context
        problem = Text(
            f"不是合法的 YAML（{said}），请检查缩进、冒号和引号",
            f"not valid YAML: {said}; check indents, colons and quotes",
        )
        raise OntologyError(where=f"{name}{line}", problem=problem) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise shapes.wrong("yaml", f"不是合法的 YAML：{error}", f"not valid YAML: {error}") from error


def _refuse_depth(text: str) -> None:
    """Refuse what is nested without measure: the loader in C would overflow its stack."""
    depth = 0
    loader: Any = LOADER(text)
    while loader.check_event():
        event: yaml.Event = loader.get_event()
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError(f"more than {_DEEPEST} lists and mappings inside each other")


def _lines(shapes: Shapes, root: yaml.Node) -> dict[str, int]:
    lines: dict[str, int] = {}
    waiting: list[tuple[str, yaml.Node]] = [("", root)]
    seen: set[int] = set()
    while waiting:
        path, node = waiting.pop()
        # What an alias stands for was looked at where it is written.
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            inner = [(str(key.value), key, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            inner = [(str(i), value, value) for i, value in enumerate(node.value)]
        else:
            continue
        for word, mark, value in inner:
            key = f"{path}.{word}" if path else word
            line = mark.start_mark.line + 1
            if key in lines:
                shapes.lines = {key: line}
                raise shapes.wrong(
                    key, f"写了两次（另一次在第{lines[key]}行）", f"is there twice (also in line {lines[key]})"
                )
            lines[key] = line
            waiting.append((key, value))
    return lines


class Shapes:
    """Checks the values of the file called ``name``; ``where`` is always the key that a value stands under.

    Args:
        name: the file's name.
        lines: the line of each key.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> with use_language("en"):
        ...     print(Shapes("a.yaml", {"nodes": 3, "nodes.0": 4}).wrong("nodes.0.type", "没有", "is missing"))
        a.yaml:4: nodes.0.type: is missing
    """

    def __init__(self, name: str, lines: Mapping[str, int] | None = None) -> None:
        self.name = name
        self.lines = lines or {}

    def line(self, key: str) -> int | None:
        """Return the line of ``key``, or of what it would stand in."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key)

    def mapping(self, where: str, data: object, allowed: Iterable[str] | None = None) -> Mapping[str, Any]:
        """Return ``data`` if it is a mapping with text keys, all of them ``allowed`` where that is given."""
        if not isinstance(data, dict):
            raise self.wrong(where or "yaml", "应为键值对", "must be a mapping")
        for key in cast("dict[object, object]", data):
            if not isinstance(key, str):
                raise self.wrong(
                    where or "yaml", f"键 {key} 要加引号", f"must be a mapping: put its key {key} in quotes"
                )
        found = cast("dict[str, Any]", data)
        for key in found if allowed is not None else ():
            self.known(f"{where}.{key}" if where else key, key, allowed or ())
        return found

    def listing(self, where: str, data: object) -> list[object]:
        """Return ``data`` if it is a list of something."""
        if not isinstance(data, list) or not data:
            raise self.wrong(where, "应为列表，且不能为空", "must be a list, and not empty")
        return cast("list[object]", data)

    def texts(self, where: str, data: object) -> tuple[str, ...]:
        """Return ``data`` if it is a list of texts."""
        return tuple(self.text(f"{where}.{i}", item) for i, item in enumerate(self.listing(where, data)))

    def text(self, where: str, data: object) -> str:
        """Return ``data`` if it is a text."""
        if data is None:
            raise self.wrong(where, "没有填写，应为文字", "is missing; it must be a text")
        if not isinstance(data, str) or not data.strip():
            raise self.wrong(
                where, "应为文字（数字、日期、是非要加引号）", "must be a text (a number, date or yes in quotes)"
            )
        return data

    def label(self, where: str, data: Mapping[str, Any]) -> Text:
        """Return the texts under ``zh`` and ``en``."""
        return Text(self.text(f"{where}.zh", data.get("zh")), self.text(f"{where}.en", data.get("en")))

    def flag(self, where: str, spec: Mapping[str, Any], key: str) -> bool:
        """Return the yes or no under ``key``; no where there is none."""
        value = spec.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{where}.{key}", "应为 true 或 false", "must be true or false")
        return value

    def count(self, where: str, data: object) -> int:
        """Return ``data`` if it is a whole number that is not negative."""
        if not isinstance(data, int) or isinstance(data, bool) or data < 0:
            raise self.wrong(where, "应为不小于0的整数", "must be a whole number, 0 or more")
        return data

    def known(self, where: str, name: object, names: Iterable[str]) -> str:
        """Return ``name`` if it is one of ``names``; else say which comes nearest."""
        names = list(names)
        if isinstance(name, str) and name in names:
            return name
        if name is None:
            raise self.wrong(where, "没有填写", "is missing")
        near = get_close_matches(str(name), names, n=1, cutoff=0.5)
        listed = ", ".join(names)
        suggestion = (
            Text(f"，是否为 {near[0]}？", f"; did you mean {near[0]}?")
            if near
            else Text(f"；已有：{listed}", f"; known: {listed}")
        )
        raise self.wrong(where, f"没有 {name}{suggestion.zh}", f"there is no {name}{suggestion.en}")

    def place(self, key: str) -> str:
        """Return the file, with the line of ``key`` where that is known."""
        line = self.line(key)
        return f"{self.name}:{line}" if line else self.name

    def wrong(self, key: str, zh: str, en: str) -> OntologyError:
        """Return the error that says what is wrong with ``key``."""
        return OntologyError(where=f"{self.place(key)}: {key}", problem=Text(zh, en))

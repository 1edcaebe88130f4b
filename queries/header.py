"""A question file's YAML header with the line of every key, so that an error can point at the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast

import yaml

from innograph.graph.errors import CatalogueError
from innograph.graph.safe_yaml import LOADER
from innograph.graph.text import Text

if TYPE_CHECKING:
    from pathlib import Path

Key = tuple[str, ...]


class Header:
    r"""The header of one file: ``data`` are its values, and a key's path leads to its line.

    Args:
        file: named in errors.
        text: the YAML.
        lines_before: how many lines of the file stand before it.

    Raises:
        CatalogueError: it is not YAML, no mapping, or says a key twice.

    Examples:
        >>> from pathlib import Path
        >>> header = Header(Path("q.yaml"), "topic: plans\ntitle:\n  zh: 题\n")
        >>> header.line("title", "zh"), header.line("title", "en"), header.line("columns")
        (3, 2, 1)
    """

    def __init__(self, file: Path, text: str, lines_before: int = 0) -> None:
        self.file = file
        self._before = lines_before
        self._lines: dict[Key, int] = {(): 1}
        try:
            node = yaml.compose(text, Loader=LOADER)
            loaded: Any = yaml.load(text, Loader=LOADER)  # noqa: S506  # a safe one
        except yaml.MarkedYAMLError as error:
            self._lines[()] = error.problem_mark.line + 1 if error.problem_mark else 1
            self.fail((), f"不是合法的 YAML：{error.problem}", f"not valid YAML: {error.problem}")
        except (yaml.YAMLError, ValueError) as error:
            self.fail((), f"不是合法的 YAML：{error}", f"not valid YAML: {error}")
        if node is not None:
            self._number(node, ())
        self.data = self.mapping(loaded, ())

    def line(self, *key: str) -> int:
        """Return the line in the file where ``key`` stands, or else where the nearest key around it does."""
        while key not in self._lines:
            key = key[:-1]
        return self._before + self._lines[key]

    def fail(self, key: Key, zh: str, en: str) -> NoReturn:
        """Raise a :class:`CatalogueError` that points at ``key``."""
        raise CatalogueError(file=self.file.name, line=self.line(*key), problem=Text(zh, en))

    def mapping(self, value: object, key: Key) -> dict[str, Any]:
        """Return ``value`` if it is a mapping of names, as it must be at ``key``."""
        if not isinstance(value, dict):
            name = ".".join(key) or self.file.name
            self.fail(key, f"{name} 应为“键: 值”的形式", f"{name} must be a mapping of keys to values")
        found = cast("dict[object, Any]", value)
        return {str(name): item for name, item in found.items()}

    def _number(self, node: yaml.Node, key: Key) -> None:
        if not isinstance(node, yaml.MappingNode):
            return
        pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
        for name, value in pairs:
            path = (*key, str(name.value))
            repeated = path in self._lines
            self._lines[path] = name.start_mark.line + 1
            if repeated:
                self.fail(path, f"键 {path[-1]} 写了两次", f"the key {path[-1]} is given twice")
            self._number(value, path)

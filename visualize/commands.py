"""The page that lists every command with its options, made from the command line itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from innograph.graph.text import Text, language, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.text import Language

_GENERATED = Text(
    "<!-- 本页由程序生成，请勿手改：innograph schema generate -->",
    "<!-- This page is generated; do not edit it: innograph schema generate -->",
)
_TITLE = Text("# 命令", "# Commands")
_INTRO = Text(
    "`-w`、`--store`、`--lang` 可以写在任何命令之前或之后。数据写到标准输出，其余写到标准错误；退出码 0 完成，1 失败，2 用法有误。",
    "`-w`, `--store` and `--lang` may stand before or behind any command. Data goes to standard output, everything else to"
    " standard error; exit code 0 is done, 1 failed, 2 a call that was wrong.",
)
_HEAD = Text("| 参数 | 说明 |", "| Option | What it does |")
_DEFAULT = Text("默认 {value}", "by default {value}")
_MANY = Text("可重复", "may be repeated")
_BREAK = Text("；", "; ")
_BETWEEN = re.compile(r" ?/ ")
_EXAMPLE = re.compile(r"(?:such as|:) (\S+)$")


def commands_page(commands: click.Group, shown_in: Language) -> str:
    """Return the page in Markdown.

    Args:
        commands: the command line.
        shown_in: language of the page.

    Examples:
        >>> @click.command()
        ... @click.option("--depth", default=1, show_default=True, help="步数 / steps")
        ... def walk(depth: int) -> None:
        ...     '''走一走 / Walk around.'''
        >>> print(commands_page(click.Group("go", {"walk": walk}), "en").split("## ")[1])
        `go walk`
        <BLANKLINE>
        Walk around.
        <BLANKLINE>
        | Option | What it does |
        | --- | --- |
        | `--depth INTEGER` | steps; by default 1 |
        <BLANKLINE>
    """
    name = "innograph" if commands.name == "cli" else commands.name or "innograph"
    with use_language(shown_in):
        parts = [_GENERATED.show(), _TITLE.show(), _INTRO.show(), *_table(commands)]
        for path, command in _each(commands, name):
            parts += [f"## `{_usage(command, path)}`", said(command.help or "", shown_in), *_table(command)]
    return "\n\n".join(parts) + "\n"


def said(help_text: str, shown_in: Language) -> str:
    """Return the half of a help text that is in ``shown_in``; an example at its end belongs to both.

    Examples:
        >>> said("步数 / steps", "zh"), said("步数 / steps", "en"), said("PNG", "zh")
        ('步数', 'steps', 'PNG')
        >>> said("那一天的情况，如 / as it was on that day, such as 2024-12-31", "zh")
        '那一天的情况，如 2024-12-31'
    """
    paragraph = " ".join(help_text.split("\n\n")[0].split())
    halves = _BETWEEN.split(paragraph, maxsplit=1)
    if len(halves) == 1:
        return paragraph
    zh, en = halves
    if shown_in == "en":
        return en
    example = _EXAMPLE.search(en) if zh.endswith("如") else None
    return f"{zh} {example[1]}" if example else zh


def _each(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands, and those of groups, each with all the words that call it."""
    for name, command in sorted(group.commands.items()):
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from _each(command, f"{path} {name}")


def _table(command: click.Command) -> list[str]:
    rows = [
        f"| {_written(option)} | {_cell(_BREAK.show().join(_remarks(option)))} |"
        for option in command.params
        if isinstance(option, click.Option)
    ]
    return ["\n".join([_HEAD.show(), "| --- | --- |", *rows])] if rows else []


def _usage(command: click.Command, path: str) -> str:
    arguments = [
        argument.make_metavar(click.Context(command))
        for argument in command.params
        if isinstance(argument, click.Argument)
    ]
    return " ".join([path, *arguments])


def _written(option: click.Option) -> str:
    """Return an option as it is typed, with a word for its value."""
    names = ", ".join([*option.opts, *option.secondary_opts])
    if option.is_flag:
        return f"`{names}`"
    kind = option.type
    values = (
        "|".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else kind.name.upper().removesuffix(" RANGE")
    )
    return _cell(f"`{names} {option.metavar or values}`")


def _remarks(option: click.Option) -> Iterator[str]:
    yield said(option.help or "", language())
    if option.show_default and not option.is_flag:
        yield _DEFAULT.format(value=option.default)
    if option.multiple:
        yield _MANY.show()
    if option.envvar:
        yield f"`{option.envvar}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

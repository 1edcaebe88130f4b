"""What a command line needs whatever its commands are: its own options anywhere, errors in one line, messages, bars."""

from __future__ import annotations

import contextlib
import difflib
import errno
import io
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from innograph.graph.days import BadDay, day_of
from innograph.graph.disk import DISK_FULL, NOT_ALLOWED
from innograph.graph.errors import InnographError, NoPermission, NoSpace
from innograph.graph.text import Language, Text, choose_language, language, language_of_user, use_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from innograph.graph.stores import Progress
    from innograph.workspace import Workspace

FORMATS = ("table", "json", "csv")
_INTERRUPTED = 130
_OWN_OPTIONS = frozenset({"-w", "--workspace", "--store", "--lang"})
_NO_COMMAND = re.compile("No such command '([^']*)'")
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_WRONG = Text("用法有误：{said}。用法见 {command}", "{said} See {command}")


class Surface(click.Group):
    """Takes its own options anywhere, and turns errors into one line on standard error and the right exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Accept ``--lang``, ``--store`` and ``-w`` behind the command too, where people write them."""
        return super().parse_args(ctx, _own_options_first(args))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command in the user's language."""
        with use_language(ctx.params.get("lang") or language_of_user()):
            try:
                return super().invoke(ctx)
            except InnographError as error:
                click.echo(f"innograph: {error}", err=True)
                ctx.exit(error.exit_code)
            except OSError as error:
                if error.errno == errno.EPIPE:  # the reader of our output has had enough
                    raise
                click.echo(f"innograph: {_of_system(error)}", err=True)
                ctx.exit(1)


def _own_options_first(args: Sequence[str]) -> list[str]:
    """Return the arguments with the group's own options before the command."""
    own: list[str] = []
    rest: list[str] = []
    left = list(args)
    while left:
        word = left.pop(0)
        if word == "--":
            rest += [word, *left]
            break
        if word in _OWN_OPTIONS and left:
            own += [word, left.pop(0)]
        elif word.split("=")[0] in _OWN_OPTIONS - {"-w"} and "=" in word:
            own.append(word)
        else:
            rest.append(word)
    return own + rest


def _of_system(error: OSError) -> str:
    if error.errno in DISK_FULL:
        return str(NoSpace(path=error.filename or Text("输出", "the output").show()))
    if error.errno in NOT_ALLOWED:
        return str(NoPermission(path=error.filename))
    return Text(f"系统报告：{error}", f"the system says: {error}").show()


def command_name() -> str:
    """What the user types to get here: a virtual environment that is not active is not on the path."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{Path(sys.executable).name} -m innograph"
    return (
        "innograph"
        if shutil.which("innograph") == str(called.resolve()) or shutil.which("innograph") == sys.argv[0]
        else sys.argv[0]
    )


def say(text: Text, **values: object) -> None:
    """Print a message to standard error."""
    click.echo(text.format(**values), err=True)


@dataclass(slots=True)
class Options:
    """What was said before the command."""

    workspace: str | None
    store: str | None
    lang: str | None

    @contextlib.contextmanager
    def open(self) -> Generator[Workspace]:
        """Open the workspace: the one named, else ``INNOGRAPH_WORKSPACE``, else this folder or one above it."""
        from innograph.workspace import Workspace

        named = self.workspace or os.environ.get("INNOGRAPH_WORKSPACE")
        folder = Path(named) if named else Workspace.around(Path.cwd())
        with Workspace(folder, self.store) as workspace:
            chosen = workspace.settings.chosen_language
            if chosen and not self.lang and not os.environ.get("INNOGRAPH_LANG"):
                choose_language(chosen)  # also for an error that leaves this block
            yield workspace


pass_options = click.make_pass_decorator(Options)
"""Hands a command what was said before it."""

format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="输出格式 / output format"
)


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> dt.date | None:
    """Read the day of ``--as-of``."""
    try:
        return day_of(text) if text is not None else None
    except BadDay as bad:
        raise click.BadParameter(str(bad)) from None


as_of_option = click.option(
    "--as-of", metavar="DATE", callback=_day, help="那一天的情况，如 / as it was on that day, such as 2024-12-31"
)

author_option = click.option(
    "--author", metavar="NAME", help="判定人，默认为本机登录名 / who decides; your login name if not given"
)


def author_or_user(given: str | None) -> str:
    """Return who decides: as given here or before the subcommand, else who is logged in on this machine."""
    context = click.get_current_context()
    named = given or (context.parent.params.get("author") if context.parent else None)
    if named:
        return str(named)
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        problem = Text("查不到本机登录名，请写明判定人", "your login name is unknown; say who decides")
        raise click.BadParameter(problem.show(), param_hint="--author") from None


def exit_on(problems: Sequence[InnographError]) -> None:
    """Say all problems and end with the gravest one's exit code; without any, go on."""
    for problem in problems:
        click.echo(f"innograph: {problem}", err=True)
    if problems:
        sys.exit(max(problem.exit_code for problem in problems))


_STEPS = 1000


@contextlib.contextmanager
def progress_bar(label: Text) -> Generator[Progress]:
    """Show a bar on standard error for work that reports ``(done, total)``; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label.show(), file=sys.stderr) as bar:

        def report(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield report


def parts_of(items: Sequence[str], progress: Progress) -> Iterator[tuple[str, Progress]]:
    """Yield each item with a progress of its own, all of which together make up ``progress``."""

    def part(position: int) -> Progress:
        return lambda done, total: progress(position * _STEPS + _STEPS * done // max(total, 1), len(items) * _STEPS)

    for position, item in enumerate(items):
        yield item, part(position)
        progress((position + 1) * _STEPS, len(items) * _STEPS)


def run(group: click.Group) -> None:
    """Run ``group`` as the program ``innograph`` and exit; output is UTF-8 even on a console that is not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Under the C locale Python hands over Chinese arguments as surrogates, which no engine takes.
    args = [os.fsencode(word).decode("utf-8", errors="replace") for word in sys.argv[1:]]
    sys.exit(_exit_code(group, args))


def _exit_code(group: click.Group, args: list[str]) -> int:
    try:
        code = group.main(args=args, prog_name="innograph", standalone_mode=False)
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        command = f"{context.command_path if context else 'innograph'} --help"
        with use_language(_language_of(args)):
            said = said_of(error).rstrip(".") + ("" if _language_of(args) == "zh" else ".")
        _say_outside(args, _WRONG, said=said, command=command)
        return error.exit_code
    except click.Abort:
        _say_outside(args, Text("已中断", "interrupted"))
        return _INTERRUPTED
    return code if isinstance(code, int) else 0


def said_of(error: click.ClickException) -> str:
    """Return what click says of a wrong call; in Chinese its usual messages are told anew, for it has only English.

    Examples:
        >>> with use_language("zh"):
        ...     said_of(click.NoSuchOption("--frmat", possibilities=["--format"]))
        '没有 --frmat 这个选项，最接近的是 --format'
    """
    if language() != "zh":
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        return f"没有 {error.option_name} 这个选项{_nearest(error.option_name, error.possibilities or ())}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{'选项' if isinstance(error.param, click.Option) else '参数'} {_shown(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_shown(error)} 的值有误：{_of_value(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的用法有误，它要不要值请见帮助"
    return _of_words(error)


def _nearest(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"，最接近的是 {near[0]}" if near else ""


def _shown(error: click.BadParameter) -> str:
    """The parameter as the user writes it."""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    if error.param is not None and error.param_hint is None:
        return error.param.human_readable_name
    hint = error.param_hint or ""
    return hint if isinstance(hint, str) else " ".join(hint)


def _of_value(error: click.BadParameter) -> str:
    """What is wrong with a value; a command's own message is in the user's language already."""
    kind = error.param.type if error.param and error.param_hint is None else None
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}"  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    if isinstance(kind, click.IntRange):
        return f"应是 {kind.min} 到 {kind.max} 的整数"
    if isinstance(kind, click.Path):
        return "不是能用的路径"
    return error.message


def _of_words(error: click.ClickException) -> str:
    """The messages that click has no class for in every version, by their words."""
    command = _NO_COMMAND.match(error.message)
    context = error.ctx if isinstance(error, click.UsageError) else None
    if command:
        group = context.command if context else None
        known = group.list_commands(context) if context and isinstance(group, click.Group) else ()
        from innograph.queries import load_catalogue

        if command[1] in {question.id for question in load_catalogue()}:
            return f"{command[1]} 是一个问题，不是命令：innograph ask {command[1]}"
        return f"没有 {command[1]} 这个命令{_nearest(command[1], known)}"
    extra = _EXTRA.match(error.message)
    return f"多出了 {extra[1]}" if extra else error.format_message()


def _say_outside(args: Sequence[str], text: Text, **values: object) -> None:
    """Say something where no command chose the language."""
    with use_language(_language_of(args)):
        click.echo(f"innograph: {text.format(**values)}", err=True)


def _language_of(args: Sequence[str]) -> Language:
    """The language of messages about a call that could not be read."""
    own = _own_options_first(args)
    asked = own[own.index("--lang") + 1] if "--lang" in own[:-1] else ""
    return "zh" if asked == "zh" else "en" if asked == "en" else language_of_user()

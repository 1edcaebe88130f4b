"""What a command line needs whatever its commands are: its own options anywhere, errors in one line, messages, bars."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from innograph.graph.disk import DISK_FULL, NOT_ALLOWED
from innograph.graph.errors import InnographError, NoPermission, NoSpace
from innograph.graph.text import Language, Text, language_of_user, use_language

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from innograph.graph.stores import Progress

_INTERRUPTED = 130
_OWN_OPTIONS = frozenset({"-w", "--workspace", "--store", "--lang"})
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


_STEPS = 1000


@contextlib.contextmanager
def progress_bar(label: Text) -> Generator[Progress]:
    """Show a bar on standard error for work that reports ``(done, total)``."""
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
        said = error.format_message().rstrip(".") + ("" if _language_of(args) == "zh" else ".")
        _say_outside(args, _WRONG, said=said, command=command)
        return error.exit_code
    except click.Abort:
        _say_outside(args, Text("已中断", "interrupted"))
        return _INTERRUPTED
    return code if isinstance(code, int) else 0


def _say_outside(args: Sequence[str], text: Text, **values: object) -> None:
    """Say something where no command chose the language."""
    with use_language(_language_of(args)):
        click.echo(f"innograph: {text.format(**values)}", err=True)


def _language_of(args: Sequence[str]) -> Language:
    """The language of messages about a call that could not be read."""
    own = _own_options_first(args)
    asked = own[own.index("--lang") + 1] if "--lang" in own[:-1] else ""
    return "zh" if asked == "zh" else "en" if asked == "en" else language_of_user()

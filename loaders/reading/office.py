"""Old and other word processors' files (.doc, .wps, .rtf, .odt): LibreOffice, where it is installed, makes a .docx.

The same file is converted a second time, to HTML, and the tables of both are counted: what one export lost, the other
shows. LibreOffice runs with a profile of its own in which macros are off, links are never followed and the network
is behind a proxy that is not there.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue
from innograph.graph.text import Text

from .confined import read_confined
from .refusing import SAVE_AS, refuse
from .word import read_word

if TYPE_CHECKING:
    from ..document import Document

SECONDS = 120.0
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
)
_INSTALL = Text(
    "请在 Office 或 WPS 中另存为 .docx；或安装 LibreOffice（Debian/Ubuntu：apt-get install libreoffice-writer；"
    "Windows、macOS：www.libreoffice.org）后再试",
    "Save it as .docx in Office or WPS; or install LibreOffice (Debian/Ubuntu: apt-get install libreoffice-writer;"
    " Windows, macOS: www.libreoffice.org) and try again",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SAFE = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
# Named, so that LibreOffice takes no damaged file for a plain text.
_FILTERS = {".doc": "MS Word 97", ".rtf": "Rich Text Format", ".odt": "writer8"}
_TABLE_IN_HTML = re.compile(rb"<table[\s>]", re.IGNORECASE)
_TABLE_IN_WORD = re.compile(b"<w:tbl>")


def find_libreoffice() -> str | None:
    """Return where LibreOffice is installed, or None."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((str(path) for path in _PLACES if path.exists()), None)


def read_office(name: str, data: bytes, suffix: str) -> Document:
    """Read a word processor's file through LibreOffice.

    Args:
        name: the file's name.
        data: its bytes.
        suffix: what LibreOffice is to take it for, such as ``.doc``.

    Raises:
        InputError: LibreOffice is not installed, or cannot open it in time.
    """
    program = find_libreoffice()
    if program is None:
        problem = Text(
            f"这是 {suffix} 文件，要由 LibreOffice 转换", f"this is a {suffix} file, which LibreOffice must convert"
        )
        refuse(name, problem, _INSTALL)
    with tempfile.TemporaryDirectory(prefix="innograph-", ignore_cleanup_errors=True) as folder:
        word = _converted(program, name, data, suffix, "docx", Path(folder))
        page = _converted(program, name, data, suffix, "html", Path(folder))
    document = read_confined(read_word, name, word)
    in_word, in_page = _tables_in_word(word), len(_TABLE_IN_HTML.findall(page))
    if in_word == in_page:
        return document
    issue = Issue("office.tables-differ", values={"word": in_word, "page": in_page})
    return _with_issue(document, issue)


def _with_issue(document: Document, issue: Issue) -> Document:
    from dataclasses import replace

    return replace(document, issues=(*document.issues, issue))


def _tables_in_word(word: bytes) -> int:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        return len(_TABLE_IN_WORD.findall(archive.read("word/document.xml")))


def _converted(program: str, name: str, data: bytes, suffix: str, form: str, folder: Path) -> bytes:
    """Return the file in another form; the name it has in between says nothing and holds no strange characters."""
    given, profile, out = folder / f"document{suffix}", folder / "profile", folder / form
    given.write_bytes(data)
    (profile / "user").mkdir(parents=True, exist_ok=True)
    items = "\n".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SAFE)
    (profile / "user/registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += [f"--infilter={_FILTERS[suffix]}", "--convert-to", form, "--outdir", str(out), str(given)]
    if not _run(command):
        problem = Text(f"LibreOffice {SECONDS:.0f}秒内没有转换完", f"LibreOffice took more than {SECONDS:.0f} seconds")
        refuse(name, problem, SAVE_AS)
    made = out / f"document.{form}"
    if not made.exists():
        problem = Text(
            f"LibreOffice 打不开这个 {suffix} 文件，可能已损坏或加了密码",
            f"LibreOffice cannot open this {suffix} file; it may be damaged or encrypted",
        )
        refuse(name, problem, SAVE_AS)
    return made.read_bytes()


def _run(command: list[str]) -> bool:
    """Run a command that has children; False if it was ended, with all of them, because it took too long."""
    new_group = sys.platform != "win32"
    environment = {**os.environ, "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    process = subprocess.Popen(  # noqa: S603 -- the program that was found, and names of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=new_group,
        env=environment,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            if sys.platform != "win32":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
    return True

"""Files as they come: encodings, Word documents, and everything that is neither."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from needs import missing
from reading_samples import DOCX, EXPECTED, FILE, TEXT, codes, essence, refusal, stored, word

from innograph.graph.errors import InnographError, InputError, NotAPlan
from innograph.graph.text import use_language
from innograph.loaders.loading import parse_plan
from innograph.loaders.reading import LARGEST_FILE, read_bytes, read_document


def unread(path: Path) -> str:
    with pytest.raises(InnographError) as raised, use_language("zh"):
        read_bytes(path)
    with use_language("zh"):
        message = str(raised.value)
    assert "\n" not in message
    assert path.name in message
    return message


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32"])
    def test_each_gives_the_same_plan(self, encoding: str) -> None:
        assert essence(TEXT.encode(encoding)) == EXPECTED

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_the_common_ones_raise_no_issue(self, encoding: str) -> None:
        assert codes(TEXT.encode(encoding)) == []

    def test_an_uncommon_one_is_named(self) -> None:
        assert codes(TEXT.encode("utf-16")) == ["text.encoding-guessed"]

    @pytest.mark.parametrize("newline", ["\r\n", "\r", "\x0b", "\x0c", "\u2028"])
    def test_line_ends(self, newline: str) -> None:
        stored = TEXT.replace("\n", newline)
        assert essence(stored.encode()) == EXPECTED
        document = read_document("plan.txt", stored.encode())
        lines = stored.split(newline)
        for paragraph in document.paragraphs:
            assert paragraph.place.line is not None
            assert document.quote(document.trim(paragraph.span)) == lines[paragraph.place.line - 1].strip()

    def test_offsets_are_those_of_the_files_own_text(self) -> None:
        stored = TEXT.replace("\n", "\r\n")
        document = read_document("plan.txt", stored.encode())
        assert document.text == stored
        first = document.paragraphs[2]
        place = document.locate(first.span)
        assert stored[place.start : place.end] == document.quote(first.span)

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
    def test_a_few_damaged_bytes_are_reported_and_lose_nothing_else(self, encoding: str) -> None:
        data = bytearray(TEXT.encode(encoding))
        at = data.index("抄送".encode(encoding))
        data[at : at + 1] = b"\xff"
        plan = parse_plan("plan.txt", bytes(data))
        assert [i.code for i in plan.issues] == ["text.bad-bytes"]
        assert len(plan.tasks) == 13
        assert essence(bytes(data))[6] == EXPECTED[6]

    def test_a_utf8_text_cut_in_a_character_is_not_taken_for_another_encoding(self) -> None:
        text = "昌吉市方案\n一、任务\n（一）甲。做甲。\n牵头单位：市科技局、财政局"
        document = read_document("a.txt", text.encode()[:-1])
        assert document.text.startswith(text[:-1])
        assert [i.code for i in document.issues] == ["text.bad-bytes"]


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + zlib.compress(bytes(range(256)) * 20)


class TestOtherFiles:
    @pytest.mark.parametrize(
        ("data", "zh", "en"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Office", "old Office"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码", "password"),
            (PNG, "图片", "picture"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片", "picture"),
            (b"\x7fELF\x02\x01\x01", "程序", "program"),
            (b"\x1f\x8b\x08\x00", "压缩包", "archive"),
            (b"AC1032\0\0\0\0\0\x06" + bytes(range(256)), "这是图纸。请载入", "a drawing"),
            (os.urandom(4096), "不是文本文件", "no text file"),
            (bytes(range(256)) * 50, "不是文本文件", "no text file"),
            (b"", "空的", "empty"),
            (" \n\t　\n".encode(), "空的", "empty"),
            (b"\xef\xbb\xbf \n", "空的", "empty"),
            ("\u3000\n".encode("utf-16"), "空的", "empty"),
        ],
    )
    def test_what_it_is_is_said(self, data: bytes, zh: str, en: str) -> None:
        messages = refusal(data)
        assert zh in messages[0]
        assert en in messages[1]

    def test_layouts_are_exported_from_their_reader(self) -> None:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as zipped:
            zipped.writestr("OFD.xml", "<ofd:OFD/>")
        for data in (archive.getvalue(), bytes(range(256)) * 8):
            zh, en = refusal(data, "a.ofd")
            assert "OFD 阅读器" in zh
            assert "OFD reader" in en

    def test_messages_hold_no_words_of_a_library(self) -> None:
        assert "）" not in refusal(DOCX[: len(DOCX) // 2], "a.docx")[0]
        assert "zip" not in refusal(DOCX[: len(DOCX) // 2], "a.docx")[0].lower()

    @pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
    def test_a_few_bytes_of_anything(self, size: int) -> None:
        for first in range(256):
            with pytest.raises(InputError):
                parse_plan("a.txt", bytes([first]) * size)

    def test_a_text_that_is_no_plan(self) -> None:
        with pytest.raises(NotAPlan):
            parse_plan("a.txt", "床前明月光，疑是地上霜。\n".encode() * 100)

    def test_fifty_megabytes_end_soon(self) -> None:
        line = "到2023年，高新技术企业超过50家，牵头单位：市科技局。\n"
        data = (TEXT + line * (50_000_000 // len(line.encode()))).encode()
        assert len(data) > 49_000_000
        assert "不像一份行动方案" in refusal(data)[0]


OLD = "甲市產業發展行動方案\n一、主要任務\n（一）建設平臺。責任單位：市科學技術局、財政局。\n"


class TestTraditional:
    @pytest.mark.parametrize("data", [OLD.encode(encoding) for encoding in ("utf-8", "utf-16", "gb18030", "cp950")])
    def test_it_is_said_that_it_is_not_read(self, data: bytes) -> None:
        zh, en = refusal(data)
        assert "繁体字" in zh
        assert "繁转简" in zh
        assert "traditional characters" in en

    def test_in_word_and_in_a_table_too(self) -> None:
        assert "繁体字" in refusal(stored(word(OLD)), "a.docx")[0]
        assert "繁体字" in refusal("任務,責任單位\n建設平臺,市科技局\n".encode("cp950"), "a.csv")[0]

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
    def test_a_quotation_does_not_matter(self, encoding: str) -> None:
        assert len(parse_plan("a.txt", (TEXT + "《責任單位會務國際》\n").encode(encoding)).tasks) == 13


class TestPaths:
    def test_a_file(self) -> None:
        assert read_bytes(FILE) == FILE.read_bytes()

    def test_a_folder(self, tmp_path: Path) -> None:
        assert "文件夹" in unread(tmp_path)

    def test_no_file(self, tmp_path: Path) -> None:
        assert "找不到" in unread(tmp_path / "没有.txt")

    def test_an_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "空.txt").write_bytes(b"")
        assert "空的" in unread(tmp_path / "空.txt")

    def test_a_file_below_a_file(self) -> None:
        assert unread(FILE / "x.txt")

    def test_a_name_that_is_too_long(self, tmp_path: Path) -> None:
        with pytest.raises(InputError):
            read_bytes(tmp_path / ("长" * 300))

    def test_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        with (tmp_path / "大.txt").open("wb") as file:
            file.truncate(LARGEST_FILE + 1)
        assert "过大" in unread(tmp_path / "大.txt")

    @pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
    def test_what_never_ends_is_not_read(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "管道")
        assert "不是普通文件" in unread(tmp_path / "管道")
        assert "不是普通文件" in unread(Path("/dev/zero"))

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
    def test_no_permission(self, tmp_path: Path) -> None:
        file = tmp_path / "密.txt"
        file.write_text(TEXT, encoding="utf-8")
        file.chmod(0)
        drop = ""
        if os.geteuid() == 0:
            drop = "import os; os.setgid(65534); os.setuid(65534)"
            for folder in (tmp_path, *tmp_path.parents[:2]):
                folder.chmod(0o755)
        # Everything is imported before the rights are dropped: the installed package may itself be root's alone.
        script = f"""
import sys
from pathlib import Path
from innograph.graph.errors import NoPermission
from innograph.graph.text import use_language
from innograph.loaders.reading import read_bytes
path = Path(sys.argv[1])
{drop}
try:
    read_bytes(path)
except NoPermission as error:
    with use_language("en"):
        print("NoPermission", error.exit_code, path.name in str(error), str(error).count(chr(10)))
"""
        run = subprocess.run(
            [sys.executable, "-c", script, str(file)], capture_output=True, text=True, encoding="utf-8", check=False
        )
        if "PermissionError" in run.stderr and "setuid" in run.stderr:
            missing("the right to change the user: run as a plain user or as root")
        assert run.stdout.split() == ["NoPermission", "1", "True", "0"], run.stderr

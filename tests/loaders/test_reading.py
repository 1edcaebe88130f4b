"""Files as they come: encodings, Word documents, and everything that is neither."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from needs import missing

from innograph.graph.errors import InnographError, InputError, NotAPlan
from innograph.graph.text import use_language
from innograph.loaders.loading import parse_plan
from innograph.loaders.plan.export import to_json
from innograph.loaders.reading import LARGEST_FILE, read_bytes, read_document

FILE = Path(__file__).parents[2] / "data/sample/changji/plan.txt"
TEXT = FILE.read_text(encoding="utf-8")


def essence(data: bytes, name: str = "plan.txt") -> list[object]:
    """What must not depend on how the file was stored."""
    plan = to_json(parse_plan(name, data))
    return [plan[key] for key in ("title", "doc_number", "issuer", "issue_date", "print_date", "parent_policies")] + [
        [
            [task[key] for key in ("number", "title", "lead_units", "support_units", "targets")]
            for task in plan["tasks"]
        ],
        plan["document_targets"],
        plan["measures"],
        plan["entities"],
    ]


EXPECTED = essence(FILE.read_bytes())


def codes(data: bytes, name: str = "plan.txt") -> list[str]:
    return [issue.code for issue in parse_plan(name, data).issues]


def refusal(data: bytes, name: str = "plan.txt") -> tuple[str, str]:
    """Both languages of the error that reading ``data`` ends in: one line each, naming the file."""
    messages: list[str] = []
    for language in ("zh", "en"):
        with pytest.raises(InputError) as raised, use_language(language):  # type: ignore[arg-type]
            parse_plan(name, data)
        assert raised.value.exit_code == 1
        with use_language(language):  # type: ignore[arg-type]
            messages.append(str(raised.value))
    assert messages[0] != messages[1]
    assert all("\n" not in m and name in m for m in messages)
    return messages[0], messages[1]


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


def word(text: str) -> WordDocument:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return document


def stored(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, changes: dict[str, bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The archive with parts replaced (or dropped, where the change is None) and added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = changes.get(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry.filename, content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return buffer.getvalue()


DOCX = stored(word(TEXT))


class TestWord:
    def test_the_same_text_gives_the_same_plan(self) -> None:
        assert essence(DOCX, "plan.docx") == EXPECTED
        assert codes(DOCX, "plan.docx") == []

    def test_the_name_does_not_matter(self) -> None:
        assert essence(DOCX, "plan.txt") == EXPECTED

    def test_places_are_paragraphs(self) -> None:
        plan = parse_plan("plan.docx", DOCX)
        place = plan.document.locate(plan.tasks[0].section.heading)
        assert (place.paragraph, place.line, place.start) == (24, None, None)

    def test_a_table_is_reported(self) -> None:
        document = word(TEXT)
        document.add_table(rows=3, cols=2).cell(0, 0).text = "牵头单位"
        plan = parse_plan("plan.docx", stored(document))
        (issue,) = plan.issues
        assert (issue.code, issue.values["rows"]) == ("plan.table-unread", 3)
        assert issue.place.paragraph == TEXT.count("\n") + 2
        assert len(plan.tasks) == 13

    def test_insertions_count_and_deletions_do_not(self) -> None:
        document = word("昌吉市方案\n一、任务\n（一）甲。做甲。\n牵头单位：")
        last = document.paragraphs[-1]
        for tag, text_tag, text in (
            ("w:ins", "w:t", "市科技局"),
            ("w:del", "w:delText", "市财政局"),
            ("w:ins", "w:t", "、人社局"),
        ):
            change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
            words.text = text
            run.append(words)
            if tag == "w:del":
                run.append(OxmlElement("w:br"))
            change.append(run)
            last._p.append(change)
        plan = to_json(parse_plan("a.docx", stored(document)))
        assert [u["name"] for u in plan["tasks"][0]["lead_units"]] == ["市科技局", "人社局"]
        assert read_document("a.docx", stored(document)).text.endswith("\n牵头单位：市科技局、人社局")

    def test_a_content_control_is_read_in_its_place(self) -> None:
        document = word("昌吉市方案\n一、任务\n（一）甲。做甲。\n牵头单位：市科技局\n（二）乙。")
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.append(content)
        line = document.paragraphs[3]._p
        line.addprevious(control)
        content.append(line)
        tasks = to_json(parse_plan("a.docx", stored(document)))["tasks"]
        assert [(t["title"], len(t["lead_units"])) for t in tasks] == [("甲", 1), ("乙", 0)]

    def test_breaks_and_tabs(self) -> None:
        document = word("昌吉市方案\n一、任务\n（一）甲。做甲。")
        run = document.add_paragraph().add_run("牵头单位：市科技局")
        run.add_break()
        run.add_text("配合单位：\t市财政局")
        tasks = to_json(parse_plan("a.docx", stored(document)))["tasks"]
        assert [(len(t["lead_units"]), len(t["support_units"])) for t in tasks] == [(1, 1)]

    def test_a_text_box_is_read_once(self) -> None:
        document = word("昌吉市方案\n一、任务\n（一）甲。做甲。\n牵头单位：市科技局")
        run = document.paragraphs[1].add_run()
        space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        holder = run._r.makeelement(f"{{{space}}}AlternateContent")
        for form in ("Choice", "Fallback"):
            part = run._r.makeelement(f"{{{space}}}{form}")
            box, paragraph, inner, text = (OxmlElement(t) for t in ("w:txbxContent", "w:p", "w:r", "w:t"))
            text.text = "框中文字"
            inner.append(text)
            paragraph.append(inner)
            box.append(paragraph)
            part.append(box)
            holder.append(part)
        run._r.append(holder)
        assert read_document("a.docx", stored(document)).text.split("\n") == [
            "昌吉市方案",
            "一、任务",
            "框中文字",
            "（一）甲。做甲。",
            "牵头单位：市科技局",
        ]


class TestBadWord:
    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
    def test_cut_off(self, share: float) -> None:
        zh, en = refusal(DOCX[: int(len(DOCX) * share)], "plan.docx")
        assert "损坏" in zh
        assert "damaged" in en

    def test_flipped_bytes_are_never_a_crash(self) -> None:
        for at in range(60, len(DOCX), len(DOCX) // 40):
            data = DOCX[:at] + bytes([DOCX[at] ^ 0xFF]) + DOCX[at + 1 :]
            try:
                parse_plan("plan.docx", data)
            except InputError as error:
                assert "\n" not in str(error)  # noqa: PT017

    def test_another_archive(self) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.txt", TEXT)
        zh, en = refusal(buffer.getvalue(), "plan.docx")
        assert "不是 Word 文档" in zh
        assert "no Word document" in en

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    @pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
    def test_doctype(self, part: str, encoding: str) -> None:
        evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
        zh, en = refusal(repacked(DOCX, {part: evil.encode(encoding)}), "plan.docx")
        assert "DOCTYPE" in zh
        assert "DOCTYPE" in en

    def test_doctype_behind_a_long_comment(self) -> None:
        evil = b"<!--" + b"x" * 10_000 + b"--><!DOCTYPE a><a/>"
        assert "DOCTYPE" in refusal(repacked(DOCX, {"word/document.xml": evil}), "plan.docx")[0]

    def test_bomb(self) -> None:
        bomb = repacked(DOCX, {}, {"word/media/bomb.bin": b"\0" * 64_000_000})
        assert len(bomb) < 200_000
        assert "大得不合理" in refusal(bomb, "plan.docx")[0]

    def test_a_bomb_that_lies_about_its_size(self) -> None:
        data = bytearray(repacked(DOCX, {"word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}))
        size = (30_000_007).to_bytes(4, "little")
        while (at := data.find(size)) >= 0:
            data[at : at + 4] = (1000).to_bytes(4, "little")
        assert "损坏" in refusal(bytes(data), "plan.docx")[0]

    def test_a_document_without_a_word(self) -> None:
        assert "空的" in refusal(stored(docx.Document()), "plan.docx")[0]

    def test_not_xml(self) -> None:
        assert "损坏" in refusal(repacked(DOCX, {"word/document.xml": b"no xml"}), "plan.docx")[0]

    def test_without_its_relations(self) -> None:
        assert "损坏" in refusal(repacked(DOCX, {"_rels/.rels": None}), "plan.docx")[0]


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

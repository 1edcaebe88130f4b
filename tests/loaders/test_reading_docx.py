"""Plans as Word documents, and files that only claim to be such."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from reading_samples import DOCX, EXPECTED, TEXT, codes, essence, refusal, stored, word

from innograph.graph.errors import InputError
from innograph.loaders.loading import parse_plan
from innograph.loaders.plan.export import to_json
from innograph.loaders.reading import read_document


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

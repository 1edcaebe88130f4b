"""Web pages: the article as a reader sees it, its tables with what their cells span, and no site around it."""

from __future__ import annotations

import time

import pytest

from innograph.graph.errors import InputError
from innograph.loaders.document import Document
from innograph.loaders.reading import read_document
from innograph.loaders.reading.html import read_html


def page(body: str, head: str = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>题</title></head>') -> bytes:
    return f"{head}<body>{body}</body></html>".encode()


def words(document: Document) -> list[str]:
    return [document.quote(paragraph.span) for paragraph in document.paragraphs]


def cells(document: Document) -> list[list[list[str]]]:
    return [[[document.quote(cell.span) for cell in row] for row in table.rows] for table in document.tables]


ARTICLE = (
    "<p>一、总体目标</p><p>到2027年，建成创新平台5家。</p><p>二、重点任务</p><p>（一）建平台。牵头单位：市科技局。</p>"
)
LINES = ["一、总体目标", "到2027年，建成创新平台5家。", "二、重点任务", "（一）建平台。牵头单位：市科技局。"]
NAVIGATION = '<div><a href="/">首页</a><a href="/zw">政务公开</a><a href="/hd">互动交流</a></div>'


class TestText:
    def test_blocks_breaks_and_spaces(self) -> None:
        body = "<div>昌吉市\n  方案<br>一、<b>目标</b>&nbsp;</div>\n<p> A \n B <span style='display: none'>藏</span></p><script>x</script>"
        assert words(read_html("a.html", page(body))) == ["昌吉市方案", "一、目标", "A B"]

    def test_places_count_blocks(self) -> None:
        document = read_html("a.html", page(ARTICLE))
        assert [p.place.paragraph for p in document.paragraphs] == [1, 2, 3, 4]

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
    def test_encodings(self, encoding: str) -> None:
        data = f"<html><meta charset='gb2312'><body>{ARTICLE}</body></html>".encode(encoding)
        assert words(read_html("a.html", data)) == LINES

    def test_big5_where_the_page_says_so(self) -> None:
        data = "<html><meta charset=big5><p>創新平臺建設</p>".encode("big5")
        assert words(read_html("a.html", data)) == ["創新平臺建設"]

    def test_xhtml(self) -> None:
        head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a.js"/></head>'
        assert words(read_document("a.xhtml", page("<div/>" + ARTICLE, head))) == LINES

    def test_a_fragment_that_begins_in_a_table(self) -> None:
        data = f"<!DOCTYPE html><tbody><tr><td>{ARTICLE}</td></tr></tbody>".encode()
        assert words(read_document("a.html", data)) == LINES

    def test_the_name_does_not_matter(self) -> None:
        assert words(read_document("a.txt", page(ARTICLE))) == LINES


class TestArticle:
    def test_navigation_around_it_goes(self) -> None:
        footer = '<div>主办：某某办公室 <a href="1">站点地图</a> <a href="2">联系我们</a> <a href="3">备案号</a></div>'
        side = '<ul><li><a href="a">关于印发某某的通知</a></li><li><a href="b">一、二季度公报</a></li></ul>'
        body = f"{NAVIGATION}<table><tr><td>{side}</td><td><div>{ARTICLE}</div></td></tr></table>{footer}"
        document = read_html("a.html", page(body))
        assert words(document) == LINES
        assert document.tables == ()

    def test_the_title_above_it_stays(self) -> None:
        body = f"{NAVIGATION}<div><h1>昌吉市方案</h1><p>昌市政发〔2027〕1号</p></div><div>{ARTICLE}</div>"
        assert words(read_html("a.html", page(body))) == ["昌吉市方案", "昌市政发〔2027〕1号", *LINES]

    def test_an_attachment_and_a_sentence_with_a_link_stay(self) -> None:
        body = ARTICLE + '<p><a href="1.docx">附件：重点任务分工表</a></p><p>详见<a href="x">通知</a>。</p>'
        assert words(read_html("a.html", page(body)))[4:] == ["附件：重点任务分工表", "详见通知。"]

    def test_a_notice_with_many_links_beside_it_goes(self) -> None:
        notice = '<div>建议使用新版浏览器。<a href="1">一</a><a href="2">二</a><a href="3">三</a></div>'
        long = "<p>" + "推进创新平台建设，支持企业发展。" * 20 + "</p>"
        assert len(words(read_html("a.html", page(f"<div>{ARTICLE}{long}</div>{notice}")))) == 5


class TestTables:
    def test_spans(self) -> None:
        body = (
            "<table><tr><th>领域<th>任务<th>单位</tr><tr><td rowspan=2>总体<td>建平台<td>科技局</tr>"
            "<tr><td>引企业<td>商务局</tr><tr><td colspan=3>二、其他</table>"
        )
        document = read_html("a.html", page(body))
        assert cells(document) == [
            [
                ["领域", "任务", "单位"],
                ["总体", "建平台", "科技局"],
                ["总体", "引企业", "商务局"],
                ["二、其他"] * 3,
            ]
        ]
        rows = document.tables[0].rows
        assert rows[1][0] is rows[2][0]
        place = document.locate(rows[2][1].span)
        assert (place.table, place.row, place.column) == (1, 3, 2)

    def test_a_span_that_reaches_below_the_last_row_or_over_a_short_one(self) -> None:
        body = "<table><tr><td>甲<td>乙<td rowspan=9>丙</tr><tr><td>丁</tr></table>"
        assert cells(read_html("a.html", page(body))) == [[["甲", "乙", "丙"], ["丁", "", "丙"]]]

    def test_lines_in_a_cell_and_a_table_in_a_cell(self) -> None:
        body = "<table><tr><td>任务<td>单位</tr><tr><td><p>一</p><p>二</p><td>甲<br>乙<table><tr><td>丙<td>丁</table></tr></table>"
        assert cells(read_html("a.html", page(body))) == [[["任务", "单位"], ["一\n二", "甲\n乙\n丙\n丁"]]]

    @pytest.mark.parametrize(
        "frame", ["<table><tr><td>{}</table>", "<table role=presentation><tr><td>{}<td>旁</table>"]
    )
    def test_a_table_that_only_frames_the_article_is_none(self, frame: str) -> None:
        document = read_html("a.html", page(frame.format(ARTICLE)))
        assert document.tables == ()
        assert words(document)[:4] == LINES

    def test_a_caption_is_a_paragraph(self) -> None:
        body = "<table><caption>分工表</caption><tr><td>甲<td>乙</tr><tr><td>丙<td>丁</tr></table>"
        document = read_html("a.html", page(body))
        assert words(document) == ["分工表"]
        assert cells(document) == [[["甲", "乙"], ["丙", "丁"]]]


class TestHostile:
    @pytest.mark.parametrize("start", ['<!DOCTYPE html [<!ENTITY a "b">]>', "<!ENTITY a 'b'>"])
    def test_entities(self, start: str) -> None:
        with pytest.raises(InputError, match=r"实体|entities"):
            read_html("a.html", (start + "<p>&a;</p>").encode())

    def test_the_doctype_of_a_page_is_no_matter(self) -> None:
        head = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/x.dtd"><html>'
        assert words(read_html("a.html", page(ARTICLE, head))) == LINES

    @pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "font"])
    def test_deep_nesting_ends_at_once(self, tag: str) -> None:
        started = time.process_time()
        with pytest.raises(InputError, match=r"嵌套|nested"):
            read_html("a.html", f"<html><{tag}>".encode() + f"<{tag}>".encode() * 100_000)
        assert time.process_time() - started < 10

    def test_what_is_never_closed_is_no_nesting(self) -> None:
        document = read_html("a.html", page("<ul>" + "<li>一<p>二" * 5_000 + "</ul>"))
        assert len(document.paragraphs) == 10_000

    def test_absurd_spans(self) -> None:
        with pytest.raises(InputError, match=r"大得|large"):
            read_html("a.html", page("<table>" + "<tr><td colspan=1000>甲<td>乙</tr>" * 2_000 + "</table>"))

    def test_comments_without_end(self) -> None:
        started = time.process_time()
        read_html("a.html", b"<html><p>a" + b"<!--" * 500_000)
        assert time.process_time() - started < 10

"""Makes PDF files like those that word processors print: text set in lines, and tables that lines rule."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 90.0, 90.0 + 28 * 16, 740.0, 110.0
SIZE, LEADING = 16.0, 28.0
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

# A cell: its text, how many rows and how many columns it covers. None where a cell above or to the left reaches.
Cell = tuple[str, int, int] | str | None


@dataclass
class Margins:
    left: float = LEFT
    right: float = RIGHT


class PdfMaker:
    """A file being made, from the top of its first page downwards.

    Args:
        header: a line that each page repeats at its top.
        numbers: how a page says its number, such as ``— {} —``.
        rotate: the turn that each page is shown with; the text is drawn so that it reads upright.
    """

    def __init__(self, header: str = "", numbers: str = "", rotate: int = 0, password: str = "") -> None:
        self._buffer = io.BytesIO()
        # reportlab turns the page by itself.
        self.canvas = Canvas(self._buffer, pagesize=A4, encrypt=password or None, invariant=1)
        self._header, self._numbers, self._rotate = header, numbers, rotate
        self.page, self.y = 0, 0.0
        self.new_page()

    def new_page(self) -> None:
        if self.page:
            self.canvas.showPage()
        self.page += 1
        if self._rotate:
            self.canvas.setPageRotation(self._rotate)
            self.canvas.rotate(self._rotate)
            self.canvas.translate(*{90: (0, -HEIGHT), 180: (-WIDTH, -HEIGHT), 270: (-WIDTH, 0)}[self._rotate])
        self.y = TOP
        if self._header:
            self.line(self._header, LEFT, 800.0, 10.5)
        if self._numbers:
            self.line(self._numbers.format(self.page), WIDTH / 2 - 20, 60.0, 14.0)

    def line(self, text: str, x: float, y: float, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)

    def down(self, by: float) -> None:
        if self.y - by < BOTTOM:
            self.new_page()
        else:
            self.y -= by

    def centred(self, text: str, size: float = 22.0) -> None:
        width = pdfmetrics.stringWidth(text, FONT, size)
        self.line(text, (LEFT + RIGHT - width) / 2, self.y, size)
        self.down(1.6 * size)

    def paragraph(self, text: str, indent: float = 2.0) -> None:
        """Set a paragraph: its first line indented, each line as full as it gets."""
        x = LEFT + indent * SIZE
        line = ""
        for letter in text:
            if x + pdfmetrics.stringWidth(line + letter, FONT, SIZE) > RIGHT + 0.1:
                self.line(line, x, self.y)
                self.down(LEADING)
                x, line = LEFT, ""
            line += letter
        self.line(line, x, self.y)
        self.down(LEADING)

    def table(self, rows: list[list[Cell]], widths: list[float], style: str = "lines", height: float = 40.0) -> None:
        """Draw a table on this page, ruled by ``lines``, ``bars``, ``outlines`` or ``dots``, or ``open`` at its sides."""
        xs = [LEFT + sum(widths[:column]) for column in range(len(widths) + 1)]
        top = self.y + LEADING - 10
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                text, high, wide = cell if isinstance(cell, tuple) else (cell, 1, 1)
                box = (xs[c], top - (r + high) * height, xs[c + wide], top - r * height)
                self._rule(box, style, at_left=c == 0, at_right=c + wide == len(widths))
                self._words(text, box)
        self.y = top - len(rows) * height - LEADING

    def picture(self, share: float) -> None:
        """Draw a picture over ``share`` of the page's height."""
        from PIL import Image

        picture = ImageReader(Image.new("L", (60, 60), 200))
        self.canvas.drawImage(picture, 0, HEIGHT * (1 - share), WIDTH, HEIGHT * share)

    def bytes(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()

    def _words(self, text: str, box: tuple[float, float, float, float], size: float = 12.0) -> None:
        """Set a cell's text, centred down."""
        x0, y0, x1, y1 = box
        lines = [""]
        for letter in text:
            if letter == "\n":
                lines.append("")
                continue
            if pdfmetrics.stringWidth(lines[-1] + letter, FONT, size) > x1 - x0 - 10.8 + 0.1:
                lines.append("")
            lines[-1] += letter
        y = (y0 + y1) / 2 + (len(lines) - 1) * 7 - 4
        for line in lines:
            self.line(line, x0 + 5.4, y, size)
            y -= 14

    def _rule(self, box: tuple[float, float, float, float], style: str, *, at_left: bool, at_right: bool) -> None:
        x0, y0, x1, y1 = box
        draw = self.canvas
        draw.setLineWidth(0.5)
        if style == "outlines":
            draw.rect(x0, y0, x1 - x0, y1 - y0)
            return
        sides = [(x0, y0, x1, y0), (x0, y1, x1, y1)]
        sides += [] if style == "open" and at_left else [(x0, y0, x0, y1)]
        sides += [] if style == "open" and at_right else [(x1, y0, x1, y1)]
        for ax, ay, bx, by in sides:
            if style == "bars":
                draw.rect(ax - 0.25, ay - 0.25, bx - ax + 0.5, by - ay + 0.5, stroke=0, fill=1)
            elif style == "dots":
                steps = int(max(bx - ax, by - ay) // 2)
                for step in range(steps + 1):
                    x, y = ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
                    draw.rect(x - 0.3, y - 0.3, 0.6, 0.6, stroke=0, fill=1)
            else:
                draw.line(ax, ay, bx, by)

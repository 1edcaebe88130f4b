"""PDF files that tests make, and what is read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pdf_maker import PdfMaker

from innograph.loaders.reading.pdf import read_pdf

if TYPE_CHECKING:
    from innograph.loaders.document import Document


HEADER = ["序号", "领域", "任务", "责任单位"]
WIDTHS = [40.0, 80.0, 200.0, 128.0]
LONG = "支持企业建设重点实验室和中试基地，引进高水平人才团队，推动科技成果在本市转化，到2027年全市高新技术企业达到500家以上。"


def words(document: Document) -> list[str]:
    return [document.quote(paragraph.span) for paragraph in document.paragraphs]


def cells(document: Document) -> list[list[list[str]]]:
    return [[[document.quote(cell.span) for cell in row] for row in table.rows] for table in document.tables]


def read(maker: PdfMaker) -> Document:
    return read_pdf("plan.pdf", maker.bytes())

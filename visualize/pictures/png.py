"""SVG to PNG, with the fonts of this computer."""

from __future__ import annotations

import re
from functools import cache
from typing import TypedDict

import resvg_py

from innograph.graph.errors import InnographError
from innograph.graph.text import Text

_SIZE = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_HAN = re.compile("[㐀-鿿豈-﫿]")
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><text x="4" y="30" font-size="24">{}</text></svg>'
_LARGEST = 60_000_000
# What a font of Windows, macOS or Linux is named that has letters of both kinds, then those with Latin letters only:
# resvg draws nothing at all where neither the fonts a picture names nor its own default are installed.
_FAMILIES = (
    *(
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "Source Han Sans CN",
        "PingFang SC",
        "Hiragino Sans GB",
    ),
    *("Microsoft YaHei", "SimHei", "SimSun", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback"),
    *("Arial Unicode MS", "Arial", "Liberation Sans", "DejaVu Sans", "Helvetica", "Times New Roman"),
)


class _Fonts(TypedDict, total=False):
    font_family: str
    serif_family: str
    sans_serif_family: str


class NoFont(InnographError):
    """Letters would be missing from the picture."""

    code = "no-font"
    text = Text(
        "这台电脑没有{letters}字体，PNG 里的文字会缺失。请安装一种字体（如 Noto Sans CJK SC），"
        "或改存为 .svg 或 .html，在有字体的电脑上打开",
        "This computer has no font with {letters} letters, which would be missing from a PNG. Install one (such as Noto"
        " Sans CJK SC), or write .svg or .html and open it on a computer that has one",
    )


class TooLarge(InnographError):
    """So many pixels would fill the memory."""

    code = "too-large"
    text = Text(
        "图将有 {width}×{height} 像素，过大。请把 --width 改小，或改存为 .svg",
        "The picture would have {width}×{height} pixels, which is too large. Give a smaller --width, or write .svg",
    )


def png_of(svg: str, width: int) -> bytes:
    """Return a picture of so many pixels across; its height follows.

    Args:
        svg: with a ``viewBox``.
        width: in pixels.

    Raises:
        NoFont: this computer has no font for its letters.
        TooLarge: it would have too many pixels.
    """
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("an SVG without a viewBox")
    height = round(width * float(found[2]) / float(found[1]))
    if width * height > _LARGEST:
        raise TooLarge(width=width, height=height)
    for letters, samples in ((Text("中文", "Chinese"), "中国"), (Text("拉丁", "Latin"), "AB")):
        needed = _HAN.search(svg) if samples == "中国" else True
        if needed and not drawn_differently(*samples):
            raise NoFont(letters=letters)
    fonts = _defaults()
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height, background="#fdfbf7", **fonts))


@cache
def drawn_differently(one: str, other: str) -> bool:
    """Whether two letters look different with the fonts of this computer; if not, it has none that holds them.

    Args:
        one: a letter.
        other: another.
    """
    fonts = _defaults()
    return _probe(one, fonts) != _probe(other, fonts)


@cache
def _defaults() -> _Fonts:
    """What stands for ``serif`` and ``sans-serif``: the first family of this computer that has letters."""
    for family in _FAMILIES:
        fonts = _Fonts(font_family=family, serif_family=family, sans_serif_family=family)
        if _probe("A", fonts) != _probe("B", fonts):
            return fonts
    return _Fonts()


def _probe(letter: str, fonts: _Fonts) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=_PROBE.format(letter), **fonts))

"""A record as a document to read: everything that was recorded, page by page, predictions apart and named so."""

from __future__ import annotations

import importlib.util
import io
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, LongTable, PageTemplate, Paragraph, Spacer, TableStyle

from kinetamine.clinic.access.whole import Whole
from kinetamine.clinic.bands import NATURE
from kinetamine.clinic.export.telling import Section, sections

_FONT, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_INK, _MODEL, _RULE = colors.HexColor("#1a1a1a"), colors.HexColor("#6b3fa0"), colors.HexColor("#b8b8b8")
_MARGIN = 16 * mm
_LONGEST_CELL = 600
"""Characters; a row of several such cells still fits a page."""
_WIDTH = A4[0] - 2 * _MARGIN


def document(record: Whole, at: datetime) -> bytes:
    """The bytes of a PDF file; made twice, as a page says of how many it is one."""
    _fonts()
    _, pages = _made(record, at, 0)
    content, _ = _made(record, at, pages)
    return content


def _made(record: Whole, at: datetime, pages: int) -> tuple[bytes, int]:
    file = io.BytesIO()
    who = f"{record.person.name}, number {record.person.number}"
    made = BaseDocTemplate(
        file,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=f"Record of {who}",
        author=record.clinic.name,
        invariant=True,
    )
    frame = Frame(_MARGIN, _MARGIN + 6 * mm, _WIDTH, A4[1] - 2 * _MARGIN - 6 * mm, 0, 0, 0, 0)
    zone = ZoneInfo(record.clinic.time_zone)
    foot = f"{who} · {record.clinic.name} · written {at.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
    made.addPageTemplates([PageTemplate(frames=[frame], onPage=_footer(foot, pages))])
    story: list[Flowable] = [_paragraph(f"Record of {who}", size=16, bold=True), Spacer(0, 2 * mm)]
    story.append(_paragraph(f"Times by the clock of the clinic, {zone.key}. A dash: not recorded. {_NOT_A_DEVICE}"))
    for section in sections(record, zone):
        story += _section(section)
    made.build(story)
    return file.getvalue(), made.page


_NOT_A_DEVICE = "Kinetamine is not a medical device and gives no dosing advice."


def _footer(text: str, pages: int) -> Any:
    def draw(canvas: Canvas, made: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(_FONT, 7)
        canvas.setFillColor(_INK)
        canvas.drawString(_MARGIN, _MARGIN, text[:130])
        canvas.drawRightString(A4[0] - _MARGIN, _MARGIN, f"page {made.page} of {pages}")
        canvas.restoreState()

    return draw


def _section(section: Section) -> list[Flowable]:
    ink = _MODEL if section.predicted else _INK
    title = f"{section.title}: {NATURE}" if section.predicted else section.title
    found: list[Flowable] = [Spacer(0, 5 * mm), _paragraph(title, size=11, bold=True, ink=ink), Spacer(0, 1 * mm)]
    found += [_paragraph(line, ink=ink) for line in section.lines]
    if section.rows:
        long: list[str] = []
        found.append(_table(section, ink, long))
        found += [_paragraph(f"{_note(place)}: {text}", ink=ink) for place, text in enumerate(long, start=1)]
    elif not section.lines:
        found.append(_paragraph("None recorded.", ink=ink))
    return found


def _table(section: Section, ink: colors.Color, long: list[str]) -> LongTable:
    """Its head again on every page; what is too long for a cell is put among ``long``, to be read below."""

    def cell(text: str) -> Paragraph:
        if len(text) <= _LONGEST_CELL:
            return _paragraph(text, ink=ink)
        long.append(text)
        return _paragraph(f"{_note(len(long))}, below", ink=ink)

    weights = section.widths or tuple(1.0 for _ in section.head)
    widths = [_WIDTH * weight / sum(weights) for weight in weights]
    cells = [[_paragraph(name, bold=True, ink=ink) for name in section.head]]
    cells += [[cell(text) for text in row] for row in section.rows]
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, ink),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, _RULE),
            ("LEFTPADDING", (0, 0), (-1, -1), 1.5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]
    )
    return LongTable(cells, colWidths=widths, repeatRows=1, style=style, splitInRow=1)


def _note(place: int) -> str:
    return f"note {place}"


def _paragraph(text: str, *, size: float = 8, bold: bool = False, ink: colors.Color = _INK) -> Paragraph:
    style = ParagraphStyle(
        "text", fontName=_BOLD if bold else _FONT, fontSize=size, leading=size * 1.3, textColor=ink, splitLongWords=1
    )
    return Paragraph(escape(text).replace("\n", "<br/>"), style)


@cache
def _fonts() -> None:
    """DejaVu, which comes with matplotlib: most alphabets, no Chinese or Japanese signs."""
    spec = importlib.util.find_spec("matplotlib")
    folder = Path((spec.submodule_search_locations or [""])[0] if spec else "") / "mpl-data" / "fonts" / "ttf"
    for name in (_FONT, _BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))

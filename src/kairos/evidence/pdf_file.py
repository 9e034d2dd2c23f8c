"""The report as a PDF, by ReportLab (extra `reports`).

Chinese is set in Adobe's standard CID fonts, which readers bring themselves: nothing is embedded, so the file stays
small, and its text can be searched and copied. Who files it for years names a TrueType font, and what is used of it is
embedded. Latin letters and figures stand in Helvetica.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kairos.evidence.document import Document, Section, Table
from kairos.history.writers import MissingPackage

# By language: Adobe-CNS1 for traditional, Adobe-GB1 for simplified characters.
CJK_FONTS: Final = {"en": "MSung-Light", "zh-Hant": "MSung-Light", "zh-Hans": "STSong-Light"}
NOT_LATIN: Final = re.compile(r"[^\x00-\xff–—‘’“”•…]+")
MARGIN_PT: Final = 42
LEAST_COLUMN: Final = 7  # letters that a column is reckoned with at least, and at most
WIDEST_COLUMN: Final = 34
INK, GREY, SHADE = "#1a1f27", "#59636e", "#eef1f4"


class UnusableFont(ValueError):
    """A file is no font that can be embedded."""


def write_pdf(path: Path, document: Document, font: Path | None = None) -> None:
    """Raises `MissingPackage` without ReportLab, `UnusableFont` for a font that it can't embed."""
    library = _ReportLab()
    template = library.platypus.SimpleDocTemplate(
        str(path),
        pagesize=library.page_size,
        leftMargin=MARGIN_PT,
        rightMargin=MARGIN_PT,
        topMargin=MARGIN_PT,
        bottomMargin=MARGIN_PT,
        title=document.title,
        lang=document.language,
        author="Kairos",
        invariant=1,  # the same report is the same file
    )
    template.build(list(_Setter(document, library, font).flow()), onFirstPage=_number, onLaterPages=_number)


class _ReportLab:
    """Its parts, loaded when a PDF is asked for. A4 lies across: the tables are wide."""

    def __init__(self) -> None:
        try:
            self.platypus = import_module("reportlab.platypus")
        except ImportError as error:
            raise MissingPackage("a PDF needs ReportLab: pip install 'kairos-oms[reports]'") from error
        pages = import_module("reportlab.lib.pagesizes")
        self.page_size: tuple[float, float] = pages.landscape(pages.A4)
        self.style: Any = import_module("reportlab.lib.styles").ParagraphStyle

    def cid_font(self, name: str) -> str:
        """One of Adobe's, by its name."""
        return self._registered(import_module("reportlab.pdfbase.cidfonts").UnicodeCIDFont(name))

    def embedded_font(self, path: Path) -> str:
        fonts = import_module("reportlab.pdfbase.ttfonts")
        try:
            return self._registered(fonts.TTFont(path.stem, str(path)))
        except fonts.TTFError as error:
            raise UnusableFont(f"{path}: {error}; name a TrueType font (.ttf) that has Chinese") from error

    @staticmethod
    def _registered(font: Any) -> str:
        import_module("reportlab.pdfbase.pdfmetrics").registerFont(font)
        return str(font.fontName)


def _number(canvas: Any, template: Any) -> None:
    """The page's number at its foot."""
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(template.pagesize[0] - MARGIN_PT, MARGIN_PT / 2, str(canvas.getPageNumber()))
    canvas.restoreState()


class _Setter:
    """Sets a document as what ReportLab flows over pages."""

    def __init__(self, document: Document, library: _ReportLab, font: Path | None) -> None:
        self._document = document
        self._library = library
        name = CJK_FONTS[document.language]
        self._cjk = library.cid_font(name) if font is None else library.embedded_font(font)
        self._wrap = "CJK" if document.language != "en" else None

    def flow(self) -> Iterator[Any]:
        yield self._paragraph(self._document.title, size=17, bold=True, after=8)
        for name, value in self._document.facts:
            yield self._paragraph(f"{name}: {value}", size=9)
        for section in self._document.sections:
            yield from self._section(section)
        yield self._paragraph(self._document.end, size=8, color=GREY, before=14)

    def _section(self, section: Section) -> Iterator[Any]:
        yield self._paragraph(section.title, size=12, bold=True, before=14, after=4, keep=True)
        for text in section.paragraphs:
            yield self._paragraph(text, size=9, after=3)
        if section.table is not None:
            yield self._table(section.table)

    def _paragraph(
        self,
        text: str,
        size: int,
        bold: bool = False,
        right: bool = False,
        color: str = INK,
        before: int = 0,
        after: int = 0,
        keep: bool = False,
    ) -> Any:
        style = self._library.style(
            "kairos",
            fontName="Helvetica-Bold" if bold else "Helvetica",
            fontSize=size,
            leading=size * 1.35,
            textColor=color,
            alignment=2 if right else 0,
            spaceBefore=before,
            spaceAfter=after,
            keepWithNext=keep,
            wordWrap=self._wrap,
            splitLongWords=1,
        )
        return self._library.platypus.Paragraph(self._marked(text), style)

    def _marked(self, text: str) -> str:
        """Each run of letters that Helvetica lacks in the font that has them."""
        marked, at = "", 0
        for run in NOT_LATIN.finditer(text):
            marked += escape(text[at : run.start()]) + f'<font name="{self._cjk}">{escape(run[0])}</font>'
            at = run.end()
        return marked + escape(text[at:])

    def _table(self, table: Table) -> Any:
        rows = [self._row(table, table.head, bold=True)]
        rows += [self._row(table, row, bold=False) for row in table.rows]
        width = self._library.page_size[0] - 2 * MARGIN_PT
        made = self._library.platypus.LongTable(
            rows, colWidths=[width * share for share in column_shares(table)], repeatRows=1
        )
        made.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, 0), SHADE),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, "#d5dae0"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
        return made

    def _row(self, table: Table, cells: tuple[str, ...], bold: bool) -> list[Any]:
        return [self._paragraph(cell, size=7, bold=bold, right=at in table.numbers) for at, cell in enumerate(cells)]


def column_shares(table: Table) -> list[float]:
    """How wide each column is of the whole: by its longest text, within bounds, so that none starves."""
    columns = zip(*[table.head, *table.rows], strict=True)
    widths = [min(max(*map(len, column), LEAST_COLUMN), WIDEST_COLUMN) for column in columns]
    return [width / sum(widths) for width in widths]

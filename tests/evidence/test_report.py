"""The report says the facts in three languages, in HTML and PDF, and nothing in it is lost or executed."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.evidence.a_day import START, write_journal

from kairos.evidence.control_names import CHINESE
from kairos.evidence.document import Document, Table
from kairos.evidence.gather import gather
from kairos.evidence.html_page import html_page
from kairos.evidence.pdf_file import UnusableFont, column_shares, write_pdf
from kairos.evidence.report import report
from kairos.evidence.words import LANGUAGES, WORDS
from kairos.history.span import Span
from kairos.model.refusals import RefusalCode
from kairos.risk.control import Control
from kairos.risk.controls import CONTROLS as ALL_CONTROLS
from kairos.risk_examples.record import Decided, RecordedRun

CONTROLS = [
    Control(RefusalCode.KILL, "Kill switch", "SEC 15c3-5(c)(1)", "kairos kill", ""),
    Control(RefusalCode.MAX_ORDER_QTY, "Order quantity", "RTS 6 art. 15(1)(c)", "[account.limits]", ""),
]
NONE_DECIDED = Decided(0, 0, 0, 0, 0)
DECIDED = Decided(9, 800, 1_900, 15_000, 15_000)
TESTS = [
    RecordedRun(
        START, "rita", "0.1.0", ("house.toml sha256:00",), 8, 0, {"MAX_ORDER_QTY": 1, "KILL": 1}, {}, NONE_DECIDED
    ),
    RecordedRun(
        START + 60 * 10**9, "rita", "0.1.0", ("house.toml sha256:00",), 9, 1, {"KILL": 1}, {"KILL": 2}, DECIDED
    ),
]


@pytest.fixture(params=LANGUAGES)
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Document:
    write_journal(tmp_path / "journal.db")
    facts = gather(tmp_path / "journal.db", Span())
    return report(facts, CONTROLS, TESTS, "journal.db", "0.1.0", request.param)


def table_of(document: Document, title: str) -> Table:
    at = LANGUAGES.index(document.language)
    [section] = [section for section in document.sections if section.title == WORDS[title][at]]
    assert section.table is not None
    return section.table


def test_each_control_stands_with_its_clause_its_refusals_and_its_last_test(document: Document) -> None:
    rows = {row[0]: row for row in table_of(document, "s_controls").rows}
    assert rows["KILL"][2:] == (
        "SEC 15c3-5(c)(1)",
        "kairos kill",
        "0",
        "2026-11-23T08:01:00.000000000Z",
        "1 / 2",
    )
    assert rows["MAX_ORDER_QTY"][4:] == ("3", "2026-11-23T08:00:00.000000000Z", "1 / 0")
    assert rows["PRICE_COLLAR"][4] == "2"  # it refused, so it is told, though no control was named


def test_every_section_is_there_and_every_number_of_the_day(document: Document) -> None:
    assert len(document.sections) == 12
    assert ("MAX_ORDER_QTY", "ACME", "A1", "3") in table_of(document, "s_by_client").rows
    assert ("2026-11-24", "MAX_ORDER_QTY", "1") in table_of(document, "s_by_day").rows
    [kill] = table_of(document, "s_kills").rows
    assert kill[1:6] == ("A1", "tina", "fat finger", "3 / 1", "1.000000000 s")
    [response] = table_of(document, "s_responses").rows
    assert response[7:10] == ("0.900 us", "1", "1.000000900 s")
    approvals = table_of(document, "s_approvals").rows
    assert [row[7] for row in approvals] == ["2.000000000 s", ""]
    durable, *_, decided = table_of(document, "s_speed").rows
    assert durable[1:] == ("5", *["250.000 us"] * 4)
    assert decided[1:] == ("9", "0.800 us", "1.900 us", "15.000 us", "15.000 us")


class Page(HTMLParser):
    """Its texts, its tags, and whether they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.lang = dict(attrs).get("lang") or self.lang
        assert not {name for name, _ in attrs} & {"src", "href", "onclick"}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_is_whole_and_holds_every_cell(document: Document) -> None:
    """Also what a person wrote with signs that mean something in HTML."""
    page = Page(html_page(document))
    assert page.open == [] and page.lang == document.language
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    cells = [
        cell for section in document.sections if section.table for row in section.table.rows for cell in row if cell
    ]
    assert [cell for cell in cells if cell not in page.texts] == []
    assert "客戶 <急單>" in page.texts


def test_the_pdf_has_its_pages_and_its_text(document: Document, tmp_path: Path) -> None:
    """Chinese letters and all: they can be searched, as in what a regulator files."""
    pytest.importorskip("reportlab")
    pypdf = pytest.importorskip("pypdf")
    write_pdf(tmp_path / "report.pdf", document)
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert 2 <= len(pages) <= 8
    for section in document.sections:
        assert "".join(section.title.split()) in text
    for word in ("MAX_ORDER_QTY", "客戶<急單>", "250.000us", "house.tomlsha256:00"):
        assert word in text
    assert str(len(pages)) in pages[len(pages) - 1].extract_text().split()


def test_the_same_report_is_the_same_file(document: Document, tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    write_pdf(tmp_path / "1.pdf", document)
    write_pdf(tmp_path / "2.pdf", document)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_a_font_that_is_named_is_embedded(document: Document, tmp_path: Path) -> None:
    """Any TrueType font will do; one that is none is refused by name."""
    fonts = Path(pytest.importorskip("reportlab").__file__).parent / "fonts"
    write_pdf(tmp_path / "own.pdf", document, fonts / "Vera.ttf")
    write_pdf(tmp_path / "readers.pdf", document)
    assert b"/FontFile2" in (tmp_path / "own.pdf").read_bytes()
    assert b"/FontFile" not in (tmp_path / "readers.pdf").read_bytes()
    (tmp_path / "no.ttf").write_bytes(b"no font")
    with pytest.raises(UnusableFont, match="name a TrueType font"):
        write_pdf(tmp_path / "none.pdf", document, tmp_path / "no.ttf")


def test_every_word_is_said_in_every_language() -> None:
    assert [key for key, texts in WORDS.items() if len(texts) != len(LANGUAGES) or not all(texts)] == []
    assert [control.code.value for control in ALL_CONTROLS if control.code.value not in CHINESE] == []
    assert [code for code, texts in CHINESE.items() if len(texts) != 2 or not all(texts)] == []


def test_no_column_starves() -> None:
    table = Table(("a", "b"), (("x" * 500, "y"),))
    shares = column_shares(table)
    assert abs(sum(shares) - 1) < 1e-9 and min(shares) > 0.1

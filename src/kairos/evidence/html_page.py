"""The report as one HTML file: no script, no font, no picture from elsewhere; made to be printed on A4 as well."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from kairos.evidence.document import Document, Section, Table

STYLE: Final = """
:root { color-scheme: light; }
body { font: 14px/1.5 "Helvetica Neue", Arial, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif;
  color: #1a1f27; max-width: 72rem; margin: 2rem auto; padding: 0 1.5rem; }
:lang(zh-Hans) { font-family: "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
  sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .4rem; padding-bottom: .2rem; border-bottom: 2px solid #1a1f27; }
p { margin: .3rem 0 .6rem; max-width: 60rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0; }
dt { color: #59636e; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; margin: .4rem 0; }
th, td { padding: .3rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid #d5dae0;
  overflow-wrap: anywhere; }
th { background: #eef1f4; font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
footer { margin: 2.5rem 0 1rem; color: #59636e; font-size: .86rem; }
@media print { @page { size: A4; margin: 16mm 14mm; } body { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
  thead { display: table-header-group; } tr, h2 { break-inside: avoid; } h2 { break-after: avoid; } }
"""


def html_page(document: Document) -> str:
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    title = escape(document.title)
    yield "<!doctype html>"
    yield f'<html lang="{document.language}">'
    yield f'<head><meta charset="utf-8"><title>{title}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{STYLE}</style></head>"
    yield f"<body><h1>{title}</h1>"
    yield "<dl>"
    for name, value in document.facts:
        yield f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"
    yield "</dl>"
    for section in document.sections:
        yield from _section(section)
    yield f"<footer>{escape(document.end)}</footer></body></html>"


def _section(section: Section) -> Iterator[str]:
    yield f"<section><h2>{escape(section.title)}</h2>"
    for paragraph in section.paragraphs:
        yield f"<p>{escape(paragraph)}</p>"
    if section.table is not None:
        yield from _table(section.table)
    yield "</section>"


def _table(table: Table) -> Iterator[str]:
    classes = [' class="n"' if at in table.numbers else "" for at in range(len(table.head))]
    heads = "".join(f"<th{kind}>{escape(name)}</th>" for kind, name in zip(classes, table.head, strict=True))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        cells = "".join(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(classes, row, strict=True))
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"

"""Journals are read for ever: bytes that an earlier Kairos wrote say today what they said then.

`golden_v1.txt` has one of each event and command as commit 6918ecb wrote them: how it looked, then its bytes in hex. A
later version of the format adds a file of its own, and alters none.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from librt.strings import BytesWriter

from kairos.model import enums, indicators, market_enums, values
from kairos.model.wire import decode_command, decode_events, encode_command, encode_events
from kairos.model.wire_types import Record

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parents[1] / "src" / "kairos" / "model" / "messages.schema"
LINES = (HERE / "golden_v1.txt").read_text("utf-8").splitlines()[1:]
GOLDEN = list(zip(LINES[0::2], LINES[1::2], strict=True))
FIELD = re.compile(r"  (\w+)\s+\S+ since (\d+) = ([^|]+)")


def defaults_by_record() -> dict[str, dict[str, str]]:
    """The fields that each record has gained since version 1, with the default that old bytes are read with."""
    gained: dict[str, dict[str, str]] = {}
    name = ""
    for line in SCHEMA.read_text("utf-8").splitlines():
        heading = re.match(r"(?:command|event) \d+ (\w+)", line)
        field = FIELD.match(line)
        if heading:
            name = heading[1]
        elif field:
            gained.setdefault(name, {})[field[1]] = field[3].strip()
    return gained


DEFAULTS = defaults_by_record()


def read(kind: str, data: bytes) -> Record:
    return decode_events(data)[0] if kind == "event" else decode_command(data)


@pytest.mark.parametrize(("text", "written"), GOLDEN, ids=[text.partition("(")[0] for text, _ in GOLDEN])
def test_bytes_of_version_1_say_what_they_said(text: str, written: str) -> None:
    kind, _, looked = text.partition(" ")
    record = read(kind, bytes.fromhex(written))
    gained = DEFAULTS.get(type(record).__name__, {})
    old = [name for name in record.names() if name not in gained]
    shown = ", ".join(f"{name}={getattr(record, name)!r}" for name in old)
    assert f"{type(record).__name__}({shown})" == looked
    for name, default in gained.items():
        expected = eval(default, {**vars(enums), **vars(indicators), **vars(market_enums), **vars(values)})
        assert getattr(record, name) == expected, name


@pytest.mark.parametrize(("text", "written"), GOLDEN, ids=[text.partition("(")[0] for text, _ in GOLDEN])
def test_written_anew_they_are_read_as_the_same(text: str, written: str) -> None:
    record = read(text.partition(" ")[0], bytes.fromhex(written))
    if text.startswith("event"):
        assert decode_events(encode_events(decode_events(bytes.fromhex(written)))) == [record]
    else:
        w = BytesWriter()
        encode_command(w, decode_command(bytes.fromhex(written)))
        assert decode_command(w.getvalue()) == record


def test_every_record_that_has_grown_is_among_them() -> None:
    """Else a new field of it would be read from old bytes by luck."""
    known = {re.split(r"[ (]", text)[1] for text, _ in GOLDEN}
    assert set(DEFAULTS) <= known
    assert len(known) == len(GOLDEN) >= 80

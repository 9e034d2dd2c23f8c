"""Whatever a writer of logs does to a message, its wire bytes come back."""

from __future__ import annotations

import html
import json

import pytest
from tests.fix.wire import whole
from tests.fix_tools.samples import found_in, framed, frames_in, message, order

from kairos.fix_tools.log_reader import MAX_MESSAGE_BYTES, LogReader

DELIMITERS = [
    *(
        "\x01",
        "|",
        "^A",
        ";",
        ",",
        "^",
        "~",
        "\t",
        " ",
        "  ",
        " | ",
        "; ",
        "||",
        "\\x01",
        "\\001",
        "\\u0001",
        "\\\\u0001",
    ),
    *("<SOH>", "[SOH]", "{soh}", "<0x01>", "&#1;", "&#x01;", "\u2401", "\xa6"),
]
PREFIXES = [
    "",
    "2026-11-22 09:30:00.123 [in] ",
    "20261122-09:30:00.123456789: outgoing ",
    '{"t":17,"m":"',
    "<20261122-09:30:00, FIX.4.4:A->B, incoming> (",
    "<row><![CDATA[",
    "行情 ",
    ";;; ",
]


def written(frame: bytes, delimiter: str) -> bytes:
    return frame.replace(b"\x01", delimiter.encode())


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("chunk", [1_000_000, 1, 7])
def test_every_delimiter_is_read(delimiter: str, chunk: int) -> None:
    """With each prefix, with and without the last delimiter, with text after it, and message upon message."""
    frame = order()
    line = written(frame, delimiter)
    bare = line.removesuffix(delimiter.encode())
    for prefix in PREFIXES:
        text = b"\r\n".join([prefix.encode() + line + b") tail", prefix.encode() + bare, b"no message here", line * 2])
        assert frames_in(text + b"\n", chunk) == [frame] * 4, prefix


# A break inside a character can't be mended; nor can blanks of an indentation be told from those of a delimiter.
WRAPPED = [
    (delimiter, line_break)
    for delimiter in DELIMITERS
    for line_break in ("\n", "\r\n", "\n    ")
    if delimiter.isascii() and not (" " in delimiter and " " in line_break)
]


@pytest.mark.parametrize(("delimiter", "line_break"), WRAPPED)
@pytest.mark.parametrize("width", [33, 64])
def test_wrapped_lines_are_joined(delimiter: str, line_break: str, width: int) -> None:
    line = written(order(), delimiter).decode()
    wrapped = line_break.join(line[at : at + width] for at in range(0, len(line), width))
    found = found_in(f"{wrapped}\nsome other line\n{wrapped}".encode())
    assert [each.frame for each in found] == [order()] * 2
    assert found[0].how == ("line breaks removed" if "\n" in wrapped else "")


def test_a_line_break_in_a_value_stays() -> None:
    frame = message("35=B|34=3|49=A|56=B|52=20261122-09:30:00|148=h|33=1|58=one\ntwo|")
    assert frames_in(b"x " + frame + b"\n") == [frame]


@pytest.mark.parametrize("delimiter", ["|", " ", ";", "^"])
def test_a_delimiter_in_a_value_stays(delimiter: str) -> None:
    frame = framed(b"35=B\x0134=3\x0149=A\x0156=B\x01148=a%sb\x0158=x%s=y%s z\x01" % ((delimiter.encode(),) * 3))
    assert frames_in(written(frame, delimiter) + b"\n") == [frame]


def test_a_field_without_a_tag_is_read_as_it_was_sent() -> None:
    """BodyLength(9) can't tell `58=a|b` from two fields, CheckSum(10) can."""
    frame = framed(b"35=B\x0134=3\x0149=A\x0156=B\x0158=a\x01b\x01")
    (found,) = found_in(written(frame, "|"))
    assert found.frame == frame and found.how == "every delimiter ends a field"


@pytest.mark.parametrize("delimiter", ["\x01", "|", "^A"])
def test_a_message_inside_the_data_of_another_is_data(delimiter: str) -> None:
    inner = order("INNER")
    outer = framed(b"35=B\x0134=3\x0149=A\x0156=B\x01148=h\x0195=%d\x0196=%b\x0158=z\x01" % (len(inner), inner))
    assert frames_in(written(outer + order(), delimiter)) == [outer, order()]


def test_data_is_taken_by_its_length() -> None:
    """What looks like fields in a data field, in the very delimiter of the log, is data."""
    outer = framed(b"35=B\x0134=3\x0149=A\x0156=B\x01148=h\x0195=11\x0196=a|35=b|55=c\x0158=z\x01")
    (found,) = found_in(written(outer, "|"))
    assert found.frame == outer and found.how == "data fields taken by their length"


def test_json_and_xml_escapes_are_undone() -> None:
    frame = message('35=B|34=3|49=A|56=B|148=say "hi" & <go> \\ é|33=1|58=x|')
    assert frames_in(json.dumps({"fix": frame.decode()}).encode() + b"\n") == [frame]
    assert frames_in(b"<m>" + html.escape(frame.decode()).replace("\x01", "&#1;").encode() + b"</m>") == [frame]


def test_line_numbers_and_prefixes_are_told() -> None:
    text = b"first\n2026-11-22 [in] " + order() + b"\n\n\nT1 " + order() + b"\n"
    for chunk in (1, 10, 1000):
        found = found_in(text, chunk)
        assert [(each.line, each.prefix) for each in found] == [(2, b"2026-11-22 [in]"), (5, b"T1")]


@pytest.mark.parametrize("delimiter", ["\x01", "|"])
def test_a_broken_message_does_not_swallow_the_next(delimiter: str) -> None:
    line = written(order(), delimiter)
    for cut in range(30, len(line)):
        for between in (b"\n", b"\nplain text\n"):
            found = found_in(line[:cut] + between + line)
            assert found[-1].frame == order(), cut
            assert len(found) == 2, cut


def test_a_message_without_its_first_fields_is_found() -> None:
    line = written(order(), "|")
    for part in (line[line.index(b"9=") :], line[line.index(b"35=") :], b"8=ODD.1" + line[line.index(b"|") :]):
        found = found_in(b"log: " + part + b"\n" + line)
        assert [each.confirmed for each in found] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"8=FIX",
        b"no message at all\n",
        b"we use 8=FIX.4.2 and 8=FIX.4.4; MsgType 35=D has 9=12\n",
    ],
)
def test_prose_is_not_a_message(text: bytes) -> None:
    assert found_in(text) == []


def test_a_stream_is_held_in_bounded_memory() -> None:
    """Neither a log without line breaks nor a message that never ends makes the window grow."""
    reader = LogReader()
    longest = 0

    def chunks() -> object:
        nonlocal longest
        for _ in range(40):
            longest = max(longest, len(reader._text))
            yield b"8=FIX.4.4\x019=999999\x0135=D\x01" + b"x" * 100_000
        for _ in range(40):
            longest = max(longest, len(reader._text))
            yield b"y" * 100_000

    count = sum(1 for _ in reader.messages(chunks()))  # type: ignore[arg-type]
    assert count >= 7
    assert longest <= MAX_MESSAGE_BYTES + 200_000


def test_a_live_stream_shows_a_message_when_it_is_whole() -> None:
    """`tail -f` must not wait for the next line, nor a broken message for half a megabyte."""
    seen: list[bytes] = []
    broken = written(order(), "|").replace(b"38=100", b"38=200")
    parts = [b"in " + order() + b"\n", broken + b"\n", order("A3") + b"\n"]

    def chunks() -> object:
        yield parts[0]
        assert len(seen) == 1
        yield parts[1]
        yield parts[2]
        assert len(seen) == 3

    for found in LogReader().messages(chunks()):  # type: ignore[arg-type]
        seen.append(found.frame)


@pytest.mark.parametrize("delimiter", ["\x01", "|", "&#1;", "\\u0001"])
@pytest.mark.parametrize("wrap", [1000, 50])
def test_a_field_that_looks_like_a_start_is_found_in_any_chunks(delimiter: str, wrap: int) -> None:
    """Half a message and the half that follows, `8=FIX.4.4` again, are not taken for two while more is to come."""
    frame = message("35=D|34=2|49=A|56=B|52=20261122-09:30:00|11=A1|8=FIX.4.4|54=1|58=8=FIX.4.2|38=100|40=1|")
    line = written(frame, delimiter)
    text = b"\n".join(line[at : at + wrap] for at in range(0, len(line), wrap)) + b"\n" + line
    for chunk in (1, 17, 100, 10_000):
        assert frames_in(text, chunk) == [frame, frame], chunk


def test_frames_are_what_the_session_would_cut() -> None:
    """On wire bytes the reader agrees with the engine's own framing."""
    wire = b"".join(order(f"A{number}", number) for number in range(1, 50))
    assert frames_in(wire) == whole(wire)

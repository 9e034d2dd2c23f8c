"""A Logon's password is for the guard at the door, and for nobody after it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fix.wire import DELIVERIES, Delivery, frame, framed

from kairos.fix import outputs
from kairos.fix.appl_versions import session_dictionary
from kairos.fix.logon import credentials_of, redacted
from kairos.fix.parser import parse
from kairos.fix.session import Session
from kairos.fix.session_config import NANOS_PER_SECOND, SessionConfig
from kairos.fix.values import format_utc

NOW = 1_790_000_000 * NANOS_PER_SECOND
HEAD = f"35=A|34=1|49=CLIENT1|52={format_utc(NOW).decode()}|56=KAIROS|98=0|108=30|"


def test_credentials_are_read() -> None:
    assert credentials_of(parse(frame(HEAD + "553=desk|554=s3cret|"))) == ("desk", "s3cret")
    assert credentials_of(parse(frame(HEAD))) == ("", "")


@pytest.mark.parametrize("deliver", DELIVERIES)
def test_a_redacted_logon_is_a_whole_message_without_its_passwords(deliver: Delivery) -> None:
    """Masked values of another length leave BodyLength(9), CheckSum(10) and the length fields true."""
    raw = frame(HEAD + "95=6|96=s3cret|553=desk|554=s3cret|925=n3w|1401=3|1402=s3c|")
    shown = redacted(raw)
    assert deliver(shown)[0] == shown
    message = parse(shown)
    assert b"s3c" not in shown and b"n3w" not in shown
    assert [message.get(tag) for tag in (95, 96, 553, 554, 925, 1401, 1402)] == [
        *("3", "***", "desk", "***", "***", "3", "***")
    ]


def test_a_message_without_secrets_is_shown_as_it_is() -> None:
    raw = frame(HEAD + "553=desk|")
    assert redacted(raw) is raw


def test_a_garbled_frame_is_masked_too() -> None:
    """RawData(96) may hold any byte, so of a frame that can't be read nothing behind it is shown."""
    raw = frame(HEAD + "554=s3cret|553=desk|96=se\x01cr\x01et|")[:-4] + b"000\x01"
    assert redacted(raw).endswith(b"\x01554=***\x01553=desk\x0196=***")


@given(st.binary(min_size=1, max_size=20), st.binary(max_size=40))
def test_raw_data_is_masked_whatever_its_bytes(secret: bytes, more: bytes) -> None:
    marked = b"<" + secret + b">"
    raw = framed(HEAD.replace("|", "\x01").encode() + b"95=%d\x0196=%s\x01" % (len(marked), marked))
    assert marked not in redacted(raw)
    assert marked not in redacted(raw + more)


@pytest.mark.parametrize(
    "body",
    [
        "553=desk|554=s3cret|",
        "553=desk|554=s3cret|108=x|",
        "553=desk|554=s3cret|554=s3cret|",
        "553=desk|554=s3cret|925=s3cret2|",
        "553=desk|554=s3|cret|",
    ],
)
def test_no_output_tells_a_password(body: str) -> None:
    """Whatever is wrong with a Logon, and whatever comes of it."""
    session = Session(SessionConfig("FIX.4.4", "KAIROS", "CLIENT1"), session_dictionary("FIX.4.4"))
    session.connected(NOW)
    session.receive(frame(HEAD + body), NOW)
    session.receive(frame(HEAD.replace("34=1", "34=2") + body), NOW)
    told = [_text_of(output) for output in session.drain()]
    assert told and not any("s3" in text or "cret" in text for text in told)


def _text_of(output: outputs.Output) -> str:
    if isinstance(output, outputs.Sent):
        return output.frame.decode()
    if isinstance(output, outputs.Refused):
        return output.text + output.message.raw.decode()
    if isinstance(output, outputs.Disconnect | outputs.LoggedOut):
        return output.reason
    return ""

"""Bodies of the administrative messages, with their fields in ascending order of tag."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from kairos.fix import tags
from kairos.fix.errors import LocalError
from kairos.fix.message import Message
from kairos.fix.session_config import SessionConfig
from kairos.fix.versions import ProtocolVersion
from kairos.fix.writer import BodyWriter

ADMINISTRATIVE: Final = frozenset(
    {
        tags.HEARTBEAT,
        tags.TEST_REQUEST,
        tags.RESEND_REQUEST,
        tags.REJECT,
        tags.SEQUENCE_RESET,
        tags.LOGOUT,
        tags.LOGON,
    }
)

TEST_REQ_ID: Final = "TEST"

_REVERSED_ROUTE: Final = (
    (tags.ON_BEHALF_OF_COMP_ID, tags.DELIVER_TO_COMP_ID),
    (tags.ON_BEHALF_OF_SUB_ID, tags.DELIVER_TO_SUB_ID),
    (tags.DELIVER_TO_COMP_ID, tags.ON_BEHALF_OF_COMP_ID),
    (tags.DELIVER_TO_SUB_ID, tags.ON_BEHALF_OF_SUB_ID),
    (tags.ON_BEHALF_OF_LOCATION_ID, tags.DELIVER_TO_LOCATION_ID),
    (tags.DELIVER_TO_LOCATION_ID, tags.ON_BEHALF_OF_LOCATION_ID),
)


def heartbeat_body(test_req_id: str = "") -> bytes:
    body = BodyWriter()
    if test_req_id:
        body.put_str(tags.TEST_REQ_ID, test_req_id)
    return body.body()


def test_request_body(test_req_id: str = TEST_REQ_ID) -> bytes:
    body = BodyWriter()
    body.put_str(tags.TEST_REQ_ID, test_req_id)
    return body.body()


def resend_request_body(begin: i64, end: i64) -> bytes:
    body = BodyWriter()
    body.put_int(tags.BEGIN_SEQ_NO, begin)
    body.put_int(tags.END_SEQ_NO, end)
    return body.body()


def gap_fill_body(new_seq_no: i64) -> bytes:
    body = BodyWriter()
    body.put_int(tags.NEW_SEQ_NO, new_seq_no)
    body.put_bool(tags.GAP_FILL_FLAG, True)
    return body.body()


def logout_body(text: str) -> bytes:
    body = BodyWriter()
    if text:
        body.put_str(tags.TEXT, text)
    return body.body()


def logon_body(config: SessionConfig, heart_bt_int_s: i64, reset: bool, next_expected: i64) -> bytes:
    """`next_expected` is the inbound number that we expect next."""
    body = BodyWriter()
    body.put_int(tags.ENCRYPT_METHOD, 0)
    body.put_int(tags.HEART_BT_INT, heart_bt_int_s)
    if reset and config.version.has_reset_flag:
        body.put_bool(tags.RESET_SEQ_NUM_FLAG, True)
    if config.initiator and config.username:
        body.put_str(tags.USERNAME, config.username)
    if config.initiator and config.password:
        body.put_str(tags.PASSWORD, config.password)
    if config.send_next_expected:
        body.put_int(tags.NEXT_EXPECTED_MSG_SEQ_NUM, next_expected)
    if config.default_appl_ver_id:
        body.put_str(tags.DEFAULT_APPL_VER_ID, config.default_appl_ver_id)
    return body.body()


def reject_body(version: ProtocolVersion, message: Message, reason: int, ref_tag: int | None, text: str) -> bytes:
    """Reject(3); `ref_tag` None where no one field is at fault. Before FIX 4.2 the text has to name the field."""
    body = BodyWriter()
    body.put_int(tags.REF_SEQ_NUM, message.seq_num)
    if not version.has_reject_reasons:
        named = ref_tag is None or f"({ref_tag})" in text
        body.put_str(tags.TEXT, text if named else f"{text} ({ref_tag})")
        return body.body()
    body.put_str(tags.TEXT, text)
    if ref_tag is not None:
        body.put_int(tags.REF_TAG_ID, ref_tag)
    if message.msg_type:
        body.put_str(tags.REF_MSG_TYPE, message.msg_type)
    if reason <= version.last_reject_reason:
        body.put_int(tags.SESSION_REJECT_REASON, reason)
    return body.body()


def business_reject_body(message: Message, reason: int, text: str, ref_id: str = "") -> bytes:
    """BusinessMessageReject(j); it has no RefTagID(371), so name a field and its tag in `text`."""
    body = BodyWriter()
    body.put_int(tags.REF_SEQ_NUM, message.seq_num)
    body.put_str(tags.TEXT, text)
    if message.msg_type:
        body.put_str(tags.REF_MSG_TYPE, message.msg_type)
    if ref_id:
        body.put_str(tags.BUSINESS_REJECT_REF_ID, ref_id)
    body.put_int(tags.BUSINESS_REJECT_REASON, reason)
    return body.body()


def reversed_route(message: Message) -> bytes:
    """Header fields that send an answer back the way a relayed message came: its OnBehalfOf is our DeliverTo."""
    route: dict[int, str] = {}
    for theirs, ours in _REVERSED_ROUTE:
        value = message.get(theirs) if message.has(theirs) else ""
        if value:
            route[ours] = value
    header = BodyWriter()
    for tag in sorted(route):
        header.put_str(tag, route[tag])
    return header.body()


def appl_ver_id_header(config: SessionConfig, appl_ver_id: str) -> bytes:
    """The header field of a message whose version is not the session's own."""
    if not config.version.is_fixt:
        raise LocalError(f"{config.begin_string} has no ApplVerID(1128); its messages have the session's version")
    header = BodyWriter()
    header.put_str(tags.APPL_VER_ID, appl_ver_id)
    return header.body()

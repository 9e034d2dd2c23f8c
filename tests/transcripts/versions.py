"""A transcript is written once, in the words of FIX 4.4; this says the same in those of another version.

Told otherwise: EndSeqNo(16) without an end, what Reject(3) and BusinessMessageReject(j) lack before FIX 4.3, the
TransactTime(60) of an order before FIX 4.2, the DefaultApplVerID(1137) of a Logon over FIXT.1.1. `8=FIX.4.4` is the
session's own version; a line with another is left as it is.
"""

from __future__ import annotations

from kairos.fix.versions import ProtocolVersion

WRITTEN_IN = "FIX.4.4"
APPL_VER_ID = "9"


def told_in(version: ProtocolVersion, line: str) -> str:
    """An I or an E line in the words of that version."""
    kind, text = line[0], line[1:]
    if kind == "I" and text.startswith(f"8={WRITTEN_IN}|"):
        text = text.replace(WRITTEN_IN, version.begin_string, 1)
    elif text.startswith("8="):
        return line
    msg_type = _msg_type(text)
    if msg_type == "A" and version.is_fixt and "|98=" in text and "|1137=" not in text:
        text = f"{text}1137={APPL_VER_ID}|"
    elif msg_type == "2" and "|16=0|" in text:
        text = text.replace("|16=0|", f"|16={version.infinity}|")
    elif msg_type == "D" and not version.has_reject_reasons:
        text = text.replace("60=<TIME>|", "")
    elif kind == "E" and msg_type in {"3", "j"}:
        text = _reject(version, text)
    return kind + text


def _msg_type(text: str) -> str:
    for field in text.split("|"):
        if field.startswith("35="):
            return field[3:]
    return ""


def _reject(version: ProtocolVersion, text: str) -> str:
    """Without reasons RefTagID(371) moves into the text, unless that names the field itself."""
    fields = dict(field.split("=", 1) for field in text.strip("|").split("|"))
    hidden = set()
    if not version.has_reject_reasons:
        ref_tag = fields.get("371", "")
        if ref_tag and f"({ref_tag})" not in fields["58"]:
            fields["58"] += f" ({ref_tag})"
        fields["35"] = "3"
        hidden = {"371", "372", "373", "380"}
    elif int(fields.get("373", "0")) > version.last_reject_reason:
        hidden = {"373"}
    return "".join(f"{tag}={value}|" for tag, value in fields.items() if tag not in hidden)

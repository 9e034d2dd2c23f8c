"""Messages as Kairos would send them, for tests of the demo's clients."""

from __future__ import annotations

from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.fix.parser import parse
from kairos.fix.writer import BodyWriter, encode_frame


def message(msg_type: str, begin_string: str = "FIX.4.4", **fields: str) -> Message:
    """A parsed message; fields by their names in `kairos.fix.tags`, in lower case."""
    w = BodyWriter()
    for name, value in fields.items():
        w.put_str(getattr(t, name.upper()), value)
    frame = encode_frame(begin_string, msg_type, 2, "KAIROS", "ALDER", b"20261122-12:00:00.000", w.body())
    return parse(frame)


def report(exec_type: str, cl_ord_id: str = "A1", begin_string: str = "FIX.4.4", **fields: str) -> Message:
    """ExecutionReport(8) of order 7."""
    said = {"order_id": "7", "cum_qty": "0", "leaves_qty": "100", "symbol": "XXX", "order_qty": "100", **fields}
    return message(t.EXECUTION_REPORT, begin_string, exec_type=exec_type, cl_ord_id=cl_ord_id, **said)

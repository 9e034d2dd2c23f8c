"""A FIX session alone, without sockets, journal or engine: messages in and out, compiled against interpreted.

In: bursts of 50 NewOrderSingle of 24 fields are framed, parsed, judged by the session and by the dictionary of FIX 4.4,
and delivered. Out: the body of an ExecutionReport of 21 fields is put field by field, numbered, framed and summed. Both
runs do the same messages in processes of their own, in turn, and must end at the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time

import kairos
from bench.fix_messages import CLIENT, SERVER, logon, orders
from bench.ways import run_one
from kairos.fix import tags as t
from kairos.fix.dictionary import load_dictionary
from kairos.fix.outputs import Deliver, Sent
from kairos.fix.session import Session
from kairos.fix.session_config import SessionConfig
from kairos.fix.writer import BodyWriter

MESSAGES = 20_000
BURST = 50
ROUNDS = 5


def session_that_is_logged_on(now_ns: int) -> Session:
    session = Session(SessionConfig("FIX.4.4", SERVER, CLIENT), load_dictionary("FIX.4.4"))
    session.connected(now_ns)
    session.receive(logon(), now_ns)
    session.drain()
    return session


def report_body(n: int, now_ns: int) -> bytes:
    w = BodyWriter()
    for tag, text in (
        (t.ACCOUNT, "ACME-1"), (t.CL_ORD_ID, f"O{n}"), (t.EXEC_ID, str(n)), (t.SECURITY_ID_SOURCE, "4"),
        (t.ORDER_ID, str(n)), (t.ORD_STATUS, "0"), (t.ORD_TYPE, "2"), (t.SECURITY_ID, "US0378331005"), (t.SIDE, "1"),
        (t.SYMBOL, "XXX"), (t.TEXT, "bench"), (t.TIME_IN_FORCE, "0"), (t.EXEC_TYPE, "0"), (t.SECURITY_EXCHANGE, "XNYS"),
    ):  # fmt: skip
        w.put_str(tag, text)
    for tag, number in ((t.CUM_QTY, 0), (t.LAST_QTY, 0), (t.ORDER_QTY, 100), (t.LEAVES_QTY, 100)):
        w.put_int(tag, number)
    w.put_decimal(t.AVG_PX, 0, 8)
    w.put_decimal(t.PRICE, 1_000_000_000, 8)
    w.put_utc(t.TRANSACT_TIME, now_ns)
    return w.body()


def one_run(now_ns: int) -> dict[str, float | str]:
    """CPU microseconds a message, and the hash of all that was delivered and sent."""
    session = session_that_is_logged_on(now_ns)
    digest = hashlib.sha256()
    made = orders(2, MESSAGES)
    bursts = [b"".join(made[at : at + BURST]) for at in range(0, MESSAGES, BURST)]
    delivered, sent = [], []
    started = time.process_time()
    for burst in bursts:
        session.receive(burst, now_ns)
        delivered += session.drain()
    inward = time.process_time() - started
    started = time.process_time()
    for n in range(MESSAGES):
        session.send("8", report_body(n, now_ns), now_ns)
        if n % BURST == BURST - 1:
            sent += session.drain()
    outward = time.process_time() - started
    frames_in = [each.message.raw for each in delivered if isinstance(each, Deliver)]
    frames_out = [each.frame for each in sent if isinstance(each, Sent)]
    assert frames_in == made, "an order was refused"
    assert len(frames_out) == MESSAGES
    for frame in frames_out:
        digest.update(frame)
    return {"in_us": inward / MESSAGES * 1e6, "out_us": outward / MESSAGES * 1e6, "sha256": digest.hexdigest()}


def main() -> None:
    if not kairos.COMPILED:
        print(f"nothing to compare: {kairos.how_it_runs()}")
        return
    now_ns = time.time_ns()
    compiled, interpreted = [], []
    for _ in range(ROUNDS):
        compiled.append(run_one("bench.fix_codec", str(now_ns), pure=False))
        interpreted.append(run_one("bench.fix_codec", str(now_ns), pure=True))
    assert len({str(run["sha256"]) for run in compiled + interpreted}) == 1, "the frames differ"
    for way in ("in", "out"):
        for name, runs in (("compiled", compiled), ("interpreted", interpreted)):
            taken = sorted(float(run[f"{way}_us"]) for run in runs)
            middle = statistics.median(taken)
            spread = f"({taken[0]:.2f} to {taken[-1]:.2f})"
            print(f"{way:<4} {name:<12} {middle:>6.2f} us CPU a message {spread}, {1e6 / middle:>9,.0f} messages/s")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(one_run(int(sys.argv[1]))))
    else:
        main()

"""Market data by FIX: MarketDataRequest(V) in, the top of the book as MarketDataSnapshotFullRefresh(W) out.

Conflated: a subscriber hears of an instrument at most once an interval, and only when something has changed, so a fast
tape costs no more than a slow one. A subscription ends with its session; who comes back asks again.
"""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_answers import answer
from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_mapping.rejection import unsupported_type
from kairos.fix import tags as t
from kairos.fix.appl_versions import application_version
from kairos.fix.errors import FieldError
from kairos.fix.message import Message
from kairos.fix.writer import BodyWriter
from kairos.market.book import TopOfBook
from kairos.market.tape import Quote, TapeEvent
from kairos.ports import Writer
from kairos.simulator.market_data_request import SNAPSHOT, UNSUBSCRIBE, MarketDataRequest, Refused, read_request
from kairos.simulator.market_data_snapshot import snapshot
from kairos.simulator.symbols import Symbols

DUPLICATE_MD_REQ_ID: Final = "1"
UNANSWERED: Final = (t.REJECT, t.BUSINESS_MESSAGE_REJECT)
MS_NS: Final = 1_000_000
# Of one session: more than any subscriber has reason for, few enough to be looked through at each change.
MAX_SUBSCRIPTIONS: Final = 100


class MarketDataFace:
    """Serves market-data lines from what `see` is shown of the tape. `tops` are the instruments' days so far."""

    def __init__(self, instruments: list[str], symbols: Symbols, writer: Writer, interval_ms: int) -> None:
        self.tops: Final = {instrument: TopOfBook(instrument) for instrument in instruments}
        self._symbols: Final = symbols
        self._writer: Final = writer
        self._interval_ns: Final = interval_ms * MS_NS
        self._subscriptions: Final[dict[FixLine, dict[str, MarketDataRequest]]] = {}
        self._changed: Final[dict[str, None]] = {}
        self._sent_at_ns: Final[dict[str, int]] = {}

    def on_logged_on(self, line: FixLine) -> None:
        """It asks for what it wants."""

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        self._subscriptions.pop(line, None)

    def on_message(self, line: FixLine, message: Message) -> None:
        if message.msg_type in UNANSWERED:
            return
        if message.msg_type != t.MARKET_DATA_REQUEST:
            answer(line, message, unsupported_type(message))
            return
        try:
            request = read_request(message, _version_of(line), self._symbols)
        except FieldError as error:
            line.reject(message, error.reason, error.tag, error.text)
            return
        refused = request if isinstance(request, Refused) else self._take(line, request)
        if refused is not None:
            line.send(t.MARKET_DATA_REQUEST_REJECT, reject_body(message.get(t.MD_REQ_ID), refused))

    def see(self, event: TapeEvent) -> None:
        """Take in an event of the tape."""
        top = self.tops[event.instrument]
        if not isinstance(event, Quote):
            top.on_trade(event)
        elif repeats(event, top):
            return
        else:
            top.on_quote(event)
        self._changed[event.instrument] = None

    def flush(self, wall_ns: int) -> None:
        """Send what has changed and is not held back any more."""
        for instrument in list(self._changed):
            sent_at_ns = self._sent_at_ns.get(instrument)
            if sent_at_ns is None or wall_ns - sent_at_ns >= self._interval_ns:
                del self._changed[instrument]
                self._sent_at_ns[instrument] = wall_ns
                self._tell_all(instrument)

    def _take(self, line: FixLine, request: MarketDataRequest) -> Refused | None:
        held = self._subscriptions.setdefault(line, {})
        if request.kind == UNSUBSCRIBE:
            held.pop(request.md_req_id, None)
            return None
        if request.md_req_id in held:
            return Refused(DUPLICATE_MD_REQ_ID, f"MDReqID(262) {request.md_req_id} is subscribed already")
        if len(held) >= MAX_SUBSCRIPTIONS:
            return Refused(
                "", f"a session can have {MAX_SUBSCRIPTIONS} subscriptions; end one, or ask for several symbols"
            )
        if request.kind != SNAPSHOT:
            held[request.md_req_id] = request
        for instrument in request.instruments:
            self._tell(line, request, instrument)
        return None

    def _tell_all(self, instrument: str) -> None:
        for line, held in self._subscriptions.items():
            for request in held.values():
                if instrument in request.instruments:
                    self._tell(line, request, instrument)

    def _tell(self, line: FixLine, request: MarketDataRequest, instrument: str) -> None:
        """Nothing is told of an instrument that the tape has not spoken of yet."""
        top = self.tops[instrument]
        if top.quote_time_ns or top.trade_time_ns:
            line.send(t.MARKET_DATA_SNAPSHOT, snapshot(request.md_req_id, request.kinds, top, _version_of(line)))


def _version_of(line: FixLine) -> str:
    config = line.session.config
    return application_version(config.begin_string, config.default_appl_ver_id)


def repeats(quote: Quote, top: TopOfBook) -> bool:
    """Whether the quote says nothing new."""
    return (
        top.quote_time_ns > 0
        and quote.bid_px == top.bid_px
        and quote.bid_size == top.bid_size
        and quote.ask_px == top.ask_px
        and quote.ask_size == top.ask_size
    )


def reject_body(md_req_id: str, refused: Refused) -> bytes:
    """MarketDataRequestReject(Y)."""
    w = BodyWriter()
    w.put_str(t.TEXT, refused.text)
    w.put_str(t.MD_REQ_ID, md_req_id)
    if refused.reason:
        w.put_str(t.MD_REQ_REJ_REASON, refused.reason)
    return w.body()

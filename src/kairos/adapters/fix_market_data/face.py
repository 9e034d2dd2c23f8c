"""The subscriptions to market data: who wants to hear what, and when he hears of it.

Conflated: a subscriber hears of an instrument at most once an interval, and only when something has changed; one who
reads slowly hears of it less often, and never of what is over. He gets a
snapshot (W) first; then, as he asked, a snapshot anew or the changes (X). A subscription ends with its session; who
comes back asks again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kairos.adapters.fix_answers import answer
from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_mapping.rejection import unsupported_type
from kairos.adapters.fix_market_data.bodies import changes_body, reject_body, snapshot_body
from kairos.adapters.fix_market_data.changes import Told
from kairos.adapters.fix_market_data.request import SNAPSHOT, UNSUBSCRIBE, MarketDataRequest, Refused, read_request
from kairos.adapters.fix_market_data.status import StatusFace, version_of
from kairos.adapters.fix_market_data.symbols import Names
from kairos.fix import tags as t
from kairos.fix.errors import FieldError
from kairos.fix.message import Message
from kairos.market.board import MarketBoard

DUPLICATE_MD_REQ_ID: Final = "1"
INSUFFICIENT_PERMISSIONS: Final = "3"
"""MDReqRejReason(281)."""
UNANSWERED: Final = (t.REJECT, t.BUSINESS_MESSAGE_REJECT)
MS_NS: Final = 1_000_000
# Of one session: more than any subscriber has reason for, few enough to be looked through at each change.
MAX_SUBSCRIPTIONS: Final = 100


class Subscription:
    """One request of one session, and what it has been told of each instrument."""

    def __init__(self, request: MarketDataRequest) -> None:
        self.request: Final = request
        self.rpt_seq = 0
        self.told: Final = {name: Told(request.kinds, request.depth) for name in request.instruments}

    def tell(self, line: FixLine, board: MarketBoard) -> bool:
        """Nothing is told of an instrument of which nothing is known yet, nor to one who has not read what he was
        told; the latter, False, gets the difference later."""
        told = self.told[board.instrument]
        if board.version == 0 or not told.is_behind(board):
            return True
        if line.pipe.is_full():
            return False
        version = version_of(line)
        if not self.request.is_incremental or told.needs_whole(board):
            body = snapshot_body(self.request.md_req_id, board, told.whole(board), version)
            line.send(t.MARKET_DATA_SNAPSHOT, body)
            return True
        changes = told.news(board)
        if changes:
            body = changes_body(self.request.md_req_id, board, changes, version, self.rpt_seq + 1)
            self.rpt_seq += len(changes)
            line.send(t.MARKET_DATA_INCREMENTAL, body)
        return True


class MarketDataFace:
    """Serves market-data lines from `boards`. `symbols` says how FIX names what is listed; `allows`, why a session may
    not have an instrument's data ("" if it may). `refresh` is called before an instrument's board is read, where the
    board doesn't follow its market by itself."""

    def __init__(
        self,
        boards: dict[str, MarketBoard],
        symbols: Names,
        interval_ms: int,
        allows: Callable[[str, str], str] = lambda _session, _instrument: "",
        refresh: Callable[[str], object] = lambda _instrument: None,
    ) -> None:
        self.boards: Final = boards
        self._symbols: Final = symbols
        self._interval_ns: Final = interval_ms * MS_NS
        self._allows: Final = allows
        self._refresh: Final = refresh
        self._status: Final = StatusFace(boards, symbols, allows)
        self._subscriptions: Final[dict[FixLine, dict[str, Subscription]]] = {}
        self._changed: Final[dict[str, None]] = {}
        self._sent_at_ns: Final[dict[str, int]] = {}

    def on_logged_on(self, line: FixLine) -> None:
        """It asks for what it wants."""

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        self._subscriptions.pop(line, None)
        self._status.drop(line)

    def on_message(self, line: FixLine, message: Message) -> None:
        """A line that has nothing but market data."""
        if message.msg_type in UNANSWERED:
            return
        if message.msg_type == t.MARKET_DATA_REQUEST:
            self.on_request(line, message)
        elif message.msg_type == t.SECURITY_STATUS_REQUEST:
            self._status.on_security_request(line, message)
        elif message.msg_type == t.TRADING_SESSION_STATUS_REQUEST:
            self._status.on_session_request(line, message)
        else:
            answer(line, message, unsupported_type(message))

    def on_request(self, line: FixLine, message: Message) -> None:
        """MarketDataRequest(V)."""
        try:
            request = read_request(message, version_of(line), self._symbols)
        except FieldError as error:
            line.reject(message, error.reason, error.tag, error.text)
            return
        refused = request if isinstance(request, Refused) else self._take(line, request)
        if refused is not None:
            body = reject_body(message.get(t.MD_REQ_ID), refused.reason, refused.text)
            line.send(t.MARKET_DATA_REQUEST_REJECT, body)

    def changed(self, instrument: str) -> None:
        """Its board has changed: who wants to know hears of it at the next `flush` that is not too soon."""
        self._changed[instrument] = None

    def flush(self, wall_ns: int) -> None:
        """Send what has changed and is not held back any more; phases and halts are never held back."""
        self._status.flush(self._changed)
        for instrument in list(self._changed):
            sent_at_ns = self._sent_at_ns.get(instrument)
            if sent_at_ns is None or wall_ns - sent_at_ns >= self._interval_ns:
                self._sent_at_ns[instrument] = wall_ns
                if self._tell_all(self.boards[instrument]):
                    del self._changed[instrument]

    def _take(self, line: FixLine, request: MarketDataRequest) -> Refused | None:
        held = self._subscriptions.setdefault(line, {})
        if request.kind == UNSUBSCRIBE:
            held.pop(request.md_req_id, None)
            return None
        refused = self._why_not(line, request, held)
        if refused is not None:
            return refused
        subscription = Subscription(request)
        if request.kind != SNAPSHOT:
            held[request.md_req_id] = subscription
        for instrument in request.instruments:
            self._refresh(instrument)
            subscription.tell(line, self.boards[instrument])
        return None

    def _why_not(self, line: FixLine, request: MarketDataRequest, held: dict[str, Subscription]) -> Refused | None:
        if request.md_req_id in held:
            return Refused(DUPLICATE_MD_REQ_ID, f"MDReqID(262) {request.md_req_id} is subscribed already")
        if len(held) >= MAX_SUBSCRIPTIONS:
            text = f"a session can have {MAX_SUBSCRIPTIONS} subscriptions; end one, or ask for several symbols"
            return Refused("", text)
        for instrument in request.instruments:
            text = self._allows(line.session_id, instrument)
            if text:
                return Refused(INSUFFICIENT_PERMISSIONS, text)
        return None

    def _tell_all(self, board: MarketBoard) -> bool:
        """Whether everybody who wants to know has been told."""
        wanted = [
            (line, subscription)
            for line, held in self._subscriptions.items()
            for subscription in held.values()
            if board.instrument in subscription.told
        ]
        if wanted:
            self._refresh(board.instrument)
        return all([subscription.tell(line, board) for line, subscription in wanted])

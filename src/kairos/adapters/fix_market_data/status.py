"""How markets stand: SecurityStatusRequest(e) and TradingSessionStatusRequest(g) in; SecurityStatus(f) and
TradingSessionStatus(h) out, once or, subscribed, at each change of a phase or a halt.

TradingSessionID(336) is always 1, the day; TradingSessionSubID(625) is the phase. SecurityTradingStatus(326) says it in
the codes that a version has. All instruments of a market move through its day together, so TradingSessionStatus(h)
tells of the first of them that is not halted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_mapping.fitting import has_code
from kairos.adapters.fix_mapping.rejection import OTHER
from kairos.adapters.fix_mapping.writing import put_text
from kairos.adapters.fix_market_data.request import SNAPSHOT, SUBSCRIBE, UNSUBSCRIBE
from kairos.adapters.fix_market_data.symbols import Names, parted
from kairos.fix import tags as t
from kairos.fix.appl_versions import application_version
from kairos.fix.message import Message
from kairos.fix.writer import BodyWriter
from kairos.market.board import MarketBoard
from kairos.model.market_enums import TradingPhase

DAY: Final = "1"
NOT_AUTHORIZED: Final = 6
"""BusinessRejectReason(380)."""
HALTED: Final = "2"
READY: Final = "17"
NOT_TRADING: Final = "18"
NOT_LISTED: Final = "19"
UNKNOWN: Final = "20"
PRE_OPEN: Final = "21"
PRE_CROSS: Final = "24"
POST_CLOSE: Final = "26"
"""SecurityTradingStatus(326)."""
_TRADING_STATUS: Final[dict[str, tuple[str, ...]]] = {
    TradingPhase.PRE_TRADING.value: (PRE_OPEN, NOT_TRADING),
    TradingPhase.OPENING_AUCTION.value: (PRE_OPEN, NOT_TRADING),
    TradingPhase.CONTINUOUS.value: (READY,),
    TradingPhase.CLOSING_AUCTION.value: (PRE_CROSS, NOT_TRADING),
    TradingPhase.SCHEDULED_AUCTION.value: (PRE_CROSS, NOT_TRADING),
    TradingPhase.UNSCHEDULED_AUCTION.value: (PRE_CROSS, HALTED),
    TradingPhase.POST_TRADING.value: (POST_CLOSE, NOT_TRADING),
}
"""By phase: the code that says most, then what a version says that has none so new."""
SESSION_UNKNOWN: Final = "0"
SESSION_HALTED: Final = "1"
SESSION_OPEN: Final = "2"
SESSION_CLOSED: Final = "3"
SESSION_PRE_OPEN: Final = "4"
SESSION_PRE_CLOSE: Final = "5"
SESSION_REFUSED: Final = "6"
"""TradSesStatus(340)."""
_SESSION_STATUS: Final = {
    TradingPhase.PRE_TRADING.value: SESSION_PRE_OPEN,
    TradingPhase.OPENING_AUCTION.value: SESSION_PRE_OPEN,
    TradingPhase.CONTINUOUS.value: SESSION_OPEN,
    TradingPhase.SCHEDULED_AUCTION.value: SESSION_OPEN,
    TradingPhase.UNSCHEDULED_AUCTION.value: SESSION_OPEN,
    TradingPhase.CLOSING_AUCTION.value: SESSION_PRE_CLOSE,
}
UNKNOWN_SESSION: Final = "1"
"""TradSesStatusRejReason(567)."""
# Of one session: more than any subscriber has reason for, few enough to be looked through at each change.
MAX_STATUS_SUBSCRIPTIONS: Final = 100

State = tuple[str, bool, bool]
"""Phase, whether trading is halted, and whether anybody tells the phase."""


class StatusSubscription:
    """One request: how `instruments` stand, each (f) or as one market (h); `told` is what was said last, by
    instrument, of a market by its MIC."""

    def __init__(self, req_id: str, instruments: tuple[str, ...], mic: str, is_session: bool) -> None:
        self.req_id: Final = req_id
        self.instruments: Final = instruments
        self.mic: Final = mic
        self.is_session: Final = is_session
        self.told: Final[dict[str, State]] = {}


class StatusFace:
    """Answers what market-data lines ask of phases and halts, out of the same boards."""

    def __init__(self, boards: dict[str, MarketBoard], symbols: Names, allows: Callable[[str, str], str]) -> None:
        self._boards: Final = boards
        self._symbols: Final = symbols
        self._allows: Final = allows
        self._subscriptions: Final[dict[FixLine, dict[tuple[bool, str], StatusSubscription]]] = {}

    def drop(self, line: FixLine) -> None:
        """Subscriptions end with their session."""
        self._subscriptions.pop(line, None)

    def on_security_request(self, line: FixLine, message: Message) -> None:
        """SecurityStatusRequest(e)."""
        req_id = message.get(t.SECURITY_STATUS_REQ_ID)
        instrument = self._symbols.instrument(message.get(t.SYMBOL), message.get(t.SECURITY_EXCHANGE))
        asked = StatusSubscription(req_id, (instrument,), "", is_session=False)
        if self._symbols.is_listed(instrument) or message.get(t.SUBSCRIPTION_REQUEST_TYPE) == UNSUBSCRIBE:
            self._take(line, message, asked)
        else:
            line.send(t.SECURITY_STATUS, security_status(req_id, instrument, NOT_LISTED, "", False, version_of(line)))

    def on_session_request(self, line: FixLine, message: Message) -> None:
        """TradingSessionStatusRequest(g); of all markets where it names none."""
        req_id, mic = message.get(t.TRAD_SES_REQ_ID), message.get(t.SECURITY_EXCHANGE)
        instruments = tuple(name for name in self._boards if mic in ("", parted(name)[1]))
        asked = StatusSubscription(req_id, instruments, mic, is_session=True)
        named = message.get(t.TRADING_SESSION_ID)
        if message.get(t.SUBSCRIPTION_REQUEST_TYPE) == UNSUBSCRIBE or (instruments and named in ("", DAY)):
            self._take(line, message, asked)
        else:
            line.send(t.TRADING_SESSION_STATUS, refused_session(req_id, named or DAY, version_of(line)))

    def flush(self, changed: Iterable[str]) -> None:
        """Tell of these instruments what is news to those who asked to hear of it."""
        for instrument in changed:
            for line, held in self._subscriptions.items():
                for asked in held.values():
                    if instrument in asked.instruments:
                        self._tell(line, asked, instrument, unasked=True)

    def _take(self, line: FixLine, message: Message, asked: StatusSubscription) -> None:
        held = self._subscriptions.setdefault(line, {})
        key, kind = (asked.is_session, asked.req_id), message.get(t.SUBSCRIPTION_REQUEST_TYPE)
        if kind == UNSUBSCRIBE:
            held.pop(key, None)
            return
        if kind not in (SNAPSHOT, SUBSCRIBE):
            text = f"SubscriptionRequestType(263) {kind}: 0, 1 and 2 are known"
            line.business_reject(message, OTHER, text, asked.req_id)
            return
        for instrument in asked.instruments:
            text = self._allows(line.session_id, instrument)
            if text:
                line.business_reject(message, NOT_AUTHORIZED, text, asked.req_id)
                return
        if kind == SUBSCRIBE and key not in held and len(held) >= MAX_STATUS_SUBSCRIPTIONS:
            text = f"a session can have {MAX_STATUS_SUBSCRIPTIONS} status subscriptions; end one"
            line.business_reject(message, OTHER, text, asked.req_id)
            return
        if kind == SUBSCRIBE:
            held[key] = asked
        self._tell(line, asked, asked.instruments[0], unasked=False)

    def _tell(self, line: FixLine, asked: StatusSubscription, instrument: str, unasked: bool) -> None:
        """What is known already is not told again."""
        subject = asked.mic if asked.is_session else instrument
        state = self._market_state(asked.instruments) if asked.is_session else state_of(self._boards[instrument])
        if asked.told.get(subject) == state:
            return
        asked.told[subject] = state
        version, phase = version_of(line), state[0]
        if asked.is_session:
            body = session_status(asked.req_id, asked.mic, session_code(state), phase, unasked, version)
            line.send(t.TRADING_SESSION_STATUS, body)
        else:
            code = trading_code(state, version)
            line.send(t.SECURITY_STATUS, security_status(asked.req_id, instrument, code, phase, unasked, version))

    def _market_state(self, instruments: tuple[str, ...]) -> State:
        states = [state_of(self._boards[name]) for name in instruments]
        return next((state for state in states if not state[1]), states[0])


def state_of(board: MarketBoard) -> State:
    """How a board says that its market stands."""
    return board.phase, board.halted, board.tells_phase


def trading_code(state: State, version: str) -> str:
    """SecurityTradingStatus(326)."""
    phase, halted, is_told = state
    if halted:
        return HALTED
    if not is_told:
        return UNKNOWN
    codes = _TRADING_STATUS.get(phase, (NOT_TRADING,))
    return next(code for code in codes if has_code(version, t.SECURITY_STATUS, t.SECURITY_TRADING_STATUS, code))


def session_code(state: State) -> str:
    """TradSesStatus(340)."""
    phase, halted, is_told = state
    if halted:
        return SESSION_HALTED
    return _SESSION_STATUS.get(phase, SESSION_CLOSED) if is_told else SESSION_UNKNOWN


def security_status(req_id: str, instrument: str, code: str, phase: str, unasked: bool, version: str) -> bytes:
    """f."""
    symbol, mic = parted(instrument)
    w = BodyWriter()
    w.put_str(t.SYMBOL, symbol)
    put_text(w, t.SECURITY_EXCHANGE, mic)
    w.put_str(t.SECURITY_STATUS_REQ_ID, req_id)
    w.put_bool(t.UNSOLICITED_INDICATOR, unasked)
    w.put_str(t.SECURITY_TRADING_STATUS, code)
    w.put_str(t.TRADING_SESSION_ID, DAY)
    _put_phase(w, t.SECURITY_STATUS, phase, version)
    return w.body()


def session_status(req_id: str, mic: str, code: str, phase: str, unasked: bool, version: str) -> bytes:
    """h. FIX 4.2 has no code for "unknown": there it is "closed"."""
    knows = has_code(version, t.TRADING_SESSION_STATUS, t.TRAD_SES_STATUS, code)
    w = BodyWriter()
    if mic and has_code(version, t.TRADING_SESSION_STATUS, t.SECURITY_EXCHANGE, mic):
        w.put_str(t.SECURITY_EXCHANGE, mic)
    w.put_bool(t.UNSOLICITED_INDICATOR, unasked)
    w.put_str(t.TRAD_SES_REQ_ID, req_id)
    w.put_str(t.TRADING_SESSION_ID, DAY)
    w.put_str(t.TRAD_SES_STATUS, code if knows else SESSION_CLOSED)
    _put_phase(w, t.TRADING_SESSION_STATUS, phase, version)
    return w.body()


def refused_session(req_id: str, session: str, version: str) -> bytes:
    """h for a market or a session that is none here; FIX 4.2 has no code for that, and Text(58) says it."""
    refused = has_code(version, t.TRADING_SESSION_STATUS, t.TRAD_SES_STATUS, SESSION_REFUSED)
    w = BodyWriter()
    w.put_str(t.TEXT, "no such market or trading session here; TradingSessionID(336) 1 is the day")
    w.put_str(t.TRAD_SES_REQ_ID, req_id)
    w.put_str(t.TRADING_SESSION_ID, session)
    w.put_str(t.TRAD_SES_STATUS, SESSION_REFUSED if refused else SESSION_CLOSED)
    if refused:
        w.put_str(t.TRAD_SES_STATUS_REJ_REASON, UNKNOWN_SESSION)
    return w.body()


def version_of(line: FixLine) -> str:
    """The version of the line's application messages."""
    config = line.session.config
    return application_version(config.begin_string, config.default_appl_ver_id)


def _put_phase(w: BodyWriter, msg_type: str, phase: str, version: str) -> None:
    if phase and has_code(version, msg_type, t.TRADING_SESSION_SUB_ID, phase):
        w.put_str(t.TRADING_SESSION_SUB_ID, phase)

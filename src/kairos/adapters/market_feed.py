"""Market data from a venue's FIX session: fills the boards, and keeps the desk's marks fresh.

It asks for every instrument of its market, once the session is up: for snapshots (W) alone, or for changes (X) with all
prints; and for halts, where it is told to (`market_halts`). Marks are facts of the journal, so a fast market is
conflated into one an interval and instrument. When the session is lost, boards and marks stay, with their time, and the
boards are stale.
"""

from __future__ import annotations

from typing import Final

from kairos.adapters.config_fix import MarketDataConfig
from kairos.adapters.fix_answers import answer, keep_complaint
from kairos.adapters.fix_line import REJECTS, FixLine
from kairos.adapters.fix_mapping.rejection import unsupported_type
from kairos.adapters.fix_market_data.bodies import INACTIVE
from kairos.adapters.fix_market_data.changes import DELETE
from kairos.adapters.fix_market_data.entries import BID, OFFER, TRADE
from kairos.adapters.fix_market_data.request import FULL_REFRESH, INCREMENTAL, SUBSCRIBE
from kairos.adapters.market_halts import MarketHalts
from kairos.fix import tags as t
from kairos.fix.dictionary import Dictionary
from kairos.fix.errors import FieldError
from kairos.fix.groups import GroupEntry, read_group
from kairos.fix.message import Message
from kairos.fix.specs import Group
from kairos.fix.writer import BodyWriter
from kairos.market.board import MarketBoard
from kairos.market.boards import Boards
from kairos.market.tape import Trade
from kairos.model.commands import UpdateMark
from kairos.model.events import Event, InstrumentDefined
from kairos.model.numbers import PRICE_DECIMALS
from kairos.ports import Writer

COMPLAINTS: Final = REJECTS | {t.MARKET_DATA_REQUEST_REJECT}
"""What says that our request was refused; a person must see it."""
_SIDES: Final = (BID, OFFER)
_MS_NS: Final = 1_000_000

Mark = tuple[int, int, int]


class MarketFeed:
    """Serves a market-data line of one market (`mic`). Call `tick` every now and then: it sends marks held back."""

    def __init__(
        self, writer: Writer, dictionary: Dictionary, mic: str, boards: Boards, config: MarketDataConfig
    ) -> None:
        self._writer: Final = writer
        self._mic: Final = mic
        self._boards: Final = boards
        self._config: Final = config
        self._halts: Final = MarketHalts(writer, mic) if config.halts else None
        self._interval_ns: Final = config.mark_interval_ms * _MS_NS
        self._whole: Final = _entries_of(dictionary, t.MARKET_DATA_SNAPSHOT)
        self._changes: Final = _entries_of(dictionary, t.MARKET_DATA_INCREMENTAL)
        self._instruments: Final[dict[str, str]] = {}  # by Symbol(55)
        self._known: Final[dict[str, tuple[str, str, int]]] = {}  # instrument, side and price by MDEntryID(278)
        self._marks: Final[dict[str, Mark]] = {}  # as last told
        self._marked_at_ns: Final[dict[str, int]] = {}
        self._held_back: Final[dict[str, None]] = {}

    def on_event(self, event: Event, _seq: int) -> None:
        """Learn which instruments this market has."""
        if isinstance(event, InstrumentDefined) and event.mic == self._mic:
            self._instruments[event.symbol] = event.instrument_id
            self._boards.add(event.instrument_id)

    def on_logged_on(self, line: FixLine) -> None:
        """Ask for everything; what was known by number is known anew."""
        self._known.clear()
        symbols = list(self._instruments)
        if symbols:
            line.send(t.MARKET_DATA_REQUEST, self._request(symbols))
        if self._halts is not None:
            self._halts.ask(line, symbols)

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        """The last marks stay, with their time; what is too old is refused where it matters."""
        self._boards.grow_stale(list(self._instruments.values()), self._writer.now_ns())

    def on_message(self, line: FixLine, message: Message) -> None:
        if message.msg_type in COMPLAINTS:
            keep_complaint(line, message)
            return
        try:
            if message.msg_type == t.MARKET_DATA_SNAPSHOT:
                self._on_snapshot(message)
            elif message.msg_type == t.MARKET_DATA_INCREMENTAL:
                self._on_changes(message)
            elif message.msg_type == t.SECURITY_STATUS and self._halts is not None:
                self._on_status(self._halts, message)
            else:
                answer(line, message, unsupported_type(message))
        except FieldError as error:
            line.reject(message, error.reason, error.tag, str(error))

    def tick(self) -> None:
        """Send the marks whose interval is over."""
        for instrument in list(self._held_back):
            self._mark(self._boards.boards[instrument])

    def _request(self, symbols: list[str]) -> bytes:
        w = BodyWriter()
        w.put_int(t.MARKET_DEPTH, self._config.depth)
        w.put_str(t.MD_REQ_ID, f"marks-{self._mic}")
        w.put_str(t.SUBSCRIPTION_REQUEST_TYPE, SUBSCRIBE)
        w.put_str(t.MD_UPDATE_TYPE, INCREMENTAL if self._config.incremental else FULL_REFRESH)
        w.put_int(t.NO_MD_ENTRY_TYPES, 3)
        for kind in (BID, OFFER, TRADE):
            w.put_str(t.MD_ENTRY_TYPE, kind)
        w.put_int(t.NO_RELATED_SYM, len(symbols))
        for symbol in symbols:
            w.put_str(t.SYMBOL, symbol)
            w.put_str(t.SECURITY_EXCHANGE, self._mic)
        return w.body()

    def _on_snapshot(self, message: Message) -> None:
        board = self._board(message.get(t.SYMBOL))
        if board is None:
            return
        entries = [_Said(entry) for entry in read_group(message, self._whole)]
        now_ns = self._writer.now_ns()
        board.replace_levels(
            {e.px: e.size for e in entries if e.kind == BID and e.px},
            {e.px: e.size for e in entries if e.kind == OFFER and e.px},
            now_ns,
        )
        for said in entries:
            if said.kind == TRADE and said.px:
                board.on_last(said.px, said.size, now_ns)
        self._note(board, any(said.is_inactive for said in entries), now_ns)

    def _on_status(self, halts: MarketHalts, message: Message) -> None:
        instrument_id = self._instruments.get(message.get(t.SYMBOL))
        if instrument_id is not None:
            halts.on_status(instrument_id, message)

    def _on_changes(self, message: Message) -> None:
        now_ns = self._writer.now_ns()
        touched: dict[str, bool] = {}
        for entry in read_group(message, self._changes):
            said = _Said(entry)
            board, kind, px = self._place_of(said)
            if board is None:
                continue
            if kind in _SIDES:
                board.on_level(kind == BID, px, 0 if said.action == DELETE else said.size, now_ns)
            elif kind == TRADE and said.action != DELETE and px and said.size:
                self._boards.print_on(board, Trade(board.instrument, now_ns, px, said.size))
            touched[board.instrument] = touched.get(board.instrument, False) or said.is_inactive
        for instrument, is_inactive in touched.items():
            self._note(self._boards.boards[instrument], is_inactive, now_ns)

    def _place_of(self, said: _Said) -> tuple[MarketBoard | None, str, int]:
        """Which board, side and price an entry is about: as it says, or as the MDEntryID(278) that it names did."""
        known = self._known.get(said.entry_id) if said.entry_id else None
        board = self._board(said.symbol) if said.symbol or known is None else self._boards.boards.get(known[0])
        kind = said.kind or (known[1] if known is not None else "")
        px = said.px or (known[2] if known is not None else 0)
        if said.entry_id and kind in _SIDES and board is not None:
            if said.action == DELETE:
                self._known.pop(said.entry_id, None)
            else:
                self._known[said.entry_id] = (board.instrument, kind, px)
        return board, kind, px

    def _board(self, symbol: str) -> MarketBoard | None:
        instrument = self._instruments.get(symbol)
        return None if instrument is None else self._boards.boards[instrument]

    def _note(self, board: MarketBoard, is_inactive: bool, now_ns: int) -> None:
        if is_inactive:
            board.grow_stale(now_ns)
        self._boards.changed(board)
        self._mark(board)

    def _mark(self, board: MarketBoard) -> None:
        """Make the top of the book the desk's mark, if it is another than the last, and that is long enough ago."""
        top, instrument = board.top, board.instrument
        mark = (int(top.bid_px), int(top.ask_px), int(top.last_px))
        if mark == self._marks.get(instrument):
            self._held_back.pop(instrument, None)
            return
        now_ns = self._writer.now_ns()
        if now_ns - self._marked_at_ns.get(instrument, 0) < self._interval_ns:
            self._held_back[instrument] = None
            return
        self._held_back.pop(instrument, None)
        self._marks[instrument] = mark
        self._marked_at_ns[instrument] = now_ns
        self._writer.submit(UpdateMark(instrument, *mark))


class _Said:
    """One entry of a W or an X, read."""

    __slots__ = ("action", "entry_id", "is_inactive", "kind", "px", "size", "symbol")

    def __init__(self, entry: GroupEntry) -> None:
        self.kind: Final = entry.get(t.MD_ENTRY_TYPE)
        self.px: Final = entry.get_decimal(t.MD_ENTRY_PX, PRICE_DECIMALS)
        self.size: Final = entry.get_int(t.MD_ENTRY_SIZE)
        self.action: Final = entry.get(t.MD_UPDATE_ACTION)
        self.entry_id: Final = entry.get(t.MD_ENTRY_ID)
        self.symbol: Final = entry.get(t.SYMBOL)
        self.is_inactive: Final = entry.get(t.QUOTE_CONDITION) == INACTIVE


def _entries_of(dictionary: Dictionary, msg_type: str) -> Group:
    spec = dictionary.message(msg_type)
    group = None if spec is None else spec.group(t.NO_MD_ENTRIES)
    if group is None:
        raise ValueError(f"the dictionary has no MsgType(35) {msg_type} with NoMDEntries(268)")
    return group

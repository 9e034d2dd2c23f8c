"""Market data from a venue's FIX session: asks for every instrument of its market, and keeps the desk's marks fresh."""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_answers import answer, keep_complaint
from kairos.adapters.fix_line import REJECTS, FixLine
from kairos.adapters.fix_mapping.rejection import unsupported_type
from kairos.fix import tags
from kairos.fix.dictionary import Dictionary
from kairos.fix.errors import FieldError
from kairos.fix.groups import read_group
from kairos.fix.message import Message
from kairos.fix.writer import BodyWriter
from kairos.model.commands import UpdateMark
from kairos.model.events import Event, InstrumentDefined
from kairos.model.numbers import PRICE_DECIMALS
from kairos.ports import Writer

BID: Final = "0"
OFFER: Final = "1"
TRADE: Final = "2"

COMPLAINTS: Final = REJECTS | {tags.MARKET_DATA_REQUEST_REJECT}
"""What says that our request was refused; a person must see it."""


class MarketFeed:
    """Serves a market-data line: subscribes when it is up, turns each snapshot into an UpdateMark."""

    def __init__(self, writer: Writer, dictionary: Dictionary, mic: str) -> None:
        self._writer = writer
        self._mic = mic
        self._instruments: dict[str, str] = {}  # by Symbol(55)
        spec = dictionary.message(tags.MARKET_DATA_SNAPSHOT)
        group = None if spec is None else spec.group(tags.NO_MD_ENTRIES)
        if group is None:
            raise ValueError("the dictionary has no MarketDataSnapshotFullRefresh(W) with NoMDEntries(268)")
        self._entries = group

    def on_event(self, event: Event, _seq: int) -> None:
        """Learn which instruments this market has."""
        if isinstance(event, InstrumentDefined) and event.mic == self._mic:
            self._instruments[event.symbol] = event.instrument_id

    def on_logged_on(self, line: FixLine) -> None:
        symbols = list(self._instruments)
        if not symbols:
            return
        w = BodyWriter()
        w.put_int(tags.MARKET_DEPTH, 1)
        w.put_str(tags.MD_REQ_ID, f"marks-{self._mic}")
        w.put_str(tags.SUBSCRIPTION_REQUEST_TYPE, "1")
        w.put_str(tags.MD_UPDATE_TYPE, "0")
        w.put_int(tags.NO_MD_ENTRY_TYPES, 3)
        for kind in (BID, OFFER, TRADE):
            w.put_str(tags.MD_ENTRY_TYPE, kind)
        w.put_int(tags.NO_RELATED_SYM, len(symbols))
        for symbol in symbols:
            w.put_str(tags.SYMBOL, symbol)
            w.put_str(tags.SECURITY_EXCHANGE, self._mic)
        line.send(tags.MARKET_DATA_REQUEST, w.body())

    def on_logged_out(self, line: FixLine, reason: str) -> None:
        """The last marks stay, with their time; what is too old is refused where it matters."""

    def on_message(self, line: FixLine, message: Message) -> None:
        if message.msg_type in COMPLAINTS:
            keep_complaint(line, message)
            return
        if message.msg_type != tags.MARKET_DATA_SNAPSHOT:
            answer(line, message, unsupported_type(message))
            return
        instrument_id = self._instruments.get(message.get(tags.SYMBOL))
        if instrument_id is None:
            return
        prices = {BID: 0, OFFER: 0, TRADE: 0}
        try:
            for entry in read_group(message, self._entries):
                kind = entry.get(tags.MD_ENTRY_TYPE)
                if kind in prices:
                    prices[kind] = entry.get_decimal(tags.MD_ENTRY_PX, PRICE_DECIMALS)
        except FieldError as error:
            line.reject(message, error.reason, error.tag, str(error))
            return
        self._writer.submit(UpdateMark(instrument_id, prices[BID], prices[OFFER], prices[TRADE]))

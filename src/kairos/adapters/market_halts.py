"""Halts from a venue's market data session: SecurityStatusRequest(e) of each instrument, and what its answers (f) say.

What changes becomes a command, so that the gate stops with the venue, and goes on with it. A halt that a person set is
his to lift.
"""

from __future__ import annotations

from typing import Final

from kairos.adapters.fix_line import FixLine
from kairos.adapters.fix_market_data.request import SUBSCRIBE
from kairos.adapters.fix_market_data.status import HALTED
from kairos.fix import tags as t
from kairos.fix.message import Message
from kairos.fix.writer import BodyWriter
from kairos.model.commands import SetHalt
from kairos.ports import Writer

BY_VENUE: Final = "halted by its venue"


class MarketHalts:
    """Of one market (`mic`)."""

    def __init__(self, writer: Writer, mic: str) -> None:
        self._writer: Final = writer
        self._mic: Final = mic
        self._told: Final[dict[str, bool]] = {}

    def ask(self, line: FixLine, symbols: list[str]) -> None:
        """Once the session is up; what was told before is told anew."""
        self._told.clear()
        for symbol in symbols:
            w = BodyWriter()
            w.put_str(t.SECURITY_STATUS_REQ_ID, f"halt-{symbol}")
            w.put_str(t.SYMBOL, symbol)
            w.put_str(t.SECURITY_EXCHANGE, self._mic)
            w.put_str(t.SUBSCRIPTION_REQUEST_TYPE, SUBSCRIBE)
            line.send(t.SECURITY_STATUS_REQUEST, w.body())

    def on_status(self, instrument_id: str, message: Message) -> None:
        """SecurityStatus(f) of an instrument; one without SecurityTradingStatus(326) says nothing of halts."""
        status = message.get(t.SECURITY_TRADING_STATUS)
        halted = status == HALTED
        if not status or self._told.get(instrument_id) == halted:
            return
        self._told[instrument_id] = halted
        text = message.get(t.TEXT) or (BY_VENUE if halted else "")
        self._writer.submit(SetHalt(instrument_id, "", halted, text, ""))

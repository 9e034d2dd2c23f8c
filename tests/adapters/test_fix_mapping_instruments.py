"""How a message names an instrument."""

from __future__ import annotations

import pytest
from tests.adapters.mapping_desk import FIX_44, written

from kairos.adapters.fix_mapping.instruments import InstrumentDirectory
from kairos.model.events import InstrumentDefined


def define(instrument_id: str, isin: str = "", currency: str = "EUR", symbol: str = "") -> InstrumentDefined:
    first, mic = instrument_id.rsplit(".", 1)
    return InstrumentDefined(0, instrument_id, symbol or first, mic, "", currency, isin, "", 1, 1, 1, 0, "")


def directory() -> InstrumentDirectory:
    known = InstrumentDirectory()
    for event in (
        define("2330.XTAI", "TW0002330008", "TWD"),
        define("SAP.XETR", "DE0007164600"),
        define("SAP.XPAR", "DE0007164600"),
        define("TEN.XPAR", "LU0156801721"),
        define("TEN.XNYS", "BMG9108L1735", "USD"),
        define("BRK.B.XNYS", "US0846707026", "USD"),
    ):
        known.note(event)
    return known


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("55=2330|207=XTAI", "2330.XTAI"),
        ("55=2330", "2330.XTAI"),
        ("55=2330.XTAI", "2330.XTAI"),
        ("55=2330.XTAI|207=XTAI", "2330.XTAI"),
        ("55=SAP|207=XPAR", "SAP.XPAR"),
        ("55=BRK.B|207=XNYS", "BRK.B.XNYS"),
        ("55=[N/A]|48=TW0002330008|22=4", "2330.XTAI"),
        ("48=DE0007164600|22=4|207=XETR", "SAP.XETR"),
        ("55=2330|48=TW0002330008|22=4", "2330.XTAI"),
        ("55=2330|48=2330.TW|22=5", "2330.XTAI"),
        ("55=TEN|48=LU0156801721|22=4", "TEN.XPAR"),  # the ISIN tells two of one symbol apart
    ],
)
def test_what_a_message_names(fields: str, found: str) -> None:
    assert directory().resolve(written(FIX_44, "D", fields)) == found


@pytest.mark.parametrize(
    ("fields", "as_given"),
    [
        ("55=SAP", "SAP"),  # a choice of two
        ("55=NOPE", "NOPE"),
        ("55=2330|207=XPAR", "2330.XPAR"),
        ("55=2330.XTAI|207=XPAR", "2330.XTAI.XPAR"),
        ("55=2330|48=DE0007164600|22=4", "2330 DE0007164600"),  # two instruments at once
        ("48=DE0007164600|22=4", "DE0007164600"),
        ("54=1", ""),
    ],
)
def test_a_message_that_names_none_or_two_is_left_in_its_own_words_for_the_engine_to_refuse(
    fields: str, as_given: str
) -> None:
    known = directory()
    assert known.resolve(written(FIX_44, "D", fields)) == as_given
    assert known.listing(as_given).mic == ""


def test_back_to_what_fix_says() -> None:
    listing = directory().listing("BRK.B.XNYS")
    assert (listing.symbol, listing.mic, listing.isin, listing.currency) == ("BRK.B", "XNYS", "US0846707026", "USD")
    assert directory().listing("NOPE").symbol == "NOPE"
    assert directory().listing("").symbol == "[N/A]"


def test_a_changed_instrument_is_found_under_its_new_names_only() -> None:
    known = directory()
    known.note(define("2330.XTAI", "TW0000000000", "TWD", "TSMC"))
    assert known.resolve(written(FIX_44, "D", "55=TSMC")) == "2330.XTAI"
    assert known.resolve(written(FIX_44, "D", "55=2330")) == "2330"
    assert known.resolve(written(FIX_44, "D", "48=TW0000000000|22=4")) == "2330.XTAI"
    assert known.resolve(written(FIX_44, "D", "48=TW0002330008|22=4")) == "TW0002330008"


@pytest.mark.parametrize(
    ("fields", "found"),
    [("55=SAP", ""), ("55=SAP|207=XPAR", "SAP.XPAR"), ("55=NOPE", "NOPE"), ("55=2330", "2330.XTAI")],
)
def test_a_cancel_is_not_stopped_by_a_symbol_that_is_listed_twice(fields: str, found: str) -> None:
    assert directory().resolve_repeated(written(FIX_44, "F", fields)) == found

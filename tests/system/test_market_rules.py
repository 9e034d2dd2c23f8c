"""The market's rules in a running engine: set from the profiles at start, changed and lifted by people's commands."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.system.running_engine import RunningEngine
from tests.system.test_corporate_action import SETTINGS
from tests.system.test_order_states_on_the_wire import account

from kairos.cli.main import main
from kairos.demo.setup import free_ports
from kairos.model.commands import DefineInstrument, SubmitOrder
from kairos.model.enums import HandlInst, OrdType, Side, TimeInForce
from kairos.model.events import OrderRefused
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Terms
from kairos.model.wire_types import Record

pytestmark = pytest.mark.slow

REFERENCE = (
    '[[user]]\nuser_id = "rita"\nrole = "risk"\n[[client]]\nclient_id = "ACME"\n'
    + account("A-ACME", "ACME", "USD")
    + '\n[[venue]]\nvenue_id = "V"\nmic = "XNYS"\nname = "V"\n'
    '[[instrument]]\nsymbol = "BAC"\nmic = "XNYS"\nclass = "stock"\nreference_px = 50\n'
    '[[instrument]]\nsymbol = "NEW"\nmic = "XNYS"\ncurrency = "USD"\ntick_size = "0.01"\nreference_px = 50\n'
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "kairos.toml"
    path.write_text(SETTINGS.format(port=free_ports(1)[0]))
    (tmp_path / "reference.toml").write_text(REFERENCE)
    return path


def kairos(config: Path, *words: str) -> str:
    result = CliRunner().invoke(main, [*words, "--user", "rita", "--config", str(config)])
    assert result.exit_code == 0, result.output
    return result.output


def code_of(engine: RunningEngine, side: Side, instrument: str = "BAC.XNYS") -> str:
    """What refuses an order of 100; empty where it passes. A person's: nobody sends it anywhere."""
    terms = Terms(100, OrdType.LIMIT, 50 * PRICE_SCALE, 0, TimeInForce.DAY, 0, 0)
    label = f"X{next(NUMBERS)}"
    order = ("LINK:x", "ACME", label, "A-ACME", instrument, side, HandlInst.MANUAL, terms, "", "", 0, False, "")
    event = engine.do(SubmitOrder(*order))[0]
    return event.code.name if isinstance(event, OrderRefused) else ""


NUMBERS = iter(range(1, 1000))


def redefined(defined: Record, **changes: object) -> DefineInstrument:
    values = {name: getattr(defined, name) for name in defined.names()}
    return DefineInstrument(**{**values, **changes})


def test_rules_lists_and_locates_of_a_day(config: Path) -> None:
    with RunningEngine(config) as engine:
        assert engine.process is not None
        instruments = engine.process.engine.desk.instruments
        assert instruments["BAC.XNYS"].rules is not None and instruments["NEW.XNYS"].rules is None
        assert code_of(engine, Side.SELL) == "SHORT_SALE_MARKING"
        assert code_of(engine, Side.SELL_SHORT) == "NO_LOCATE_LEFT"
        kairos(config, "risk", "locate", "A-ACME", "BAC.XNYS", "150", "lender, no. 17")
        assert code_of(engine, Side.SELL_SHORT) == ""
        assert code_of(engine, Side.SELL_SHORT) == "NO_LOCATE_LEFT"
        shown = kairos(config, "risk", "locates")
        assert shown.splitlines()[0].startswith("1 with short sales") and " 150 " in shown and " 50 " in shown
        kairos(config, "restrict", "BAC.XNYS", "wind down", "--list", "close-only", "--for", "client", "ACME")
        assert code_of(engine, Side.SELL_SHORT) == "CLOSE_ONLY"
        kairos(config, "restrict", "BAC.XNYS", "over", "--list", "close-only", "--for", "client", "ACME", "--off")
        assert code_of(engine, Side.BUY) == ""
    with RunningEngine(config) as engine:
        assert code_of(engine, Side.SELL_SHORT) == "NO_LOCATE_LEFT", "as it stood before the restart"


def test_an_instrument_that_is_defined_anew_has_its_rules_at_the_next_look(config: Path) -> None:
    with RunningEngine(config) as engine:
        assert engine.process is not None
        desk = engine.process.engine.desk
        engine.do(redefined(desk.instruments["NEW.XNYS"].defined, instrument_class="stock"))
        end = time.monotonic() + 10
        while desk.instruments["NEW.XNYS"].rules is None:
            assert time.monotonic() < end, "no rules were set"
            time.sleep(0.05)
        assert code_of(engine, Side.SELL, "NEW.XNYS") == "SHORT_SALE_MARKING"


def test_a_halt_is_a_persons_to_set_and_to_lift(config: Path) -> None:
    with RunningEngine(config) as engine:
        assert engine.process is not None
        desk = engine.process.engine.desk
        kairos(config, "market", "halt", "BAC.XNYS", "news pending")
        kairos(config, "market", "halt", "XNYS", "circuit breaker")
        halt, market = desk.instruments["BAC.XNYS"].halt, desk.markets["XNYS"].halt
        assert halt is not None and (halt.text, halt.user_id) == ("news pending", "rita")
        assert market is not None and market.text == "circuit breaker"
        kairos(config, "market", "resume", "BAC.XNYS", "told")
        kairos(config, "market", "resume", "XNYS", "over")
        assert desk.instruments["BAC.XNYS"].halt is None and desk.markets["XNYS"].halt is None

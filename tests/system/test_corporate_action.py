"""`kairos corporate-action apply` over the link: tried out, applied, refused the second time, there after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.system.running_engine import RunningEngine
from tests.system.test_order_states_on_the_wire import account, instrument

from kairos.cli.main import main
from kairos.demo.setup import free_ports
from kairos.model.commands import RecordTrade, StartTradingDay, SubmitOrder
from kairos.model.enums import HandlInst, OrdType, Side, TimeInForce
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Terms

pytestmark = pytest.mark.slow

EX_DATE = 20991231  # later than any day that the engine begins by itself
SETTINGS = """
[engine]
name = "t"
data_dir = "data"
[http]
enabled = false
[log]
level = "error"
[fix]
port = {port}
[[fix.session]]
begin_string = "FIX.4.4"
sender_comp_id = "KAIROS"
target_comp_id = "ACME"
client_id = "ACME"
default_account = "A-ACME"
[reference]
files = ["reference.toml"]
"""
ACTIONS = """action_id,instrument_id,kind,ex_date,ratio
C1,ONE.XNYS,split,2099-12-31,3:2
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "kairos.toml"
    path.write_text(SETTINGS.format(port=free_ports(1)[0]))
    (tmp_path / "reference.toml").write_text(
        '[[user]]\nuser_id = "otto"\nrole = "operations"\n[[client]]\nclient_id = "ACME"\n'
        + account("A-ACME", "ACME", "USD")
        + '\n[[venue]]\nvenue_id = "V"\nmic = "XNYS"\nname = "V"\n'
        + instrument("ONE", "XNYS", "USD", 1000)
    )
    (tmp_path / "corporate_actions.csv").write_text(ACTIONS)
    return path


def apply(config: Path, *words: str) -> tuple[int, str]:
    arguments = ["corporate-action", "apply", *words, "--user", "otto", "--config", str(config)]
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def with_an_order(engine: RunningEngine) -> None:
    terms = Terms(200, OrdType.LIMIT, 900 * PRICE_SCALE, 0, TimeInForce.GOOD_TILL_CANCEL, 0, 0)
    order = ("LINK:x", "ACME", "X", "A-ACME", "ONE.XNYS", Side.BUY, HandlInst.MANUAL, terms, "", "", 0, False, "")
    engine.do(SubmitOrder(*order))
    engine.do(RecordTrade(1, 100, 890 * PRICE_SCALE, "BANK", ""))
    engine.do(StartTradingDay(EX_DATE))


def test_an_action_is_tried_out_applied_and_applied_once(config: Path) -> None:
    file = str(config.parent / "corporate_actions.csv")
    with RunningEngine(config) as engine:
        with_an_order(engine)
        assert engine.process is not None
        desk = engine.process.engine.desk
        code, tried = apply(config, file, "--dry-run")
        assert (code, tried.splitlines()[-1]) == (0, "dry run: nothing was changed")
        assert desk.orders[1].terms.order_qty == 200 and not desk.actions
        code, done = apply(config, file)
        assert code == 0, done
        assert [line.split()[0] for line in done.splitlines()] == [
            "CorporateActionApplied",
            "PositionRestated",
            "OrderSplit",
        ]
        assert [line.split("  ", 1)[1] for line in done.splitlines()] == [
            line.split("  ", 1)[1] for line in tried.splitlines()[:-1]
        ]
        assert "300 LIMIT @ 600 GOOD_TILL_CANCEL" in done
        code, again = apply(config, file)
        assert code == 1 and again.endswith("Error: refused: DUPLICATE_ACTION action_id=C1\n")
    with RunningEngine(config) as engine:
        assert engine.process is not None
        desk = engine.process.engine.desk
        assert desk.orders[1].terms.order_qty == 300
        assert desk.position("A-ACME", "ONE.XNYS").qty == 150
        assert desk.instruments["ONE.XNYS"].defined.reference_px == parse("666.67")


def parse(text: str) -> int:
    whole, _, cents = text.partition(".")
    return int(whole) * PRICE_SCALE + int(cents or 0) * PRICE_SCALE // 100


def test_one_action_is_told_by_options(config: Path) -> None:
    words = ["--id", "D1", "--instrument", "ONE.XNYS", "--kind", "cash_dividend", "--ex-date", "2099-12-31"]
    with RunningEngine(config) as engine:
        with_an_order(engine)
        code, wrong = apply(config, *words)
        assert code == 1 and "kind: cash_dividend does not go with ratio 1:1 and this cash" in wrong
        code, done = apply(config, *words, "--cash", "4.55", "--currency", "USD", "--text", "a dividend")
        assert code == 0, done
        assert "DividendEntitled" in done and "cash=455" in done
        assert "200 LIMIT @ 895.4 GOOD_TILL_CANCEL" in done


def test_a_file_or_options_not_both(config: Path) -> None:
    code, told = apply(config)
    assert code == 2 and "give a file, or --id, --instrument, --kind and --ex-date" in told

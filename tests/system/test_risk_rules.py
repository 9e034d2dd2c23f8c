"""Rules of risk in a running engine: from the house's file at start, listed, changed, released by people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.system.running_engine import RunningEngine
from tests.system.test_corporate_action import SETTINGS
from tests.system.test_order_states_on_the_wire import account, instrument

from kairos.adapters.config_file import load_config
from kairos.app.engine_process import run_engine
from kairos.cli.main import main
from kairos.demo.setup import free_ports
from kairos.model.commands import RecordTrade, SubmitOrder, UpdateMark
from kairos.model.enums import HandlInst, OrdType, Side, TimeInForce
from kairos.model.numbers import PRICE_SCALE
from kairos.model.values import Terms
from kairos.supervisor import UNSTARTABLE

pytestmark = pytest.mark.slow

USERS = "".join(f'[[user]]\nuser_id = "{name}"\nrole = "risk"\n' for name in ("rita", "rolf"))
RULES = """
[[rule]]
id = "STOP"
indicator = "loss"
each = "account"
[[rule.level]]
at = 1000
release = "person"
cool_off = "1h"
actions = ["alert", "reduce_only"]
"""
OTHER = '\n[[rule]]\nid = "GROSS"\nindicator = "gross"\nfirm = true\n[[rule.level]]\nat = 1\nactions = ["alert"]\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "kairos.toml"
    path.write_text(SETTINGS.format(port=free_ports(1)[0]) + '[risk]\nrules = "rules.toml"\n')
    (tmp_path / "rules.toml").write_text(RULES)
    (tmp_path / "reference.toml").write_text(
        USERS
        + '[[client]]\nclient_id = "ACME"\n'
        + account("A-ACME", "ACME", "USD")
        + '\n[[venue]]\nvenue_id = "V"\nmic = "XNYS"\nname = "V"\n'
        + instrument("ONE", "XNYS", "USD", 1000)
    )
    return path


def rules(config: Path, *words: str) -> str:
    result = CliRunner().invoke(main, ["risk", "rules", *words, "--user", "rita", "--config", str(config)])
    return result.output


def listed(config: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in rules(config, "--json").splitlines()]


def lose(engine: RunningEngine) -> None:
    """Buy 100 at 990 and see them at 970."""
    terms = Terms(200, OrdType.LIMIT, 990 * PRICE_SCALE, 0, TimeInForce.DAY, 0, 0)
    order = ("LINK:x", "ACME", "X", "A-ACME", "ONE.XNYS", Side.BUY, HandlInst.MANUAL, terms, "", "", 0, False, "")
    engine.do(SubmitOrder(*order))
    engine.do(RecordTrade(1, 100, 990 * PRICE_SCALE, "BANK", ""))
    engine.do(UpdateMark("ONE.XNYS", 0, 0, 970 * PRICE_SCALE))


def test_a_rule_of_the_file_responds_holds_over_a_restart_and_is_released_by_a_person(config: Path) -> None:
    with RunningEngine(config) as engine:
        lose(engine)
        (rule,) = listed(config)
        assert (rule["rule"], [held["level"] for held in rule["held"]]) == ("STOP", [1])  # type: ignore[attr-defined]
        assert "level 1 holds at ACCOUNT A-ACME since" in rules(config)
    with RunningEngine(config):
        assert "STOP holds" not in rules(config, "remove", "STOP", "enough")
        assert "refused: RULE_HOLDS rule=STOP" in rules(config, "remove", "STOP", "enough")
        assert "ResponseReleased  rule_id=STOP" in rules(config, "release", "STOP", "account:A-ACME", "calm")
        (rule,) = listed(config)
        assert rule["held"] == []
        assert "RuleRemoved" in rules(config, "remove", "STOP", "enough")
        assert "no rules" in rules(config)


def test_a_file_is_applied_by_what_differs_and_the_houses_own_file_takes_its_rules_back(config: Path) -> None:
    file = config.parent / "rules.toml"
    with RunningEngine(config):
        file.write_text(RULES + OTHER)
        assert "1 of 2 rules new or changed" in rules(config, "apply", str(file))
        assert "0 of 2 rules new or changed" in rules(config, "apply", str(file))
        assert [rule["rule"] for rule in listed(config)] == ["STOP", "GROSS"]
    file.write_text("")
    with RunningEngine(config):
        assert [rule["rule"] for rule in listed(config)] == ["GROSS"]


def test_a_file_with_an_error_is_told_and_stops_the_start(config: Path) -> None:
    (config.parent / "rules.toml").write_text(RULES.replace("loss", "lost"))
    checked = CliRunner().invoke(main, ["risk", "rules", "check", str(config.parent / "rules.toml")])
    assert "line 4: rule.indicator: 'lost' must be" in checked.output
    assert run_engine(load_config(config)) == UNSTARTABLE

"""What `make bench ARGS=risk_gate` times is the gate's whole work: it leaves the desk as the engine leaves it."""

from __future__ import annotations

import pytest

from bench import risk_gate_run as ours
from bench import risk_gate_work as given
from kairos.engine.engine import Engine
from kairos.engine.gate_alone import check_and_reserve
from kairos.model.events import OrderRefused

COUNT = 400


@pytest.mark.parametrize("work", given.WORKS)
def test_the_gate_alone_refuses_reserves_and_counts_as_the_engine_does(work: str) -> None:
    alone, whole = ours.started(ours.limit_of_loss()), ours.started(ours.limit_of_loss())
    accepted = []
    for n in range(COUNT):
        request = ours.make_order(n, work)
        refused = check_and_reserve(alone.desk, ours.order_of(alone.desk, request, n + 1), ours.START_NS)
        accepted.append(refused is None)
        assert isinstance(whole.handle(request, ours.START_NS)[0], OrderRefused) is (refused is not None)
    assert COUNT - sum(accepted) == given.refusals(work) * COUNT // given.ORDERS
    assert figures(alone, work) == figures(whole, work)


def figures(engine: Engine, work: str) -> list[object]:
    """What weighs, at the account and at the watched place; requests only where none was refused, which the engine
    counts, too."""
    account = engine.desk.accounts[ours.ACCOUNT]
    (cell,) = engine.desk.tree.cells.values()
    counted = (cell.counts.orders, cell.counts.requests if work == "clean" else None)
    return [account.reserved, account.gross, account.net, account.tokens, cell.sum_of("USD").rows(), counted]


@pytest.mark.parametrize("kinds", [ours.FIVE, ours.KINDS], ids=["25", "80"])
def test_the_limits_of_the_levels_are_on_the_path_of_every_order(kinds: tuple[object, ...]) -> None:
    engine = ours.started(ours.limits_of_levels(kinds))  # type: ignore[arg-type]
    engine.handle(ours.make_order(0, "clean", ours.STRATEGY), ours.START_NS)
    assert sum(len(cell.bounds) for cell in engine.desk.tree.cells.values()) == 5 * len(kinds)
    assert all(cell.counts.orders == 1 for cell in engine.desk.tree.cells.values())

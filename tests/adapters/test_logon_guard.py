"""Those who have not logged on are bounded in all and by address, and a guesser is shut out for a while."""

from __future__ import annotations

from kairos.adapters import logon_guard
from kairos.adapters.logon_guard import LogonGuard


def test_one_address_can_not_take_all_places() -> None:
    guard = LogonGuard()
    entered = [guard.enter("10.0.0.1", 0.0) == "" for _ in range(logon_guard.MAX_PENDING_OF_ADDRESS + 1)]
    assert entered.count(True) == logon_guard.MAX_PENDING_OF_ADDRESS
    assert guard.enter("10.0.0.2", 0.0) == ""
    guard.leave("10.0.0.1")
    assert guard.enter("10.0.0.1", 0.0) == ""


def test_all_addresses_together_are_bounded() -> None:
    guard = LogonGuard()
    for n in range(logon_guard.MAX_PENDING):
        assert guard.enter(f"10.0.{n // 200}.{n % 200}", 0.0) == ""
    assert "have not logged on yet" in guard.enter("10.9.9.9", 0.0)


def test_a_guesser_is_shut_out_and_let_in_again_later() -> None:
    guard = LogonGuard()
    for _ in range(logon_guard.MAX_FAILURES):
        assert not guard.is_blocked("10.0.0.1", 10.0)
        guard.failed("10.0.0.1", 10.0)
    assert "blocked" in guard.enter("10.0.0.1", 11.0)
    assert guard.enter("10.0.0.2", 11.0) == ""
    assert guard.enter("10.0.0.1", 11.0 + logon_guard.BLOCK_S) == ""


def test_failures_far_apart_and_those_before_a_success_do_not_add_up() -> None:
    guard = LogonGuard()
    for n in range(20):
        guard.failed("slow", n * (logon_guard.BLOCK_S + 1))
        guard.failed("knows", float(n))
        guard.succeeded("knows")
    assert not guard.is_blocked("slow", 20 * (logon_guard.BLOCK_S + 1))
    assert not guard.is_blocked("knows", 20.0)


def test_so_many_addresses_are_remembered_and_no_more() -> None:
    guard = LogonGuard()
    for _ in range(logon_guard.MAX_FAILURES):
        guard.failed("first", 0.0)
    for n in range(logon_guard.MAX_ADDRESSES):
        guard.failed(f"a{n}", 0.0)
    assert not guard.is_blocked("first", 0.0)


def test_password_checks_that_wait_are_bounded() -> None:
    guard = LogonGuard()
    assert [guard.begin_check() for _ in range(logon_guard.MAX_CHECKS + 1)].count(True) == logon_guard.MAX_CHECKS
    guard.end_check()
    assert guard.begin_check()

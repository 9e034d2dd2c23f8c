"""`Engine.handle(command, now_ns) -> events`: the deterministic heart.

The same commands at the same times give the same events, byte for byte, compiled or not. Recovery gives the engine the
journal's events instead (`recover`), and it stands where it stood.
"""

from __future__ import annotations

from collections.abc import Iterable

from mypy_extensions import i64, mypyc_attr

from kairos.engine.approvals import ask, decide_approval, define_policy, settle_approvals
from kairos.engine.by_hand import cancel_route, finish_order, resolve_route, route_order
from kairos.engine.cancel import cancel_session_orders, mass_cancel, request_cancel
from kairos.engine.clock import advance_time, start_trading_day
from kairos.engine.controls import (
    define_account,
    define_client,
    define_instrument,
    define_user,
    define_venue,
    set_limits,
    update_mark,
)
from kairos.engine.core import Core
from kairos.engine.corporate_actions import apply_corporate_action
from kairos.engine.crosses import cancel_cross, execute_cross, replace_cross, submit_cross
from kairos.engine.groups import settle_groups
from kairos.engine.kill import engage_kill, release_kill, settle_kills
from kairos.engine.limits import define_desk, place_limit, remove_limit, set_entitlement
from kairos.engine.lists import cancel_list, execute_list, request_list_status, submit_list
from kairos.engine.market_controls import handle_market_command
from kairos.engine.plugins import load_check_plugins
from kairos.engine.queries import acknowledge_trade, dispute_trade, request_mass_status, request_order_status
from kairos.engine.refused import refuse_unconsidered
from kairos.engine.replace import request_replace
from kairos.engine.responses import respond, resume_looking
from kairos.engine.rules import define_rule, release_rule, remove_rule
from kairos.engine.second_person import kept_as, second_person_needed, summary_of, word_of
from kairos.engine.split import restate_order
from kairos.engine.submit import submit_order
from kairos.engine.trades import bust_trade, correct_trade, record_trade
from kairos.engine.users import refuse_user
from kairos.engine.venue_answers import report_cancel_reject, report_venue_refusal, set_venue_state
from kairos.engine.venue_reports import report_execution
from kairos.engine.watched_places import set_returns, watch_place
from kairos.engine.whatif import ask_what_if
from kairos.model.commands import (
    AcknowledgeTrade,
    AdvanceTime,
    ApplyCorporateAction,
    AskWhatIf,
    BustTrade,
    CancelCross,
    CancelList,
    CancelOrder,
    CancelRoute,
    CancelSessionOrders,
    Command,
    CorrectTrade,
    DecideApproval,
    DefineAccount,
    DefineClient,
    DefineDesk,
    DefineInstrument,
    DefinePolicy,
    DefineRule,
    DefineUser,
    DefineVenue,
    DisputeTrade,
    EngageKill,
    ExecuteCross,
    ExecuteList,
    FinishOrder,
    LoadCheckPlugins,
    MassCancel,
    PlaceLimit,
    RecordTrade,
    RefuseRequest,
    ReleaseKill,
    ReleaseRule,
    RemoveLimit,
    RemoveRule,
    ReplaceCross,
    ReplaceOrder,
    ReportCancelReject,
    ReportExecution,
    ReportVenueRefusal,
    RequestListStatus,
    RequestMassStatus,
    RequestOrderStatus,
    ResolveRoute,
    RestateOrder,
    RouteOrder,
    SetEntitlement,
    SetHalt,
    SetLimits,
    SetLocate,
    SetMarketDay,
    SetMarketFigures,
    SetRestriction,
    SetReturns,
    SetTradingRules,
    SetVenueState,
    StartTradingDay,
    SubmitCross,
    SubmitList,
    SubmitOrder,
    UpdateMark,
    WatchPlace,
)
from kairos.model.errors import invariant
from kairos.model.events import Event
from kairos.model.nested import decode_commands
from kairos.model.people import giver_of
from kairos.model.refusals import Refusal
from kairos.state.desk import Desk
from kairos.state.fold import apply


@mypyc_attr(allow_interpreted_subclasses=True)  # the writer's tests stand one in that fails
class Engine:
    """One desk and its single writer's decisions."""

    def __init__(self) -> None:
        self.desk: Desk = Desk()
        self.core: Core = Core(self.desk)

    def handle(self, command: Command, now_ns: i64) -> list[Event]:
        """Decide one command. Time never runs backwards: an earlier `now_ns` counts as the latest seen."""
        core = self.core
        core.now_ns = max(now_ns, core.now_ns)
        dispatch(core, command)
        respond(core)
        settle_groups(core)
        settle_kills(core)
        settle_approvals(core)
        self.desk.rest()
        return core.take()

    def is_torn(self) -> bool:
        """Whether a command failed after its first event: what it changed is not all that it had to change."""
        return bool(self.core.events)

    def next_deadline_ns(self) -> i64:
        """When to hand in the next AdvanceTime."""
        return self.core.timers.next_deadline_ns()

    def recover(self, events: Iterable[Event]) -> None:
        """Fold the journal's events in; then the engine may go on."""
        self.fold(events)
        self.resume()

    def fold(self, events: Iterable[Event]) -> None:
        """Fold some of them in."""
        core = self.core
        desk = self.desk
        for event in events:
            apply(desk, event)
            core.now_ns = max(event.at_ns, core.now_ns)
            desk.rest()

    def resume(self) -> None:
        """All of them are in: the engine may go on."""
        self.core.timers.rebuild(self.desk)
        resume_looking(self.core)

    def forget(self) -> None:
        """Begin again with an empty desk."""
        self.desk = Desk()
        self.core = Core(self.desk)


def dispatch(core: Core, c: Command) -> None:
    """Hand a command to its handler; the frequent ones stand first."""
    if isinstance(c, SubmitOrder):
        submit_order(core, c)
    elif isinstance(c, ReportExecution):
        report_execution(core, c)
    elif isinstance(c, CancelOrder):
        request_cancel(core, c)
    elif isinstance(c, ReplaceOrder):
        request_replace(core, c)
    elif isinstance(c, UpdateMark):
        _mark(core, c)
    elif isinstance(c, AdvanceTime):
        advance_time(core)
    elif isinstance(c, ReportCancelReject):
        report_cancel_reject(core, c)
    elif isinstance(c, RequestOrderStatus):
        request_order_status(core, c)
    elif isinstance(c, RequestMassStatus):
        request_mass_status(core, c)
    elif isinstance(c, MassCancel):
        mass_cancel(core, c)
    elif isinstance(c, CancelSessionOrders):
        cancel_session_orders(core, c)
    elif isinstance(c, DisputeTrade):
        dispute_trade(core, c)
    elif isinstance(c, AcknowledgeTrade):
        acknowledge_trade(core, c)
    elif isinstance(c, ReportVenueRefusal):
        report_venue_refusal(core, c)
    elif isinstance(c, SetVenueState):
        set_venue_state(core, c)
    elif isinstance(c, RefuseRequest):
        refuse_unconsidered(core, c)
    elif not _dispatch_group(core, c):
        _dispatch_command_of_desk(core, c)


def _dispatch_group(core: Core, c: Command) -> bool:
    """Lists and crosses; False for any other command."""
    if isinstance(c, SubmitList):
        submit_list(core, c)
    elif isinstance(c, ExecuteList):
        execute_list(core, c)
    elif isinstance(c, CancelList):
        cancel_list(core, c)
    elif isinstance(c, RequestListStatus):
        request_list_status(core, c)
    elif isinstance(c, SubmitCross):
        submit_cross(core, c)
    elif isinstance(c, ReplaceCross):
        replace_cross(core, c)
    elif isinstance(c, CancelCross):
        cancel_cross(core, c)
    else:
        return False
    return True


def _mark(core: Core, c: UpdateMark) -> None:
    """A price of the market, which no person gives: there is nobody to ask about."""
    refusal = update_mark(core, c)
    if refusal is not None:
        core.refuse_command("UpdateMark", c.instrument_id, refusal.code, "", refusal.context)


def _dispatch_command_of_desk(core: Core, c: Command) -> None:
    """Commands of the desk's own people and files: refused as a `CommandRefused`."""
    user_id = giver_of(c)
    refusal = refuse_user(core.desk, c, user_id) or _ask_or_handle(core, c, user_id)
    if refusal is not None:
        core.refuse_command(type(c).__name__, _subject_of(c), refusal.code, user_id, refusal.context)


def _ask_or_handle(core: Core, c: Command, user_id: str) -> Refusal | None:
    """Do it, or let it wait for a second person."""
    kind = second_person_needed(core.desk, c, user_id)
    if kind is None:
        return _handle_command_of_desk(core, c)
    return ask(core, kind, kept_as(core.desk, c), user_id, summary_of(core.desk, c), word_of(core.desk, c))


def _decide_approval(core: Core, c: DecideApproval) -> Refusal | None:
    """What was approved is handled as if its asker gave it now."""
    waiting = core.desk.approvals.pending.get(c.approval_id)
    refusal = decide_approval(core, c)
    if refusal is not None or waiting is None or not c.approve:
        return refusal
    core.approved_by = c.user_id
    for kept in decode_commands(waiting.command):
        refusal = refuse_user(core.desk, kept, waiting.asked_by) or _handle_command_of_desk(core, kept)
        if refusal is not None:
            name, context = type(kept).__name__, refusal.context
            core.refuse_command(name, _subject_of(kept), refusal.code, waiting.asked_by, context)
    core.approved_by = ""
    return None


def _handle_command_of_desk(core: Core, c: Command) -> Refusal | None:
    if isinstance(c, (RouteOrder, CancelRoute, ResolveRoute, FinishOrder, RecordTrade, BustTrade)):
        return _handle_by_hand(core, c)
    if isinstance(c, (CorrectTrade, ExecuteCross, RestateOrder)):
        return _handle_by_hand(core, c)
    if isinstance(c, SetLimits):
        return set_limits(core, c)
    if isinstance(c, (SetRestriction, SetTradingRules, SetMarketDay, SetHalt, SetMarketFigures, SetLocate)):
        return handle_market_command(core, c)
    if isinstance(c, EngageKill):
        return engage_kill(core, c)
    if isinstance(c, ReleaseKill):
        return release_kill(core, c)
    if isinstance(c, DecideApproval):
        return _decide_approval(core, c)
    if isinstance(c, DefinePolicy):
        return define_policy(core, c)
    if isinstance(c, StartTradingDay):
        return start_trading_day(core, c)
    if isinstance(c, ApplyCorporateAction):
        return apply_corporate_action(core, c)
    return _handle_definition(core, c)


def _handle_by_hand(core: Core, c: Command) -> Refusal | None:
    if isinstance(c, RouteOrder):
        return route_order(core, c)
    if isinstance(c, CancelRoute):
        return cancel_route(core, c)
    if isinstance(c, ResolveRoute):
        return resolve_route(core, c)
    if isinstance(c, FinishOrder):
        return finish_order(core, c)
    if isinstance(c, RecordTrade):
        return record_trade(core, c)
    if isinstance(c, BustTrade):
        return bust_trade(core, c)
    if isinstance(c, ExecuteCross):
        return execute_cross(core, c)
    if isinstance(c, RestateOrder):
        return restate_order(core, c)
    return correct_trade(core, c) if isinstance(c, CorrectTrade) else None


def _handle_definition(core: Core, c: Command) -> Refusal | None:
    if isinstance(c, DefineInstrument):
        return define_instrument(core, c)
    if isinstance(c, DefineClient):
        return define_client(core, c)
    if isinstance(c, DefineAccount):
        return define_account(core, c)
    if isinstance(c, DefineUser):
        return define_user(core, c)
    if isinstance(c, DefineVenue):
        return define_venue(core, c)
    if isinstance(c, DefineDesk):
        return define_desk(core, c)
    if isinstance(c, PlaceLimit):
        return place_limit(core, c)
    if isinstance(c, RemoveLimit):
        return remove_limit(core, c)
    if isinstance(c, AskWhatIf):
        return ask_what_if(core, c)
    if isinstance(c, SetEntitlement):
        return set_entitlement(core, c)
    if isinstance(c, WatchPlace):
        return watch_place(core, c)
    if isinstance(c, SetReturns):
        return set_returns(core, c)
    if isinstance(c, LoadCheckPlugins):
        return load_check_plugins(core, c)
    if isinstance(c, DefineRule):
        return define_rule(core, c)
    if isinstance(c, RemoveRule):
        return remove_rule(core, c)
    if isinstance(c, ReleaseRule):
        return release_rule(core, c)
    invariant(False, "COMMAND_WITHOUT_HANDLER", command=type(c).__name__)
    return None


def _subject_of(c: Command) -> str:
    """What a command of the desk is about: its first field."""
    names = c.names()
    return str(getattr(c, names[0])) if names else ""

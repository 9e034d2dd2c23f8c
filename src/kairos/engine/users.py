"""Which person of the desk may give which command. An empty user is the house itself: files at start, FIX sessions."""

from __future__ import annotations

from typing import Final

from kairos.model.commands import (
    ApplyCorporateAction,
    BustTrade,
    CancelRoute,
    Command,
    CorrectTrade,
    DefineAccount,
    DefineClient,
    DefineDesk,
    DefineInstrument,
    DefinePolicy,
    DefineRule,
    DefineUser,
    DefineVenue,
    ExecuteCross,
    ExecuteList,
    FinishOrder,
    PlaceLimit,
    RecordTrade,
    ReleaseKill,
    ReleaseRule,
    RemoveLimit,
    RemoveRule,
    ReplaceCross,
    ReplaceOrder,
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
    SubmitCross,
    SubmitList,
    SubmitOrder,
    WatchPlace,
)
from kairos.model.enums import Role
from kairos.model.refusals import Refusal, RefusalCode
from kairos.state.desk import Desk

TRADING: Final = (Role.TRADER, Role.ADMINISTRATOR)
BACK_OFFICE: Final = (Role.OPERATIONS, Role.ADMINISTRATOR)
CONTROL: Final = (Role.RISK, Role.ADMINISTRATOR)

# What is not listed (cancels, kill, status) any active person may do: it can only lower risk.
ROLES_OF: Final[dict[type[Command], tuple[Role, ...]]] = {
    SubmitOrder: TRADING,
    ReplaceOrder: TRADING,
    SubmitList: TRADING,
    ExecuteList: TRADING,
    SubmitCross: TRADING,
    ReplaceCross: TRADING,
    ExecuteCross: TRADING,
    RouteOrder: TRADING,
    CancelRoute: TRADING,
    FinishOrder: TRADING,
    RecordTrade: TRADING,
    RestateOrder: BACK_OFFICE,
    ApplyCorporateAction: BACK_OFFICE,
    BustTrade: BACK_OFFICE,
    CorrectTrade: BACK_OFFICE,
    ResolveRoute: (Role.TRADER, Role.OPERATIONS, Role.ADMINISTRATOR),
    DefineInstrument: BACK_OFFICE,
    DefineClient: BACK_OFFICE,
    DefineAccount: BACK_OFFICE,
    DefineVenue: BACK_OFFICE,
    DefineUser: (Role.ADMINISTRATOR,),
    SetLimits: CONTROL,
    WatchPlace: CONTROL,
    SetReturns: (Role.RISK, Role.OPERATIONS, Role.ADMINISTRATOR),
    DefineRule: CONTROL,
    RemoveRule: CONTROL,
    ReleaseRule: CONTROL,
    PlaceLimit: CONTROL,
    RemoveLimit: CONTROL,
    DefineDesk: CONTROL,
    SetEntitlement: CONTROL,
    SetRestriction: CONTROL,
    SetHalt: CONTROL,
    SetLocate: (Role.OPERATIONS, Role.RISK, Role.ADMINISTRATOR),
    SetTradingRules: BACK_OFFICE,
    SetMarketDay: BACK_OFFICE,
    SetMarketFigures: BACK_OFFICE,
    ReleaseKill: CONTROL,
    DefinePolicy: (Role.ADMINISTRATOR,),
}


def refuse_user(desk: Desk, command: Command, user_id: str) -> Refusal | None:
    """Refused unless the person is known, active and has a role that the command asks for."""
    return refuse_person(desk, user_id, ROLES_OF.get(type(command))) if user_id else None


def refuse_person(desk: Desk, user_id: str, roles: tuple[Role, ...] | None) -> Refusal | None:
    """Refused unless the person is known, active and has one of these roles; None: any will do."""
    user = desk.users.get(user_id)
    if user is None or not user.defined.active:
        return Refusal(RefusalCode.UNKNOWN_USER, (("user", user_id),))
    if roles is not None and user.defined.role not in roles:
        return Refusal(RefusalCode.NOT_ENTITLED, (("user", user_id), ("role", user.defined.role.name)))
    return None

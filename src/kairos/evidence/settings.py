"""The controls' settings as the journal tells them: what stands, since when, by whom, and each change."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from kairos.evidence.spelling import approval_text, limit_text, place_text, rule_text
from kairos.model.events import (
    AccountDefined,
    CheckPluginLoaded,
    CheckPluginRemoved,
    EntitlementSet,
    Event,
    HaltChanged,
    LimitPlaced,
    LimitRemoved,
    LimitsSet,
    LocateSet,
    PolicyDefined,
    RestrictionSet,
    RuleDefined,
    RuleRemoved,
    UserDefined,
)
from kairos.model.numbers import format_money


class Group(Enum):
    """What kind of setting it is."""

    LIMIT = "limit"
    RESTRICTION = "restriction"
    ENTITLEMENT = "entitlement"
    PERSON = "person"
    POLICY = "policy"
    RULE = "rule"
    PLUGIN = "plugin"


class Setting(NamedTuple):
    """One that stands: where, what it is called, its value in words; who set it, when, and what was said."""

    group: Group
    place: str
    name: str
    value: str
    at_ns: int
    user_id: str
    text: str


class Change(NamedTuple):
    """`old` is empty for a new setting, `new` for one taken away."""

    group: Group
    place: str
    name: str
    old: str
    new: str
    at_ns: int
    user_id: str
    text: str


Key = tuple[Group, str, str]
Wanted = tuple[Group, str, str, str]  # group, place, name, value; an empty value takes it away


class Settings:
    """Folds events; holds as much as the desk has settings."""

    def __init__(self) -> None:
        self.standing: Final[dict[Key, Setting]] = {}
        self._currency: Final[dict[str, str]] = {}

    def apply(self, event: Event) -> list[Change]:
        """What an event changes; nothing for one that is no setting, or says what stands already."""
        if isinstance(event, AccountDefined):
            self._currency[event.account_id] = event.currency
        if not isinstance(event, SETTINGS):
            return []
        user_id = getattr(event, "by_user_id", getattr(event, "user_id", ""))
        text = getattr(event, "text", "")
        changes = (self._set(wanted, event.at_ns, user_id, text) for wanted in self._wanted(event))
        return [change for change in changes if change is not None]

    def _set(self, wanted: Wanted, at_ns: int, user_id: str, text: str) -> Change | None:
        group, place, name, value = wanted
        key = (group, place, name)
        before = self.standing.get(key)
        old = "" if before is None else before.value
        if old == value:
            return None
        if value:
            self.standing[key] = Setting(group, place, name, value, at_ns, user_id, text)
        else:
            del self.standing[key]
        return Change(group, place, name, old, value, at_ns, user_id, text)

    def _wanted(self, event: Event) -> Iterator[Wanted]:
        if isinstance(event, LimitsSet):
            yield from self._mandatory(event)
        elif isinstance(event, LimitPlaced):
            yield Group.LIMIT, place_text(event.place), event.limit.kind.name, limit_text(event.limit)
        elif isinstance(event, LimitRemoved):
            yield Group.LIMIT, place_text(event.place), event.kind.name, ""
        elif isinstance(event, RuleDefined):
            place = place_text(event.place)
            yield from self._elsewhere(Group.RULE, event.rule_id, place)
            yield Group.RULE, place, event.rule_id, rule_text(event)
        elif isinstance(event, RuleRemoved):
            yield from self._elsewhere(Group.RULE, event.rule_id, "")
        elif isinstance(event, PolicyDefined):
            yield from self._policy(event)
        elif isinstance(event, CheckPluginLoaded):
            plugin = event.plugin
            yield Group.PLUGIN, "FIRM", plugin.name, " ".join([plugin.version, plugin.clause, plugin.text]).strip()
        elif isinstance(event, CheckPluginRemoved):
            yield Group.PLUGIN, "FIRM", event.name, ""
        else:
            yield from _of_people_and_instruments(event)

    def _mandatory(self, event: LimitsSet) -> Iterator[Wanted]:
        """The account's own limits, each a setting; zero blocks, and stands."""
        limits, place = event.limits, f"ACCOUNT {event.account_id}"
        currency = self._currency.get(event.account_id, "")
        values = {
            "MAX_ORDER_QTY": str(limits.max_order_qty),
            "MAX_ORDER_NOTIONAL": f"{format_money(limits.max_order_notional)} {currency}",
            "PRICE_COLLAR": f"{limits.collar_bps} bps",
            "MAX_POSITION": str(limits.max_position),
            "MAX_GROSS_EXPOSURE": f"{format_money(limits.max_gross_exposure)} {currency}",
            "MAX_NET_EXPOSURE": f"{format_money(limits.max_net_exposure)} {currency}",
            "RATE": f"{limits.rate_per_s} in 1s, burst {limits.rate_burst}",
        }
        for name, value in values.items():
            yield Group.LIMIT, place, name, value

    def _elsewhere(self, group: Group, name: str, place: str) -> Iterator[Wanted]:
        """What stands under this name at another place does not any more."""
        for key in [key for key in self.standing if key[0] is group and key[2] == name and key[1] != place]:
            yield (*key, "")

    def _policy(self, event: PolicyDefined) -> Iterator[Wanted]:
        """All of it at once: what it does not name acts without a second person."""
        named = {rule.kind.name: approval_text(rule) for rule in event.rules}
        for key in [key for key in self.standing if key[0] is Group.POLICY and key[2] not in named]:
            yield (*key, "")
        for name, value in named.items():
            yield Group.POLICY, "FIRM", name, value


def _of_people_and_instruments(event: Event) -> Iterator[Wanted]:
    if isinstance(event, RestrictionSet):
        node = " ".join(word for word in (event.node.name, event.node_id) if word)
        yield Group.RESTRICTION, node, f"{event.kind.name} {event.instrument_id}", "on" if event.restricted else ""
    elif isinstance(event, HaltChanged):
        subject = event.instrument_id or event.mic
        yield Group.RESTRICTION, "FIRM", f"HALT {subject}", "on" if event.halted else ""
    elif isinstance(event, LocateSet):
        located = str(event.qty) if event.qty else ""
        yield Group.RESTRICTION, f"ACCOUNT {event.account_id}", f"LOCATE {event.instrument_id}", located
    elif isinstance(event, EntitlementSet):
        holder = event.holder_id or f"session {event.session}"
        yield Group.ENTITLEMENT, place_text(event.place), holder, "granted" if event.granted else ""
    elif isinstance(event, UserDefined):
        yield Group.PERSON, "FIRM", event.user_id, event.role.name if event.active else f"{event.role.name}, not active"


SETTINGS: Final = (
    LimitsSet,
    LimitPlaced,
    LimitRemoved,
    RuleDefined,
    RuleRemoved,
    PolicyDefined,
    CheckPluginLoaded,
    CheckPluginRemoved,
    RestrictionSet,
    HaltChanged,
    LocateSet,
    EntitlementSet,
    UserDefined,
)

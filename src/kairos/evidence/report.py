"""Facts, controls and tests as a document in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kairos.evidence.control_names import CHINESE
from kairos.evidence.document import Document, Section, Table
from kairos.evidence.facts import Approval, Facts, Kill, Response
from kairos.evidence.settings import Group
from kairos.evidence.timing import Durations
from kairos.evidence.words import Language
from kairos.history.moments import moment_text
from kairos.model.refusals import REFUSAL_RULES, RefusalCode
from kairos.risk.control import Control
from kairos.risk_examples.record import RecordedRun

NS_A_US: Final = 1000


def report(
    facts: Facts, controls: Iterable[Control], tests: list[RecordedRun], journal: str, version: str, tag: str
) -> Document:
    """`journal` names the file, `version` is of Kairos, `tag` one of `words.LANGUAGES`."""
    say = Language(tag)
    sections = (
        _controls(facts, controls, tests, say),
        _settings(facts, say),
        _changes(facts, say),
        _by_client(facts, say),
        _by_day(facts, say),
        _soft(facts, say),
        _approvals(facts.approvals, say),
        _kills(facts.kills, say),
        _responses(facts.responses, say),
        _commands(facts, say),
        _speed(facts, tests, say),
        _tests(tests, say),
    )
    return Document(tag, say.say("title"), _head(facts, journal, say), sections, say.say("end", version=version))


def _head(facts: Facts, journal: str, say: Language) -> tuple[tuple[str, str], ...]:
    span = say.say("no_events")
    if facts.events:
        span = say.say("span_value", events=facts.events, first=facts.first_seq, last=facts.last_seq)
    return (
        (say.say("journal"), journal),
        (say.say("span"), span),
        (say.say("first"), _time(facts.first_at_ns)),
        (say.say("last"), _time(facts.last_at_ns)),
        (say.say("decided"), str(facts.orders)),
        (say.say("refused_total"), str(sum(facts.refused.values()))),
    )


def _controls(facts: Facts, controls: Iterable[Control], tests: list[RecordedRun], say: Language) -> Section:
    """Those of the gate, then whatever else refused."""
    rows, told = [], set()
    for control in controls:
        code = control.code.value
        name = say.of((control.name, *CHINESE.get(code, (control.name, control.name))))
        refusals = str(facts.refused.get(code, 0))
        rows.append((code, name, control.clauses, control.where, refusals, *_tested(code, tests, say)))
        told.add(code)
    for code in sorted(set(facts.refused) - told):
        english = REFUSAL_RULES[RefusalCode(code)].text
        name = say.of((english, *CHINESE.get(code, (english, english))))
        rows.append((code, name, "", "", str(facts.refused[code]), *_tested(code, tests, say)))
    head = ("code", "control", "clause", "where", "refusals", "tested", "result")
    return _section(say, "s_controls", head, rows, numbers=(4, 6), paragraphs=("s_controls_p",))


def _tested(code: str, tests: list[RecordedRun], say: Language) -> tuple[str, str]:
    """When an example last asked for this refusal, and how that went."""
    of_code = [test for test in tests if code in test.passed or code in test.failed]
    if not of_code:
        return say.say("never"), ""
    last = max(of_code, key=lambda test: test.at_ns)
    return _time(last.at_ns), f"{last.passed.get(code, 0)} / {last.failed.get(code, 0)}"


def _settings(facts: Facts, say: Language) -> Section:
    rows = [
        (_group(one.group, say), one.place, one.name, one.value, _time(one.at_ns), _who(one.user_id, say), one.text)
        for one in facts.settings
    ]
    return _section(say, "s_settings", ("kind", "place", "name", "value", "since", "by", "text"), sorted(rows))


def _changes(facts: Facts, say: Language) -> Section:
    rows = [
        (
            _time(change.at_ns),
            _group(change.group, say),
            change.place,
            change.name,
            change.old or "–",
            change.new or "–",
            _who(change.user_id, say),
            change.text,
        )
        for change in facts.changes
    ]
    return _section(say, "s_changes", ("at", "kind", "place", "name", "old", "new", "by", "text"), rows)


def _by_client(facts: Facts, say: Language) -> Section:
    rows = [(*of, str(count)) for of, count in sorted(facts.refused_of.items())]
    head = ("code", "client", "account", "count")
    return _section(say, "s_by_client", head, rows, numbers=(3,), paragraphs=("s_by_client_p",))


def _by_day(facts: Facts, say: Language) -> Section:
    days = sorted(facts.refused_on.items(), key=lambda item: (item[0][1], item[0][0]))
    rows = [(_date(date), code, str(count)) for (code, date), count in days]
    return _section(say, "s_by_day", ("day", "code", "count"), rows, numbers=(2,))


def _soft(facts: Facts, say: Language) -> Section:
    rows = [
        (_time(one.at_ns), str(one.order_id), one.code, one.seen, one.reason, one.user_id) for one in facts.soft_passes
    ]
    return _section(say, "s_soft", ("at", "order", "code", "seen", "text", "who"), rows)


def _approvals(approvals: list[Approval], say: Language) -> Section:
    rows = []
    for one in approvals:
        is_open = one.outcome is None
        outcome = say.say("open") if one.outcome is None else one.outcome.name
        decided = ("", "", "") if is_open else (one.decided_by, _seconds(one.waited_ns()), one.text)
        rows.append(
            (_time(one.asked_at_ns), str(one.approval_id), one.kind, one.summary, one.asked_by, outcome, *decided)
        )
    head = ("at", "number", "kind", "summary", "asked_by", "outcome", "decided_by", "waited", "text")
    return _section(say, "s_approvals", head, rows, numbers=(7,))


def _kills(kills: list[Kill], say: Language) -> Section:
    rows = [
        (
            _time(kill.at_ns),
            kill.place,
            kill.user_id,
            kill.text,
            f"{kill.canceled} / {kill.ended}",
            _seconds(kill.took_ns) if kill.completed_at_ns else say.say("not_yet"),
            _time(kill.released_at_ns) or say.say("not_yet"),
            kill.released_by,
            kill.release_text,
        )
        for kill in kills
    ]
    head = ("at", "place", "who", "text", "canceled", "took", "released", "released_by", "text")
    return _section(say, "s_kills", head, rows, numbers=(4, 5))


def _responses(responses: list[Response], say: Language) -> Section:
    rows = [
        (
            _time(one.at_ns),
            one.rule_id,
            one.place,
            str(one.level),
            f"{one.seen} ({say.say('threshold')} {one.threshold})",
            (say.say("dry") if one.dry_run else "") + one.actions,
            one.cause,
            _seconds(one.latency_ns),
            str(one.orders),
            _seconds(one.completed_ns) if one.completed_ns else "",
            " ".join(part for part in (_time(one.released_at_ns), one.release, one.released_by) if part),
        )
        for one in responses
    ]
    head = ("at", "rule", "place", "level", "seen", "actions", "cause", "latency", "orders", "completed", "released")
    return _section(say, "s_responses", head, rows, numbers=(3, 7, 8, 9))


def _commands(facts: Facts, say: Language) -> Section:
    rows = [(*of, str(count)) for of, count in sorted(facts.commands_refused.items())]
    return _section(say, "s_commands", ("command", "code", "who", "count"), rows, numbers=(3,))


def _speed(facts: Facts, tests: list[RecordedRun], say: Language) -> Section:
    timed = (("t_durable", facts.durable), ("t_responded", facts.responded), ("t_killed", facts.killed))
    rows = [_timed(say.say(key), durations) for key, durations in timed if durations.count]
    rows += [_timed_in(test, say) for test in tests[-1:] if test.decided.orders]
    head = ("what", "count", "least", "p50", "p99", "largest")
    return _section(say, "s_speed", head, rows, numbers=(1, 2, 3, 4, 5), paragraphs=("s_speed_p",))


def _timed(what: str, d: Durations) -> tuple[str, ...]:
    times = (d.least_ns, d.at_most_ns(50), d.at_most_ns(99), d.largest_ns)
    return (what, str(d.count), *(_seconds(ns) for ns in times))


def _timed_in(test: RecordedRun, say: Language) -> tuple[str, ...]:
    """How long the engine alone took for an order, in the last test."""
    orders, *times = test.decided
    return (say.say("t_decided"), str(orders), *map(_seconds, times))


def _tests(tests: list[RecordedRun], say: Language) -> Section:
    rows = [
        (_time(test.at_ns), test.by, test.version, " ".join(test.files), str(test.examples), str(test.failures))
        for test in tests
    ]
    head = ("at", "who", "version", "files", "examples", "failures")
    return _section(say, "s_tests", head, rows, numbers=(4, 5), paragraphs=("s_tests_p",))


def _section(
    say: Language,
    title: str,
    head: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    numbers: tuple[int, ...] = (),
    paragraphs: tuple[str, ...] = (),
) -> Section:
    all_rows = tuple(rows)
    texts = tuple(say.say(key) for key in paragraphs)
    if not all_rows:
        return Section(say.say(title), (*texts, say.say("none")), None)
    return Section(say.say(title), texts, Table(tuple(map(say.say, head)), all_rows, frozenset(numbers)))


def _group(group: Group, say: Language) -> str:
    return say.say(f"g_{group.value}")


def _who(user_id: str, say: Language) -> str:
    return user_id or say.say("house")


def _time(at_ns: int) -> str:
    return moment_text(at_ns) if at_ns else ""


def _date(trading_date: int) -> str:
    text = str(trading_date)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if trading_date else "–"


def _seconds(ns: int) -> str:
    """Exact to the nanosecond, in the unit in which it is read: `1.500000000 s`, `84.215 us`."""
    if ns >= NS_A_US**3:
        return f"{ns // NS_A_US**3}.{ns % NS_A_US**3:09d} s"
    if ns >= NS_A_US**2:
        return f"{ns // NS_A_US**2}.{ns % NS_A_US**2:06d} ms"
    return f"{ns // NS_A_US}.{ns % NS_A_US:03d} us"

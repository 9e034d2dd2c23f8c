"""Messages and sums as objects for programs: values as text, groups nested, nothing left out but secrets."""

from __future__ import annotations

from typing import Any, Final

from kairos.fix_tools.analysis import LogMessage
from kairos.fix_tools.fields import FieldList, Node, nest
from kairos.fix_tools.meanings import Meanings
from kairos.fix_tools.sequences import Run
from kairos.fix_tools.summary import Count, Summary

_MAX_GAPS_TOLD: Final = 100

Object = dict[str, Any]


def message_as_json(message: LogMessage, meanings: Meanings) -> Object:
    found = message.found
    return {
        "message": message.number,
        "file": found.source,
        "line": found.line,
        "time": message.time,
        "direction": message.direction,
        "prefix": found.prefix.decode("utf-8", "replace"),
        "delimiter": found.delimiter.decode("utf-8", "replace"),
        "version": message.choice.version,
        "session": message.session,
        "seq": message.seq,
        "type": message.msg_type,
        "name": message.spec.name if message.spec is not None else "",
        "state": message.state.value,
        "fields": [_field(node, message, meanings) for node in nest(message.fields.all, message.spec)],
        "problems": [{"reason": each.code, "tag": each.tag or None, "text": each.text} for each in message.problems],
        "notes": message.notes,
    }


def _field(node: Node, message: LogMessage, meanings: Meanings) -> Object:
    fields: FieldList = message.fields
    tag = node.field.tag
    result: Object = {
        "tag": tag or None,
        "name": message.field_name(tag),
        "value": fields.text(node.field),
    }
    meaning = meanings.of(tag, result["value"])
    if meaning:
        result["meaning"] = meaning
    if node.entries is not None:
        result["entries"] = [[_field(each, message, meanings) for each in entry] for entry in node.entries]
    return result


def summary_as_json(summary: Summary) -> Object:
    reasons = summary.reasons_by_count()
    return {
        "summary": {
            **_count(summary.all),
            "types": {name: _count(count) for name, count in summary.types_by_count()},
            "reasons": {code: {"messages": r.count, "first": r.first, "text": r.text} for code, r in reasons},
            "sessions": [
                {"session": session, **_run(run)}
                for session, runs in summary.sequences.directions.items()
                for run in runs
            ],
        }
    }


def _count(count: Count) -> Object:
    return {"messages": count.total, "valid": count.valid, "rejected": count.rejected, "garbled": count.garbled}


def _run(run: Run) -> Object:
    return {
        "messages": run.count,
        "first": run.first,
        "last": run.last,
        "missing": run.missing(),
        "gaps": [list(gap) for gap in run.gaps[:_MAX_GAPS_TOLD]],
        "more_gaps": run.lost_gaps + max(0, len(run.gaps) - _MAX_GAPS_TOLD),
        "repeated": run.repeated,
        "resent": run.resent,
    }

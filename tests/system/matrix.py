"""Plays a scenario of FIX's order state change matrices over sockets: a client asks, a venue answers, and each row that
the client should receive is compared with what it received.

The rows of the data say what the client is told; what the venue does to bring a row about follows from the row. A row
that needs no venue (a pending request, a refusal at the door, the answer to a status request) comes by itself.
"""

from __future__ import annotations

from decimal import Decimal

from tests.system.fix_peer import Fields, FixPeer, utc_now
from tests.system.running_engine import RunningEngine
from tests.system.venue_peer import Held, VenuePeer

from kairos.model.commands import RecordTrade, StartTradingDay, SubmitOrder
from kairos.model.enums import HandlInst, OrdType, Side, TimeInForce
from kairos.model.events import OrderAccepted
from kairos.model.numbers import parse_price
from kairos.model.values import Terms

PX = "1000"
OFF_TICK = "1000.05"
DAY_FIELDS = (424, 425)
NOTHING_LEFT = frozenset(("3", "4", "8", "B", "C"))
# What a client's order may carry only by agreement with its venue, and is no matter of states: ExecInst(18).
NOT_SENT = frozenset(("18",))

Step = dict[str, object]


class Table:
    """Who sits at it for one scenario: the client, its account and instrument, the venue that its orders go to."""

    def __init__(
        self, engine: RunningEngine, client: FixPeer, venue: VenuePeer, client_id: str, symbol: str, instrument_id: str
    ) -> None:
        self.engine = engine
        self.client = client
        self.venue = venue
        self.client_id = client_id
        self.symbol = symbol
        self.instrument_id = instrument_id
        self.account_id = f"A-{client_id}"


class Play:
    """One scenario. `names` are the scenario's ClOrdIDs, told apart from other scenarios' by a prefix."""

    def __init__(self, scenario: dict[str, object], table: Table, day: int) -> None:
        self.id = str(scenario["id"])
        steps = scenario["steps"]
        assert isinstance(steps, list)
        self.steps: list[Step] = crossed([step for step in steps if not step.get("alt")])
        self.table = table
        self.day = day
        self.version = table.client.begin_string
        self.prefix = f"{self.id}/{self.version[-1]}/"
        self.seen = len(table.client.reports)
        self.held: dict[str, Held] = {}
        self.qty: dict[str, int] = {}
        self.cum = 0
        self.phoned_id = 0
        self.time_in_force = "0"
        self.venue_exec_id = ""  # of what the venue has just executed or amended, and its quantity
        self.last = 0
        self.venue_exec_ids: dict[str, tuple[str, int]] = {}  # by our ExecID(17): the venue's last, and the quantity
        self.exec_ids: dict[str, str] = {}  # the scenario's letter -> our ExecID(17)

    def run(self) -> None:
        if self.id == "F.1.c":
            self._phone(copy="X")  # the event stands after the order that it makes a duplicate
        for at, step in enumerate(self.steps):
            if step["dir"] == "in":
                self._ask(step, self._answer_to(step, at))
            elif step["dir"] == "out":
                self._bring_about(step)
                self._expect(step)
            elif self.id == "E.1.a":
                self._phone(copy="")

    def _answer_to(self, step: Step, at: int) -> str:
        """ExecType(150) of the first row under the request's ClOrdID, or the MsgType(35) of a refusal."""
        for row in self.steps[at + 1 :]:
            if row["dir"] == "out" and row["cl"] == step["cl"]:
                return "9" if row["msg"] == "9" else kind_of(row, self.cum)
        return ""

    # The client

    def _ask(self, step: Step, answer: str) -> None:
        cl, kind = str(step["cl"]), str(step["msg"])
        fields = {11: self.prefix + cl, 54: "1", 55: self.table.symbol, 60: utc_now()}
        if kind == "D":
            self._order(step, fields)
            return
        orig = str(step["orig"] or "")
        if kind == "F":
            self.table.client.send("F", fields | {41: self.prefix + orig, 38: str(step["qty"])})
        elif kind == "G":
            qty, px = int(str(step["qty"])), self._price_of_replace(step, answer)
            self.qty[cl] = qty
            terms = {21: "1", 38: str(qty), 40: "2", 44: px, 59: self.time_in_force}
            self.table.client.send("G", fields | {41: self.prefix + orig} | terms)
        else:
            del fields[60]
            self.table.client.send("H", fields)
        if orig in self.held:
            self.held[cl] = self.held[orig]

    def _price_of_replace(self, step: Step, answer: str) -> str:
        """A replace that keeps the quantity changes the price; one that is refused at the door is off the tick."""
        if answer == "9" and self.id.startswith("D.1.b"):
            return OFF_TICK
        return "990" if step["qty"] == self.qty.get(str(step["orig"])) else PX

    def _order(self, step: Step, fields: dict[int, str]) -> None:
        cl = str(step["cl"])
        tags = {int(tag): value for tag, value in tags_of(step).items() if tag not in NOT_SENT}
        self.time_in_force = tags.get(59, "0")
        fields |= {1: self.table.account_id, 21: "1", 40: "2", 44: PX, 59: self.time_in_force}
        if step["qty"]:
            fields[38] = str(step["qty"])
        else:
            del fields[44]  # an amount of money buys at the market
            fields[40] = "1"
        is_new = cl not in self.held
        self.table.client.send("D", tags | fields)
        if is_new and self.id != "F.1.c":
            self.held[cl] = self.table.venue.new_order()
            self.qty[cl] = self.held[cl].qty

    # People

    def _phone(self, copy: str) -> None:
        terms = Terms(10_000, OrdType.LIMIT, parse_price(PX), 0, TimeInForce.DAY, 0, 0)
        t = self.table
        command = SubmitOrder(
            session="", client_id=t.client_id, cl_ord_id="", account_id=t.account_id,
            instrument_id=t.instrument_id, side=Side.BUY, handl_inst=HandlInst.MANUAL, terms=terms, venue_id="",
            text="", transact_time_ns=0, poss_resend=False, user_id="tina",
            verbal_cl_ord_id=self.prefix + copy if copy else "",
        )  # fmt: skip
        (accepted,) = t.engine.do(command)
        assert isinstance(accepted, OrderAccepted), accepted
        self.phoned_id = int(accepted.order_id)

    # The venue

    def _bring_about(self, row: Step) -> None:
        if row["msg"] == "9":
            self._refuse_if_asked(row)
            return
        kind = kind_of(row, self.cum)
        held = self.held.get(str(row["cl"]))
        if row["cl"] == "-":
            self._record(row, kind)
        elif held is not None and kind in "0F345D7GH":
            self._venue_says(kind, row, held)
        self.cum = int(str(row["cum"] or 0)) if kind != "8" else self.cum

    def _record(self, row: Step, kind: str) -> None:
        if kind == "F":
            qty, px = int(str(row["last"])), parse_price(PX)
            self.table.engine.do(RecordTrade(self.phoned_id, qty, px, "BANK", "tina"))

    def _venue_says(self, kind: str, row: Step, held: Held) -> None:
        venue, tags = self.table.venue, tags_of(row)
        px, last = tags.get("31", PX), int(str(row["last"] or 0))
        self.venue_exec_id, self.last = "", last
        if kind == "0":
            venue.acknowledge(held)
        elif kind == "F":
            self.venue_exec_id = venue.fill(held, last, px)
        elif kind == "3":
            venue.done_for_day(held)
        elif kind == "4":
            if row["orig"]:
                held.requests.append(venue.request(held))  # it has come
            venue.cancel(held, tags.get("378", ""))
        elif kind == "5":
            venue.replace(held)
        elif kind == "D":
            self._restate(row, held, tags["378"])
        elif kind == "7":
            venue.stop(held, last, px)
        else:
            self._amend(kind, held, last, px, tags["19"])

    def _restate(self, row: Step, held: Held, reason: str) -> None:
        """The GT orders of the matrices are restated in the morning of the next day."""
        if reason in ("0", "1"):
            self.table.engine.do(StartTradingDay(self.day))
        qty, cum = int(str(row["qty"])), int(str(row["cum"] or 0))
        self.table.venue.restate(held, qty, cum, reason, "500" if reason == "0" else "")

    def _amend(self, kind: str, held: Held, last: int, px: str, letter: str) -> None:
        ref, before = self.venue_exec_ids[self.exec_ids[letter]]
        if kind == "H":
            self.venue_exec_id = self.table.venue.bust(held, before, ref)
        else:
            self.venue_exec_id = self.table.venue.correct(held, before, last, px, ref)

    def _refuse_if_asked(self, row: Step) -> None:
        """A request that is pending is refused by the venue; others were refused at the door."""
        told_as_pending = any(
            step["dir"] == "out" and step["cl"] == row["cl"] and step.get("exectype") in ("6", "E")
            for step in self.steps[: self.steps.index(row)]
        )
        if told_as_pending:
            self.table.venue.refuse_request(self.held[str(row["cl"])], str(row.get("cxlrejreason") or "2"))

    # What the client receives

    def _expect(self, row: Step) -> None:
        wanted = self._wanted(row)
        while True:
            got = self._next_report()
            check_rules(got)
            if self._told(got, wanted) == wanted:
                break
            # The matrices leave out some pending reports, and F.1.c those of the order that was phoned.
            left_out = got.get(150) in ("6", "E") or (self.id == "F.1.c" and 11 not in got)
            assert left_out, f"{self.id}: wanted {wanted}, got {self._told(got, wanted)}: {got}"
        self._remember(row, got)

    def _next_report(self) -> Fields:
        client = self.table.client
        client.pump_until(lambda: len(client.reports) > self.seen)
        got = client.reports[self.seen]
        self.seen += 1
        mine = got.get(11, "").startswith(self.prefix) or (11 not in got and got.get(37) == str(self.phoned_id))
        return got if mine else self._next_report()

    def _wanted(self, row: Step) -> dict[int, object]:
        """By tag; None for a field that must not be there."""
        cl = None if row["cl"] == "-" else self.prefix + str(row["cl"])
        orig = self.prefix + str(row["orig"]) if row["orig"] else None
        if row["msg"] == "9":
            reason = row.get("cxlrejreason")
            wanted: dict[int, object] = {35: "9", 11: cl, 41: orig, 39: row["ordstatus"]}
            return wanted | ({102: reason} if reason else {}) | ({37: row["37"]} if row.get("37") else {})
        wanted = {35: "8", 11: cl, 41: orig, 150: row["exectype"], 39: row["ordstatus"]}
        wanted |= {38: number(row["qty"]), 14: number(row["cum"]), 151: number(row["leaves"])}
        if row["last"]:
            wanted[32] = number(row["last"])
        if row.get("exectranstype") is not None:
            wanted[20] = row["exectranstype"]
        for tag, value in tags_of(row).items():
            if tag == "19":
                wanted[19] = self.exec_ids[value]
            elif tag != "17":
                wanted[int(tag)] = number(value)
        return wanted

    def _told(self, got: Fields, wanted: dict[int, object]) -> dict[int, object]:
        """The same fields as they were received."""
        return {
            tag: number(got.get(tag, "0")) if isinstance(value, Decimal) else got.get(tag)
            for tag, value in wanted.items()
        }

    def _remember(self, row: Step, got: Fields) -> None:
        if row["msg"] != "8":
            return
        letter = tags_of(row).get("17")
        if letter:
            self.exec_ids[letter] = got[17]
        if self.venue_exec_id:
            self.venue_exec_ids[got[17]] = (self.venue_exec_id, self.last)
            self.venue_exec_id = ""


def crossed(steps: list[Step]) -> list[Step]:
    """A row that crosses the request before it was on its way already: it goes first."""
    out: list[Step] = []
    for step in steps:
        if step.get("cross") and out and out[-1]["dir"] == "in":
            out.insert(len(out) - 1, step)
        else:
            out.append(step)
    return out


def tags_of(step: Step) -> dict[str, str]:
    tags = step.get("tags") or {}
    assert isinstance(tags, dict)
    return tags


def kind_of(row: Step, cum_before: int) -> str:
    """FIX 4.4's ExecType(150) of a row, which FIX 4.2 says with ExecTransType(20) and by what the quantities do."""
    exec_type, trans_type = str(row["exectype"]), row.get("exectranstype")
    if trans_type is None:
        return exec_type
    if trans_type != "0":
        return {"1": "H", "2": "G", "3": "I"}[str(trans_type)]
    if exec_type not in ("1", "2"):
        return exec_type
    return "F" if int(str(row["cum"] or 0)) > cum_before else "7"


def number(value: object) -> Decimal | str:
    text = str(value or 0)
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def check_rules(got: Fields) -> None:
    """What holds of every ExecutionReport(8), whatever the scenario."""
    if got[35] != "8":
        return
    order_qty, cum, leaves = (int(got.get(tag, "0")) for tag in (38, 14, 151))
    if leaves or got[39] not in NOTHING_LEFT:
        assert order_qty == cum + leaves, got
    is_fill = got[150] in "FG" or (8 in got and got[8] == "FIX.4.2" and got[150] in "12" and got[20] in "02")
    assert is_fill or got[150] == "7" or not int(got.get(32, "0")), got
    assert (19 in got) == (got[150] in "GH" or got.get(20) in ("1", "2")), got
    assert (20 in got) == (got[8] == "FIX.4.2"), got
    for tag in DAY_FIELDS:
        assert (tag in got) == (DAY_FIELDS[0] in got), got
    if DAY_FIELDS[0] in got:
        assert int(got[424]) == order_qty - (cum - int(got[425])), got

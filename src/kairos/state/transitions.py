"""The one transition table: what each happening does to an order or route in each state.

The table is the FIX order state change matrices (FIX 4.4 volume 4, appendix D of FIX 4.2) and what real venues do
beyond them. A row is the state without what is pending: a pending cancel or replace lies over it (see
`Order.ord_status`), since FIX ranks PENDING_CANCEL and PENDING_REPLACE above every other state and fills go on
underneath.

Cells:
  a FIX code   the next state
  =            legal, the state stays
  q            legal, the state follows the quantities: NEW, PARTIALLY_FILLED or FILLED
  f            legal, FILLED when nothing is left to fill, else the state stays
  +            legal only for a replace that raises OrderQty(38) above CumQty(14), then `q`
  late         refused: TOO_LATE
  no           refused: ILLEGAL_STATE
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64, mypyc_attr

from kairos.model.enums import Code, OrdStatus
from kairos.model.refusals import RefusalCode


class Happening(Code):
    """What can happen to an order or route: a column of the table, in their order, by a letter."""

    ACKNOWLEDGED = "a"
    REJECTED = "b"
    TRADED = "c"
    CANCELED = "d"
    EXPIRED = "e"
    DONE_FOR_DAY = "f"
    CANCEL_REQUESTED = "g"
    REPLACE_REQUESTED = "h"
    REPLACED = "i"
    RESTATED = "j"
    SUSPENDED = "k"
    STOPPED = "l"
    BUSTED = "m"
    CORRECTED = "n"
    LOST = "o"


TABLE_TEXT: Final = """
state              ack   reject trade cancel expire done  cxl?  rpl?  replace restate suspend stop  bust  correct lost
PENDING_NEW        0     8      q     4      C      3     =     =     q       q       9       7     no    no      ?
NEW                =     8      q     4      C      3     =     =     q       q       9       7     no    no      ?
PARTIALLY_FILLED   =     no     q     4      C      3     =     =     q       q       9       7     q     q       ?
STOPPED            =     8      f     4      C      3     =     =     f       q       9       =     f     f       =
SUSPENDED          =     8      f     4      C      3     =     =     f       q       =       7     f     f       =
UNKNOWN            q     8      q     4      C      3     =     no    q       q       9       7     q     q       =
FILLED             =     no     no    no     no     no    late  +     q       no      no      no    q     q       =
DONE_FOR_DAY       =     no     f     4      C      =     =     late  f       q       9       7     =     f       =
CANCELED           =     no     f     =      =      =     late  late  no      no      no      no    =     f       =
EXPIRED            =     no     f     =      =      =     late  late  no      no      no      no    =     f       =
CALCULATED         =     no     f     4      C      3     late  late  no      no      no      no    =     f       =
REJECTED           no    =      no    no     no     no    late  late  no      no      no      no    no    no      no
"""


class Move(Code):
    """How a cell of the table names the next state."""

    STATE = "state"
    STAY = "="
    BY_QTY = "q"
    IF_FILLED = "f"
    RAISE_ONLY = "+"
    REFUSE = "refuse"


@mypyc_attr(acyclic=True)
class Cell:
    """One decided pair: how it moves, to which state, or which refusal it is."""

    def __init__(self, move: Move, state: OrdStatus, code: RefusalCode) -> None:
        self.move: Final[Move] = move
        self.state: Final[OrdStatus] = state
        self.code: Final[RefusalCode] = code


def _cell(text: str, row: OrdStatus) -> Cell:
    if text == "late":
        return Cell(Move.REFUSE, row, RefusalCode.TOO_LATE)
    if text == "no":
        return Cell(Move.REFUSE, row, RefusalCode.ILLEGAL_STATE)
    if text in ("=", "q", "f", "+"):
        return Cell(Move(text), row, RefusalCode.NONE)
    return Cell(Move.STATE, OrdStatus(text), RefusalCode.NONE)


def _read_table(text: str) -> dict[OrdStatus, dict[Happening, Cell]]:
    lines = text.strip().splitlines()
    columns = list(Happening)
    table: dict[OrdStatus, dict[Happening, Cell]] = {}
    for line in lines[1:]:
        name, *cells = line.split()
        row = OrdStatus[name]
        table[row] = {happening: _cell(cell, row) for happening, cell in zip(columns, cells, strict=True)}
    return table


TABLE: Final[dict[OrdStatus, dict[Happening, Cell]]] = _read_table(TABLE_TEXT)


FIRST_COLUMN: Final = 97  # "a"


def _by_character(table: dict[OrdStatus, dict[Happening, Cell]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(128)]
    for state, row in table.items():
        rows[ord(state.value)] = list(row.values())
    return rows


# The rows by the character of their state: a list is asked in a fraction of the time that a dict takes.
ROWS: Final[list[list[Cell]]] = _by_character(TABLE)


def cell_of(state: OrdStatus, happening: Happening) -> Cell:
    """What the table says of this pair."""
    return _cell_at(state, happening)


def _cell_at(state: str, happening: str) -> Cell:
    return ROWS[ord(state[0])][ord(happening[0]) - FIRST_COLUMN]


def refusal_of(state: OrdStatus, happening: Happening) -> RefusalCode:
    """NONE when the happening is legal in this state, else the code of its refusal."""
    return cell_of(state, happening).code


def next_state(state: OrdStatus, happening: Happening, order_qty: i64, cum_qty: i64) -> OrdStatus:
    """The state after a legal happening, given the quantities after it. An illegal one leaves the state."""
    cell = cell_of(state, happening)
    move = cell.move
    if move is Move.STATE:
        return cell.state
    if move is Move.BY_QTY or move is Move.RAISE_ONLY:
        return state_by_qty(order_qty, cum_qty)
    if move is Move.IF_FILLED and cum_qty >= order_qty:
        return OrdStatus.FILLED
    return state


def state_by_qty(order_qty: i64, cum_qty: i64) -> OrdStatus:
    """NEW, PARTIALLY_FILLED or FILLED, as the quantities say."""
    if cum_qty >= order_qty:
        return OrdStatus.FILLED
    return OrdStatus.PARTIALLY_FILLED if cum_qty > 0 else OrdStatus.NEW


def is_open(state: OrdStatus) -> bool:
    """Whether more may be executed in this state."""
    return (
        state is OrdStatus.NEW
        or state is OrdStatus.PARTIALLY_FILLED
        or state is OrdStatus.PENDING_NEW
        or state is OrdStatus.UNKNOWN
        or state is OrdStatus.SUSPENDED
        or state is OrdStatus.STOPPED
    )

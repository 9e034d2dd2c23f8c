"""How clients' orders meet the tape, where a market's data leaves a choice."""

from __future__ import annotations

from enum import Enum
from typing import Final

from mypy_extensions import i64

from kairos.venue.tape_impact import Impact

MILLISECOND_NS: Final = 1_000_000


class Cancels(Enum):
    """Whom the tape's cancels let move up, where the tape doesn't say who canceled."""

    BEHIND = "behind"  # those behind cancel first: an order moves up only when less is shown than stands before it
    PRO_RATA = "pro_rata"  # those before it cancel in proportion to what they are of all that is shown


class TapeRules:
    """The choices of one instrument.

    `late_print_ns`: a tape often prints a trade after the quote that the trade caused. Where a smaller size has moved
    an order up, prints at its price are taken for that same fall for so long, and don't move it up again.
    """

    def __init__(
        self,
        cancels: Cancels = Cancels.BEHIND,
        late_print_ns: i64 = 1000 * MILLISECOND_NS,
        impact: Impact | None = None,
    ) -> None:
        if late_print_ns < 0:
            raise ValueError(f"late_print_ns must be 0 or more, not {late_print_ns}")
        self.pro_rata: Final = cancels is Cancels.PRO_RATA
        self.late_print_ns: Final[i64] = late_print_ns
        self.impact: Final = impact

"""A trader of the desk: sends half of each care order to the venue, over the engine's link, whenever that is up.

trader.py FOLDER CONFIG
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.torture.house import VENUE

from kairos.adapters.link_frames import LinkError
from kairos.cli.link import open_link
from kairos.model.commands import RouteOrder
from kairos.model.enums import HandlInst, OrdType, TimeInForce
from kairos.model.events import OrderAccepted
from kairos.model.values import Terms

TRADER = "trader"
RETRY_S = 0.2


def main() -> None:
    config = Path(sys.argv[2])
    while True:
        try:
            work(config)
        except (LinkError, OSError):
            time.sleep(RETRY_S)


def work(config: Path) -> None:
    """Until the link is lost; the engine says itself what can't be routed any more."""
    with open_link(config, TRADER) as link:
        link.snapshot(reference_only=True)
        for _seq, event in link.events():
            if isinstance(event, OrderAccepted) and event.handl_inst is HandlInst.MANUAL:
                half = max(event.terms.order_qty // 2, 1)
                terms = Terms(half, OrdType.LIMIT, event.terms.price, 0, TimeInForce.DAY, 0, 0)
                link.command(RouteOrder(event.order_id, VENUE, terms, TRADER))


if __name__ == "__main__":
    main()

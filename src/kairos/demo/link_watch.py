"""The engine's events as they become facts: a thread on the link feeds the blotter that screen and desk read."""

from __future__ import annotations

import threading
from collections import deque

from kairos.adapters.link_client import LinkClient
from kairos.adapters.link_frames import LinkError, read_or_make_token
from kairos.app.engine_process import link_token_file
from kairos.demo.cast import TRADER
from kairos.demo.setup import House
from kairos.desk.blotter import Blotter
from kairos.model.events import Event, MarkUpdated

AGAIN_S = 0.3
LISTEN_S = 0.2
# What the screen can show, and more than comes between two looks at it.
NEWS_KEPT = 64


class LinkWatch:
    """Follows the link, whoever restarts the engine. `take` hands over what has come since."""

    def __init__(self, house: House) -> None:
        self.blotter = Blotter()
        self.news: deque[Event] = deque(maxlen=NEWS_KEPT)
        self._house = house
        self._arrived: deque[Event | None] = deque()  # None: a new snapshot begins
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="link watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def take(self) -> None:
        """Fold what has arrived, in the caller's thread."""
        while self._arrived:
            event = self._arrived.popleft()
            if event is None:
                self.blotter = Blotter()
                continue
            self.blotter.apply(event)
            if not isinstance(event, MarkUpdated):
                self.news.append(event)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                with open_link(self._house, TRADER) as link:
                    self._listen(link)
            except (LinkError, OSError):
                self._stopping.wait(AGAIN_S)

    def _listen(self, link: LinkClient) -> None:
        events, _seq = link.snapshot()
        self._arrived.append(None)
        self._arrived.extend(events)
        while not self._stopping.is_set():
            for _seq, event in link.events(LISTEN_S):
                self._arrived.append(event)
                if self._stopping.is_set():
                    return


def open_link(house: House, user: str) -> LinkClient:
    """A connection to the demo's engine as one of its people."""
    token_file = link_token_file(house.config)
    if not token_file.exists():
        raise LinkError("the engine has not made its link token yet")
    return LinkClient.connect(house.config.link.socket, read_or_make_token(token_file), user)

"""Things by a number that counts up, in the order of their numbers: orders, routes, trades.

A dict would keep each number as an object, and hash it at every look: 70 bytes a thing. Here a number is a place on a
page. A page goes when the last of its things does, so what a shelf takes is bounded by what stands on it: at most a
page (1 KiB) a thing, where only one in a hundred stayed, and 9 bytes where all did. The list of pages itself begins
where the first thing stands, and takes 8 bytes for 128 numbers.

A thing may sleep: then its bytes stand in its place (`state.packed`), and whoever asks for it by its number wakes it.
Pages on which all sleep are passed over by whoever looks for what is awake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, TypeVar

from mypy_extensions import i64

T = TypeVar("T")

PAGE_BITS: Final = 7
PAGE: Final = 128
PLACE: Final = 127


class Waker:
    """Knows the bytes of what sleeps."""

    def wake(self, record: bytes) -> None:
        """Put what sleeps in these bytes back on its shelves."""
        raise NotImplementedError

    def is_gone(self, record: bytes) -> bool:
        """Whether the turn of the day that comes now forgets what sleeps in these bytes."""
        raise NotImplementedError


class Page(Generic[T]):
    """The things of `PAGE` numbers in a row, how many there are, and how many of them are awake."""

    def __init__(self) -> None:
        self.things: Final[list[T | bytes | None]] = [None] * PAGE
        self.count: i64 = 0
        self.awake: i64 = 0


class Shelf(Generic[T]):
    """As a dict by number, but for the order, which is that of the numbers."""

    def __init__(self, waker: Waker) -> None:
        self._waker: Final[Waker] = waker
        self._pages: list[Page[T] | None] = []
        self._first: i64 = 0  # number of the first page
        self._count: i64 = 0

    def get(self, number: i64) -> T | None:
        at = (number >> PAGE_BITS) - self._first
        if at < 0 or at >= len(self._pages):
            return None
        page = self._pages[at]
        if page is None:
            return None
        thing = page.things[number & PLACE]
        if isinstance(thing, bytes):
            self._waker.wake(thing)
            return self.if_awake(number)
        return thing

    def if_awake(self, number: i64) -> T | None:
        """The thing, unless it sleeps."""
        at = (number >> PAGE_BITS) - self._first
        page = self._pages[at] if 0 <= at < len(self._pages) else None
        thing = None if page is None else page.things[number & PLACE]
        return None if isinstance(thing, bytes) else thing

    def __getitem__(self, number: i64) -> T:
        thing = self.get(number)
        if thing is None:
            raise KeyError(number)
        return thing

    def __setitem__(self, number: i64, thing: T) -> None:
        page = self._page_for(number >> PAGE_BITS)
        place = number & PLACE
        before = page.things[place]
        if before is None:
            page.count += 1
            self._count += 1
        if before is None or isinstance(before, bytes):
            page.awake += 1
        page.things[place] = thing

    def lay(self, number: i64, record: bytes) -> None:
        """Let a thing that is awake sleep: these are its bytes."""
        page = self._page_for(number >> PAGE_BITS)
        page.things[number & PLACE] = record
        page.awake -= 1

    def __delitem__(self, number: i64) -> None:
        at = (number >> PAGE_BITS) - self._first
        page = self._pages[at] if 0 <= at < len(self._pages) else None
        if page is None or page.things[number & PLACE] is None:
            raise KeyError(number)
        self._take_off(page, number & PLACE)
        if page.count == 0:
            self._pages[at] = None
            self._drop_first_pages()

    def _take_off(self, page: Page[T], place: i64) -> None:
        if not isinstance(page.things[place], bytes):
            page.awake -= 1
        page.things[place] = None
        page.count -= 1
        self._count -= 1

    def __contains__(self, number: i64) -> bool:
        at = (number >> PAGE_BITS) - self._first
        page = self._pages[at] if 0 <= at < len(self._pages) else None
        return page is not None and page.things[number & PLACE] is not None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers())

    def numbers(self) -> list[int]:
        """Of all that stand here, asleep or not."""
        found: list[int] = []
        number: i64 = self._first << PAGE_BITS
        for page in self._pages:
            if page is not None:
                for place, thing in enumerate(page.things):
                    if thing is not None:
                        found.append(number + place)
            number += PAGE
        return found

    def awake(self) -> list[T]:
        """All that are awake now."""
        found: list[T] = []
        for page in self._pages:
            if page is not None and page.awake:
                for thing in page.things:
                    if thing is not None and not isinstance(thing, bytes):
                        found.append(thing)
        return found

    def record(self, number: i64) -> bytes | None:
        """The bytes of a thing that sleeps."""
        at = (number >> PAGE_BITS) - self._first
        page = self._pages[at] if 0 <= at < len(self._pages) else None
        thing = None if page is None else page.things[number & PLACE]
        return thing if isinstance(thing, bytes) else None

    def drop_asleep(self) -> None:
        """The day turns: let those that sleep go which it forgets."""
        for at, page in enumerate(self._pages):
            if page is not None and page.count > page.awake:
                for place, thing in enumerate(page.things):
                    if isinstance(thing, bytes) and self._waker.is_gone(thing):
                        self._take_off(page, place)
                if page.count == 0:
                    self._pages[at] = None
        self._drop_first_pages()

    def values(self) -> list[T]:
        """All that stand here now; they are awake then."""
        return [self[number] for number in self.numbers()]

    def items(self) -> list[tuple[int, T]]:
        return [(number, self[number]) for number in self.numbers()]

    def _page_for(self, page_number: i64) -> Page[T]:
        if not self._pages:
            self._first = page_number
        while page_number < self._first:
            self._pages.insert(0, None)
            self._first -= 1
        at = page_number - self._first
        while at >= len(self._pages):
            self._pages.append(None)
        page = self._pages[at]
        if page is None:
            page = Page()
            self._pages[at] = page
        return page

    def _drop_first_pages(self) -> None:
        """The list begins at a page that has something on it."""
        gone: i64 = 0
        for page in self._pages:
            if page is not None:
                break
            gone += 1
        del self._pages[:gone]
        self._first += gone

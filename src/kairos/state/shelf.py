"""Things by a number that counts up, in the order of their numbers: orders, routes, trades.

A dict would keep each number as an object, and hash it at every look: 70 bytes a thing. Here a number is a place on a
page. A page goes when the last of its things does, so what a shelf takes is bounded by what stands on it: at most a
page (1 KiB) a thing, where only one in a hundred stayed, and 9 bytes where all did. The list of pages itself begins
where the first thing stands, and takes 8 bytes for 128 numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, TypeVar

from mypy_extensions import i64

T = TypeVar("T")

PAGE_BITS: Final = 7
PAGE: Final = 128
PLACE: Final = 127


class Page(Generic[T]):
    """The things of `PAGE` numbers in a row, and how many there are."""

    def __init__(self) -> None:
        self.things: Final[list[T | None]] = [None] * PAGE
        self.count: i64 = 0


class Shelf(Generic[T]):
    """As a dict by number, but for the order, which is that of the numbers."""

    def __init__(self) -> None:
        self._pages: list[Page[T] | None] = []
        self._first: i64 = 0  # number of the first page
        self._count: i64 = 0

    def get(self, number: i64) -> T | None:
        at = (number >> PAGE_BITS) - self._first
        if at < 0 or at >= len(self._pages):
            return None
        page = self._pages[at]
        return None if page is None else page.things[number & PLACE]

    def __getitem__(self, number: i64) -> T:
        thing = self.get(number)
        if thing is None:
            raise KeyError(number)
        return thing

    def __setitem__(self, number: i64, thing: T) -> None:
        page = self._page_for(number >> PAGE_BITS)
        place = number & PLACE
        if page.things[place] is None:
            page.count += 1
            self._count += 1
        page.things[place] = thing

    def __delitem__(self, number: i64) -> None:
        at = (number >> PAGE_BITS) - self._first
        page = self._pages[at] if 0 <= at < len(self._pages) else None
        if page is None or page.things[number & PLACE] is None:
            raise KeyError(number)
        page.things[number & PLACE] = None
        page.count -= 1
        self._count -= 1
        if page.count == 0:
            self._pages[at] = None
            self._drop_first_pages()

    def __contains__(self, number: i64) -> bool:
        return self.get(number) is not None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        return iter([number for number, _ in self.items()])

    def values(self) -> list[T]:
        """All that stand here now."""
        found: list[T] = []
        for page in self._pages:
            if page is not None:
                for thing in page.things:
                    if thing is not None:
                        found.append(thing)
        return found

    def items(self) -> list[tuple[int, T]]:
        found: list[tuple[int, T]] = []
        number: i64 = self._first << PAGE_BITS
        for page in self._pages:
            if page is not None:
                for place, thing in enumerate(page.things):
                    if thing is not None:
                        found.append((number + place, thing))
            number += PAGE
        return found

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

"""Writes docs/PERFORMANCE.md, its Chinese page and the plots from docs/performance/results.json.

python -m bench.pages
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bench import plots
from bench.results import FILE, Found, Spread, load
from bench.words import DOES, FIGURES, PEERS, TAPE_LAYOUTS, TEXT

DOCS: Final = FILE.parent.parent
FOLDER: Final = FILE.parent
PAGES: Final = {"en": "PERFORMANCE.md", "zh": "PERFORMANCE.zh-Hant.md"}
PERCENTILES: Final = ("p50", "p90", "p99", "p99.9")


def shown(spread: Spread, digits: int = 0) -> str:
    """A median with its spread."""
    median = f"{spread['median']:,.{digits}f}"
    if spread["runs"] == 1:
        return median
    return f"{median} ({spread['least']:,.{digits}f}–{spread['most']:,.{digits}f})"


class Page:
    """One page in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._lines: list[str] = []

    def say(self, key: str, **values: object) -> str:
        return TEXT[key][self.lang].format(**values)

    def peer(self, name: str) -> str:
        return PEERS[name][self.lang]

    def figure(self, name: str) -> str:
        """A figure's name, which is English where it was measured."""
        if self.lang == "zh":
            for english, chinese in FIGURES.items():
                name = name.replace(english, chinese)
        return name

    def title(self, key: str, level: int = 2) -> None:
        self._lines += [f"{'#' * level} {self.say(key)}", ""]

    def text(self, text: str) -> None:
        self._lines += [text, ""]

    def again(self, name: str) -> None:
        self.text(f'{self.say("again")}: `make bench ARGS="{name}"`')

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        self._lines.append(f"| {' | '.join(head)} |")
        self._lines.append("|" + "---|" * len(head))
        self._lines += [f"| {' | '.join(row)} |" for row in rows]
        self._lines.append("")

    def plot(self, name: str, title: str) -> None:
        self.text(f"![{title}](performance/{name}.svg)")

    def lacking(self, reasons: dict[str, str]) -> None:
        if reasons:
            self.text(f"{self.say('lacking')}: {'; '.join(reasons.values())}.")

    def write(self) -> None:
        path = DOCS / PAGES[self.lang]
        path.write_text("\n".join(self._lines).rstrip() + "\n", "utf-8")


def fix_ack(page: Page, found: Found) -> None:
    page.text(page.say("fix_ack_how", **found))
    head = ["", page.say("orders_s"), page.say("cpu_us"), page.say("ratio"), page.say("does")]
    rows = []
    for name, each in found["servers"].items():
        ratio = f"{shown(each['ratio'], 1)} {page.say('times')}" if "ratio" in each and name != "sink" else ""
        rows.append([page.peer(name), shown(each["orders_s"]), shown(each["cpu_us"], 1), ratio, DOES[name][page.lang]])
    page.table(head, rows)
    page.plot("fix_ack", page.say("fix_ack"))
    page.lacking(found["lacking"])


def fix_latency(page: Page, found: Found) -> None:
    floor = {name: each["median"] for name, each in found["floor"].items()}
    page.text(page.say("fix_latency_how", sync=floor["fdatasync p50"], ping=floor["ping-pong p50"]))
    rows = []
    for name in (name for name in found if name.split()[0].isdigit()):
        rate, _, where = name.partition(" ")
        title = f"{int(rate):,} {page.say('orders_s')}" + (f", {page.say('in memory')}" if where else "")
        ratio = f"{shown(found[name]['ratio'], 1)} {page.say('times')}"
        rows.append([title, *(shown(found[name][p]) for p in PERCENTILES), ratio])
    page.table(["", *PERCENTILES, page.say("of floor")], rows)
    late = {"late99": floor["late p99"], "late999": floor["late p99.9"]}
    page.text(page.say("tail", sync99=floor["fdatasync p99"], sync999=floor["fdatasync p99.9"], **late))


def fix_load(page: Page, found: Found) -> None:
    page.text(page.say("fix_load_how"))
    rows = [
        [f"{rate:,}", shown(each["orders_s"]), *(shown(each[p]) for p in PERCENTILES), shown(each["cpu_us"], 1)]
        for rate, each in found["rates"]
    ]
    page.table([page.say("due"), page.say("orders_s"), *PERCENTILES, page.say("cpu_us")], rows)
    page.plot("fix_load", page.say("fix_load"))


def in_process(page: Page, found: Found) -> None:
    for work in ("fills", "cancels"):
        page.text(page.say(work))
        rows = []
        for name, each in found[work].items():
            ratios = ["", ""]
            if not name.startswith("kairos"):
                ratios = [f"{shown(each[ours], 1)} {page.say('times')}" for ours in ("kairos_off", "kairos_on")]
            rows.append([page.peer(name), shown(each["orders_s"]), shown(each["cpu_us"], 1), *ratios])
        heads = [page.peer(name) for name in ("kairos_off", "kairos_on")]
        page.table(["", page.say("orders_s"), page.say("cpu_us"), *heads], rows)
        page.plot(f"in_process_{work}", page.say(work))
    page.table(["", page.say("does")], [[page.peer(name), DOES[name][page.lang]] for name in found["fills"]])
    page.text(page.say("opentrade"))
    page.lacking(found["lacking"])


def risk_gate(page: Page, found: Found) -> None:
    page.text(page.say("risk_gate_how", orders=found["orders"]))
    heads = ["", *(page.say(key) for key in ("p50_us", "p99_us", "cpu_us", "ratio"))]
    for timed in ("check", "whole"):
        page.text(page.say(f"risk_gate_{timed}"))
        rows = []
        for work in ("clean", "tenth"):
            for name, each in found[f"{timed} {work}"].items():
                ratio = f"{shown(each['ratio'], 1)} {page.say('times')}" if "ratio" in each else ""
                figures = [shown(each[key], 2) for key in ("p50_us", "p99_us", "cpu_us")]
                rows.append([f"{page.peer(name)}, {page.say(f'risk_gate_{work}')}", *figures, ratio])
        page.table(heads, rows)
    page.table(["", page.say("does")], [[page.peer(name), DOES[name][page.lang]] for name in found["check clean"]])
    page.text(page.say("risk_gate_levels"))
    rows = [
        [page.say(name), *(shown(each[key], 2) for key in ("p50_us", "p99_us", "cpu_us"))]
        for name, each in found["levels"].items()
    ]
    page.table(heads[:-1], rows)
    page.lacking(found["lacking"])


def mark_to_cancel(page: Page, found: Found) -> None:
    page.text(page.say("mark_to_cancel_how", **found))
    rows = [
        [page.say(f"{which}_cancel"), *(shown(found["us"][f"{which} p{p}"]) for p in (50, 99))]
        for which in ("first", "last")
    ]
    page.table(["", "p50", "p99"], rows)


def order_book(page: Page, found: Found) -> None:
    page.text(page.say("order_book_how", **found))
    rows = []
    for name, each in found["books"].items():
        ratio = "" if name == "kairos_book" else f"{shown(each['ratio'], 1)} {page.say('times')}"
        figures = [shown(each["operations_s"]), shown(each["cpu_us"], 2), ratio]
        rows.append([page.peer(name), *figures, DOES[name][page.lang]])
    page.table(
        ["", page.say("operations_s"), page.say("cpu_us_each"), page.peer("kairos_book"), page.say("does")], rows
    )
    page.plot("order_book", page.say("order_book"))
    page.lacking(found["lacking"])


def lobster_book(page: Page, found: Found) -> None:
    page.text(page.say("lobster_book_how"))
    rows = []
    for name, each in found.items():
        messages = each["messages"]
        shares = [f"{depth}: {each['equal'][depth - 1] / messages:.3%}" for depth in sorted({1, len(each["equal"])})]
        if len(each["equal"]) > 2:
            shares.insert(1, f"{len(each['equal']) - 1}: {each['equal'][-2] / messages:.3%}")
        causes = [f"{page.say(cause)}: {count:,}" for cause, count in each["causes"].items()]
        met = f"{each['of these with the order named']:,} / {each['executions where all orders were seen']:,}"
        rows.append([name, f"{messages:,}", "<br>".join(shares), "<br>".join(causes), met])
    page.table(["", *(page.say(key) for key in ("messages", "equal_levels", "causes", "met_named"))], rows)


def tape(page: Page, found: Found) -> None:
    page.text(page.say("tape_how"))
    rows = []
    for layout, name in TAPE_LAYOUTS.items():
        each = found[layout]
        peaks = [f"{peak:,} MB" for peak in each["peak MB"].values()]
        rows.append([name[page.lang], shown(each["rows a second"]), *peaks])
    counts = [page.say("peak_at", rows=int(count)) for count in found["text"]["peak MB"]]
    page.table(["", page.say("rows_s"), *counts], rows)


def growth(page: Page, found: Found) -> None:
    page.text(page.say("growth_how"))
    for kind, points in found.items():
        page.table(
            [page.say(kind), *(f"{count:,}" for count, _ in points)],
            [[page.say("cpu_us"), *(shown(spread, 1) for _, spread in points)]],
        )
    page.plot("growth", page.say("growth"))


def listed(page: Page, found: Found) -> None:
    """Findings that are names and figures only."""
    page.table(["", ""], [[page.figure(name), f"{value:,}"] for name, value in found.items()])


def instructions(page: Page, found: Found) -> None:
    page.text(page.say("instructions_how"))
    listed(page, found)


SECTIONS: Final[dict[str, Callable[[Page, Found], None]]] = {
    "fix_ack": fix_ack,
    "fix_latency": fix_latency,
    "fix_load": fix_load,
    "in_process": in_process,
    "risk_gate": risk_gate,
    "mark_to_cancel": mark_to_cancel,
    "order_book": order_book,
    "lobster_book": lobster_book,
    "tape": tape,
    "growth": growth,
    "memory": listed,
    "replay": listed,
    "instructions": instructions,
}


def draw(found: dict[str, Found]) -> None:
    """The plots speak English, as the figures' names do."""
    if "fix_ack" in found:
        rates = {PEERS[n]["en"]: three(s["orders_s"]) for n, s in found["fix_ack"]["servers"].items() if n != "sink"}
        plots.bars(FOLDER / "fix_ack.svg", TEXT["fix_ack"]["en"], "orders a second", rates)
    if "in_process" in found:
        for work in ("fills", "cancels"):
            rates = {PEERS[name]["en"]: three(each["orders_s"]) for name, each in found["in_process"][work].items()}
            plots.bars(FOLDER / f"in_process_{work}.svg", f"In process: {work}", "orders a second", rates)
    if "order_book" in found:
        rates = {PEERS[name]["en"]: three(each["operations_s"]) for name, each in found["order_book"]["books"].items()}
        plots.bars(FOLDER / "order_book.svg", "Matching in one book", "operations a second", rates)
    if "fix_load" in found:
        lines = {p: [(rate, each[p]["median"]) for rate, each in found["fix_load"]["rates"]] for p in PERCENTILES}
        path = FOLDER / "fix_load.svg"
        plots.curves(path, TEXT["fix_load"]["en"], "orders due a second", "microseconds", lines, log_y=True)
    if "growth" in found:
        lines = {
            kind: [(max(count, 1), spread["median"]) for count, spread in points]
            for kind, points in found["growth"].items()
        }
        plots.curves(FOLDER / "growth.svg", TEXT["growth"]["en"], "how many", "CPU microseconds an order", lines)


def three(spread: Spread) -> tuple[float, float, float]:
    return spread["median"], spread["least"], spread["most"]


def write() -> None:
    found = load()
    draw(found)
    for lang in PAGES:
        page = Page(lang)
        page.title("title", 1)
        page.text(page.say("made"))
        page.text(page.say("peers"))
        page.title("machine")
        page.table(["", ""], [[page.figure(name), str(value)] for name, value in found["machine"].items()])
        for name, section in SECTIONS.items():
            if name in found:
                page.title(name)
                section(page, found[name])
                page.again(name)
        page.write()


if __name__ == "__main__":
    write()

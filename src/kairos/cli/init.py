"""`kairos init`: the files of a new house, commented and ready to run against the simulated exchange."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

import click

from kairos.market.shipped import ShippedTape, shipped_tapes
from kairos.market.tape import Trade
from kairos.market.tape_file import read_tape
from kairos.model.numbers import format_price

TEMPLATES: Final = ("kairos.toml", "reference.toml", "README.txt")
DEMO_MIC: Final = "XNYS"  # a venue has one MIC, and most shipped tapes are of this market


@click.command()
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite files that are there already.")
def init(folder: Path, force: bool) -> None:
    """Write kairos.toml, reference.toml and README.txt into DIR (here, if none is named)."""
    there = [name for name in TEMPLATES if (folder / name).exists()]
    if there and not force:
        raise click.ClickException(f"{folder} has {', '.join(there)} already; use --force to overwrite")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in render().items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"can't write to {folder}: {error.strerror or error}") from error
    click.echo(f"{folder.absolute()}: wrote {', '.join(TEMPLATES)}; read README.txt, or run `kairos serve` there")


def render() -> dict[str, str]:
    """The files' texts by name, filled in from the shipped tapes."""
    tapes = [tape for tape in shipped_tapes() if tape.mic == DEMO_MIC]
    prices = {tape.instrument: format_price(first_price(tape)) for tape in tapes}
    names = [f'"{tape.instrument}"' for tape in tapes]
    words = {
        "mic": DEMO_MIC,
        "tapes": f"[{', '.join(names)}]",
        "instruments": "\n".join(instrument_table(tape, prices[tape.instrument]) for tape in tapes),
        "instrument": tapes[0].instrument,
        "price": prices[tapes[0].instrument],
    }
    return {name: Template(template_text(name)).substitute(words) for name in TEMPLATES}


def template_text(name: str) -> str:
    """A file of the package's resources."""
    return files("kairos").joinpath("resources", name).read_text(encoding="utf-8")


def instrument_table(tape: ShippedTape, price: str) -> str:
    """The instrument of a tape, as a table of reference.toml."""
    return f"""
[[instrument]]
symbol = "{tape.symbol}"
mic = "{tape.mic}"
name = "{tape.description}"
currency = "{tape.currency}"
tick_size = "{format_price(tape.tick)}"
lot_size = {tape.lot}
# The tape's first trade, since its day before is not known.
reference_px = "{price}"
"""


def first_price(tape: ShippedTape) -> int:
    """The price of the tape's first trade."""
    return next(event.px for event in read_tape(tape.path, tape.instrument) if isinstance(event, Trade))

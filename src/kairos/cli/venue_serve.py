"""`kairos venue serve`: a simulated exchange alone, told by flags or by the [simulator] of a configuration."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from kairos.adapters.config import (
    Config,
    EngineConfig,
    FaultsConfig,
    ImpactConfig,
    JournalConfig,
    LinkConfig,
    SimulatorConfig,
    TapeConfig,
)
from kairos.adapters.config_file import load_config
from kairos.adapters.config_fix import CompIds, MarketDataConfig, VenueSessionConfig
from kairos.adapters.logs import configure_logs
from kairos.adapters.reference_files import ReferenceFile
from kairos.app.simulator_process import run_simulator
from kairos.cli.errors import told
from kairos.cli.venue_acts import read_setting
from kairos.market.shipped import shipped_tapes
from kairos.model.numbers import parse_price

ALONE = "VENUE"


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="Run its [simulator]; then no flags.")
@click.option(
    "--tape", "tapes", multiple=True, metavar="NAME[=FILE][@PX]",
    help="What is played: a shipped tape, or a file; PX is the reference price of the day's limits. All shipped "
    "tapes by default.",
)  # fmt: skip
@click.option(
    "--instrument", "instruments", multiple=True, metavar="NAME[@PX]",
    help="An instrument without a tape, which clients trade among themselves; then no tape is played unless named.",
)  # fmt: skip
@click.option("--date", "trade_date", type=click.DateTime(["%Y-%m-%d"]), help="Its day; today, or the session before.")
@click.option("--market", default="", metavar="MIC", help="Day, ticks, lots and limits of this market's profile.")
@click.option("--class", "instrument_class", default="stock", show_default=True, help="Class in that profile.")
@click.option("--clients-auctions", is_flag=True, help="Clients' orders price the auctions, not the tape's prints.")
@click.option("--prevents-self-match", is_flag=True, help="Orders of one client never trade with each other.")
@click.option(
    "--cancels", default="behind", show_default=True, type=click.Choice(["behind", "pro_rata"]),
    help="Whom the tape's cancels let move up, where it doesn't say who canceled.",
)  # fmt: skip
@click.option(
    "--late-print", "late_print_ms", default=1000, show_default=True, type=click.IntRange(0, 3_600_000), metavar="MS",
    help="A print may follow the quote that it caused by so long.",
)  # fmt: skip
@click.option("--impact", metavar="TICKS@MS", help="Taking all that is shown pushes the price; MS is the half-life.")
@click.option("--reference", type=click.Path(exists=True, path_type=Path), help="Instruments: ticks and lots of files.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=9879, show_default=True, type=click.IntRange(0, 65_535))
@click.option("--version", "begin_string", default="FIX.4.4", show_default=True, help="BeginString(8).")
@click.option("--comp-id", default="SIM", show_default=True, help="Its CompID; its market data's is that and -MD.")
@click.option(
    "--client", "clients", multiple=True, default=["KAIROS"], show_default=True,
    help="The client's CompID, likewise; several trade with each other.",
)  # fmt: skip
@click.option("--speed", default=1.0, show_default=True, type=click.FloatRange(0.001, 300), help="Times real time.")
@click.option("--minutes", type=click.IntRange(1), help="End after so many of the market's minutes.")
@click.option("--before-open", type=click.IntRange(0), help="Start so many of its seconds before it opens.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option("--fault", "faults", multiple=True, metavar="NAME=VALUE", help="As in `kairos venue fault`.")
@click.option("--data", "data_dir", default="venue", show_default=True, type=click.Path(path_type=Path))
@told
def serve(
    config_path: Path | None,
    tapes: tuple[str, ...],
    instruments: tuple[str, ...],
    trade_date: datetime.datetime | None,
    market: str,
    instrument_class: str,
    clients_auctions: bool,
    prevents_self_match: bool,
    cancels: str,
    late_print_ms: int,
    impact: str | None,
    reference: Path | None,
    host: str,
    port: int,
    begin_string: str,
    comp_id: str,
    clients: tuple[str, ...],
    speed: float,
    minutes: int | None,
    before_open: int | None,
    seed: int,
    faults: tuple[str, ...],
    data_dir: Path,
) -> None:
    """Run a simulated exchange alone, until Ctrl-C. Its market stands until the first client has logged on."""
    if config_path is not None:
        config = load_config(config_path)
    else:
        played = [read_tape_option(text, instrument_class) for text in tapes]
        if not tapes and not instruments:
            played = [TapeConfig(tape.instrument) for tape in shipped_tapes()]
        client, *others = clients
        simulator = SimulatorConfig(
            ALONE, host, port, tuple(played),
            instruments=tuple(read_instrument_option(text, instrument_class) for text in instruments),
            clients=tuple(others), trade_date=None if trade_date is None else trade_date.date(),
            market=market, clients_auctions=clients_auctions,
            prevents_self_match=prevents_self_match, cancels=cancels, late_print_ms=late_print_ms,
            impact=None if impact is None else read_impact_option(impact), speed=speed, market_minutes=minutes,
            start_before_open_s=before_open, seed=seed, faults=FaultsConfig(**dict(map(read_setting, faults))),
        )  # fmt: skip
        data = MarketDataConfig(CompIds(f"{client}-MD", f"{comp_id}-MD"))
        session = VenueSessionConfig(ALONE, begin_string, client, comp_id, host, port, market_data=data)
        config = alone(data_dir.absolute(), simulator, session, reference)
    configure_logs(config.log)
    sys.exit(run_simulator(config))


def alone(data_dir: Path, simulator: SimulatorConfig, session: VenueSessionConfig, reference: Path | None) -> Config:
    """A configuration that no file holds."""
    return Config(
        file=data_dir,
        engine=EngineConfig("venue", data_dir),
        journal=JournalConfig(data_dir / "journal.db"),
        link=LinkConfig(data_dir / "link.sock"),
        venue_sessions=(session,),
        reference=() if reference is None else (ReferenceFile(reference),),
        simulator=simulator,
    )


def read_impact_option(text: str) -> ImpactConfig:
    """`4@10000`."""
    ticks, _at, half_life_ms = text.partition("@")
    if not (ticks.isdecimal() and half_life_ms.isdecimal() and 0 < int(ticks) <= 1000 and int(half_life_ms) > 0):
        raise click.UsageError(f"{text!r} must be TICKS@MS with 1 to 1000 ticks and a half-life, as 4@10000")
    return ImpactConfig(int(ticks), int(half_life_ms))


def read_tape_option(text: str, instrument_class: str) -> TapeConfig:
    """`2330.XTAI=2330.csv.gz@1085`."""
    named, _at, px = text.partition("@")
    name, _equals, file = named.partition("=")
    shipped = [tape.instrument for tape in shipped_tapes()]
    if not file and name not in shipped:
        raise click.UsageError(f"{name!r} is no shipped tape ({', '.join(shipped)}); name its file, as {name}=FILE")
    path = Path(file).absolute() if file else None
    if path is not None and not path.is_file():
        raise click.UsageError(f"there is no tape file {path}")
    return TapeConfig(name, path, instrument_class, parse_price(px) if px else 0)


def read_instrument_option(text: str, instrument_class: str) -> TapeConfig:
    """`2330.XTAI@1085`."""
    name, _at, px = text.partition("@")
    return TapeConfig(name, None, instrument_class, parse_price(px) if px else 0)

"""`kairos fix certify`: a broker by script that tests a FIX client."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from kairos.app.loop import run
from kairos.cli.errors import told
from kairos.fix.appl_versions import appl_ver_id_of
from kairos.fix.errors import LocalError
from kairos.fix.session_config import SessionConfig
from kairos.fix.versions import APPL_VERSIONS, BEGIN_STRINGS, FIXT
from kairos.fix_tools.certify.broker import Broker
from kairos.fix_tools.certify.cases import Case, ScriptError, load_cases
from kairos.fix_tools.certify.report import summary, write_report
from kairos.fix_tools.certify.report import told as told_result
from kairos.fix_tools.certify.steps import VERBS
from kairos.fix_tools.certify.suite import Suite
from kairos.fix_tools.listening import serve_lines, stop_on_signals

VERSIONS = tuple(v for v in (*BEGIN_STRINGS, *APPL_VERSIONS.values()) if v != FIXT)


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), required=True, help="Port to listen on; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--version",
    "--begin-string",
    "version",
    type=click.Choice(sorted(set(VERSIONS))),
    default="FIX.4.4",
    show_default=True,
    help="FIX version; FIX.5.0 and later go over FIXT.1.1.",
)
@click.option("--sender", default="BROKER", show_default=True, help="Our SenderCompID(49).")
@click.option("--target", required=True, help="The client's CompID.")
@click.option("--timeout", type=float, default=60.0, show_default=True, help="Seconds that the client has for a step.")
@click.option("--case", "names", multiple=True, help="Run this case only; may be given several times.")
@click.option("--as-called", is_flag=True, help="Take the cases as the client's orders call for them, by their terms.")
@click.option("--announce", is_flag=True, help="Tell the client the case, too, in News(B): its name in Headline(148).")
@click.option("--report", type=click.Path(path_type=Path), help="Write a report: FILE.json or FILE.md.")
@click.option("--list", "only_list", is_flag=True, help="Print the cases and what each asks for; run nothing.")
@click.argument("scripts", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@told
def certify(
    port: int,
    host: str,
    version: str,
    sender: str,
    target: str,
    timeout: float,
    names: tuple[str, ...],
    as_called: bool,
    announce: bool,
    report: Path | None,
    only_list: bool,
    scripts: tuple[str, ...],
) -> None:
    """Play a broker by script and tell what a FIX client does right and wrong.

    Each case says what the client is to do. SCRIPTS are TOML files of cases; without them the suite of Kairos runs. The
    exit code is 0 when every case passed, 1 otherwise. A client with a short HeartBtInt(108) waits less.
    """
    try:
        cases = _chosen(load_cases(scripts, VERBS), names)
        config = _session(version, sender, target)
    except (LocalError, ScriptError) as error:
        raise click.ClickException(str(error)) from error
    if only_list:
        for case in cases:
            click.echo(f"{case.name}: {case.ask}")
        return
    broker = Broker(config)
    suite = Suite(broker, cases, timeout, click.echo, announce)
    suite.on_result = lambda result: click.echo(told_result(result))
    run(_run(broker, suite, host, port, as_called))
    click.echo(summary(suite.results))
    if report is not None:
        write_report(report, config.session_id, suite.results)
    if any(result.findings for result in suite.results) or len(suite.results) < len(cases):
        raise SystemExit(1)


def _chosen(cases: list[Case], names: tuple[str, ...]) -> list[Case]:
    unknown = set(names) - {case.name for case in cases}
    if unknown:
        raise ScriptError(f"there is no case {', '.join(sorted(unknown))}; --list shows them")
    return [case for case in cases if not names or case.name in names]


def _session(version: str, sender: str, target: str) -> SessionConfig:
    if version in BEGIN_STRINGS:
        return SessionConfig(version, sender, target)
    return SessionConfig(FIXT, sender, target, default_appl_ver_id=appl_ver_id_of(version))


async def _run(broker: Broker, suite: Suite, host: str, port: int, as_called: bool) -> int:
    """Listen until the suite has run; a signal ends it early, with what was found so far."""
    stopped = stop_on_signals()

    def ready(at: int) -> None:
        click.echo(f"{broker.config.session_id} listens on {host}:{at}")

    def turned_away(why: str) -> None:
        click.echo(f"turned away: {why}", err=True)

    server = asyncio.create_task(
        serve_lines({broker.config.session_id: broker}, host, port, ready, turned_away, stopped)
    )
    cases = asyncio.create_task(suite.run_as_called() if as_called else suite.run())
    cases.add_done_callback(lambda _: stopped.set())
    await server
    cases.cancel()
    await asyncio.gather(cases, return_exceptions=True)
    return 0

"""`kairos fix echo`: an echo application for FIX conformance tests."""

from __future__ import annotations

import click

from kairos.app.loop import run
from kairos.cli.errors import told
from kairos.fix_tools.echo import SENDER_COMP_ID, SESSIONS, echo_lines
from kairos.fix_tools.listening import serve_lines, stop_on_signals


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), required=True, help="Port to listen on; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@told
def echo(port: int, host: str) -> None:
    """Echo orders, security definitions and emails, as QuickFIX's acceptance definitions expect.

    SenderCompID(49) is ISLD; clients are TW40, TW41, TW42, TW43, TW44, TW50, TW50SP1 and TW50SP2, each in its version,
    and, in FIX 4.4, TW and NO_CHECK_FIELDS_HAVE_VALUES. Numbers begin anew with each Logon(A). Ends with Ctrl+C.
    """

    def ready(at: int) -> None:
        click.echo(f"{SENDER_COMP_ID} listens on {host}:{at} for {', '.join(name for _, name, _ in SESSIONS)}")

    def turned_away(why: str) -> None:
        click.echo(f"turned away: {why}", err=True)

    async def serve() -> int:
        await serve_lines(echo_lines(), host, port, ready, turned_away, stop_on_signals())
        return 0

    run(serve())

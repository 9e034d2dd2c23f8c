"""`kairos market halt` and `resume`: a person says that trading in an instrument, or on a market, stops or goes on."""

from __future__ import annotations

from pathlib import Path

import click

from kairos.cli.errors import told
from kairos.cli.link import give, link_options, require_user
from kairos.market.codes import MIC
from kairos.model.commands import SetHalt

WHERE = click.argument("where", metavar="INSTRUMENT|MIC")


@click.command()
@WHERE
@click.argument("reason")
@link_options
@told
def halt(where: str, reason: str, config_path: Path, user: str) -> None:
    """Let nothing go to the market in an instrument (2330.XTAI), or on all of a market (XTAI), for REASON. Cancels
    pass."""
    give(config_path, require_user(user), _halt(where, True, reason, user))


@click.command()
@WHERE
@click.argument("reason")
@link_options
@told
def resume(where: str, reason: str, config_path: Path, user: str) -> None:
    """Let orders go there again, for REASON."""
    give(config_path, require_user(user), _halt(where, False, reason, user))


def _halt(where: str, halted: bool, reason: str, user: str) -> SetHalt:
    is_market = MIC.fullmatch(where) is not None
    return SetHalt("" if is_market else where, where if is_market else "", halted, reason, user)

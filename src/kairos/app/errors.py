"""Why a process can't run."""

from __future__ import annotations


class Unstartable(Exception):
    """The process can't start as it is configured; trying again would not help."""

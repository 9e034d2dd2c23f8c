"""Where a simulated exchange keeps what its operators reach it by."""

from __future__ import annotations

from pathlib import Path


def venue_socket(data_dir: Path) -> Path:
    """On which it hears them."""
    return data_dir / "venue.sock"


def venue_token_file(data_dir: Path) -> Path:
    """Where the secret for it lies."""
    return data_dir / "venue.token"

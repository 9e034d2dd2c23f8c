"""The market profiles that ship with Kairos, and a house's own, by MIC."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kairos.adapters.file_errors import Problems, did_you_mean
from kairos.adapters.profile_file import read_profile
from kairos.market.dated import NoRowError
from kairos.market.profile import MarketProfile


class UnknownMarketError(NoRowError):
    """No profile has the MIC; the message says which there are."""


def shipped_profiles_folder() -> Path:
    """Where the profiles of the package lie, one file a MIC."""
    return Path(str(files("kairos.market"))) / "profiles"


def profile_paths(house: Path | None = None) -> dict[str, Path]:
    """The file of each MIC; a house's file stands in for the shipped one of the same MIC."""
    folders = [shipped_profiles_folder()] if house is None else [shipped_profiles_folder(), house]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def load_profile(mic: str, house: Path | None = None) -> MarketProfile:
    """The profile of a MIC. Raises `UnknownMarketError` without one, `FileErrors` when its file can't be used."""
    paths = profile_paths(house)
    if mic not in paths:
        raise UnknownMarketError(f"no market profile for {mic!r}; {did_you_mean(mic, paths)}")
    problems = Problems()
    profile = read_profile(paths[mic], problems)
    if profile is not None and profile.mic != mic:
        problems.add(str(paths[mic]), "line 1", "mic", f"is {profile.mic!r}; a profile's file is named for its MIC")
    problems.raise_if_any()
    if profile is None:
        raise UnknownMarketError(f"no market profile for {mic!r}")
    return profile

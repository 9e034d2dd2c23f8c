"""The plots of docs/PERFORMANCE.md, as SVG whose text stays text and whose bytes depend on the figures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

OURS, OTHERS = "#1f77b4", "#9aa5b1"
LINES = ("#1f77b4", "#e68a00", "#7a52a5", "#b03060")
Points = Sequence[tuple[float, float]]

mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "kairos", "font.size": 10, "axes.grid": True})
mpl.rcParams.update({"grid.alpha": 0.3, "axes.axisbelow": True, "axes.spines.top": False, "axes.spines.right": False})


def bars(path: Path, title: str, unit: str, values: Mapping[str, tuple[float, float, float]]) -> None:
    """One bar a name: median, with least and most as whiskers; ours in colour."""
    figure = Figure(figsize=(7.5, 0.9 + 0.42 * len(values)), layout="constrained")
    axes = figure.subplots()
    names = list(values)[::-1]
    medians = [values[name][0] for name in names]
    whiskers = [
        [values[name][0] - values[name][1] for name in names],
        [values[name][2] - values[name][0] for name in names],
    ]
    colors = [OURS if name.startswith("Kairos") else OTHERS for name in names]
    axes.barh(names, medians, xerr=whiskers, color=colors, ecolor="#444444", capsize=3)
    for at, median in enumerate(medians):
        axes.annotate(f"{median:,.0f}", (median, at), xytext=(6, 8), textcoords="offset points", fontsize=8)
    axes.set_title(title, loc="left")
    axes.set_xlabel(unit)
    axes.grid(visible=False, axis="y")
    _save(figure, path)


def curves(path: Path, title: str, x: str, y: str, lines: Mapping[str, Points], log_y: bool = False) -> None:
    """Lines over a logarithmic x axis."""
    figure = Figure(figsize=(7.5, 3.4), layout="constrained")
    axes = figure.subplots()
    for color, (name, points) in zip(LINES, lines.items(), strict=False):
        axes.plot([a for a, _ in points], [b for _, b in points], marker="o", markersize=4, color=color, label=name)
    axes.set_xscale("log")
    if log_y:
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.set_title(title, loc="left")
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if len(lines) > 1:
        axes.legend(frameon=False)
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    # matplotlib ends some lines with blanks
    path.write_text("\n".join(line.rstrip() for line in path.read_text("utf-8").splitlines()) + "\n", "utf-8")

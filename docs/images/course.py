"""Draws course.png, the picture of the first page: four of the product's own figures, side by side.

Run with ``python docs/images/course.py`` from the root of the repository.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import matplotlib as mpl
from PIL import Image

from kinetamine.course import load, simulate
from kinetamine.report.static import write_figures

SHOWN = ("session_ketamine", "session_dissociation", "session_pressure", "course_madrs")
HERE = Path(__file__).parent


def main() -> None:
    """Simulate the example, draw its figures, put four of them together."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - after the choice of a backend without a screen

    trajectory = simulate(load(HERE.parents[1] / "examples" / "depression_six_infusions.toml"))
    with tempfile.TemporaryDirectory() as folder:
        written = {path.stem: path for path in write_figures(trajectory, Path(folder))}
        figure, axes = plt.subplots(2, 2, figsize=(11.6, 7.0), dpi=90, facecolor="white")
        for axis, name in zip(axes.flat, SHOWN, strict=True):
            axis.imshow(plt.imread(written[name]), interpolation="lanczos")
            axis.axis("off")
        figure.subplots_adjust(0, 0, 1, 1, 0.01, 0.01)
        figure.savefig(HERE / "course.png")
    with Image.open(HERE / "course.png") as drawn:
        drawn.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT).save(HERE / "course.png", optimize=True)


if __name__ == "__main__":
    main()

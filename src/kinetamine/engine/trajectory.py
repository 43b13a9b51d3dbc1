"""What a simulation returns: labelled series with their units, sources and warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from kinetamine.citation import Reference, collect
from kinetamine.engine.events import Event, administrations
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True)
class Series:
    """One predicted quantity over time.

    Attributes:
        stage: "plasma", "receptor", "acute" or "mood".
        typical: the typical person.
        people: virtual people that differ as published, or None when none were drawn.
        residual_sd: what one reading adds to the true value, where known.
    """

    name: str
    title: str
    unit: str
    stage: str
    typical: Float[np.ndarray, " time"]
    people: Float[np.ndarray, "people time"] | None = None
    residual_sd: float | None = None

    @property
    def is_finite(self) -> bool:
        """Whether every value is a number, the virtual people's included."""
        return bool(np.isfinite(self.typical).all() and (self.people is None or np.isfinite(self.people).all()))

    def band(self, low: float = 5.0, high: float = 95.0) -> tuple[np.ndarray, np.ndarray] | None:
        """Percentiles between people at each time; None when no people were drawn."""
        if self.people is None:
            return None
        lower, upper = np.percentile(self.people, [low, high], axis=0)
        return lower, upper


@dataclass(frozen=True, kw_only=True, repr=False)
class Trajectory:
    """A simulated course: times in hours since the first record, series by name, and what it rests on.

    Attributes:
        used: the entries (model, routes, effects, interactions) behind the numbers, in the order of the chain.
        warnings: sentences a reader must see: outside a studied range, unverified numbers, assumptions.
        seed: of the virtual people.
    """

    times_h: Float[np.ndarray, " time"]
    series: Mapping[str, Series]
    person: Person
    events: tuple[Event, ...]
    used: tuple[object, ...]
    warnings: tuple[str, ...] = ()
    seed: int | None = None
    version: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Series:
        """The series of that name.

        Raises:
            UnknownNameError: there is none; the message offers the nearest.
        """
        if name not in self.series:
            raise UnknownNameError("series", name, self.series)
        return self.series[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is a series of that name."""
        return name in self.series

    def __repr__(self) -> str:
        """What it holds, in one line."""
        days = float(self.times_h[-1]) / 24.0
        return f"Trajectory({', '.join(self.series)}; {len(self.times_h)} times over {days:.1f} days)"

    def __iter__(self) -> Iterator[Series]:
        """All series, in the order of the chain."""
        return iter(self.series.values())

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every publication behind this trajectory."""
        return collect(self.used)

    @property
    def dose_times_h(self) -> tuple[float, ...]:
        """When drug was given, ADDL repetitions included."""
        return tuple(sorted({start for start, _ in administrations(self.events)}))

    def at(self, name: str, time_h: float) -> float:
        """The typical person's value at a time, linear between the nodes.

        Raises:
            UnknownNameError: there is no such series.
            FieldError: the time was not simulated.
        """
        first, last = float(self.times_h[0]), float(self.times_h[-1])
        if not first <= time_h <= last:
            raise FieldError("time_h", time_h, f"{first:g} to {last:g} h, which was simulated")
        return float(np.interp(time_h, self.times_h, self[name].typical))

    def to_pandas(self) -> pd.DataFrame:
        """One row a time, one column a series (``name``, and ``name_p5``/``name_p95`` where people were drawn)."""
        import pandas as pd  # noqa: PLC0415 - a third of a second, only for those who want a table

        columns: dict[str, np.ndarray] = {"time_h": self.times_h}
        for series in self:
            columns[series.name] = series.typical
            if (band := series.band()) is not None:
                columns[f"{series.name}_p5"], columns[f"{series.name}_p95"] = band
        table = pd.DataFrame(columns)
        table.attrs.update(self._metadata())
        table.attrs["units"] = {series.name: series.unit for series in self}
        return table

    def to_xarray(self) -> xr.Dataset:
        """A Dataset over ``time_h`` (and ``person_id``, where people were drawn), units and titles as attributes."""
        import xarray as xr  # noqa: PLC0415 - as above

        data: dict[str, tuple[str | tuple[str, ...], np.ndarray, dict[str, str]]] = {}
        for series in self:
            labels = {"units": series.unit, "long_name": series.title, "stage": series.stage}
            data[series.name] = ("time_h", series.typical, labels)
            if series.people is not None:
                data[f"{series.name}_people"] = (("person_id", "time_h"), series.people, labels)
        times = ("time_h", self.times_h, {"units": "h"})
        return xr.Dataset(data, coords={"time_h": times}, attrs=self._metadata())

    def write(self, path: str | Path) -> Path:
        """Write by the file's suffix: .csv, .parquet or .nc; the old file stays until the new one is whole."""
        path = Path(path)
        part = path.with_name(path.name + ".part")
        writers = {
            ".csv": lambda: self.to_pandas().to_csv(part, index=False),
            ".parquet": lambda: self.to_pandas().to_parquet(part, index=False),
            ".nc": lambda: self.to_xarray().to_netcdf(part, engine="scipy"),
        }
        if path.suffix not in writers:
            raise UnknownNameError("file suffix", path.suffix, writers)
        writers[path.suffix]()
        part.replace(path)
        return path

    def _metadata(self) -> dict[str, str]:
        return {
            "source": f"kinetamine {self.version}",
            "nature": "model prediction, not a measurement",
            "references": "; ".join(reference.doi or reference.url for reference in self.references),
            "warnings": "; ".join(self.warnings),
            **self.attributes,
        }

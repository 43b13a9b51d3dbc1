"""A study of a population as files: bands over time, and one row a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kinetamine import __version__
from kinetamine.population.endpoints import PERSON, columns
from kinetamine.population.findings import Findings
from kinetamine.population.study import QUANTILES

if TYPE_CHECKING:
    import pandas as pd

PERCENTILES = tuple(f"p{100.0 * level:g}" for level in QUANTILES)
"""Names of the columns of a band."""


def bands_table(found: Findings) -> pd.DataFrame:
    """A row for each output and time: title, unit and the percentiles between people."""
    import pandas as pd  # noqa: PLC0415 - a third of a second, only for those who want a table

    parts = []
    for name in found.study.watched:
        title, unit, _ = found.study.predicted[name]
        part = {"output": name, "title": title, "unit": unit, "time_h": found.times_h}
        parts.append(pd.DataFrame(part | dict(zip(PERCENTILES, found.bands(name), strict=True))))
    return pd.concat(parts, ignore_index=True)


def endpoint_names(found: Findings) -> tuple[str, ...]:
    """Every column of the endpoints: the person's number, covariates, then outputs."""
    covariates = found.study.draw(0, 1).to_pandas().columns
    return (PERSON, *covariates, *(name for name in columns(found.study) if name != PERSON))


def write_endpoints(found: Findings, path: Path) -> Path:
    """One row a person, as Parquet, where each column says what it means, or as CSV; by the suffix."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    table = pa.table({name: found.column(name) for name in endpoint_names(found)})
    if path.suffix == ".csv":
        from pyarrow import csv  # noqa: PLC0415 - as above

        csv.write_csv(table, path)
        return path
    from pyarrow import parquet  # noqa: PLC0415 - as above

    words = columns(found.study)
    fields = [one.with_metadata({"description": words[one.name]}) if one.name in words else one for one in table.schema]
    about = {"source": f"kinetamine {__version__}", "nature": "model prediction, not a measurement"}
    about |= {"population": found.study.population, "seed": str(found.study.seed), "contains": found.contains}
    about |= {"warnings": "; ".join(found.warnings)}
    parquet.write_table(table.cast(pa.schema(fields, metadata=about)), path)
    return path

"""Which published numbers are fitted, and how each is read: as a fall, in parts of the baseline.

Every number about a group comes from ``library/observations/mood.csv`` under its ``row_id``. What stands here is
the reading only: which rows of a trial are used (none twice), what its arms believed, what everybody got besides,
and the baseline or the spread where the report gives none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kinetamine.trials import TrialRow, load

BASELINE = 33.0
"""MADRS points where a report gives none; the arms of Wilkinson 2018 began at 33.8 and 32.9."""
SD_OF_CHANGE = 11.0
"""Points that one standardised unit stands for: arms of Wilkinson 2018 had 9.3 to 12.3 at day 1 to 7."""
KETAMINE = "ketamine"
MASKED = "masked"
ONCE = "0.5 mg/kg iv over 40 min, single dose"
TENTH = "0.1 mg/kg iv over 40 min, single dose"
QUARTER = "0.25 mg/kg iv over 40 min, single dose"
ARKETAMINE = "arketamine 60 mg iv over 40 min, single dose"
THRICE_WEEKLY = "0.5 mg/kg iv over 40 min, three times weekly for 4 weeks"
REGISTRATION = "esketamine, late phase"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How one trial is read.

    Attributes:
        key: its ``citation_key``.
        rows: the last part of the ``row_id`` of each row that is used.
        background: a comparator that every arm got besides; empty: nothing that changed.
        control: what its control arms believed, where that is not their comparator's name.
        baseline: points, where the rows have none; ``sd``: of the change, where the rows have no error.
        pooled: trials that the number stands for; between-trial differences average out in it.
        widen: factor on the errors: a pool shares people with trials that are fitted themselves.
        programme: trials of one programme (same design, raters, sponsor) differ less from each other than from others.
    """

    key: str
    rows: str
    background: str = ""
    control: str = ""
    baseline: float = BASELINE
    sd: float = SD_OF_CHANGE
    n: int = 0
    pooled: float = 1.0
    widen: float = 1.0
    programme: str = ""


TRIALS = (
    Trial(key="murrough_2013", rows="01 02"),
    Trial(key="daly_2018", rows="01 02 03 04 05 06 07 08 09 10 11 12"),
    Trial(key="correia_melo_2020", rows="01 02"),
    Trial(key="lapidus_2014", rows="01"),
    Trial(key="fava_2018", rows="01"),
    Trial(key="crossover_2024", rows="01 02", sd=7.1),
    Trial(key="evans_2025", rows="13 14 15 16"),
    Trial(key="wilkinson_2018", rows="01 02 05 06 09 10 13 14", control="mixed", n=83, pooled=5.0, widen=1.5),
    Trial(key="price_2022", rows="01 02", control="mixed", pooled=8.0, widen=1.5),
    Trial(key="dean_2021", rows="05 10", pooled=4.0, widen=1.5),
    Trial(key="lii_2023", rows="01 02 03 04 05 06 07 08 09 10 11 12", control=MASKED),
    Trial(key="singh_2016", rows="01 02 03 04", baseline=35.0),
    Trial(key="jelovac_2025", rows="01", background="standard_of_care"),
    Trial(key="janik_2025", rows="01 02", baseline=37.0, sd=10.7, programme=REGISTRATION),
    Trial(
        key="fedgchin_2019", rows="07 08 09", background="oral_antidepressant", baseline=37.3, programme=REGISTRATION
    ),
    Trial(key="popova_2019", rows="02 03", background="oral_antidepressant", baseline=37.3, programme=REGISTRATION),
    Trial(key="ochs_ross_2020", rows="12 13", background="oral_antidepressant", baseline=35.2, programme=REGISTRATION),
    Trial(key="takahashi_2021", rows="01 03 05 07", background="oral_antidepressant", sd=11.6, programme=REGISTRATION),
    Trial(key="chen_2023", rows="01 02", background="oral_antidepressant", programme=REGISTRATION),
    Trial(key="canuso_2018", rows="01 04 05 03", background="standard_of_care", sd=11.6),
    Trial(key="fu_2020", rows="01 02", background="standard_of_care", sd=10.4, programme=REGISTRATION),
    Trial(key="ionescu_2021", rows="01 02 04", background="standard_of_care", programme=REGISTRATION),
)
"""Left out: memory rows; open-label arms, which believe more than blinded ones; pools of trials that are here
themselves (Jones 2022, Sliwa 2024; Kishimoto 2016 and Newport 2015 beside Price and Dean); response and remission,
which the second step uses; healthy people; what lasts longer than the acute phase."""
_JANIK_ERROR = 10.7 * math.sqrt(1 / 95 + 1 / 189)
"""Its two differences came without error; standardised sizes of 0.48 and 0.63 give the SD, 378 people 1:1:2 the n."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One group at one time: what it was given, told and how it was watched."""

    arm: str
    drug: bool
    belief: str
    background: str
    regimen: str
    time_h: float


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One fitted number: a fall as part of the baseline, of a group, or of one group beyond another.

    Attributes:
        less: the control group, where the number is a difference.
        error: standard error; both in parts of the baseline.
    """

    row_id: str
    trial: str
    group: Seen
    less: Seen | None
    fall: float
    error: float
    baseline: float
    age_y: float | None
    pooled: float
    programme: str


def observations() -> tuple[Observation, ...]:
    """All fitted numbers, trial by trial."""
    rows = {row.row_id: row for row in load()}
    return tuple(
        _observation(trial, rows[f"{trial.key}.{number}"]) for trial in TRIALS for number in trial.rows.split()
    )


def beside() -> tuple[Seen, ...]:
    """Groups that no fitted number is about, but of which something is laid down."""
    wanted = ((ONCE, 24.0), (ONCE, 168.0), (THRICE_WEEKLY, 336.0), (TENTH, 24.0), (QUARTER, 24.0), (ARKETAMINE, 24.0))
    return tuple(
        Seen(arm=words, drug=True, belief=KETAMINE, background="", regimen=words, time_h=hours)
        for words, hours in wanted
    )


def trials_of(found: tuple[Observation, ...]) -> Iterator[str]:
    """The trials' keys, each once."""
    yield from dict.fromkeys(one.trial for one in found)


def _observation(trial: Trial, row: TrialRow) -> Observation:
    baseline = row.baseline or trial.baseline
    less = row.quantity in {"difference", "effect_size"}
    points = SD_OF_CHANGE if row.quantity == "effect_size" else 1.0
    fall = baseline - row.value if row.quantity == "mean" else -row.value * points
    return Observation(
        row_id=row.row_id,
        trial=trial.key,
        group=_seen(trial, row, drug=less or not row.comparator),
        less=_seen(trial, row, drug=False) if less else None,
        fall=fall / baseline,
        error=trial.widen * points * _error(trial, row) / baseline,
        baseline=baseline,
        age_y=70.0 if row.setting == "elderly" else None,
        pooled=trial.pooled,
        programme=trial.programme or trial.key,
    )


def _error(trial: Trial, row: TrialRow) -> float:
    if row.se is not None:
        return row.se
    if trial.key == "janik_2025":
        return _JANIK_ERROR
    if row.quantity == "effect_size":
        return 2.0 / math.sqrt(row.n or 40)
    return trial.sd / math.sqrt(row.n or trial.n)


def _seen(trial: Trial, row: TrialRow, *, drug: bool) -> Seen:
    believed = KETAMINE if drug else (trial.control or row.comparator)
    if trial.control == MASKED:
        believed = MASKED
    arm = f"{row.regimen}, {KETAMINE if drug else row.comparator}"
    if not drug and trial.key == "daly_2018":
        arm = row.comparator
    return Seen(
        arm=f"{trial.key}: {arm}",
        drug=drug,
        belief=believed,
        background=trial.background,
        regimen=row.regimen,
        time_h=row.time_h,
    )

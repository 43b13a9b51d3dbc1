"""Rival hypotheses: what each predicts where its equations leave no choice, whatever its numbers are.

Strengths are fitted elsewhere. Here stands the pattern: which interventions abolish an effect, which leave it as it
is (within 5 %), who is late and who is short. The table of docs/concepts/hypotheses.md shows the same.
"""

from __future__ import annotations

import math

import pytest

from kinetamine import hypotheses
from kinetamine.engine.finding import Species
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.hypotheses import Predictions, Verdict, as_row, parse_names, predictions

Reliefs = dict[str, dict[str, tuple[float, ...] | None]]
BLOCKERS = ("AMPA block", "naltrexone", "interneuron knock-down", "HNK blocked", "dissociation masked")
ABOLISHED = {
    "disinhibition": {"AMPA block", "interneuron knock-down"},
    "eef2k": set(),
    "hnk_ampa": {"AMPA block", "HNK blocked"},
    "habenula": set(),
    "opioid_gate": {"AMPA block", "naltrexone", "interneuron knock-down"},
    "dissociation_mediated": {"dissociation masked"},
}
RIVALS = tuple(ABOLISHED)
BLOCK_DRIVEN = ("disinhibition", "eef2k", "habenula", "opioid_gate")


@pytest.fixture(scope="module")
def reliefs() -> Reliefs:
    return hypotheses.interventions()


def _at(reliefs: Reliefs, hypothesis: str, intervention: str) -> tuple[float, ...]:
    """Relief at 4, 24 and 168 h over the intact relief at 24 h."""
    found, intact = reliefs[hypothesis][intervention], reliefs[hypothesis]["intact"]
    assert found is not None
    assert intact is not None
    return tuple(one / intact[1] for one in found)


@pytest.mark.slow
def test_every_rival_is_there_and_the_mixture_last(reliefs: Reliefs) -> None:
    assert set(reliefs) == {*RIVALS, "default"}
    assert list(reliefs)[-1] == "default"
    assert all(list(row) == list(hypotheses.INTERVENTIONS) for row in reliefs.values())


@pytest.mark.slow
@pytest.mark.parametrize("rival", RIVALS)
@pytest.mark.parametrize("blocker", BLOCKERS)
def test_a_blocker_abolishes_the_effect_or_leaves_it_as_it_is(reliefs: Reliefs, rival: str, blocker: str) -> None:
    intact, blocked = _at(reliefs, rival, "intact"), _at(reliefs, rival, blocker)
    if blocker in ABOLISHED[rival]:
        assert blocked == pytest.approx((0.0, 0.0, 0.0), abs=0.02)
    else:
        assert blocked == pytest.approx(intact, rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("rival", RIVALS)
def test_rapamycin_shortens_what_synapses_carry(reliefs: Reliefs, rival: str) -> None:
    intact, blocked = _at(reliefs, rival, "intact"), _at(reliefs, rival, "rapamycin")
    if rival == "habenula":
        assert blocked == pytest.approx(intact, rel=0.05)
    else:
        assert blocked[0] == pytest.approx(intact[0], rel=0.1)  # potentiation needs no new protein
        assert blocked[2] / intact[2] < blocked[1] / intact[1] < 1.0


@pytest.mark.slow
@pytest.mark.parametrize("rival", BLOCK_DRIVEN)
def test_block_favours_s_over_r(reliefs: Reliefs, rival: str) -> None:
    s, r = (_at(reliefs, rival, f"{name} 0.25 mg/kg")[1] for name in "SR")
    assert s > r > 0.0


@pytest.mark.slow
def test_dissociation_needs_s_and_hydroxynorketamine_needs_r(reliefs: Reliefs) -> None:
    assert _at(reliefs, "dissociation_mediated", "R 0.25 mg/kg")[1] == pytest.approx(0.0, abs=0.02)
    assert _at(reliefs, "dissociation_mediated", "S 0.25 mg/kg")[1] == pytest.approx(1.0, rel=0.1)
    assert _at(reliefs, "hnk_ampa", "S 0.25 mg/kg")[1] == pytest.approx(0.0, abs=0.02)
    assert _at(reliefs, "hnk_ampa", "R 0.25 mg/kg")[1] == pytest.approx(1.0, rel=0.1)


@pytest.mark.slow
def test_hydroxynorketamine_is_late_and_the_habenula_short(reliefs: Reliefs) -> None:
    early = {rival: _at(reliefs, rival, "intact")[0] for rival in RIVALS}
    late = {rival: _at(reliefs, rival, "intact")[2] for rival in RIVALS}
    assert min(early, key=early.__getitem__) == "hnk_ampa"
    assert max(early, key=early.__getitem__) == "habenula"
    assert late["habenula"] < 0.05
    assert min(late[rival] for rival in RIVALS if rival != "habenula") > 0.15


@pytest.mark.slow
def test_memantine_works_where_block_alone_is_enough(reliefs: Reliefs) -> None:
    working = {rival for rival in RIVALS if _at(reliefs, rival, "memantine")[1] > 0.02}
    assert working == {"disinhibition", "eef2k", "opioid_gate"}


@pytest.mark.slow
def test_the_mixture_keeps_what_the_habenula_adds(reliefs: Reliefs) -> None:
    assert 0.02 < _at(reliefs, "default", "AMPA block")[1] < 0.8


def test_interventions_of_one_hypothesis() -> None:
    found = hypotheses.interventions(["habenula"])
    intact, masked = found["habenula"]["intact"], found["habenula"]["dissociation masked"]
    assert intact is not None
    assert masked == pytest.approx(intact, rel=0.05)
    assert len(intact) == len(hypotheses.TIMES_H)


def test_an_intervention_that_a_hypothesis_has_no_switch_for_is_none() -> None:
    found = hypotheses.interventions(["empirical"])["empirical"]
    assert found["AMPA block"] is None
    assert found["S 0.25 mg/kg"] is not None


SWITCHED = ("ampa_block", "naltrexone_kept", "naltrexone_lost", "hnk_blocked", "masked_dissociation")


@pytest.fixture(scope="module")
def switched() -> Predictions:
    """Findings whose ratio is 0 or 1 by the equations alone."""
    return predictions(["disinhibition", "opioid_gate", "hnk_ampa", "dissociation_mediated"], SWITCHED)


@pytest.mark.parametrize(
    ("hypothesis", "fails"),
    [
        ("disinhibition", {"naltrexone_lost", "hnk_blocked"}),
        ("opioid_gate", {"naltrexone_kept", "hnk_blocked"}),
        ("hnk_ampa", {"naltrexone_lost"}),
        ("dissociation_mediated", {"ampa_block", "naltrexone_lost", "hnk_blocked"}),
    ],
)
def test_what_each_fails(switched: Predictions, hypothesis: str, fails: set[str]) -> None:
    assert {one.name for one in switched.of(hypothesis, Verdict.FAILS)} == fails


def test_no_involvement_is_a_ratio_of_one_and_a_prediction(switched: Predictions) -> None:
    assert switched.at("disinhibition", "hnk_blocked").ratio == pytest.approx(1.0, rel=1e-3)
    assert switched.at("opioid_gate", "naltrexone_kept").ratio == pytest.approx(0.0, abs=1e-6)


def test_what_decides_nothing_is_shown_and_not_counted(switched: Predictions) -> None:
    assert switched.at("dissociation_mediated", "masked_dissociation").ratio == pytest.approx(0.0, abs=1e-6)
    counted = [len(switched.of("dissociation_mediated", verdict)) for verdict in Verdict]
    assert sum(counted) == len(SWITCHED) - 1


def test_counts_are_kept_apart_by_species(switched: Predictions) -> None:
    assert {one.name for one in switched.of("disinhibition", Verdict.FAILS, Species.RODENTS)} == {"hnk_blocked"}
    assert {one.name for one in switched.of("disinhibition", Verdict.FAILS, Species.PEOPLE)} == {"naltrexone_lost"}


def test_no_hypothesis_can_pass_results_that_contradict_each_other(switched: Predictions) -> None:
    assert [(one.name, other.name) for one, other in switched.contradictions()] == [
        ("naltrexone_kept", "naltrexone_lost")
    ]
    assert switched.passing() == ()


def test_a_hypothesis_without_the_step_does_not_speak() -> None:
    found = predictions(["empirical"], ["ampa_block", "memantine", "anaesthetic_dose", "week_of_benefit"])
    silent = {one.finding.name: one.reason for one in found if one.verdict is Verdict.SILENT}
    assert set(silent) == {"ampa_block", "memantine", "anaesthetic_dose"}
    assert silent["ampa_block"] == "it has no AMPA_BLOCK"
    assert "glutamate" in silent["anaesthetic_dose"]
    assert found.at("empirical", "week_of_benefit").ratio is not None


def test_glutamate_is_asked_only_of_those_that_need_it() -> None:
    found = predictions(["disinhibition", "eef2k"], ["anaesthetic_dose"])
    falls = found.at("disinhibition", "anaesthetic_dose")
    assert falls.ratio is not None
    assert falls.ratio < 0.0
    assert falls.verdict is Verdict.AGREES
    assert found.at("eef2k", "anaesthetic_dose").reason == "its relief does not depend on glutamate"


def test_an_effect_of_the_contrast_alone_is_an_infinite_ratio_and_null_in_json() -> None:
    (found,) = predictions(["hnk_ampa"], ["r_over_s_mouse"])
    assert found.ratio == math.inf
    assert found.verdict is Verdict.AGREES
    row = as_row(found)
    assert (row["ratio"], row["agrees_from"], row["agrees_to"]) == (None, 1.0, None)


def test_a_mixture_can_be_asked_too() -> None:
    found = predictions(["habenula=0.5,opioid_gate=0.5"], ["naltrexone_lost"])
    ratio = found.at("habenula=0.5,opioid_gate=0.5", "naltrexone_lost").ratio
    assert ratio is not None
    assert 0.1 < ratio < 0.95
    assert list(found.to_pandas()["verdict"]) in (["agrees"], ["fails"])


@pytest.mark.slow
def test_everything_at_once_and_none_passes() -> None:
    found = predictions()
    assert len(tuple(found)) == len(found.hypotheses) * len(found.findings)
    assert found.passing() == ()
    species = [one.species for one in found.findings]
    assert species == sorted(species, key=list(Species).index)
    assert all(one.ratio is None or not math.isnan(one.ratio) for one in found)


def test_words_name_hypotheses() -> None:
    assert parse_names("disinhibition, habenula") == ("disinhibition", "habenula")
    assert parse_names("disinhibition=0.8, habenula=0.2") == ("disinhibition=0.8,habenula=0.2",)


@pytest.mark.parametrize("words", ["", " ", "disinhibition,", "disinhibition=0.8,habenula"])
def test_words_that_name_nothing_or_mix_names_and_shares_are_refused(words: str) -> None:
    with pytest.raises(FieldError, match="names, each taken alone"):
        parse_names(words)


@pytest.mark.parametrize("names", [[], [""], "disinhibition", ["disinhibition", "disinhibition"]])
def test_lists_of_names_that_mean_nothing_are_refused(names: list[str]) -> None:
    with pytest.raises(FieldError):
        predictions(names, ["ampa_block"])
    with pytest.raises(FieldError):
        predictions(["disinhibition"], names)


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean habenula"):
        predictions(["habenular"])
    with pytest.raises(UnknownNameError, match="did you mean ampa_block"):
        predictions(["habenula"], ["ampa_blok"])
    with pytest.raises(FieldError, match="sum to 1"):
        predictions(["habenula=0.5,eef2k=0.2"])

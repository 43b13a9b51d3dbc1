"""What there is to choose: every entry, with what speaks for and against it."""

from __future__ import annotations

from kinetamine import catalogue
from kinetamine.course import DEFAULT_EFFECTS, parse_regimen
from kinetamine.web.simulations.choices import choices, defaults


def names(kind: str) -> list[str]:
    """Names of the entries of a kind, in order."""
    return [one["name"] for one in choices()[kind]]


def test_every_entry_can_be_chosen() -> None:
    for kind, folder in (("models", "pk"), ("mechanisms", "mechanisms"), ("comparators", "comparators")):
        assert names(kind) == list(catalogue.names(folder))


def test_regimens_hold_words_that_are_understood() -> None:
    assert all(len(parse_regimen(one["words"])) for one in choices()["regimens"])
    assert all(one["source"] for one in choices()["regimens"])


def test_rivals_show_the_strongest_piece_on_either_side() -> None:
    rivals = {one["name"]: one for one in choices()["mechanisms"]}
    assert rivals["habenula"]["speaks_against"]["grade"] == "high"
    assert rivals["empirical"]["speaks_for"]["source"]


def test_only_what_has_a_course_of_its_own_goes_beside() -> None:
    assert not any(one["sessions"] for one in choices()["background"])


def test_genes_and_liver_are_not_other_drugs() -> None:
    assert "rifampicin" in names("interactions")
    assert not any(name.startswith(("cyp2b6", "hepatic")) for name in names("interactions"))


def test_usual_effects_come_first_and_in_their_order() -> None:
    assert tuple(names("effects")[: len(DEFAULT_EFFECTS)]) == DEFAULT_EFFECTS


def test_defaults_are_those_of_person_and_course() -> None:
    assert defaults()["person.age_y"] == 40.0
    assert defaults()["people"] == 100
    assert defaults()["mechanism"] == "disinhibition=0.85,habenula=0.15"

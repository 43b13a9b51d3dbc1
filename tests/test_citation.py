"""BibTeX of exactly what was used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinetamine import catalogue
from kinetamine.citation import Reference, cite, collect
from kinetamine.errors import FieldError

ONE = Reference(
    key="one_2020", authors="One, A and Two, B", title="First", journal="J", year=2020, pages="1-9", doi="10.1/1"
)


def test_an_entry_prints_what_it_has_and_no_empty_field() -> None:
    text = ONE.bibtex()
    assert text.startswith("@article{one_2020,\n")
    assert "pages   = {1--9}" in text
    assert "volume" not in text


def test_each_reference_once_sorted_by_key() -> None:
    model = catalogue.load("pk", "kamp_2020")
    assert [one.key for one in collect((model, ONE, model))] == sorted({one.key for one in (*model.references, ONE)})
    assert cite(ONE, ONE).count("@article") == 1


def test_two_references_of_one_key_are_refused() -> None:
    with pytest.raises(FieldError, match=r"reference key: given 'one_2020', .*'First' has it"):
        collect((ONE, replace(ONE, title="Second")))


def test_short_names_the_first_author() -> None:
    assert ONE.short() == "One et al. 2020, J"

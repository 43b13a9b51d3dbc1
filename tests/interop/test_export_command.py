"""kinetamine export: three formats, one sentence for a mistake, nothing half-written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.program import run_here
from interop.simulators import library
from kinetamine import catalogue
from kinetamine.engine.event_table import read_event_table

library("libsbml")
EXAMPLES = Path(__file__).parents[2] / "examples"
INFUSION = (
    *("--regimen", "0.5 mg/kg iv over 40 min, single dose", "--weight", "70", "--madrs", "25.1"),
    *("--effects", "none"),
)
PROBLEM = ["conditions.tsv", "measurements.tsv", "model.xml", "observables.tsv", "parameters.tsv", "problem.yaml"]


def test_all_three_at_once(tmp_path: Path) -> None:
    sbml, table, folder = tmp_path / "a.xml", tmp_path / "a.csv", tmp_path / "problem"
    done = run_here("export", *INFUSION, "--sbml", sbml, "--nonmem", table, "--petab", folder, "--study", "Lii 2023")
    assert done.exit_code == 0, done.output
    assert done.output.count("wrote") == 8
    assert "! Lii 2023: masked by anaesthesia" in done.stderr
    assert sorted(one.name for one in folder.iterdir()) == PROBLEM
    assert (folder / "model.xml").read_text(encoding="utf-8") == sbml.read_text(encoding="utf-8")
    assert list(read_event_table(table, known_routes=catalogue.names("routes"))) == ["1"]


def test_each_person_of_a_table_has_a_model_and_all_one_table(tmp_path: Path) -> None:
    given = ("--effects", "none", "--outcomes", "none", "--sbml", tmp_path / "a.xml", "--nonmem", tmp_path / "a.csv")
    done = run_here("export", EXAMPLES / "nonmem_events.csv", *given)
    assert done.exit_code == 0, done.output
    people = list(read_event_table(EXAMPLES / "nonmem_events.csv", known_routes=catalogue.names("routes")))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", *(f"a_{person}.xml" for person in people)]
    assert list(read_event_table(tmp_path / "a.csv", known_routes=catalogue.names("routes"))) == people


def test_readings_of_a_table_make_a_problem(tmp_path: Path) -> None:
    table = tmp_path / "read.csv"
    run_here("export", *INFUSION, "--outcomes", "none", "--nonmem", table, "--outputs", "ketamine_venous")
    given = ("--effects", "none", "--outcomes", "none", "--outputs", "ketamine_venous", "--estimate", "CL,V1")
    done = run_here("export", table, *given, "--petab", tmp_path / "problem")
    assert done.exit_code == 0, done.output
    assert sorted(one.name for one in (tmp_path / "problem").iterdir()) == PROBLEM


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "at least one of --sbml"),
        (("--sbml", "a.txt"), "ends in .xml or .sbml"),
        (("--petab", "problem"), "--study NAME, or an event table with DV"),
        (("--nonmem", "a.csv", "--times", "soon"), "hours between commas"),
        (("--nonmem", "a.csv", "--outputs", "cadsss"), "output"),
        (("--sbml", "a.xml", "--petab", "problem", "--study", "Singh 2016"), "a study of these doses"),
        (("--sbml", "a.xml", "--people", "20"), "--people: given 20, expected --nonmem FILE.csv beside it"),
        (("--petab", "problem", "--study", "Lii 2023", "--people", "20"), "--people: given 20"),
        (("--sbml", "a.xml", "--outputs", "madrs"), "--outputs: given 'madrs', expected --nonmem FILE.csv"),
        (("--petab", "problem", "--study", "Lii 2023", "--outputs", "madrs"), "--outputs: given 'madrs'"),
        (("--sbml", "a.xml", "--times", "1,2"), "--times: given '1,2', expected --nonmem FILE.csv beside it"),
        (("--sbml", "a.xml", "--residual"), "--residual: given True, expected --nonmem FILE.csv beside it"),
        (("--sbml", "a.xml", "--study", "Lii 2023"), "--study: given 'Lii 2023', expected --petab DIR beside it"),
        (("--nonmem", "a.csv", "--arm", "ketamine"), "--arm: given 'ketamine', expected --petab DIR and --study"),
        (("--sbml", "a.xml", "--estimate", "CL"), "--estimate: given 'CL', expected --petab DIR beside it"),
        (("--petab", "problem", "--study", "Lii 2023", "--arm", "foo"), "arm: given 'foo', expected one of ketamine"),
        (("--petab", "problem", "--study", "Lii 2023", "--estimate", "CL,CL"), "given 'CL', expected names, each once"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run_here("export", *INFUSION, *arguments)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert list(tmp_path.iterdir()) == []


def test_a_missing_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libsbml", None)
    done = run_here("export", *INFUSION, "--sbml", tmp_path / "a.xml", width="200")
    assert done.exit_code == 1
    assert "install kinetamine[interop] (in a checkout: pip install '.[interop]')" in done.output
    assert list(tmp_path.iterdir()) == []

"""Event tables: NONMEM's rules, one sentence for each broken one, and nothing lost on the way back."""

from __future__ import annotations

import io
import math
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.engine.event_table import EventTable, expand, read_event_table, regimen_table, write_event_table
from kinetamine.engine.events import Event, EventId, Form, Modelled
from kinetamine.engine.person import Person
from kinetamine.engine.regimen import Regimen
from kinetamine.engine.table_covariates import Course, require_interpolation
from kinetamine.engine.table_records import Observation
from kinetamine.errors import FieldError, RowError
from kinetamine.units import BASE_PER_HYDROCHLORIDE


def read(columns: str, *rows: str, **options: object) -> EventTable:
    """The only person of a table given as words."""
    text = "\n".join(",".join(line.split()) for line in (columns, *rows)) + "\n"
    (table,) = read_event_table(text, **{"form": "esketamine"} | options).values()  # type: ignore[arg-type]  # as given
    return table


def test_only_time_and_amount_are_required() -> None:
    table = read("time amt", "0 35", "1 .")
    assert table.events == (Event(time_h=0.0, amount_mg=35.0, form=Form.ESKETAMINE, row=1),)
    assert table.observations == (Observation(time_h=1.0, missing=True, row=2),)


def test_every_column_means_what_nonmem_means() -> None:
    columns = "ID TIME EVID AMT RATE II ADDL SS CMT FORM OCC"
    table = read(columns, "7 2.5 4 100 50 12 3 1 central S-ketamine 2")
    assert table.identity == "7"
    assert table.events == (
        Event(
            time_h=2.5,
            evid=EventId.RESET_AND_DOSE,
            amount_mg=100.0,
            form=Form.ESKETAMINE,
            compartment="central",
            rate_mg_per_h=50.0,
            interval_h=12.0,
            additional=3,
            steady_state=1,
            occasion=2,
            row=1,
        ),
    )


def test_european_separators_tabs_and_a_hash_are_read() -> None:
    expected = read("ID TIME AMT", "1 0.5 35")
    for text in ("#id;time;amt\n1;0,5;35\n", "ID\tTIME\tAMT\n1\t0.5\t35\n", "\ufeffID, TIME, AMT\r\n1, 0.5, 35\r\n"):
        assert read_event_table(text, form="esketamine")["1"] == expected


def test_a_file_and_a_frame_read_as_the_text_does(tmp_path: Path) -> None:
    expected = read("ID TIME AMT", "1 0 35", "1 1 .")
    frame = pd.DataFrame({"ID": [1, 1], "TIME": [0.0, 1.0], "AMT": [35.0, math.nan]})
    frame.to_csv(tmp_path / "table.csv", index=False)
    assert read_event_table(frame, form="esketamine") == {"1": expected}
    assert read_event_table(tmp_path / "table.csv", form="esketamine") == {"1": expected}
    assert read_event_table(str(tmp_path / "table.csv"), form="esketamine") == {"1": expected}


def test_date_times_with_zone_become_hours() -> None:
    table = read("TIME AMT", "2026-03-29T00:30+01:00 35", "2026-03-29T04:30+02:00 35")
    assert [event.time_h for event in table.events] == [0.0, 3.0]


def test_salt_becomes_base_in_amount_and_rate() -> None:
    (event,) = read("TIME AMT RATE SALT", "0 100 50 HCl").events
    assert event.amount_mg == pytest.approx(100 * BASE_PER_HYDROCHLORIDE)
    assert event.amount_mg / event.rate_mg_per_h == pytest.approx(2.0)


def test_rate_and_duration_that_agree_are_the_duration() -> None:
    (event,) = read("TIME AMT RATE DUR", "0 100 50 2").events
    assert (event.rate_mg_per_h, event.duration_h) == (0.0, 2.0)
    assert read("TIME AMT DUR", "0 100 2").events[0].duration_h == 2.0


def test_modelled_rate_and_duration_are_named() -> None:
    table = read("TIME AMT RATE", "0 100 -1", "1 100 -2")
    assert [event.rate_mg_per_h for event in table.events] == [Modelled.RATE, Modelled.DURATION]


def test_an_infusion_at_steady_state_may_never_stop() -> None:
    (event,) = read("TIME AMT RATE SS", "0 0 20 1").events
    assert (event.amount_mg, event.rate_mg_per_h, event.interval_h) == (0.0, 20.0, 0.0)


def test_a_reset_needs_no_compartment_and_makes_no_occasion() -> None:
    table = read("TIME EVID AMT", "0 1 35", "5 3 .", "5 4 35")
    assert [event.evid for event in table.events] == [1, 3, 4]
    assert {event.occasion for event in table.events} == {1}


def test_time_may_start_again_at_a_reset_where_that_is_allowed() -> None:
    rows = ("0 1 35", "24 0 .", "0 4 35", "2 0 .")
    table = read("TIME EVID AMT", *rows, restart_after_reset=True)
    assert [event.time_h for event in table.events] == [0.0, 24.0]
    assert [seen.time_h for seen in table.observations] == [24.0, 26.0]
    with pytest.raises(RowError, match="row 3, column TIME"):
        read("TIME EVID AMT", *rows)


def test_two_doses_at_one_instant_stay_two() -> None:
    table = read("TIME AMT CMT", "0 20 depot", "0 30 central", "0 30 central")
    assert [(event.compartment, event.amount_mg) for event in table.events] == [
        ("depot", 20.0),
        ("central", 30.0),
        ("central", 30.0),
    ]


def test_blank_is_missing_and_zero_is_zero() -> None:
    table = read("TIME AMT DV MDV", "0 . 0 .", "1 . . .", "2 . 5 1")
    assert [(seen.value, seen.missing) for seen in table.observations] == [(0.0, False), (None, True), (5.0, True)]


def test_below_the_limit_the_limit_is_lloq_or_else_dv() -> None:
    table = read("TIME AMT DV CENS LLOQ DVID", "0 . . 1 2 NK", "1 . 3 1 . K")
    assert [(seen.output, seen.limit, seen.missing) for seen in table.observations] == [
        ("NK", 2.0, False),
        ("K", 3.0, False),
    ]


def test_covariates_fill_the_person_and_others_keep_their_name() -> None:
    table = read("TIME AMT WT SEX COMED HTN CRCL", "0 35 70 female ticlopidine+grapefruit 1 95")
    expected = Person(weight_kg=70.0, sex="female", comedication=("ticlopidine", "grapefruit"), hypertension=True)
    assert table.person() == expected
    assert table.covariate("CRCL", 9.0) == 95.0
    assert read("TIME AMT SEX", "0 35 1", sex_codes={"1": "male"}).person().sex == "male"
    with pytest.raises(FieldError, match="covariate: given 'EGFR'"):
        table.covariate("EGFR", 0.0)


@pytest.mark.parametrize(("how", "expected"), [("locf", [70.0, 70.0, 80.0]), ("nocb", [70.0, 80.0, 80.0])])
def test_the_interpolation_of_a_changing_covariate_is_named(how: str, expected: list[float]) -> None:
    rows = ("TIME AMT WT", "0 35 70", "5 . .", "10 . 80")
    table = read(*rows, covariate_interpolation=how)
    assert [table.person(time_h).weight_kg for time_h in (0.0, 5.0, 10.0)] == expected
    with pytest.raises(FieldError, match=r"covariate_interpolation: .*locf.*nocb.*WT changes within a person"):
        read(*rows)
    with pytest.raises(FieldError, match="covariate_interpolation: given 'linear'"):
        require_interpolation("linear", [])


BAD_ROWS = {
    "EVID 5 is rxode2's": ("TIME AMT EVID", "0 1 5", "row 1, column EVID: given '5'", "5 replaces an amount in rxode2"),
    "EVID 6 is rxode2's": ("TIME AMT EVID", "0 1 6", "column EVID", "6 multiplies an amount in rxode2"),
    "EVID 7 is rxode2's": ("TIME AMT EVID", "0 1 7", "column EVID", "7 is a transit or phantom dose in rxode2"),
    "EVID 8 is mrgsolve's": ("TIME AMT EVID", "0 1 8", "column EVID", "8 replaces an amount in mrgsolve"),
    "EVID unknown": ("TIME AMT EVID", "0 1 9", "given '9'", "expected 0 observation, 1 dose"),
    "EVID text": ("TIME AMT EVID", "0 1 dose", "given 'dose'", "expected 0 observation, 1 dose"),
    "EVID fraction": ("TIME AMT EVID", "0 1 1.5", "given '1.5'", "expected 0 observation"),
    "TIME text": ("TIME AMT", "noon 1", "column TIME: given 'noon'", "hours from 0 on, or a date-time with zone"),
    "TIME missing": ("TIME AMT", ". 1", "column TIME: given '.'", "hours from 0 on"),
    "TIME NaN": ("TIME AMT", "NaN 1", "column TIME: given 'NaN'", "hours from 0 on"),
    "TIME negative": ("TIME AMT", "-1 1", "given '-1'", "hours from 0 on"),
    "TIME without zone": ("TIME AMT", "2026-01-01T10:00 1", "column TIME", "a date-time with zone"),
    "AMT text": ("TIME AMT", "0 much", "column AMT: given 'much'", "expected mg"),
    "AMT NaN": ("TIME AMT", "0 NaN", "column AMT: given 'NaN'", "expected mg"),
    "AMT infinite": ("TIME AMT", "0 inf", "column AMT: given 'inf'", "expected mg"),
    "AMT zero": ("TIME AMT EVID", "0 0 1", "column AMT: given '0'", "mg above 0"),
    "AMT missing": ("TIME AMT EVID", "0 . 1", "column AMT: given '.'", "mg above 0"),
    "AMT negative": ("TIME AMT EVID", "0 -5 1", "column AMT: given '-5'", "mg above 0"),
    "AMT zero with SS 2": (
        "TIME AMT EVID RATE SS",
        "0 0 1 20 2",
        "column AMT",
        "never stops: SS 1, RATE above 0, II 0",
    ),
    "AMT of an observation": ("TIME AMT EVID", "0 5 0", "column AMT: given '5'", "0 or nothing in an observation"),
    "AMT of a reset": ("TIME AMT EVID", "0 5 3", "column AMT: given '5'", "0 or nothing in a record that is no dose"),
    "RATE of an observation": ("TIME AMT EVID RATE", "0 . 0 5", "column RATE", "0 or nothing in an observation"),
    "RATE -3": ("TIME AMT RATE", "0 1 -3", "column RATE: given '-3'", "expected mg/h above 0, 0 for a bolus, -1"),
    "RATE -1.5": ("TIME AMT RATE", "0 1 -1.5", "column RATE", "-2 (duration modelled)"),
    "RATE text": ("TIME AMT RATE", "0 1 fast", "column RATE: given 'fast'", "expected mg/h"),
    "infusion of no length": (
        "TIME AMT DUR",
        "0 1 0",
        "column DUR: given '0'",
        "hours above 0, or nothing for a bolus",
    ),
    "DUR negative": ("TIME AMT DUR", "0 1 -1", "column DUR", "hours above 0"),
    "RATE and DUR apart": ("TIME AMT RATE DUR", "0 100 50 3", "column DUR: given '3'", "only one of RATE and DUR"),
    "modelled and DUR": ("TIME AMT RATE DUR", "0 100 -2 3", "column DUR", "only one of RATE and DUR"),
    "II alone": ("TIME AMT II", "0 1 12", "column II: given '12'", "neither ADDL nor SS asks for more doses"),
    "II negative": ("TIME AMT II", "0 1 -12", "column II", "hours, 0 or more"),
    "ADDL without II": ("TIME AMT ADDL", "0 1 3", "column II", "the hours between the doses that ADDL 3 asks for"),
    "ADDL negative": ("TIME AMT ADDL", "0 1 -1", "column ADDL: given '-1'", "a whole number of additional doses"),
    "ADDL fraction": ("TIME AMT II ADDL", "0 1 12 1.5", "column ADDL", "a whole number of additional doses"),
    "ADDL endless": ("TIME AMT II ADDL", "0 1 1 99999", "column ADDL", "0 to 5000"),
    "SS without II": ("TIME AMT SS", "0 1 1", "column II", "the steady state SS asks for"),
    "SS 3": ("TIME AMT SS", "0 1 3", "column SS: given '3'", "0 none, 1 steady state or 2"),
    "FORM unknown": ("TIME AMT FORM", "0 1 eskatamine", "column FORM: given 'eskatamine'", "did you mean esketamine?"),
    "SALT unknown": ("TIME AMT SALT", "0 1 sulfate", "column SALT: given 'sulfate'", "base or hydrochloride"),
    "ROUTE and CMT": ("TIME AMT ROUTE CMT", "0 1 iv 2", "column CMT: given '2'", "the route says where it goes"),
    "ROUTE unknown": ("TIME AMT ROUTE", "0 1 orall", "column ROUTE: given 'orall'", "did you mean oral?"),
    "OCC zero": ("TIME AMT OCC", "0 1 0", "column OCC: given '0'", "a whole number, 1 or more"),
    "MDV 2": ("TIME AMT DV MDV", "0 . 1 2", "column MDV: given '2'", "0 or 1"),
    "MDV 0 without DV": ("TIME AMT DV MDV", "0 . . 0", "column DV: given '.'", "a number, since MDV is 0"),
    "CENS -1": ("TIME AMT DV CENS", "0 . 1 -1", "column CENS: given '-1'", "1 for below the limit"),
    "BLQ without limit": ("TIME AMT DV BLQ", "0 . . 1", "column LLOQ", "the limit that the value is below"),
    "CENS and BLQ apart": ("TIME AMT DV CENS BLQ", "0 . 1 0 1", "column BLQ", "the same as CENS"),
    "DV text": ("TIME AMT DV", "0 . BQL", "column DV: given 'BQL'", "expected a number"),
    "AMT absurd": ("TIME AMT", "0 35000", "column AMT: given '35000'", "at most 2000 mg in one dose or hour"),
    "AMT absurd for the weight": ("TIME AMT WT", "0 1100 70", "column AMT: given '1100'", "15 mg/kg", "1050 mg"),
    "RATE absurd": ("TIME AMT RATE SS", "0 0 5000 1", "column RATE: given '5000'", "at most 2000 mg"),
    "HTN 2": ("TIME AMT HTN", "0 1 2", "column HTN: given '2'", "0, or 1 for hypertension"),
    "SESSIONS of a half": ("TIME AMT SESSIONS", "0 1 2.5", "column SESSIONS: given '2.5'", "a whole number"),
    "ID missing": ("ID TIME AMT", ". 0 1", "column ID", "who it is, in every row"),
    "WT absurd": ("TIME AMT WT", "0 1 7000", "column WT: given '7000'", "1 to 400 kg"),
    "WT text": ("TIME AMT WT", "0 1 heavy", "column WT: given 'heavy'", "expected a number"),
    "SEX as a number": ("TIME AMT SEX", "0 1 1", "column SEX: given '1'", "sex_codes="),
    "a cell too many": ("TIME AMT", "0 1 2", "row 1, column AMT: given '3 cells'", "2, as the header has"),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_cell_is_named_in_one_sentence(case: str) -> None:
    columns, row, *fragments = BAD_ROWS[case]
    with pytest.raises(RowError) as refused:
        read(columns, row, known_routes=["oral", "intravenous"])
    assert all(fragment in str(refused.value) for fragment in fragments), str(refused.value)
    assert refused.value.row == 1


def test_a_long_infusion_is_judged_by_what_it_gives_in_an_hour() -> None:
    assert read("TIME AMT RATE WT", "0 5000 50 70").events[0].amount_mg == 5000.0


def test_what_a_table_has_beside_is_named_and_kept_where_it_is_numbers() -> None:
    table = read("ID TIME AMT SITE CRCL TAD", "1 0 35 north 95 0")
    assert table.ignored == ("SITE", "CRCL", "TAD")
    assert table.notes == ("columns not used: SITE, CRCL, TAD",)
    assert dict(table.covariates) == {"CRCL": ((0.0, 95.0),), "TAD": ((0.0, 0.0),)}
    assert read("TIME AMT", "0 35").notes == ()


def test_rows_that_column_c_marks_are_left_out_and_named() -> None:
    table = read("C TIME AMT", ". 0 35", "C 1 much", "0 2 35", "# 3 35")
    assert [event.row for event in table.events] == [1, 3]
    assert table.notes == ("rows left out, as column C marks them: 2, 4",)


def test_an_error_notes_whose_row_it_is_where_there_are_several_people() -> None:
    with pytest.raises(RowError) as refused:
        read("ID TIME AMT", "1 0 35", "2 0 much")
    assert refused.value.__notes__ == ["ID 2"]
    with pytest.raises(RowError) as refused:
        read("ID TIME AMT", "1 0 much")
    assert not hasattr(refused.value, "__notes__")


def test_letters_for_sex_are_read() -> None:
    assert [read("TIME AMT SEX", f"0 35 {word}").person().sex for word in ("F", "m", "Female")] == [
        "female",
        "male",
        "female",
    ]


def test_a_low_pressure_in_a_table_is_judged_beside_the_other() -> None:
    assert read("TIME AMT DBP SBP", "0 35 125 180").person().diastolic_mmhg == 125.0
    with pytest.raises(FieldError, match="less than the systolic pressure, 110 mmHg"):
        read("TIME AMT DBP SBP", "0 35 125 110").person()


@pytest.mark.parametrize(
    "content", ["ID,TIME,AMT\n1,0,35\n".encode("utf-16"), "ID,TIME,AMT,N\xe4\n1".encode("latin-1")]
)
def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    with pytest.raises(FieldError, match="save it again as CSV UTF-8"):
        read_event_table(tmp_path / "table.csv")


def test_other_software_reads_what_is_written() -> None:
    words = "0.5 mg/kg iv over 30 min, twice weekly for 1 week"
    text = write_event_table({"1": regimen_table(Regimen.parse(words), Person(weight_kg=80.0, sex="male"))})
    frame = pd.read_csv(io.StringIO(text), na_values=".")
    assert list(frame["RATE"]) == [80.0, 80.0]
    assert list(frame["DUR"]) == [0.5, 0.5]
    assert list(frame["WT"]) == [80.0, 80.0]
    assert list(frame.columns[-5:]) == ["ROUTE", "FORM", "SALT", "SEX", "HEPATIC"]
    assert " " not in text
    assert all(frame[column].dtype.kind in "if" for column in frame.columns[:-5])


def test_a_form_must_be_stated_somewhere() -> None:
    with pytest.raises(RowError, match=r'column FORM: .*form="\.\.\." for the whole table'):
        read("TIME AMT", "0 35", form=None)
    with pytest.raises(FieldError, match="form: given 'ketamina'"):
        read("TIME AMT", "0 35", form="ketamina")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("1 5 1", "1 4 1"), "row 2, column TIME: given '4', expected 5 h or later"),
        (("1 0 1", "2 0 1", "1 1 1"), "row 3, column ID: given '1', expected the rows of 1 together"),
        (("1 0 1", "1 2026-01-01T10:00Z 1"), "row 2, column TIME"),
    ],
)
def test_rows_that_do_not_follow_each_other_are_refused(rows: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(RowError) as refused:
        read("ID TIME AMT", *rows)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("TIME,AMT,time\n0,1,0\n", "header: given 'TIME'"),
        ("ID,AMT\n1,1\n", "a column TIME"),
        ("ID,TIME\n1,1\n", "a column AMT"),
        ("TIME,AMT\n", "at least one row"),
        ("DATE,TIME,AMT\n1,2,3\n", "date-times with zone"),
        ("TIME,AMT,RATEE\n0,1,0\n", "header: given 'RATEE', .*did you mean RATE?"),
        ("TIME,AMT,ADDLL\n0,1,0\n", "did you mean ADDL?"),
        ("TIME,AMT,AGEE\n0,1,0\n", "did you mean AGE?"),
        ("TIME,AMNT\n0,1\n", "did you mean AMT?"),
        ("TIME,AMT,WEIGHT\n0,1,70\n", "given 'WEIGHT', expected WT"),
        ("TIME,AMT,LAG\n0,1,1\n", "given 'LAG', .*belong to routes and models"),
        ("TIME,AMT,ALAG1\n0,1,1\n", "given 'ALAG1', .*belong to routes and models"),
        ("TIME,AMT,F1\n0,1,1\n", "given 'F1', .*belong to routes and models"),
        ("\n", "the name of each column"),
        ("nowhere.csv", "CSV text or the path of a CSV file"),
    ],
)
def test_a_table_that_is_none_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence):
        read_event_table(text, form="esketamine")


@st.composite
def dose_events(draw: st.DrawFn) -> Event:
    """Any dose a table can hold."""
    amount, rate = draw(st.floats(0.01, 500.0)), draw(st.sampled_from((0.0, -1.0, -2.0, 12.5)))
    repeated = draw(st.booleans())
    route, compartment = draw(st.sampled_from((("intravenous", None), (None, "depot"), (None, None))))
    return Event(
        time_h=draw(st.floats(0.0, 1000.0)),
        evid=draw(st.sampled_from((EventId.DOSE, EventId.RESET_AND_DOSE))),
        amount_mg=amount,
        form=draw(st.sampled_from(Form)),
        rate_mg_per_h=rate,
        duration_h=draw(st.none() | st.floats(0.01, 10.0)) if rate == 0.0 else None,
        interval_h=draw(st.floats(0.1, 168.0)) if repeated else 0.0,
        additional=draw(st.integers(1, 20)) if repeated else 0,
        steady_state=draw(st.sampled_from((0, 1, 2))) if repeated else 0,
        occasion=draw(st.integers(1, 5)),
        route=route,
        compartment=compartment,
    )


observations = st.builds(
    Observation,
    time_h=st.floats(0.0, 1000.0),
    output=st.none() | st.sampled_from(("K", "NK")),
    value=st.floats(0.0, 1e4),
    missing=st.booleans(),
)


@given(
    st.lists(dose_events(), min_size=1, max_size=4), st.lists(observations, max_size=4), st.sampled_from(("7", "Ann"))
)
def test_nothing_is_lost_on_the_way_out_and_back(events: list[Event], seen: list[Observation], identity: str) -> None:
    start_h = min([event.time_h for event in events] + [one.time_h for one in seen])
    courses: dict[str, Course] = {"weight_kg": ((start_h, 70.3),), "CRCL": ((start_h, 95.5),)}
    table = EventTable(identity=identity, events=tuple(events), observations=tuple(seen), covariates=courses)
    text = write_event_table({identity: table})
    back = read_event_table(text)
    assert write_event_table(back) == text
    assert back[identity].covariates == courses
    assert sorted(map(_unnumbered, back[identity].events)) == sorted(map(_unnumbered, events))


def _unnumbered(event: Event) -> str:
    return str({name: value for name, value in vars(event).items() if name != "row"})


def test_people_keep_their_order_their_names_and_their_courses(tmp_path: Path) -> None:
    text = "ID,TIME,AMT,FORM,DV,WT\nann,0,35,racemic,.,70\nann,5,.,.,0,71\n12,0,28,S-ketamine,.,60\n"
    tables = read_event_table(text, covariate_interpolation="locf")
    written = write_event_table(tables, tmp_path / "table.csv")
    assert written.startswith("ID,TIME,EVID,AMT,")
    first_and_last = [line.split(",")[:: len(line.split(",")) - 1] for line in written.splitlines()]
    assert first_and_last == [["ID", "USUBJID"], ["1", "ann"], ["1", "ann"], ["2", "12"]]
    assert read_event_table(tmp_path / "table.csv", covariate_interpolation="locf") == tables


def test_a_regimen_goes_out_and_comes_back_as_the_same_events() -> None:
    person = Person(weight_kg=71.3, sex="female", comedication=("ticlopidine",))
    words = (
        "0.5 mg/kg iv over 40 min racemic hydrochloride day 2, then 84 mg intranasal esketamine base twice weekly x 3"
    )
    table = regimen_table(Regimen.parse(words), person, identity="3")
    back = read_event_table(write_event_table({"3": table}))["3"]
    assert [_unnumbered(event) for event in back.events] == [_unnumbered(event) for event in table.events]
    assert back.person() == person


def test_additional_doses_are_spelled_out_and_steady_state_stays_with_the_first() -> None:
    table = read("TIME AMT RATE II ADDL SS", "0 100 50 12 2 1", "6 20 0 0 0 0")
    listed = expand(table.events)
    assert [(dose.time_h, dose.steady_state, dose.interval_h) for dose in listed] == [
        (0.0, 1, 12.0),
        (6.0, 0, 0.0),
        (12.0, 0, 0.0),
        (24.0, 0, 0.0),
    ]
    assert {dose.additional for dose in listed} == {0}


def test_repeats_of_a_reset_and_dose_reset_only_once() -> None:
    table = read("TIME AMT EVID II ADDL", "0 100 4 12 1")
    assert [dose.evid for dose in expand(table.events)] == [EventId.RESET_AND_DOSE, EventId.DOSE]


def test_the_expanded_doses_print_row_by_row() -> None:
    printed = read("TIME AMT RATE SS II ADDL", "0 100 50 0 24 1", "50 0 20 1 0 0").describe().splitlines()
    assert len(printed) == 4
    assert "2 h" in printed[1]
    assert printed[2].split()[1:4] == ["2", "24", "100"]
    assert "20 per h" in printed[3]
    assert "for ever" in printed[3]


def test_columns_are_upper_case_and_stand_as_the_page_tells_nonmem() -> None:
    page = (Path(__file__).parents[2] / "docs/howto/nonmem_tables.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"\$INPUT ((?:[^`]|\n)*)```", page)
    regimen = Regimen.parse("0.5 mg/kg iv over 30 min, twice weekly for 1 week")
    written = write_event_table({"1": regimen_table(regimen, Person(weight_kg=70.0))})
    header = written.splitlines()[0].split(",")
    assert [column.removesuffix("=DROP") for column in told.split()] == header
    assert header == [column.upper() for column in header]
    assert write_event_table(read_event_table(written)) == written

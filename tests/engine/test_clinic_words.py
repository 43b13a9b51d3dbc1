"""The clinic's words: what each phrase means, and the sentence when it means nothing."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.engine.clinic_words import parse
from kinetamine.engine.dose import Dose
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

INFUSION = "0.5 mg/kg iv over 40 min"


def days(doses: tuple[Dose, ...]) -> list[int]:
    """The day of each dose, from 1."""
    return [int(dose.time_h // 24) + 1 for dose in doses]


def test_the_usual_course_of_infusions() -> None:
    doses = parse("0.5 mg/kg iv over 40 min, twice weekly for 3 weeks")
    assert [dose.time_h / 24 for dose in doses] == [0, 3, 7, 10, 14, 17]
    assert {(dose.stated, dose.route, dose.form, dose.salt) for dose in doses} == {
        ("0.5 mg/kg", "intravenous", Form.RACEMIC, "base")
    }
    assert doses[0].duration_h == pytest.approx(40 / 60)


def test_the_label_of_the_nasal_spray() -> None:
    doses = parse("56 mg intranasal esketamine day 1, then 84 mg twice weekly x 4 weeks, weekly x 4")
    assert days(doses) == [1, 4, 8, 11, 15, 18, 22, 25, 29, 36, 43, 50]
    assert [dose.amount for dose in doses] == [56.0] + [84.0] * 11
    assert {dose.form for dose in doses} == {Form.ESKETAMINE}


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("single dose", [1]),
        ("once", [1]),
        ("day 3", [3]),
        ("days 1, 3, 5, 8", [1, 3, 5, 8]),
        ("days 1,3 and 5", [1, 3, 5]),
        ("days 2-4", [2, 3, 4]),
        ("days 1 to 3, 8", [1, 2, 3, 8]),
        ("daily x 3", [1, 2, 3]),
        ("x3 daily", [1, 2, 3]),
        ("every day for 3 days", [1, 2, 3]),
        ("twice daily x 3", [1, 1, 2]),
        ("bid for 1 day", [1, 1]),
        ("every 3 days x 3", [1, 4, 7]),
        ("every other day for 1 week", [1, 3, 5, 7]),
        ("every 8 h x 4", [1, 1, 1, 2]),
        ("q8h × 4", [1, 1, 1, 2]),
        ("weekly 3 times", [1, 8, 15]),
        ("once a week for three weeks", [1, 8, 15]),
        ("2/week x 2 weeks", [1, 4, 8, 11]),
        ("2x weekly for 4 doses", [1, 4, 8, 11]),
        ("twice-weekly for 2 weeks", [1, 4, 8, 11]),
        ("three times weekly for 2 weeks", [1, 3, 5, 8, 10, 12]),
        ("thrice per week x 4", [1, 3, 5, 8]),
        ("every 2 weeks x 2", [1, 15]),
        ("fortnightly x 2", [1, 15]),
    ],
)
def test_schedules(schedule: str, expected: list[int]) -> None:
    assert days(parse(f"50 mg im {schedule}")) == expected
    assert days(parse(f"50 mg im, {schedule}.")) == expected


@pytest.mark.parametrize(
    ("words", "form", "salt"),
    [
        ("ketamine", Form.RACEMIC, "base"),
        ("racemic ketamine hydrochloride", Form.RACEMIC, "hydrochloride"),
        ("esketamine as base", Form.ESKETAMINE, "base"),
        ("S-ketamine HCl", Form.ESKETAMINE, "hydrochloride"),
        ("(S)-ketamine", Form.ESKETAMINE, "base"),
        ("S(+)-ketamine", Form.ESKETAMINE, "base"),
        ("arketamine", Form.ARKETAMINE, "base"),
        ("R-ketamine as hydrochloride", Form.ARKETAMINE, "hydrochloride"),
    ],
)
def test_forms_and_salts(words: str, form: Form, salt: str) -> None:
    (dose,) = parse(f"50 mg {words} im")
    assert (dose.form, dose.salt) == (form, salt)


@pytest.mark.parametrize(
    ("words", "route"),
    [
        ("i.m.", "intramuscular"),
        ("subcutaneously", "subcutaneous"),
        ("by mouth", "oral"),
        ("oral tablet", "oral"),
        ("sublingual tablet", "sublingual"),
        ("oral lozenge", "sublingual"),
        ("oral film", "film"),
        ("prolonged-release tablet", "oral_prolonged_release"),
        ("nasal spray", "intranasal"),
        ("intranasal spray", "intranasal"),
    ],
)
def test_routes(words: str, route: str) -> None:
    assert parse(f"50 mg {words}")[0].route == route


def test_a_route_of_the_library_comes_before_what_the_words_mean_in_general() -> None:
    assert parse("50 mg oral troche", ["oral_troche", "oral"])[0].route == "oral_troche"
    with pytest.raises(FieldError, match="given 'im', expected one of the routes oral, oral_troche"):
        parse("50 mg im", ["oral_troche", "oral"])


def test_steps_share_the_schedule_that_follows() -> None:
    doses = parse("1 mg/kg iv over 40 min then 0.75 mg/kg then 0.5 mg/kg, weekly")
    assert [dose.amount for dose in doses] == [1.0, 0.75, 0.5]
    assert days(doses) == [1, 8, 15]
    assert len({dose.duration_h for dose in doses}) == 1


def test_the_last_step_carries_on() -> None:
    doses = parse("56 mg then 84 mg intranasal esketamine twice weekly for 2 weeks")
    assert [dose.amount for dose in doses] == [56.0, 84.0, 84.0, 84.0]
    assert {dose.form for dose in doses} == {Form.ESKETAMINE}


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("taper from 84 mg to 28 mg by 28 mg weekly", [84.0, 56.0, 28.0]),
        ("taper from 84 to 28 by 28 mg weekly", [84.0, 56.0, 28.0]),
        ("taper from 0.5 mg/kg to 0.2 mg/kg by 0.1 mg/kg every 3 days", [0.5, 0.4, 0.3, 0.2]),
        ("titrate from 28 mg to 84 mg by 28 mg weekly", [28.0, 56.0, 84.0]),
    ],
)
def test_tapers(words: str, amounts: list[float]) -> None:
    assert [dose.amount for dose in parse(f"im {words}")] == amounts


def test_an_infusion_follows_its_loading_bolus_at_once() -> None:
    bolus, infusion = parse("0.3 mg/kg iv bolus then 0.15 mg/kg/h iv for 100 h")
    assert (bolus.time_h, bolus.duration_h) == (0.0, 0.0)
    assert (infusion.time_h, infusion.duration_h, infusion.stated) == (0.0, 100.0, "0.15 mg/kg/h")


def test_rates_take_over_from_each_other_and_sessions_repeat() -> None:
    doses = parse("20 mg/h iv for 2 h then 10 mg/h for 4 h, weekly x 2")
    assert [(dose.time_h, dose.amount, dose.duration_h) for dose in doses] == [
        (0.0, 20.0, 2.0),
        (2.0, 10.0, 4.0),
        (168.0, 20.0, 2.0),
        (170.0, 10.0, 4.0),
    ]


def test_another_treatment_starts_when_the_infusion_has_ended() -> None:
    doses = parse("20 mg/h iv for 4 days, then 100 mg oral lozenge daily x 2")
    assert [dose.time_h for dose in doses] == [0.0, 96.0, 120.0]
    assert doses[1].duration_h == 0.0


UNCLEAR = {
    "": "given '', expected an amount",
    "weekly x 4": "given 'weekly x 4', expected an amount such as 0.5 mg/kg",
    "iv bolus ketamine": "expected an amount such as 0.5 mg/kg",
    "0,5 mg/kg iv bolus": "given '0,5', expected a number with a decimal point and a unit; did you mean 0.5?",
    "0.5 mgs/kg im": "given '0.5 mgs/kg', expected a number with a unit, mg, mg/kg, mg/h, mg/kg/h or ug/kg/min",
    "0.5 im": "given '0.5 im', expected a number with a unit",
    "5 mg/lb im": "given 'mg/lb', expected mg, mg/kg",
    "-1 mg/kg im": "given '-1 mg/kg', expected an amount above 0",
    "0 mg im": "given '0 mg', expected an amount above 0",
    "nan mg im": "given 'nan', expected an amount above 0",
    "16 mg/kg im": "given '16 mg/kg', expected at most 15 mg/kg",
    "2500 mg po": "given '2500 mg', expected at most 2000 mg",
    "50 mg": "given '50 mg', expected a route",
    "50 mg intravenus bolus": "given 'intravenus', expected an amount, form, route, length or schedule",
    "50 mg im po": "given 'po', expected one route in a clause",
    "50 mg iv": "given '50 mg iv', expected how fast, such as over 40 min or bolus",
    "20 mg/h iv": "given '20 mg/h iv', expected for how long",
    "50 mg iv over 0 min": "given 'over 0 min', expected more than 0 min, or the word bolus",
    "50 mg iv over lunch": "given 'over', expected a length of time",
    "50 mg im weakly x 3": "given 'weakly', expected",
    "50 mg im twice weakly x 3": "given 'twice weakly', expected twice daily or twice weekly; did you mean weekly?",
    "50 mg im biweekly x 3": "given 'biweekly', expected twice weekly or every 2 weeks",
    "50 mg im monthly x 3": "given 'monthly', expected every 4 weeks",
    "50 mg im five times weekly x 3": "or the days, such as days 1, 2, 4, 5",
    "50 mg im twice weekly": "expected how many, such as x 6 or for 3 weeks",
    "50 mg im x 4": "given '50 mg im x 4', expected how often",
    "50 mg im for 3 weeks": "expected how often",
    "50 mg im x often": "given 'x', expected a number",
    "50 mg im daily x 0": "given 'x 0', expected a whole number of doses, 1 to 5000",
    "50 mg im daily x 2.5": "expected a whole number of doses",
    "50 mg im daily for 0 weeks": "given 'for 0 weeks', expected a time above 0",
    "50 mg im daily for 900 weeks": "expected at most 5000 doses",
    "50 mg im every 0 h x 2": "given 'every 0 h', expected an interval",
    "50 mg im every fortnite x 2": "given 'every fortnite', expected an interval",
    "50 mg im day 0": "given 'day 0', expected whole days from 1 on",
    "50 mg im days 3, 1": "given 'days 3, 1', expected whole days from 1 on, in order",
    "50 mg im day": "given 'day', expected numbers of days",
    "50 mg im every 99999999 h x 2": "given '99999999', expected a number up to 1000000",
    "0.5 mg/kg iv over 40 min then 56 mg nasal esketamine, weekly": "since esketamine is named later",
    "50 mg im day 1 x 5": "either the days or a number of doses, not both",
    "50 mg im day 5, then day 2": "given 'day 2', expected a day from day 5 on",
    "50 mg im day 1, then 60 mg": "given '60 mg', expected when, such as weekly x 4 or day 8",
    "50 mg im then 60 mg": "given '60 mg', expected when",
    "50 mg im then 60 mg then 70 mg, weekly x 2": "expected at least 3 doses, one for each step",
    "taper from 84 mg to 30 mg by 28 mg weekly im": "expected a taper in whole steps",
    "taper weekly im": "given 'taper', expected a taper such as",
}


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_is_unclear_is_quoted_in_one_sentence(words: str) -> None:
    with pytest.raises(FieldError) as refused:
        parse(words)
    assert UNCLEAR[words] in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("words", "nearest"),
    [("50 mg intravenus", "intravenous"), ("50 mg esketamin im", "esketamine"), ("50 mg im dailly x 3", "daily")],
)
def test_the_nearest_known_word_is_offered(words: str, nearest: str) -> None:
    with pytest.raises(FieldError) as refused:
        parse(words)
    assert (refused.value.field, refused.value.nearest) == ("regimen", nearest)


@given(
    amount=st.decimals("0.01", "14", places=2),
    minutes=st.integers(1, 600),
    every=st.sampled_from(("daily", "weekly", "twice weekly", "every 3 days", "every 8 h")),
    doses=st.integers(1, 60),
)
def test_what_is_said_is_what_is_given(amount: object, minutes: int, every: str, doses: int) -> None:
    course = parse(f"{amount} mg/kg iv over {minutes} min, {every} x {doses}")
    assert len(course) == doses
    assert {dose.stated for dose in course} == {f"{float(str(amount)):g} mg/kg"}
    assert {round(dose.duration_h * 60) for dose in course} == {minutes}
    times = [dose.time_h for dose in course]
    assert times == sorted(set(times))
    assert times[0] == 0.0


SCRAPS = ("0.5 mg/kg", "50", "mg", "im", "then", ",", "day", "x", "weekly", "for", "3", "by", "taper", "ketamine", "q")


@given(st.text(max_size=40) | st.lists(st.sampled_from(SCRAPS)).map(" ".join))
def test_any_text_is_understood_or_refused(text: str) -> None:
    with suppress(FieldError):
        assert all(dose.amount > 0.0 for dose in parse(text))


@pytest.mark.parametrize(
    "words",
    [
        "0.5 mg/kg iv infused over 40 min",
        "0.5 mg/kg iv over 2400 s",
        "0.5 mg/kg iv over 2400 seconds",
        "0.5 mg/kg (base) iv over 40 min",
        "0.5 mg/kg iv in 40 min",
    ],
)
def test_other_words_for_the_same_infusion(words: str) -> None:
    assert parse(words) == parse("0.5 mg/kg iv over 40 min")


def test_in_some_days_is_no_length() -> None:
    with pytest.raises(FieldError, match="'in'"):
        parse("0.5 mg/kg iv bolus in 3 days")


@pytest.mark.parametrize("word", ["mon", "wednesdays", "fri"])
def test_names_of_days_are_refused_with_the_way_to_say_it(word: str) -> None:
    with pytest.raises(FieldError, match="days of the treatment, such as days 1, 3 and 5"):
        parse(f"5 mg im {word}")

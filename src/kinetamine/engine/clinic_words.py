"""The clinic's words to doses: ``0.5 mg/kg iv over 40 min, twice weekly for 3 weeks``.

A course is clauses. A clause holds, in any order, an amount, a form, a salt, a route, a length and a schedule;
``then``, a second amount or a second schedule begins the next one, and what a clause leaves out it takes from the
one before. Clauses without a schedule wait for the next: ``1 mg/kg ... then 0.5 mg/kg, weekly`` are two steps, the
last of which carries on if the schedule is longer. An infusion after a bolus, or a rate after anything,
follows at once. What nobody said and a dose depends on (how much, which way, how fast into a vein, how often)
is asked for; only the form and the salt have defaults, racemic ketamine and base, and every table shows them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from kinetamine.engine.clause import Clause, Course, complete
from kinetamine.engine.dose import FORM_WORDS, SALT_WORDS, Dose, Unit, route_words
from kinetamine.engine.schedule import DAY_H, MOST_DOSES, WEEK_H, WEEKDAYS, Every, OnDays, Pattern, Weekly
from kinetamine.engine.tokens import Cursor, tokenise
from kinetamine.errors import FieldError, nearest

_MASSES = ("mg", "g", "ug", "µg", "μg", "mcg", "ng")
_UNITS = ("mg", "mg/kg", "mg/h", "mg/kg/h", "ug/kg/min", "mcg/kg/min", "g", "ug")
_HOURS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0 / 3600.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 1.0 / 60.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 1.0),
    **dict.fromkeys(("d", "day", "days"), DAY_H),
    **dict.fromkeys(("wk", "wks", "week", "weeks"), WEEK_H),
}
_PERIODS = {
    **dict.fromkeys(("daily", "a day", "per day", "/ day", "each day", "every day"), DAY_H),
    **dict.fromkeys(("weekly", "a week", "per week", "/ week", "each week", "every week"), WEEK_H),
}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_PATTERNS: dict[str, Pattern] = {
    "od": Every(DAY_H),
    "qd": Every(DAY_H),
    "bid": Every(DAY_H / 2),
    "tid": Every(DAY_H / 3),
    "qid": Every(DAY_H / 4),
    "fortnightly": Weekly(WEEKDAYS[1], weeks=2),
    "alternate days": Every(2 * DAY_H),
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_NAMES = ("tues", "thur", "thurs", *(name for day in _WEEKDAYS for name in (day, day[:3], f"{day}s")))
# Words with two meanings, and numbers that are none: a dose must not depend on what was meant.
_REFUSED = {
    "biweekly": "twice weekly or every 2 weeks, each of which has one meaning",
    "monthly": "every 4 weeks, which has one meaning",
    "month": "weeks",
    "months": "weeks",
    **dict.fromkeys(_WEEKDAY_NAMES, "days of the treatment, such as days 1, 3 and 5, of which day 1 is the first"),
    "nan": "an amount above 0",
    "inf": "an amount above 0",
}
_BOLUS = ("bolus", "push", "loading")
_COUNTED = ("dose", "doses", "times", "sessions", "session", "infusions", "treatments", "treatment")
_PREPARATIONS = ("tablet", "tablets", "lozenge", "wafer", "troche", "capsule", "solution", "spray")
_SAID = {
    "amounts": "amount",
    "unit": "unit",
    "form": "form",
    "salt": "salt",
    "route": "route",
    "duration_h": "length",
    "pattern": "schedule",
    "doses": "number of doses",
    "span_h": "span",
}
_FILLERS = (
    *("of", "a", "an", "the", "on", "at", "as", "and", "given", "with", "via"),
    *("infusion", "infused", "dose", "continuous", "(", ")"),
)
_STRUCTURE = ("then", "over", "for", "every", "day", "days", "taper", "single", "from", "to", "by", "x", "other")
_ALL_UNITS = "mg, mg/kg, mg/h, mg/kg/h or ug/kg/min"
_AN_INTERVAL = "an interval, such as every 3 days or every 8 h"
_EXPECTED = "an amount, form, route, length or schedule, as in 0.5 mg/kg iv over 40 min, twice weekly for 3 weeks"


def parse(text: str, known_routes: Collection[str] = ()) -> tuple[Dose, ...]:
    """The doses that the words mean.

    Args:
        text: as a prescription or protocol has it, in English.
        known_routes: the routes there are; the usual ones when none are given.

    Raises:
        FieldError: something cannot be understood or is missing; it quotes the words.
    """
    return Course().place(complete(_Reader(text, known_routes).read()))


class _Reader:
    """Reads item after item into clauses; each item's method says whether its item came next."""

    def __init__(self, text: str, known_routes: Collection[str]) -> None:
        self.cursor = Cursor(*tokenise(text))
        self.routes = route_words(known_routes)
        self.clauses: list[Clause] = []
        self.clause = Clause()
        self.since = 0
        self.items: tuple[Callable[[], bool], ...] = (
            self._then,
            self._days,
            self._frequency,
            self._taper,
            self._amount,
            self._length,
            self._name,
            self._for,
            self._count,
            self._filler,
        )

    def read(self) -> list[Clause]:
        """Every clause.

        Raises:
            FieldError: a word has no meaning here, or there are no words.
        """
        if not self.cursor.tokens:
            raise self.cursor.error(0, _EXPECTED)
        while self.cursor.token is not None:
            start = self.cursor.at
            if not any(item() for item in self.items):
                raise self._not_understood(start)
        self._begin(self.cursor.at)
        return self.clauses

    def _not_understood(self, start: int) -> FieldError:
        number = self.cursor.take_number()
        if number is not None:
            return self._not_a_quantity(start)
        self.cursor.at = start + 1
        word = self.cursor.quote(start)
        if word in _REFUSED:
            return self.cursor.error(start, _REFUSED[word])
        if word in route_words():
            return self.cursor.error(start, "one of the routes " + ", ".join(sorted(set(self.routes.values()))))
        words = (*self.routes, *FORM_WORDS, *SALT_WORDS, *_PERIODS, *_TIMES, *_PATTERNS, *_STRUCTURE, *_BOLUS, *_HOURS)
        return self.cursor.error(start, _EXPECTED, [word for word in words if len(word) > 1])

    def _misspelt(self, start: int, expected: str, known: Iterable[str]) -> FieldError:
        """The error for words that began well, the next word included."""
        word = self.cursor.token
        if word is None or word.kind != "word" or word.text in _HOURS:
            return self.cursor.error(start, expected)
        self.cursor.at += 1
        return FieldError("regimen", self.cursor.quote(start), expected, nearest(word.text, known))

    def _not_a_quantity(self, start: int) -> FieldError:
        comma, decimals = self.cursor.token, self.cursor.ahead(1)
        if comma is not None and comma.text == "," and decimals is not None and decimals.start == comma.end:
            self.cursor.at += 2
            with_point = self.cursor.quote(start).replace(",", ".")
            return self.cursor.error(start, "a number with a decimal point and a unit", [with_point])
        unit = comma.text if comma is not None and comma.kind == "word" else ""
        self.cursor.at += bool(unit)
        error = self.cursor.error(start, f"a number with a unit, {_ALL_UNITS}")
        return FieldError("regimen", error.given, error.expected, nearest(unit, _UNITS))

    def _begin(self, start: int) -> None:
        """End the clause before this token and begin the next."""
        if self.clause != Clause():
            self.clauses.append(replace(self.clause, words=self.cursor.between(self.since, start)))
        self.clause, self.since = Clause(), start

    def _say(self, start: int, **said: object) -> bool:
        for name, value in said.items():
            if getattr(self.clause, name) not in {None, value}:
                raise self.cursor.error(start, f"one {_SAID[name]} in a clause, and then between clauses")
        self.clause = replace(self.clause, **said)  # type: ignore[arg-type]  # names and types are this class's own
        return True

    def _then(self) -> bool:
        start = self.cursor.at
        if self.cursor.take_phrase({"then": True, "and then": True, "followed by": True}):
            self._begin(start)
            self.since = self.cursor.at
            return True
        return self.cursor.take(",", ";", ".")

    def _days(self) -> bool:
        start = self.cursor.at
        if not self.cursor.take("day", "days"):
            return False
        days: list[float] = []
        while True:
            days += self._day_or_range(start)
            if not self._another_day():
                break
        if any(day < 1 or day != int(day) for day in days) or sorted(set(days)) != days:
            raise self.cursor.error(start, "whole days from 1 on, in order and each once")
        return self._say_when(start, OnDays(tuple(int(day) for day in days)))

    def _day_or_range(self, start: int) -> list[float]:
        first = self.cursor.take_number()
        last = self.cursor.take_number() if self.cursor.take("-", "to") else first
        if first is None or last is None or last - first > MOST_DOSES:
            raise self.cursor.error(start, "numbers of days, such as days 1, 4, 8 or days 1 to 5")
        return [first + later for later in range(int(last - first) + 1)] if last > first else [first]

    def _another_day(self) -> bool:
        number, after = self.cursor.ahead(1), self.cursor.ahead(2)
        is_amount = after is not None and (after.text.split("/")[0] in _MASSES or after.text in ("x", *_COUNTED))
        if number is None or number.kind != "number" or is_amount:
            return False
        return self.cursor.take(",", "and", "&")

    def _frequency(self) -> bool:
        start = self.cursor.at
        pattern = self.cursor.take_phrase(_PATTERNS) or self._every() or self._times_a_period()
        if pattern is None:
            self.cursor.at = start
            return False
        return self._say_when(start, pattern)

    def _say_when(self, start: int, pattern: Pattern) -> bool:
        if self.clause.pattern is not None:
            self._begin(start)
        return self._say(start, pattern=pattern)

    def _every(self) -> Pattern | None:
        start = self.cursor.at
        if not self.cursor.take("every", "q"):
            return None
        number = 2.0 if self.cursor.take("other", "second") else self.cursor.take_number()
        unit = self.cursor.take_phrase(_HOURS)
        if unit is None:
            raise self._misspelt(start, _AN_INTERVAL, _HOURS)
        if number == 0.0:
            raise self.cursor.error(start, _AN_INTERVAL)
        hours = unit * (1.0 if number is None else number)
        return Weekly(WEEKDAYS[1], weeks=int(hours // WEEK_H)) if hours % WEEK_H == 0.0 else Every(hours)

    def _times_a_period(self) -> Pattern | None:
        start = self.cursor.at
        times: float | None = self.cursor.take_phrase(_TIMES)
        if times is None:
            times = self.cursor.take_number()
            self.cursor.take("x", "times")
        period = self.cursor.take_phrase(_PERIODS)
        if period is None and self.cursor.quote(start) in {"twice", "thrice"}:
            raise self._misspelt(start, "twice daily or twice weekly", _PERIODS)
        if period is None:
            return None
        times = 1.0 if times is None else times
        if period == DAY_H and times >= 1.0 and times == int(times):
            return Every(DAY_H / times)
        if period == WEEK_H and times in WEEKDAYS:
            return Weekly(WEEKDAYS[int(times)])
        raise self.cursor.error(start, "once, twice or three times weekly, or the days, such as days 1, 2, 4, 5")

    def _taper(self) -> bool:
        start = self.cursor.at
        if not self.cursor.take("taper", "tapered", "tapering", "titrate", "titrated"):
            return False
        said = [(self._number_after(word, start), self._unit()) for word in ("from", "to", "by")]
        (first, _), (last, _), (step, _) = said
        units = {unit for _, unit in said if unit}
        count = abs(last - first) / step if step else 0.0
        if len(units) != 1 or not math.isclose(count, round(count), abs_tol=1e-9) or not 1 <= count <= MOST_DOSES:
            raise self.cursor.error(start, "a taper in whole steps, such as taper from 84 mg to 28 mg by 28 mg")
        down = math.copysign(step, last - first)
        amounts = tuple(round(first + turn * down, 9) for turn in range(round(count) + 1))
        return self._say_amounts(start, amounts, units.pop())

    def _number_after(self, word: str, start: int) -> float:
        number = self.cursor.take_number() if self.cursor.take(word) else None
        if number is None:
            raise self.cursor.error(start, "a taper such as taper from 84 mg to 28 mg by 28 mg")
        return number

    def _amount(self) -> bool:
        start = self.cursor.at
        negative = self.cursor.take("-")
        number = self.cursor.take_number()
        unit = self._unit() if number is not None else None
        if number is None or unit is None:
            self.cursor.at = start
            return False
        if negative:
            raise self.cursor.error(start, "an amount above 0")
        return self._say_amounts(start, (number,), unit)

    def _unit(self) -> str | None:
        token = self.cursor.token
        if token is None or token.text.split("/")[0] not in _MASSES:
            return None
        start = self.cursor.at
        self.cursor.at += 1
        try:
            Unit.parse(token.text)
        except FieldError as error:
            raise self.cursor.error(start, _ALL_UNITS, _UNITS) from error
        return token.text

    def _say_amounts(self, start: int, amounts: tuple[float, ...], unit: str) -> bool:
        if min(amounts) <= 0.0:
            raise self.cursor.error(start, "an amount above 0")
        if self.clause.amounts is not None or (self.clause.pattern is not None and self.clauses):
            self._begin(start)
        return self._say(start, amounts=amounts, unit=unit)

    def _name(self) -> bool:
        start = self.cursor.at
        if form := self.cursor.take_phrase(FORM_WORDS):
            return self._say(start, form=form)
        if salt := self.cursor.take_phrase(SALT_WORDS):
            return self._say(start, salt=salt)
        if self.clause.route is not None and self.cursor.take(*_PREPARATIONS):
            return True  # a sublingual tablet is sublingual
        route = self.cursor.take_phrase(self.routes)
        return route is not None and self._say(start, route=route)

    def _length(self) -> bool:
        start = self.cursor.at
        if self.cursor.take(*_BOLUS):
            return self._say(start, duration_h=0.0)
        if not self.cursor.take("over") and not self._take_in():
            return False
        number = self.cursor.take_number()
        unit = self.cursor.take_phrase(_HOURS)
        if number is None or unit is None:
            raise self.cursor.error(start, "a length of time, such as over 40 min")
        return self._say_length(start, number * unit)

    def _take_in(self) -> bool:
        """``in 40 min``, which into a vein can only be how long it takes; with days it could be when."""
        number, unit = self.cursor.ahead(1), self.cursor.ahead(2)
        if number is None or number.kind != "number" or unit is None or _HOURS.get(unit.text, DAY_H) >= DAY_H:
            return False
        return self.clause.route == "intravenous" and self.cursor.take("in")

    def _say_length(self, start: int, duration_h: float) -> bool:
        if duration_h == 0.0:
            raise self.cursor.error(start, "more than 0 min, or the word bolus")
        return self._say(start, duration_h=duration_h)

    def _for(self) -> bool:
        """``for 100 h`` is a length after a rate or before any schedule; ``for 3 weeks`` is how long to go on."""
        start = self.cursor.at
        if not self.cursor.take("for", "x"):
            return False
        number = self.cursor.take_number()
        if number is None:
            raise self.cursor.error(start, "a number, such as x 6, x 4 weeks or for 3 weeks")
        unit = self.cursor.take_phrase(_HOURS)
        if unit is None:
            return self._say_doses(start, number)
        unsaid = self.clause.duration_h is None and self.clause.pattern is None
        if unsaid and (self.clause.is_rate or unit < DAY_H):
            return self._say_length(start, number * unit)
        if number == 0.0:
            raise self.cursor.error(start, "a time above 0")
        return self._say(start, span_h=number * unit)

    def _count(self) -> bool:
        start = self.cursor.at
        if self.cursor.take_phrase({"single dose": True, "single": True, "once": True}):
            return self._say(start, doses=1)
        number = self.cursor.take_number()
        if number is not None and self.cursor.take(*_COUNTED):
            return self._say_doses(start, number)
        self.cursor.at = start
        return False

    def _say_doses(self, start: int, number: float) -> bool:
        self.cursor.take(*_COUNTED)
        if number != int(number) or not 1 <= number <= MOST_DOSES:
            raise self.cursor.error(start, f"a whole number of doses, 1 to {MOST_DOSES}")
        return self._say(start, doses=int(number))

    def _filler(self) -> bool:
        return self.cursor.take(*_FILLERS)

"""What is given, as the report needs it: sessions without ketamine, other treatments, the mechanism in words."""

from __future__ import annotations

from dataclasses import replace

from kinetamine.course import Course, simulate
from kinetamine.engine.trajectory import Trajectory

CONTACTS, ASKED, OWN_COURSE = "contacts_h", "asked", "own_course"
"""Attributes of a trajectory: begin and end of sessions that are not doses; effects asked for by name; whether the
other treatment has a course of its own."""


def run(course: Course) -> Trajectory:
    """Simulate a course, and mark its sessions where they are not doses."""
    return marked(simulate(course), course)


def marked(trajectory: Trajectory, course: Course) -> Trajectory:
    """The trajectory with what its own records do not hold: sessions without ketamine, treatments, mechanism."""
    found = dict(trajectory.attributes)
    found |= {"mechanism": mechanism_words(course), ASKED: " ".join(course.effects)}
    if course.comparator is not None:
        found["comparator"] = course.comparator
    if course.background:
        found["background"] = " ".join(course.background)
    if not course.doses:
        found[CONTACTS] = " ".join(f"{begin:.6g}:{end:.6g}" for begin, end in course.contacts or ())
        found[OWN_COURSE] = "" if course.replaced is not None and course.replaced.sessions else "yes"
    return replace(trajectory, attributes=found)


def contacts_of(trajectory: Trajectory) -> tuple[tuple[float, float], ...]:
    """Begin and end of the sessions that are not doses; none where ketamine is given."""
    pairs = (one.split(":") for one in trajectory.attributes.get(CONTACTS, "").split())
    return tuple((float(begin), float(end)) for begin, end in pairs)


def has_own_course(trajectory: Trajectory) -> bool:
    """Whether what is given goes on day after day, rather than in sessions that come to an end."""
    return not trajectory.events and trajectory.attributes.get(OWN_COURSE, "") == "yes"


def mechanism_words(course: Course) -> str:
    """The mechanism as shares, in words."""
    names = [(name.replace("_", " "), share) for name, share in course.mechanism if share > 0.0]
    if len(names) == 1:
        return names[0][0]
    return ", ".join(f"{name} {100.0 * share:g} %" for name, share in names)


def uses_mechanism(trajectory: Trajectory) -> bool:
    """Whether any outcome rests on a mechanism, and ketamine was there to drive it."""
    return bool(trajectory.events) and "relief" in trajectory


def treatments(course: Course) -> str:
    """What is given beside ketamine or in its place, in words; empty where there is only ketamine."""
    beside = " and ".join(one.title for one in course.beside)
    if course.replaced is None:
        return beside
    return f"{course.replaced.title}, in ketamine's place" + (f"; beside it {beside}" if beside else "")

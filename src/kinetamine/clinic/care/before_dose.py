"""What is not known to be so before a dose is given: the check by two people, consent, the series, the questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from kinetamine.clinic.access import Records
from kinetamine.clinic.care import consent, eligibility, review
from kinetamine.clinic.care.enrolment import OPEN
from kinetamine.clinic.care.plan import CHECKED, treatment_of_order
from kinetamine.clinic.records import Enrolment, Order
from kinetamine.clinic.refusals import NotAllowedError


def still_missing(records: Records, order: Order, at: datetime, zone: tzinfo) -> tuple[str, ...]:
    """A list to look at, in words, and never a gate: a clinician decides.

    Args:
        at: the time whose consent is asked for, and on whose day the questions must have been asked.
        zone: the clinic's, which says on which day that is.

    Raises:
        Refusal: orders or consents are not for this person; enrolments that are not are left out.
    """
    return tuple(_missing(records, order, at, zone))


def _missing(records: Records, order: Order, at: datetime, zone: tzinfo) -> Iterator[str]:
    if order.state != CHECKED:
        yield f"the dose was worked out alike by two people (the order is {order.state})"
    treatment = treatment_of_order(order)
    if treatment is None:
        yield "the order says what it is for"
        return
    stands = consent.standing(records, order.person_id, treatment, at)
    if stands.given is None:
        yield f"consent to {stands.purpose}: {stands.reason}"
    yield from review.still_open(records, order)
    if order.enrolment_id is None:
        return
    try:
        enrolled = records.get(Enrolment, order.enrolment_id)
    except NotAllowedError:
        return
    if enrolled.state != OPEN:
        yield f"the enrolment is open (it is {enrolled.state})"
    yield from eligibility.still_open(enrolled, at, zone)

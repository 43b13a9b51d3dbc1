"""Outcomes in the browser, and the places of a picture."""

from __future__ import annotations

from datetime import timedelta

from clinic.care.test_outcomes import dose, outlook, rate
from clinic.outcomes.ratings import START, answers
from clinic.web.visitors import browser, own_id, shown
from clinic.world import World
from kinetamine.clinic.bands import Band
from kinetamine.clinic.care import outcomes, scores
from kinetamine.clinic.outcomes.change import Rating
from kinetamine.clinic.outcomes.trajectory import Place, path, relapse_watch
from kinetamine.clinic.web import charts

BAND = Band(
    quantity="madrs",
    title="Depression",
    unit="points",
    times_min=(0.0, 28.0 * 1440.0),
    typical=(33.0, 18.0),
    low=(25.0, 8.0),
    high=(40.0, 28.0),
    has_noise=True,
)


def track(*totals: int | None) -> outcomes.Track:
    ratings = [
        Rating(
            name=f"{week}",
            scale="madrs",
            at=START + timedelta(days=7.0 * week),
            recall="1 week",
            answers=(("1", 6),) if total is None else answers("madrs", total),
            by="nurse",
        )
        for week, total in enumerate(totals)
    ]
    found = path(ratings, START, BAND)
    return outcomes.Track(
        scale=scores.form_of("madrs"),
        recall="1 week",
        path=found,
        forms={},
        relapse=relapse_watch(found),
        expected=None,
        why_not="",
        proposal=None,
    )


def test_a_missing_total_breaks_the_line() -> None:
    shape = charts.picture(track(33, 25, None, 15, 50), ())
    assert shape is not None
    assert [len(one.split()) for one in shape.lines] == [2, 2]
    assert [one.y is None for one in shape.dots] == [False, False, True, False, False]
    assert shape.dots[2].text == "day 14.0: no total"
    assert [one.place for one in shape.dots] == [
        Place.INSIDE, Place.INSIDE, Place.NOT_EXPECTED, Place.INSIDE, Place.ABOVE,
    ]  # fmt: skip


def test_everything_lies_inside_the_frame_and_in_order() -> None:
    shape = charts.picture(track(60, 30, 12), ())
    assert shape is not None
    for place in [*shape.band.split(), *shape.typical.split(), *shape.lines[0].split()]:
        x, y = map(float, place.split(","))
        assert shape.left <= x <= shape.right
        assert 0.0 <= y <= shape.bottom
    ys = [one.y for one in shape.dots if one.y is not None]
    assert ys == sorted(ys)  # a fall of the score goes down on paper
    assert [one.text for one in shape.points][-1] == "60"
    assert [one.text for one in shape.days] == ["0", "7", "14", "21", "28"]


def test_the_page_shows_scores_at_once_and_no_prediction_as_data(world: World) -> None:
    assert "No form is kept yet." in shown(browser(world).get(f"/people/{own_id(world)}/outcomes"))
    for total, days in ((31, -1.0), (15, 7.0)):
        rate(world, "madrs", total, days)
    dose(world, 0.0, given=True)
    assert outlook(world).tracks[0].is_later
    page = browser(world).get(f"/people/{own_id(world)}/outcomes")
    assert "Work out what the model expects ; this takes some seconds." in shown(page)
    assert "data-later" in page.text
    assert 'class="predicted"' not in page.text
    assert "2026-03-01 09:00 -1 31 moderate the baseline, against which later ones are set" in shown(page)
    assert "response holds" in shown(page).lower()


def test_a_scale_without_a_total_has_no_picture(world: World) -> None:
    screener = scores.form_of("cssrs_screener")
    form = scores.Filled(
        scale=screener, recall="since last contact", answers={"1": 0, "2": 0, "6": 0}, answered_at=world.clock.now
    )
    scores.keep(world.records(), own_id(world), form, world.clock.now)
    page = browser(world).get(f"/people/{own_id(world)}/outcomes")
    assert "a level, never a total" in shown(page)
    assert 'class="trajectory"' not in page.text

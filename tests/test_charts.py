"""The drawings as text: what stands where, in which form, and that no text of an entry becomes more than text."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from time import process_time
from xml.etree.ElementTree import Element, fromstring

import pytest

from chronicle.charts import (
    Lane,
    Mark,
    Point,
    Spot,
    choose_sign,
    draw_figures,
    draw_locator,
    draw_maps,
    draw_timeline,
    earth,
)
from chronicle.charts.columns import MANY, TALLEST
from chronicle.charts.earth import Frame, draw_boundaries, draw_land, frame_around
from chronicle.charts.lanes import MOST_ROWS, rows_of
from chronicle.charts.scale import Stretch, TimeScale, months_around, round_ticks
from chronicle.charts.timeline import Timeline
from chronicle.dates import read_date
from chronicle.dates.parts import MONTHS
from chronicle.load import load
from chronicle.pages.cards import Cards
from chronicle.pages.drawings import timeline_drawing
from chronicle.pages.figures import measure_panels, measure_tables
from conftest import ROOT
from synthetic import write_project

LANES = (Lane("safety", "Safety", "../topics/safety/"), Lane("traffic", "Traffic", "../topics/traffic/"))
HOSTILE = "\"><script>spoilt=1</script>\n\n&amp; <b onclick='spoilt=1'>"


def mark(when: str, known: str = "1998-03-18", slug: str = "bridge", **more: str) -> Mark:
    told = {"name": slug, "certainty": "confirmed", "lane": "safety", "listed": "#y1998-03"} | more
    return Mark(href=f"../events/{slug}/", when=read_date(when), known=date.fromisoformat(known), **told)


def drawn(marks: Iterable[Mark]) -> Timeline:
    found = draw_timeline(marks, LANES)
    assert found
    return found


def plane(*marks: Mark) -> Element:
    return fromstring(drawn(marks).plane)


def kinds(of: Element) -> set[str]:
    """The classes of everything below an element."""
    return {element.get("class", "") for element in of.iter()}


def only_link(of: Element) -> Element:
    (link,) = of.iter("a")
    return link


def point(low: int = 600, high: int | None = None, bound: str = "", day: str = "1998-03-18", **more: str) -> Point:
    told = {"name": "n", "label": "The mayor", "value": "v", "known": day} | more
    return Point(
        href="#", sign=0, day=date.fromisoformat(day), low=low, high=low if high is None else high, bound=bound, **told
    )


def figures(*points: Point) -> Element:
    return fromstring(draw_figures(points, [point.day for point in points], "Vehicles"))


def spot(label: str, latitude: float, longitude: float, precision: int = 2, weight: int = 1) -> Spot:
    return Spot(f"../places/{label}/", f"{label}: 1 event", label, latitude, longitude, precision, weight)


# The timeline


def test_every_event_is_a_link_with_a_name() -> None:
    link = only_link(plane(mark("1998-03-17", name="17 Mar 1998: Bridge closed. Confirmed")))
    assert link.get("href") == "../events/bridge/"
    assert link.get("aria-label") == "17 Mar 1998: Bridge closed. Confirmed"


def test_events_stand_in_their_lanes_and_empty_lanes_are_left_out() -> None:
    found = drawn([mark("1998-03-17", lane="traffic")])
    assert [group.get("aria-label") for group in fromstring(found.plane).iter("g") if group.get("role")] == ["Traffic"]
    assert ("Traffic" in found.names, "Safety" in found.names) == (True, False)


@pytest.mark.parametrize(
    ("when", "form"),
    [
        ("1998-03-08/1998-03-13", "span"),
        ("1998-03-08/..", "span"),
        ("[1998-03-08..1998-03-13]", "window"),
        ("1998-03", "haze"),
        ("1998-03-XX", "haze"),
        ("1998", "haze"),
    ],
)
def test_each_kind_of_date_has_a_form_of_its_own(when: str, form: str) -> None:
    assert kinds(plane(mark(when), mark("1998-03-17"))) & {"span", "window", "haze"} == {form}


def test_a_single_day_is_only_a_sign() -> None:
    assert kinds(only_link(plane(mark("1998-03-17")))) == {"mark mark--confirmed", "sign"}


@pytest.mark.parametrize("when", ["1998-03-17~", "1998-03-17?", "1998-03~"])
def test_a_date_that_is_not_sure_has_a_dotted_ring(when: str) -> None:
    assert "sign-about" in kinds(only_link(plane(mark(when))))


@pytest.mark.parametrize("certainty", ["confirmed", "claimed", "disputed"])
def test_certainty_is_told_by_the_form_of_the_sign(certainty: str) -> None:
    link = only_link(plane(mark("1998-03-17", certainty=certainty)))
    assert link.get("class") == f"mark mark--{certainty}"
    style = (ROOT / "docs" / "assets" / "drawing" / "lanes.css").read_text(encoding="utf-8")
    assert (f".mark--{certainty} .sign {{\n  fill: " in style) == (certainty != "confirmed")


def test_a_milestone_is_ringed_and_named() -> None:
    link = only_link(plane(mark("1998-03-17", title="Bridge closed")))
    assert "sign-milestone" in kinds(link)
    assert [text.text for text in link.iter("text")] == ["Bridge closed"]


def test_what_became_known_later_has_a_tail_to_that_day() -> None:
    late, soon = plane(mark("1998-03-17", "1998-04-27")), plane(mark("1998-03-17", "1998-03-18"))
    assert ("tail" in kinds(late), "tail" in kinds(soon)) == (True, False)
    reach = max(
        float((line.get("x2") or "0%").rstrip("%")) for line in late.iter("line") if line.get("class") == "tail"
    )
    scale = months_around([date(1998, 3, 17), date(1998, 4, 27)])
    assert scale
    assert reach == pytest.approx(100 * scale.end_of(date(1998, 4, 27)), abs=0.01)


def test_one_event_known_decades_later_does_not_shrink_the_others() -> None:
    found = drawn([mark("1998-03-17"), mark("1998-06-01"), mark("1998-04-01", "2024-05-02")])
    assert found.last.year == 1998
    tails = [line for line in fromstring(found.plane).iter("line") if line.get("class") == "tail"]
    assert [line.get("x2") for line in tails if line.get("x1") != line.get("x2")].count("100%") == 1
    assert all(line.get("x1") != "100%" for line in tails)


def test_an_event_without_any_day_is_left_out_and_a_chronology_without_days_has_no_drawing() -> None:
    assert len(list(plane(mark("1998-03-17"), mark("../1998")).iter("a"))) == 2
    assert draw_timeline([], LANES) is None


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "0001/9999"])
def test_the_ends_of_the_calendar_can_be_drawn(when: str) -> None:
    assert plane(mark(when, "9999-12-31"))


def test_hostile_text_stays_text() -> None:
    found = drawn([mark("1998-03-17", name=HOSTILE, title=HOSTILE)])
    assert "\n" not in found.plane
    assert "<script" not in found.plane
    assert only_link(fromstring(found.plane)).get("aria-label") == " ".join(HOSTILE.split())


def test_marks_of_one_lane_do_not_lie_on_each_other() -> None:
    rows = rows_of([(0, 10), (5, 12), (14, 20), (15, 18)])
    assert rows == (0, 1, 0, 1)


def test_a_crowded_lane_does_not_grow_for_ever() -> None:
    assert max(rows_of([(0, 100)] * 50)) == MOST_ROWS - 1


# Scales


def test_months_or_years_are_written_as_room_allows() -> None:
    assert [tick.label for tick in TimeScale(date(1998, 1, 1), date(1998, 4, 30)).ticks(400)] == [
        "1998",
        "Feb",
        "Mar",
        "Apr",
    ]
    assert [tick.label for tick in TimeScale(date(1990, 1, 1), date(1997, 12, 31)).ticks(200)] == [
        "1990",
        "1992",
        "1994",
        "1996",
    ]


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, (0, 1)),
        (3, (0, 1, 2, 3)),
        (10, (0, 5, 10)),
        (6000, (0, 2000, 4000, 6000)),
        (15000, (0, 5000, 10000, 15000)),
    ],
)
def test_numbers_of_a_scale_are_round_and_reach_the_highest(highest: int, ticks: tuple[int, ...]) -> None:
    assert round_ticks(highest) == ticks


# Figures


@pytest.mark.parametrize(
    ("bound", "form"),
    [
        ("", set()),
        ("about", {"sign-about"}),
        ("at least", {"arrow"}),
        ("more than", {"arrow"}),
        ("up to", {"arrow"}),
        ("less than", {"arrow"}),
    ],
)
def test_a_number_is_drawn_as_what_it_is(bound: str, form: set[str]) -> None:
    link = only_link(figures(point(bound=bound)))
    assert kinds(link) & {"sign-about", "arrow", "range"} == form
    assert ("figure--open" in link.get("class", "")) == (bound in ("more than", "less than"))


def test_arrows_point_to_where_the_number_may_lie() -> None:
    up, down = (only_link(figures(point(bound=bound))) for bound in ("at least", "up to"))
    tips = [
        next(path.get("d", "") for path in link.iter("path") if path.get("class") == "arrow") for link in (up, down)
    ]
    assert "V-19" in tips[0]
    assert "V19" in tips[1]


def test_a_range_is_a_bar_between_two_signs() -> None:
    link = only_link(figures(point(11000, 13000)))
    assert "range" in kinds(link)
    assert len(list(link.iter("path"))) == 2


def test_nothing_joins_two_numbers() -> None:
    drawing = figures(point(100), point(200, day="1998-04-01"), point(300, day="1998-05-01"))
    assert len(list(drawing.iter("a"))) == 3
    assert not list(drawing.iter("polyline"))
    outside = [line for group in drawing if group.tag != "a" for line in group.iter("line")]
    assert outside
    assert all(line.get("class") in (None, "tick", "tick tick--major") for line in outside)


def test_a_number_stands_higher_than_a_smaller_one() -> None:
    low, high = (
        float(next(link.iter("svg")).get("y", ""))
        for link in figures(point(100), point(200, day="1998-04-01")).iter("a")
    )
    assert high < low


def test_who_gave_a_number_is_written_beside_it() -> None:
    assert "The mayor about 600" in [text.text for text in figures(point(value="about 600")).iter("text")]


def test_no_name_stands_across_the_axis() -> None:
    axis = 204
    for part in figures(point(100), point(6000, day="1998-06-01")).iter("text"):
        if part.get("class") == "figure-label":
            assert float(part.get("y", "")) < axis - 3


def test_eight_claimants_side_by_side_have_colours_and_shapes_of_their_own() -> None:
    signs: list[int] = []
    for _ in range(8):
        signs.append(choose_sign(signs, signs))
    assert len({sign % 8 for sign in signs}) == 8
    assert len({(sign + sign // 8 * 3) % 8 for sign in signs}) == 8


def test_the_next_eight_are_told_from_them_by_shape() -> None:
    signs: list[int] = []
    for _ in range(16):
        signs.append(choose_sign(signs, signs))
    assert len(set(signs)) == 16


# Places


def test_places_that_lie_together_have_a_map_of_their_own() -> None:
    towns = [spot(f"town-{number}", 47 + number / 10, -4 - number / 10) for number in range(6)]
    maps = draw_maps([*towns, spot("far", 40, 80), spot("farther", 30, 120)])
    assert [found.letter for found in maps] == ["", "A"]
    assert all("far/" not in found.drawing for found in maps[1:])


def test_maps_of_parts_are_lettered_from_left_to_right() -> None:
    west = [spot(f"west-{number}", 47 + number / 10, -100 - number / 10) for number in range(5)]
    east = [spot(f"east-{number}", 40 + number / 10, 80 + number / 10) for number in range(9)]
    _, first, second = draw_maps([*east, *west])
    assert (first.letter, second.letter) == ("A", "B")
    assert "west-0/" in first.drawing
    assert "east-0/" in second.drawing


def test_around_one_spot_there_is_room_for_eight_short_names() -> None:
    (whole,) = draw_maps(spot(name, 47.1, -4.0) for name in "abcdefghi")
    assert len(list(fromstring(whole.drawing).iter("text"))) == 8


def test_every_place_is_a_link_on_the_whole_map_with_a_sign_for_its_precision() -> None:
    (whole,) = draw_maps([spot("bridge", 47.1, -4.0, precision=0), spot("shire", 47.3, -4.1, precision=3)])
    links = {link.get("href"): link.get("class") for link in fromstring(whole.drawing).iter("a")}
    assert links == {"../places/bridge/": "place place--0", "../places/shire/": "place place--3"}


def test_names_on_a_map_do_not_lie_on_each_other() -> None:
    (whole,) = draw_maps([spot("one", 47.1, -4.0), spot("two", 47.1, -4.0, weight=2), spot("three", 60, 20)])
    names = [text.text or "" for text in fromstring(whole.drawing).iter("text")]
    assert "two" in names
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 180), (0, -180), (0, 0)])
def test_any_corner_of_the_earth_can_be_drawn(latitude: float, longitude: float) -> None:
    assert draw_maps([spot("there", latitude, longitude)])
    assert draw_locator(spot("there", latitude, longitude), [])


def test_a_place_is_where_the_coast_is() -> None:
    """Land lies within its frame, and a frame of the open sea is empty."""
    land = draw_land(frame_around([(-4.0, 48.0), (2.0, 44.0)], 300))
    assert land.startswith("M")
    assert draw_land(frame_around([(-35.0, 35.0)], 300)) == ""
    assert draw_boundaries(frame_around([(-35.0, 35.0)], 300)) == ""


def test_land_across_the_180th_meridian_is_met_from_either_side_and_no_line_runs_back_around_the_earth() -> None:
    east, west = draw_land(Frame(170, 64, 200, 70, 300)), draw_land(Frame(-190, 64, -160, 70, 300))
    assert east == west != ""
    assert draw_land(Frame(-4, 66, 8, 70, 300)) == ""  # open sea, on the same parallels
    assert draw_land(Frame(-60, -88, 60, -86, 300)).count("M") == 1  # the ice around the pole


def test_the_earth_is_what_was_taken_over() -> None:
    folder = Path(earth.__file__).parent / "earth"
    told = re.search(r"SHA-256 of ours:\n`([0-9a-f]{64})`", (folder / "README.md").read_text(encoding="utf-8"))
    assert told
    assert hashlib.sha256((folder / "earth-50m.json").read_bytes()).hexdigest() == told[1]


# All of them together


def test_two_runs_draw_the_same() -> None:
    chronology = load(ROOT / "tests" / "project").chronology
    assert chronology
    assert timeline_drawing(Cards(chronology), "../") == timeline_drawing(Cards(chronology), "../")
    known = {(event.slug, n): "1998-01-01" for event in chronology.events for n in range(1, 9)}
    assert measure_panels(measure_tables(chronology), known, "../") == measure_panels(
        measure_tables(chronology), known, "../"
    )


def test_a_claimant_has_one_sign_on_the_whole_page() -> None:
    chronology = load(ROOT / "tests" / "project").chronology
    assert chronology
    known = {(event.slug, n): "1998-01-01" for event in chronology.events for n in range(1, 9)}
    panels = measure_panels(measure_tables(chronology), known, "../")
    signs = {(claimant.by, claimant.sign) for panel in panels for claimant in panel.claimants}
    assert len(signs) == len({by for by, _ in signs})
    assert [panel.table.headline for panel in panels] == sorted((p.table.headline for p in panels), reverse=True)


def test_very_many_events_are_counted_in_columns_and_milestones_stand_for_themselves() -> None:
    days = [f"1998-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(MANY)]
    assert not [g for g in fromstring(drawn([mark(day) for day in days]).plane).iter("g") if g.get("class") == "cell"]
    found = drawn(
        [*(mark(day) for day in days), mark("1998-03-05", title="The bridge"), mark("1998-12", certainty="disputed")]
    )
    columns = {
        column.get("aria-label"): [float(bar.get("height", "")) for bar in column]
        for column in fromstring(found.plane).iter("a")
        if column.get("class") == "column"
    }
    assert list(columns) == [f"{name} 1998: {50 + (name == 'December')} events" for name in MONTHS]
    assert found.column == "December 1998: 51 events"
    assert columns["December 1998: 51 events"] == pytest.approx([TALLEST * 50 / 51, 0, TALLEST / 51], abs=0.06)
    assert columns["March 1998: 50 events"] == pytest.approx([TALLEST * 50 / 51, 0, 0], abs=0.06)
    assert len([a for a in fromstring(found.plane).iterfind("./g/a") if a.get("class") == "mark mark--confirmed"]) == 1


@pytest.mark.parametrize(
    ("first", "at", "step", "stretch"),
    [
        (date(1999, 1, 1), 0.5, 1, Stretch(181 / 365, 212 / 365, "July 1999")),
        (date(1999, 2, 1), 0, 3, Stretch(0, 59 / 334, "January–March 1999")),
        (date(1990, 1, 1), 1, 12, Stretch(3287 / 3652, 1, "1999")),
        (date(1901, 1, 1), 1, 120, Stretch(32507 / 36159, 1, "1990–1999")),
    ],
)
def test_stretches_are_whole_months_and_named(first: date, at: float, step: int, stretch: Stretch) -> None:
    found = TimeScale(first, date(1999, 12, 31)).stretch_at(at, step)
    assert found.name == stretch.name
    assert (found.start, found.end) == pytest.approx((stretch.start, stretch.end))


def test_a_stretch_at_the_end_of_all_dates_ends_there() -> None:
    found = TimeScale(date(9999, 1, 1), date.max).stretch_at(1, 1)
    assert found.name == "December 9999"
    assert found.end == pytest.approx(1, abs=1 / 300)


def test_a_drawing_of_many_events_is_light_and_soon_done(tmp_path: Path) -> None:
    write_project(tmp_path, 126)
    chronology = load(tmp_path).chronology
    assert chronology
    cards = Cards(chronology)
    cards.all(chronology.events)
    start = process_time()
    found = timeline_drawing(cards, "../")
    assert process_time() - start < 0.5
    assert found
    assert len(gzip.compress(found.plane.encode())) < 60_000

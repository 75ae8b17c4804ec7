"""The report for editors: what is counted, and what is found to be thin."""

from pathlib import Path

from click.testing import CliRunner

from chronicle.cli import main
from chronicle.model import Chronology
from chronicle.report import MOST, Question, format_report, report_on
from small import ACTORS, entry, read, source, write


def chronology(root: Path, **dates: str) -> Chronology:
    """An event for each name, which happened when its date says."""
    events = {f"{when.strip('.[/')[:4]}/{name}": entry(f"{{title: {name}, date: '{when}'}}") for name, when in dates.items()}
    return read(root, events)


def question(name: str, of: Chronology) -> Question:
    return next(one for one in report_on(of).questions if one.name == name)


def told(name: str, of: Chronology) -> list[tuple[str, str]]:
    return [(lack.place.slug, lack.words) for lack in question(name, of).lacks]


def test_events_are_counted_by_kind_and_year(tmp_path: Path) -> None:
    report = report_on(chronology(tmp_path, one="1998-03-17", two="1998", three="1999-01", four="../1999-01-02"))
    assert report.kinds == ("Closure",)
    assert report.years == (("1998", (2, 2)), ("1999", (2, 2)))
    assert report.totals["events"] == 4


def test_a_month_without_an_event_is_a_gap_and_one_that_a_span_covers_is_none(tmp_path: Path) -> None:
    report = report_on(chronology(tmp_path, a="1998-01", b="1998-03-17/1998-05-02", c="1998-07-01", d="1999-01-31"))
    assert report.gaps == ("February 1998", "June 1998", "August 1998 to December 1998")


def test_a_date_that_does_not_tell_the_month_fills_no_gap(tmp_path: Path) -> None:
    assert report_on(chronology(tmp_path, a="1998-01-02", b="1998", c="1998-03-01")).gaps == ("February 1998",)
    assert report_on(chronology(tmp_path / "window", a="1998-01", b="[1998-01-20..1998-02-20]", c="1998-03")).gaps == (
        "February 1998",
    )


def test_no_event_gives_an_empty_report(tmp_path: Path) -> None:
    report = report_on(read(tmp_path, {}))
    assert (report.years, report.gaps, report.totals["events"]) == ((), (), 0)
    assert "0 of 0 events" in format_report(report)


def test_events_of_one_origin_are_told_with_it(tmp_path: Path) -> None:
    two = entry(
        "title: Two\nclaims: [{says: It was closed., sources: [a, b]}]\nsources:\n"
        + source("a", "published: 1998-03-18")
        + source("b", "published: 1998-03-18")
    )
    assert told("Events of one origin", read(tmp_path, {"1998/one": entry(), "1998/two": two})) == [("one", "The Gazette")]


def test_what_only_an_outlet_says_that_speaks_for_somebody_is_told(tmp_path: Path) -> None:
    herald = entry(
        """
        claims: [{by: harbour, says: The bridge is safe., sources: [a]}, {says: It was closed., sources: [a, b]}]
        figures: [{measure: vehicles, value: about 40, as_of: 1998-03-18, sources: [a]}]
        sources:
          a: {url: https://a.example.org/1, title: A, publisher: State Herald, published: 1998-03-18, type: newspaper}
          b: {url: https://b.example.org/1, title: B, publisher: The Gazette, published: 1998-03-18, type: newspaper}
        """
    )
    found = told("Claims and figures from one outlet that speaks for somebody", read(tmp_path, {"1998/one": herald}))
    assert found == [("one", "State Herald: The bridge is safe."), ("one", "State Herald: Vehicles: about 40")]


def test_a_source_without_a_copy_or_a_date_and_an_actor_under_one_name_are_told(tmp_path: Path) -> None:
    kept = entry(
        """
        reported: 1998-03-18
        sources:
          a: {url: https://a.example.org/1, title: A, publisher: P, type: newspaper, archive: "https://web.archive.org/web/1998/x"}
        """
    )
    loaded = read(tmp_path, {"1998/kept": kept, "1998/plain": entry("title: Plain")})
    assert told("Sources without an archived copy", loaded) == [("plain", "The Gazette: Closed")]
    assert told("Sources without a date", loaded) == [("kept", "P: A")]
    assert ("harbour", "") not in told("Actors under one spelling only", loaded)
    assert ("mayor", "") in told("Actors under one spelling only", loaded)


def test_the_command_cuts_long_lists_and_gives_all_where_asked(tmp_path: Path) -> None:
    events = {f"1998/e{number}": entry(f"title: E {number}") for number in range(MOST + 3)}
    write(tmp_path, events, actors=ACTORS)
    run = CliRunner()
    short = run.invoke(main, ["--root", str(tmp_path), "report"])
    whole = run.invoke(main, ["--root", str(tmp_path), "report", "--all"])
    assert (short.exit_code, whole.exit_code) == (0, 0)
    assert "… and 3 more: `chronicle report --all`" in short.stdout
    assert "more: `chronicle" not in whole.stdout
    assert whole.stdout.count("e9.yml") > short.stdout.count("e9.yml")

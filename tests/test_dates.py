"""What a date written in EDTF means, how it is ordered, found and said, and what a mistyped one is told."""

import pickle
import random
import re
import subprocess
import sys
from calendar import monthrange
from datetime import date
from itertools import pairwise

import pytest
from edtf import is_valid_edtf, parse_edtf

from chronicle.dates import (
    DateError,
    EdtfDate,
    Precision,
    Shape,
    day_short,
    day_words,
    read_date,
    read_day,
)

SAID = [
    # One date, as precisely as it is given
    ("2024-10-08", "8 October 2024", "8 Oct 2024"),
    ("2024-02-29", "29 February 2024", "29 Feb 2024"),
    ("2024-10", "October 2024", "Oct 2024"),
    ("2024", "2024", "2024"),
    ("0987-06-05", "5 June 987", "5 Jun 987"),
    ("2024-21", "spring 2024", "spring 2024"),
    ("2024-24", "winter 2024–2025", "winter 2024–2025"),
    ("202X", "the 2020s", "the 2020s"),
    ("19XX", "the century 1900–1999", "the century 1900–1999"),
    # About, uncertain, both
    ("2024-10~", "about October 2024", "c. Oct 2024"),
    ("2024-10-08?", "8 October 2024 (uncertain)", "8 Oct 2024 (?)"),
    ("2024-10%", "about October 2024 (uncertain)", "c. Oct 2024 (?)"),
    ("202X~", "about the 2020s", "c. the 2020s"),
    # Some day or month of what is known
    ("2024-10-XX", "on an unknown day in October 2024", "a day in Oct 2024"),
    ("2024-XX-XX", "on an unknown day in 2024", "a day in 2024"),
    ("2024-XX", "some month of 2024", "a month of 2024"),
    ("2024-10-XX~", "on an unknown day in about October 2024", "a day in c. Oct 2024"),
    # Lasted from–to: what both ends share is said once
    ("2024-10-08/2024-10-13", "8 to 13 October 2024", "8–13 Oct 2024"),
    ("2024-09-28/2024-10-03", "28 September to 3 October 2024", "28 Sep – 3 Oct 2024"),
    ("2024-12-28/2025-01-03", "28 December 2024 to 3 January 2025", "28 Dec 2024 – 3 Jan 2025"),
    ("2024-10-08/2025-10-08", "8 October 2024 to 8 October 2025", "8 Oct 2024 – 8 Oct 2025"),
    ("2024-10/2024-12", "October to December 2024", "Oct–Dec 2024"),
    ("2024-10/2025-01", "October 2024 to January 2025", "Oct 2024 – Jan 2025"),
    ("2023/2025", "2023 to 2025", "2023–2025"),
    ("2024-21/2024-23", "spring to autumn 2024", "spring–autumn 2024"),
    ("2024-10/2024-12-12", "October to 12 December 2024", "Oct – 12 Dec 2024"),
    ("2024/2024-10-03", "2024 to 3 October 2024", "2024 – 3 Oct 2024"),
    ("2024-10-08/2024-10-08", "8 October 2024", "8 Oct 2024"),
    ("2026-02-19/2026-02-25~", "19 February 2026 to about 25 February 2026", "19 Feb 2026 – c. 25 Feb 2026"),
    ("2024-10?/2024-12", "October 2024 (uncertain) to December 2024", "Oct 2024 (?) – Dec 2024"),
    # One end open or unknown
    ("2024-10-08/..", "from 8 October 2024, still going on", "since 8 Oct 2024"),
    ("2024-10~/..", "from about October 2024, still going on", "since c. Oct 2024"),
    ("2024-10-08/", "from 8 October 2024, end unknown", "from 8 Oct 2024"),
    ("/2024-10-13", "until 13 October 2024, start unknown", "until 13 Oct 2024"),
    ("../2024-10-13", "until 13 October 2024", "until 13 Oct 2024"),
    # Once, on one of these
    ("[2024-10-08..2024-10-13]", "on one day between 8 and 13 October 2024", "between 8 and 13 Oct 2024"),
    (
        "[2024-05-30..2024-06-01]",
        "on one day between 30 May and 1 June 2024",
        "between 30 May and 1 Jun 2024",
    ),
    ("[2024-10..2024-12]", "in one month between October and December 2024", "between Oct and Dec 2024"),
    ("[..2024-10-13]", "on or before 13 October 2024", "13 Oct 2024 or earlier"),
    ("[..2024]", "in or before 2024", "2024 or earlier"),
    ("[2024-10-08..]", "on or after 8 October 2024", "8 Oct 2024 or later"),
    ("[2024-10-08,2024-10-10]", "on 8 or 10 October 2024", "8 or 10 Oct 2024"),
    ("[2024-10-08,2024-10-10,2024-10-12]", "on 8, 10 or 12 October 2024", "8, 10 or 12 Oct 2024"),
    ("[2024-09-28,2024-10-03]", "on 28 September or 3 October 2024", "28 Sep or 3 Oct 2024"),
    ("[2024-10~,2024-12]", "in about October 2024 or December 2024", "c. Oct 2024 or Dec 2024"),
    ("[2024-10-08,2024-11]", "on 8 October 2024 or in November 2024", "8 Oct 2024 or Nov 2024"),
    ("[2024,2026..]", "in 2024 or in or after 2026", "2024 or 2026 or later"),
    # On all of these
    ("{2024-10-08,2024-10-10}", "on 8 and 10 October 2024", "8 and 10 Oct 2024"),
    ("{2020,2022}", "in 2020 and 2022", "2020 and 2022"),
    ("{2024-10-08..2024-10-10}", "on each day from 8 to 10 October 2024", "each day from 8 to 10 Oct 2024"),
    ("{..2024-10-08}", "on each day until 8 October 2024", "each day until 8 Oct 2024"),
    ("{2024-10..}", "in each month from October 2024 on", "each month from Oct 2024 on"),
]


@pytest.mark.parametrize(("text", "words", "short"), SAID)
def test_a_date_is_said_in_full_and_for_lists(text: str, words: str, short: str) -> None:
    found = read_date(text)
    assert (found.words(), found.short()) == (words, short)


def test_a_day_is_said_as_the_date_that_it_is() -> None:
    day, found = date(2024, 10, 8), read_date("2024-10-08")
    assert (day_words(day), day_short(day)) == (found.words(), found.short())


def test_every_form_has_its_words_for_every_kind_of_date() -> None:
    dates = [kind + mark for kind in ("2024", "2024-10", "2024-21", "2024-10-08") for mark in ("", *"~?%")]
    forms = ["*", "*/..", "*/", "/*", "../*", "*/2025", "2023/*"]
    inside = ["*..*", "*..", "..*", "2023,*", "*,2025..2026", "..2023,*,2025.."]
    sets = [f"[{form}]" for form in inside] + [f"{{{form}}}" for form in inside]
    read = [read_date(form.replace("*", text)) for form in forms + sets for text in dates]
    assert not any(set("*{}") & set(found.words() + found.short()) for found in read)


KINDS = [
    ("2024-10-08", Shape.POINT, Precision.DAY),
    ("2024-10~", Shape.POINT, Precision.MONTH),
    ("2024-22", Shape.POINT, Precision.SEASON),
    ("2024", Shape.POINT, Precision.YEAR),
    ("202X", Shape.POINT, Precision.DECADE),
    ("20XX", Shape.POINT, Precision.CENTURY),
    ("2024-10-XX", Shape.WINDOW, Precision.MONTH),
    ("2024-XX", Shape.WINDOW, Precision.YEAR),
    ("2024-XX-XX", Shape.WINDOW, Precision.YEAR),
    ("[2024-10-08..2024-10-13]", Shape.WINDOW, Precision.DAY),
    ("[..2024-10]", Shape.WINDOW, Precision.MONTH),
    ("2024-10-08/2024-10-13", Shape.SPAN, Precision.DAY),
    ("2024-10/2024-12-12", Shape.SPAN, Precision.MONTH),
    ("../2024", Shape.SPAN, Precision.YEAR),
    ("{2024-10-08,2024-10-10}", Shape.SET, Precision.DAY),
]


@pytest.mark.parametrize(("text", "shape", "precision"), KINDS)
def test_a_date_knows_its_shape_and_precision(text: str, shape: Shape, precision: Precision) -> None:
    assert (read_date(text).shape, read_date(text).precision) == (shape, precision)


MARKED = [
    ("2024-10", False, False),
    ("2024-10~", True, False),
    ("2024-10?", False, True),
    ("2024-10%", True, True),
    ("2024-10~/2024-12?", True, True),
    ("[2024-10-08,2024-10-10~]", True, False),
]


@pytest.mark.parametrize(("text", "approximate", "uncertain"), MARKED)
def test_a_mark_on_any_part_moves_no_bound(text: str, approximate: bool, uncertain: bool) -> None:
    marked, plain = read_date(text), read_date(re.sub("[~?%]", "", text))
    assert (marked.approximate, marked.uncertain) == (approximate, uncertain)
    assert (marked.earliest, marked.latest) == (plain.earliest, plain.latest)


def test_a_date_keeps_its_text_without_the_space_around_it() -> None:
    assert read_date(" 2024-10~\n") == read_date("2024-10~")
    assert read_date(" 2024-10~\n").edtf == "2024-10~"


def test_a_date_can_be_hashed_and_pickled() -> None:
    found = read_date("[2024-10-08..2024-10-13]")
    assert pickle.loads(pickle.dumps(found)) == found
    assert {found, read_date("[2024-10-08..2024-10-13]")} == {found}


# Bounds, held against python-edtf


def bounds_by_edtf(text: str) -> tuple[date | None, ...]:
    found = parse_edtf(text)
    bounds = (found.lower_strict(), found.upper_strict())
    return tuple(None if isinstance(bound, float) else date(*bound[:3]) for bound in bounds)


def month_ends(year: int) -> list[str]:
    return [f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}" for month in (1, 2, 4, 12)]


def random_days(count: int) -> list[str]:
    chance = random.Random(1998)
    return [date.fromordinal(chance.randint(1, date.max.toordinal())).isoformat() for _ in range(count)]


AWKWARD_YEARS = (1, 1600, 1700, 1900, 1999, 2000, 2023, 2024, 2100, 9999)
PLAIN_DATES = [day[:length] for year in AWKWARD_YEARS for day in month_ends(year) for length in (4, 7, 10)]
FORMS_OF_TWO = ("{}/{}", "{}~/{}?", "{}/..", "../{}", "[{}..{}]", "[{},{}]", "{{{},{}}}", "[..{}]", "[{}..]")
PAIRS = [sorted(pair) for pair in pairwise(random_days(8))]
SPANS_AND_SETS = [form.format(*pair) for pair in PAIRS for form in FORMS_OF_TWO]
HAZY = ["2024-XX", "2023-02-XX", "2024-02-XX~", "2024-XX-XX", "202X", "19XX"]
OTHERS = ["1900-02%", "2024-21", "2024-22", "2024-23", "2023/2024-02", "2024-02/2024", "{2020,2022..2024}"]


@pytest.mark.parametrize("text", sorted({*PLAIN_DATES, *random_days(20), *SPANS_AND_SETS, *HAZY, *OTHERS}))
def test_the_bounds_are_those_of_python_edtf(text: str) -> None:
    assert (read_date(text).earliest, read_date(text).latest) == bounds_by_edtf(text)


def test_a_winter_runs_into_the_next_year_where_python_edtf_ends_it_with_december() -> None:
    winter = read_date("2023-24")
    assert (winter.earliest, winter.latest) == (date(2023, 12, 1), date(2024, 2, 29))
    assert bounds_by_edtf("2023-24") == (date(2023, 12, 1), date(2023, 12, 31))


def test_an_unknown_end_has_no_bound_where_python_edtf_supposes_ten_years() -> None:
    assert read_date("2024-10-08/").latest is None
    assert read_date("/2024-10-08").earliest is None
    assert bounds_by_edtf("2024-10-08/")[1] == date(2034, 10, 8)


@pytest.mark.parametrize("text", ["2024-21~", "[2024-21,2024-23]", "[2024-10-08~..2024-10-13]"])
def test_a_season_or_a_marked_date_may_stand_where_any_date_may_though_python_edtf_refuses(text: str) -> None:
    assert read_date(text).words()
    assert not is_valid_edtf(text)


# Order, overlap, end


def test_dates_are_ordered_by_lower_bound_then_upper_with_open_ends_outermost() -> None:
    from_that_day = ["2024-10-08", "[2024-10-08..2024-10-11]", "2024-10-08/2024-10-13", "2024-10-08/.."]
    in_order = ["../2024-10-01", "[..2024-10-13]", "2023-12-31", "2024-10", *from_that_day, "2024-10-09"]
    shuffled = random.Random(4).sample(in_order, len(in_order))
    assert sorted(shuffled, key=lambda text: read_date(text).sort_key) == in_order


def test_a_span_and_a_window_with_the_same_bounds_share_their_place() -> None:
    assert read_date("2024-10-08/2024-10-13").sort_key == read_date("[2024-10-08..2024-10-13]").sort_key


OVERLAPS = [
    ("2024-10-08", "2024-10-08", "2024-10-08", True),
    ("2024-10-08", "2024-10-09", "2024-10-31", False),
    ("2024-10", "2024-10-31", "2024-11-30", True),
    ("2024-10-XX", "2024-10-15", "2024-10-15", True),
    ("2024", "2024-12-31", "2025-06-30", True),
    ("202X~", "2024-10-08", "2024-10-08", True),
    ("2024-10-08/2024-10-13", "2024-10-10", "2024-10-11", True),
    ("2024-10-08/2024-10-13", "2024-10-14", "2024-10-20", False),
    ("2024-10-08/..", "2999-01-01", "2999-12-31", True),
    ("2024-10-08/", "2999-01-01", "2999-12-31", True),
    ("2024-10-08/..", "2024-10-01", "2024-10-07", False),
    ("../2024-10-13", "1066-10-14", "1066-10-14", True),
    ("[..2024-10-13]", "2024-10-14", "2024-10-14", False),
    ("{2024-10-08,2024-10-10}", "2024-10-09", "2024-10-09", False),
    ("{2024-10-08,2024-10-10}", "2024-10-09", "2024-10-10", True),
    ("[2024-10-08,2024-10-10..]", "2024-10-09", "2024-10-09", False),
]


@pytest.mark.parametrize(("text", "first", "last", "expected"), OVERLAPS)
def test_a_date_is_found_by_a_range_that_shares_a_day(text: str, first: str, last: str, expected: bool) -> None:
    assert read_date(text).overlaps(date.fromisoformat(first), date.fromisoformat(last)) is expected


# Refusals

FORMS = "Write the year first and go as far as is known: 1998, 1998-03 or 1998-03-17."
YEARS = "Years are 0001 to 9999."
MONTHS = "Months are 01 to 12, after the year."
DAY_ALONE = "Write the day alone: the text can name the time."
SIGNS = "Put ~, ? or % only at the end of a date, and X only as in 199X, 1998-XX or 1998-03-XX."
SOURCE = "Check it with the source; if the day is not known, write {}."

REFUSED = [
    ("last week", " is not a date.", FORMS),
    ("2024-1X", " is not a date.", FORMS),
    ("../..", " holds no date.", FORMS),
    ("2024-10-08T10:00", " has a time of day.", DAY_ALONE),
    ("0000-01-01", " is outside the calendar.", YEARS),
    ("12024", " has no year of four digits.", YEARS),
    ("-0044", " has no year of four digits.", YEARS),
    ("Y17000", " has no year of four digits.", YEARS),
    ("2024-13-01", ": there is no month 13.", MONTHS),
    ("2024-00", ": there is no month 00.", MONTHS),
    ("2024-21-05", ": there is no month 21.", MONTHS),
    ("9999-24", " is outside the calendar.", YEARS),
    ("2024-02-30", ": February 2024 has no day 30.", SOURCE.format("2024-02")),
    ("1900-02-29", ": February 1900 has no day 29.", SOURCE.format("1900-02")),
    ("April 31 2024", ": April 2024 has no day 31.", SOURCE.format("2024-04")),
    ("31.4.2024", ": April 2024 has no day 31.", SOURCE.format("2024-04")),
    ("29 Feb 2023", ": February 2023 has no day 29.", SOURCE.format("2023-02")),
    ("2024-10-13/2024-10-08", " ends before it starts.", "Check both dates and put the earlier one first."),
    ("[2024-10..2024-09]", " ends before it starts.", "Check both dates and put the earlier one first."),
    ("[2024-10-10,2024-10-08]", " has dates out of order.", "Write the earliest first and each only once."),
    ("{2024-10-08,2024-10-08}", " has dates out of order.", "Write the earliest first and each only once."),
    ("[2024-10-08..2024-11]", " has ends that differ in kind.", "Give two days, two months or two years."),
    ("2024-10-XX/2024-11-05", " has an X beside another date.", "There, leave out the part with X."),
    ("2024-~10-08", " is a kind of EDTF date that is not used here.", SIGNS),
    ("156X-12-25", " is a kind of EDTF date that is not used here.", SIGNS),
]


@pytest.mark.parametrize(("text", "what", "mend"), REFUSED)
def test_a_refusal_says_what_is_wrong_and_how_to_mend_it(text: str, what: str, mend: str) -> None:
    with pytest.raises(DateError) as raised:
        read_date(text)
    assert (raised.value.what, raised.value.mend) == (f"“{text}”{what}", mend)


@pytest.mark.parametrize(
    ("text", "what"), [(" ", "The date is empty."), ("9" * 10_000, f"“{'9' * 40}…” is not a date.")]
)
def test_an_empty_or_endless_text_is_not_quoted_whole(text: str, what: str) -> None:
    with pytest.raises(DateError) as raised:
        read_date(text)
    assert (raised.value.what, raised.value.mend) == (what, FORMS)


TWO_READINGS = (
    "Write 2024-10-08/2024-10-13 for “8 to 13 October 2024”, "
    'or "[2024-10-08..2024-10-13]" for “on one day between 8 and 13 October 2024”.'
)
RESPELT = [
    ("8 October 2024", "Write 2024-10-08 for “8 October 2024”."),
    ("October 8th, 2024", "Write 2024-10-08 for “8 October 2024”."),
    ("October 2024", "Write 2024-10 for “October 2024”."),
    ("8. October 2024", "Write 2024-10-08 for “8 October 2024”."),
    ("Sept. 2024", "Write 2024-09 for “September 2024”."),
    ("spring 2024", "Write 2024-21 for “spring 2024”."),
    ("2024/10/08", "Write 2024-10-08 for “8 October 2024”."),
    ("2024-10-8", "Write 2024-10-08 for “8 October 2024”."),
    ("2024-1", "Write 2024-01 for “January 2024”."),
    ("2024/10", "Write 2024-10 for “October 2024”."),
    ("10.2024", "Write 2024-10 for “October 2024”."),
    ("20241008", "Write 2024-10-08 for “8 October 2024”."),
    ("2024\N{EN DASH}10\N{EN DASH}08", "Write 2024-10-08 for “8 October 2024”."),
    ("13.10.2024", "Write 2024-10-13 for “13 October 2024”."),
    ("08-10-2024", "Write 2024-10-08 for “8 October 2024”, or 2024-08-10 for “10 August 2024”."),
    ("circa 2024", "Write 2024~ for “about 2024”."),
    ("c. October 2024", "Write 2024-10~ for “about October 2024”."),
    ("2024-10-08~?", "Write 2024-10-08% for “about 8 October 2024 (uncertain)”."),
    ("2024-10-xx", "Write 2024-10-XX for “on an unknown day in October 2024”."),
    ("[2024-10-08]", "Write 2024-10-08 for “8 October 2024”."),
    ("[2024-10-08, 2024-10-13]", 'Write "[2024-10-08,2024-10-13]" for “on 8 or 13 October 2024”.'),
    ("2024-10-08 - 2024-10-13", TWO_READINGS),
    ("2024-10-08..2024-10-13", TWO_READINGS),
    ("2024-10-08/13", TWO_READINGS),
    ("8\N{EN DASH}13 October 2024", TWO_READINGS),
    ("8 October 2024 to 13 October 2024", TWO_READINGS),
    ("2024..", 'Write 2024/.. for “from 2024, still going on”, or "[2024..]" for “in or after 2024”.'),
    ("..2024-10", 'Write ../2024-10 for “until October 2024”, or "[..2024-10]" for “in or before October 2024”.'),
]


@pytest.mark.parametrize(("text", "mend"), RESPELT)
def test_a_common_slip_is_told_the_right_spelling_and_what_it_means(text: str, mend: str) -> None:
    with pytest.raises(DateError) as raised:
        read_date(text)
    assert (raised.value.what, raised.value.mend) == (f"“{text}” is not in the form used here.", mend)


def _outcome(text: str) -> EdtfDate | DateError:
    try:
        return read_date(text)
    except DateError as refusal:
        return refusal


def test_junk_raises_nothing_but_a_date_error_and_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)
    junk = ["".join(chance.choices("0129XXx-/.,[]{}~?% TYSe", k=chance.randint(1, 12))) for _ in range(150)]
    arabic_digits = "\u0662\u0660\u0662\u0664"
    for text in [*junk, "2024-X1", "2024-XX/2025-01", "\ud800", "{}", "%s", "\\1", arabic_digits]:
        assert isinstance(_outcome(text), EdtfDate | DateError)
    assert capsys.readouterr() == ("", "")


def test_reading_dates_that_are_right_never_loads_the_slow_library() -> None:
    texts = [text for text, _, _ in SAID]
    script = (
        f"import sys; sys.path[:0] = {sys.path}; from chronicle.dates import read_date; "
        f"[read_date(text).words() for text in {texts}]; sys.exit('edtf' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_date_error_can_be_pickled_and_printed() -> None:
    refusal = pickle.loads(pickle.dumps(DateError("It is wrong.", "Mend it.")))
    assert (refusal.what, refusal.mend, str(refusal)) == ("It is wrong.", "Mend it.", "It is wrong. Mend it.")


def test_a_whole_day_is_read_as_a_day() -> None:
    assert read_day(" 2024-02-29 ") == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2024-10", "2024", "2024-10-08~", "2024-10-XX", "2024-10-08/2024-10-08"])
def test_a_date_that_is_not_one_whole_day_is_not_read_as_a_day(text: str) -> None:
    with pytest.raises(DateError) as raised:
        read_day(text)
    assert raised.value.what == f"“{text}” is not one whole day."


@pytest.mark.parametrize("text", ["20241008", "2024-W41-2", "2024-02-30", "8 October 2024"])
def test_a_day_in_another_form_is_refused_like_any_other_date(text: str) -> None:
    with pytest.raises(DateError) as by_day:
        read_day(text)
    with pytest.raises(DateError) as by_date:
        read_date(text)
    assert str(by_day.value) == str(by_date.value)

"""Timelines made elsewhere: what a row becomes, what is refused, and that nothing is added to what it says."""

import csv
import io
import random
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from chronicle.dates import read_date
from chronicle.drafting.bring import COLUMNS, Brought, bring
from chronicle.drafting.drafts import Draft, save_drafts
from chronicle.drafting.waiting import DRAFTS
from chronicle.load import Loaded, load
from chronicle.yamlfile import read_yaml
from conftest import ROOT

TOWN = ROOT / "tests" / "project"
TIMELINES = ROOT / "tests" / "timelines"
TEMPLATE = (
    *("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline"),
    *("Text", "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type", "Group", "Background"),
)
"""The headings of the spreadsheet that TimelineJS gives to be copied."""

FINISHED = {  # what a person may put where a draft asks for it
    "kind": "closure",
    "certainty": "claimed",
    "by": "harbour-authority",
    "says": "Lorries of more than ten tonnes may not cross.",
    "topics": "[traffic]",
    "url": "https://gazette.example.org/1998/03/17/lorries",
    "title": "Lorries turned back",
    "publisher": "The Ellery Gazette",
    "published": "1998-03-18",
    "type": "newspaper",
    "added": "2024-07-01",
}


def sheet(*rows: Mapping[str, str], separator: str = ",") -> bytes:
    """A CSV with these rows, and a column for everything that one of them says."""
    written = io.StringIO()
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    writer = csv.DictWriter(written, headings, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def run(project: Path, content: bytes, name: str = "timeline.csv") -> Brought:
    return bring(name, content, DRAFTS, load_town() if project is TOWN else load(project), project)


@cache
def load_town() -> Loaded:
    """The made-up chronology, for all who write nothing."""
    return load(TOWN)


def one(row: Mapping[str, str]) -> Draft:
    """The draft of the only row of a sheet."""
    (draft,) = run(TOWN, sheet(row)).drafts
    return draft


def data(draft: Draft) -> dict[str, object]:
    """What a draft says, read by another reader of YAML as well."""
    file, problems = read_yaml(draft.path, draft.text.encode())
    assert file, problems
    assert problems == ()
    assert yaml.safe_load(draft.text).keys() == file.data.keys()
    return dict(file.data)


def refusals(brought: Brought) -> list[tuple[str, str]]:
    return [(fault.place, fault.what) for fault in brought.faults]


def finish(text: str) -> str:
    """A draft as a person completes it: what is asked for is put in or deleted, and every mark is deleted."""
    lines = []
    for line in text.split("\n"):
        body, mark, _ = line.partition("  # missing:")
        key = body.strip(" -").removesuffix(":")
        if mark and body.endswith(":") and key not in FINISHED:
            continue
        lines.append(
            f"{body} {FINISHED[key]}" if mark and body.endswith(":") else re.sub("  # (missing|check):.*", "", line)
        )
    return "\n".join(lines)


# What becomes of a row


def test_the_sheet_of_timelinejs_is_read_with_the_headings_of_its_template() -> None:
    content = (TIMELINES / "timelinejs.csv").read_bytes()
    assert tuple(content.decode().partition("\n")[0].split(",")) == TEMPLATE
    brought = run(TOWN, content, "timelinejs.csv")
    assert {draft.path: data(draft)["date"] for draft in brought.drafts} == {
        f"{DRAFTS}/1998/lorries-turned-back-at-the-harbour-bridge.yml": "1998-03-17",
        f"{DRAFTS}/1998/second-ferry-hired.yml": "1998-03/1998-04",
        f"{DRAFTS}/1998/town-buys-the-old-customs-house.yml": "1998",
    }
    assert refusals(brought) == [
        ("row 6, column C (Day)", "“1998-02-30”: February 1998 has no day 30"),
        ("row 7, column A (Year)", "“-44” is before the year 1"),
    ]
    assert brought.refused == 2
    assert brought.aside == (
        "Row 2 is the title slide and no event; what it says belongs in chronology.yml.",
        "Row 8 is an era and no event: it names a time, and nothing that happened in it.",
    )


def test_a_draft_says_what_the_row_says_and_marks_what_it_does_not() -> None:
    first, *_ = run(TOWN, (TIMELINES / "timelinejs.csv").read_bytes(), "timelinejs.csv").drafts
    assert first.text == (TIMELINES / "lorries.yml").read_text(encoding="utf-8")


def test_json_makes_the_same_drafts_as_the_sheet() -> None:
    by_sheet = run(TOWN, (TIMELINES / "timelinejs.csv").read_bytes())
    by_json = run(TOWN, (TIMELINES / "timelinejs.json").read_bytes(), "timelinejs.json")
    assert [draft.path for draft in by_json.drafts] == [draft.path for draft in by_sheet.drafts]
    assert data(by_json.drafts[0]) == data(by_sheet.drafts[0])
    assert refusals(by_json) == [
        ("event 4, start_date.day", "“1998-02-30”: February 1998 has no day 30"),
        ("event 5", "there is no date in it"),
    ]
    for kept in ("start_date.hour: 14", "start_date.minute: 10", "unique_id: lorries", "Group: Traffic"):
        assert f"\n#   {kept}\n" in by_json.drafts[0].text


def test_a_plain_sheet_may_tell_everything_that_an_entry_needs() -> None:
    brought = run(TOWN, (TIMELINES / "plain.csv").read_bytes(), "plain.csv")
    full, sparse = map(data, brought.drafts)
    assert full["kind"] == "closure"
    assert full["topics"] == ["safety", "traffic"]
    assert full["places"] == ["harbour-bridge"]
    assert full["actors"] == ["harbour-authority"]
    assert full["claims"] == [
        {
            "by": "harbour-authority",
            "says": "Lorries of more than ten tonnes may not cross.",
            "sources": ["gazette-example-org"],
        }
    ]
    assert full["summary"] == "Heavy lorries were turned back.[^gazette-example-org]"
    assert sparse["date"] == "1998-03~"
    assert [sparse[key] for key in ("kind", "certainty", "topics", "places")] == [None] * 4
    assert "“hiring”" in brought.drafts[1].text
    assert "“p. 3 of the Gazette”" in brought.drafts[1].text
    assert refusals(brought) == [("row 4, column A (Date)", "“03/04/1998” is not in the form used here")]
    assert "1998-04-03 for “3 April 1998”, or 1998-03-04 for “4 March 1998”" in brought.faults[0].mend
    assert brought.aside == (
        "No key of an entry says what these columns say; their cells are kept as comments: “Editor”.",
    )
    assert "#   Editor: J. C.\n" in brought.drafts[0].text


@pytest.mark.parametrize("field", COLUMNS)
def test_every_heading_that_is_listed_means_what_the_first_of_them_means(field: str) -> None:
    first, *others = COLUMNS[field]
    words = {"year": "1998", "date": "1998", "end": "1999", "end year": "1999"}.get(field, "4")
    base = {"Year": "1998", "End Year": "1998", "Month": "3", "End Month": "5"}
    base = {} if field == "date" else {heading: text for heading, text in base.items() if heading.lower() != field}
    for other in others:
        drafts = [one({**base, heading: words}) for heading in (first, other.upper())]
        assert data(drafts[0]) == data(drafts[1])
        assert "What row 2 says" not in drafts[1].text or first.capitalize() in drafts[1].text


def test_of_two_columns_for_one_thing_the_second_is_kept_as_a_comment() -> None:
    draft = one({"Description": "The long text.", "date": "1998", "Year": "1999", "Summary": "The short one."})
    assert data(draft)["summary"] == "The short one."
    assert data(draft)["date"] == "1998"
    assert "#   Description: The long text.\n" in draft.text
    assert "#   Year: 1999\n" in draft.text


# Dates


@pytest.mark.parametrize(
    ("cells", "edtf"),
    [
        ({"Year": "1998"}, "1998"),
        ({"Year": "1998", "Month": "3"}, "1998-03"),
        ({"Year": "1998.0", "Month": "3.0", "Day": "17.0"}, "1998-03-17"),
        ({"Year": "1,998", "Month": " 3 "}, "1998-03"),
        ({"Year": "98"}, "0098"),
        ({"Year": "1998", "End Year": "1999", "End Month": "2"}, "1998/1999-02"),
        ({"Year": "1998", "Month": "3", "End Year": "1998", "End Month": "3"}, "1998-03"),
        ({"date": "March 1998"}, "1998-03"),
        ({"date": "c. 1998"}, "1998~"),
        ({"date": "spring 1998"}, "1998-21"),
        ({"date": "31/12/1998"}, "1998-12-31"),
        ({"date": "1998-03-17T23:59:00Z"}, "1998-03-17"),
        ({"date": "[1998-03-08..1998-03-13]"}, "[1998-03-08..1998-03-13]"),
        ({"start date": "1998-03-08", "end date": "13 March 1998"}, "1998-03-08/1998-03-13"),
    ],
)
def test_a_date_is_taken_as_exactly_as_it_is_given(cells: Mapping[str, str], edtf: str) -> None:
    assert data(one({**cells, "title": "Bridge is mended"}))["date"] == edtf


def test_a_year_of_less_than_four_digits_is_marked() -> None:
    assert "date: 0098-03  # check: is it so early; the year there is “98”\n" in one({"Year": "98", "Month": "3"}).text


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"Year": "-44"}, "Year"),
        ({"Year": "44 BC"}, "Year"),
        ({"Year": "0"}, "Year"),
        ({"Year": "12000"}, "Year"),
        ({"Year": "c. 1998"}, "Year"),
        ({"Year": "1998.5"}, "Year"),
        ({"Year": "1" * 4_301}, "Year"),
        ({"Year": "1998", "Month": "3", "Day": "0" * 4_300 + "17"}, "Day"),
        ({"date": "1" * 4_301}, "date"),
        ({"Year": "1998", "Month": "13"}, "Month"),
        ({"Year": "1998", "Month": "0"}, "Month"),
        ({"Year": "1998", "Month": "March"}, "Month"),
        ({"Year": "1998", "Day": "17"}, "Day"),
        ({"Year": "1998", "Month": "2", "Day": "29"}, "Day"),
        ({"Year": "", "Month": "3"}, "Month"),
        ({"Year": "1998", "End Month": "3"}, "End Month"),
        ({"Year": "1998", "End Year": "1997"}, "End Year"),
        ({"date": "1998-03-04/1998", "end": "1999"}, "end"),
        ({"date": "3/4/1998"}, "date"),
        ({"date": "8-13 October 1998"}, "date"),
        ({"date": "35871"}, "date"),
        ({"date": "yesterday"}, "date"),
        ({"date": "-0044"}, "date"),
    ],
)
def test_a_date_that_cannot_be_taken_is_refused_where_it_stands(cells: Mapping[str, str], field: str) -> None:
    brought = run(TOWN, sheet({**cells, "title": "Bridge is mended"}, {"title": "x", **dict.fromkeys(cells, "")}))
    assert brought.drafts == ()
    assert [fault.place for fault in brought.faults if fault.place.endswith(f"({field})")]
    assert ("row 3", "there is no date in it") in refusals(brought)
    assert all(fault.mend for fault in brought.faults)


def test_every_fault_of_every_row_is_told_at_once() -> None:
    rows = ({"Year": "x", "Month": "13", "Day": "32", "Editor": "#REF!"}, {"Year": "0"}, {"Year": "1998"})
    brought = run(TOWN, sheet(*rows))
    assert [place for place, _ in refusals(brought)] == [
        "row 2, column D (Editor)",
        "row 2, column A (Year)",
        "row 2, column B (Month)",
        "row 2, column C (Day)",
        "row 3, column A (Year)",
    ]
    assert (brought.refused, len(brought.drafts)) == (2, 1)


@pytest.mark.parametrize("seed", range(20))
def test_a_draft_is_never_more_exact_than_its_row(seed: int) -> None:
    """Whatever parts of a date are given: the days that the draft allows are all those that the row allows."""
    chance = random.Random(seed)
    rows = [{part: chance.choice(values) for part, values in PARTS.items()} for _ in range(60)]
    brought = run(TOWN, sheet(*({**row, "Headline": f"Row number {n}"} for n, row in enumerate(rows))))
    drafted = {str(data(draft)["title"]): read_date(str(data(draft)["date"])) for draft in brought.drafts}
    assert len(drafted) + brought.refused == len(rows)
    assert drafted
    for number, row in enumerate(rows):
        if found := drafted.get(f"Row number {number}"):
            first, last = _days(row, "", 0), _days(row, "End ", 1) or _days(row, "", 1)
            assert (found.earliest, found.latest) == (first, last)
            assert found.short().count(" ") <= (2 if row["Day"] else 1 if row["Month"] else 0) + 4 * bool(
                row["End Year"]
            )


PARTS = {
    "Year": ("1998", "1999", "98", "0", "-1"),
    "Month": ("", "2", "12", "13"),
    "Day": ("", "", "1", "29", "31"),
    "Time": ("", "14:10"),
    "End Year": ("", "", "1999", "2001"),
    "End Month": ("", "", "2"),
    "End Day": ("", "", "28"),
    "Display Date": ("", "17 March 1998"),
}


def _days(row: Mapping[str, str], prefix: str, end: int) -> date | None:
    """The first or the last day that the parts allow, by no code of ours."""
    year, month, day = (row[f"{prefix}{part}"] for part in ("Year", "Month", "Day"))
    if not year:
        return None
    first = date(int(year), int(month or 1), int(day or 1))
    if not end or day:
        return first
    following = (
        date(first.year + 1, 1, 1) if not month else date(first.year + first.month // 12, first.month % 12 + 1, 1)
    )
    return date.fromordinal(following.toordinal() - 1)


@pytest.mark.parametrize(
    ("shown", "is_doubted"),
    [
        ("March 1998", True),
        ("17 March 1998", False),
        ("march 17, 1998", False),
        ("Mar 17, 1998", False),
        ("St Patrick", True),
    ],
)
def test_a_date_that_readers_are_shown_otherwise_is_marked(shown: str, is_doubted: bool) -> None:
    draft = one({"Year": "1998", "Month": "3", "Day": "17", "Display Date": shown})
    assert ("date: 1998-03-17  # check: " in draft.text) == is_doubted
    assert f"#   Display date: {shown}\n" in draft.text


@pytest.mark.parametrize(
    ("date", "is_doubted"),
    [
        ("1998-01-01", True),
        ("1998-01-01/1999-02", True),
        ("1998-02/1999-01-01", True),
        ("1998-01", False),
        ("1998-11-01", False),
    ],
)
def test_the_first_of_january_is_marked_since_it_often_stands_for_a_year(date: str, is_doubted: bool) -> None:
    draft = one({"date": date, "title": "Bridge is mended"})
    assert data(draft)["date"] == date
    assert ("# check: the first of January; is the day known, or only the year" in draft.text) == is_doubted


def test_a_name_that_two_actors_share_leads_to_neither(project: Path) -> None:
    register = project / "chronology" / "actors.yml"
    two = "\n".join(
        f"{slug}: {{name: {slug} X, kind: person, about: A person., also: [The Engineer]}}" for slug in ("a", "b")
    )
    register.write_text(f"{register.read_text(encoding='utf-8')}\n{two}\n", encoding="utf-8")
    (draft,) = run(project, sheet({"date": "1998", "by": "the engineer", "actors": "The Engineer, A x"})).drafts
    assert "by:  # missing: " in draft.text
    assert "; there it says “the engineer”\n" in draft.text
    assert data(draft)["actors"] == ["a"]


# Texts, links and media


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b>.</p><p>Three</p>", "One two.\n\nThree"),
        ("One<br>two<br /><br>three", "One two\n\nthree"),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("One\ntwo\n \nthree", "One two\n\nthree"),
        (
            "Fish &amp; chips &lt;b&gt; &#8211; <script>alert('x')</script><style>b{}</style>end",
            "Fish & chips <b> – end",
        ),
        ("1 < 2 and a <b> tag", "1 < 2 and a tag"),
        ("Mail <editor@example.org> in <em>May</em>", "Mail <editor@example.org> in May"),
        ("A & B <3", "A & B <3"),
        ("[^notice] *starred* # no comment", "[^notice] *starred* # no comment"),
        ("<p>unclosed <a href='x'>relative", "unclosed relative"),
    ],
)
def test_html_becomes_words(html: str, text: str) -> None:
    draft = one({"date": "1998", "Headline": "Bridge is mended", "Text": html})
    assert str(data(draft)["summary"]).strip() == text


def test_a_link_becomes_a_source_and_its_place_a_footnote() -> None:
    html = (
        '<p>Shut, <a href="https://www.gazette.example.org/1?utm_source=x">says the <i>Gazette</i></a>. '
        '<a href="https://gazette.example.org/1">Again</a>.</p><p>See https://courier.example.org/2. '
        '<img src="https://photos.example.org/3.jpg"></p><p><a href="mailto:a@example.org">Write</a></p>'
    )
    draft = one({"date": "1998", "Text": html, "Media": "https://films.example.org/4", "Media Credit": "Wire"})
    assert str(data(draft)["summary"]).split("\n\n") == [
        "Shut, says the Gazette.[^gazette-example-org] Again.[^gazette-example-org]",
        "See https://courier.example.org/2.[^courier-example-org]",
        "Write\n",
    ]
    sources = data(draft)["sources"]
    assert isinstance(sources, dict)
    assert [(handle, source["url"], source["title"]) for handle, source in sources.items()] == [
        ("gazette-example-org", "https://www.gazette.example.org/1?utm_source=x", None),
        ("courier-example-org", "https://courier.example.org/2", None),
        ("photos-example-org", "https://photos.example.org/3.jpg", None),
        ("films-example-org", "https://films.example.org/4", None),
    ]
    assert "the link there says “says the Gazette”" in draft.text
    assert "url: https://films.example.org/4  # check: this is the picture or the film there" in draft.text
    assert "publisher:  # missing: who published it; the credit there is “Wire”" in draft.text
    assert "#   A link: mailto:a@example.org Write\n" in draft.text
    assert "sources:  # missing: which of gazette-example-org, courier-example-org, " in draft.text


def test_the_html_that_shows_a_film_is_kept_beside_its_address() -> None:
    embedded = '<blockquote><p>The pier is moving!</p><a href="https://posts.example.org/9">A resident</a></blockquote>'
    draft = one({"date": "1998", "Media": embedded})
    assert "url: https://posts.example.org/9  # check: " in draft.text
    assert "The pier is moving!" in draft.text


def test_a_date_of_publication_is_read_like_any_and_kept_in_its_words() -> None:
    draft = one({"date": "1998", "url": "https://a.example.org/1", "published": "18 March 1998"})
    assert "    published: 1998-03-18\n" in draft.text
    assert "#   Published: 18 March 1998\n" in draft.text


def test_several_addresses_in_one_cell_are_several_sources() -> None:
    both = "https://a.example.org/1,\nhttps://b.example.org/2"
    draft = one({"date": "1998", "summary": "Shut.", "url": both, "publisher": "Two papers"})
    assert isinstance(sources := data(draft)["sources"], dict)
    assert list(sources) == ["a-example-org", "b-example-org"]
    assert "Two papers" not in str(sources), "the row does not say which of them"
    assert "#   Publisher: Two papers\n" in draft.text
    assert data(draft)["summary"] == "Shut."


def test_nothing_that_states_a_fact_is_put_in_by_default() -> None:
    told = data(one({"Year": "1998", "Headline": "Bridge is mended", "Media": "https://a.example.org/1"}))
    claims, sources = told["claims"], told["sources"]
    assert isinstance(claims, list)
    assert isinstance(sources, dict)
    (claim,), (source,) = claims, sources.values()
    assert [told[key] for key in ("kind", "certainty", "topics", "added", "summary")] == [None] * 5
    assert (claim["by"], claim["says"]) == (None, None)
    assert {key for key, value in source.items() if value is not None} == {"url"}
    assert set(source) == {"url", "title", "publisher", "published", "language", "type", "relays"}


def test_every_cell_of_a_row_can_be_found_in_its_draft() -> None:
    """But for the parts of the date, which are its date, and the tags of HTML."""
    row = {heading: f"Words of {heading}" for heading in TEMPLATE if not re.search("Year|Month|Day$|Type", heading)}
    row |= {
        "Year": "1998",
        "Month": "3",
        "Day": "17",
        "End Year": "1999",
        "Mood": "Words of mood",
        "Type": "Words of type",
    }
    text = " ".join(one(row).text.split())
    assert [words for words in row.values() if words.startswith("Words") and words not in text] == []


# Names


def test_equal_headlines_get_different_names() -> None:
    meetings = [
        {"date": day, "title": "Council meets"} for day in ("1998-03-17", "1998-04", "1998-04", "1999", "1998-04")
    ]
    assert [draft.path.removeprefix(f"{DRAFTS}/") for draft in run(TOWN, sheet(*meetings)).drafts] == [
        "1998/council-meets.yml",
        "1998/council-meets-1998-04.yml",
        "1998/council-meets-1998-04-2.yml",
        "1999/council-meets-1999.yml",
        "1998/council-meets-1998-04-3.yml",
    ]


@pytest.mark.parametrize("title", ["", "다리 폐쇄", "Index", "../../../etc/passwd", "1998", "<b></b>"])
def test_a_headline_that_gives_no_name_leaves_it_to_a_person(title: str) -> None:
    draft = one({"date": "1998", "title": title})
    assert re.fullmatch(rf"{DRAFTS}/1998/(timeline-row-2|etc-passwd)\.yml", draft.path)
    assert ("\n# missing: a name for this file" in draft.text) == ("timeline-row-2" in draft.path)


def test_what_is_there_already_is_left_alone(project: Path) -> None:
    content = sheet(
        {"date": "1998-03", "title": "Council meets"},
        {"date": "1998-04", "title": "Council meets"},
        {"date": "1998-03", "title": "Harbour bridge closed"},
        {"date": "1990", "title": "Repair begins"},
        {"date": "1998", "title": "Repair begins"},
        {"date": "1998-03-17", "title": "Bridge closed"},
    )
    brought = run(project, content)
    assert brought.there == (
        ("row 4", "chronology/events/1998/harbour-bridge-closed.yml"),
        ("row 6", "chronology/events/1998/repair-begins.yml"),
        ("row 7", "chronology/events/1998/harbour-bridge-closed.yml"),  # by an older name
    )
    assert [Path(draft.path).stem for draft in brought.drafts] == [
        *("council-meets", "council-meets-1998-04", "repair-begins-1990")
    ]
    save_drafts(brought.drafts, project)
    file = project / DRAFTS / "1998" / "council-meets.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("1998-03", "1998-03-17"), encoding="utf-8")
    again = run(project, content)
    assert again.drafts == ()
    assert len(again.there) == 6


def test_a_row_that_is_added_later_is_all_that_is_written_later(project: Path) -> None:
    rows = [{"date": "1998-03", "title": "Council meets"}, {"date": "1998-05", "title": "Mayor speaks of tolls"}]
    save_drafts(run(project, sheet(*rows)).drafts, project)
    new = {"date": "1998-04", "title": "Toll is proposed"}
    assert [draft.path for draft in run(project, sheet(new, *rows)).drafts] == [f"{DRAFTS}/1998/toll-is-proposed.yml"]

"""Files that somebody brings: encodings, spoilt and hostile cells, how drafts are written, and how they become entries."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from chronicle.check import read_and_check
from chronicle.dates import read_date
from chronicle.drafting.bring import CannotRead
from chronicle.drafting.bring.sheet import MAX_ROWS
from chronicle.drafting.drafts import Draft, save_drafts
from chronicle.drafting.waiting import DRAFTS, find_drafts, read_waiting
from chronicle.exports.data.timelinejs import timelinejs_json
from chronicle.load import MARK_LEFT, load
from chronicle.model import Entry
from chronicle.problems import Severity
from chronicle.site import build_docs
from chronicle.yamlfile import HIDDEN
from test_bring import TIMELINES, TOWN, data, finish, load_town, one, refusals, run, sheet

# Files that cannot be read, and files that only look so


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_sheet_is_read_however_it_was_saved(separator: str, encoding: str, line_end: str) -> None:
    text = sheet(
        {"date": "1998", "title": "Pont fermé; ensuite, rien", "summary": "One\n\ntwo"}, separator=separator
    ).decode()
    text = text.replace("\r\n", line_end)
    content = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-bom" else text.encode(encoding)
    (draft,) = run(TOWN, content).drafts
    assert data(draft)["title"] == "Pont fermé; ensuite, rien"
    assert str(data(draft)["summary"]).split() == ["One", "two"]


def test_the_line_in_which_excel_names_the_separator_is_no_row() -> None:
    (draft,) = run(TOWN, b"sep=|\r\ndate|title\r\n1998|Bridge, shut\r\n").drafts
    assert data(draft)["title"] == "Bridge, shut"
    assert "made of row 2 of" in draft.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("date,title\n1998,Pont fermé\n".encode("cp1252"), "Line 2 holds letters that are not in UTF-8"),
        (b"PK\x03\x04....", "This is a workbook"),
        ("date,title\n1998,x\n".encode("utf-16-le"), "an encoding that cannot be read"),
        ("date,title\n1998,x\n".encode("utf-32"), "an encoding that cannot be read"),
        (b"\xff\xfea", "not in UTF-8"),
        (b"", "No column tells the date. The first row names: nothing."),
        (b"title,summary\nx,y\n", "The first row names: “title”, “summary”."),
        (b"date,title\n\n,\n", "no row below the headings"),
        (b'date,title\n1998,"unclosed\n1999,x\n', "Row 2 cannot be read"),
        (b'date,title\n1998,x\n1998,"a" b\n', "Row 3 cannot be read"),
        (b"date,title\n" + b"1998,x\n" * (MAX_ROWS + 1), "more than 10,000 rows"),
        (b"date,title\n1998," + b"x" * 100_001, "Row 2 cannot be read"),
        (b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
        (b'{"events": [}', "not JSON: something is wrong in line 1, column 13"),
        (b'{"events": 3}', "no list “events”"),
        (b'{"timeline": {"date": []}}', "no list “events”"),
        (b'{"events": [3]}', "no list “events”"),
        (b"[]", "no list “events”"),
        (b'{"events": [{"text": {}, "text": {}}]}', "“text” stands twice"),
        (b"[" * 100_000, "too deeply"),
        (b'{"events": [' + b"{}," * MAX_ROWS + b"{}]}", "more than 10,000 events"),
    ],
)
def test_a_file_of_which_nothing_can_be_made_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(CannotRead) as refused:
        run(TOWN, content)
    assert words in refused.value.what
    assert refused.value.mend


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ("1998,Bridge, closed,x", "it has more cells than there are headings"),
        (f"1998,{'x' * 50_001}", "50,001 characters are more than 50,000"),
        ("1998,#NAME?", "“#NAME?” is what a spreadsheet shows for a broken formula"),
    ],
)
def test_a_row_that_was_spoilt_is_refused_and_the_next_is_read(cells: str, what: str) -> None:
    brought = run(TOWN, f"date,title\n{cells}\n\n1999,Bridge opens\n".encode())
    assert [(place.partition(",")[0], told) for place, told in refusals(brought)] == [("row 2", what)]
    assert ["made of row 4 of" in draft.text for draft in brought.drafts] == [True]


def test_a_row_with_more_than_an_entry_may_hold_is_refused() -> None:
    long = {"date": "1998", **{f"Column {number}": "ü" * 49_000 for number in range(6)}}
    assert refusals(run(TOWN, sheet(long))) == [("row 2", "the row holds more than an entry may")]


# Hostile cells

HOSTILE = (
    *(
        "a: b\nkind: closure",
        "- a\n- b",
        "# missing: a",
        "x  # check: y",
        "x # y",
        "&a *a !!python/object:os.system",
        "<<: *x",
    ),
    *(
        "---\nevil: true",
        "...",
        "'",
        '"',
        "''\nkey: value",
        "| \n  x",
        ">-\n x",
        "{a: b}",
        "[a, b]",
        "%YAML 1.1",
        "null",
        "~",
        "no",
    ),
    *(
        "=HYPERLINK(1)",
        "+1+1",
        "@SUM(A1)",
        "../../etc/passwd",
        "C:\\x",
        "\\x00 \\u202e",
        "[^gazette] [^ x ]",
        "{{ 7*7 }}",
        "${x}",
    ),
    *(
        "\x00"[1:] + "bell\x07\x1b[31mred",
        "a\u202eb\u200bc\ufeffd\u2066e",
        "line\u2028sep\u2029par\x85nel",
        "tab\there",
        "\U000e0041tag",
    ),
    *(
        "::error::forged",
        "##[error]forged",
        "<script>alert(1)</script>",
        "<a href='javascript:x'>y</a>",
        "<img src=x onerror=y>",
    ),
    *(
        "]]>",
        "👩‍🚀 한국어 عربي",
        "i\u0307\u0301",
        "word " * 500,
        "unbroken" * 300,
        "\n" * 400 + "end",
        "&#0; &#x1b; &lt;b&gt;",
    ),
)


@pytest.mark.parametrize("cell", HOSTILE)
def test_hostile_cells_make_drafts_that_say_no_more_than_words(cell: str) -> None:
    """Whatever stands in a cell, it adds no key, ends no comment, and makes no mark that is not ours."""
    fields = ("title", "summary", "kind", "topics", "place", "actors", "by", "says", "url", "source title", "publisher")
    more = (
        "author",
        "published",
        "language",
        "source type",
        "reported",
        "media",
        "media credit",
        "group",
        "Time",
        "x",
        cell[:40],
    )
    hostile = {**dict.fromkeys((*fields, *more), cell), "date": "1998"}
    harmless = {**dict.fromkeys((*fields, *more[:-1]), "word"), "date": "1998"}
    (draft,) = run(TOWN, sheet(hostile), f"{cell[:40]}.csv").drafts
    told, plain = data(draft), data(one(harmless))
    assert told.keys() == plain.keys()
    assert draft.path.count("/") == 3
    assert not HIDDEN.search(draft.text)
    assert told["added"] is None
    assert [line for line in draft.text.split("\n") if line.startswith("#") and "# missing:" in line[:12]] in (
        [],
        [NAME],
    )


NAME = "# missing: a name for this file, such as harbour-bridge-closed: it is the address of the event for ever"


def test_a_lone_surrogate_in_json_is_left_out() -> None:
    event = '{"start_date": {"year": 1998}, "text": {"headline": "Bridge \\ud800 shut", "text": "a\\u0000b"}}'
    (draft,) = run(TOWN, f'{{"events": [{event}]}}'.encode()).drafts
    assert data(draft)["title"] == "Bridge shut"
    assert data(draft)["summary"] == "a b"


# Writing


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def drafts_of(project: Path, *titles: str) -> Sequence[Draft]:
    return run(project, sheet(*({"date": "1998", "title": title} for title in titles))).drafts


def test_all_drafts_are_written_or_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = names(project / "chronology")
    drafts = drafts_of(project, "Council meets", "Mayor speaks", "Toll is proposed")
    link = os.link
    done: list[str] = []

    def full_disk(copy: Path, path: Path) -> None:
        if len(done) == 2:
            raise OSError(28, "No space left on device")
        link(copy, path)
        done.append(str(path))

    monkeypatch.setattr(os, "link", full_disk)
    with pytest.raises(OSError, match="No space left"):
        save_drafts(drafts, project)
    assert len(done) == 2
    assert names(project / "chronology") == before


def test_a_draft_never_takes_the_place_of_a_file(project: Path) -> None:
    drafts = drafts_of(project, "Council meets", "Mayor speaks")
    mine = project / DRAFTS / "1998" / "mayor-speaks.yml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        save_drafts(drafts, project)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert names(project / DRAFTS) == ["1998", "1998/mayor-speaks.yml"]


# From a draft to an entry


def test_drafts_are_not_published_and_change_nothing(project: Path) -> None:
    before = read_and_check(project, None)
    save_drafts(run(project, (TIMELINES / "timelinejs.csv").read_bytes()).drafts, project)
    assert read_and_check(project, None) == before


def test_a_draft_among_the_events_is_told_for_every_mark(project: Path) -> None:
    draft = one({"Year": "1998", "Headline": "Bridge is mended", "Display Date": "Perhaps in 1998"})
    (project / "chronology/events/1998/bridge-is-mended.yml").write_text(draft.text, encoding="utf-8")
    _, problems = read_and_check(project, None)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    marked = [number for number, line in enumerate(draft.text.split("\n"), 1) if re.search("# (missing|check):", line)]
    assert [problem.line for problem in errors] == marked
    assert {problem.excerpt.split(":")[0].strip(" -") for problem in errors if problem.what == MARK_LEFT} == {
        *("date", "by", "published", "language")
    }


@pytest.mark.parametrize("timeline", ["timelinejs.csv", "timelinejs.json", "plain.csv"])
def test_a_draft_that_is_completed_becomes_an_entry_that_is_checked_and_built(project: Path, timeline: str) -> None:
    first, *_ = run(project, (TIMELINES / timeline).read_bytes(), timeline).drafts
    save_drafts([first], project)
    waiting = project / first.path
    waiting.write_text(_without_media(finish(first.text)), encoding="utf-8")
    (draft,) = read_waiting(find_drafts(project / DRAFTS), load(project), project)
    assert draft.is_complete, draft
    assert Entry.model_validate(data(Draft(first.path, waiting.read_text(encoding="utf-8"))))
    waiting.rename(project / draft.goal)
    _, problems = read_and_check(project, None)
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    built = build_docs(project, project / "docs")
    assert "events/lorries-turned-back-at-the-harbour-bridge/index.md" in built.written


def _without_media(text: str) -> str:
    """Without the film, which shows nothing that is said here, and with the claim resting on what is left."""
    kept = re.sub(r"  films-example-org:\n(?:    .*\n)+", "", text)
    return (
        kept
        if "    sources:" in kept
        else re.sub(r"(    says: .*\n)", r"\1    sources: [gazette-example-org]\n", kept, count=1)
    )


def test_the_timelinejs_file_of_a_chronology_comes_back_with_dates_no_more_exact(tmp_path: Path) -> None:
    """What was certain stays so; what TimelineJS cannot say is marked, since its readers are shown other words."""
    chronology = load_town().chronology
    assert chronology
    for name in ("chronology", "actors", "places"):  # the same town before anything happened
        (tmp_path / "chronology").mkdir(exist_ok=True)
        (tmp_path / "chronology" / f"{name}.yml").write_bytes((TOWN / "chronology" / f"{name}.yml").read_bytes())
    brought = run(tmp_path, timelinejs_json(chronology).encode(), "timelinejs.json")
    assert brought.refused == 0
    drafted = {str(data(draft)["title"]): draft for draft in brought.drafts}
    assert drafted.keys() == {event.title for event in chronology.events}
    for event in chronology.events:
        draft = drafted[event.title]
        when = read_date(str(data(draft)["date"]))
        is_marked = re.search("^date: .*  # check: .*; readers there are shown “", draft.text, re.MULTILINE)
        assert (when.edtf == event.date.edtf) == (is_marked is None), event.slug

"""The command `verify`: whether quotations and numbers stand in their sources, on a server that does wrong."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archived import Archive, capture
from chronicle import cli
from chronicle.net import Answer
from chronicle.upkeep.verify import proving
from chronicle.upkeep.verify.passages import Kind, passages_of
from chronicle.upkeep.verify.proving import FILE, FOLDER, Known, Verdict, choose, questions_of, remember
from chronicle.upkeep.verify.reading import Reader, Texts, UnreadableError, kind_of, read_page, read_texts
from chronicle.upkeep.verify.report import LONGEST, count_results, gather, read_state, write_changes, write_markdown
from chronicle.upkeep.verify.report import Result as Report
from conftest import ROOT
from faulty_server import (
    MEGABYTE,
    Act,
    FaultyServer,
    answer,
    bomb,
    broken_off,
    dripping,
    endless,
    faulty_server,
    pack,
    raw,
    redirect,
    silent,
    slow,
)
from patience import PATIENCE, kill_when
from small import read, write

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
REPOSITORY = "https://git.example.org/bridge"
TITLE = "Cracked pier closes bridge"
QUOTE = "We wrote to them in October and again in January"
FILLER = (
    "The harbour authority said that the pier had been looked at by its own people every spring since it was built. "
    * 4
)
LINE = "chronology/events/1998/bridge-closed.yml"


def story(text: str = f"“{QUOTE},” she said.", title: str = TITLE) -> str:
    """A page of a newspaper."""
    return (
        f"<html><head><title>{title} | The Gazette</title></head><body><nav>Home, Sport</nav><article><h1>{title}</h1>"
        f"<p>{FILLER}</p><p>{text}</p><p>{FILLER}</p></article></body></html>"
    )


def entry(
    addresses: Mapping[str, str], claims: str = "", figures: str = "", rest: Mapping[str, str] | None = None
) -> str:
    """An entry with these sources: handle → address, and more lines for some of them."""
    first = next(iter(addresses))
    sources = "".join(
        f"  {handle}:\n    url: {url}\n    title: {TITLE}\n    publisher: Paper\n    type: newspaper\n"
        + indent((rest or {}).get(handle, ""), "    ")
        for handle, url in addresses.items()
    )
    claims = claims or f"  - says: So.\n    quote: {QUOTE}\n    sources: [{', '.join(addresses)}]\n"
    return (
        "date: 1998-03-17\ntitle: Bridge closed\nkind: closure\ncertainty: confirmed\ntopics: [safety]\nadded: 2024-05-02\n"
        f"summary: Closed.[^{first}]\nclaims:\n{claims}{figures}sources:\n{sources}"
    )


def run(root: Path, *words: str, service: str = "http://127.0.0.1:9") -> Result:
    command = ["--root", str(root), "verify", "--delay=0", "--allow-private", "--service", service, *words]
    return CliRunner().invoke(cli.main, command)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = replace(proving.LIMITS, seconds=3, per_host=4, size=MEGABYTE, unpacked=2 * MEGABYTE, tries=1, backoff=0.01)
    monkeypatch.setattr(proving, "LIMITS", quick)


def told(root: Path) -> list[dict[str, Any]]:
    """The passages of the last report for machines."""
    found: list[dict[str, Any]] = json.loads((root / FOLDER / "report.json").read_text())["passages"]
    return found


# What is looked for


def test_every_quotation_and_every_figure_is_looked_for_once(tmp_path: Path) -> None:
    claims = (
        f"  - says: One.\n    quote: {QUOTE}\n    sources: [a, b]\n"
        "  - says: Two.\n    quote: Another thing\n    sources: [a, b]\n"
        "  - says: Three.\n    sources: [a]\n"
    )
    figures = (
        "figures:\n  - {measure: vehicles, value: about 11000 to 13000, as_of: 1998-03-18, sources: [b]}\n"
        "  - {measure: vehicles, value: 40, as_of: 1998-03-18, sources: [a, b]}\n"
    )
    rest = {"a": f"quote: {QUOTE}\nlanguage: fr\n", "b": "archive: https://archive.ph/abc\n"}
    text = entry({"a": "https://a.example.org/1", "b": "https://b.example.org/1"}, claims, figures, rest)
    passages = passages_of(read(tmp_path, {"1998/bridge-closed": text}))
    assert [(one.kind, one.words, one.numbers, [cited.handle for cited in one.cited]) for one in passages] == [
        (Kind.QUOTATION, QUOTE, (), ["a"]),
        (Kind.QUOTATION, "Another thing", (), ["a", "b"]),
        (Kind.NUMBER, "about 11,000 to 13,000 (vehicles)", (11000, 13000), ["b"]),
        (Kind.NUMBER, "40 (vehicles)", (40,), ["a", "b"]),
    ]
    assert [cited.language for cited in passages[1].cited] == ["fr", "en"]
    asked = [(question.address, question.is_copy) for question in questions_of(passages)]
    assert set(asked) == {("https://a.example.org/1", False), ("https://archive.ph/abc", True)}
    assert passages_of(read(tmp_path, {"1998/bridge-closed": text}), ["another"]) == ()


@dataclass(frozen=True)
class Page:
    """What a page does, and what is looked for on it."""

    act: Act
    quote: str = QUOTE
    value: str = "11000"
    language: str = "en"


def look(root: Path, pages: Mapping[str, Page]) -> dict[str, dict[str, tuple[str, str]]]:
    """What is found of a quotation and a figure on each page: verdict and reason, by the name of the page and the kind."""
    with faulty_server({f"/{name}": page.act for name, page in pages.items()}) as server:
        for name, page in pages.items():
            claims = "  - says: So.\n    quote: '{}'\n    sources: [a]\n".format(page.quote.replace("'", "''"))
            figures = f"figures: [{{measure: vehicles, value: {page.value}, as_of: 1998-03-18, sources: [a]}}]\n"
            text = entry({"a": server.url(f"/{name}")}, claims, figures, {"a": f"language: {page.language}\n"})
            write(root, {f"1998/{name}": text})
        assert run(root, "--fresh").exit_code == 0
    found: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in pages}
    for passage in told(root):
        (source,) = passage["sources"]
        found[passage["event"]][passage["kind"]] = (passage["verdict"], source["why"])
    return found


FOUND = {"quotation": ("found", ""), "number": ("found", "")}
CYRILLIC = "Мы писали им в октябре — никто не пришёл"
IN_CYRILLIC = f"«{CYRILLIC}», 11 тыс. машин"


def in_charset(charset: str, *, said: bool = True) -> Page:
    head = "<head>" if said else f"<head><meta charset={charset}>"
    kind = f"text/html; charset={charset}" if said else "text/html"
    content = story(IN_CYRILLIC).replace("<head>", head).encode(charset, errors="xmlcharrefreplace")
    return Page(answer(content, kind=kind), CYRILLIC, language="ru")


THERE = {
    "english": Page(
        answer(story(f"&ldquo;{QUOTE.replace(' and ', '&nbsp;and&shy; ')},&rdquo; she said of 11,000 cars."))
    ),
    "french": Page(
        answer(
            story("«&nbsp;<i>p</i>ersonne n'a r&eacute;pondu, m&ecirc;me l&#8217;hiver&nbsp;» : 11&#8239;000 voitures")
        ),
        "personne n’a répondu, même l’hiver",
        language="fr",
    ),
    "cyrillic": Page(
        answer(story("«Мы писали им <b>в октябре</b>&nbsp;&mdash; никто не пришёл», 11&nbsp;тыс. машин")),
        CYRILLIC,
        language="ru",
    ),
    "hangul": Page(
        answer(story("시장은 “우리는 <em>10월</em>에 편지를\n보냈다”며 하루 1만1천여대가")),
        "우리는 10월에 편지를 보냈다",
        language="ko",
    ),
    "windows-1251": in_charset("windows-1251"),
    "koi8-r": in_charset("koi8-r"),
    "utf-16": in_charset("utf-16"),
    "in-the-page": in_charset("windows-1251", said=False),
    "wrong-charset": Page(
        answer(story(IN_CYRILLIC).encode(), kind="text/html; charset=ascii"), CYRILLIC, language="ru"
    ),
    "aside": Page(answer(f"<p>{FILLER}{FILLER}</p><aside><blockquote>{QUOTE}: 11,000</blockquote></aside>")),
    "footer": Page(answer(f"<article><p>{FILLER}</p></article><footer>{QUOTE}: 11,000</footer>")),
    "table": Page(answer(f"<p>{FILLER}</p><table><tr><td>11,000<td>{QUOTE}</table>")),
    "noscript": Page(answer(f"<body>{FILLER}<noscript><p>{QUOTE} 11,000</noscript>")),
    "blocks": Page(answer(f"<body><p>{FILLER}<div>{QUOTE}</div>11,000<br>cars")),
    "json": Page(
        answer(
            f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{FILLER} {QUOTE} 11,000"}}'
            "</script><body><div id=app></div>"
        )
    ),
    "text": Page(answer(f"{FILLER}\n\n{QUOTE}\n11 000", kind="text/plain")),
    "subscribers": Page(answer(story(f"{QUOTE}: 11,000") + '<script>{"isAccessibleForFree": false}</script>')),
    "range": Page(answer(story(f"{QUOTE}: between 11 and 13 thousand")), value="11000 to 13000"),
    "words": Page(answer(story(f"{QUOTE}: twelve of them")), value="12"),
}


def test_what_stands_on_a_page_is_found_in_any_language_charset_or_part_of_it(tmp_path: Path) -> None:
    assert look(tmp_path, THERE) == dict.fromkeys(THERE, FOUND)


NOVEMBER = "We wrote to them in November and again in January"
NOT_THERE = {
    "near": (Page(answer(story(f"“{NOVEMBER},” she said of 12,000 cars."))), f"The nearest words there: “{NOVEMBER}”."),
    "capitals": (Page(answer(story(f"She said {QUOTE.lower()}. 1,100 cars."))), "It stands there with other capitals."),
    "nothing": (Page(answer(story("Nothing."))), ""),
    "range": (Page(answer(story("Between 11 and 13 thousand.")), value="11000 to 14000"), ""),
}


def test_what_does_not_stand_there_is_told_with_what_may_help(tmp_path: Path) -> None:
    assert look(tmp_path, {name: page for name, (page, _) in NOT_THERE.items()}) == {
        name: {"quotation": ("not found", why), "number": ("not found", "")} for name, (_, why) in NOT_THERE.items()
    }


UNREAD: Mapping[str, tuple[Act, str]] = {
    "gone": (answer("<title>x", 404), "it answers with an error (404)"),
    "forbidden": (answer("", 403), "it answers with an error (403)"),
    "error": (answer("", 500), "it answers with an error (500)"),
    "slow": (slow(30, answer(story())), "no whole answer came in time"),
    "dripping": (dripping, "no whole answer came in time"),
    "endless": (endless, "the page is larger than we read"),
    "bomb": (bomb("gzip"), "the page is larger than we read"),
    "bombs": (bomb("br", layers=2), "the page is larger than we read"),
    "broken-off": (broken_off, "the answer was broken off"),
    "silent": (silent, "the answer was broken off"),
    "garbage": (raw(b"\x00\xff\x16 garbage\r\n\r\n"), "the answer cannot be understood"),
    "packed": (answer(b"no gzip", content_encoding="gzip"), "the answer is not packed as it says"),
    "circle": (redirect("/circle"), "it sends us on more than 8 times"),
    "ftp": (redirect("ftp://files.example.org/"), "this is not a web address"),
    "nobody": (redirect("http://127.0.0.1:1/"), "the site takes no connections"),
    "picture": (answer(b"\x89PNG", kind="image/png"), "it is neither a page nor a PDF, but image/png"),
    "pdf": (answer(b"%PDF-1.7 and then nonsense", kind="application/pdf"), "its content is broken (PdfStreamError)"),
    "script": (
        answer("<title>x</title><div id=app></div>"),
        "it has next to no text of its own (it may be made by a script in the browser, or be a scan)",
    ),
    "soft": (
        answer(story("Nothing.", "Page not found")),
        "the page answers, but its heading says that it is not there",
    ),
    "door": (answer(f"<title>Members</title><input type=password><p>{FILLER}"), "the site asks who we are"),
    "wall": (
        answer(story("Subscribe!") + '<script>{"isAccessibleForFree": false}</script>'),
        "the page is for subscribers",
    ),
}


def test_what_cannot_be_read_is_not_said_to_be_missing(tmp_path: Path) -> None:
    assert look(tmp_path, {name: Page(act) for name, (act, _) in UNREAD.items()}) == {
        name: dict.fromkeys(("quotation", "number"), ("could not fetch", why)) for name, (_, why) in UNREAD.items()
    }


def test_an_address_that_nobody_foresaw_does_not_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look_for = proving.look_for

    def stumble(questions: Sequence[proving.Question], answer: Answer, *rest: Any) -> tuple[proving.Finding, ...]:
        if answer.url.endswith("/odd"):
            raise RuntimeError("as a library may")
        return look_for(questions, answer, *rest)

    monkeypatch.setattr(proving, "look_for", stumble)
    found = look(tmp_path, {"odd": Page(answer(story())), "sound": Page(answer(story(f"“{QUOTE}” 11,000")))})
    assert found["odd"]["quotation"] == ("could not fetch", "we could not look at it (RuntimeError)")
    assert found["sound"] == FOUND


def test_what_is_in_a_script_is_not_read() -> None:
    page = read_page(f"<html><body><p>{FILLER}</p><script>var x = 'secret'</script><style>b::after {{}}</style></html>")
    assert "secret" not in page.whole
    assert "after" not in page.whole


def test_what_a_site_asks_of_robots_is_heeded(tmp_path: Path) -> None:
    with faulty_server({"/a": answer(story()), "/robots.txt": answer("User-agent: *\nDisallow: /")}) as server:
        write(tmp_path, {"1998/bridge-closed": entry({"a": server.url("/a")})})
        run(tmp_path)
    assert server.asked == []
    assert "asks programs to leave this page alone" in str(told(tmp_path))


def test_private_networks_are_not_asked_unless_that_is_wished(tmp_path: Path) -> None:
    with faulty_server({"/a": answer(story())}) as server:
        write(tmp_path, {"1998/bridge-closed": entry({"a": server.url("/a")})})
        result = CliRunner().invoke(cli.main, ["--root", str(tmp_path), "verify", "--delay=0"])
    assert server.requests == []
    assert result.exit_code == 0
    assert "Not one site answered" in result.stderr


# PDF


def make_pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    told = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    content = f"BT /F1 12 Tf 50 700 Td {told}ET".encode("latin-1")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj%s\nendobj\n" % (number, part))
    start = file.tell()
    file.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    file.write(b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return file.getvalue()


def test_a_pdf_is_read_whatever_it_says_it_is(tmp_path: Path) -> None:
    content = make_pdf(*[FILLER[:90]] * 4, "We wrote to them in Octo-", "ber and again in January", "11,000 cars")
    kinds = {"pdf": "application/pdf", "stream": "application/octet-stream", "page": "text/html"}
    pages = {name: Page(answer(content, kind=kind)) for name, kind in kinds.items()}
    assert look(tmp_path, pages) == dict.fromkeys(pages, FOUND)


def test_a_pdf_that_swells_is_given_up() -> None:
    swollen = pack("deflate", b" " * (150 * MEGABYTE))
    content = make_pdf("x").replace(b"<</Length", b"<</Filter/FlateDecode/Length", 1)
    head, _, rest = content.partition(b"stream\n")
    with pytest.raises(UnreadableError):
        read_texts(
            "pdf", re.sub(rb"/Length \d+", b"/Length %d" % len(swollen), head) + b"stream\n" + swollen + rest[-400:]
        )


# The process that reads

Read = Callable[[str, bytes], Texts]


def stuck(_: str, __: bytes) -> Texts:
    time.sleep(60)
    return Texts("", "")


def dead(_: str, __: bytes) -> Texts:
    os.kill(os.getpid(), signal.SIGKILL)
    return Texts("", "")


def greedy(_: str, __: bytes) -> Texts:
    return Texts("", "x" * (8 * 1024**3))


@pytest.mark.parametrize(
    ("read_it", "seconds", "why"),
    [(stuck, 2, "within a reasonable time"), (dead, 2, "within a reasonable time"), (greedy, 60, "more memory")],
)
def test_a_page_that_breaks_its_reader_breaks_nothing_else(read_it: Read, seconds: float, why: str) -> None:
    page = Answer("https://a.example.org/", "https://a.example.org/", 200, (("content-type", "text/html"),), b"<p>x")
    with Reader(seconds, read_it) as reader, pytest.raises(UnreadableError, match=why):
        reader.read(page)
    with Reader() as reader:
        assert reader.read(page).whole.strip() == "x"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000, "<p " + "a=1 " * 50_000, "\x00\x01\ufffe", "<", "&amp;" * 200_000, "<table><tr><td>" * 20_000,
        "]]>" * 999,
    ],
)  # fmt: skip
def test_no_page_whatever_is_too_much(page: str) -> None:
    began = time.process_time()
    read_texts("html", page.encode())
    assert time.process_time() - began < 10


def test_what_has_no_words_is_not_read() -> None:
    for kind, expected in (("text/plain", "text"), ("application/json", "text"), ("application/xhtml+xml", "html")):
        assert kind_of(Answer("u", "u", 200, (("content-type", kind),), b"x")) == expected
    with pytest.raises(UnreadableError, match="video/mp4"):
        kind_of(Answer("u", "u", 200, (("content-type", "video/mp4"),), b"x"))


# The archive


def archived(root: Path, server: FaultyServer, page: str = "https://gazette.example.org/a") -> None:
    rest = {"a": f"archive: {server.url(f'/web/20240501000000/{page}')}\n"}
    write(root, {"1998/bridge-closed": entry({"a": page}, rest=rest)})


def test_the_archived_copy_is_read_without_what_the_archive_adds(tmp_path: Path) -> None:
    page = "https://gazette.example.org/a"
    archive = Archive({page: {"20240501000000": capture(story())}})
    with faulty_server({}, otherwise=archive) as server:
        archived(tmp_path, server)
        assert run(tmp_path, service=server.url("")).stdout.startswith(
            "1 quotation: 1 found, 0 not found, 0 could not fetch."
        )
    assert [request.path for request in server.requests] == [f"/web/20240501000000id_/{page}"]


def test_what_stands_in_an_archived_copy_stands_there_for_ever(tmp_path: Path) -> None:
    day = date(2024, 5, 9)
    rest = {"a": "archive: https://archive.ph/abc\n"}
    text = entry({"a": "https://a.example.org/1", "b": "https://b.example.org/1"}, rest=rest)
    questions = questions_of(passages_of(read(tmp_path, {"1998/bridge-closed": text})))
    copy, page = questions
    for verdict, days, waiting in (
        (Verdict.FOUND, 7, [page]),
        (Verdict.MISSING, 7, [copy, page]),
        (Verdict.MISSING, 0, []),
        (Verdict.FOUND, 0, []),
        (Verdict.UNREAD, 0, [copy, page]),
    ):
        then = day - timedelta(days=days)
        known: Known = {one.key: proving.Finding(*one.key, verdict, "", one.is_copy, then) for one in questions}
        assert list(choose(questions, known, day)) == waiting
        assert len(choose(questions, known, day, fresh=True)) == 2
    assert choose(questions, {}, day, limit=1) == (copy,)


# What is remembered


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    acts = {f"/{number}": answer(story()) for number in range(3)}
    with faulty_server(acts) as server, faulty_server({"/stuck": slow(PATIENCE, answer(story()))}, "127.0.0.2") as stuck_one:
        told_addresses = {f"s{number}": server.url(f"/{number}") for number in range(3)} | {
            "x": stuck_one.url("/stuck")
        }
        write(tmp_path, {"1998/bridge-closed": entry(told_addresses)})
        command = [sys.executable, "-m", "chronicle", "--root", str(tmp_path), "verify", "--delay=0", "--allow-private"]
        file = tmp_path / FILE
        kill_when(lambda: file.is_file() and file.read_text().count("\n") == 3, command, ENVIRONMENT)
        with file.open("a") as broken:
            broken.write('{"address": "broken o')
        stuck_one.acts["/stuck"] = answer(story())
        result = run(tmp_path)
    assert result.stdout.startswith("1 quotation: 1 found")
    assert sorted(server.asked) == ["/0", "/1", "/2"]
    assert [path.name for path in (tmp_path / FOLDER).iterdir() if path.name.startswith(".")] == []


def test_what_is_none_of_ours_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    good = '{"address": "a", "name": "n", "verdict": "found", "why": "", "is_copy": true, "day": "2024-05-09"}'
    odd = (
        "[]",
        "1",
        '{"address": "a"}',
        good.replace("found", "lost"),
        good.replace("2024", "soon"),
        "[" * 100_000,
        good[:30],
    )
    (tmp_path / FILE).write_text("\n".join([good, *odd]))
    assert list(remember(tmp_path)) == [("a", "n")]
    assert json.loads((tmp_path / FILE).read_text()) == json.loads(good)


def test_one_page_of_several_passages_is_asked_once_and_no_more_than_so_many(tmp_path: Path) -> None:
    with faulty_server({"/a": answer(story()), "/b": answer(story())}) as server:
        texts = {f"1998/bridge-{name}-{n}": entry({"a": server.url(f"/{name}")}) for name in "ab" for n in range(2)}
        write(tmp_path, texts)
        first = run(tmp_path, "--limit", "1")
        assert server.asked == ["/a"]
        assert first.stdout.startswith("4 quotations: 2 found, 0 not found, 0 could not fetch, 2 not asked yet.")
        assert run(tmp_path).stdout.startswith("4 quotations: 4 found")
        assert server.asked == ["/a", "/b"]
        run(tmp_path)
        assert server.asked == ["/a", "/b"]
        run(tmp_path, "--fresh", "--event", "bridge-b-1")
        assert server.asked == ["/a", "/b", "/b"]


def test_whoever_is_not_connected_loses_nothing(tmp_path: Path) -> None:
    with faulty_server({"/a": answer(story())}) as server:
        write(tmp_path, {"1998/bridge-closed": entry({"a": server.url("/a")})})
        run(tmp_path)
        before = (tmp_path / FOLDER / "report.json").read_text()
    result = run(tmp_path, "--fresh")
    assert "Not one site answered" in result.stderr
    assert (tmp_path / FOLDER / "report.json").read_text() == before


# The command and its reports


def test_what_is_missing_is_told_by_line_and_is_a_failure_only_where_that_is_wished(tmp_path: Path) -> None:
    with faulty_server({"/a": answer(story("We wrote nothing."))}) as server:
        write(tmp_path, {"1998/bridge-closed": entry({"a": server.url("/a")})})
        result, strict = run(tmp_path), run(tmp_path, "--strict")
    number = (tmp_path / LINE).read_text().split("\n").index(f"    quote: {QUOTE}") + 1
    assert result.stdout == (
        f"{LINE}:{number}: quotation not found: {QUOTE}\n      a: not in the page.\n"
        "1 quotation: 0 found, 1 not found, 0 could not fetch. 0 numbers: 0 found, 0 not found, 0 could not fetch.\n"
        "Reports: .cache/verify/report.md, .cache/verify/report.json\n"
    )
    assert (result.exit_code, strict.exit_code) == (0, 1)


def test_strict_forgives_what_could_not_be_fetched(tmp_path: Path) -> None:
    with faulty_server({}) as server:
        write(tmp_path, {"1998/bridge-closed": entry({"a": server.url("/a")})})
        assert run(tmp_path, "--strict").exit_code == 0


def results_of(tmp_path: Path, verdicts: Mapping[str, Verdict | None], why: str = "") -> tuple[Report, ...]:
    """The results of an entry whose sources, by their handle, give these verdicts to its quotation and its figure."""
    handles = ", ".join(verdicts)
    figures = f"figures: [{{measure: vehicles, value: 40, as_of: 1998-03-18, sources: [{handles}]}}]\n"
    text = entry({name: f"https://{name}.example.org/1" for name in verdicts}, figures=figures)
    passages = passages_of(read(tmp_path, {"1998/bridge-closed": text}))
    questions = questions_of(passages)
    known = {}
    for one in questions:
        if verdict := verdicts[one.cited.handle]:
            known[one.key] = proving.Finding(*one.key, verdict, why, False, date(2024, 5, 9))
    return gather(tmp_path, passages, questions, known)


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ("found", "found"),
        ("not found, found", "found"),
        ("could not fetch, found", "found"),
        ("not found, not found", "not found"),
        ("not found, could not fetch", "could not fetch"),
        ("not found, None", None),
        ("None", None),
    ],
)
def test_one_source_is_enough_and_every_one_is_needed_to_say_no(
    tmp_path: Path, verdicts: str, together: str | None
) -> None:
    each = [None if word == "None" else Verdict(word) for word in verdicts.split(", ")]
    results = results_of(tmp_path, dict(zip("abc", each, strict=False)))
    assert {result.verdict for result in results} == {together}


def test_the_report_tells_what_is_missing_where_it_stands_and_what_to_do(tmp_path: Path) -> None:
    results = results_of(tmp_path, {"a": Verdict.MISSING, "b": Verdict.MISSING}, "It stands there with other capitals.")
    text = write_markdown(results, date(2024, 5, 9), REPOSITORY)
    number = (tmp_path / LINE).read_text().split("\n").index(f"    quote: {QUOTE}") + 1
    assert text.startswith(
        "1 quotation: 0 found, 1 not found, 0 could not fetch. 1 number: 0 found, 1 not found, 0 could not fetch. "
        "Looked at on 9 May 2024.\n\n## Not found (2)\n"
    )
    where = f"[line {number}]({REPOSITORY}/blob/main/{LINE}#L{number})"
    assert f"- {where}, quotation `{QUOTE}` a: not in the page. It stands there with other capitals." in text
    assert "number `40 (vehicles)` a: not in the page." in text
    assert len(read_state(text)) == 2
    assert read_state("nothing of ours") == frozenset()
    changed = write_changes(results, frozenset(), REPOSITORY)
    assert changed.startswith("**No longer found, or new**\n\n**bridge-closed**\n\n- [line")
    assert write_changes(results, read_state(text), REPOSITORY) == ""


def test_a_number_in_one_source_and_not_in_another_is_told(tmp_path: Path) -> None:
    results = results_of(tmp_path, {"a": Verdict.FOUND, "b": Verdict.MISSING})
    text = write_markdown(results, date(2024, 5, 9), REPOSITORY)
    assert "## Numbers that are in one source and not in another (1)" in text
    assert "number `40 (vehicles)` b: not in the page.\n" in text
    assert "quotation `" not in text


def test_what_a_page_says_makes_nothing_in_the_report(tmp_path: Path) -> None:
    evil = "--> <b>@somebody</b> [x](https://x.example.org) `code` #12 ![i](http://y)"
    results = results_of(tmp_path, {"a": Verdict.UNREAD}, evil)
    text = write_markdown(results, date(2024, 5, 9), REPOSITORY)
    assert "a: the page could not be read: -- bsomebody/b x(x.example.org) code 12 !i(y).\n" in text
    assert text.count("-->") == 1


def test_a_long_report_fits_into_an_issue(tmp_path: Path) -> None:
    claims = "".join(f"  - says: So.\n    quote: {QUOTE} {n} {'x' * 300}\n    sources: [a]\n" for n in range(300))
    passages = passages_of(read(tmp_path, {"1998/bridge-closed": entry({"a": "https://a.example.org/"}, claims)}))
    questions = questions_of(passages)
    known = {one.key: proving.Finding(*one.key, Verdict.MISSING, "", False, date(2024, 5, 9)) for one in questions}
    results = gather(tmp_path, passages, questions, known)
    text = write_markdown(results, date(2024, 5, 9), REPOSITORY)
    assert len(text) <= LONGEST
    assert "more lines: the whole report is in `report.json`." in text
    assert count_results(results).startswith("300 quotations: 0 found, 300 not found, 0 could not fetch.")
    assert len(read_state(text)) > 200


def test_an_earlier_report_tells_what_is_new(tmp_path: Path) -> None:
    with faulty_server({"/a": answer(story()), "/b": answer(story("Nothing."))}) as server:
        texts = {f"1998/bridge-{name}": entry({"a": server.url(f"/{name}")}) for name in "ab"}
        write(tmp_path, texts)
        run(tmp_path)
        earlier = tmp_path / "issue.md"
        earlier.write_text((tmp_path / FOLDER / "report.md").read_text().replace("\n", "\r\n"))
        server.acts["/a"] = answer(story("Nothing any more."))
        run(tmp_path, "--fresh", "--since", str(earlier))
    changes = (tmp_path / FOLDER / "changes.md").read_text()
    assert "**bridge-a**" in changes
    assert "**bridge-b**" not in changes


@pytest.mark.parametrize("words", [["--event", "no-such"], ["--limit", "0"], ["--since", "no-such"], ["--delay", "-1"]])
def test_only_wrong_usage_is_a_failure(project: Path, words: list[str]) -> None:
    assert run(project, *words).exit_code == 2


@pytest.mark.parametrize("library", ["trafilatura", "num2words", "pypdf", "httpx"])
def test_without_its_libraries_the_command_says_what_to_do(
    project: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("chronicle.net", "chronicle.upkeep.verify", "chronicle.upkeep.archive"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    result = run(project)
    assert result.exit_code == 1
    assert f"needs the library `{library}`" in result.stderr
    assert "pip install 'chronicle[network]'" in result.stderr


def test_the_other_commands_do_not_wait_for_those_libraries() -> None:
    code = (
        "import sys; from chronicle.cli import COMMANDS, find_command; all(map(find_command, COMMANDS)); "
        "print([m for m in ('trafilatura', 'lxml', 'pypdf', 'num2words') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert done.stdout == "[]\n"

"""What `chronicle archive` and `chronicle verify` say of the made-up project, for the guide on links, archives and quotations."""

from collections.abc import Callable, Mapping
from pathlib import Path

from click.testing import CliRunner

from archived import Archive, capture
from chronicle import cli
from faulty_server import FaultyServer, faulty_server

ENTRY = "chronology/events/1998/harbour-bridge-closed.yml"
ARCHIVE = "https://web.archive.org"
GAZETTE = "https://gazette.example.org/1998/03/19"
FILLER = (
    "<p>The pier had been looked at by the authority’s own people in every spring since the bridge was built.</p>" * 4
)
PAGES = {
    f"{GAZETTE}/bridge": (
        "19980320101500",
        "Ponton fissuré",
        "Entre onze et treize mille véhicules ont dû faire un détour. Le 21 mars, ils étaient moins de 14 000.",
    ),
    f"{GAZETTE}/marlow": (
        "19980320101800",
        "“We wrote to them twice”",
        "“We wrote to them in November and again in January,” said Inès Marlow.",
    ),
    "https://courier.example.org/1998/12/": (
        "19980321000000",
        "Traffic",
        "At least 9,000 vehicles took the northern road.",
    ),
}


def _run(root: Path, server: FaultyServer, *words: str) -> str:
    """What a command says, with the address of the real archive in place of ours."""
    command = ["--root", str(root), *words, "--delay=0", "--allow-private", "--service", server.url("")]
    result = CliRunner().invoke(cli.main, [*command, "--event", "harbour-bridge-closed"])
    assert result.exit_code == 0, result.output
    return f"```text\n$ chronicle {words[0]}\n{result.stdout.replace(server.url(''), ARCHIVE)}```\n"


def _archive(root: Path) -> str:
    file = root / ENTRY
    whole = file.read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    lacking = [line for line in lines if not (line.startswith("    archive:") and ("bridge" in line or "12/" in line))]
    file.write_text("".join(lacking), encoding="utf-8")
    page = capture(f"<title>Ponton fissuré</title>{FILLER}")
    times = ("19980320101500", "20010911000000", "20240501080000")
    with faulty_server({}, otherwise=Archive({f"{GAZETTE}/bridge": dict.fromkeys(times, page)})) as server:
        said = _run(root, server, "archive")
    file.write_text(whole, encoding="utf-8")  # the next part of the guide is made from the same project
    return said


def _verify(root: Path) -> str:
    file = root / ENTRY
    whole = file.read_text(encoding="utf-8")
    captures = {
        url: {time: capture(f"<title>{title}</title><article><h1>{title}</h1>{FILLER}<p>{text}</p></article>")}
        for url, (time, title, text) in PAGES.items()
    }
    with faulty_server({}, otherwise=Archive(captures)) as server:
        file.write_text(whole.replace(ARCHIVE, server.url("")), encoding="utf-8")
        said = _run(root, server, "verify")
    file.write_text(whole, encoding="utf-8")
    return said


EVIDENCE: Mapping[str, Callable[[Path], str]] = {"archived copies": _archive, "quotations": _verify}

"""What a build may leave standing: outputs whose source, surroundings and bytes are as the last build left them.

A build forgets what it knew of a site before it touches it and remembers it at its very end, so a build that was
cut short leaves more work behind and never a wrong page.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from chronicle.site.search import FOLDER as INDEX

Stamp = tuple[int, int]  # bytes, and nanoseconds of the last change
NAME = re.compile(r"""[^\s/()\[\]<>"'#?&;|:]+""")  # one part of the address in a link


@dataclass(frozen=True)
class Source:
    """A file that an output is made of: what links call it, where it lies, where in the site its output goes."""

    name: str
    path: Path
    output: str


@dataclass(frozen=True)
class Memory:
    """What the last build of a site left: its environment, a digest of each source, a stamp of each output."""

    environment: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What the next build finds, which outputs stand, and which files in the site have to go."""

    environment: str
    digests: Mapping[str, str]
    standing: frozenset[str]
    stale: frozenset[str]
    complete: bool  # every output stands, and none has gone
    index_stands: bool


def memory_file(cache: Path, site: Path) -> Path:
    """Where the memory of `site` is kept: each output folder has its own, so `serve` and `build` share none."""
    return cache / f"site-{digest(os.fsencode(site.absolute()))[:16]}.json"


def recall(file: Path) -> Memory:
    """The memory in `file`, which is deleted; an empty one where there is none that can be read."""
    try:
        stored = json.loads(file.read_bytes())
        stamps = {output: (size, changed) for output, (size, changed) in stored["stamps"].items()}
        return Memory(stored["environment"], stored["digests"], stamps)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Memory()
    finally:
        file.unlink(missing_ok=True)


def remember(file: Path, site: Path, plan: Plan) -> None:
    """Keep in `file` how the build of `plan`, now finished, left `site`."""
    memory = Memory(plan.environment, plan.digests, read_stamps(site))
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".fresh")
    fresh.write_text(json.dumps(vars(memory)), encoding="utf-8")
    fresh.replace(file)


def make_plan(site: Path, sources: tuple[Source, ...], environment: str, before: Memory) -> Plan:
    """Tell which outputs in `site` stand, given what the last build remembered.

    An output stands if the environment and the bytes of its source are the same, if it is as the last build left
    it, and if its source names no file that has come or gone since, for links to such a file are written anew.
    """
    known = before if before.environment == environment else Memory()
    digests = {source.name: digest(source.path.read_bytes()) for source in sources}
    moved = {part for name in digests.keys() ^ known.digests.keys() for part in NAME.findall(name)[-1:]}
    stamps = read_stamps(site)
    standing = frozenset(
        source.output
        for source in sources
        if digests[source.name] == known.digests.get(source.name)
        and source.output in stamps
        and stamps[source.output] == known.stamps.get(source.output)
        and not _names_any(source, moved)
    )
    stale = frozenset(name for name in stamps.keys() - standing if not _is_of_index(name))
    complete = len(standing) == len(sources) == len(known.digests)
    index_stands = complete and _stamps_of_index(stamps) == _stamps_of_index(known.stamps)
    return Plan(environment, digests, standing, stale, complete, index_stands)


def sweep(site: Path, stale: frozenset[str]) -> None:
    """Delete the files `stale` in `site` and the folders that are empty then."""
    for name in stale:
        (site / name).unlink()
        with suppress(OSError):  # the folder still holds something
            for folder in Path(name).parents[:-1]:
                (site / folder).rmdir()


def read_stamps(site: Path) -> dict[str, Stamp]:
    """The stamp of every file in `site` by its name there; what is hidden at the top is not the site's."""
    found = _walk(site, "") if site.is_dir() else ()
    return {name: stamp for name, stamp in found if not name.startswith(".")}


def digest(content: bytes) -> str:
    """A name for these bytes (SHA-256)."""
    return hashlib.sha256(content).hexdigest()


def _walk(folder: Path | str, prefix: str) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            else:
                status = entry.stat(follow_symlinks=False)
                yield prefix + entry.name, (status.st_size, status.st_mtime_ns)


def _names_any(source: Source, moved: Set[str]) -> bool:
    if not moved or source.name == source.output:  # a file that is only copied has no links to write
        return False
    text = unquote(source.path.read_text(encoding="utf-8", errors="replace")).replace("\\", "")
    return not moved.isdisjoint(NAME.findall(text))


def _stamps_of_index(stamps: Mapping[str, Stamp]) -> Mapping[str, Stamp]:
    return {name: stamp for name, stamp in stamps.items() if _is_of_index(name)}


def _is_of_index(name: str) -> bool:
    return name.startswith(f"{INDEX}/")

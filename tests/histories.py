"""A chronology in which much changes from day to day: sources that come late, certainties that turn, answers, vague dates."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from small import ACTORS, PLACES, SETTING

ROOT = Path(__file__).parents[1]
FIRST_DAY = date(1998, 1, 1)
DAYS = 400
VOICES = ("mayor", "harbour", "spokesman", "herald", "wire", "cable", "gazette")
WORDS = ("crack", "pier", "ferry", "letter", "storm", "lorry", "budget", "Ménagerie", "tide", "anchor", "survey", "repair")
RELATIONS = ("denies", "acknowledges", "corroborates", "disputes", "revises", "follows")
MORE_SETTING = {
    "kinds": {"closure": "Closure", "statement": "Statement", "repair": "Repair"},
    "topics": {"safety": "Safety", "traffic": "Traffic", "money": "Money"},
    "source_types": {"newspaper": "Newspaper", "notice": "Notice", "broadcast": "Broadcast"},
}


def write_histories(root: Path, size: int, seed: int = 3) -> Path:
    """Writes a project with `size` events under `root`/chronology and returns `root`."""
    random = Random(seed)
    folder = root / "chronology"
    folder.mkdir(parents=True)
    setting = yaml.safe_load(SETTING)
    for vocabulary, names in MORE_SETTING.items():
        setting[vocabulary] = {slug: {"name": name, "meaning": f"{name}."} for slug, name in names.items()}
    (folder / "chronology.yml").write_text(yaml.dump(setting, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (folder / "actors.yml").write_text(ACTORS, encoding="utf-8")
    (folder / "places.yml").write_text(
        PLACES + 'quay: {name: Éastern Quay, precision: town, also: [동부 부두, Восточная набережная]}\n', encoding="utf-8"
    )
    for number in range(size):
        event = _event(number, random)
        file = folder / "events" / event["date"].lstrip("[{")[:4] / f"event-{number:03}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.dump(event, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return root


def share(root: Path) -> None:
    """Gives the project in `root` what it shares with ours: the program, the settings, the assets, a page of each folder."""
    for folder in ("assets", "templates", "about", "contribute"):
        shutil.copytree(ROOT / "docs" / folder, root / "docs" / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "scripts").symlink_to(ROOT / "scripts")


def _event(number: int, random: Random) -> dict[str, Any]:
    reported = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    handles = "abcde"[: random.randint(1, 5)]
    event = {
        "date": _date(reported, random),
        "reported": reported.isoformat(),
        "title": f"{_words(4, random).capitalize()} {number}",
        "kind": random.choice(list(MORE_SETTING["kinds"])),
        "certainty": _certainty(reported, random),
        "summary": "\n\n".join(f"{_words(6, random).capitalize()}.[^{handle}]" for handle in reversed(handles[:3])),
        "claims": [_claim(handle, random) for handle in handles],
        "annotation": f"{_words(6, random).capitalize()}.[^{handles[-1]}]",
        "places": random.sample(["town", "quay"], random.randint(0, 2)),
        "actors": random.sample(VOICES, random.randint(0, 2)),
        "topics": random.sample(list(MORE_SETTING["topics"]), random.randint(1, 2)),
        "sources": {handle: _source(number, handle, reported, random) for handle in handles},
        "added": "2024-05-02",
    }
    if random.random() < 0.6:
        event["figures"] = [_figure(handle, reported, random) for handle in handles[:2]]
    if number and random.random() < 0.8:
        event["relations"] = [{random.choice(RELATIONS): f"event-{random.randrange(number):03}"}]
    return {key: value for key, value in event.items() if value != []}


def _date(reported: date, random: Random) -> str:
    day = reported - timedelta(days=random.randrange(40))
    forms = (
        day.isoformat(),
        f"{day:%Y-%m}",
        f"{day.isoformat()}~",
        f"{(day - timedelta(days=20)).isoformat()}/{day.isoformat()}",
        f"[{(day - timedelta(days=9)).isoformat()}..{day.isoformat()}]",
        f"{{{(day - timedelta(days=90)).isoformat()},{day.isoformat()}}}",
        f"{day.isoformat()}/..",
    )
    return random.choice(forms)


def _certainty(reported: date, random: Random) -> str | dict[str, str]:
    words = random.choices(("confirmed", "claimed", "disputed"), k=random.randint(1, 3))
    if len(words) == 1:
        return words[0]
    days = sorted(random.sample(range(1, 200), len(words) - 1))
    return {(reported + timedelta(days=day)).isoformat(): word for day, word in zip((0, *days), words, strict=True)}


def _claim(handle: str, random: Random) -> dict[str, Any]:
    return {"by": random.choice(VOICES), "says": f"{_words(7, random).capitalize()}.", "sources": [handle]}


def _figure(handle: str, reported: date, random: Random) -> dict[str, Any]:
    return {
        "measure": "vehicles", "value": f"about {random.randrange(10, 900)}", "by": random.choice(VOICES[:3]),
        "as_of": reported.isoformat(), "sources": [handle],
    }  # fmt: skip


def _source(number: int, handle: str, reported: date, random: Random) -> dict[str, Any]:
    published = reported + timedelta(days=0 if handle == "a" else random.randrange(120))
    source = {
        "url": f"https://{handle}.example.org/{number}",
        "title": _words(3, random).capitalize(),
        "publisher": random.choice(("The Gazette", "The Wire", f"Paper {handle}")),
        "published": random.choice((published.isoformat(), f"{published:%Y-%m}")) if handle != "a" else published.isoformat(),
        "type": random.choice(list(MORE_SETTING["source_types"])),
        "accessed": "2024-05-02",
    }
    return source | ({"relays": random.sample(VOICES, random.randint(1, 2))} if random.random() < 0.5 else {})


def _words(length: int, random: Random) -> str:
    return " ".join(random.choices(WORDS, k=length))

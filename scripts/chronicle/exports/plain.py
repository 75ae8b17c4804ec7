"""Each event as plain Markdown, for people and machines who want the words alone: all that its page says, and no HTML.

Whatever an entry says is escaped as CommonMark has it, so that it is text and nothing else to all who read the file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial

from chronicle.addresses import absolute
from chronicle.dates import day_words
from chronicle.made import Keys, Made
from chronicle.model import Chronology, Claim, Event, Figure, Source
from chronicle.model.origins import Origin, origin_label, origins_of_event, origins_of_source, origins_of_sources
from chronicle.model.scalars import FOOTNOTE
from chronicle.model.standing import Step, seen_on, standing_of
from chronicle.pages.addresses import address_of, page_path, plain_path
from chronicle.pages.cards import count, words_of
from chronicle.pages.citation import citation_of
from chronicle.pages.event import actors_in, known_since, language_name
from chronicle.pages.text import as_line, paragraphs_of, without_emphasis

_ENTITY = re.compile(r"&(?=#?\w+;)")
_SIGNS = re.compile(rf"[\\`*_<\[\]#~|]|{_ENTITY.pattern}")
_START = re.compile(r"^(?:([-+=>:])|(\d{1,9})([.)]))")


def make_plain_texts(
    chronology: Chronology, digests: Mapping[str, str], keys: Keys, as_of: date | None = None
) -> Iterator[Made[str]]:
    """The plain text of every event; at each of its former addresses, one that says where it stands now.

    `digests` has the digest of each YAML file by its path. With `as_of`, each text says that it is the one of that day.
    """
    for event in chronology.events:
        targets = (chronology.event_by_slug.get(tie.target) for tie in event.relations)
        key = keys.of("plain", (event, *filter(None, targets)))
        yield Made(plain_path(event.slug), key, partial(plain_event, event, chronology, digests[event.path], as_of))
        for old in event.formerly:
            yield Made(plain_path(old), key, partial(_moved, event, chronology))


def plain_event(event: Event, chronology: Chronology, digest: str, as_of: date | None = None) -> str:
    """An event as Markdown; `digest` is that of its file, of which its version is made."""
    plain = _Plain(event, chronology)
    parts = {
        "In brief": plain.prose(event.summary),
        "Who says what": plain.told(event.claims),
        "Numbers given": plain.told(event.figures),
        "From the editors": plain.prose(event.annotation or ""),
        "Related events": plain.related(),
        "Sources": plain.sources(),
        "Corrections": plain.corrections(),
        "About this text": plain.about(digest),
    }
    told = (f"## {heading}\n\n{part}" for heading, part in parts.items() if part)
    return "\n\n".join((f"# {as_text(event.title)}", plain.facts(as_of), *told)) + "\n"


def as_text(words: str) -> str:
    """Words as Markdown on one line, with every sign escaped that could be taken for more than itself."""
    return _START.sub(_shield_start, as_label(words))


@lru_cache(maxsize=4096)
def as_label(words: str) -> str:
    """The same for words that do not come first in their line."""
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", as_line(words))


def as_link(words: str, address: str) -> str:
    """A link; the address holds neither blanks nor angle brackets, as `read_url` has seen to."""
    target = _ENTITY.sub(r"\\&", address)  # an entity would be read as the sign that it stands for
    return f"[{as_label(words)}]({f'<{target}>' if set('()') & set(target) else target})"


class _Plain:
    """The parts of one event’s text; a part of which there is nothing to say is empty."""

    def __init__(self, event: Event, chronology: Chronology) -> None:
        self._event = event
        self._chronology = chronology
        self._number_by_handle = {handle: number for number, handle in enumerate(event.sources, 1)}

    def facts(self, as_of: date | None) -> str:
        """When, how far it is established, on what that rests, who, where."""
        event, chronology = self._event, self._chronology
        rests_on = f"{count(len(event.supporting), 'source')}, {self._origins(origins_of_event(event, chronology))}"
        facts = {
            "Date": f"{event.date.words()} (EDTF: {as_label(event.date.edtf)})",
            "Public since": known_since(event),
            "Standing": "; ".join(self._step(step) for step in standing_of(event, chronology)),
            "As known on": day_words(as_of) if as_of else "",
            "Kind": as_label(chronology.setting.kinds[event.kind].name),
            "Rests on": rests_on,
            "Places": ", ".join(as_label(chronology.places[slug].name) for slug in event.places),
            "Actors": ", ".join(self._actor(slug) for slug in actors_in(event)),
            "Topics": ", ".join(as_label(chronology.setting.topics[slug].name) for slug in event.topics),
            "Page": f"<{self._address(event)}>",
        }
        return "\n".join(f"- {label}: {fact}" for label, fact in facts.items() if fact)

    def prose(self, text: str) -> str:
        """Paragraphs, each footnote as the number of its source in brackets."""
        return "\n\n".join(self._paragraph(paragraph) for paragraph in paragraphs_of(text))

    def told(self, told: Iterable[Claim | Figure]) -> str:
        """Claims or figures, each with who says so, where, and on how many origins that rests."""
        return "\n".join(map(self._told, told))

    def related(self) -> str:
        """What this event does to others, then what others do to it."""
        event, chronology = self._event, self._chronology
        targets = ((tie.relation, chronology.event_by_slug.get(tie.target)) for tie in event.relations)
        answers = ((tie.relation.inverse, answer) for answer, tie in chronology.ties_to.get(event.slug, ()))
        return "\n".join(
            f"- {word.capitalize()}: {self._link(other)}, {other.date.words()}"
            for word, other in (*targets, *answers)
            if other
        )

    def sources(self) -> str:
        """The sources, by the numbers that stand in brackets elsewhere."""
        numbered = ((f"{self._number_by_handle[handle]}. ", source) for handle, source in self._event.sources.items())
        return "\n".join(mark + self._source(source, " " * len(mark)) for mark, source in numbered)

    def corrections(self) -> str:
        """What was corrected, and why."""
        return "\n".join(
            f"- {day_words(made.date)}: {as_label(made.what.rstrip('.'))}. {as_label(made.why)}"
            for made in self._event.corrections
        )

    def about(self, digest: str) -> str:
        """Where it comes from, under which licence, and how it is cited."""
        event, setting = self._event, self._chronology.setting
        citation = citation_of(event, self._chronology, digest)
        whole = as_link(setting.title, absolute(self._chronology, ""))
        return (
            f"From {whole}. Licence: {as_link(setting.licence.name, setting.licence.url)}.\n\n"
            f"To cite it: {as_label(citation.words)} <{citation.url}>"
        )

    def _paragraph(self, paragraph: str) -> str:
        parts = FOOTNOTE.split(without_emphasis(as_line(paragraph)))  # words, handle, words, handle, … words
        said = as_text(parts[0])
        for handle, words in zip(parts[1::2], parts[2::2], strict=True):
            number = self._number_by_handle.get(handle)
            blank = " " if words.startswith(" ") else ""
            # a bracket right after ours would make a link of the two
            said += (f" [{number}]" if number else "") + blank + re.sub(r"^[(:]", r"\\\g<0>", as_label(words))
        return said

    def _told(self, told: Claim | Figure) -> str:
        by = self._actor(told.by) if told.by else "the sources"
        marks = " ".join(f"[{self._number_by_handle[handle]}]" for handle in told.sources)
        rests_on = self._origins(origins_of_sources(told.sources, self._event, self._chronology))
        if isinstance(told, Claim):
            said = f"- {by if told.by else 'The sources'}: {as_label(without_emphasis(told.says))} {marks} ({rests_on})"
            return f"{said}\n  > “{as_label(told.quote)}”" if told.quote else said
        measure = as_label(self._chronology.setting.measures[told.measure].name)
        note = f" {as_label(without_emphasis(told.note))}" if told.note else ""
        return f"- {measure}: {told.value.words()}, as of {day_words(told.as_of)}, by {by}. {marks} ({rests_on}){note}"

    def _source(self, source: Source, indent: str) -> str:
        setting = self._chronology.setting
        language = f", in {language_name(source.language, setting.language)}" if source.language else ""
        published = (as_label(source.publisher), as_label(source.author or ""), words_of(source.published))
        relays = ", ".join(self._actor(slug) for slug in source.relays)
        seen = f" of {day_words(seen_on(source, self._event))}"
        facts = (
            as_label(source.title_en or ""),
            ", ".join(filter(None, published)),
            as_label(setting.source_types[source.type].name) + language,
            f"Relays {relays}" if relays else "Its own reporting",
            self._origins(sorted(origins_of_source(source, self._chronology))),
            as_link("Archived copy", source.archive) + seen if source.archive else "",
            f"Read on {day_words(source.accessed)}" if source.accessed else "",
        )
        said = ". ".join((as_link(source.title, source.url), *filter(None, facts))) + "."
        return f"{said}\n{indent}> “{as_label(source.quote)}”" if source.quote else said

    def _step(self, step: Step) -> str:
        """“Claimed from 18 March 1998”, “denied by [title](address) on 20 March 1998”."""
        by = self._chronology.event_by_slug.get(step.by or "")
        if step.certainty:
            name = as_label(self._chronology.setting.certainty[step.certainty].name)
            return f"{name} from {day_words(step.day)}"
        return f"{step.word}{f' by {self._link(by)}' if by else ''} on {day_words(step.day)}"

    def _origins(self, origins: Iterable[Origin]) -> str:
        labels = [as_label(origin_label(origin, self._chronology)) for origin in origins]
        return f"{count(len(labels), 'origin')}: {', '.join(labels)}"

    def _actor(self, slug: str) -> str:
        return as_label(self._chronology.actors[slug].label)

    def _link(self, event: Event) -> str:
        return as_link(event.title, self._address(event))

    def _address(self, event: Event) -> str:
        return absolute(self._chronology, address_of(page_path("events", event.slug)))


def _moved(event: Event, chronology: Chronology) -> str:
    address = absolute(chronology, plain_path(event.slug))
    return f"# {as_text(event.title)}\n\nThis text has moved: <{address}>\n"


def _shield_start(found: re.Match[str]) -> str:
    return f"{found[2] or ''}\\{found[1] or found[3]}"

"""What is told in an event, compared: its claims and its figures."""

from collections.abc import Iterator

from chronicle.dates import day_words
from chronicle.model import Claim, Event, Figure
from chronicle.model.origins import origin_label, origins_of_sources
from chronicle.review.change import Change, Words, in_words
from chronicle.review.pairing import Pair, pair_claims, pair_figures
from chronicle.review.quantities import numbers_changed
from chronicle.yamlfile import Route

_OWN_VOICE = "the sources’ own voice"


def compare_figures(before: Event, after: Event, words: Words) -> Iterator[Change]:
    """The figures that changed, from what to what; each that changed or is gone asks for a correction."""
    for pair in pair_figures(before.figures, after.figures):
        if pair.before and pair.after:
            yield from _compare_figure(pair.before, pair.after, ("figures", pair.at), words)
        elif pair.after:
            yield Change(f"Figure: {_label(pair.after, words)}", after=pair.after.value.words(), route=("figures", pair.at))
        elif pair.before:
            said, value = _label(pair.before, words), pair.before.value.words()
            route: Route = ("figures",) if after.figures else ()
            yield Change(f"Figure: {said}", before=value, route=route, correction=f"{said}, {value}, is left out")


def _compare_figure(before: Figure, after: Figure, route: Route, words: Words) -> Iterator[Change]:
    said, value = _label(before, words), after.value.words()
    name = words.term("measures", before.measure)
    if before.value != after.value:
        was = before.value.words()
        correction = f"{said}, {was}, is {value}"
        yield Change(f"Figure: {said}", was, value, route=(*route, "value"), correction=correction)
    if before.as_of != after.as_of:
        was, now = day_words(before.as_of), day_words(after.as_of)
        correction = f"{name}, {value}: the day for which it was given, {was}, is {now}"
        yield Change(f"Day of the figure: {name}, {value}", was, now, route=(*route, "as_of"), correction=correction)
    if before.by != after.by:
        was, now = (_voice(figure.by, words) for figure in (before, after))
        at = (*route, "by") if after.by else route
        correction = f"{name}, {value}: given by {was}, is given by {now}"
        yield Change(f"Voice of the figure: {name}, {value}", was, now, route=at, correction=correction)
    if before.note != after.note:
        yield Change(f"Note to the figure: {said}", before.note or "", after.note or "", route=route, is_prose=True)
    yield from _compare_handles(f"Sources of the figure: {said}", before, after, route)


def _label(figure: Figure, words: Words) -> str:
    """A figure without its number: “Vehicles diverted, given by the Harbour Authority for 18 March 1998”."""
    by = f" given by {_voice(figure.by, words)}" if figure.by else ""
    return f"{words.term('measures', figure.measure)},{by} for {day_words(figure.as_of)}"


def _voice(by: str | None, words: Words) -> str:
    return words.actor(by) if by else _OWN_VOICE


def _compare_handles(what: str, before: Claim | Figure, after: Claim | Figure, route: Route) -> Iterator[Change]:
    if set(before.sources) != set(after.sources):
        yield Change(what, in_words(before.sources), in_words(after.sources), route=(*route, "sources"))


def compare_claims(before: Event, after: Event, old: Words, new: Words) -> Iterator[Change]:
    """The claims that are new, gone or reworded; one in which a number has become another asks for a correction."""
    for pair in pair_claims(before.claims, after.claims):
        if pair.before and pair.after:
            route: Route = ("claims", pair.at)
            yield from _compare_claim(pair.before, pair.after, route, new)
            yield from _compare_origins(pair, (before, after), (old, new), route)
        elif claim := pair.after or pair.before:
            said = f"{claim.says} (quoted: “{claim.quote}”)" if claim.quote else claim.says
            was, now = ("", said) if pair.after else (said, "")
            yield Change(f"Claim by {_voice(claim.by, new)}", was, now, route=("claims", max(pair.at, 0)))


def _compare_claim(before: Claim, after: Claim, route: Route, words: Words) -> Iterator[Change]:
    voice = _voice(after.by, words)
    for key, name in (("says", f"Claim by {voice}"), ("quote", f"Quotation in the claim by {voice}")):
        was, now = getattr(before, key) or "", getattr(after, key) or ""
        if was != now:
            correction = correct_numbers(name, was, now)
            at = (*route, key) if now else route
            yield Change(name, was, now, route=at, correction=correction, is_prose=True)
    if before.by != after.by:
        what = f"Voice of the claim “{_shorten(after.says)}”"
        yield Change(what, _voice(before.by, words), voice, route=route)
    yield from _compare_handles(f"Sources of the claim “{_shorten(after.says)}”", before, after, route)


def correct_numbers(name: str, before: str, after: str) -> str:
    """The words of a correction for a text in which numbers have become others; "" where none has."""
    lost, gained = numbers_changed(before, after)
    return f"{name}: {', '.join(lost)} is {', '.join(gained)}" if lost else ""


def _compare_origins(
    pair: Pair[Claim], events: tuple[Event, Event], words: tuple[Words, Words], route: Route
) -> Iterator[Change]:
    """Told only where a claim that had several origins is left with one; those of the event are told in any case."""
    if pair.before is None or pair.after is None:
        return
    was, now = (
        origins_of_sources(claim.sources, event, each.chronology)
        for claim, event, each in zip((pair.before, pair.after), events, words, strict=True)
    )
    if len(was) > 1 and len(now) == 1:
        what = f"Origins of the claim “{_shorten(pair.after.says)}”"
        said, left = (
            ", ".join(origin_label(one, each.chronology) for one in origins)
            for origins, each in zip((was, now), words, strict=True)
        )
        yield Change(what, said, left, "falls to one origin", (*route, "sources"))


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"

"""The whole address of whatever stands on the published site, and the name by which it is known for ever."""

from urllib.parse import quote

from chronicle.model import Chronology, Event


def absolute(chronology: Chronology, path: str) -> str:
    """The whole address of what stands at `path`, relative to the root of the site: `events/harbour-bridge-closed/`.

    A path may end in a fragment, `events/harbour-bridge-closed/#claim-1`; signs that no address may hold are encoded.
    """
    return chronology.setting.site + quote(path, safe="/#:")


def lasting_name(chronology: Chronology, path: str) -> str:
    """The name by which feeds and calendars know what stands at `path`, for ever: its address where the site was at first."""
    return (chronology.setting.first_site or chronology.setting.site) + quote(path, safe="/#")


def name_of_event(event: Event, chronology: Chronology) -> str:
    """The name of an event in feeds and calendars; it stays the same when the event is renamed or the site moves."""
    return lasting_name(chronology, f"events/{(*event.formerly, event.slug)[0]}/")

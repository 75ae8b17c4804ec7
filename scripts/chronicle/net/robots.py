"""What a host asks of robots: its robots.txt, read as RFC 9309 has it."""

from dataclasses import dataclass
from typing import Final

from protego import Protego

from chronicle.net.answer import Answer, Trouble

ROBOT: Final = "chronicle"  # the name by which robots.txt may speak to us
SIZE: Final = 512 * 1024  # RFC 9309: at least 500 KiB are read
_LONGEST_DELAY: Final = 60.0
_UNAVAILABLE = {Trouble.REDIRECTS, Trouble.NOT_AN_ADDRESS}  # no such file, says RFC 9309 of these


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows. `trouble` is why nothing of it may be asked, `said` the same in a sentence."""

    robots: Protego | None = None
    delay: float = 0
    trouble: Trouble | None = None
    said: str = ""

    def allow(self, url: str) -> bool:
        """Whether an address of the host may be asked."""
        return self.robots is None or self.robots.can_fetch(url, ROBOT)


def read_rules(answer: Answer) -> Rules:
    """The rules out of the answer to /robots.txt.

    Where there is no such file (4xx), all is allowed; where it cannot be had (5xx, 429), nothing is. A host that cannot be
    reached for it cannot be reached for its pages either, and its trouble is theirs.
    """
    status = answer.status or 0
    if answer.trouble in _UNAVAILABLE:
        return Rules()
    if answer.trouble:
        return Rules(trouble=answer.trouble, said=answer.said)
    if status >= 500 or status == 429:
        return Rules(trouble=Trouble.ROBOTS, said=f"what it asks of robots cannot be had: robots.txt answers {status}")
    if not answer.ok:
        return Rules()
    robots = Protego.parse(answer.body.decode("utf-8-sig", errors="replace"))
    return Rules(robots, min(_LONGEST_DELAY, max(0.0, robots.crawl_delay(ROBOT) or 0.0)))

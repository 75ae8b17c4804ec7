"""Writes what became of the addresses into the entries, each as one word, and nothing else."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from chronicle.model import UrlStatus
from chronicle.upkeep.links.report import Found
from chronicle.yamlfile.editing import EditError, edit_file, set_key

_SAYS_NOTHING = (None, UrlStatus.LIVE, UrlStatus.UNSURE)


def write_statuses(root: Path, found: Iterable[Found]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Writes the verdicts into the files of the entries; returns the paths that changed, and what could not be written.

    `live` is written only in place of another word, for it is what everybody takes an address to be; `unsure` never in
    place of one that says more.
    """
    changed: list[str] = []
    refused: list[str] = []
    for path, word_by_handle in _words_by_path(found).items():
        try:
            if edit_file(root / path, partial(_put, word_by_handle)):
                changed.append(path)
        except (EditError, OSError) as error:
            refused.append(f"{path}: {error}")
    return tuple(changed), tuple(refused)


def _words_by_path(found: Iterable[Found]) -> Mapping[str, Mapping[str, UrlStatus]]:
    words: dict[str, dict[str, UrlStatus]] = {}
    for one in found:
        for cited in one.link.cited if one.look else ():
            if one.look and not cited.is_copy and _is_worth_writing(one.look.status, cited.status):
                words.setdefault(cited.path, {})[cited.handle] = one.look.status
    return words


def _is_worth_writing(word: UrlStatus, now: UrlStatus | None) -> bool:
    if word is UrlStatus.LIVE:
        return now is not None
    return word is not UrlStatus.UNSURE or now in _SAYS_NOTHING


def _put(word_by_handle: Mapping[str, UrlStatus], text: str) -> str:
    for handle, word in sorted(word_by_handle.items()):
        text = set_key(text, ("sources", handle), "url_status", word, after=("url",))
    return text

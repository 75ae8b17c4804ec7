"""Slugs from words: the name that a title gives to an entry, or a publisher to a source."""

import re
import textwrap
import unicodedata
from typing import Final

_LONGEST: Final = 60


def slug_of(text: str, least: int) -> str:
    """The words of a text that are wholly Latin, as a slug; an empty text if fewer than `least` of them have letters."""
    folded = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    words = [word for word in re.findall(r"[^\W_]+", plain) if word.isascii()]
    slug = textwrap.shorten(" ".join(words), _LONGEST, placeholder="").replace(" ", "-")
    telling = [word for word in slug.split("-") if word and not word.isdecimal()]
    return slug if len(telling) >= least else ""

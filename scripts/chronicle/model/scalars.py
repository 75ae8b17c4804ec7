"""The single values that an entry may hold, each read from text and refused in words that a contributor understands."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from chronicle.dates import DateError, EdtfDate, read_date, read_day
from chronicle.model.amounts import rewrite_amount

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_SLUG = 80
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
FOOTNOTE = re.compile(r"\[\^([^\]\s]*)\]")  # [^handle] in a summary or an annotation
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


def refuse(what: str, mend: str) -> PydanticCustomError:
    """The error that a field's validator raises: what is wrong and how to mend it, each a sentence."""
    return PydanticCustomError("chronicle", "{what}", {"what": what, "mend": mend})


def is_slug(text: str) -> bool:
    """Whether `text` may name an event, an actor, a place or a handle: lower case, digits, single hyphens."""
    return len(text) <= LONGEST_SLUG and re.fullmatch(SLUG_PATTERN, text) is not None and text != "index"


def slug_like(text: str) -> str:
    """How a text in Latin letters looks as such a name; "" where it gives none."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return slug if text.isascii() and is_slug(slug) else ""


def read_text(value: object) -> str:
    """Any words, on one line: a text that is not empty, a break of the line in it taken for a blank."""
    return re.sub(r"\s*\n\s*", " ", read_prose(value))


def read_prose(value: object) -> str:
    """Words that may stand in several paragraphs, with an empty line between them."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    if value is None or isinstance(value, str):
        raise refuse("there is nothing written here", "Write the text after the colon, or delete the line if it can be left out.")
    form = "a list" if isinstance(value, list) else "a group of keys"
    is_sentence = isinstance(value, list) and any(isinstance(part, str) and " " in part for part in value)
    quote = "; if the square brackets belong to it, put the whole of it in straight quotation marks" if is_sentence else ""
    raise refuse(f"{form} stands where a single text belongs", f"Write one text after the colon, on the same line{quote}.")


def read_slug(value: object) -> str:
    """A name such as `harbour-authority`."""
    text = read_text(value)
    if is_slug(text):
        return text
    raise refuse(
        f"“{text}” is not a name of the form `harbour-authority`",
        f"Use small letters a–z, digits and single hyphens, at most {LONGEST_SLUG} characters{_hint_at_slug(text)}.",
    )


def _hint_at_slug(text: str) -> str:
    if like := slug_like(text):
        return f", as in `{like}`"
    return "; `index` is taken" if text == "index" else name_foreign_sign(text)


def name_foreign_sign(text: str) -> str:
    """The first sign in a name that is not of ASCII, with its name in Unicode, for it may look as if it were; "" for none."""
    sign = next((sign for sign in text if not sign.isascii()), "")
    return f"; “{sign}” is none of these ({unicodedata.name(sign, 'a sign without a name').lower()})" if sign else ""


def read_edtf(value: object) -> EdtfDate:
    """A date in EDTF, as exact as it is known and no more.

    YAML takes the brackets of a set for its own, so `[1998-03-08..1998-03-13]` comes as a list and `{…}` as a mapping.
    """
    try:
        return read_date(read_text(_written_set(value)))
    except DateError as error:
        raise refuse(error.what, error.mend) from error


def _written_set(value: object) -> object:
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return f"[{','.join(value)}]"
    if isinstance(value, dict) and all(member is None for member in value.values()):
        return f"{{{','.join(value)}}}"
    return value


def read_plain_day(value: object) -> date:
    """A day in the form 2024-10-18."""
    try:
        return read_day(read_text(value))
    except DateError as error:
        raise refuse(error.what, error.mend) from error


def read_flag(value: object) -> bool:
    """`true` or `false`."""
    text = read_text(value)
    if text in ("true", "false"):
        return text == "true"
    raise refuse(f"“{text}” is neither `true` nor `false`", "Write `true`, or delete the line.")


def read_url(value: object) -> str:
    """A web address that starts with https:// or http:// and can be put into a page as it is."""
    text = read_text(value)
    if re.search(r"\shttps?://", text):
        raise refuse("more than one address stands here", "Give one; each further page is a source of its own.")
    if re.search(r"[\s<>\"`{}|\\^\x00-\x1f\x7f]", text):
        raise refuse(
            "the address holds a blank or another sign that no address may hold", "Copy it from the browser again."
        )
    try:
        parts = urlsplit(text)
        well_formed = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and parts.port != 0
    except ValueError:
        well_formed = False
    if not well_formed or "@" in parts.netloc:
        raise refuse(f"“{text}” is not a web address", "Give the whole address of the page, from https:// on.")
    return text


def read_language(value: object) -> str:
    """A language tag such as `en`, `ko` or `zh-Hant` (BCP 47)."""
    text = read_text(value)
    if re.match(LANGUAGE_PATTERN, text):
        return text
    raise refuse(f"“{text}” is not a language code", "Use the two-letter code, such as `en`, `fr` or `de`.")


class Bound(StrEnum):
    """How a number is qualified by whoever gave it."""

    EXACTLY = ""
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    UP_TO = "up to"
    LESS_THAN = "less than"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as somebody gave it: `40`, `about 600`, `11000 to 13000`; `low` equals `high` if it is one number."""

    low: int
    high: int
    bound: Bound = Bound.EXACTLY

    def words(self) -> str:
        """For readers: “about 11,000 to 13,000”."""
        number = f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"
        return f"{self.bound} {number}".strip()


_AMOUNTS = "Write 40, about 600, at least 1000, more than 3000, up to 15000, less than 50, or 11000 to 13000"
_QUANTITY = re.compile(r"^(?:(about|at least|more than|up to|less than) )?(\d{1,12})(?: to (\d{1,12}))?$")


def read_quantity(value: object) -> Quantity:
    """A number with its qualifier, as listed in the design: digits only, no thousands separators."""
    text = read_text(value)
    found = _QUANTITY.match(text)
    if found is None:
        raise refuse(f"“{text}” is not a number that can be compared", _mend_quantity(text))
    bound, low, high = Bound(found[1] or ""), int(found[2]), int(found[3] or found[2])
    if found[3] and (low >= high or bound not in (Bound.EXACTLY, Bound.ABOUT)):
        raise refuse(
            f"“{text}” is not a range", "Write the smaller number first; only `about` may stand before a range."
        )
    return Quantity(low, high, bound)


def _mend_quantity(text: str) -> str:
    """How to write a number that is written otherwise; where none can be told, in what forms there are numbers."""
    if written := rewrite_amount(text):
        return f"Write {written} for “{text}”."
    if not any(map(str.isdigit, text)):
        return f"If that is all that is known, give no number, and let a fact say “{text}” in words."
    return f"{_AMOUNTS}: whole numbers in digits, and nothing else."


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where a place lies: degrees north and degrees east (WGS 84)."""

    latitude: float
    longitude: float


_COORDINATES = re.compile(r"^(-?\d{1,2}(?:\.\d{1,6})?), ?(-?\d{1,3}(?:\.\d{1,6})?)$")


def read_coordinates(value: object) -> Coordinates:
    """Degrees north and degrees east in one text: `39.02, 125.75`."""
    text = read_text(value)
    found = _COORDINATES.match(text)
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise refuse(
            f"“{text}” is not a pair of coordinates", "Write degrees north, a comma, degrees east: 39.02, 125.75."
        )
    return Coordinates(float(found[1]), float(found[2]))


def _scalar(read: Callable[[object], Any], **schema: Any) -> Any:
    """What pydantic needs to know of a value that `read` reads: the reader and its JSON Schema."""
    return PlainValidator(read), WithJsonSchema({"type": "string", **schema})


class Either:
    """JSON Schema for a field whose reader takes more than one form (pydantic cannot see into a reader)."""

    def __init__(self, *forms: JsonSchemaValue) -> None:
        self.forms = forms

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": list(self.forms)}


Text = Annotated[str, *_scalar(read_text, minLength=1)]
Prose = Annotated[str, *_scalar(read_prose, minLength=1)]
Slug = Annotated[str, *_scalar(read_slug, pattern=SLUG_PATTERN, maxLength=LONGEST_SLUG)]
Name = Annotated[str, *_scalar(read_text, pattern=SLUG_PATTERN, maxLength=LONGEST_SLUG)]
"""The slug of something that must be known; whether it is, in whatever form it stands there, is for the checks to tell."""
_EDTF_FORMS = (
    {"type": ["string", "integer"]},  # YAML takes a bare year for a number
    {"type": "array", "items": {"type": "string"}, "minItems": 1},
    {"type": "object", "additionalProperties": {"type": "null"}, "minProperties": 1},
)
Edtf = Annotated[EdtfDate, PlainValidator(read_edtf), WithJsonSchema({"anyOf": list(_EDTF_FORMS)})]
Day = Annotated[date, *_scalar(read_plain_day, pattern=r"^\d{4}-\d{2}-\d{2}$")]
Flag = Annotated[bool, PlainValidator(read_flag), WithJsonSchema({"type": "boolean"})]
Url = Annotated[str, *_scalar(read_url, pattern=r"^https?://", format="uri")]
Language = Annotated[str, *_scalar(read_language, pattern=LANGUAGE_PATTERN)]
Number = Annotated[Quantity, PlainValidator(read_quantity), WithJsonSchema({"type": ["string", "integer"]})]
LatLong = Annotated[Coordinates, *_scalar(read_coordinates, pattern=_COORDINATES.pattern)]

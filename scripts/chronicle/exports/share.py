"""The picture that other sites show when an event’s page is shared: its title, its date, and how far it is established."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cache, lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from io import BytesIO
from itertools import groupby
from unicodedata import category, normalize

from chronicle.made import Made, key_of, program_key
from chronicle.model import Certainty, Chronology, Event
from chronicle.pages.addresses import picture_path

try:
    from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError
except ImportError:  # without Pillow there are no pictures, and all else is as it was
    CAN_DRAW = False
else:
    CAN_DRAW = True

WIDTH, HEIGHT = 1200, 630  # what Open Graph and the cards of other networks ask for
_MARGIN = 76
_LINE = WIDTH - 2 * _MARGIN
_TITLE_SIZES = (72, 64, 56, 48, 42)
_TITLE_TOP, _TITLE_ROOM = 186, 300
_LEADING = 1.16
_LONGEST = 400  # letters of a title; no more can be shown
_FAMILY = "font_source_serif_pro"
_BOLD, _PLAIN = "SourceSerifPro-Bold.otf", "SourceSerifPro-Regular.otf"
_OTHER_SCRIPTS = (  # for what the family lacks, whichever of them the machine has
    "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "AppleSDGothicNeo.ttc", "malgunbd.ttf",
    "DejaVuSans-Bold.ttf", "DejaVuSans.ttf", "NotoSansArabic-Bold.ttf", "NotoSansHebrew-Bold.ttf", "arialbd.ttf",
)  # fmt: skip
_Colour = tuple[int, ...]
_PAPER, _INK, _SOFT = (252, 251, 248), (28, 33, 38), (86, 91, 96)
_TONES = {
    Certainty.CONFIRMED: (31, 102, 80),
    Certainty.CLAIMED: (133, 84, 0),
    Certainty.DISPUTED: (163, 53, 42),
}
_SHADES = 5  # of each of three colours, beside the paper: sixteen in all, which makes a small file quickly


@dataclass(frozen=True, slots=True)
class _Type:
    """A typeface, by the name of its file, and a size."""

    face: str
    size: int


_NAME, _DATE, _WORD = _Type(_PLAIN, 30), _Type(_PLAIN, 34), _Type(_BOLD, 38)


@dataclass(frozen=True, slots=True)
class Face:
    """What a picture shows."""

    title: str
    when: str
    certainty: Certainty
    certainty_name: str
    chronology: str


def make_pictures(chronology: Chronology) -> Iterator[Made[bytes]]:
    """A picture for each event; none where the libraries for drawing are missing."""
    if not can_draw():
        return
    for event in chronology.events:
        face = face_of(event, chronology)
        yield Made(picture_path(event.slug), _key(face), partial(draw, face))


def can_draw() -> bool:
    """Whether Pillow and the typeface are installed."""
    return CAN_DRAW and _versions() is not None


def face_of(event: Event, chronology: Chronology) -> Face:
    """What the picture of an event shows."""
    name = chronology.setting.certainty[event.certainty_now].name
    return Face(event.title, event.date.words(), event.certainty_now, name, chronology.setting.title)


def draw(face: Face) -> bytes:
    """The picture as a PNG of 1200 × 630; the same words give the same bytes."""
    tone = _TONES[face.certainty]
    canvas = _Canvas(tone)
    size, lines = _set_title(_clean(face.title)[:_LONGEST])
    canvas.write((_MARGIN, 62), _fit(face.chronology, _NAME), _NAME, _SOFT)
    canvas.rule(112)
    canvas.write((_MARGIN, 132), _fit(face.when, _DATE), _DATE, _SOFT)
    for number, line in enumerate(lines):
        canvas.write((_MARGIN, int(_TITLE_TOP + number * size * _LEADING)), line, _Type(_BOLD, size), _INK)
    canvas.sign((_MARGIN, HEIGHT - 96), face.certainty, tone)
    canvas.write((_MARGIN + 52, HEIGHT - 102), _fit(face.certainty_name, _WORD), _WORD, tone)
    return canvas.save()


def _key(face: Face) -> str:
    return key_of(*map(str, astuple(face)), *(_versions() or ()), program_key())


@cache
def _versions() -> tuple[str, ...] | None:
    """The releases of what draws; None when one of them is missing."""
    try:
        return version("pillow"), version("font-source-serif-pro")
    except PackageNotFoundError:
        return None


class _Canvas:
    """A picture in the making, in shades of three colours on paper."""

    def __init__(self, tone: _Colour) -> None:
        self.colours = (_INK, _SOFT, tone)
        self.image = _paper(self.colours).copy()

    def write(self, corner: tuple[int, int], text: str, kind: _Type, colour: _Colour) -> None:
        """Sets a line of text, its top left corner there."""
        mask = Image.new("L", (int(_width(text, kind)) + kind.size, int(kind.size * 1.5)), 0)
        pen, at, base = ImageDraw.Draw(mask), 0.0, _font(kind.face, kind.size)
        for font, run in _runs(text, kind):
            pen.text((at, base.getmetrics()[0] if base else kind.size), run, font=font, fill=255, anchor="ls")
            at += font.getlength(run)
        self._paste(mask, corner, colour)

    def rule(self, y: int) -> None:
        """A hairline from margin to margin."""
        self._paste(Image.new("L", (_LINE, 2), 90), (_MARGIN, y), _SOFT)

    def sign(self, corner: tuple[int, int], certainty: Certainty, tone: _Colour) -> None:
        """The mark of a certainty, full, empty or half a disc, its top left corner there."""
        four = 4  # drawn large and made small, for round edges
        radius, ring = 17 * four, 5 * four
        mask = Image.new("L", (2 * radius, 2 * radius), 0)
        pen = ImageDraw.Draw(mask)
        pen.ellipse((0, 0, 2 * radius - 1, 2 * radius - 1), fill=255)
        if certainty is not Certainty.CONFIRMED:
            pen.ellipse((ring, ring, 2 * radius - 1 - ring, 2 * radius - 1 - ring), fill=0)
        if certainty is Certainty.DISPUTED:
            pen.pieslice((0, 0, 2 * radius - 1, 2 * radius - 1), 90, 270, fill=255)
        self._paste(mask.resize((34, 34), Image.Resampling.BOX), corner, tone)

    def save(self) -> bytes:
        """The picture as a PNG file."""
        file = BytesIO()
        self.image.save(file, "PNG", bits=4, compress_level=4)  # 9 takes ten times as long for a tenth of the bytes
        return file.getvalue()

    def _paste(self, mask: "Image.Image", at: tuple[int, int], colour: _Colour) -> None:
        shades = mask.point(_places_in_palette(self.colours.index(colour)))
        self.image.paste(shades, at, mask.point(_ANYTHING))


_ANYTHING = [255 * (level > 25) for level in range(256)]  # what is fainter is paper


@cache
def _paper(colours: tuple[_Colour, ...]) -> "Image.Image":
    paper = Image.new("P", (WIDTH, HEIGHT), 0)
    shades = (shade for colour in colours for shade in _shades(colour))
    paper.putpalette([part for shade in (_PAPER, *shades) for part in shade])
    return paper


@cache
def _places_in_palette(colour: int) -> list[int]:
    """For each depth of ink, from 0 to 255, the place of that shade of a colour in the palette; paper comes first."""
    depths = (round(level * _SHADES / 255) for level in range(256))
    return [colour * _SHADES + depth if depth else 0 for depth in depths]


def _shades(colour: _Colour) -> Iterator[_Colour]:
    for step in range(1, _SHADES + 1):
        part = step / _SHADES
        yield tuple(round(paper + (ink - paper) * part) for paper, ink in zip(_PAPER, colour, strict=True))


def _set_title(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title has room, and its lines; at the smallest, what has no room is left out."""
    for size in _TITLE_SIZES:
        lines = _wrap(title, size)
        most = int(_TITLE_ROOM / (size * _LEADING))
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], _fit(" ".join(lines[most - 1 :]), _Type(_BOLD, size))]


def _wrap(text: str, size: int) -> list[str]:
    kind, lines, room = _Type(_BOLD, size), list[str](), 0.0
    blank = _width(" ", kind)
    for word in text.split():
        wide = _width(word, kind)
        if lines and wide + blank <= room:
            lines[-1] += f" {word}"
            room -= wide + blank
        else:
            lines += [word] if wide <= _LINE else _pieces(word, kind)
            room = _LINE - _width(lines[-1], kind)
    return lines


def _pieces(word: str, kind: _Type) -> Iterator[str]:
    """A word that is wider than a line, in as many pieces as it takes."""
    piece = ""
    for sign in word:
        if piece and _width(piece + sign, kind) > _LINE:
            yield piece
            piece = ""
        piece += sign
    yield piece


def _fit(text: str, kind: _Type) -> str:
    """A text on one line, cut where it would leave the picture."""
    whole = cut = _clean(text)[:_LONGEST]
    while cut and _width(cut + "…" * (cut != whole), kind) > _LINE - 52:
        cut = cut[:-1].rstrip()
    return cut if cut == whole else f"{cut}…"


def _clean(text: str) -> str:
    """A text on one line, without what cannot be seen and what piles up on a letter."""
    seen = normalize("NFC", " ".join(text.split()))
    return "".join(sign for sign in seen if category(sign)[0] != "C" and category(sign) != "Mn")


@lru_cache(maxsize=50_000)
def _width(text: str, kind: _Type) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, kind))


def _runs(text: str, kind: _Type) -> Iterable[tuple["ImageFont.FreeTypeFont", str]]:
    """A text in runs, each with a typeface that has its letters; letters that none has are left out."""
    for name, signs in groupby(text, key=lambda sign: _face_for(sign, kind.face)):
        font = _font(name, kind.size) if name else None
        if font:
            yield font, "".join(signs)


@cache
def _face_for(sign: str, face: str) -> str | None:
    return next((name for name in (face, *_OTHER_SCRIPTS) if _has(name, sign)), None)


@cache
def _has(name: str, sign: str) -> bool:
    """Whether a typeface has a letter: else it shows what it shows for a letter that cannot exist."""
    font = _font(name, 20)
    return font is not None and (sign == " " or bytes(font.getmask(sign)) != bytes(font.getmask("\uffff")))


@cache
def _font(name: str, size: int) -> "ImageFont.FreeTypeFont | None":
    """A typeface: ours from its package, others from the machine; None when it is not there or cannot be read."""
    own = name in (_BOLD, _PLAIN)
    try:
        return ImageFont.truetype(str(files(_FAMILY) / "files" / name) if own else name, size)
    except (OSError, UnidentifiedImageError):
        return None

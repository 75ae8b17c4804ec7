"""The picture of an event: the right size, small, the same twice, safe from any title, and drawn anew only when it must be."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from chronicle.exports import share
from chronicle.exports.share import Face, draw, face_of, make_pictures
from chronicle.model import Certainty
from chronicle.site import build_docs
from small import entry, read, write

FACE = Face("Harbour bridge closed", "17 March 1998", Certainty.CONFIRMED, "Confirmed", "The bridge")
HOSTILE = "W" * 60 + " <script>spoilt=1</script> גשר الجسر 👩‍🚀 다리 Z̷̢͝ä̸́l̵̏g̷̈́o̶͌ \u202e\x00"


def face(title: str = FACE.title, certainty: Certainty = Certainty.CONFIRMED) -> Face:
    return Face(title, FACE.when, certainty, FACE.certainty_name, FACE.chronology)


def opened(picture: bytes) -> "Image.Image":
    return Image.open(BytesIO(picture)).convert("L")


def ink(picture: bytes, box: tuple[int, int, int, int]) -> int:
    """How many dark points a part of the picture has."""
    return sum(opened(picture).crop(box).histogram()[:160])


LONG = [word * 60 for word in ("Harbour ", "W", "다리가 닫혔다 ", "Мост закрыт ")]


@pytest.mark.parametrize("title", ["A", FACE.title, HOSTILE, *LONG])
def test_any_title_gives_a_small_picture_of_the_size_that_is_asked_for(title: str) -> None:
    picture = draw(face(title))
    assert picture.startswith(b"\x89PNG")
    assert Image.open(BytesIO(picture)).size == (1200, 630)
    assert len(picture) <= 40_000
    margins = ink(picture, (0, 0, 60, 630)) + ink(picture, (1150, 0, 1200, 630))
    assert margins == 0, "what is written runs over the margin"
    assert ink(picture, (0, 490, 1200, 520)) == 0, "the title runs into the certainty"


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw(FACE) == draw(FACE)


@pytest.mark.parametrize("title", ["Pont fermé", "Мост закрыт", "Γέφυρα"])
def test_the_typeface_of_its_own_draws_other_scripts_too(title: str) -> None:
    assert {share._face_for(sign, share._BOLD) for sign in title} == {share._BOLD}
    one, other = draw(face(title)), draw(face(title[:-1]))
    assert ink(one, (60, 180, 1150, 490)) > ink(other, (60, 180, 1150, 490)) > 0


def test_what_it_lacks_is_drawn_with_a_typeface_of_the_machine_or_left_out_and_never_an_empty_box() -> None:
    drawn = ink(draw(face("다리")), (60, 180, 1150, 490)) > 0
    assert drawn == (share._face_for("다", share._BOLD) is not None)
    assert ink(draw(face("󠁁")), (60, 180, 1150, 490)) == 0


def test_certainty_is_told_by_form_and_not_by_colour_alone() -> None:
    box = (70, 530, 120, 580)
    full, half, empty = (ink(draw(face(certainty=word)), box) for word in
                         (Certainty.CONFIRMED, Certainty.DISPUTED, Certainty.CLAIMED))  # fmt: skip
    assert full > half > empty > 0


def test_signs_that_cannot_be_seen_or_pile_up_are_left_out() -> None:
    assert share._clean("Z̷̢͝a\u202e\x00  b\n") == "Za b"


def test_a_picture_shows_the_event_as_the_chronology_has_it(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/bridge-closed": entry("certainty: {1998-03-18: claimed, 1998-03-20: disputed}")})
    assert face_of(chronology.events[0], chronology) == Face(
        "Bridge closed", "17 March 1998", Certainty.DISPUTED, "Disputed", "The bridge"
    )


def test_pictures_are_written_beside_the_pages_and_only_when_what_they_show_has_changed(tmp_path: Path) -> None:
    root = write(tmp_path, {"1998/bridge-closed": entry(), "1998/ferry-runs": entry("title: The ferry runs")})
    written = build_docs(root, root / "docs").written
    assert {"events/bridge-closed.png", "events/ferry-runs.png"} <= set(written)
    write(root, {"1998/ferry-runs": entry("title: The ferry runs\nsummary: Other words.[^a]")})
    assert [path for path in build_docs(root, root / "docs").written if path.endswith(".png")] == []
    write(root, {"1998/ferry-runs": entry("title: The ferry sank")})
    assert [path for path in build_docs(root, root / "docs").written if path.endswith(".png")] == ["events/ferry-runs.png"]
    (root / "chronology/events/1998/ferry-runs.yml").unlink()
    assert "events/ferry-runs.png" in build_docs(root, root / "docs").removed


def test_without_the_library_there_are_pages_and_no_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "CAN_DRAW", False)
    root = write(tmp_path, {"1998/bridge-closed": entry()})
    built = build_docs(root, root / "docs")
    assert not built.failed
    assert [path for path in built.written if path.endswith(".png")] == []
    assert "image:" not in (root / "docs/events/bridge-closed/index.md").read_text(encoding="utf-8")
    assert list(make_pictures(read(tmp_path, {}))) == []

"""Quotations: what stands word for word in a text as pages really have it, and what does not."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chronicle.upkeep.verify.quotations import LONGEST_GAP, find_nearest, fold, has_words, stands_in

ENGLISH = """
The harbour authority&rsquo;s chairman said on Tuesday: &ldquo;We wrote to them in October&nbsp;&mdash; and again in
January &ndash; but nobody came.&rdquo; He added that &lsquo;the pier&rsquo; had been in&shy;spected twice, and that 1,000
vehicles a day were &quot;di&#8203;verted&quot;. Asked about the cost, he said… nothing. &#8220;Well… we shall see,&#8221; he
told the Gazette. AT&amp;T&#39;s cables hang below the bridge; the well-known engineer of the firm left.
"""
FRENCH = """
«\u00a0Nous avons écrit à la mairie en octobre\u00a0; personne n’a répondu\u00a0», a déclaré M.\u202fCorrie. Le pont
— fermé depuis mardi — « ne sera pas rouvert avant l’été », selon l’Autorité du port. L’œuvre coûterait 11\u202f000\u00a0€.
"""
CYRILLIC = """
«Мы писали им в октябре и ещё раз в январе, — сказал мэр, — но никто не пришёл». По словам представителя порта, мост
закрыли из-за трещины: „безопасность людей важнее всего“. Около 11 тыс. автомобилей едут в объезд.
"""
HANGUL = """
시장은 “우리는 10월에 편지를 보냈고 1월에도 다시 보냈다”며 “아무도 오지 않았다”고 말했다. 항만청은 18일
「다리는 안전하지 않다」고 밝혔다. 하루 1만1천여대가 우회하고 있다. 통행 재개 시점은 ‘미정’이라고 덧붙였다.
"""


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("We wrote to them in October", ENGLISH),
        ("We wrote to them in October - and again in January - but nobody came.", ENGLISH),
        ("We wrote to them in October—and again in January—but nobody came", ENGLISH),
        ("“We wrote to them in October”", ENGLISH),
        ("the pier’ had been inspected twice", ENGLISH),
        ('1,000 vehicles a day were "diverted"', ENGLISH),
        ("Well… we shall see,", ENGLISH),
        ("Well... we shall see", ENGLISH),
        ("AT&T's cables hang", ENGLISH),
        ("AT&amp;T’s cables hang", ENGLISH),
        ("the well\u2011known engineer of the \ufb01rm", ENGLISH),
        ("We wrote to them … but nobody came", ENGLISH),
        ("We wrote to them in October [...] but nobody came", ENGLISH),
        ("We wrote to them in October (…) but nobody came", ENGLISH),
        ("… but nobody came …", ENGLISH),
        ("We wrote to [the mayor] in October", ENGLISH),
        ("[N]obody came", ENGLISH),
        ("[w]e wrote to them", ENGLISH),
        ("Nous avons écrit à la mairie en octobre ; personne n'a répondu", FRENCH),
        ("Nous avons e\u0301crit a\u0300 la mairie en octobre", FRENCH),
        ("ne sera pas rouvert avant l'été", FRENCH),
        ("coûterait 11 000 €", FRENCH),
        ("Мы писали им в октябре и ещё раз в январе", CYRILLIC),
        ("Мы писали им в октябре и еще\u0308 раз".replace("еще\u0308", "ещ\u0435\u0308"), CYRILLIC),
        ("безопасность людей важнее всего", CYRILLIC),
        ("из-за трещины", CYRILLIC),
        ("우리는 10월에 편지를 보냈고 1월에도 다시 보냈다", HANGUL),
        (unicodedata.normalize("NFD", "우리는 10월에 편지를 보냈고"), HANGUL),
        ("다리는 안전하지 않다", HANGUL),
        ("아무도 오지 않았다 … 다리는 안전하지 않다", HANGUL),
        ("통행 재개 시점은 '미정'", HANGUL),
    ],
)
def test_stands_there_word_for_word(quotation: str, text: str) -> None:
    assert stands_in(quotation, text)


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("we wrote to them in October", ENGLISH),  # capitals count
        ("We wrote to them in november", ENGLISH),
        ("We wrote them in October", ENGLISH),
        ("but nobody came … We wrote to them", ENGLISH),  # not in this order
        ("wrote to them in Oct", ENGLISH),  # ends within a word
        ("rote to them", ENGLISH),  # begins within a word
        ("1,00", ENGLISH),
        ("000 vehicles a day", ENGLISH),
        ("inspected, twice", ENGLISH),
        ("Nous avons ecrit", FRENCH),  # an accent is part of the word
        ("11 000 €.", FRENCH.replace("€", "$")),
        ("Мы писали им в октябре и еще раз", CYRILLIC),
        ("мы писали им", CYRILLIC),
        ("писали им в октябр", CYRILLIC),
        ("우리는 11월에 편지를", HANGUL),
        ("다리는 안전하다", HANGUL),
        ("", ENGLISH),
        ("…", ENGLISH),
        ("[…]", ENGLISH),
        ("words", ""),
    ],
)
def test_does_not_stand_there(quotation: str, text: str) -> None:
    assert not stands_in(quotation, text)


def test_what_is_left_out_is_not_half_a_page() -> None:
    for characters, stands in ((LONGEST_GAP - 10, True), (LONGEST_GAP + 10, False)):
        assert stands_in("We wrote … nobody came", f"We wrote {'x' * characters} nobody came") is stands


def test_every_place_of_the_first_words_is_tried() -> None:
    far = "x " * LONGEST_GAP
    assert stands_in("The pier … is … closed", f"The pier {far} is {far} The pier that we know is now closed")
    assert not stands_in("The pier … is … closed", f"The pier {far} closed. The pier is {far} closed")


def test_many_gaps_on_a_hostile_page_take_no_time() -> None:
    assert not stands_in("a … " * 40 + "b", "a " * 20_000)


def test_words_broken_over_two_lines_in_print() -> None:
    page = "The in-\nspectors found a crack in the east-\n   ern pier, a well-\nknown weak point."
    assert stands_in("The inspectors found a crack in the eastern pier", page)
    assert stands_in("a well-known weak point", page)


def test_there_must_be_words() -> None:
    assert [has_words(text) for text in ("word", "… word", "…", "[word]", "“”.")] == [True, True, False, False, False]


def test_the_nearest_words_are_told() -> None:
    assert (
        find_nearest("We wrote to him in October and again in June", ENGLISH)
        == "We wrote to them in October-and again in January"
    )
    assert find_nearest("우리는 11월에 편지를 보냈고 1월에도", HANGUL) == "우리는 10월에 편지를 보냈고 1월에도"
    assert find_nearest("Nothing of this kind is anywhere", ENGLISH) == ""
    assert find_nearest("…", ENGLISH) == ""
    assert find_nearest("word", "") == ""


# What holds for every text

STEADY = settings(deadline=None, derandomize=True, database=None)
WORDS = st.text(st.sampled_from("abcdefghijяжшéöü가나다라北京 ,.;'\"-–1234"), min_size=1, max_size=60)
SPACES = st.sampled_from([" ", "\n", "\u00a0", "\u202f", "  ", "\t", " \n "])
HYPHENS = st.sampled_from(["-", "–", "—", "\u2011", " — ", " - "])
MARKS = st.sampled_from(["'", "’", "‘", '"', "“", "”", "«", "»"])
NOTHINGS = st.sampled_from(["", "", "", "\u00ad", "\u200b", "\u2060", "\ufeff"])
FORMS: st.SearchStrategy[Literal["NFC", "NFD", "NFKC", "NFKD"]] = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])


@st.composite
def retyped(draw: st.DrawFn) -> tuple[str, str]:
    """Words, and the same words as another program would have set them."""
    words = draw(WORDS)
    signs = []
    for sign in words:
        same = {" ": SPACES, "-": HYPHENS, "–": HYPHENS, "'": MARKS, '"': MARKS}.get(sign)
        signs.append(sign if same is None else draw(same))
        if sign.isalnum():
            signs.append(draw(NOTHINGS))
    form: Literal["NFC", "NFD", "NFKC", "NFKD"] = draw(FORMS)
    return words, unicodedata.normalize(form, "".join(signs))


@STEADY
@given(retyped())
def test_however_it_is_set_the_words_are_the_same(pair: tuple[str, str]) -> None:
    words, other = pair
    assume(has_words(words) and "..." not in fold(words).replace(" ", ""))
    assert fold(words).strip() == fold(other).strip()
    assert stands_in(words, f"Before: {other}\nafter")
    assert stands_in(other, f"Before: {words} after")


@STEADY
@given(WORDS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@STEADY
@given(
    st.lists(st.sampled_from(["the", "pier", "мост", "закрыт", "다리는", "fermé"]), min_size=3, max_size=12), st.data()
)
def test_words_left_out_are_bridged_and_words_put_in_are_noticed(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    cut = data.draw(st.integers(1, len(words) - 1))
    assert stands_in(f"{' '.join(words[:cut])} … {' '.join(words[cut:])}", text)
    assert not stands_in(" ".join([*words[:cut], "never", *words[cut:]]), text)


@STEADY
@given(st.text(), st.text())
def test_no_text_whatever_is_too_much(quotation: str, text: str) -> None:
    stands_in(quotation, text)
    find_nearest(quotation, text)
    if has_words(quotation):
        stands_in(quotation, quotation)

"""A term is explained where a page uses it first, and nowhere inside another word."""

import markdown
import pytest

from chronicle.pages.glossary import Glossary
from chronicle.pages.text import as_html, as_markdown

TERMS = {
    "NIS": "an <intelligence> service",
    "NIS chief": "its head",
    "R&D": "research",
    "Pier": 'a "wall" with `signs` and *stars*',
}


def test_a_term_is_explained_once_a_page() -> None:
    explain = Glossary(TERMS).for_page()
    first = as_html("The NIS and the NIS.", explain)
    assert first == 'The <abbr title="an &lt;intelligence&gt; service">NIS</abbr> and the NIS.'
    assert as_html("The NIS.", explain) == "The NIS."
    assert "<abbr" in as_html("The NIS.", Glossary(TERMS).for_page())


@pytest.mark.parametrize("words", ["the NISsan", "a non-NIS view", "UNIS", "nis"])
def test_a_term_inside_another_word_is_left_alone(words: str) -> None:
    assert as_html(words, Glossary(TERMS).for_page()) == words


def test_the_longest_term_wins_and_signs_of_html_are_no_hindrance() -> None:
    explain = Glossary(TERMS).for_page()
    assert ">NIS chief</abbr>" in as_html("The NIS chief spoke.", explain)
    assert ">R&amp;D</abbr>" in as_html("On R&D.", explain)


def test_an_explanation_survives_markdown_whatever_signs_it_holds() -> None:
    html = markdown.markdown(as_markdown("A Pier.[^a]", {"a": 1}, Glossary(TERMS).for_page()))
    assert "<em>" not in html
    assert "<code>" not in html
    assert '<abbr title="a &#34;wall&#34; with &#96;signs&#96; and &#42;stars&#42;">Pier</abbr>' in html


def test_terms_that_are_also_signs_of_html_leave_the_markup_whole() -> None:
    explain = Glossary({"amp": "a sign", "39": "a number", "em": "a dash"}).for_page()
    assert as_html("Smith & Sons' *pier*", explain) == "Smith &amp; Sons&#39; <em>pier</em>"


def test_no_terms_change_nothing() -> None:
    assert as_html("The NIS.", Glossary({}).for_page()) == "The NIS."

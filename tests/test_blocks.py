"""HTML blocks come out of Markdown as they went in, so they need not go in."""

import markdown
import pytest

from chronicle.site.blocks import anchors, put_back, set_aside

EXTENSIONS = ["admonition", "tables", "toc"]

INLINE = '<abbr title="x">NIS</abbr> counts.\n\n<em>Words</em> said.\n\n<sup>1</sup> last\n'
PAGE = """<header>
<h1>Title</h1>
</header>

A *paragraph*.<sup id="x"><a href="#fn:a">1</a></sup>

## Heading

<ol class="claims">
<li>One</li>
<li>Two &amp; three</li>
</ol>

!!! editors "From the editors"

    Words.

    <b>not a block of ours</b>

<p hidden>last</p>
"""


def _through(text: str) -> str:
    rest, blocks = set_aside(text)
    return put_back(markdown.markdown(rest, extensions=EXTENSIONS), blocks)


@pytest.mark.parametrize("text", [PAGE, INLINE, "<p>only</p>", "no block", "", "<p>one</p>\n\n<p>two</p>\n"])
def test_a_page_is_the_same_whether_its_blocks_went_through_markdown_or_not(text: str) -> None:
    assert _through(text) == markdown.markdown(text, extensions=EXTENSIONS)


def test_only_paragraphs_that_start_with_a_tag_are_set_aside() -> None:
    rest, blocks = set_aside(PAGE)
    assert [block.split("\n")[0] for block in blocks] == ["<header>", '<ol class="claims">', "<p hidden>last</p>"]
    assert "A *paragraph*.<sup" in rest
    assert "<b>not a block of ours</b>" in rest


def test_a_paragraph_that_starts_with_a_tag_within_a_line_stays_a_paragraph() -> None:
    assert set_aside(INLINE) == (INLINE, ())
    assert _through(INLINE).count("<p>") == 3


def test_the_places_in_blocks_are_known() -> None:
    assert anchors(('<li id="fn:a">x</li>', '<p data-id="no">y</p><p class="z" id="claim-1">z</p>')) == {
        "fn:a",
        "claim-1",
    }

"""The HTML blocks of our Markdown, set aside while it is read: Markdown would only hand them on, having parsed every tag."""

import re

_TAGS = "header|footer|section|nav|div|dl|ol|ul|table|h1|h2|h3|p|script"
_BLOCK = re.compile(rf"(?:\A|(?<=\n\n))<(?:{_TAGS})\b[^\n]*(?:\n[^\n]+)*")
_ANCHOR = re.compile(r' id="([^"]+)"')
_KEPT = re.compile(r"<!--block (\d+)-->")


def set_aside(markdown: str) -> tuple[str, tuple[str, ...]]:
    """The Markdown with a short comment in place of each block, and the blocks.

    A block is a paragraph that starts with the tag of one, as our templates write them: without an empty line inside.
    """
    blocks: list[str] = []

    def keep(found: re.Match[str]) -> str:
        blocks.append(found[0])
        return f"<!--block {len(blocks) - 1}-->"

    return _BLOCK.sub(keep, markdown), tuple(blocks)


def put_back(html: str, blocks: tuple[str, ...]) -> str:
    """The page’s HTML with every block where it stood."""
    return _KEPT.sub(lambda found: blocks[int(found[1])], html)


def anchors(blocks: tuple[str, ...]) -> set[str]:
    """The names of the places in the blocks that a link may lead to."""
    return {name for block in blocks for name in _ANCHOR.findall(block)}

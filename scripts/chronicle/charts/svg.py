"""SVG as elements: built as a tree and written once, so that no text of an entry can become markup."""

from xml.etree.ElementTree import Element, tostring

Value = str | float


def make(tag: str, attributes: dict[str, Value] | None = None, *children: Element | str) -> Element:
    """An element with its attributes (`class_` for `class`, numbers to a tenth) and its children, or a text."""
    element = Element(tag, {name.rstrip("_"): _say(value) for name, value in (attributes or {}).items()})
    for child in children:
        if isinstance(child, str):
            element.text = flat(child)
        else:
            element.append(child)
    return element


def percent(fraction: float) -> str:
    """A part of the width: 0.345 is `34.5%`; a hundredth of a per cent is a tenth of a pixel."""
    return f"{fraction * 100:.2f}".rstrip("0").rstrip(".") + "%"


def flat(text: str) -> str:
    """A text on one line: a blank line would end the block of HTML that a drawing stands in."""
    return " ".join(text.split())


def write(root: Element) -> str:
    """The drawing as text, for HTML: without the namespace that a file of its own would need."""
    return tostring(root, encoding="unicode")


def _say(value: Value) -> str:
    return flat(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")

"""A stream as Atom (RFC 4287).

It is written with the standard library, which escapes what it is given. A library of its own, feedgen, would take the
moment of the build for `updated`, and brings lxml to write what are a dozen elements.
"""

from datetime import date
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from chronicle.addresses import absolute
from chronicle.exports.feeds.streams import Post, Stream
from chronicle.model import Chronology


def write_atom(stream: Stream, chronology: Chronology) -> str:
    """The document of a stream, in UTF-8."""
    setting = chronology.setting
    here = absolute(chronology, stream.heading.path)
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": setting.language})
    _say(feed, "id", stream.heading.name)
    _say(feed, "title", stream.heading.title)
    _say(feed, "subtitle", stream.about)
    _say(feed, "updated", moment(stream.updated))
    _link(feed, "self", f"{here}.xml", "application/atom+xml")
    _link(feed, "alternate", stream.heading.page, "text/html")
    _link(feed, "alternate", f"{here}.json", "application/feed+json")
    _link(feed, "license", setting.licence.url)  # RFC 4946
    _say(SubElement(feed, "author"), "name", stream.heading.by)
    _say(feed, "rights", stream.heading.rights)
    for post in stream.posts:
        _add(post, feed, absolute(chronology, "topics/"))
    ElementTree.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def moment(day: date) -> str:
    """A day as the moment that both formats ask for (RFC 3339): its beginning, in universal time."""
    return f"{day.isoformat()}T00:00:00Z"


def _add(post: Post, feed: Element, scheme: str) -> None:
    entry = SubElement(feed, "entry")
    _say(entry, "id", post.name)
    _say(entry, "title", post.title)
    _link(entry, "alternate", post.address, "text/html")
    _say(entry, "published", moment(post.published))
    _say(entry, "updated", moment(post.updated))
    if post.brief:
        _say(entry, "summary", post.brief)
    _say(entry, "content", post.html, type="html")
    for slug, name in post.topics:
        SubElement(entry, "category", {"term": slug, "scheme": scheme, "label": name})


def _say(element: Element, name: str, words: str, **attributes: str) -> None:
    SubElement(element, name, attributes).text = words


def _link(element: Element, relation: str, address: str, kind: str = "") -> None:
    SubElement(element, "link", {"rel": relation, **({"type": kind} if kind else {}), "href": address})

"""A stream as JSON Feed 1.1."""

import json
from collections.abc import Mapping
from typing import Any

from chronicle.addresses import absolute
from chronicle.exports.feeds.atom import moment
from chronicle.exports.feeds.streams import Post, Stream
from chronicle.model import Chronology


def write_json_feed(stream: Stream, chronology: Chronology) -> str:
    """The document of a stream."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": stream.heading.title,
        "home_page_url": stream.heading.page,
        "feed_url": absolute(chronology, f"{stream.heading.path}.json"),
        "description": stream.about,
        "language": chronology.setting.language,
        "authors": [{"name": stream.heading.by}],
        "items": list(map(_item, stream.posts)),
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _item(post: Post) -> Mapping[str, Any]:
    return {
        "id": post.name,
        "url": post.address,
        "title": post.title,
        **({"summary": post.brief} if post.brief else {}),
        "content_html": post.html,
        "content_text": "\n\n".join(post.text),
        "date_published": moment(post.published),
        "date_modified": moment(post.updated),
        "tags": [name for _, name in post.topics],
    }

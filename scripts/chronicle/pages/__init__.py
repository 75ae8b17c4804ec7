"""The pages of a chronology: from its records to the Markdown that a site generator reads."""

from chronicle.pages.book import make_pages, make_redirects

__all__ = ["make_pages", "make_redirects"]

"""The pages of a chronology: from its records to the Markdown that a site generator reads."""

from chronicle.pages.book import Page, make_pages, make_redirects

__all__ = ["Page", "make_pages", "make_redirects"]

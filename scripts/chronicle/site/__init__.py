"""The site: its folder of pages, what a rebuild may leave standing, and the index for its search."""

from chronicle.site.docs import LEDGER, Edition, build_docs, make_everything, published_at

__all__ = ["LEDGER", "Edition", "build_docs", "make_everything", "published_at"]

"""Keeping entries true for years: whether links answer, copies are archived, and quotations stand in their sources."""

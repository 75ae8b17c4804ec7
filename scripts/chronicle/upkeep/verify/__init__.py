"""Verify: whether each quotation stands in its source word for word, and each number somewhere in it."""

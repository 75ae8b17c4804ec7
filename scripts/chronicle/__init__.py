"""Turns curated YAML entries with source links into the pages of an annotated chronology."""

"""YAML as people write it: read with the place of every value, examined for what it hides, changed and grown in place."""

from chronicle.yamlfile.reading import (
    HIDDEN,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Plain,
    Route,
    YamlFile,
    read_yaml,
)
from chronicle.yamlfile.skirting import read_around
from chronicle.yamlfile.source import LINE_END

__all__ = [
    "HIDDEN",
    "LINE_END",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_PROBLEMS",
    "MAX_VALUES",
    "Plain",
    "Route",
    "YamlFile",
    "read_around",
    "read_yaml",
]

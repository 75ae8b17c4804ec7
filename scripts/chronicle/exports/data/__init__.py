"""The data of a chronology for programs: everything that its pages show, as JSON with its schemas."""

from chronicle.exports.data.making import make_data, with_index

__all__ = ["make_data", "with_index"]

"""What can be wrong with a YAML file, in words that ask for no knowledge of YAML."""

import re
from typing import Final, NamedTuple


class Fault(NamedTuple):
    """What is wrong, and how to mend it."""

    what: str
    mend: str


class SyntaxFault(NamedTuple):
    """A fault known by what the parser says, and by the line before and after the place it points at.

    `{sign}` in `what` is the character at the place; `at_opening` is the place where the broken thing begins.
    """

    message: str
    what: str
    mend: str
    before: str = ""
    after: str = ""
    at_opening: bool = False


_QUOTE_OR_REMOVE = "If the sign belongs to the text, put the whole value in quotes; if not, remove it."
_IN_QUOTES = 'Put the whole value in straight quotation marks, "…"; curly ones do not count.'
_TWICE = "a quotation mark of the same kind inside '…' is written twice ('')."
_COLON = "A value without quotes holds a colon, which YAML reads as the end of a key."
_SIGN = "A value without quotes cannot begin with “{sign}”."

ALIAS: Final = Fault("`*` refers to a value elsewhere (a YAML alias), which is not allowed.", _QUOTE_OR_REMOVE)
ANCHOR: Final = Fault("`&` gives the value a label (a YAML anchor), which is not allowed.", _QUOTE_OR_REMOVE)
TAG: Final = Fault("`!` gives the value a type (a YAML tag), which is not allowed.", _QUOTE_OR_REMOVE)
MERGE_KEY: Final = Fault("The key `<<` copies keys from elsewhere, which is not allowed.", "Write the keys out here.")
NO_TEXT_KEY: Final = Fault(
    "A key must be text and cannot be empty.",
    "Write `key: value`; if a bracket or a colon belongs to the text, put the whole text in quotes.",
)
KEY_OUT_OF_PLACE: Final = "A key cannot stand here: it is indented too far, or the line above lacks its colon."
EMPTY_FILE: Final = Fault("This file says nothing.", "Write at least one line `key: value`, or remove the file.")
NO_MAPPING: Final = Fault("This file must consist of keys with values.", "Begin it with a line `key: value`.")
SECOND_DOCUMENT: Final = Fault(
    "A second document begins here.", "Remove the line `---`, or put what follows in a file of its own."
)
DIRECTIVE: Final = Fault(
    "A line that begins with `%` is a command to YAML, which is not allowed.",
    "Remove the line; if the sign belongs to a text, put the whole text in quotes.",
)
HIDDEN_CODE: Final = Fault(
    "A code with a backslash in this value stands for a character that nobody can see.", "Remove the code."
)
TAB: Final = Fault("A tab stands where blanks belong.", "Put blanks in its place.")
WIDE_BLANK: Final = Fault(
    "A sign that looks like a blank and is none stands where the line is indented.", "Put a blank in the place of each."
)
CUT_VALUE: Final = Fault(
    "YAML takes this `#` and the rest of the line for a comment, so the value ends before it.",
    "If it belongs to the text, put the value in quotes; if not, put two blanks before `#` and one after it.",
)
UNREADABLE: Final = Fault(
    "YAML cannot read this.",
    "Compare this line and the one above with a good entry: indentation, colons, quotes.",
)
UTF_16: Final = Fault("This file is not in UTF-8; it may be in UTF-16.", "Save it again with the encoding UTF-8.")


def too_large(bytes_: int, most: int) -> Fault:
    """Refuse a file of so many bytes."""
    what = f"This file has {bytes_:,} bytes; no file may have more than {most:,}."
    return Fault(what, "Divide it into several files.")


def too_many_values(most: int) -> Fault:
    """Refuse a file with more values than so many."""
    return Fault(f"This file has more than {most:,} values; this one is too many.", "Divide it into several files.")


def too_deep(most: int) -> Fault:
    """Refuse values within values within values …"""
    return Fault(f"Values stand within one another more than {most} deep.", "Take away brackets or indentation.")


def not_utf_8(byte: int) -> Fault:
    """Refuse a byte that is not part of any character."""
    what = f"The byte {byte:#04x} is not UTF-8, so nobody can tell which character stands here."
    return Fault(what, "Save the file again with the encoding UTF-8.")


def hidden_character(sign: str, name: str) -> Fault:
    """Refuse a character that cannot be seen, or that reorders the text around it."""
    what = f"A character that nobody can see stands here: U+{ord(sign):04X}, {name}."
    return Fault(what, "Remove it; if the text was copied from elsewhere, type this part again.")


def duplicate_key(key: str, line: int) -> Fault:
    """Refuse a key that its mapping already has, on that line."""
    what = f"The key `{key}` stands here once more; it is already on line {line}."
    return Fault(what, "Keep one of the two, or bring together what they say; another entry needs a file of its own.")


def no_blank(key: str) -> Fault:
    """Explain a key whose colon sticks to its value, or is not a plain colon."""
    return Fault(
        f"After the key `{key}` no colon with a blank follows.",
        f"Write `{key}: ` with a plain colon and a blank.",
    )


def find_syntax_fault(message: str, before: str, after: str) -> SyntaxFault:
    """Return what a message of the parser means, given the line before and after the place it points at."""
    return next(
        fault
        for fault in SYNTAX_FAULTS
        if re.search(fault.message, message) and re.search(fault.before, before) and re.match(fault.after, after)
    )


# The first that fits is taken. The parsers in C and in Python say some things differently.
SYNTAX_FAULTS = (
    SyntaxFault("mapping values", _COLON, _IN_QUOTES, before=r":\s"),
    SyntaxFault("unexpected ':'", _COLON, _IN_QUOTES),
    SyntaxFault("',' or", _COLON, _IN_QUOTES, before=r":\s", after=":"),
    SyntaxFault(
        "mapping values",
        KEY_OUT_OF_PLACE,
        "Begin the key in the column of its neighbours, and put a colon after the key above.",
    ),
    SyntaxFault(
        "could not find expected ':'",
        "This line is neither a key with a colon nor an entry of a list.",
        "Write `key: value` or `- entry`; if it continues the text above, indent it further than its key.",
        at_opening=True,
    ),
    SyntaxFault("cannot start any token", *TAB, after="\t"),
    SyntaxFault("tab character", *TAB),
    SyntaxFault("cannot start any token|mapping keys", _SIGN, _IN_QUOTES),
    SyntaxFault(r"ing an? (anchor|alias|tag)\b|undefined tag", _SIGN, _IN_QUOTES, at_opening=True),
    SyntaxFault(r"ing a (%\w+ )?directive|duplicate %|incompatible", *DIRECTIVE, at_opening=True),
    SyntaxFault(
        "sequence entries",
        "A list cannot begin on the line of its key.",
        "Begin each entry with `- ` on its own line; if the hyphen belongs to the text, quote the value.",
    ),
    SyntaxFault(
        "quoted scalar.*(end of stream|document)",
        "The quotation mark that stands here is never closed.",
        f"Close it at the end of the value; {_TWICE}",
        at_opening=True,
    ),
    SyntaxFault(
        "escape|hexdecimal|hexadecimal",
        "Between double quotation marks a backslash begins a code, and this one does not exist.",
        "Put the value in single quotation marks, or write the backslash twice.",
    ),
    SyntaxFault(
        "scanning a block scalar",
        "After `|` or `>` nothing more can stand on the line.",
        "Begin the text on the next line, indented; if the sign belongs to the text, quote the value.",
        at_opening=True,
    ),
    SyntaxFault(
        "parsing a block (mapping|collection)",
        "The value goes on after its closing quotation mark.",
        f"Put one pair of quotation marks around the whole value; {_TWICE}",
        before=r"['\"]\s*$",
    ),
    SyntaxFault(
        "parsing a block (mapping|collection)",
        "The value goes on after its bracket.",
        _IN_QUOTES,
        before=r"[\]}]\s*$",
    ),
    SyntaxFault(
        "parsing a block mapping",
        "An entry of a list stands where a key belongs.",
        "Put the hyphen in the column of the other entries, or write a key for the list above it.",
        after=r"-\s",
    ),
    SyntaxFault(
        "parsing a block collection",
        "This line stands in the column of a list and is not one of its entries.",
        "Begin it with `- `, or indent it further if it belongs to the entry above.",
    ),
    SyntaxFault(
        "parsing a block mapping",
        "This line does not stand in the column of its neighbours.",
        "Indent it like the keys above; text over several lines is indented further than its key.",
    ),
    SyntaxFault(
        "',' or",
        "The bracket that stands here is not closed, or a comma is missing between two entries.",
        "Put commas between entries and close the bracket; quote entries with commas, colons or brackets.",
        at_opening=True,
    ),
    SyntaxFault("node content", "The file ends before a bracket is closed.", "Close the bracket.", after="$"),
    SyntaxFault("node content", _SIGN, _IN_QUOTES),
    SyntaxFault(
        "expected '?<document start",
        "The file goes on after its end.",
        "Remove what ends it too early: a line `...`, or a bracket or a quoted text that has no key.",
    ),
    SyntaxFault("", *UNREADABLE),
)

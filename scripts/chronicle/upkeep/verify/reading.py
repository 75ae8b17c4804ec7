"""What can be read on a page or in a PDF: its article, and all of its words, found in a process of its own.

Pages are made by strangers. What they do to a parser here (crash it, fill its memory, keep it busy for ever) ends with that
process, and is told as UnreadableError. What is done with the texts afterwards is done outside it, without its limits.
"""

import io
import logging
import multiprocessing
import re
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.pool import Pool
from types import TracebackType
from typing import Final, Self

import pypdf
import trafilatura
from lxml import etree, html

from chronicle.net import Answer

_HTML: Final = ("text/html", "application/xhtml+xml", "")
_LONGEST: Final = 4_000_000  # characters of a page, and of what is read in it
_MOST_PAGES: Final = 400
_MEMORY: Final = 3 * 1024**3
_SECONDS: Final = 60.0
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNSEEN: Final = ("script", "style", "template", "svg", "iframe")
_PHRASE: Final = (  # what stands within a line, and parts no words
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby s samp small span "
    "strike strong sub sup time tt u var wbr"
)
_INLINE: Final = frozenset(_PHRASE.split())


class UnreadableError(Exception):
    """What was fetched cannot be read; the text is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What can be read: the article as far as it was found, and everything that is there."""

    article: str
    whole: str

    @property
    def every(self) -> tuple[str, ...]:
        """The article first, since what stands there cannot be a headline of something else."""
        return tuple(dict.fromkeys(filter(None, (self.article, self.whole))))


class Reader:
    """Reads answers one by one; to be opened with `with`."""

    def __init__(self, seconds: float = _SECONDS, read: Callable[[str, bytes], Texts] | None = None) -> None:
        self._seconds = seconds
        self._read = read or read_texts
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        """Gets ready to read; the process is started when there is something to read."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the process."""
        self._end()

    def read(self, answer: Answer) -> Texts:
        """What can be read in an answer; raises UnreadableError."""
        kind = kind_of(answer)
        content = answer.body if kind == "pdf" else answer.text[:_LONGEST].encode("utf-8", errors="replace")
        if self._pool is None:
            self._pool = multiprocessing.get_context("spawn").Pool(1, _prepare_process)
        try:
            return self._pool.apply_async(self._read, (kind, content)).get(self._seconds)
        except multiprocessing.TimeoutError as error:
            self._end()
            raise UnreadableError("it cannot be read within a reasonable time") from error
        except MemoryError as error:
            raise UnreadableError("it takes more memory to read than we have") from error

    def _end(self) -> None:
        if self._pool:
            self._pool.terminate()
            self._pool.join()
        self._pool = None


def kind_of(answer: Answer) -> str:
    """`html`, `pdf` or `text`; raises UnreadableError for what has no words, such as a picture."""
    media_type = answer.media_type
    if answer.body.startswith(b"%PDF-") or media_type == "application/pdf":
        return "pdf"
    if media_type in _HTML:
        return "html"
    if media_type.startswith("text/") or media_type.endswith(("json", "xml")):
        return "text"
    raise UnreadableError(f"it is neither a page nor a PDF, but {media_type[:60]}")


def read_texts(kind: str, content: bytes) -> Texts:
    """The texts in a page (as UTF-8), a PDF or a plain text; raises UnreadableError."""
    if kind == "text":
        return Texts("", content.decode("utf-8"))
    try:
        return _read_pdf(content) if kind == "pdf" else read_page(content.decode("utf-8"))
    except MemoryError:
        raise
    except Exception as error:  # the libraries raise whatever a broken file makes them stumble over
        raise UnreadableError(f"its content is broken ({type(error).__name__})") from error


def read_page(text: str) -> Texts:
    """The article of an HTML page, and all its words, one block a line."""
    text = _CONTROL.sub(" ", text)
    if not text.strip():
        return Texts("", "")
    article = trafilatura.extract(text, include_comments=False, include_tables=True, favor_recall=True) or ""
    _, told, _ = trafilatura.baseline(text)  # also what a page keeps for search engines, as JSON-LD
    return Texts(article[:_LONGEST], f"{_all_words(text)}\n{told}"[:_LONGEST])


def _all_words(text: str) -> str:
    page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(page, *_UNSEEN, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in page.iter(etree.Element):
        if element.tag not in _INLINE:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    described = [
        str(content) for content in page.xpath("//meta[@name='description' or @property='og:description']/@content")
    ]
    return "\n".join([str(page.text_content()), *described])


def _read_pdf(content: bytes) -> Texts:
    pdf = pypdf.PdfReader(io.BytesIO(content))
    if pdf.is_encrypted:
        with suppress(pypdf.errors.PyPdfError):
            pdf.decrypt("")
    pages: Iterator[str] = (page.extract_text() for page in pdf.pages[:_MOST_PAGES])
    return Texts("", "\n".join(pages)[:_LONGEST])


def _prepare_process() -> None:
    """Keeps the process that reads quiet, and from taking all memory where the system knows how to; we end it ourselves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  (there is none on other systems)

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))

"""A web page's title, text, day and outlet, by trafilatura."""

import re

import trafilatura
from lxml import html as lxml_html  # type: ignore[import-untyped]

from pipeline.errors import InputError
from pipeline.model import Report
from pipeline.read.clean import as_read, check_size, content_id
from pipeline.read.days import published_day
from pipeline.read.encoding import decode
from pipeline.read.language import detect_language
from pipeline.read.types import ReadOptions

_META_CHARSET = re.compile(rb"""charset=["']?\s*([\w-]+)""", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_SAMPLE = re.compile(r"""<meta\b(?=[^>]*\bname=["']?sample\b)[^>]*\bcontent=["']?true\b""", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|table|tr|td|font|script|style)\b[^<>]*>", re.IGNORECASE
)
_BLOCKS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
# Only what a page says outright: a day guessed from its footer would move every relative day of the report.
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1995-01-01"}


def looks_like_html(text: str) -> bool:
    """True for a whole page, whatever its file is called."""
    return bool(_DOCUMENT.match(text[:4000]))


def marked_sample(page: str) -> bool:
    """True where the page's head says `<meta name="sample" content="true">`, as the pages of samples/ do."""
    return bool(_SAMPLE.search(_BODY.split(page, maxsplit=1)[0]))


def strip_tags(text: str) -> str:
    """A plain text with the tags and entities that were left in it taken out; a text without tags is not touched."""
    if not _TAG.search(text):
        return text
    fragment = lxml_html.fromstring(f"<div>{_BLOCKS.sub(chr(10), text)}</div>")
    for unseen in fragment.iter("script", "style"):
        unseen.text = ""
    lines = (" ".join(line.split()) for line in str(fragment.text_content()).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def decode_page(data: bytes, header_charset: str | None = None) -> str:
    """The page as text: by the HTTP header's charset or the meta tag's where they fit, else by what the bytes say."""
    meta = _META_CHARSET.search(data[:4096])
    return decode(data, header_charset or (meta.group(1).decode("ascii") if meta else None)).text


def read_page(page: str, source: str, options: ReadOptions, url: str | None = None) -> Report:
    """The report told by one page of HTML.

    Raises InputError where the page holds no article.
    """
    document = trafilatura.bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    text = as_read(document.text or "") if document is not None and not isinstance(document, dict) else ""
    if document is None or isinstance(document, dict) or not text.strip():
        raise InputError("holds no article that could be found: save its text as .txt")
    check_size(text, options.max_chars)
    address = url or document.url or None
    return Report(
        report_id=content_id(text, address),
        text=text,
        published=published_day(document.date) or options.published,
        publisher=options.publisher or document.sitename or document.hostname or None,
        title=document.title or None,
        url=address,
        lang=detect_language(text),
        source=source,
        is_sample=marked_sample(page),
    )

"""From bytes to text, where nobody says which encoding it is.

Arabic news archives come in UTF-8, in UTF-16 and, often, in windows-1256; a few in ISO-8859-6. Every single-byte
encoding "decodes" every file, so what is decoded is judged by whether it looks like Arabic or like English.
"""

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from pipeline.errors import InputError

_SIGNATURES = (
    (b"%PDF", "a PDF file"), (b"PK\x03\x04", "a zip, Word or Excel file"), (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"SQLite format 3", "a database"), (b"\x7fELF", "a program"), (b"PAR1", "a Parquet file"),
    (b"RIFF", "a sound or film file"), (b"\x1f\x8b", "a gzip file"),
)  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_ARABIC = re.compile("[\u0621-\u064a\u067e-\u06d5]")
_ARABIC_WORD = re.compile(
    r"(?<![\u0621-\u064a])(?:في|من|على|الى|إلى|عن|ان|أن|التي|الذي|مع|هذا|هذه|كان|قد|بعد|ال[\u0621-\u064a]{2,})(?![\u0621-\u064a])"
)
_BROKEN = re.compile("[\ufffd\x80-\x9f]|[\u0621-\u064a][\u00c0-\u00ff]|[\u00c0-\u00ff][\u0621-\u064a]")
_MOJIBAKE = re.compile("[طظ][\u0080-\u00ff\u2018-\u2026\u0679-\u06d2¦§©ھ]|[ØÙ][\u0080-\u00ff\u2018-\u2026]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Decoded(NamedTuple):
    """A text and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`, newlines not yet touched.

    `declared` is what a header or a meta tag claims; it is not believed where the bytes say otherwise.

    Raises InputError where the data is no text, or in no encoding that makes sense of it.
    """
    for start, kind in _SIGNATURES:
        if data.startswith(start):
            raise InputError(f"is {kind}, not text: save the report as .txt (UTF-8) or .html")
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(data.decode(name, errors="replace"), name.removesuffix("-sig"))
    decoded = _utf16(data) or _utf8(data) or _single_byte(data, declared)
    if decoded is None:
        raise InputError("is binary, or in an encoding that could not be told: save it as UTF-8 text")
    if _is_binary(decoded.text):
        raise InputError("is binary, not text: more than one character in a hundred is a control character")
    return decoded


def _utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        wide = sum(char > "\x7f" for char in text)
        if text.count("\ufffd") * 50 > wide:  # a cut-off tail or a stray byte is forgiven; another encoding is not
            return None
        return Decoded(text, "utf-8")
    return _unmangle(text) or Decoded(text, "utf-8")


def _unmangle(text: str) -> Decoded | None:
    """UTF-8 that was once read as windows-1256 or 1252 and saved again ("ط§ظ„") is turned back, where that succeeds."""
    sample = text[:4000]
    if len(_MOJIBAKE.findall(sample)) * 4 < len(sample.strip()):
        return None
    for wrong in ("cp1256", "cp1252"):
        try:
            mended = text.encode(wrong).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if _ARABIC_WORD.search(mended):
            return Decoded(mended, f"utf-8 twice, by way of {wrong}")
    return None


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: every other byte of Arabic or Latin text is then 0 or 6, which no UTF-8 text has."""
    if len(data) < 4 or len(data) % 2:
        return None
    for at, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = data[at:4000:2]
        if sum(byte in (0, 6) for byte in high) >= 0.9 * len(high):
            try:
                return Decoded(data.decode(name), name)
            except UnicodeDecodeError:
                continue
    return None


def _single_byte(data: bytes, declared: str | None) -> Decoded | None:
    names = ["windows-1256", "iso-8859-6"]
    if declared and declared.lower() not in ("utf-8", "utf8", "unicode", *names) and _known(declared):
        names.insert(0, declared)
    best: tuple[float, Decoded] | None = None
    for name in names:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        score = _plausible(text)
        if score > 0 and (best is None or score > best[0]):
            best = (score, Decoded(text, name))
    if best:
        return best[1]
    guess = None if b"\x00" in data else from_bytes(data[:200_000]).best()
    if guess is None:
        return None
    text = data.decode(guess.encoding, errors="replace")
    return None if _BROKEN.search(text) else Decoded(text, guess.encoding)


def _known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _plausible(text: str) -> float:
    """Above 0 where `text` looks like Arabic; the more, the surer."""
    letters = len(_ARABIC.findall(text))
    if letters < 3:
        return 0.0
    words = sum(len(found) for found in _ARABIC_WORD.findall(text))
    return (words - 8.0 * len(_BROKEN.findall(text))) / letters


def _is_binary(text: str) -> bool:
    sample = text[:100_000]
    return len(_CONTROL.findall(sample)) * 100 > len(sample)

"""Text from reports made safe to show: as itself in HTML, as itself in Markdown, and without tricks of direction."""

import html
import re
import unicodedata
from urllib.parse import urlsplit

_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F])
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=@/])")


def plain(text: object) -> str:
    """The text without control characters and without marks that turn its direction: it cannot feign another text."""
    kept = str(text).translate(_DIRECTION)
    return "".join(char for char in kept if char in "\n\t" or unicodedata.category(char) != "Cc")


def markup(text: object) -> str:
    """The text as HTML that shows exactly it."""
    return html.escape(plain(text), quote=True)


def isolated(text: object) -> str:
    """The same, in a box of its own direction, so that it does not reorder what stands around it."""
    return f'<bdi dir="auto">{markup(text)}</bdi>'


def unmarked(text: object) -> str:
    """The text as Markdown that shows exactly it, in one line: for labels of buttons, which Streamlit reads as such."""
    return _MARKDOWN.sub(r"\\\1", " ".join(plain(text).split()))


def web_address(url: object) -> str | None:
    """The address where it is a web page's, else None: no javascript:, no data:, no file:, nothing with a control."""
    text = str(url or "").strip()
    if not text or any(unicodedata.category(char) in ("Cc", "Cf", "Zs") for char in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.netloc else None

"""The brief as PDF, by WeasyPrint (docs/decisions/brief-as-pdf.md says why)."""

from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_amiri  # type: ignore[import-untyped]

from pipeline.errors import StoreError

_NEEDS = (
    "a PDF needs Pango, which is no Python package: install it (Debian: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0), or export the brief as HTML and print it from the browser"
)
# The fonts of the pinned package, wherever that is: what a machine happens to have installed is not relied upon.
_FONTS = {"file:///brief-regular.ttf": "Amiri-Regular.ttf", "file:///brief-bold.ttf": "Amiri-Bold.ttf"}
FONT_FACE = "".join(
    f'@font-face {{ font-family: "Brief"; font-weight: {weight}; src: url("{url}") }}'
    for url, weight in zip(_FONTS, ("normal", "bold"), strict=True)
)


def write_pdf(page: str, path: Path) -> None:
    """Writes the page, which may name the font "Brief" by FONT_FACE, as PDF.

    Raises StoreError where the machine lacks Pango.
    """
    fetch = fetcher()
    import weasyprint  # type: ignore[import-untyped]

    weasyprint.HTML(string=page, url_fetcher=fetch).write_pdf(path)


@cache
def fetcher() -> Any:
    """What WeasyPrint fetches with: it gives the fonts and nothing else, for a brief is made without network or files,
    whatever a report's text says.
    """
    try:
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]
    except OSError:
        raise StoreError(_NEEDS) from None

    class OnlyTheFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if url not in _FONTS:
                raise ValueError(f"a brief fetches nothing, and so not {url}")
            path = Path(fontpkg_amiri.__file__).parent / "files" / _FONTS[url]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    return OnlyTheFonts()

"""What reading is told, and what it says where it cannot read."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read. `published` and `publisher` stand in where a source does not say."""

    published: date | None = None
    publisher: str | None = None
    allow_private: bool = False  # web addresses in private ranges: off, so that no feed can reach into a network
    archive: Path | None = None  # raw web pages are kept here by their sha256; None: not kept
    max_bytes: int = 64_000_000  # of one file read whole; JSON Lines, WARC and tables are streamed
    max_chars: int = 1_000_000  # of one report: a longer one is no news report
    timeout: float = 30.0  # seconds one web request may take, all in all
    delay: float = 1.0  # seconds between two requests to one site
    max_page: int = 16_000_000  # bytes of one web page
    mapping: str | None = None  # the dataset mapping to use, where the header does not tell


@dataclass(frozen=True, slots=True)
class Failure:
    """One source, or one line of one, that could not be read: whose fault, and what to do. The rest went on."""

    source: str  # path, path:line, or address
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"

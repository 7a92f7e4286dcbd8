"""Raw pages, kept under the sha256 of their bytes, so that what was read can be shown again."""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple


class Archived(NamedTuple):
    """Where a page's bytes lie, below the archive's folder."""

    sha256: str
    path: str


def archive(body: bytes, folder: Path, suffix: str = ".html") -> Archived:
    """Keeps `body` once: the same bytes have the same place. The file appears whole or not at all."""
    digest = hashlib.sha256(body).hexdigest()
    path = folder / digest[:2] / f"{digest}{suffix}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        temporary.write_bytes(body)
        temporary.replace(path)
    return Archived(digest, str(path.relative_to(folder)))

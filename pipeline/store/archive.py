"""The bytes of what was read, kept by their sha256, so that every report can be checked against what came in."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import StoreError


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it came in."""

    sha256: str
    archived_path: str  # below the archive folder
    size: int  # bytes


def keep(archive: Path, source: Path) -> Document:
    """Copy the bytes of `source` into the archive, unless they are there.

    Raises StoreError where they cannot be written. A killed copy leaves no half file under a hash's name.
    """
    digest = hashlib.sha256()
    try:
        archive.mkdir(parents=True, exist_ok=True)
        partial = archive / f".partial-{os.getpid()}"
        size = 0
        try:
            with source.open("rb") as coming, partial.open("wb") as kept:
                while block := coming.read(1 << 20):
                    digest.update(block)
                    size += kept.write(block)
            sha256 = digest.hexdigest()
            path = archive / sha256[:2] / f"{sha256}{source.suffix.lower()}"
            path.parent.mkdir(exist_ok=True)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"{source} cannot be kept in the archive {archive} ({error.strerror}): free some space or allow writing "
            "there, then run again."
        ) from error
    return Document(sha256, str(path.relative_to(archive)), size)

"""Whether everything that the pipeline and the dashboard stand on is there and whole. Changes nothing."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from geodata.gazetteer import Gazetteer, GazetteerError
from pipeline.backup.database import check_sqlite
from pipeline.errors import FetchError, PipelineError, StoreError
from pipeline.snapshot import open_current
from pipeline.store.database import HEAD
from pipeline.text.lexicon import LANGUAGES
from pipeline.text.lexicon import load as load_lexicon

LEAST_SPACE = 200_000_000  # bytes free where store and snapshot lie
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, and what was seen or what to do."""

    name: str
    ok: bool
    told: str


def health(address: str, root: Path, *, deep: bool = False, url: str | None = None) -> list[Check]:
    """Looks at the store at `address`, the snapshots in `root`, lexicons, gazetteer, disk, and a dashboard at `url`.

    `deep` reads every page of a SQLite store and every byte of the snapshot: minutes where they are large.
    """
    looks: dict[str, Callable[[], str]] = {
        "store": lambda: _store(address, deep=deep),
        "snapshot": lambda: _snapshot(root, deep=deep),
        "lexicons": _lexicons,
        "gazetteer": lambda: f"{len(Gazetteer.load().places)} places",
        "disk": lambda: _disk(root),
    }
    if url:
        looks["dashboard"] = lambda: _dashboard(url)
    return [_look(name, look) for name, look in looks.items()]


def _look(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except (PipelineError, GazetteerError) as error:
        return Check(name, False, str(error))


def _store(address: str, *, deep: bool) -> str:
    url = make_url(address if "://" in address else f"sqlite:///{address}")
    if url.get_backend_name() == "sqlite":
        return _sqlite(Path(url.database or ""), deep=deep)
    engine = sa.create_engine(url, connect_args={"connect_timeout": int(_SECONDS)})
    try:
        with engine.connect() as connection:
            version = str(connection.scalar(sa.text("select version_num from alembic_version")))
            count = int(connection.scalar(sa.text("select count(*) from reports")) or 0)
    except sa.exc.SQLAlchemyError as error:
        shown = url.render_as_string(hide_password=True)
        raise StoreError(f"{shown} does not answer as a store ({type(error).__name__}): is it running?") from error
    finally:
        engine.dispose()
    return _told(version, count)


def _sqlite(path: Path, *, deep: bool) -> str:
    if not path.is_file():
        raise StoreError(f"There is no store at {path}: `python -m pipeline run samples/*.jsonl` makes one.")
    try:
        # read only: looking must neither make a store, nor migrate one, nor wait for a writer
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_SECONDS)) as connection:
            version = str(connection.execute("select version_num from alembic_version").fetchone()[0])
            count = int(connection.execute("select count(*) from reports").fetchone()[0])
    except (sqlite3.Error, TypeError) as error:
        raise StoreError(f"{path} cannot be read as a store ({error}): put back a backup.") from error
    damage = check_sqlite(path) if deep else None
    if damage:
        raise StoreError(f"{path} is damaged ({damage}): put back a backup.")
    return _told(version, count)


def _told(version: str, count: int) -> str:
    if version > HEAD:
        raise StoreError(f"The store has schema {version}, newer than this version's {HEAD}: update the project.")
    older = "" if version == HEAD else f", brought to {HEAD} when it is next opened"
    return f"{count} reports, schema {version}{older}"


def _snapshot(root: Path, *, deep: bool) -> str:
    snapshot = open_current(root)
    snapshot.verify(hashes=deep)
    made = datetime.fromisoformat(snapshot.manifest.created)
    hours = (datetime.now(UTC) - made).total_seconds() / 3600
    return f"run {snapshot.run_id}, {snapshot.manifest.counts['incidents']} incidents, {hours:.1f} hours old"


def _lexicons() -> str:
    for lang in LANGUAGES:
        load_lexicon(lang)
    return "entries of " + ", ".join(LANGUAGES)


def _disk(root: Path) -> str:
    folder = root.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_SPACE:
        raise StoreError(f"{free // 1_000_000} MB are free at {folder}: make room, publishing needs more.")
    return f"{free / 1e9:.1f} GB free"


def _dashboard(url: str) -> str:
    """Streamlit answers /_stcore/health while its server is up."""
    address = f"{url.rstrip('/')}/_stcore/health"
    try:
        answer = httpx.get(address, timeout=_SECONDS, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"{address} does not answer ({type(error).__name__}): is the dashboard running?") from error
    if answer.status_code != 200 or answer.text.strip() != "ok":
        raise FetchError(f"{address} answers {answer.status_code}: look at the dashboard's log.")
    return "answers"

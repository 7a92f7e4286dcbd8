"""What the database says, turned into what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from pipeline.errors import StoreError

_ADVICE = (
    ("locked", "another program is writing to it and did not finish in time: wait for it, or end it, and run again"),
    ("readonly", "it may not be written: allow writing to the file and its folder, or name another in PIPELINE_STORE"),
    ("unable to open", "its file cannot be opened: is the path right, and are you allowed to read and write there?"),
    ("is full", "there is no space left on its disk: free some and run again; what was stored before is untouched"),
    ("disk i/o error", "its disk cannot be read or written: is it full or failing? What was stored is untouched"),
    ("malformed", "the file is damaged: put back a backup, or move it away and run again to read everything anew"),
    ("not a database", "that file is no store: name another in PIPELINE_STORE, or move it away"),
    ("connection", "the server does not answer: is it running, and is the address in PIPELINE_STORE right?"),
)


@contextmanager
def explained(url: sa.URL) -> Iterator[None]:
    """Raises StoreError, with advice, for what the database cannot do; passwords are never shown."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError | sa.exc.DataError):
            raise  # ours to mend, not the machine's
        said = str(error.orig).strip()
        advice = next((advice for sign, advice in _ADVICE if sign in said.lower()), "run again once that is mended")
        raise StoreError(f"The store {url.render_as_string(hide_password=True)}: {said}: {advice}.") from error

"""`backup`: store, archive and snapshot into one new folder, while everything goes on."""

import argparse
import json
import time
from pathlib import Path

from pipeline.backup import backup
from pipeline.snapshot import snapshot_root
from pipeline.store import open_store

_EPILOG = """Prints one JSON object. The folder holds the database (SQLite file, or pg_dump's), archive/, snapshot/ and
backup.json with the sha256 of each file; `restore` checks them. It holds the reports' texts: keep it as safe as the
store. Nothing in it is encrypted."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser("backup", help="copy store, archive and snapshot", description=__doc__, epilog=_EPILOG)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder; {time} in it becomes the time, UTC")


def run(args: argparse.Namespace) -> int:
    """Takes one backup of PIPELINE_STORE and PIPELINE_SNAPSHOT."""
    folder = Path(str(args.folder).replace("{time}", time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())))
    store = open_store()
    try:
        taken = backup(store, snapshot_root(), folder)
    finally:
        store.close()
    size = sum((folder / name).stat().st_size for name in taken.files)
    told = {"folder": str(folder), "created": taken.created, "schema": taken.schema, "snapshot": taken.snapshot}
    print(json.dumps(told | {"files": len(taken.files), "bytes": size}))
    return 0

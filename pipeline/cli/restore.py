"""`restore`: a backup back into PIPELINE_STORE and PIPELINE_SNAPSHOT, checked before anything is touched."""

import argparse
import json
import os
from pathlib import Path

from pipeline.backup import restore
from pipeline.snapshot import snapshot_root
from pipeline.store.database import DEFAULT_STORE

_EPILOG = """Prints one JSON object. A backup of an older version is brought to the newest schema. Exit code 1: the
backup is damaged or something could not be written; 2: there is a store already and --replace was not given."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser("restore", help="put a backup back", description=__doc__, epilog=_EPILOG)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="what `backup` wrote")
    parser.add_argument(
        "--replace", action="store_true", help="take the place of the store that is there (moved aside)"
    )


def run(args: argparse.Namespace) -> int:
    """Puts one backup back."""
    address = os.environ.get("PIPELINE_STORE") or DEFAULT_STORE
    done = restore(args.folder, address, snapshot_root(), replace=args.replace)
    told = {"store": done.store, "created": done.backup.created, "snapshot": done.backup.snapshot}
    print(json.dumps(told | {"files": len(done.backup.files), "moved": str(done.moved) if done.moved else None}))
    return 0

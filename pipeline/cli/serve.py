"""`serve`: a read-only HTTP API of the current snapshot, for notebooks, QGIS and the browser."""

import argparse
import sys
from pathlib import Path

from pipeline.snapshot import open_current, snapshot_root

_EPILOG = """Addresses: /incidents/incidents.json?admin1=Kirkuk&_shape=array, /incidents/map.geojson?category=airstrike
(QGIS: Add Vector Layer, Protocol HTTP), /incidents/incidents.csv?_stream=on, /incidents.json?sql=select... Texts of
reports are not served, only what is quoted. It shows the snapshot that was current when it started."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser("serve", help="a read-only HTTP API of the snapshot", description=__doc__, epilog=_EPILOG)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    parser.add_argument("--port", type=int, default=8001, help="port to listen on (8001)")
    parser.add_argument("--snapshot", metavar="DIR", help="another folder of snapshots than data/snapshot")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where its SQLite file goes (beside the snapshots)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until it is stopped."""
    import uvicorn

    from pipeline.serve import api, database_of

    snapshot = open_current(args.snapshot)
    folder = args.folder or snapshot_root(args.snapshot).parent / "serve"
    sys.stderr.write(f"preparing run {snapshot.run_id} ...\n")
    database = database_of(snapshot, folder)
    sys.stderr.write(f"http://{args.host}:{args.port}/incidents  (Ctrl-C ends it)\n")
    uvicorn.run(api(database, snapshot.run_id).app(), host=args.host, port=args.port, log_level="warning")
    return 0

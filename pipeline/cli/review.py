"""`review`: the decisions that the Review page takes, scriptable. Prints JSON, a line each."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from geodata.gazetteer import Gazetteer
from pipeline.errors import UsageError
from pipeline.review import SETTABLE, Decision, decide, queue, show
from pipeline.review.look import State
from pipeline.run import publish_now
from pipeline.snapshot import snapshot_root
from pipeline.store import Store, open_store
from pipeline.store.lock import BusyError

_ACTS = {
    "accept": "say that it is right as it is",
    "reject": "say that it is no incident: it is kept, and not counted",
    "set": "correct one field",
    "merge": "say that other incidents are this one too",
    "split": "say that some of its events are another incident",
    "move": "correct its places",
    "note": "write something about it",
}


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("review", help="list incidents and decide on them", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    listing = acts.add_parser("list", help="incidents that wait for review, least certain first")
    listing.add_argument("--state", choices=get_args(State), default="machine")
    listing.add_argument("--limit", type=int, default=50)
    acts.add_parser("show", help="one incident, its sources and its history").add_argument("incident_id")
    for act, told in _ACTS.items():
        one = acts.add_parser(act, help=told)
        one.add_argument("incident_id")
        if act == "set":
            one.add_argument("field", choices=list(SETTABLE))
            one.add_argument("value", help='"" empties it')
        elif act in ("merge", "split"):
            kind = "INCIDENT" if act == "merge" else "EVENT"
            one.add_argument("others", nargs="+", metavar=kind)
        elif act == "move":
            one.add_argument("place_ids", nargs="*", metavar="PLACE", help="place_id of the gazetteer; none: nowhere")
            one.add_argument("--at", metavar="LAT,LON", help="a point instead, called --name")
            one.add_argument("--name")
        if act == "note":
            one.add_argument("note")
        else:
            one.add_argument("--note")
        one.add_argument("--reviewer", default=os.environ.get("PIPELINE_REVIEWER", ""), help="or PIPELINE_REVIEWER")
        one.add_argument("--no-publish", action="store_true", help="only write it down; the next run publishes it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    store = open_store()
    try:
        if args.act == "list":
            _print(queue(store, args.state, args.limit))
        elif args.act == "show":
            _print([show(store, args.incident_id)])
        else:
            _decide(store, args)
    finally:
        store.close()
    return 0


def _decide(store: Store, args: argparse.Namespace) -> None:
    taken = decide(store, _decision(args))
    told = {"decision_id": taken.decision_id, "incident_id": taken.incident_id, "action": args.act}
    told |= {"old_value": taken.old_value, "new_value": taken.new_value, "split_off": taken.split_off}
    _print([told])
    if args.no_publish:
        return
    try:
        publish_now(store, snapshot_root())
    except BusyError as error:
        print(f"Written down, and on the map with the next publication. {error}", file=sys.stderr)


def _decision(args: argparse.Namespace) -> Decision:
    return Decision(
        incident_id=args.incident_id,
        action=args.act,
        reviewer=args.reviewer,
        field=getattr(args, "field", None),
        value=getattr(args, "value", None),
        note=args.note,
        others=tuple(getattr(args, "others", ())),
        places=tuple(_places(args)) if args.act == "move" else (),
    )


def _places(args: argparse.Namespace) -> Iterable[Mapping[str, Any]]:
    from pipeline.review.places import place_row

    if args.at:
        latitude, _, longitude = args.at.partition(",")
        try:
            point = {"latitude": float(latitude), "longitude": float(longitude)}
        except ValueError:
            raise UsageError(f"--at must be two numbers, latitude first, not {args.at!r}.") from None
        yield {"name": args.name, **point, "geo_precision": 1, "where_prec": 1}
    gazetteer = Gazetteer.load()
    for place_id in args.place_ids:
        yield place_row(gazetteer, place_id)


def _print(rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        print(json.dumps(row, ensure_ascii=False, default=str))

"""A place of the gazetteer as the places of a decision."""

from typing import Any

from geodata.gazetteer import Gazetteer
from pipeline.errors import UsageError
from pipeline.event_json import location_record
from pipeline.geocode.resolve import location_of, precision


def place_row(gazetteer: Gazetteer, place_id: str) -> dict[str, Any]:
    """The row of the snapshot's locations that says an incident occurred at that place.

    Raises UsageError where the gazetteer has no such place.
    """
    place = gazetteer.places.get(place_id)
    if place is None:
        raise UsageError(
            f"The gazetteer has no place {place_id!r}: `python -m pipeline geocode NAME` finds place_ids by name."
        )
    return location_record(location_of(place, *precision(place))) | {"administered_by": place.administered_by}

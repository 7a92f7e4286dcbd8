"""What is asked for."""

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the snapshot. An empty field asks nothing; values of one field are alternatives, fields add up.

    All values are codes or canonical names, so that a link means the same in every language. What is asked of a place
    (admin1 to geo_precision) must hold of one and the same place of an incident.
    """

    admin1: tuple[str, ...] = ()
    admin2: tuple[str, ...] = ()
    place: tuple[str, ...] = ()  # place_ids
    disputed: bool | None = None
    administered_by: tuple[str, ...] = ()
    geo_precision: tuple[int, ...] = ()  # ACLED: 1 exact, 2 near, 3 province
    category: tuple[str, ...] = ()
    event_type: tuple[str, ...] = ()
    since: date | None = None  # an incident is in when it lasted into the range; without a day it is out
    until: date | None = None
    time_precision: tuple[int, ...] = ()
    actor: tuple[str, ...] = ()  # on either side
    publisher: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    review_state: tuple[str, ...] = ()  # empty: all but rejected
    min_killed: int = 0
    min_toll: int = 0  # killed and injured, by the lowest figures told
    text: str = ""  # every word of it, in any script and spelling
    missing: tuple[str, ...] = ()  # "place", "day": only incidents that lack it
    sample: bool | None = None

    def is_all(self) -> bool:
        """Whether nothing is asked."""
        return all(getattr(self, field.name) == field.default for field in fields(self))


PLACE_FIELDS = ("admin1", "admin2", "place", "disputed", "administered_by", "geo_precision")

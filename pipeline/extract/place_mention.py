"""A place named in a text, and the roles it may have towards what is told."""

from typing import NamedTuple

# How a mention stands to what happened. The first group can be where it happened, the second cannot.
AT, NEAR, DIRECTION, PARENT, BARE, FROM, SOURCE, TO = (
    "at",
    "near",
    "direction",
    "parent",
    "bare",
    "from",
    "source",
    "to",
)
ORGANISATION, TOPIC, TOWARDS, GOVERNMENT, ABROAD, SURNAME = (
    "organisation", "topic", "towards", "government", "abroad", "surname",
)  # fmt: skip


NOT_WHERE = frozenset((ORGANISATION, TOPIC, TOWARDS, GOVERNMENT, SURNAME))


PREPOSITIONS_AT = frozenset("في ب داخل وسط ضمن عند على بمركز".split())


class PlaceMention(NamedTuple):
    """A place named at tokens[first:last], kind word and name; the name alone is tokens[name_first:name_last]."""

    first: int
    last: int
    name_first: int
    name_last: int
    name: str
    place_ids: tuple[str, ...]  # empty for a name that the gazetteer lacks
    kind: str | None
    role: str
    joined: bool = False  # follows another mention by "and"
    doubtful: bool = False  # an ordinary word too: a place only where its province is spoken of

"""What has been read of a report so far, and one sentence with all that was found in it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract import where
from pipeline.extract.actors import ActorMention
from pipeline.extract.date_mention import DateMention
from pipeline.extract.draft import Draft
from pipeline.extract.marked import Marked
from pipeline.extract.place_mention import AT, NEAR, PlaceMention
from pipeline.extract.toll import Toll
from pipeline.text.tokens import Sentence


@dataclass(slots=True)
class Story:
    """What has been read of a report so far, that later sentences refer back to."""

    drafts: list[Draft] = field(default_factory=list)
    around: where.Surroundings = field(default_factory=where.Surroundings)
    dateline: list[where.Chain] = field(default_factory=list)  # a town the report is sent from, no bureau's city
    heading: list[where.Chain] = field(default_factory=list)
    seen: list[where.Chain] = field(default_factory=list)
    heading_day: DateMention | None = None  # of a round-up: "what happened yesterday"
    item_day: tuple[int, DateMention] | None = None  # the day that heads an item, and the line it stands on
    abroad: bool = False
    forces: list[ActorMention] = field(default_factory=list)  # the last force named, for "القوة", "the force"
    fliers: list[ActorMention] = field(default_factory=list)  # who flies, of a list of strikes


class Reading(NamedTuple):
    """One sentence with all that was found in it."""

    sentence: Sentence
    number: int
    dates: list[DateMention]
    mentions: list[PlaceMention]
    chains: list[where.Chain]
    tolls: list[Toll]
    actors: list[ActorMention]


def told_places(reading: Reading) -> list[int]:
    """Where in a sentence places of events begin, speakers' places left out."""
    return [chain.first for chain in reading.chains if chain.location is not None and chain.head.role in (AT, NEAR)]


def line_of(marked: Marked, sentence: Sentence) -> int:
    return marked.document.text.count("\n", 0, sentence.span.start)


def is_listed(marked: Marked, sentence: Sentence) -> bool:
    """Whether a sentence is an item of a list: its line begins with a mark."""
    text = marked.document.text
    begin = text.rfind("\n", 0, sentence.span.start) + 1
    return text[begin : begin + 1] in "*-•▪–—🔹◾" and begin < len(text)

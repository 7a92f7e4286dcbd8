"""An event while it is being read: what its clause tells, before mentions of one occurrence are brought together."""

from dataclasses import replace
from typing import NamedTuple

from pipeline.extract.actors import ActorMention
from pipeline.extract.kind_of_event import Trigger
from pipeline.extract.toll import OF_THE_HURT, Toll
from pipeline.extract.updates import FINAL
from pipeline.model import EVENT_TYPES, Claim, Days, Location, Range, Span


class Draft(NamedTuple):
    """One telling of an event. own_day and own_place say whether its clause told them, or they were taken over.

    A tuple, for a draft is replaced a dozen times while it is read, and copying a frozen dataclass took a tenth of all.
    """

    event_type: str
    triggers: tuple[Span, ...]
    words: str
    at: int  # token of the trigger
    sentence: Span
    sentence_no: int
    days: Claim[Days] | None = None
    own_day: bool = False
    locations: tuple[Claim[Location], ...] = ()
    own_place: bool = False
    vague_place: bool = False  # told by a direction from a town or within a province alone
    nowhere: bool = False  # told of the whole country: has no place and takes none over
    tolls: tuple[Toll, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    actor1: Claim[str] | None = None
    actor2: Claim[str] | None = None
    n_strikes: Claim[int] | None = None
    sources: tuple[Claim[str], ...] = ()
    definite: bool = False
    strong: bool = False
    separate: bool = False  # "in another incident"
    summary: bool = False  # a count of several events
    toll_only: bool = False  # told by its victims alone
    rivals: bool = False  # two speakers count the same people
    of_all: bool = False  # told of several at once: "the strikes"
    title: bool = False  # told by the line that heads the report
    other_side: bool = False  # told by another speaker: "أما وزارة الدفاع فأقرّت بمقتل جندي"

    @property
    def category(self) -> str:
        return EVENT_TYPES[self.event_type]

    def place_ids(self) -> frozenset[str]:
        return frozenset(claim.value.place_id or claim.value.name for claim in self.locations)


def figures(draft: Draft) -> tuple[Claim[Range] | None, Claim[Range] | None, Claim[int] | None]:
    """Killed, injured and the joint sum of a draft's counts, each with the words of all that went into it."""
    killed = _figure([toll for toll in draft.tolls if toll.field == "killed"], rivals=draft.rivals)
    injured = _figure([toll for toll in draft.tolls if toll.field == "injured"], rivals=draft.rivals)
    injured = _without_those_who_died(injured, draft.tolls)
    joint = [toll for toll in draft.tolls if toll.field == "both" and toll.number.low]
    injured = injured or _rest_of(joint, killed)
    both = None
    if joint and killed is None and injured is None:
        spans = tuple(toll.span for toll in joint)
        both = Claim(sum(toll.number.low or 0 for toll in joint), "", spans, "text", joint[0].rule)
    return killed, injured, both


def _rest_of(joint: list[Toll], killed: Claim[Range] | None) -> Claim[Range] | None:
    """ "19 casualties, including five dead": the hurt are those counted together, less the dead."""
    if len(joint) != 1 or killed is None or joint[0].number.best is None or killed.value.best is None:
        return None
    rest = joint[0].number.best - killed.value.best
    if rest <= 0 or not killed.value.best:
        return None
    return Claim(Range(rest, rest, rest), "", (joint[0].span, *killed.spans), "text", "the rest of a joint sum")


def _without_those_who_died(injured: Claim[Range] | None, tolls: tuple[Toll, ...]) -> Claim[Range] | None:
    """The hurt, less those of them told as dead later: "أصابت 11 شخصاً، توفي منهم ثلاثة"."""
    told = [toll for toll in tolls if toll.field == "injured"]
    if injured is None or any(toll.rule == FINAL for toll in told):
        return injured
    died = [toll for toll in tolls if toll.rule == OF_THE_HURT and told and toll.at > told[0].at]
    less = sum(toll.number.best or 0 for toll in died)
    low, best, high = injured.value.low, injured.value.best, injured.value.high
    if not less or best is None or best <= less:
        return injured
    number = Range((low or 0) - less, best - less, high - less if high is not None else None)
    return replace(injured, value=number, spans=injured.spans + tuple(toll.span for toll in died))


def _figure(tolls: list[Toll], *, rivals: bool) -> Claim[Range] | None:
    if not tolls:
        return None
    counted = [toll for toll in tolls if toll.number.low]
    tolls = counted or tolls
    final = [toll for toll in tolls if toll.rule == FINAL] or [toll for toll in tolls if toll.rule != "initial"]
    tolls = final or tolls
    spans = tuple(dict.fromkeys(toll.span for toll in tolls))
    if rivals and len(tolls) > 1:
        values = [toll.number.best if toll.number.best is not None else toll.number.low or 0 for toll in tolls]
        number = Range(min(values), None, max(values))
        if min(values) == max(values):
            number = Range(values[0], values[0], values[0])
        return Claim(number, "", spans, "text", "rival counts")
    low = sum(toll.number.low or 0 for toll in tolls)
    best = sum(toll.number.best or 0 for toll in tolls) if all(t.number.best is not None for t in tolls) else None
    high = sum(toll.number.high or 0 for toll in tolls) if all(t.number.high is not None for t in tolls) else None
    return Claim(Range(low, best, high), "", spans, "text", " + ".join(dict.fromkeys(toll.rule for toll in tolls)))


def of_trigger(trigger: Trigger, span: Span, words: str, sentence: Span, sentence_no: int) -> Draft:
    """A draft that knows its type alone."""
    return Draft(
        trigger.event_type, (span,), words, trigger.tag.first, sentence, sentence_no,
        definite=trigger.definite, strong=trigger.strong, summary=trigger.plural,
    )  # fmt: skip


def with_words(claim: Claim[Range], text: str) -> Claim[Range]:
    """The claim with the words of its spans."""
    words = " … ".join(text[span.start : span.end] for span in claim.spans)
    return Claim(claim.value, words, claim.spans, claim.origin, claim.rule)

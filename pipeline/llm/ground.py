"""A language model's event held against the report: each value with its words, or refused with the reason.

Words that are not in the report refuse their value; without the words that say it occurred the event itself is
refused. Days are read from their words by the pipeline's own grammar; a number must be one that its words say.
"""

import hashlib
from dataclasses import dataclass, field

from pipeline.extract.actors import find_actors, sides
from pipeline.extract.casualties import find_tolls
from pipeline.extract.dates import find_dates
from pipeline.extract.marked import Marked, sentence_of
from pipeline.extract.numbers import count_at
from pipeline.extract.when import USABLE, publication_claim
from pipeline.geocode.resolve import Resolver
from pipeline.geocode.types import Context
from pipeline.llm.answer import ToldActor, ToldCount, ToldEvent, ToldRange
from pipeline.llm.words import find_words, has_letters, tokens_in
from pipeline.model import EVENT_TYPES, Claim, Days, Event, Location, Range, Report, Span

_AGREED, _ALONE = 0.5, 0.3  # confidence where the lexicons know the trigger too, and where they do not


@dataclass(slots=True)
class Grounding:
    """One report being held against its answer. `refused` says what was not taken, and why."""

    marked: Marked
    resolver: Resolver
    rule: str  # "language model NAME", the rule of every claim
    refused: list[str] = field(default_factory=list)

    def event(self, told: ToldEvent) -> Event | None:
        """The event as far as the report's words bear it; None where they do not say that it occurred."""
        marked = self.marked
        trigger = find_words(marked, told.trigger) if has_letters(told.trigger) else None
        if trigger is None:
            self._refuse("event_type", told.trigger)
            return None
        first, last = tokens_in(marked, trigger)
        sentence = sentence_of(marked.document, first).span
        known = marked.has("triggers", first, last)
        report = marked.report
        at = trigger.start
        return Event(
            event_id=_event_id(report, told.event_type, trigger),
            report_id=report.report_id,
            category=EVENT_TYPES[told.event_type],
            event_type=Claim(told.event_type, marked.words(trigger), (trigger,), "text", self.rule),
            days=self._days(told.date_words, at),
            locations=self._locations(told.places, at),
            actor1=self._actor("actor1", told.actor1, at),
            actor2=self._actor("actor2", told.actor2, at),
            fatalities=self._range("fatalities", told.fatalities, at),
            injuries=self._range("injuries", told.injuries, at),
            casualties_low=self._count("casualties_low", told.casualties_low, at),
            n_strikes=self._count("n_strikes", told.n_strikes, at),
            publisher=report.publisher,
            quoted_sources=self._sources(told.quoted_sources, at),
            sentence=sentence,
            confidence=_AGREED if known else _ALONE,
            notes=(self.rule,),
        )

    def _refuse(self, name: str, words: str, why: str = "these words are not in the report") -> None:
        shown = words if len(words) <= 60 else words[:57] + "..."
        self.refused.append(f"{name} {shown!r}: {why}")

    def _found(self, name: str, words: str, near: int) -> Span | None:
        span = find_words(self.marked, words, near)
        if span is None:
            self._refuse(name, words)
        return span

    def _days(self, words: str | None, near: int) -> Claim[Days] | None:
        span = self._found("event_date", words, near) if words else None
        if span is None:
            return publication_claim(self.marked)
        mentions = [m for m in find_dates(self.marked, *tokens_in(self.marked, span)) if m.kind in USABLE]
        if not mentions:
            # The phrase is kept, unresolved: a day that no grammar can check would rest on the model's word alone.
            return Claim(Days(None, None, None), self.marked.words(span), (span,), "text", f"{self.rule}, not resolved")
        return Claim(mentions[0].days, self.marked.words(span), (span,), "text", self.rule)

    def _locations(self, places: list[str], near: int) -> tuple[Claim[Location], ...]:
        spans = [span for words in places if has_letters(words, 2) and (span := self._found("locations", words, near))]
        provinces = {span: self._province(self.marked.words(span)) for span in spans}
        around = tuple(dict.fromkeys(admin1 for admin1 in provinces.values() if admin1))
        claims: dict[str, Claim[Location]] = {}
        for span in spans:
            words = self.marked.words(span)
            location = self.resolver.locate(self.resolver.resolve(words, Context(admin1=around)))
            if location is None:
                self._refuse("locations", words, "no gazetteer place bears that name")
                continue
            claims.setdefault(location.place_id or words, Claim(location, words, (span,), "text", self.rule))
        held = {claim.value.admin1 for claim in claims.values() if not provinces[claim.spans[0]]}
        # "Daquq, Kirkuk": a name that is also a province's only says where the finer place lies
        return tuple(claim for claim in claims.values() if provinces[claim.spans[0]] not in held)

    def _province(self, words: str) -> str | None:
        """The province that bears this name, where one does."""
        place = self.resolver.resolve(words, Context(kind="governorate")).place
        return place.admin1 if place is not None and place.kind == "governorate" else None

    def _actor(self, name: str, told: ToldActor | None, near: int) -> Claim[str] | None:
        if told is None or not (span := self._found(name, told.words, near)):
            return None
        said = find_actors(self.marked, *tokens_in(self.marked, span))
        if said:  # the reviewed lexicon knows these words: its name is taken, whatever the model calls them
            value = "; ".join(dict.fromkeys(mention.name for mention in said))
        elif told.name in sides() and has_letters(told.words):
            value = told.name
        else:
            self._refuse(name, told.name, "no canonical actor (pipeline/lexicons/actors.csv)")
            return None
        return Claim(value, self.marked.words(span), (span,), "text", self.rule)

    def _range(self, name: str, told: ToldRange | None, near: int) -> Claim[Range] | None:
        if told is None or not (span := self._found(name, told.words, near)):
            return None
        number = Range(told.low, told.best, told.high)
        given = [value for value in number if value is not None]
        if not given or given != sorted(given) or not set(given) <= self._numbers(span):
            self._refuse(name, told.words, f"these words do not say {'/'.join(map(str, given)) or 'a number'}")
            return None
        return Claim(number, self.marked.words(span), (span,), "text", self.rule)

    def _count(self, name: str, told: ToldCount | None, near: int) -> Claim[int] | None:
        if told is None or not (span := self._found(name, told.words, near)):
            return None
        if told.value not in self._numbers(span):
            self._refuse(name, told.words, f"these words do not say {told.value}")
            return None
        return Claim(told.value, self.marked.words(span), (span,), "text", self.rule)

    def _numbers(self, span: Span) -> set[int]:
        """The numbers that the words of a span say, with their sum: in digits, words, duals and vague plurals."""
        first, last = tokens_in(self.marked, span)
        single = [count for at in range(first, last) if (count := count_at(self.marked, at, last))]
        sentence = sentence_of(self.marked.document, first)
        tolls = [t for t in find_tolls(self.marked, sentence.first, sentence.last) if _touch(t.span, span)]
        said = {value for count in single for value in count.value if value is not None}
        said |= {value for toll in tolls for value in toll.number if value is not None}
        return said | ({sum(toll.number.low or 0 for toll in tolls)} if tolls else set())

    def _sources(self, told: list[str], near: int) -> tuple[Claim[str], ...]:
        found = [span for words in told if (span := self._found("quoted_sources", words, near))]
        return tuple(Claim(self.marked.words(s), self.marked.words(s), (s,), "text", self.rule) for s in found)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _event_id(report: Report, event_type: str, trigger: Span) -> str:
    """Begins with m-, so that it is told from what the rules read (e-) wherever it turns up."""
    key = f"{report.report_id}\n{event_type}\n{trigger.start}\n{trigger.end}"
    return "m-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]

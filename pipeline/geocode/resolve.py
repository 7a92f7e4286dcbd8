"""One name, with what the text says around it, to one place: or to the reason why none.

The order of trial, each surer than the next: the name as it stands; the name without kind words, direction and parent;
its spelling key (article, clitics, variant letters); the consonants of a romanised name; one letter off.
"""

import csv
import unicodedata
from dataclasses import replace
from functools import cached_property, lru_cache

from geodata.fold import fold
from geodata.gazetteer import HERE, Gazetteer, Place
from pipeline.geocode import phrases
from pipeline.geocode.choose import Choice, choose, lies_in
from pipeline.geocode.index import Match, NameIndex
from pipeline.geocode.types import Answer, Context
from pipeline.model import Location

MAX_LENGTH = 200
_SHOWN = 8
_FUZZY_CAP = 0.72
_ORDINARY_CAP = 0.78
_AREAS = frozenset(("mountain", "valley", "plain", "area", "lake", "river", "road"))


def precision(place: Place, relation: str | None = None) -> tuple[int, int]:
    """ACLED's geo_precision and UCDP's where_prec of a place, or of a point near it."""
    if place.kind == "governorate":
        return 3, 4
    if place.kind in ("district", "subdistrict"):
        return 2, 3
    if place.kind in _AREAS:
        return 2, 5
    return (2, 2) if relation else (1, 1)


class Resolver:
    """Resolves names over one gazetteer. Safe to share: it holds nothing that an answer changes but a cache."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.index = NameIndex(gazetteer)
        self._cached = lru_cache(maxsize=2048)(self._resolve)

    def resolve(self, name: str, context: Context | None = None) -> Answer:
        """The answer for `name`. Never raises for what a name may hold; unusable names are answered with the reason."""
        if not isinstance(name, str):
            return Answer(repr(name)[:MAX_LENGTH], None, "not text")
        return self._cached(name[: MAX_LENGTH + 1], context or Context())

    @cached_property
    def _homonyms(self) -> dict[str, str]:
        with (HERE / "homonyms.csv").open(encoding="utf-8", newline="") as lines:
            return {fold(row["name"]): row["what"] for row in csv.DictReader(lines)}

    def _resolve(self, query: str, context: Context) -> Answer:
        if len(query) > MAX_LENGTH:
            return Answer(query[:MAX_LENGTH], None, f"longer than {MAX_LENGTH} characters: no place name")
        folded = _clean(query)
        if not any(char.isalpha() for char in folded):
            return Answer(query, None, "empty: no letters in it")
        # 1. the name as it stands
        match = self.index.exact(folded)
        if match:
            return self._answer(query, folded, match, context, None)
        # 2. what the words around the name say
        if folded in phrases.ABROAD:
            return Answer(query, None, "abroad: not in Iraq")
        if folded in phrases.COUNTRY:
            return Answer(query, None, "a country or region, wider than a province")
        placed = phrases.strip_relation(folded)[0] or context.kind == "village"  # "قرية علي سعدون" is no person
        refused = None if placed else phrases.no_place(folded)
        if refused:
            return Answer(query, None, refused)
        name, context, outer, refused = self._read_words(folded, context)
        if refused:
            return Answer(query, None, refused)
        # 3. the name, by ever looser spelling: with its kind word first ("Qayara Air Base" is more than Qayara's base)
        if context.kind:
            whole = self.index.same_key(folded)
            if whole:
                return self._answer(query, folded, whole, context, outer)
        match = self._match(name, context)
        if match is None:
            return self._unknown(query, name, context, outer)
        return self._answer(query, name, match, context, outer)

    def _read_words(self, folded: str, context: Context) -> tuple[str, Context, Place | None, str | None]:
        """The bare name, the context with what the query's own words add, the place it lies in, and a refusal."""
        name, around = phrases.split_around(folded)
        relation, name = phrases.strip_relation(name)
        kind, bare = phrases.strip_kind(name)
        if kind and not self.index.exact(name):
            inner_relation, bare = phrases.strip_relation(bare)
            relation = relation or inner_relation
            second, rest = phrases.strip_kind(bare)
            if second and not self.index.exact(bare):
                kind, bare = ("centre" if kind == "centre" else second), rest
            name = bare
        else:
            kind = None
        name = phrases.strip_preposition(name)
        context = replace(context, kind=kind or context.kind, relation=relation or context.relation)
        outer: Place | None = None
        for text, inside in around:
            if text in phrases.ABROAD:
                return name, context, None, "abroad: not in Iraq"
            found = self._outer(text, context)
            if found is None:
                continue
            if not inside:
                context = replace(context, near=(*context.near, found.place_id))
            elif found.kind == "governorate":
                context = replace(context, admin1=(found.admin1,), strict=True)
            elif not context.parent:
                context = replace(context, parent=found.place_id)
            if outer is None or outer.kind == "governorate":
                outer = found
        return name, context, outer, None

    def _outer(self, text: str, context: Context) -> Place | None:
        """The place that a name is said to lie in or by, from the words after it: a bare name of both a governorate
        and its capital is the governorate, which is sure to hold it."""
        if text in phrases.COUNTRY:
            return None
        kind, bare = phrases.strip_kind(text)
        for lead in ("ل", "ب"):
            if kind is None:
                kind, bare = phrases.strip_kind(text.removeprefix(lead))
        if kind is None:
            bare = text
        match = self.index.exact(bare) or self.index.same_key(bare)
        if match is None:
            return None
        places = self._places(match)
        governorate = next((p for p in places if p.kind == "governorate"), None)
        if governorate and kind in (None, "governorate") and context.kind != "quarter":
            return governorate
        city = next((p for p in places if p.kind == "city"), None)
        if city and kind is None:
            return city  # a street, a square, a quarter is the city's
        return choose(
            places, Context(admin1=context.admin1, kind=None if kind == "area" else kind), self.gazetteer
        ).place

    def _match(self, name: str, context: Context) -> Match | None:
        match = self.index.exact(name) or self.index.same_key(name)
        if match or self.index.adjective_of(name):
            return match
        match = self.index.same_consonants(name) or self.index.a_letter_off(name)
        if match and context.kind in ("village", "quarter", "camp"):
            # Villages are many and alike: a near spelling of another kind of place is another place.
            ids = tuple(
                i for i in match.place_ids if self.gazetteer.places[i].kind in ("village", "quarter", "camp", "town")
            )
            return match._replace(place_ids=ids) if ids else None
        return match

    def _places(self, match: Match) -> list[Place]:
        return [self.gazetteer.places[place_id] for place_id in match.place_ids]

    def _answer(self, query: str, name: str, match: Match, context: Context, outer: Place | None) -> Answer:
        if name in self._homonyms and _untold(context):
            return Answer(
                query,
                None,
                f"ambiguous: also {self._homonyms[name]}; name the province",
                candidates=tuple(self._places(match)),
            )
        places = self._places(match)
        parent = self.gazetteer.places[context.parent] if context.parent else None
        if outer and parent is outer and self._holds(places, outer):
            finer = Choice(outer, 0.85, "the finer of the two names")
            return self._placed(query, name, finer, match, context, said_more=True)
        choice = choose(places, context, self.gazetteer)
        if choice.place is None:
            if not choice.rest:
                return self._unknown(query, name, context, outer or parent, choice.why)
            return Answer(query, None, f"ambiguous: {choice.why}" if not context.strict else choice.why,
                          candidates=choice.rest[:_SHOWN])  # fmt: skip
        return self._placed(query, name, choice, match, context, said_more=name != _clean(query))

    def _holds(self, places: list[Place], outer: Place) -> bool:
        """Whether it is the other way round, as in "Kirkuk - Al Wasiti": the second lies in the first."""
        inside = any(lies_in(place, outer, self.gazetteer) for place in places)
        return not inside and any(lies_in(outer, place, self.gazetteer) for place in places)

    def _placed(
        self, query: str, name: str, choice: Choice, match: Match, context: Context, *, said_more: bool
    ) -> Answer:
        place = choice.place
        assert place is not None
        geo, where = precision(place, context.relation)
        if context.kind in ("district", "subdistrict") and geo == 1:
            geo, where = 2, 3  # a division that the gazetteer has only as its centre town
        elif context.kind == "area" and geo == 1:
            geo, where = 2, 2  # "منطقة سنجار" is wider than the town
        confidence = 0.97 * match.certainty * choice.certainty
        if match.certainty < 0.9:
            confidence = min(confidence, _FUZZY_CAP + 0.06 * (match.how == "consonants"))
        if _untold(context) and self.index.ordinary(match.name):
            confidence = min(confidence, _ORDINARY_CAP)
        if place.kind == "quarter" and not (context.parent or context.admin1 or context.near):
            confidence = min(confidence, _FUZZY_CAP)  # other towns have quarters of that name
        reason = f"{match.how}; {choice.why}"
        others = tuple(p for p in choice.rest if p is not place)[:_SHOWN]
        return Answer(query, place, reason, round(confidence, 3), geo, where, others,
                      description=query.strip() if said_more else None)  # fmt: skip

    def _unknown(
        self,
        query: str,
        name: str,
        context: Context,
        outer: Place | None,
        why: str = "no gazetteer place bears that name",
    ) -> Answer:
        adjective = self.index.adjective_of(name)
        if adjective and name == _clean(query):
            place = self.gazetteer.places[adjective]
            return Answer(query, None, f"an adjective or family name from {place.name}, not a place")
        parent = outer
        if parent is None and context.parent:
            parent = self.gazetteer.places[context.parent]
        if parent is None and context.admin1:
            parent = self.gazetteer.admin1_place(context.admin1[0])
        reason = f"unknown: {why}" + (f"; nearest known parent {parent.name}" if parent else "")
        return Answer(query, None, reason, parent=parent, description=query.strip() if parent else None)

    def locate(self, answer: Answer, where_description: str | None = None) -> Location | None:
        """The contract's Location of an answer; an unknown place gets its known parent's point, coarser, with its own
        words kept; None where nothing is known."""
        words = where_description or answer.description
        if answer.place is not None:
            geo, where = answer.geo_precision or 1, answer.where_prec or 1
            return location_of(answer.place, geo, where, words)
        if answer.parent is None:
            return None
        geo, where = precision(answer.parent, "near")
        return location_of(answer.parent, geo, where, words or answer.query)


def location_of(place: Place, geo_precision: int, where_prec: int, words: str | None = None) -> Location:
    """A gazetteer place as the contract's Location."""
    return Location(
        place.place_id, place.name, place.name_ar, place.name_ckb, place.admin1, place.admin1_pcode, place.admin2,
        place.latitude, place.longitude, geo_precision, where_prec, place.disputed, words,
    )  # fmt: skip


def _untold(context: Context) -> bool:
    """Whether nothing around the name says where or what it is."""
    return not (context.admin1 or context.kind or context.parent or context.near or context.relation)


def _clean(query: str) -> str:
    """The query folded, control characters and outer punctuation gone, one space between words."""
    visible = "".join(" " if unicodedata.category(char) in ("Cc", "Zs", "So", "Sk") else char for char in query)
    return " ".join(fold(visible).split()).strip(" .,;:!?'\"[]{}*_#|،؛؟«»")

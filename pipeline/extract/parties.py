"""Who takes part in an event, where the clause names them by what was told before: gunmen, "the same party"."""

from pipeline.extract.actors import ActorMention, side_of
from pipeline.extract.clauses import Clause
from pipeline.extract.draft import Draft
from pipeline.extract.marked import Marked
from pipeline.extract.reading import Story
from pipeline.model import Claim


def by_gunmen(marked: Marked, clause: Clause, draft: Draft, near: list[ActorMention]) -> bool:
    """A raid or a search by gunmen, with no force named, is an attack."""
    sides = {actor.side for actor in near}
    subject = max((a for a in near if a.last <= draft.at), key=lambda a: a.last, default=None)
    if draft.event_type == "security_operation" and subject is not None and subject.side == "militant":
        return True
    if draft.event_type != "security_operation" or "militant" not in sides or sides & {"state", "external"}:
        return False
    forces = marked.tags("actor_aliases", clause.first, clause.last)  # named as who says it, they searched as well
    return not any(side_of(tag.value) in ("state", "external") for tag in forces)


_BOTH = frozenset("الطرفان الطرفين الجانبان الجانبين sides ههردوولا".split())


def same_party(
    marked: Marked, clause: Clause, draft: Draft, actor1: Claim[str] | None, actor2: Claim[str] | None, story: Story
) -> tuple[Claim[str] | None, Claim[str] | None]:
    """ "شاندەکە", "الوفد", "the two sides": those of the meeting told just before."""
    before = next((d for d in reversed(story.drafts) if d.category == "meeting" and d.actor1), None)
    if before is None:
        return actor1, actor2
    if actor1 is None and actor2 is not None and before.sentence_no >= draft.sentence_no - 1:
        return before.actor1, actor2  # the same man met others
    if actor1 is None and marked.lang == "en" and marked.tokens[draft.at - 1].form in ("he", "she", "they"):
        return before.actor1, actor2
    if actor1 is None and any(token.form in _BOTH for token in marked.tokens[clause.first : clause.last]):
        return before.actor1, before.actor2
    for tag in marked.tags("objects", clause.first, clause.last, ("official",)):
        named = any(a.first <= tag.first < a.last for a in marked.tags("actor_aliases", clause.first, clause.last))
        first_named = actor1.spans[0].start if actor1 else None
        start = marked.tokens[tag.first].start
        definite = tag.form.definite or (
            marked.lang == "en" and tag.first and marked.tokens[tag.first - 1].form == "the"
        )
        if definite and not named and before.actor1 and (first_named is None or start < first_named):
            span = marked.span(tag.first, tag.last)
            same = Claim(before.actor1.value, marked.words(span), (span,), "text", "the same party")
            return same, actor1 if actor1 and actor1.value != same.value else actor2
    return actor1, actor2

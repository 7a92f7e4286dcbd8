"""People told in an English list: "a commander of the militants, his brother and two bodyguards"."""

from pipeline.extract.marked import Marked
from pipeline.extract.people import People, people_at

_CLASSES = ("triggers", "casualties", "speech", "numbers", "persons")
_OPEN = frozenset(("of", "from", "in", "with", "("))
_WHOSE = frozenset("his her their its then a an the one".split())
_STOP = frozenset(("including", "among", "who", "which", "that", ".", ";", ":"))
_REACH = 14  # tokens from one person of a list to the next


def listed(marked: Marked, one: People, limit: int, used: set[int]) -> list[People]:
    """The people of the list that begins with `one`, up to token `limit`.

    A comma alone joins only where "and" joins one after it: "a captain, a man of 30, was killed" is one man.
    """
    groups, certain = [one], 1
    while True:
        found = _next(marked, groups[-1], limit, used)
        if found is None:
            return groups[:certain]
        other, by_and = found
        groups.append(other)
        certain = len(groups) if by_and else certain


def _next(marked: Marked, one: People, limit: int, used: set[int]) -> tuple[People, bool] | None:
    for at in range(one.last, min(limit, one.last + _REACH)):
        if marked.tokens[at].form in _STOP:
            return None
        group = None if at in used else people_at(marked, at, limit)
        if group is None:
            continue
        if not group.counted:
            if at - one.last <= 4:  # "a commander of the militants and two guards": whose he is
                continue
            return None
        joint = _joint(marked, one.last, at)
        return None if joint is None else (group, joint == "and")
    return None


def _known(marked: Marked, at: int) -> bool:
    """Whether the lexicon knows a word, so that it is no part of a man's name."""
    return any(marked.tag_at(cls, at) for cls in (*_CLASSES, "cues", "relations", "times", "objects"))


def _joint(marked: Marked, first: int, last: int) -> str | None:
    """What joins the people before token `first` to those from `last` on, or None."""
    forms = [marked.tokens[at].form for at in range(first, last)]
    ends = [at for at, form in enumerate(forms) if form in (",", "and", "&")]
    if not ends:
        return None
    start = next(at for at in ends if set(forms[at : ends[-1] + 1]) <= {",", "and", "&"})
    before, after = forms[:start], forms[ends[-1] + 1 :]
    named = before and len(before) <= 5 and not any(_known(marked, first + at) for at in range(len(before)))
    if "," in before or "and" in before or (before and before[0] not in _OPEN and not named):
        return None
    if after and (after[0] not in _WHOSE or len(after) > 6):
        return None
    if any(marked.tag_at(cls, first + at) for at in range(len(before)) for cls in _CLASSES[:3]):
        return None
    return "and" if forms[ends[-1]] != "," else ","

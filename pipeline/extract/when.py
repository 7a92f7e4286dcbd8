"""When it occurred: the date phrase of a stretch that belongs to the event, not to the statement about it."""

from datetime import timedelta

from pipeline.extract.date_mention import DateMention
from pipeline.extract.marked import Marked
from pipeline.extract.numbers import count_at
from pipeline.model import Claim, Days

USABLE = frozenset(("day", "night", "window", "week", "month", "unresolved"))
_THAT = frozenset("ان بان عن انه انها بانه بانها انهم ان that كه :".split())


def choose_date(marked: Marked, dates: list[DateMention], at: int, first: int, last: int) -> DateMention | None:
    """Of the date phrases in tokens[first:last], the one that dates the trigger at token `at`."""
    usable = [m for m in dates if first <= m.first < last and m.kind in USABLE and not _of_purpose(marked, m, at)]
    if len(usable) > 1:
        usable = [m for m in usable if not _of_statement(marked, m, at, first)] or usable
    if not usable:
        return None
    return min(usable, key=lambda m: (_coarse(m), _distance(m, at)))


def _of_purpose(marked: Marked, mention: DateMention, at: int) -> bool:
    """A day within what the doing was for: "اجتمع ... لبحث اتفاق وُقّع الشهر الماضي"."""
    if mention.first < at:
        return False
    for tag in marked.tags("triggers", at + 1, mention.first):
        if marked.lang == "ar" and tag.form.prep == "ل" and mention.kind in ("month", "week"):
            return True
    return False


def _coarse(mention: DateMention) -> int:
    """A day before a longer stretch: "خلال الأيام الماضية ... أمس" is yesterday."""
    start, end = mention.days.start, mention.days.end
    if mention.kind == "window" and start and end and (end - start).days <= 3:
        return 0
    return {"week": 1, "month": 2, "window": 1, "unresolved": 0}.get(mention.kind, 0)


def _distance(mention: DateMention, at: int) -> int:
    return mention.first - at if mention.first > at else (at - mention.last) + 2


def _of_statement(marked: Marked, mention: DateMention, at: int, first: int) -> bool:
    """A day that dates the saying: after a verb of saying and before what was said; or "said on Monday"."""
    if marked.lang == "en" and mention.last <= at:  # "the government on Tuesday condemned the rockets fired on Sunday"
        if marked.tags("cues", mention.last, min(at, mention.last + 2), ("condemn",)):
            return True
    reach = 12 if marked.lang == "ar" else 9
    says = marked.tags("speech", max(first, mention.first - reach), mention.first, ("say", "according"))
    says = [tag for tag in says if tag.value == "say" or mention.first > at]
    if not says:
        return False
    say = says[-1]
    if any(marked.tokens[between].form in _THAT for between in range(say.last, mention.first)):
        return False
    if marked.lang == "ckb":
        return mention.first - say.last <= 2
    if marked.lang == "ar" and mention.first <= at:
        return mention.last <= at
    between = marked.tags("triggers", say.last, mention.first) or marked.tags("casualties", say.last, mention.first)
    if marked.lang == "en":
        return mention.first - say.last <= 5 and not between
    # "... وفق ما أبلغ به الضابط الصحفيين الأربعاء"
    return mention.first - say.last <= 12 and say.first > at and not between


_DATELINE = 14  # tokens a dateline may take up to its dash


def without_dateline(marked: Marked, dates: list[DateMention], first: int, last: int) -> list[DateMention]:
    """The days of a sentence; that of its dateline only where no other is told: "KIRKUK, Sept 29 (Reuters) - ..."."""
    if marked.lang != "en" or not dates:
        return dates
    tokens = marked.tokens
    dash = next(
        (at for at in range(first + 1, min(last, first + _DATELINE))
         if tokens[at].form == "-" and tokens[at - 1].end < tokens[at].start), None,
    )  # fmt: skip
    if dash is None or marked.tags("triggers", first, dash):
        return dates
    body = [mention for mention in dates if mention.first > dash]
    sent = next((m for m in dates if m.first < dash and m.kind == "day" and m.days.start), None)
    if sent is not None:  # "Sinjar, 30 April 2019 - The envoy today travelled": the day it was sent
        body = [m._replace(days=sent.days) if marked.tokens[m.first].form == "today" else m for m in body]
    return body if any(mention.kind in USABLE for mention in body) else dates


def is_statement(marked: Marked, mention: DateMention, at: int, first: int) -> bool:
    """Whether the only day told dates the statement rather than the event."""
    if marked.lang == "en":
        return _of_statement(marked, mention, at, first) and mention.first > at
    if marked.lang == "ckb":  # "ئەمڕۆ سێشەممە ڕایگەیاند، ...": the day it was said
        says = marked.tags("speech", mention.last, min(at, mention.last + 7), ("say",))
        return mention.last <= at and bool(says) and not marked.has("triggers", mention.last, says[0].first)
    if marked.tags("cues", max(first, mention.first - 9), mention.first, ("claim",)):
        return mention.first < at  # "تبنت المقاومة، اليوم، استهداف القاعدة": the day it was claimed
    if marked.lang == "ar" and mention.first > at:
        return _of_statement(marked, mention, at, first)
    if marked.lang != "ar":
        return False
    says = marked.tags("speech", max(first, mention.first - 7), mention.first, ("say",))
    return bool(says) and not any(
        marked.tokens[near].form in _THAT and marked.tokens[near].form != "عن"
        for near in range(says[-1].last, mention.first)
    )


_BURIALS = ("شيع", "يشيع", "تشييع", "ووري", "دفن", "جنازه", "buried", "funeral", "mourned")


def of_burial(marked: Marked, mention: DateMention, at: int) -> bool:
    """ "شيّع الأهالي، اليوم، جثامين أربعة قضوا في غارة": the day they were buried, not the day they were killed."""
    if mention.first > at:
        return False
    return buried(marked, max(0, mention.first - 9), mention.first)


def buried(marked: Marked, first: int, last: int) -> bool:
    """Whether tokens[first:last] tell of a funeral."""
    return any(token.form.removeprefix("و").startswith(_BURIALS) for token in marked.tokens[first:last])


def date_claim(marked: Marked, mention: DateMention, rule: str = "told") -> Claim[Days]:
    span = marked.span(mention.first, mention.last)
    return Claim(mention.days, marked.words(span), (span,), "text", rule)


_ENDED = frozenset(("concluded", "ended", "ended in", "completed", "wrapped up"))


def lasting(marked: Marked, claim: Claim[Days], first: int, last: int) -> Claim[Days]:
    """What ended on its day and "lasted three days" began two days before."""
    if not any(tag.entry.gloss in _ENDED for tag in marked.tags("cues", first, last)):
        return claim
    for tag in marked.tags("cues", first, last, ("lasted",)):
        count = count_at(marked, tag.last, last)
        start = claim.value.start
        unit = marked.tag_at("times", count.last) if count is not None and count.last < last else None
        if count is None or not count.number or unit is None or unit.value != "unit:day" or start is None:
            continue
        span = marked.span(tag.first, unit.last)
        days = Days(start - timedelta(count.number - 1), claim.value.end, claim.value.precision)
        return Claim(days, f"{claim.words} … {marked.words(span)}", (*claim.spans, span), "text", claim.rule)
    return claim


def anchored_claim(marked: Marked, mention: DateMention, base: Days | None) -> Claim[Days] | None:
    """ "four days after the visit": the visit's day, counted back from the day of what came after it."""
    if mention.anchor is None:
        return None
    span = marked.span(mention.first, mention.last)
    published = marked.report.published
    if mention.kind == "shift" and (base is None or base.start is None):
        return None
    start = base.start if base and base.start else published
    if start is None:
        return Claim(Days(None, None, None), marked.words(span), (span,), "text", "anchored, no day to count from")
    day = start - timedelta(mention.anchor)
    return Claim(Days(day, day, 1), marked.words(span), (span,), "text", "anchored")


def publication_claim(marked: Marked) -> Claim[Days] | None:
    """The publication day of a report that says nothing of when: precision 2, and said to be no reading."""
    published = marked.report.published
    return Claim(Days(published, published, 2), "", (), "publication", "report tells no day") if published else None

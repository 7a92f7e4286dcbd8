"""What is not ours to record: events in other countries, and reports of sport, trade or fiction in the words of war."""

from pipeline.extract.marked import Marked

_IN = frozenset(
    "في ب داخل الي له بو in at to inside into near قرب شمال شمالي جنوب شرق شرقي غرب ريف محافظه مدينه "
    "العاصمه بلده باديه".split()
)
_DOUBTFUL = frozenset(
    "هدف أهداف فريق نادي جماهير كأس goal goals fans season match تیپ خول یانە نقاط "
    "director actor actors festival filmed audience tickets theatre مهرجان مخرج مشهد جمهور "
    "الترتيب بطولة ملعب stadium الدقيقة ضيفه مضيفه".split()
)


def is_abroad(marked: Marked, first: int, last: int) -> bool:
    """Whether tokens[first:last] tell of something in another country."""
    for tag in marked.tags("abroad", first, last):
        before = marked.tokens[tag.first - 1].form if tag.first > first else ""
        located = before.lstrip("وف") in _IN or before in _IN or tag.form.prep in ("ب", "له")
        visited = marked.tag_ending("triggers", tag.first)
        located = located or (visited is not None and visited.value.startswith("visit")) or before.startswith("سهردان")
        if located and not (tag.value == "capital" and before.lstrip("و") in ("شرق", "غرب")):
            return True
    return False


_IRAQ = frozenset("iraq iraqi العراق بالعراق عيراق عيراقدا كردستان كوردستان kurdistan".split())


def names_iraq(marked: Marked, first: int, last: int) -> bool:
    return any(token.form in _IRAQ for token in marked.tokens[first:last])


def other_domain(marked: Marked) -> bool:
    """Whether a report is of sport or fiction: three of its words or more, two of them certain."""
    last = len(marked.tokens)
    for domain in ("sport", "fiction"):
        terms = {tag.entry.term for tag in marked.tags("domains", 0, last, (domain,))}
        certain = terms - _DOUBTFUL
        if len(certain) >= 2 and len(terms) >= 3:
            return True
    return False

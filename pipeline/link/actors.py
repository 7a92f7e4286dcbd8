"""Which actors may be one and the same, told more or less exactly.

Names are the canonical ones of docs/codebook.md. A broader name is compatible with what it covers.
"""

Actors = frozenset[str]

_COVERS: dict[str, frozenset[str]] = {
    "Iraqi Security Forces": frozenset(
        {
            "Iraqi Army",
            "Federal Police",
            "Iraqi Police",
            "Counter-Terrorism Service",
            "Iraqi Intelligence",
            "National Security Service",
            "Popular Mobilization Forces",
            "Tribal Mobilization Forces",
        }
    ),
    "Iraqi Army": frozenset({"Counter-Terrorism Service", "Iraqi Intelligence", "Iraqi Air Force"}),
    "Iraqi Police": frozenset({"Federal Police"}),
    "Popular Mobilization Forces": frozenset({"Tribal Mobilization Forces", "Sinjar Resistance Units"}),
    "Unidentified Armed Group": frozenset({"Islamic State", "PKK", "Tribal Militia", "Saraya Awliya al-Dam"}),
    "Government of Iraq": frozenset({"Iraqi Army", "Iraqi Security Forces", "Presidency of Iraq"}),
    "Kurdistan Regional Government": frozenset({"Peshmerga", "Asayish"}),
}
_VAGUE = frozenset({"Unidentified Armed Group", "Civilians"})  # naming them tells little


def compatible(one: Actors, other: Actors) -> bool:
    """Whether two reports may mean the same: one names nobody, they share an actor, or one is broader."""
    return not one or not other or bool(one & other) or any(_covers(a, b) for a in one for b in other)


def specific_match(one: Actors, other: Actors) -> bool:
    """Whether both name the same actor, and one that is not nearly everybody."""
    return bool((one & other) - _VAGUE)


def _covers(one: str, other: str) -> bool:
    return other in _COVERS.get(one, ()) or one in _COVERS.get(other, ())

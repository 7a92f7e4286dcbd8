"""Which of GeoNames' alternate names are names: it also keeps airport codes, romanised consonants and mixed scripts."""

import re
import unicodedata

_KURDISH = set("ەێۆڵڕڤگچپژکیھۊێ")
_ADMIN_WORDS = re.compile(
    r"^(nahiyat|nahiya|qada'?|qadaa|markaz|muhafazat|qaryat|madinat|kumelgeha|qawam|quwam|mazari.*|khan|ناحية|قضاء|محافظة"
    r"|مركز|مدينة|قرية|مجمع|پارێزگای|ناحیەی|قەزای)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(al|ad|an|ar|as|ash|at|az|el)-", re.IGNORECASE)
_FOREIGN = re.compile(r"[ßøłřżščžćőűəğĝ]|^(Ehl|Ehr|Eh[dn])|ij(ja|e)$|dsch|dzh|kh?h'|szul|ou[ls]$", re.IGNORECASE)


def script(name: str) -> str | None:
    """ "arabic" or "latin" where the name keeps to one script, else None."""
    scripts = set()
    for char in name:
        if char.isalpha():
            kind = unicodedata.name(char, "").split()[0]
            scripts.add({"ARABIC": "arabic", "LATIN": "latin"}.get(kind, "other"))
    return scripts.pop() if scripts in ({"arabic"}, {"latin"}) else None


def language(name: str) -> str:
    """ar, ckb or en, by the letters of one name that passed `is_name`."""
    if script(name) == "latin":
        return "en"
    return "ckb" if _KURDISH & set(name) else "ar"


def is_name(name: str) -> bool:
    """False for codes, consonant strings (mkhmwr), mixed scripts, far exonyms, administrative titles."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if len(plain) < 3 or script(name) is None or _ADMIN_WORDS.match(plain) or any(c.isdigit() for c in plain):
        return False
    if "," in name or "،" in name or ";" in name:
        return False
    if script(name) == "arabic":
        return True
    if _FOREIGN.search(name) or (plain.isupper() and len(plain) <= 4):
        return False
    head = _ARTICLE.sub("", plain)
    return head[0].isupper() or not head[0].isalpha()

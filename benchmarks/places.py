"""Places for generated reports: towns of the disputed belt with rounded coordinates. Not the project's gazetteer."""

from pipeline.model import Location

# name, Arabic, Sorani, admin1, pcode, admin2, latitude, longitude, disputed, weight
_ROWS = (
    ("Kirkuk", "كركوك", "کەرکووک", "Kirkuk", "IQG08", "Kirkuk", 35.468, 44.392, True, 10),
    ("Hawija", "الحويجة", "حەویجە", "Kirkuk", "IQG08", "Al-Hawiga", 35.325, 43.770, False, 8),
    ("Daquq", "داقوق", "داقووق", "Kirkuk", "IQG08", "Daquq", 35.138, 44.448, True, 5),
    ("Dibis", "الدبس", "دوبز", "Kirkuk", "IQG08", "Dabes", 35.671, 44.071, True, 3),
    ("Makhmur", "مخمور", "مەخموور", "Erbil", "IQG11", "Makhmur", 35.776, 43.579, True, 7),
    ("Qaraj", "قراج", "قەراج", "Erbil", "IQG11", "Makhmur", 35.640, 43.350, True, 4),
    ("Tuz Khurmatu", "طوز خورماتو", "دووزخورماتوو", "Salah al-Din", "IQG18", "Tooz Khurmato", 34.888, 44.633, True, 6),
    ("Amirli", "آمرلي", "ئامرلی", "Salah al-Din", "IQG18", "Tooz Khurmato", 34.727, 44.587, True, 4),
    ("Baiji", "بيجي", "بێجی", "Salah al-Din", "IQG18", "Baiji", 34.931, 43.488, False, 5),
    ("Samarra", "سامراء", "سامەڕا", "Salah al-Din", "IQG18", "Samarra", 34.198, 43.874, False, 4),
    ("Jalawla", "جلولاء", "جەلەولا", "Diyala", "IQG10", "Khanaqin", 34.272, 45.168, True, 6),
    ("Khanaqin", "خانقين", "خانەقین", "Diyala", "IQG10", "Khanaqin", 34.348, 45.391, True, 6),
    ("Qara Tapa", "قره تبه", "قەرەتەپە", "Diyala", "IQG10", "Kifri", 34.421, 44.927, True, 3),
    ("Baqubah", "بعقوبة", "بەعقووبە", "Diyala", "IQG10", "Ba'quba", 33.748, 44.643, False, 5),
    ("Mandali", "مندلي", "مەندەلی", "Diyala", "IQG10", "Baladrooz", 33.744, 45.547, True, 2),
    ("Sinjar", "سنجار", "شنگال", "Nineveh", "IQG15", "Sinjar", 36.321, 41.876, True, 7),
    ("Mosul", "الموصل", "مووسڵ", "Nineveh", "IQG15", "Mosul", 36.340, 43.130, False, 9),
    ("Bashiqa", "بعشيقة", "باشیک", "Nineveh", "IQG15", "Mosul", 36.453, 43.349, True, 3),
    ("Tal Afar", "تلعفر", "تەلەعفەر", "Nineveh", "IQG15", "Telafar", 36.376, 42.449, False, 5),
    ("Zummar", "زمار", "زوممار", "Nineveh", "IQG15", "Telafar", 36.647, 42.590, True, 3),
    ("Shekhan", "الشيخان", "شێخان", "Nineveh", "IQG15", "Al-Shikhan", 36.694, 43.352, True, 2),
    ("Kifri", "كفري", "کفری", "Diyala", "IQG10", "Kifri", 34.695, 44.961, True, 3),
    ("Altun Kupri", "التون كوبري", "پردێ", "Kirkuk", "IQG08", "Dabes", 35.753, 44.141, True, 3),
    ("Amedi", "العمادية", "ئامێدی", "Duhok", "IQG09", "Amedi", 37.092, 43.487, False, 3),
)

PLACES = tuple(
    Location(
        place_id=f"gen-{number:03}",
        name=name,
        name_ar=name_ar,
        name_ckb=name_ckb,
        admin1=admin1,
        admin1_pcode=pcode,
        admin2=admin2,
        latitude=latitude,
        longitude=longitude,
        geo_precision=1,
        where_prec=1,
        disputed=disputed,
    )
    for number, (name, name_ar, name_ckb, admin1, pcode, admin2, latitude, longitude, disputed, _) in enumerate(_ROWS)
)
WEIGHTS = tuple(row[-1] for row in _ROWS)
ADMINISTERED = {
    place.place_id or "": "Kurdistan Region" if place.admin1 in ("Erbil", "Duhok") else "Federal" for place in PLACES
}

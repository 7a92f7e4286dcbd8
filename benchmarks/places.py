"""Places for generated reports: the gazetteer's, towns more often than villages."""

from geodata.gazetteer import Gazetteer
from pipeline.geocode.resolve import location_of, precision

_OFTEN = {"city": 40, "town": 15, "village": 2, "camp": 3, "quarter": 3, "mountain": 4, "valley": 3, "area": 3}

_CHOSEN = [place for place in Gazetteer.load().places.values() if place.kind in _OFTEN]
PLACES = tuple(location_of(place, *precision(place)) for place in _CHOSEN)
WEIGHTS = tuple(_OFTEN[place.kind] for place in _CHOSEN)
ADMINISTERED = {place.place_id: place.administered_by for place in _CHOSEN if place.administered_by}

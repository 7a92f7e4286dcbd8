"""Fuzzing: what any bytes at all may not do to readers, text, dates, geocoder, exports, links and model answers."""

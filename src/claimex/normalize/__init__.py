"""Plain strings to values; no spaCy here."""

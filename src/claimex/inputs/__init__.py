"""Files, folders, lists and streams in, articles out: `reading.py` is what the rest of claimex calls."""

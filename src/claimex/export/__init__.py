"""Claims in the formats of other tools: a module for each, and one table of them in `formats`."""

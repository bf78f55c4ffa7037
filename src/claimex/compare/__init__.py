"""Claims of many articles set against each other: who says how many, since when, and who says otherwise."""

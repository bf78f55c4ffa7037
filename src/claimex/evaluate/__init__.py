"""Claims against gold: what is found, what is right about it, and whether pinned floors hold."""

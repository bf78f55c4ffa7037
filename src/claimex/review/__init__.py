"""Claims looked through by a person: decisions on them, kept as gold."""

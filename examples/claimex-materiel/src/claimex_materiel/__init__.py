"""The kind `materiel_count`: arms and ammunition, counted, with who supplied, used or lost them."""

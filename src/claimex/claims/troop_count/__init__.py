"""The kind `troop_count`."""

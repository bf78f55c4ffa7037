"""The kind `treaty_event`."""

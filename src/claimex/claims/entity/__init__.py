"""The kind `entity`."""

"""The command line: parses, delegates and prints."""

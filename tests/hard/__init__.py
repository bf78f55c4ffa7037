"""What docs/reliability.md promises of input that means harm."""

"""`claimex evaluate`."""


def evaluate_command() -> None:
    """x."""

"""`python -m claimex`, and what the `claimex` program starts."""


def main() -> None:
    """Run the command line."""
    # Worker processes import this module again, and have no use for the command line.
    from claimex.cli.app import main

    main()


if __name__ == "__main__":
    main()

"""`market-pulse` and `python -m bot`: the same program."""

from bot.cli.group import cli


def main() -> None:
    """Run the command line."""
    cli(prog_name="market-pulse")


if __name__ == "__main__":
    main()

"""The `mgtui` command."""


def main() -> None:
    """Run the command line."""
    from mgtui.cli import run

    run()


if __name__ == "__main__":
    main()

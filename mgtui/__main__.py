"""The `mgtui` command."""

import gc


def main() -> None:
    """Run the command line."""
    # What is imported at the start lives as long as the program: looking for garbage in it is a fifth of the time.
    # `mgtui.cli` lets the collector work again once the command is there, the screens once they are drawn.
    gc.disable()
    from mgtui.cli import run

    run()


if __name__ == "__main__":
    main()

"""Reads the command line and hands over to the chosen mode."""

import sys


def main() -> int:
    """Run the program; return its exit code (DESIGN.md 8)."""
    from eventsnap_desktop.app.command_line import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())

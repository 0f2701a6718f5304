"""Reads the command line and hands over to the chosen mode."""

import sys


def main() -> int:
    """Run the program; return its exit code (DESIGN.md 8)."""
    try:
        from eventsnap_desktop.app.command_line import run
    except KeyboardInterrupt:  # so early that nothing was begun
        sys.stderr.write("Stopped.\n")
        return 130

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())

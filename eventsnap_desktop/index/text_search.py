"""Finds a part of a text in any case, in every database, whatever its locale knows of letters."""

_SPECIAL = frozenset(r"\^$.|?*+()[]{}")


def any_case(part: str) -> str:
    """Return a regular expression of PostgreSQL for texts that hold ``part`` in any case.

    Not ILIKE: in the locale C, which the embedded database has, that knows ASCII letters only.
    """
    return "".join(_one_letter(letter) for letter in part)


def _one_letter(letter: str) -> str:
    if letter in _SPECIAL:
        return f"\\{letter}"
    # Some letters become two in the other case: those stay as they are.
    cases = {one for one in (letter.lower(), letter.upper()) if len(one) == 1} | {letter}
    return letter if len(cases) == 1 else f"[{''.join(sorted(cases))}]"

"""E-mail addresses as guests type them: checked, completed, and corrected where a typo is plain."""

import re
import unicodedata

from eventsnap_desktop.delivery.mail_domains import (
    COUNTRIES,
    DOMAINS,
    ENDINGS_BY_TYPO,
    NEVER_IN_ANOTHER_COUNTRY,
    OFTEN_MISSPELT,
    REAL,
)
from eventsnap_desktop.domain.errors import UsageError

LONGEST = 254
"""Characters of an address: RFC 5321 4.5.3.1.3, less the brackets around it."""

_LONGEST_LOCAL = 64  # RFC 5321 4.5.3.1.1
_LONGEST_LABEL = 63  # RFC 1035 2.3.4
# RFC 5322 3.2.3: dot-atom. Its quoted form is left out: nobody has it, and it may hold anything.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_ENDING = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]+")

_MEANT = {typo: meant for meant, typos in ENDINGS_BY_TYPO.items() for typo in typos.split()}
_NO_COUNTRY = frozenset({"cm", "co", "om"})  # they are, but here it is .com with a letter lost
_SHORT = 4  # letters of a name of which a changed one makes another real name: live, love, line


def check_address(text: str) -> str:
    """Return an address as it is written to: domain in lower case, its labels in ASCII.

    Raises UsageError for whatever is not plainly one address. The result can stand in a header:
    it holds no space, control character, comma, quotation mark or bracket.
    """
    address = text.strip(" ")
    if any(not character.isprintable() or character.isspace() for character in address):
        raise UsageError("An e-mail address has no spaces or line breaks")
    local, at, domain = address.rpartition("@")
    if not at or "@" in local:
        raise UsageError("An e-mail address has one @")
    if len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        raise UsageError("This cannot stand before the @ of an e-mail address")
    checked = f"{local}@{_ascii_domain(domain)}"
    if len(checked) > LONGEST:
        raise UsageError("The e-mail address is too long")
    return checked


def is_address(text: str) -> bool:
    """Tell whether ``check_address`` takes it."""
    try:
        check_address(text)
    except UsageError:
        return False
    return True


def completions(text: str, language: str, most: int) -> tuple[str, ...]:
    """Return the domains to offer, the most used first, narrowed by what stands after the @.

    What begins as it was typed comes in the order of the language; none when the domain is
    complete, or is none of ours.
    """
    offered = DOMAINS.get(language, DOMAINS["en"])
    begun = text.strip(" ").lower().rpartition("@")[2] if "@" in text else ""
    if begun in offered:
        return ()
    return tuple(one for one in offered if one.startswith(begun))[:most]


def completed(text: str, domain: str) -> str:
    """Return the text with a domain instead of what stands after its @."""
    return f"{text.strip(' ').partition('@')[0]}@{domain}"


def suggest(text: str) -> str | None:
    """Return what was probably meant where an address has an obvious typo, otherwise None.

    Only what stands after the @ is looked at, or its lack. A domain that exists is left alone.
    """
    address = "".join(text.split()).lower()
    local, at, domain = address.partition("@")
    if not at:
        local, domain = _split_without_at(address)
    domain = _tidied(domain)
    # gmail and gma are not typos, but not yet finished.
    if not domain or any(known.startswith(f"{domain}.") for known in REAL):
        return None
    meant = f"{local}@{_corrected(domain)}"
    return meant if meant != text.strip(" ").lower() and is_address(meant) else None


def _ascii_domain(domain: str) -> str:
    """Return a domain's ASCII labels; raises UsageError. IDNA 2008 without its tables: RFC 5891."""
    if len(domain) > LONGEST:
        raise UsageError("The e-mail address is too long")
    labels = [_ascii_label(label) for label in domain.split(".")]
    if len(labels) < 2 or not _ENDING.fullmatch(labels[-1]):
        raise UsageError("An e-mail address ends with a domain, such as example.com")
    return ".".join(labels)


def _ascii_label(label: str) -> str:
    lower = unicodedata.normalize("NFC", label.lower())
    if not lower.isascii():
        # A letter that stands for another, such as a wide one, would lead to another domain.
        if unicodedata.normalize("NFKC", lower) != lower or not _only_letters(lower):
            raise UsageError("The domain of the e-mail address has a character it cannot have")
        lower = "xn--" + lower.encode("punycode").decode("ascii")
    if len(lower) > _LONGEST_LABEL or not _LABEL.fullmatch(lower):
        raise UsageError("The domain of the e-mail address cannot be right")
    return lower


def _only_letters(label: str) -> bool:
    kinds = {unicodedata.category(letter) for letter in label if letter != "-"}
    return kinds <= {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}


def _split_without_at(address: str) -> tuple[str, str]:
    """Return the parts of an address whose @ is missing: annagmail.com."""
    for domain in sorted(OFTEN_MISSPELT, key=len, reverse=True):
        if address.endswith(domain) and len(address) > len(domain):
            return address.removesuffix(domain), domain
    return address, ""


def _tidied(domain: str) -> str:
    """Return a domain with single dots for what a finger puts in their place."""
    dotted = re.sub(r"[.,;:@]+", ".", domain).strip(".")
    bare = dotted.removeprefix("www.")
    return bare if bare in REAL else dotted


def _corrected(domain: str) -> str:
    if domain in REAL:
        return domain
    undotted = domain.replace(".", "")
    for target in OFTEN_MISSPELT:
        if target.replace(".", "") == undotted:
            return target
    found = [
        (_distance(domain, target), place)
        for place, target in enumerate(OFTEN_MISSPELT)
        if _may_be_typo_of(domain, target)
    ]
    if found:
        return OFTEN_MISSPELT[min(found)[1]]
    name, dot, ending = domain.rpartition(".")
    return f"{name}{dot}{_MEANT.get(ending, ending)}"


def _may_be_typo_of(domain: str, target: str) -> bool:
    name, _, ending = domain.partition(".")
    target_name, _, target_ending = target.partition(".")
    if name == target_name and name in NEVER_IN_ANOTHER_COUNTRY:
        return True
    return _is_name_typo(name, target_name) and _is_ending_typo(ending, target_ending)


def _is_name_typo(name: str, target: str) -> bool:
    if len(target) <= _SHORT:
        return sorted(name) == sorted(target) or _single_letters(name) == target
    distance = _distance(name, target)
    return distance <= 1 or (distance == 2 and len(target) > 6 and name[:1] == target[0])


def _is_ending_typo(ending: str, target: str) -> bool:
    if ending == target or _MEANT.get(ending) == target:
        return True
    is_other = ending in COUNTRIES or ending in {"com", "net", "org", "info"} or ending in _MEANT
    near = ending in _NO_COUNTRY or _distance(ending, target) <= 1
    return not is_other and near and _distance(ending, target) <= 2


def _single_letters(name: str) -> str:
    return re.sub(r"(.)\1+", r"\1", name)


def _distance(one: str, other: str) -> int:
    """Return how many letters are to be changed, added, left out or swapped with a neighbour.

    Optimal string alignment: https://doi.org/10.1145/363958.363994 (Damerau 1964).
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]

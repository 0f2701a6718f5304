"""Addresses: what is one, what was meant, what is offered while somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.delivery.addresses import (
    LONGEST,
    check_address,
    completed,
    completions,
    is_address,
    suggest,
)
from eventsnap_desktop.delivery.mail_domains import DOMAINS, OFTEN_MISSPELT, REAL
from eventsnap_desktop.domain.errors import UsageError

LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
LOCALS = st.from_regex(r"[a-z0-9_+-]{1,12}(\.[a-z0-9_+-]{1,12}){0,3}", fullmatch=True)
ADDRESSES = st.builds("{}@{}.{}".format, LOCALS, LABELS, st.sampled_from(["de", "com", "museum"]))


@pytest.mark.parametrize(
    ("typed", "checked"),
    [
        ("anna@example.com", "anna@example.com"),
        ("  Anna.O'Brien+party@Example.CO.UK ", "Anna.O'Brien+party@example.co.uk"),
        ("a@bücher.de", "a@xn--bcher-kva.de"),
        ("a@BÜCHER.de", "a@xn--bcher-kva.de"),
        ("a@straße.de", "a@xn--strae-oqa.de"),
        ("a@пример.рф", "a@xn--e1afmkfd.xn--p1ai"),
        ("x" * 64 + "@example.com", "x" * 64 + "@example.com"),
    ],
)
def test_an_address_is_taken_as_it_is_written_to(typed: str, checked: str) -> None:
    assert check_address(typed) == checked


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "@example.com",
        "anna@",
        "anna@example",
        "anna@localhost",
        "a@b@example.com",
        "anna@exam ple.com",
        "an na@example.com",
        "anna@example.com,ben@example.com",
        "anna@example.com;ben@example.com",
        "Anna <anna@example.com>",
        '"anna"@example.com',
        "anna@example..com",
        ".anna@example.com",
        "anna.@example.com",
        "an..na@example.com",
        "anna@-example.com",
        "anna@example-.com",
        "anna@example.c",
        "anna@example.123",
        "anna@[127.0.0.1]",
        "änna@example.com",
        "anna@example.com\n",
        "anna@example.com\r\nBcc: all@example.com",
        "anna@exa\u200bmple.com",
        "anna@exa\u00a0mple.com",
        "anna@\uff45xample.com",
        "anna@exam☃ple.com",
        "x" * 65 + "@example.com",
        "anna@" + "x" * 64 + ".com",
        "anna@" + "x." * 130 + "com",
    ],
)
def test_what_is_not_plainly_one_address_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        check_address(typed)


@given(ADDRESSES)
def test_ordinary_addresses_stay_as_they_are(address: str) -> None:
    assert check_address(address) == address


@given(st.text(max_size=300))
def test_whatever_is_taken_can_stand_in_a_header(text: str) -> None:
    if not is_address(text):
        return
    checked = check_address(text)
    assert checked.isascii()
    assert checked.isprintable()
    assert not set(checked) & set(' ,;:"<>()[]\\')
    assert len(checked) <= LONGEST
    assert check_address(checked) == checked


@given(ADDRESSES, st.sampled_from([*'\r\n\t\0 ,;"<>()[]\\:', "\u2028", "\u0085"]), st.data())
def test_no_character_that_ends_an_address_gets_in(
    address: str, character: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(address) - 1))

    assert not is_address(address[:place] + character + address[place:])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anna@gmial.com", "anna@gmail.com"),
        ("anna@gmail.con", "anna@gmail.com"),
        ("anna@gmal.com", "anna@gmail.com"),
        ("anna@gmaill.com", "anna@gmail.com"),
        ("anna@gmail.de", "anna@gmail.com"),
        ("anna@gmail.c", "anna@gmail.com"),
        ("anna@gmail.co", "anna@gmail.com"),
        ("anna@gamil.cm", "anna@gmail.com"),
        ("anna@gmailcom", "anna@gmail.com"),
        ("anna@gmail,com", "anna@gmail.com"),
        ("anna@gmail..com", "anna@gmail.com"),
        ("anna@gmail.com.", "anna@gmail.com"),
        ("anna@ gmail.com", "anna@gmail.com"),
        ("anna@@gmail.com", "anna@gmail.com"),
        ("anna@www.gmail.com", "anna@gmail.com"),
        ("anna.gmail@gnail.com", "anna.gmail@gmail.com"),
        ("annagmail.com", "anna@gmail.com"),
        ("annaweb.de", "anna@web.de"),
        ("anna@hotnail.com", "anna@hotmail.com"),
        ("anna@hotmial.de", "anna@hotmail.de"),
        ("anna@hotmail.ed", "anna@hotmail.de"),
        ("anna@hotmai.co.uk", "anna@hotmail.co.uk"),
        ("anna@outlok.com", "anna@outlook.com"),
        ("anna@outllok.de", "anna@outlook.de"),
        ("anna@iclud.com", "anna@icloud.com"),
        ("anna@icloud.de", "anna@icloud.com"),
        ("anna@yaho.com", "anna@yahoo.com"),
        ("anna@yahoo.ocm", "anna@yahoo.com"),
        ("anna@web.ed", "anna@web.de"),
        ("anna@ewb.de", "anna@web.de"),
        ("anna@webde", "anna@web.de"),
        ("anna@gmx.dee", "anna@gmx.de"),
        ("anna@gmxx.de", "anna@gmx.de"),
        ("anna@gmx.nett", "anna@gmx.net"),
        ("anna@tonline.de", "anna@t-online.de"),
        ("anna@t-onlinde.de", "anna@t-online.de"),
        ("anna@freenet.d", "anna@freenet.de"),
        ("anna@bäckerei.ed", "anna@bäckerei.de"),
        ("anna@our-wedding.con", "anna@our-wedding.com"),
    ],
)
def test_an_obvious_typo_is_understood(typed: str, meant: str) -> None:
    assert suggest(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "anna@",
        "anna@g",
        "anna@gmail",
        "anna@web",
        "@gmial.com",
        "anna@love.com",
        "anna@wed.de",
        "anna@gmc.de",
        "anna@web.com",
        "anna@gmx.dk",
        "anna@yahoo.pl",
        "anna@outlook.pt",
        "anna@small.com",
        "anna@example.org",
        "anna@uni-muenchen.de",
        "anna@firma.co",
        "anna@bmw.de",
    ],
)
def test_what_may_be_right_or_is_not_finished_is_left_alone(typed: str) -> None:
    assert suggest(typed) is None


@pytest.mark.parametrize("domain", sorted(REAL))
def test_domains_that_exist_are_never_corrected(domain: str) -> None:
    assert suggest(f"anna@{domain}") is None
    assert is_address(f"anna@{domain}")


def test_what_is_offered_and_meant_exists() -> None:
    assert set(OFTEN_MISSPELT) <= REAL
    assert all(len(set(domains)) == len(domains) for domains in DOMAINS.values())


@given(LOCALS, st.sampled_from(OFTEN_MISSPELT), st.data())
def test_two_swapped_letters_of_a_long_domain_are_found(
    local: str, domain: str, data: st.DataObject
) -> None:
    name, _, ending = domain.partition(".")
    if len(name) < 6:
        return
    place = data.draw(st.integers(0, len(name) - 2))
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if swapped == name:
        return

    assert suggest(f"{local}@{swapped}.{ending}") == f"{local}@{domain}"


@given(st.one_of(st.text(max_size=60), ADDRESSES, st.emails()))
def test_what_is_suggested_is_an_address_and_needs_no_other(text: str) -> None:
    meant = suggest(text)

    if meant is not None:
        assert is_address(meant)
        assert suggest(meant) is None


def test_domains_are_offered_by_language_and_narrowed_while_typing() -> None:
    assert completions("anna", "de", 3) == ("gmail.com", "web.de", "gmx.de")
    assert completions("anna", "en", 2) == ("gmail.com", "icloud.com")
    assert completions("anna", "fr", 1) == ("gmail.com",)
    assert completions("anna@g", "de", 9)[:3] == ("gmail.com", "gmx.de", "gmx.net")
    assert completions("anna@GMX", "de", 9) == ("gmx.de", "gmx.net", "gmx.at", "gmx.ch")


@pytest.mark.parametrize("typed", ["anna@gmail.com", "anna@firma.de", "anna@xy"])
def test_nothing_is_offered_where_nothing_fits_or_is_missing(typed: str) -> None:
    assert completions(typed, "en", 6) == ()


def test_a_chosen_domain_takes_the_place_of_what_was_begun() -> None:
    assert completed("anna", "web.de") == "anna@web.de"
    assert completed("anna@g", "gmx.de") == "anna@gmx.de"

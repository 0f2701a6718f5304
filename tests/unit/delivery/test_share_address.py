"""Which of a machine's addresses phones are told, and how a link begins."""

from ipaddress import IPv4Address

import pytest

from eventsnap_desktop.delivery.share_address import (
    OwnAddress,
    best_first,
    own_addresses,
    phone_address,
    share_url,
)


def own(**addresses: str) -> list[OwnAddress]:
    return [OwnAddress(name.replace("_", " "), IPv4Address(one)) for name, one in addresses.items()]


def test_the_network_with_the_default_route_is_before_another_real_one() -> None:
    there = own(eth0="10.0.0.5", wlan0="192.168.1.20", lo="127.0.0.1")

    assert best_first(there, IPv4Address("192.168.1.20")) == [
        "192.168.1.20",
        "10.0.0.5",
        "127.0.0.1",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "docker0",
        "br-1a2b",
        "veth12",
        "virbr0",
        "vboxnet0",
        "vmnet8",
        "tun0",
        "wg0",
        "tailscale0",
        "utun3",
        "zt5u4",
        "vEthernet_(WSL)",
        "VirtualBox_Host-Only",
        "Bluetooth_Network",
    ],
)
def test_no_phone_is_in_a_network_that_is_only_inside_a_machine(name: str) -> None:
    there = [*own(**{name: "172.17.0.1"}), *own(wlan0="192.168.1.20")]

    assert best_first(there, IPv4Address("172.17.0.1"))[0] == "192.168.1.20"


def test_an_address_of_ones_own_making_is_before_loopback_and_after_all_others() -> None:
    there = own(lo="127.0.0.1", eth1="169.254.3.4", eth0="81.2.69.142", wlan0="192.168.1.20")

    assert best_first(there, None) == ["192.168.1.20", "81.2.69.142", "169.254.3.4", "127.0.0.1"]


def test_a_hotspot_of_this_machine_needs_no_default_route() -> None:
    assert best_first(own(wlp2s0="10.42.0.1", lo="127.0.0.1"), None)[0] == "10.42.0.1"


def test_this_machine_has_an_address() -> None:
    assert any(one.address.is_loopback for one in own_addresses())
    assert IPv4Address(phone_address())


@pytest.mark.parametrize(
    ("public", "scheme", "host", "port", "url"),
    [
        ("", "http", "192.168.1.20", 8473, "http://192.168.1.20:8473"),
        ("", "https", "photos.example.org", 443, "https://photos.example.org"),
        ("", "http", "fd00::1", 8473, "http://[fd00::1]:8473"),
        ("https://photos.example.org/here/", "http", "x", 1, "https://photos.example.org/here"),
    ],
)
def test_a_link_begins_with(public: str, scheme: str, host: str, port: int, url: str) -> None:
    assert share_url(public, scheme, host, port) == url

"""Under which address phones in the same network reach this machine."""

import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, ip_address

import psutil

_VIRTUAL = re.compile(
    r"lo\d*$|docker|br-|veth|virbr|vmnet|vbox|vnic|podman|cni|flannel|cali|lxc|lxd|kube"
    r"|tun|tap|utun|wg|ppp|zt|tailscale|ham|awdl|llw|gif|stf|anpi|nordlynx|proton"
    r"|.*(?:vethernet|virtualbox|vmware|hyper-v|wsl|loopback|bluetooth|pseudo|wintun)",
    re.IGNORECASE,
)
"""Names of networks that exist inside this machine, or reach far away: no phone is in them."""

_NOBODY = "192.0.2.1"  # RFC 5737: an address for documents; nothing is sent to it


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """An IPv4 address of this machine, and the network interface that has it."""

    interface: str
    address: IPv4Address


def own_addresses() -> list[OwnAddress]:
    """Return the IPv4 addresses of the interfaces that are up."""
    states = psutil.net_if_stats()
    return [
        OwnAddress(name, address)
        for name, addresses in psutil.net_if_addrs().items()
        if name not in states or states[name].isup
        for address in _ipv4(addresses)
    ]


def route_address() -> IPv4Address | None:
    """Return the address from which packets to elsewhere would go, None without such a way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_NOBODY, 9))  # of a datagram socket: only looks the route up
        except OSError:
            return None
        return _address(probe.getsockname()[0])


def best_first(own: Sequence[OwnAddress], route: IPv4Address | None) -> list[str]:
    """Return the addresses phones may reach, the likeliest first.

    That is a private one of a real interface, before all the one with the default route. One that
    the machine gave itself (169.254.x.x), one of a virtual network, or its own loopback come last:
    they are taken where there is nothing else.
    """

    def place(one: OwnAddress) -> tuple[bool, bool, bool, bool, bool, str, int]:
        ip = one.address
        return (
            ip.is_loopback,
            bool(_VIRTUAL.match(one.interface)),
            ip.is_link_local,
            not ip.is_private,
            ip != route,
            one.interface,
            int(ip),
        )

    return [str(one.address) for one in sorted(set(own), key=place)]


def phone_address() -> str:
    """Return the address that phones most likely reach; 127.0.0.1 where there is no network."""
    return next(iter(best_first(own_addresses(), route_address())), "127.0.0.1")


def share_url(public_url: str, scheme: str, host: str, port: int) -> str:
    """Return what a link begins with, without a slash at its end; ``public_url`` is before all."""
    if public_url:
        return public_url.rstrip("/")
    named = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{named}" if port == usual else f"{scheme}://{named}:{port}"


def is_address(host: str) -> bool:
    """Whether it can be listened on; a name may stand for 127.0.0.1 on the machine itself."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _ipv4(addresses: Sequence[Mapping[str, object] | object]) -> list[IPv4Address]:
    found = []
    for one in addresses:
        if getattr(one, "family", None) == socket.AF_INET:
            address = _address(str(getattr(one, "address", "")))
            if address is not None and not address.is_unspecified:
                found.append(address)
    return found


def _address(text: str) -> IPv4Address | None:
    try:
        return IPv4Address(text)
    except AddressValueError:
        return None

"""A hundred phones as the share page sees them; also a program: `python -m benchmarks.phones`.

As a program it reads a JSON list of links from standard input and has a phone open each of them. It
gives way to everything else, so that what is measured beside it is not the load it makes itself.
"""

import asyncio
import json
import os
import random
import sys
from collections import Counter, defaultdict
from re import findall
from time import perf_counter

import httpx


class Phones:
    """All phones, and how long each kind of answer took.

    All open their page within a second, load its pictures six at a time as browsers do, open three
    large ones, ask for news every five seconds; every tenth saves all as a ZIP, every fifth one
    photo.
    """

    def __init__(self, links: list[str], seconds: float) -> None:
        self._links, self._seconds = links, seconds
        self.took: dict[str, list[float]] = defaultdict(list)
        self.first_bytes: list[float] = []
        self.errors: Counter[str] = Counter()
        self.bytes = self.again = 0

    async def run(self) -> None:
        """Let all phones do what they do at once."""
        await asyncio.gather(*(self._phone(at, link) for at, link in enumerate(self._links)))

    async def _phone(self, number: int, link: str) -> None:
        await asyncio.sleep(random.Random(number).random())
        end = perf_counter() + self._seconds
        limits = httpx.Limits(max_connections=6)
        async with httpx.AsyncClient(limits=limits, timeout=120) as client:
            page = (await self._get(client, "page", link)).decode()
            base = link.rpartition("/")[0]
            files = ["../share/page.css", "../share/page.js"]
            small = findall(r'<img src="([^"]+)"', page)
            await asyncio.gather(
                *(self._get(client, "page's files", f"{base}/{one}") for one in files),
                *(self._get(client, "small picture", f"{base}/{one}") for one in small),
            )
            for one in small[:3]:
                large = one.replace("size=small", "size=large")
                await self._get(client, "large picture", f"{base}/{large}")
            if number % 5 == 0:
                full = small[0].replace("size=small", "size=full")
                await self._get(client, "saved photo", f"{base}/{full}")
            if number % 10 == 0:
                await self._zip(client, f"{link}/all.zip")
            while perf_counter() < end:
                await asyncio.sleep(5)
                await self._get(client, "news", f"{link}/photos.json")

    async def _get(self, client: httpx.AsyncClient, kind: str, address: str) -> bytes:
        begun = perf_counter()
        try:
            answer = await client.get(address)
        except httpx.RemoteProtocolError:  # ended before it was asked on: browsers ask again too
            answer = await client.get(address)
            self.again += 1
        except httpx.HTTPError as error:
            self.errors[f"{kind}: {type(error).__name__}"] += 1
            return b""
        self.took[kind].append(perf_counter() - begun)
        self.bytes += len(answer.content)
        if answer.status_code != 200:
            self.errors[f"{kind}: {answer.status_code}"] += 1
        return answer.content

    async def _zip(self, client: httpx.AsyncClient, address: str) -> None:
        begun, first = perf_counter(), 0.0
        try:
            async with client.stream("GET", address) as answer:
                async for piece in answer.aiter_raw():
                    first = first or perf_counter() - begun
                    self.bytes += len(piece)
        except httpx.HTTPError as error:
            self.errors[f"ZIP: {type(error).__name__}"] += 1
            return
        self.first_bytes.append(first)
        self.took["ZIP, whole"].append(perf_counter() - begun)


def main() -> None:
    """Be the phones; say in one line what came of it."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, 19)
    links = json.load(sys.stdin)
    phones, begun = Phones(links, float(sys.argv[1])), perf_counter()
    asyncio.run(phones.run())
    seconds = perf_counter() - begun
    answers = sum(len(took) for took in phones.took.values())
    said = (
        f"{len(links)} phones: {answers} answers, {phones.bytes / 2**20:.0f} MB in {seconds:.0f} s"
    )
    print(f"{said}, errors: {dict(phones.errors) or 'none'}", flush=True)


if __name__ == "__main__":
    main()

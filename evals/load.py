"""Many clients at once against a running server: errors, times and answers a second."""

import asyncio
import statistics
import time
from itertools import count

import httpx

QUESTIONS = (
    "Wat zeiden burgers over wonen?",
    "Wat ging er mis in het onderwijs?",
    "Welke zorgen hadden ouderen?",
    "Wat willen mensen met groen in de buurt?",
    "Wat vinden ondernemers van thuiswerken?",
    "What did students say about online lessons?",
)
_TIMEOUT_SECONDS = 120


def run(address: str, *, clients: int = 50, seconds: float = 60) -> str:
    """A table of one run: as many clients ask one question after another for so long."""
    times, errors = asyncio.run(_ask_all(address, clients, seconds))
    high = statistics.quantiles(times, n=20)[-1]
    rows = [
        ("clients", f"{clients}"),
        ("answers", f"{len(times)}"),
        ("errors", f"{errors}"),
        ("answers a second", f"{len(times) / seconds:.1f}"),
        ("ms, median", f"{1000 * statistics.median(times):.0f}"),
        ("ms, 95th percentile", f"{1000 * high:.0f}"),
    ]
    return "\n".join(["| what | |", "|---|--:|", *(f"| {name} | {value} |" for name, value in rows)])


async def _ask_all(address: str, clients: int, seconds: float) -> tuple[list[float], int]:
    times: list[float] = []
    errors = 0
    until = time.monotonic() + seconds

    async def ask(client: httpx.AsyncClient, first: int) -> None:
        nonlocal errors
        for number in count(first):
            if time.monotonic() >= until:
                return
            started = time.perf_counter()
            try:
                response = await client.post("/v1/vragen", json={"question": QUESTIONS[number % len(QUESTIONS)]})
                is_answer = response.status_code == httpx.codes.OK and bool(response.json()["citations"])
            except httpx.HTTPError:
                is_answer = False
            errors += not is_answer
            times.append(time.perf_counter() - started)

    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=address, timeout=_TIMEOUT_SECONDS, limits=limits) as client:
        await asyncio.gather(*(ask(client, number) for number in range(clients)))
    return times, errors

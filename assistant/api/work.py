"""What takes time, off the event loop: so many at once, and so long each."""

import os
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import suppress
from itertools import islice
from typing import TypeVar

import anyio
from anyio import to_thread

from assistant.api.problems import ProblemError
from kb.settings import Settings

Result = TypeVar("Result")
_TOO_LONG = 504


# Questions that may wait for a language model while others are answered: waiting takes no processor.
_WAITING = 32


class Work:
    """Threads for questions and checks. More at once than there are processors only makes each slower."""

    def __init__(self, *, at_once: int, seconds_max: float) -> None:
        self._at_once = at_once
        self._seconds_max = seconds_max
        self._limiter: anyio.CapacityLimiter | None = None

    async def run(self, call: Callable[[], Result]) -> Result:
        """What `call` gives; it waits its turn.

        Raises:
            ProblemError: when it takes too long. The thread ends by itself, and counts until then.
        """
        # A limiter belongs to an event loop, which is there only now.
        self._limiter = self._limiter or anyio.CapacityLimiter(self._at_once)
        try:
            with anyio.fail_after(self._seconds_max):
                return await to_thread.run_sync(call, limiter=self._limiter, abandon_on_cancel=True)
        except TimeoutError:
            msg = f"Het antwoord kwam niet binnen {self._seconds_max:g} seconden. Probeer het later opnieuw."
            raise ProblemError(_TOO_LONG, msg) from None

    async def each(self, items: Generator[Result]) -> AsyncIterator[Result]:
        """What a generator gives, each item as soon as it is made, in its turn.

        The generator is closed when nobody listens any more, so that a language model need not go on.

        Raises:
            ProblemError: when an item takes too long.
        """
        is_heard = True

        def following() -> list[Result]:
            made = list(islice(items, 1))
            if not is_heard:
                items.close()
            return made

        try:
            while made := await self.run(following):
                yield made[0]
        finally:
            is_heard = False
            # A thread that is at work on it closes it by itself.
            with suppress(ValueError):
                items.close()


def work_for(settings: Settings) -> Work:
    """As many at once as there are processors; with a language model more, and as much longer as it may take."""
    at_once, seconds = os.cpu_count() or 1, settings.seconds_max
    if settings.llm:
        return Work(at_once=at_once + _WAITING, seconds_max=seconds + settings.llm_seconds)
    return Work(at_once=at_once, seconds_max=seconds)

"""What takes time, off the event loop: so many at once, and so long each."""

from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import to_thread

from assistant.api.problems import ProblemError

Result = TypeVar("Result")
_TOO_LONG = 504


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

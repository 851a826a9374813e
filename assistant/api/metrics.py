"""Counts for Prometheus: how many requests of which kind, and how long they took."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counts of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        names = ("method", "resource", "status")
        self._requests = Counter("dialoogwijzer_requests", "Requests", names, registry=self._registry)
        self._seconds = Histogram(
            "dialoogwijzer_seconds", "Seconds a request took", ("method", "resource"), registry=self._registry
        )

    def count(self, method: str, resource: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, resource, str(status)).inc()
        self._seconds.labels(method, resource).observe(seconds)

    def text(self) -> bytes:
        """All counts in the form that Prometheus reads."""
        return generate_latest(self._registry)

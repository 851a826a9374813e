"""The HTTP API under /v1, by the REST API Design Rules of the Dutch government (https://logius-standaarden.github.io/API-Design-Rules/)."""

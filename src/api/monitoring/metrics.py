"""`GET /metrics`, for Prometheus: what this process did, and what the database says of itself.

Behind a token of its own, since partnerships and their volumes are nobody else's business; without that setting nothing
is served. Every process counts its own requests; what is of the database is the same from each.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Depends, Header, HTTPException
from fastapi.responses import PlainTextResponse
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.monitoring.request_log import OUTCOMES, RequestRecord
from domain.shared.refusals import Refusal

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
KINDS = ("query", "mutation", "none")
LATENCIES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
EDGE_CODES = (
    "UNAUTHENTICATED", "INVALID", "TOO_LARGE", "SERVICE_UNAVAILABLE", "UNEXPECTED", "METHOD_NOT_ALLOWED",
    "NOT_ACCEPTABLE", "UNSUPPORTED", "TOO_MANY_REQUESTS", "OVERLOADED", "TIMED_OUT",
)  # fmt: skip
"""Of the edge itself; the domain's are those of its refusals. Any other is counted as `OTHER`."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each counter, which nobody asks for

Sample: TypeAlias = tuple[tuple[str, ...], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric that is asked for when somebody scrapes.

    Attributes:
        name: without `goldenthread_`; a counter's without `_total`.
        labels: the names of what its samples are told apart by.
    """

    name: str
    says: str
    labels: tuple[str, ...] = ()
    counts: bool = False

    def family(self, samples: list[Sample]) -> Metric:
        kind = CounterMetricFamily if self.counts else GaugeMetricFamily
        family: Any = kind(f"goldenthread_{self.name}", self.says, labels=self.labels)
        for values, value in samples:
            family.add_metric(values, value)
        made: Metric = family
        return made


Source: TypeAlias = Callable[[], Mapping[str, list[Sample]]]
"""The samples of figures by their name; what is not known just now is left out."""


class _Asked(Collector):
    """Figures with the samples that their sources have just now; all are described, samples or none."""

    def __init__(self, figures: tuple[Figure, ...], source: Source) -> None:
        self._figures = figures
        self._source = source

    def collect(self) -> Iterator[Metric]:
        samples = self._source()
        for figure in self._figures:
            yield figure.family(samples.get(figure.name, []))

    def describe(self) -> Iterator[Metric]:
        return (figure.family([]) for figure in self._figures)


class Metrics:
    """What one application counts; safe between threads."""

    def __init__(self, build: Mapping[str, str]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        Info(
            "goldenthread_build", "The version that runs, and the form of its read models", registry=self.registry
        ).info(dict(build))
        self._requests = Counter(
            "goldenthread_requests", "Requests of GraphQL by kind and by how they ended", ("kind", "outcome"),
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "goldenthread_request_seconds", "From the head of a request of GraphQL to the end of its answer", ("kind",),
            buckets=LATENCIES, registry=self.registry,
        )  # fmt: skip
        self._codes = Counter(
            "goldenthread_refusals",
            "Errors and user errors in answers, by their code",
            ("code",),
            registry=self.registry,
        )
        self._responses = Counter(
            "goldenthread_responses", "Answers of every route by status", ("route", "status"), registry=self.registry
        )
        self._in_flight = Gauge(
            "goldenthread_in_flight", "Requests that are being answered now", registry=self.registry
        )
        self._bytes = Counter("goldenthread_sent_bytes", "Bodies of all answers", registry=self.registry)
        self._known = {each.code for each in _refusals(Refusal)} | set(EDGE_CODES)
        self._begin_at_zero()

    def add(self, figures: tuple[Figure, ...], source: Source) -> None:
        """Figures that are asked of `source` at each scrape."""
        self.registry.register(_Asked(figures, source))

    def begun(self) -> None:
        self._in_flight.inc()

    def ended(self, record: RequestRecord) -> None:
        """A request has ended, however it did."""
        self._in_flight.dec()
        self._responses.labels(record.route, str(record.status)).inc()
        self._bytes.inc(record.sent)
        for code in record.codes:
            self._codes.labels(code if code in self._known else "OTHER").inc()
        if record.route == "/graphql":
            kind = record.kind or "none"
            self._requests.labels(kind, record.outcome).inc()
            self._seconds.labels(kind).observe(record.milliseconds / 1000)

    def _begin_at_zero(self) -> None:
        """What has not happened yet is 0 and not absent, so that its first time is an increase."""
        for kind in KINDS:
            self._seconds.labels(kind)
            for outcome in OUTCOMES:
                self._requests.labels(kind, outcome)
        for code in (*self._known, "OTHER"):
            self._codes.labels(code)


def _refusals(above: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in above.__subclasses__():
        yield each
        yield from _refusals(each)


def metrics_router(metrics: Metrics, refresh: Callable[[], Any], token: str | None) -> APIRouter:
    """`/metrics` for whoever sends `token` as a bearer token; `refresh` is awaited before each scrape."""

    def permitted(authorization: Annotated[str, Header()] = "") -> None:
        if token is None:
            raise HTTPException(404, "Metrics are served once GOLDENTHREAD_METRICS_TOKEN is set.")
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() != "bearer" or not compare_digest(given.strip().encode(), token.encode()):
            raise HTTPException(401, "Send the token of GOLDENTHREAD_METRICS_TOKEN.", {"WWW-Authenticate": "Bearer"})

    router = APIRouter()

    @router.get(
        "/metrics", response_class=PlainTextResponse, dependencies=[Depends(permitted)], include_in_schema=False
    )
    async def scrape() -> PlainTextResponse:
        await refresh()
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return PlainTextResponse(generate_latest(metrics.registry), media_type=MEDIA, headers=headers)

    return router

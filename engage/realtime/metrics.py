"""Figures for Prometheus."""

from functools import cache

from prometheus_client import Counter, Gauge, Histogram


@cache
def child(metric: Counter, *labels: str) -> Counter:
    """Kept: to look one up by its labels takes longer than to count."""
    return metric.labels(*labels)


SOCKETS = Gauge("engage_sockets", "Open sockets.", ["namespace"])
PUSHES = Counter("engage_pushes_total", "Events pushed by this process.", ["namespace"])
FRAMES = Counter("engage_frames_total", "Frames given to sockets, by what became of them.", ["outcome"])
CLOSED = Counter("engage_sockets_closed_total", "Sockets closed by us.", ["reason"])
REFUSED = Counter("engage_sockets_refused_total", "Sockets that were not let in.", ["code"])
SIGNALS = Counter("engage_signals_total", "Signals from clients, by what became of them.", ["namespace", "outcome"])
BUS_DROPPED = Counter("engage_bus_dropped_total", "Messages that never reached the other nodes.", ["why"])
BUS_GAPS = Counter("engage_bus_gaps_total", "Times when this node may have missed messages of others.")
BUS_LAG = Histogram(
    "engage_bus_lag_seconds",
    "From this node's tick to hearing it.",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5),
)

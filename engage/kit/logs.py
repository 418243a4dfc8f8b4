"""Structured logs: an event's name and ids, never content and never secrets."""

import logging
import sys

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import ExceptionRenderer, JSONRenderer, StackInfoRenderer
from structlog.tracebacks import ExceptionDictTransformer

from engage.kit.tracing import add_trace_id
from engage.settings import Settings


def configure(settings: Settings) -> None:
    as_text = settings.log_format == "text" or (settings.log_format == "auto" and sys.stderr.isatty())
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    logging.basicConfig(
        level=max(level, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s %(message)s"
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            *([add_trace_id] if settings.otlp_url is not None else []),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # without the values of local variables: they hold passwords and what people said
            ExceptionRenderer(ExceptionDictTransformer(show_locals=False)) if not as_text else StackInfoRenderer(),
            ConsoleRenderer(exception_formatter=plain_traceback) if as_text else JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )

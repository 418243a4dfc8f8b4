"""Engage: an omnichannel web-care server."""

__version__ = "0.1.0"

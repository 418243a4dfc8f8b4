"""Sites are the tenants: each website with its key, origins, look, opening hours and queues."""

from engage.sites import side_panel  # noqa: F401  # its table

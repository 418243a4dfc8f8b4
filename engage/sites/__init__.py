"""Sites are the tenants: each website with its key, origins, look, opening hours and queues."""

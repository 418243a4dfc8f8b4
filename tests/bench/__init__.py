"""Benches: run by `make bench NAME=…`, never timed as tests; each prints one JSON line last."""

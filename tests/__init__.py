"""The tests. Folders mirror the code; `services/` starts real servers; `conftest.py` makes them fixtures."""

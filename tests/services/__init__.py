"""Real servers for tests, each on a free port with a folder of its own, and gone when the test run is.

One file a server: `postgres`, `redis`, `smtp`, `chromium`, and `engage`, the program itself. `process` starts and ends
what they run; `missing` decides what happens when the machine lacks one of them.
"""

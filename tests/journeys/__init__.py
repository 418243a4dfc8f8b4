"""Journeys: people in real browsers against the real program.

`person` is somebody at a browser, `widget` and `console` are the screens as he uses them, `carrier` is the demo
carrier whose database a test may adapt before it opens.
"""

"""Where articles are kept: SQL tables on whatever connection the caller gives. Nothing here commits."""

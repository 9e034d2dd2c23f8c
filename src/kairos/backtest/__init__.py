"""A desk and its venues in one process, with time as data: for backtests, drills and measurements."""

"""A simulated exchange that can be trusted: price-time matching among its clients and against a market's real tape.

Where to find what: `exchange` is the door (orders in, reports out), `market` one instrument's day and phases,
`taking` and `resting` the two ways to trade, `queue` the price-time queues, `tape_side` what the tape shows and how
much of it is taken, `stops` and `auction` the orders that wait, `checks` the refusals, `blotter` and `reports` what
clients hear, `faults` what goes wrong on demand.
"""

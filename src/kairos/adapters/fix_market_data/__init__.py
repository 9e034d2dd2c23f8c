"""Market data by FIX: MarketDataRequest(V) in; snapshots (W), changes (X) and refusals (Y) out.

`request` reads what is asked, `entries` makes a board's lines of it, `bodies` writes them, `changes` finds what is new
since the last time, `face` keeps the subscriptions. `status` answers e and g, how markets stand, with f and h. The
simulated exchange and the engine serve it alike.
"""

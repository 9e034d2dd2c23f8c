"""`kairos demo`: a whole desk in a minute, on real sockets and a real tape.

Where to find what: `run` is the course of a demo. `setup` writes the house for its clients (`cast`), `serving` keeps
`kairos serve` as a child. A `trader` is one client: its FIX line (`client`), its messages (`requests`), what it knows
of its own orders (`orders`), what it does (`habits`). `desk` is what people of the desk do over the link, `link_watch`
what they see. `view` is what there is to see, `screen` shows it. In the end `records` are read from the journals,
`audit` holds the clients', the engine's and the exchange's against each other, `summary` has all the facts
(`market_vwap` is one), and `report` prints them.
"""

"""`kairos demo`: a whole desk in a minute, on real sockets and a real tape.

Where to find what: `run` is the course of a demo, `setup` writes the house and its cast (`cast`), `house` keeps
`kairos serve` running, `client` is a FIX client and `orders` what it knows of its own orders, `traders` what clients do
and `desk` what the desk does, `screen` shows it, `summary` counts it, `audit` holds the clients', the engine's and the
exchange's figures against each other.
"""

"""The simulated exchange as a process: a market's tape played in its own time, orders and market data by FIX.

Where to find what: `simulation` ties it together, `tape_source` says what is played, `player` plays it, `market_clock`
is the market's time, `exchange_face` takes orders (`order_requests` reads them, `execution_reports` answers),
`market_data` shows the top of the book (`market_data_request`, `market_data_snapshot`), `symbols` is how FIX names an
instrument.
"""

"""The simulated exchange as a process: a market's tape played in its own time, orders and market data by FIX.

Where to find what: `simulation` ties it together, `tape_source` says what is played and `market_rules` by whose rules,
`player` plays it, `market_clock` is the market's time, `exchange_face` takes orders (`order_requests` reads them,
`execution_reports` answers), `boards` keeps what market data shows, `operator` answers whoever runs it.
"""

"""Between FIX messages and the engine's commands and events.

`client_in` and `client_out` speak with those who send us orders, `venue_out` and `venue_in` with those who take ours.
"""

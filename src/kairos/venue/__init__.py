"""A simulated exchange that can be trusted: price-time matching among its clients and against a market's real tape.

Where to find what: `exchange` is the door (orders in, reports out), `market` one instrument's orders as its day goes
on, `day` its phases and `listing` its terms, `taking` and `resting` the two ways to trade, `queue` the price-time
queues, `tape_side` and `tape_orders` what the tape shows and how much of it is taken, `places` whose turn comes when,
`order_tape` the same where the tape tells of each order, `tape_rules` and `tape_impact` what can be chosen there,
`tape_rows` a tape without an object for each row, `stops` and `auction` the orders that wait,
`equilibrium` the price of an auction, `interruption` the bands that stop trading, `checks` the refusals, `blotter` and
`reports` what clients hear, `facts` and `changes` what everybody hears, `self_match` who must not meet, `limit_book`
the book alone, `faults` what goes wrong on demand.
"""

"""The ledger: every change of state is one event, written once, chained by hash, guarded by the database.

``record`` writes, ``queries`` reads an object's timeline, ``verify`` finds what was altered, removed or
put in another order.
"""

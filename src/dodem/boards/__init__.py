"""Pages that put the other apps side by side: the leader's board, the units and each unit's own page, search.

They show published observations and never count anything themselves; only lists that people work from (what
needs a decision, what falls due) read the apps' tables. The app has no models. The one thing done here is to
add, rename, merge and split units, by the actions of ``dodem.units``.
"""

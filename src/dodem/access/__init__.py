"""Who may do what, and where. One question, ``can(user, permission, unit)``, which also says why.

The table of roles is ``roles.TABLE``; ``web.needs`` asks the question at every address; lists ask it through
``visible``; the middleware refuses any address that declares nothing.
"""

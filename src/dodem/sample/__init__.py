"""The simulator: a made city for demonstration, training and load, always dated so that today is today.

Seeded: the same day and scale give the same city. Everything it makes is marked as sample data, and its
story is told in ``story``: which units struggle, which source has gone silent, where a backlog rises.
"""

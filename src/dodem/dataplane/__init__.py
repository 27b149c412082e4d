"""Files in; figures and their lineage out. No Django, no network, no settings: paths and dates are arguments.

The walk, one module a step: ``landing.receive`` keeps a delivery byte for byte, ``clean.build_register``
turns deliveries into a register version, ``checks`` reads what failed, ``measure.observe`` counts, and
``measure.records_behind`` and ``lineage`` lead from the figure back to the line of the file. What is cleaned,
checked and measured is written in ``dodem/definitions``; what the words there mean is in ``vocabulary``.
"""

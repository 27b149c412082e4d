"""What a program must know to read and write the papers of a Vietnamese city.

Text and its old encodings, the units and what they were, addresses, working days, identifiers, quantities.
Pure: no framework, no network, no settings.
"""

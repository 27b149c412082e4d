"""Organisations, valid in time: the city, its departments, its 168 wards, communes and special zone, and
the units they were made of. One tree: a grant or a figure at a node holds for everything beneath it, and a
unit that was taken over hangs beneath the one that took it over.
"""

"""Dodem: an operations centre for a city in which every figure opens."""

__version__ = "0.1.0"

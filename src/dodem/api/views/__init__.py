"""Addresses beside the resources: the contract itself, its reference for people, the page of tokens."""

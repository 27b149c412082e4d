"""The public contract: units, indicators, figures with their lineage, releases, published figures, as JSON
under ``/api/v1/``. Units and published figures are open data; the rest asks for a token, issued at
``/quan-tri/api/``. ``openapi.json`` is the contract itself, committed; a test holds the code to it.
"""

"""The pages under ``/so/`` and ``/chi-so/``: one figure down to its rows, the catalogue, questions."""

"""The pages under ``/du-lieu/``: sources, deliveries and versions, findings."""

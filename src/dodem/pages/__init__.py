"""What every page shares: the frame, the components, number and date formats, charts drawn on the server.

This app has no models and asks no other app of the project: it is the lowest floor that knows Django. Pages
of the other apps extend ``base.html`` (staff) or ``base_citizen.html`` (the public) and are built from the
tags of ``templatetags/dodem.py`` and from ``templates/components/``. ``docs/design.md`` says how; the gallery
at ``/thanh-phan/`` shows all of it.
"""

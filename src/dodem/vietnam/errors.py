"""The one kind of error that is shown to a person as it stands."""


class UserError(Exception):
    """Something its reader can mend. `str(error)` is a plain Vietnamese sentence saying how."""

"""Citizens' reports: a report is received, joins or opens a case, the case is routed to a unit and
answered.

Many reports may be one case. What happened to a case is a list of steps; where it stands is what the pure
``workflow`` makes of them, and by when it is due is what ``deadlines`` makes of the clocks in
``definitions/feedback``. Citizens have no account: a secret link is theirs, a code is for everyone.
Complaints and denunciations in the sense of the law are another track; they are recognised, pointed out of
here and not settled.
"""

"""The registers as people meet them: which source should deliver when, what arrived, what was refused and
why, which version is in force, and which rows somebody has to mend. The bytes and the rows themselves are
the data plane's; the tables here mirror what its store holds, so that lists can be filtered, paged and
guarded.
"""

"""Published figures. An observation is written once, names the release that published it, the register
version and definition it was counted by, and the observation it corrects; its page opens it down to the
line of the file.
"""

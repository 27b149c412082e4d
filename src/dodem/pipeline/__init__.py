"""The worker: brings the centre from what has arrived to what is published, again and again.

There is no queue of jobs. Each step compares facts (a file in an inbox, a delivery no version knows, a
version no release knows, a day that turned) and does what is missing; done twice it changes nothing, cut off
it is taken up.
"""

"""Addresses of walk two: papers, their review, tasks and the steps on them."""

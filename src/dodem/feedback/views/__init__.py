"""What citizens and officers see."""

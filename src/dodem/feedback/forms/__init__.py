"""Forms parse what people and officers fill in; what is allowed is decided by the actions."""

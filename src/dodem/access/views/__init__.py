"""One's own account, the accounts of others, why somebody may or may not, and the ledger."""

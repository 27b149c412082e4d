"""What the API answers: one module a resource, each with the shape of its answer and how it is read."""

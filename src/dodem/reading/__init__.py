"""Reading official papers: directive text in, proposed tasks, deadlines and claims out, each with its words.

Pure: text in, frozen dataclasses out; only `documents` and `cli` touch files. How the grammar is laid out
and how to change it: docs/reading.md.
"""

"""The name finder: who is meant by a half-remembered name; and one ranked list of hits of every kind.

Pure: names and texts in, ranked matches out. Imports nothing heavy before the first paint; `rapidfuzz` is imported by
the first query that needs it.
"""

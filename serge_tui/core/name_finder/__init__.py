"""Finding: who is meant by a half-remembered name, and one ranked list out of hits of every kind.

Pure: names and texts in, ranked matches out. Nothing heavy is imported on the way to the first paint;
`rapidfuzz` comes with the first query that needs it.
"""

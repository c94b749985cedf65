"""Linking names: which stretches of a text name which figure, with a confidence for each.

`forms` says how each figure may be written, `scan` finds those forms, `identity` decides who is meant where, and
`suggest` lists names of persons that no glossary knows.
"""

"""Pen portraits and sayings found in a text.

`segments` cuts a text into sentences, `marks` finds what is quoted, `names` the people, `scene` who is meant by *he*,
*the chairman* or *my father* sentence by sentence, `portraits` scores sentences as descriptions, `sayings` tells who
speaks. Words are in `lexicon/`, one file a language; the weights of the score are fitted by `fit` and shipped in
`weights.json`. docs/found.md tells how well it works and what it cannot tell.
"""

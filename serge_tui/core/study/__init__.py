"""Study: what to ask next and how an answer is judged. Pure: records in, records out; no Textual, no SQL.

Nothing here stores anything. `session` and `quiz` say what is to be stored; the caller stores it.
"""

"""Whether two texts say the same learning: how much they have in common, by words, practices and meaning.

It knows nothing of the register: texts go in, a score comes out, the same on every machine, offline.
"""

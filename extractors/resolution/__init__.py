"""Mentions into deals: who is meant (identity), do two mentions tell one deal (affinity), which belong together
(clustering), what they come to (claims, life cycle), how deals relate (links). `extractors.resolve` is the way in.
"""

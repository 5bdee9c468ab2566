"""The office's rules: which state holds on a day, when a duty is late, how a share is rounded, which layout a
paper has.

Standard library only, no clock and no database: a rule gets everything as arguments and its numbers come from
the dated files in `data/`, each with its source.
"""

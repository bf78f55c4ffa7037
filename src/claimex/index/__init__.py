"""An index beside a large claims file: which lines can answer a question, and how many claims there are.

The claims file is the truth. The index is an SQLite file beside it, made in one go and replaced in one step; it is used
only where it matches the file and is whole, and what it leads to is checked again.
"""

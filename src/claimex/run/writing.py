"""A run's files: the claims, the record of the run and the table of finished articles, replaced together at the end."""

from __future__ import annotations

...

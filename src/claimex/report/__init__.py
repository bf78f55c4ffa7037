"""The report: claims, their comparison and their articles as one page that opens from disk."""

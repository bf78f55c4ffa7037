"""Where articles are read: in this process, in processes beside it, or on other machines."""

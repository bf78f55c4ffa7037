"""One run of extract into a claims file: what is kept from earlier runs, what is read, how both are written."""

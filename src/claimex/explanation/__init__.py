"""What each layer and rule saw in a text, and why a claim was made or not."""

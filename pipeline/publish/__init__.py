"""From the store to the published snapshot."""

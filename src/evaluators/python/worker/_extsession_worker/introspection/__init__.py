"""What the host asks about the namespace. No user code runs to answer."""

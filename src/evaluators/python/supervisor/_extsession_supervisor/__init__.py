"""Owns a session's worker on behalf of its host, which may go away and come back. Imports as little as it can."""

TYPE_CHECKING = False

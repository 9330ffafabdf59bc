"""The public page: one request, put through a letterbox. A program of its own that knows nothing of the staff's."""

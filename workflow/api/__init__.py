"""The API: the same tables, verbs, forms and doors as the pages, in JSON. Nothing here says what may happen or who may see."""

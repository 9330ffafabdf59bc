"""What the engine shows round every page."""

from workflow.pages import Entry, navigate

navigate(Entry("When would it be due?", "due-question", 80, menu="reference"))

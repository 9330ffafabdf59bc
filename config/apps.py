from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

#: What apps declare about themselves. Each is imported once, when every model is known, in this order.
DECLARED = ("steps", "standards", "policies", "queues", "reactions", "panels", "markers", "measures", "health")


class HouseConfig(AppConfig):
    """The top of the stack: it may import every app, and no app may import it."""

    name = "config"
    label = "config"
    verbose_name = "House"

    def ready(self) -> None:
        """Bind Celery, register the house's own checks, and find what each app declares."""
        from config import celery, checks  # noqa: F401  (imported for what they register)

        for room in DECLARED:
            autodiscover_modules(room)

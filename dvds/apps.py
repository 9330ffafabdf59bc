from django.apps import AppConfig


class DvdsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "dvds"
    verbose_name = "Clare's Law"

"""What is said in supervision's own steps, one file to a noun."""

from supervision.forms.setting import NewSetting

__all__ = ["NewSetting"]

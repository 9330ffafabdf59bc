"""What is said in supervision"s own steps."""

from supervision.forms.setting import NewSetting

__all__ = ["NewSetting"]

"""Settings: typed, loud, from the environment. What production needs and lacks stops the program at once."""

from config.settings.api import *
from config.settings.browser import *
from config.settings.environment import *
from config.settings.files import *
from config.settings.jobs import *
from config.settings.logs import *
from config.settings.rows import *
from config.settings.service import *
from config.settings.sign_in import *

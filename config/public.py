"""The public page’s own way in: `gunicorn config.public:application`. It loads `public/`, and no address, table or setting
of the staff’s pages.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "public.settings"

application = get_wsgi_application()

"""Every address of the product, and the floor: a bare Django view behind the same middleware, session and person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from config import urls as product

FLOOR = "/benchmarks/floor/"


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    """The session and the person are read; nothing is asked, nothing is drawn."""
    return HttpResponse(f"{request.user.pk}", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [path(FLOOR[1:], floor), *product.urlpatterns]
handler400, handler403, handler404, handler500 = (
    product.handler400,
    product.handler403,
    product.handler404,
    product.handler500,
)

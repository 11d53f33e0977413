"""The list of articles, and their photos; those of letters for anybody."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalogue import services, showing
from catalogue.filters import ArticleFilter
from catalogue.forms import PhotoForm
from catalogue.kinds import Metal, PieceKind
from catalogue.models import Article
from catalogue.pictures import PhotoError
from imports.exports import page_of
from stores.models import Store
from stores.policies import CrmRequest, everybody, managers, public

# Mail programs ask through stores of their own: a photo is fetched once for many readers.
CACHED = "public, max-age=2592000"


@require_GET
@everybody
def articles(request: CrmRequest) -> HttpResponse:
    """Articles of the chain as the address narrows them. Two queries and the stores, however many there are."""
    narrowed = ArticleFilter(request.GET, Article.objects.with_counts())
    page = page_of(request, narrowed.qs)
    context = {
        "page": page, "wanted": narrowed.asked, "kinds": PieceKind.choices, "metals": Metal.choices,
        "stores": Store.objects.open(), "is_narrowed": any(narrowed.asked.values()),
    }  # fmt: skip
    return render(request, "catalogue/articles.html", context)


@require_GET
@everybody
def photo(request: CrmRequest, pk: int) -> HttpResponseBase:
    article = get_object_or_404(Article, pk=pk)
    if not article.photo:
        raise Http404
    return FileResponse(article.photo.open("rb"), content_type="image/jpeg")


@require_POST
@managers
def keep_photo(request: CrmRequest, pk: int) -> HttpResponse:
    """A new picture in the place of the former one; ``gone`` takes it away."""
    article, form = get_object_or_404(Article, pk=pk), PhotoForm(request.POST, request.FILES)
    if "gone" in request.POST:
        services.set_photo(article, b"")
        messages.success(request, _("The photo is gone."))
    elif form.is_valid():
        services.set_photo(article, form.cleaned_data["photo"])
        messages.success(request, _("The photo is kept."))
    else:
        messages.error(request, " ".join(map(str, form.errors["photo"])))
    return redirect("pages:article", pk=pk)


@require_GET
@public
def shown_photo(request: HttpRequest, token: str) -> HttpResponse:
    """A photo in a letter: the same for everybody who has the letter, so that it tells nothing of who looks."""
    shown = showing.which(token)
    article = Article.objects.filter(pk=shown.article).exclude(photo="").first() if shown else None
    if shown is None or article is None:
        raise Http404
    try:
        response = HttpResponse(showing.photo_bytes(article, shown.how), content_type="image/jpeg")
    except PhotoError:
        raise Http404
    response["Cache-Control"] = CACHED
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response

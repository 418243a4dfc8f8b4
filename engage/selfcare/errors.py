from engage.kit.errors import Forbidden, NotFound


class NoSuchArticle(NotFound):
    """There is no such article, or it has been withdrawn."""

    code = "no_such_article"


class FormFromElsewhere(Forbidden):
    """This form was not sent from our own page. Please open the article and try again."""

    code = "cross_site"

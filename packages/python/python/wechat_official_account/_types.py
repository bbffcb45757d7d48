"""The records, enums and variants of the contract. Generated from `wit/`: do not edit.

The stub beside this file has the types of all fields. This module is read when the package is imported, so it does
without `dataclasses` and `typing`, which take longer to import than all the rest of the package.
"""

from ._record import Enum, Record, as_tuple, union


class ErrorKind(Enum):
    """The kind of a failure: enough for a program to decide on its next step."""

    INVALID_INPUT = "invalid-input"
    """An argument is wrong. `subject` names the field if it is known."""
    CREDENTIALS = "credentials"
    """App id, secret or token are not accepted."""
    IP_NOT_ALLOWED = "ip-not-allowed"
    """The caller's address is not in the account's IP whitelist (`subject` has the address), or the administrator must
    confirm it first.
    """
    PERMISSION = "permission"
    """This account may not use this operation."""
    QUOTA = "quota"
    """A daily, per-minute or storage allowance is used up; see `retry_after_seconds`."""
    NOT_FOUND = "not-found"
    """The id names nothing (any more)."""
    FILE_REJECTED = "file-rejected"
    """The file's type, size or duration is not accepted."""
    CONTENT_REJECTED = "content-rejected"
    """The article's text, links or products are not accepted."""
    ACCOUNT_STATE = "account-state"
    """The account, or one of its abilities, is limited, frozen or banned."""
    BUSY = "busy"
    """WeChat is busy, or a server on the way failed (HTTP status 5xx other than 501), also after the repetitions of
    `config.retry_pauses_milliseconds`. Nothing is lost by trying again later.
    """
    NETWORK = "network"
    """The request did not reach WeChat, or the reply to a call that is safe to repeat was lost; see `advice`. A host's
    word on why a request failed is no proof: some hosts report a slow reply as a connect timeout. Only those error
    codes of `wasi:http` count as "not sent" that by their definition precede a connection: `DNS-error`,
    `destination-not-found`, `destination-IP-unroutable`, `connection-refused`, `destination-IP-prohibited`,
    `HTTP-request-denied` and `TLS-certificate-error`. A timeout of any kind (`DNS-timeout` and `connection-timeout`
    too), `connection-terminated` and every other code leave it open.
    """
    TLS = "tls"
    """The connection to WeChat could not be secured: the certificate is not trusted, has expired or is for another
    name, the protocol is too old, or the server does not speak TLS. Somebody on the way may be intercepting it. Nothing
    is repeated. A call that must not be repeated blindly ends in this only for a certificate, before which nothing is
    sent; other failures of TLS can come after the request and make it `outcome-unknown`.
    """
    OUTCOME_UNKNOWN = "outcome-unknown"
    """The reply to a call that must not be repeated blindly was lost, or reported a failing or busy server. The call
    may have been executed or not. `advice` explains how to find out.
    """
    MALFORMED_REPLY = "malformed-reply"
    """The reply is neither the documented one nor an error of WeChat's (a page of HTML, a redirect, HTTP status 4xx or
    501), lacks something that the documented one has (an id, a count, a line of a list), has a content-encoding, or is
    too long: above 24 MiB for lists and files, above 1 MiB otherwise. A call that must not be repeated blindly ends in
    this only if it was turned away, and so not executed.
    """
    OTHER = "other"
    """WeChat refused with a code that this version does not know; see `errcode` and `message`."""


class Language(Enum):
    """A language for people. It is that of messages, advice and findings. Names do not depend on it: kinds, fields,
    subjects and WeChat's own words stay as they are.
    """

    EN = "en"
    """English."""
    ZH = "zh"
    """Simplified Chinese (简体中文)."""


class Comments(Enum):
    """The readers who may comment on an article. Anything but `closed` needs the account's comment feature (errcode
    88000 otherwise).
    """

    CLOSED = "closed"
    """Nobody."""
    EVERYONE = "everyone"
    """Every reader."""
    FANS_ONLY = "fans-only"
    """Followers of the account only."""


class CropRatio(Enum):
    """The shapes in which WeChat shows a cover."""

    WIDE = "wide"
    """2.35 : 1, the wide cover."""
    SQUARE = "square"
    """1 : 1, the square cover."""
    LANDSCAPE = "landscape"
    """16 : 9; pictures only, refused for news."""


class Severity(Enum):
    """The consequence of a finding."""

    ERROR = "error"
    """`draft.add` and `draft.update` refuse the article."""
    WARNING = "warning"
    """WeChat may refuse the article, or leaves something out of it. It is sent as it is."""
    ADVICE = "advice"
    """The article arrives whole, but may look wrong on some screens or in the website's editor. It is sent as it is.
    """


class ArticleType(Enum):
    """The kind of an article."""

    NEWS = "news"
    """Text and pictures."""
    PICTURES = "pictures"
    """Pictures with a short text."""
    UNKNOWN = "unknown"
    """A kind that WeChat did not name, or that this version does not know."""


class MaterialKind(Enum):
    """The kinds of permanent material that can be listed. A thumb can't: keep its media-id."""

    IMAGE = "image"
    """Images."""
    VOICE = "voice"
    """Voices."""
    VIDEO = "video"
    """Videos."""
    NEWS = "news"
    """Articles of the time before drafts."""


class MediaKind(Enum):
    """The kinds of temporary media."""

    IMAGE = "image"
    """jpg, png or gif; at most 10 MB. WeChat's page also names 2 MB: a larger image may be refused."""
    VOICE = "voice"
    """amr or mp3; at most 2 MB and 60 seconds."""
    VIDEO = "video"
    """mp4; at most 10 MB."""
    THUMB = "thumb"
    """jpg; at most 64 KB."""


class ProductCardType(Enum):
    """The form of a product card, and the kind of article that it is for: the pairs that WeChat has."""

    NEWS_LARGE = "news-large"
    """A large card in a news article."""
    NEWS_SMALL = "news-small"
    """A small card in a news article."""
    NEWS_TEXT_LINK = "news-text-link"
    """A text link in a news article."""
    PICTURES_SMALL = "pictures-small"
    """A small card in a picture message."""
    PICTURES_TEXT_LINK = "pictures-text-link"
    """A text link in a picture message."""
    PICTURES_BAR = "pictures-bar"
    """A bar in a picture message."""


class File(Record):
    """A file to upload.

    Attributes:

    name: A name for people; errors have it in `subject`. It decides nothing: the file's type is read from its bytes
    alone, and bytes that do not show it are refused. WeChat never sees this name. It gets an ASCII name with the
    extension that fits the bytes, such as `image.jpg`, because it refuses others.
    bytes: The whole file.
    """

    __slots__ = __match_args__ = ("name", "bytes")
    def __init__(self, name, bytes):
        self._fill(name, bytes)


class Download(Record):
    """A file that WeChat returned.

    Attributes:

    media_type: The file's type as read from its bytes, such as `image/jpeg`. If they show none, it is WeChat's own word
    for it, or else `application/octet-stream`.
    bytes: The whole file.
    file_name: The file name that WeChat gave, if it gave one.
    """

    __slots__ = __match_args__ = ("media_type", "bytes", "file_name")
    def __init__(self, media_type, bytes, file_name=None):
        self._fill(media_type, bytes, file_name)


class VideoLink(Record):
    """A video that WeChat returned: a link, which the plugin does not follow. Fetch it without any token.

    Attributes:

    title: The title given at upload; empty for temporary media.
    introduction: The introduction given at upload; empty for temporary media.
    url: The address of the video, for a limited time.
    """

    __slots__ = __match_args__ = ("title", "introduction", "url")
    def __init__(self, title, introduction, url):
        self._fill(title, introduction, url)


class Timeouts(Record):
    """The time that the plugin gives the network. WASI passes these limits to the host, which may not support all.

    Attributes:

    connect_milliseconds: Limit until the connection is made. Milliseconds.
    first_byte_milliseconds: Limit until the reply's first byte. Hosts count from the start of the request, so allow for
    the upload of a large file. Milliseconds.
    between_bytes_milliseconds: Limit between two pieces of the reply. Milliseconds.
    call_milliseconds: Limit on a call as a whole: the request of a token, every attempt, and the pauses between them.
    The plugin itself keeps this limit, with any host. The uploads of `content.prepare` begin within this time, and each
    then has as much again. Milliseconds.
    """

    __slots__ = __match_args__ = (
        "connect_milliseconds",
        "first_byte_milliseconds",
        "between_bytes_milliseconds",
        "call_milliseconds",
    )
    def __init__(self, connect_milliseconds, first_byte_milliseconds, between_bytes_milliseconds, call_milliseconds):
        self._fill(connect_milliseconds, first_byte_milliseconds, between_bytes_milliseconds, call_milliseconds)


class Token(Record):
    """An access token with its remaining life. Its holder can act for the account: treat it as a secret.

    Attributes:

    value: The token; up to 512 characters.
    seconds_left: The number of seconds that it stays valid; 300 for a token of which WeChat does not say it.
    """

    __slots__ = __match_args__ = ("value", "seconds_left")
    _secret = ('value',)
    def __init__(self, value, seconds_left):
        self._fill(value, seconds_left)


class RateLimit(Record):
    """The number of calls that WeChat allows for one API in a span of time.

    Attributes:

    call_count: Calls allowed in the span.
    refresh_seconds: Length of the span in seconds.
    """

    __slots__ = __match_args__ = ("call_count", "refresh_seconds")
    def __init__(self, call_count, refresh_seconds):
        self._fill(call_count, refresh_seconds)


class Quota(Record):
    """Today's use of one API. Counters start anew at 00:00 Beijing time.

    Attributes:

    daily_limit: Calls allowed a day.
    used: Calls made today.
    remaining: Calls left today.
    rate_limit: The allowance over a shorter span, if WeChat names one.
    """

    __slots__ = __match_args__ = ("daily_limit", "used", "remaining", "rate_limit")
    def __init__(self, daily_limit, used, remaining, rate_limit=None):
        self._fill(daily_limit, used, remaining, rate_limit)


class RequestRecord(Record):
    """WeChat's record of one request. It may repeat the content of the request: treat it as sensitive. The plugin
    removes the app secret, the token in use, tokens in the query, and the whole body of a reply with a token.

    Attributes:

    invoke_time: The time of the request. Unix seconds.
    cost_milliseconds: Its duration. Milliseconds.
    request_url: The query string, with the token removed.
    request_body: The request's body.
    response_body: The reply's body.
    client_ip: The caller's address, as far as WeChat shows it.
    """

    __slots__ = __match_args__ = (
        "invoke_time",
        "cost_milliseconds",
        "request_url",
        "request_body",
        "response_body",
        "client_ip",
    )
    def __init__(self, invoke_time, cost_milliseconds, request_url, request_body, response_body, client_ip):
        self._fill(invoke_time, cost_milliseconds, request_url, request_body, response_body, client_ip)


class Crop(Record):
    """The part of a picture that one of the cover shapes shows. Edges are fractions of width and height from 0 to 1,
    measured from the top left, and sent with 6 decimals. The part should have the ratio it is meant for (errcode 53402
    otherwise).

    Attributes:

    ratio: The shape this crop is for.
    x1: Left edge.
    y1: Top edge.
    x2: Right edge; larger than `x1`.
    y2: Bottom edge; larger than `y1`.
    """

    __slots__ = __match_args__ = ("ratio", "x1", "y1", "x2", "y2")
    def __init__(self, ratio, x1, y1, x2, y2):
        self._fill(ratio, x1, y1, x2, y2)


class News(Record):
    """An article of text and pictures (图文消息, article_type `news`).

    Attributes:

    title: The title, not empty: blanks alone are. WeChat's page allows at most 32 characters; up to 64 are accepted in
    practice, and more are refused.
    content: HTML, not empty: at most 20,000 visible characters by WeChat's page, though more have been accepted; at
    most 1 MiB (1,048,576 bytes). Visible are the characters that readers see: those of tags, comments, scripts and the
    like do not count, a character reference counts as what it means, and white space as one blank between words, and as
    nothing at the edges of a block. WeChat drops scripts, styles outside `style` attributes, links to other sites, and
    pictures that are not on its own hosts; `content.prepare` uploads those pictures.

    Of a whole document only the body is sent, and counts. A document begins with a doctype, or with a tag of `html`,
    `head` or `body`, or it has something after a `title`, `meta` or `base`; blanks, comments and other elements of a
    head may stand before them. The content of `body` is the article, or if that tag is missing, all from the first text
    or tag that no head has. `draft.check` says what is left out. Any other HTML is sent byte for byte.
    thumb_media_id: The cover: media-id of a *permanent* image (`material.upload_image`). Temporary ids are refused
    (errcode 40007).
    author: The author; at most 16 characters. Empty is as if left out.
    digest: A summary of at most 120 characters by WeChat's page, and 128 in practice, for drafts of one article. If it
    is missing or empty, WeChat takes the first 54 characters of the body.
    content_source_url: The address of 阅读原文 (read the original): http or https to a public host, at most 1024 bytes.
    Empty is as if left out.
    cover_crops: The crops of the cover: `wide` and `square`, each at most once.
    comments: The readers who may comment.
    product_key: One product card below the article: the key from `draft.product_card`.
    """

    __slots__ = __match_args__ = (
        "title",
        "content",
        "thumb_media_id",
        "author",
        "digest",
        "content_source_url",
        "cover_crops",
        "comments",
        "product_key",
    )
    def __init__(self,
        title,
        content,
        thumb_media_id,
        author=None,
        digest=None,
        content_source_url=None,
        cover_crops=(),
        comments=Comments.CLOSED,
        product_key=None,
    ):
        self._fill(
            title,
            content,
            thumb_media_id,
            author,
            digest,
            content_source_url,
            as_tuple(cover_crops, "cover_crops"),
            comments,
            product_key,
        )


class Pictures(Record):
    """A picture message (图片消息, article_type `newspic`).

    Attributes:

    title: The title, not empty. WeChat's page allows at most 32 characters, several tools found 20; more than 64 are
    refused.
    content: Plain text, not empty, at most 1,000 characters in practice. The only markup that it may have is the `dom`
    of product cards, at most 50 by WeChat's page.
    image_media_ids: 1 to 20 media-ids of *permanent* images; the first one is the cover.
    cover_crops: The crops of the cover; each shape at most once.
    comments: The readers who may comment.
    product_key: One product card: the key from `draft.product_card`.
    """

    __slots__ = __match_args__ = ("title", "content", "image_media_ids", "cover_crops", "comments", "product_key")
    def __init__(self, title, content, image_media_ids, cover_crops=(), comments=Comments.CLOSED, product_key=None):
        self._fill(
            title,
            content,
            as_tuple(image_media_ids, "image_media_ids"),
            as_tuple(cover_crops, "cover_crops"),
            comments,
            product_key,
        )


class Figure(Record):
    """A count that is beyond its limit.

    Attributes:

    found: The count.
    limit: The most that would be no finding; the length of the list if the finding is the last of a list that was cut.
    """

    __slots__ = __match_args__ = ("found", "limit")
    def __init__(self, found, limit):
        self._fill(found, limit)


class Finding(Record):
    """A part of an article that is wrong, or will not arrive.

    Attributes:

    severity: Its consequence.
    article: The index of the article, counted from 0. A draft of too many articles has the first one that is too many;
    a draft without articles has 0.
    field: The name of the field, such as `title`, `cover_crops` or `content`; `articles` if it is about their number.
    message: A sentence in the chosen language about the finding and the rule.
    figure: The figures, if there are some. Advice by one rule is cut to 20 findings an article. If there are more, the
    last of the 20 has the number of all in `found`, 20 in `limit`, and says so in `message`.
    rule: The number of the structure rule of WeChat's editor, such as `1.6`, for advice by one.
    WeChat: <https://developers.weixin.qq.com/doc/subscription/guide/product/plugin_spec.html>
    element: The opening tag of the element concerned, cut to 80 characters, if the finding is about one.
    """

    __slots__ = __match_args__ = ("severity", "article", "field", "message", "figure", "rule", "element")
    def __init__(self, severity, article, field, message, figure=None, rule=None, element=None):
        self._fill(severity, article, field, message, figure, rule, element)


class StoredArticle(Record):
    """An article as WeChat returns it. Its HTML has been rewritten by WeChat: keep the source elsewhere, and do not
    write this back. A field that WeChat left out is empty.

    Attributes:

    article_type: Its kind; published picture messages come without it.
    title: Title.
    author: Author.
    digest: Summary.
    content_source_url: The address of 阅读原文.
    thumb_media_id: Media-id of the cover; empty for drafts made on the website.
    thumb_url: The address of the cover.
    image_media_ids: The pictures of a picture message.
    comments: The readers who may comment.
    url: A preview link that expires for a draft; its address for a published article.
    is_deleted: True for a published article that has been deleted.
    content: HTML as rewritten by WeChat; none in a list without content.
    """

    __slots__ = __match_args__ = (
        "article_type",
        "title",
        "author",
        "digest",
        "content_source_url",
        "thumb_media_id",
        "thumb_url",
        "image_media_ids",
        "comments",
        "url",
        "is_deleted",
        "content",
    )
    def __init__(self,
        article_type,
        title,
        author,
        digest,
        content_source_url,
        thumb_media_id,
        thumb_url,
        image_media_ids,
        comments,
        url,
        is_deleted,
        content=None,
    ):
        self._fill(
            article_type,
            title,
            author,
            digest,
            content_source_url,
            thumb_media_id,
            thumb_url,
            as_tuple(image_media_ids, "image_media_ids"),
            comments,
            url,
            is_deleted,
            content,
        )


class ArticleGroup(Record):
    """Articles that belong together: a draft, or one publication.

    Attributes:

    articles: The articles, in order.
    create_time: The time when it was made, if WeChat returns it. Unix seconds.
    update_time: The time of its last change, if WeChat returns it. Unix seconds.
    """

    __slots__ = __match_args__ = ("articles", "create_time", "update_time")
    def __init__(self, articles, create_time=None, update_time=None):
        self._fill(as_tuple(articles, "articles"), create_time, update_time)


class UploadedImage(Record):
    """A permanent image as stored.

    Attributes:

    media_id: The id for covers (`thumb_media_id`) and picture messages.
    url: The address for `<img src>` in articles. Elsewhere WeChat shows a notice in place of the picture. Empty if
    WeChat returned none: `material.list` has it.
    """

    __slots__ = __match_args__ = ("media_id", "url")
    def __init__(self, media_id, url):
        self._fill(media_id, url)


class MaterialCounts(Record):
    """The counts of permanent material, including material that was made on the website. The ceiling is 100,000 for
    images and news together and 1,000 for each other kind.

    Attributes:

    voice: Voices.
    video: Videos.
    image: Images.
    news: Articles of the time before drafts.
    """

    __slots__ = __match_args__ = ("voice", "video", "image", "news")
    def __init__(self, voice, video, image, news):
        self._fill(voice, video, image, news)


class MaterialItem(Record):
    """One line of a list of permanent material.

    Attributes:

    media_id: Its id.
    name: Its file name or title; empty for news.
    update_time: The time of its last change. Unix seconds; 0 if WeChat does not return it.
    url: The address of an image; empty otherwise.
    articles: The articles of a news item.
    """

    __slots__ = __match_args__ = ("media_id", "name", "update_time", "url", "articles")
    def __init__(self, media_id, name, update_time, url, articles):
        self._fill(media_id, name, update_time, url, as_tuple(articles, "articles"))


class MaterialPage(Record):
    """One page of a list of permanent material.

    Attributes:

    total_count: The number of all items.
    items: This page, newest first in practice.
    """

    __slots__ = __match_args__ = ("total_count", "items")
    def __init__(self, total_count, items):
        self._fill(total_count, as_tuple(items, "items"))


class UploadedMedia(Record):
    """Temporary media as stored.

    Attributes:

    media_id: The id, valid for 3 days. Drafts do not accept it.
    created_at: The time when it was stored. Unix seconds; 0 if WeChat does not return it.
    """

    __slots__ = __match_args__ = ("media_id", "created_at")
    def __init__(self, media_id, created_at):
        self._fill(media_id, created_at)


class ArticleImage(Record):
    """A picture that WeChat keeps for the text of articles.

    Attributes:

    url: The address for `<img src>` in articles. Elsewhere WeChat shows a notice in place of the picture.
    media_id: Its media-id if it is permanent material, which takes storage quota; none if it was uploaded as by
    `material.upload_article_image`.
    """

    __slots__ = __match_args__ = ("url", "media_id")
    def __init__(self, url, media_id=None):
        self._fill(url, media_id)


class ImageReference(Record):
    """A picture of an article, by the addresses that an attachment can answer.

    Attributes:

    source: The address that `content.prepare` looks for first, with character references and CSS escapes resolved.
    alternatives: Further addresses of the same picture, in the order in which they are looked for. One attachment is
    enough.
    optional: True if the picture also has an address that needs no attachment: `data:`, or a host of Tencent's.
    """

    __slots__ = __match_args__ = ("source", "alternatives", "optional")
    def __init__(self, source, alternatives, optional):
        self._fill(source, as_tuple(alternatives, "alternatives"), optional)


class ImageUploaded(Record):
    """The picture has been uploaded, for this place or an earlier one, and its URL is written in its place."""

    __slots__ = __match_args__ = ("image",)

    def __init__(self, image):
        self._fill(image)


class ImageKept(Record):
    """The picture is on WeChat's hosts already. Its address stays as it is, and is copied into `src` if it only stands
    where nobody would read it.
    """

    __slots__ = __match_args__ = ()


class ImageUnsure(Record):
    """The picture is on another host of Tencent's, and stays as it is. WeChat may keep it or drop it: the stored draft
    shows which.
    """

    __slots__ = __match_args__ = ()


class ImageElsewhere(Record):
    """The real address of the picture is neither data nor an attachment, and it stays as it is. WeChat will drop it.
    """

    __slots__ = __match_args__ = ()


class ImageFailed(Record):
    """The picture could not be uploaded, and stays as it is. `outcome-unknown` is possible for a picture that becomes
    permanent material.
    """

    __slots__ = __match_args__ = ("error",)

    def __init__(self, error):
        self._fill(error)


class ImageOutcome(Record):
    """One picture, and its outcome.

    Attributes:

    source: The address that was chosen as the real one, with character references resolved, cut to 100 characters.
    alternatives: The other addresses of the same picture, which are left out, each cut to 100 characters: at most 31,
    as the plugin reads 32 addresses of one picture. Addresses on WeChat's hosts, placeholders and repetitions are none.
    outcome: Its outcome.
    """

    __slots__ = __match_args__ = ("source", "alternatives", "outcome")
    def __init__(self, source, alternatives, outcome):
        self._fill(source, as_tuple(alternatives, "alternatives"), outcome)


class Prepared(Record):
    """An article's HTML with its pictures on WeChat's hosts.

    Attributes:

    html: The HTML, with other addresses of pictures, no quotes in well-formed `url()`, and otherwise unchanged.
    images: The outcomes, one for each picture, in the order of their tags.
    findings: The findings of `draft.check` about this HTML as the content of news: the parts that will not arrive, its
    length, and advice on its look.
    cover: The media-id of the first uploaded picture as permanent material, or the reason why it has none. None if no
    cover was asked for, or if no picture was uploaded.
    """

    __slots__ = __match_args__ = ("html", "images", "findings", "cover")
    def __init__(self, html, images, findings, cover=None):
        self._fill(html, as_tuple(images, "images"), as_tuple(findings, "findings"), cover)


class DraftItem(Record):
    """One line of a list of drafts.

    Attributes:

    media_id: Its id.
    draft: Its articles.
    """

    __slots__ = __match_args__ = ("media_id", "draft")
    def __init__(self, media_id, draft):
        self._fill(media_id, draft)


class DraftPage(Record):
    """One page of a list of drafts.

    Attributes:

    total_count: The number of all drafts.
    items: This page, newest first in practice.
    """

    __slots__ = __match_args__ = ("total_count", "items")
    def __init__(self, total_count, items):
        self._fill(total_count, as_tuple(items, "items"))


class ProductCard(Record):
    """A product card. WeChat returns the markup, the key, or both, as the place needs them.

    Attributes:

    product_key: The key for `product_key` of an article.
    dom: The markup, to be put into `content` as it is.
    """

    __slots__ = __match_args__ = ("product_key", "dom")
    def __init__(self, product_key=None, dom=None):
        self._fill(product_key, dom)


class Submission(Record):
    """A publishing task that WeChat has accepted. Accepted is not published: see `publish.wait`.

    Attributes:

    publish_id: The id for `publish.status` and `publish.wait`.
    msg_data_id: The key of WeChat's APIs for comments and for statistics, if WeChat returned one. Statistics name an
    article by its `msgid`: this id, an underscore, and the article's number from 1. It is also `mid=` in the address of
    an article.
    """

    __slots__ = __match_args__ = ("publish_id", "msg_data_id")
    def __init__(self, publish_id, msg_data_id=None):
        self._fill(publish_id, msg_data_id)


class Publication(Record):
    """A publication that is public.

    Attributes:

    article_id: The id for `publish.get` and `publish.delete`.
    urls: The permanent address of each article, in order. Empty if WeChat returned none: `publish.get` has them, too.
    """

    __slots__ = __match_args__ = ("article_id", "urls")
    def __init__(self, article_id, urls):
        self._fill(article_id, as_tuple(urls, "urls"))


class Published(Record):
    """Public."""

    __slots__ = __match_args__ = ("publication",)

    def __init__(self, publication):
        self._fill(publication)


class Publishing(Record):
    """Under way: not decided yet."""

    __slots__ = __match_args__ = ()


class OriginalDeclarationFailed(Record):
    """Refused: articles marked as original did not pass. The indices of the articles concerned."""

    __slots__ = __match_args__ = ("articles",)

    def __init__(self, articles):
        self._fill(as_tuple(articles, "articles"))


class PublishFailed(Record):
    """Failed; WeChat does not give the reason. Test accounts always end here."""

    __slots__ = __match_args__ = ()


class ReviewRefused(Record):
    """Refused by the platform's review. The indices of the articles concerned."""

    __slots__ = __match_args__ = ("articles",)

    def __init__(self, articles):
        self._fill(as_tuple(articles, "articles"))


class DeletedByUser(Record):
    """Was public; then the account's owner deleted all articles."""

    __slots__ = __match_args__ = ()


class BannedBySystem(Record):
    """Was public; then the platform banned all articles."""

    __slots__ = __match_args__ = ()


class UnknownStatus(Record):
    """A status that WeChat does not document, as a number."""

    __slots__ = __match_args__ = ("code",)

    def __init__(self, code):
        self._fill(code)


class PublicationItem(Record):
    """One line of a list of publications.

    Attributes:

    article_id: Its id.
    publication: Its articles.
    """

    __slots__ = __match_args__ = ("article_id", "publication")
    def __init__(self, article_id, publication):
        self._fill(article_id, publication)


class PublicationPage(Record):
    """One page of a list of publications.

    Attributes:

    total_count: The number of all publications.
    items: This page, newest first in practice.
    """

    __slots__ = __match_args__ = ("total_count", "items")
    def __init__(self, total_count, items):
        self._fill(total_count, as_tuple(items, "items"))


class DeleteAll(Record):
    """Every article of it."""

    __slots__ = __match_args__ = ()


class DeleteOne(Record):
    """The article at this index alone, counted from 0."""

    __slots__ = __match_args__ = ("index",)

    def __init__(self, index):
        self._fill(index)


__all__ = [
    "ArticleGroup",
    "ArticleImage",
    "ArticleType",
    "BannedBySystem",
    "Comments",
    "Crop",
    "CropRatio",
    "DeleteAll",
    "DeleteOne",
    "DeletedByUser",
    "Download",
    "DraftItem",
    "DraftPage",
    "ErrorKind",
    "Figure",
    "File",
    "Finding",
    "ImageElsewhere",
    "ImageFailed",
    "ImageKept",
    "ImageOutcome",
    "ImageReference",
    "ImageUnsure",
    "ImageUploaded",
    "Language",
    "MaterialCounts",
    "MaterialItem",
    "MaterialKind",
    "MaterialPage",
    "MediaKind",
    "News",
    "OriginalDeclarationFailed",
    "Pictures",
    "Prepared",
    "ProductCard",
    "ProductCardType",
    "Publication",
    "PublicationItem",
    "PublicationPage",
    "PublishFailed",
    "Published",
    "Publishing",
    "Quota",
    "RateLimit",
    "RequestRecord",
    "ReviewRefused",
    "Severity",
    "StoredArticle",
    "Submission",
    "Timeouts",
    "Token",
    "UnknownStatus",
    "UploadedImage",
    "UploadedMedia",
    "VideoLink",
]

_UNIONS = {
    "Article": (News, Pictures),
    "MaterialContent": (ArticleGroup, VideoLink, Download),
    "MediaContent": (Download, VideoLink),
    "ImageResult": (ImageUploaded, ImageKept, ImageUnsure, ImageElsewhere, ImageFailed),
    "PublishStatus": (
        Published,
        Publishing,
        OriginalDeclarationFailed,
        PublishFailed,
        ReviewRefused,
        DeletedByUser,
        BannedBySystem,
        UnknownStatus,
    ),
    "DeleteWhich": (DeleteAll, DeleteOne),
}


def __getattr__(name):
    return union(__name__, globals(), _UNIONS, name)

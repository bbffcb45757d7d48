"""The records, enums and variants of the contract. Generated from `wit/`: do not edit."""

import builtins
import enum
from collections.abc import Sequence
from typing import Final, Union

from ._errors import WeChatError
from ._record import Record

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

class ErrorKind(str, enum.Enum):
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

class Language(str, enum.Enum):
    """A language for people. It is that of messages, advice and findings. Names do not depend on it: kinds, fields,
    subjects and WeChat's own words stay as they are.
    """
    EN = "en"
    """English."""
    ZH = "zh"
    """Simplified Chinese (简体中文)."""

class File(Record):
    """A file to upload."""
    name: Final[str]
    """A name for people; errors have it in `subject`. It decides nothing: the file's type is read from its bytes alone,
    and bytes that do not show it are refused. WeChat never sees this name. It gets an ASCII name with the extension
    that fits the bytes, such as `image.jpg`, because it refuses others.
    """
    bytes: Final[builtins.bytes]
    """The whole file."""
    __match_args__: Final = ("name", "bytes")
    def __init__(self, name: str, bytes: builtins.bytes) -> None: ...

class Download(Record):
    """A file that WeChat returned."""
    media_type: Final[str]
    """The file's type as read from its bytes, such as `image/jpeg`. If they show none, it is WeChat's own word for it,
    or else `application/octet-stream`.
    """
    bytes: Final[builtins.bytes]
    """The whole file."""
    file_name: Final[str | None]
    """The file name that WeChat gave, if it gave one."""
    __match_args__: Final = ("media_type", "bytes", "file_name")
    def __init__(self, media_type: str, bytes: builtins.bytes, file_name: str | None = ...) -> None: ...

class VideoLink(Record):
    """A video that WeChat returned: a link, which the plugin does not follow. Fetch it without any token."""
    title: Final[str]
    """The title given at upload; empty for temporary media."""
    introduction: Final[str]
    """The introduction given at upload; empty for temporary media."""
    url: Final[str]
    """The address of the video, for a limited time."""
    __match_args__: Final = ("title", "introduction", "url")
    def __init__(self, title: str, introduction: str, url: str) -> None: ...

class Timeouts(Record):
    """The time that the plugin gives the network. WASI passes these limits to the host, which may not support all."""
    connect_milliseconds: Final[int]
    """Limit until the connection is made. Milliseconds."""
    first_byte_milliseconds: Final[int]
    """Limit until the reply's first byte. Hosts count from the start of the request, so allow for the upload of a large
    file. Milliseconds.
    """
    between_bytes_milliseconds: Final[int]
    """Limit between two pieces of the reply. Milliseconds."""
    call_milliseconds: Final[int]
    """Limit on a call as a whole: the request of a token, every attempt, and the pauses between them. The plugin itself
    keeps this limit, with any host. The uploads of `content.prepare` begin within this time, and each then has as much
    again. Milliseconds.
    """
    __match_args__: Final = (
        "connect_milliseconds",
        "first_byte_milliseconds",
        "between_bytes_milliseconds",
        "call_milliseconds",
    )
    def __init__(
        self,
        connect_milliseconds: int,
        first_byte_milliseconds: int,
        between_bytes_milliseconds: int,
        call_milliseconds: int,
    ) -> None: ...

class Token(Record):
    """An access token with its remaining life. Its holder can act for the account: treat it as a secret."""
    value: Final[str]
    """The token; up to 512 characters."""
    seconds_left: Final[int]
    """The number of seconds that it stays valid; 300 for a token of which WeChat does not say it."""
    __match_args__: Final = ("value", "seconds_left")
    def __init__(self, value: str, seconds_left: int) -> None: ...

class RateLimit(Record):
    """The number of calls that WeChat allows for one API in a span of time."""
    call_count: Final[int]
    """Calls allowed in the span."""
    refresh_seconds: Final[int]
    """Length of the span in seconds."""
    __match_args__: Final = ("call_count", "refresh_seconds")
    def __init__(self, call_count: int, refresh_seconds: int) -> None: ...

class Quota(Record):
    """Today's use of one API. Counters start anew at 00:00 Beijing time."""
    daily_limit: Final[int]
    """Calls allowed a day."""
    used: Final[int]
    """Calls made today."""
    remaining: Final[int]
    """Calls left today."""
    rate_limit: Final[RateLimit | None]
    """The allowance over a shorter span, if WeChat names one."""
    __match_args__: Final = ("daily_limit", "used", "remaining", "rate_limit")
    def __init__(self, daily_limit: int, used: int, remaining: int, rate_limit: RateLimit | None = ...) -> None: ...

class RequestRecord(Record):
    """WeChat's record of one request. It may repeat the content of the request: treat it as sensitive. The plugin
    removes the app secret, the token in use, tokens in the query, and the whole body of a reply with a token.
    """
    invoke_time: Final[int]
    """The time of the request. Unix seconds."""
    cost_milliseconds: Final[int]
    """Its duration. Milliseconds."""
    request_url: Final[str]
    """The query string, with the token removed."""
    request_body: Final[str]
    """The request's body."""
    response_body: Final[str]
    """The reply's body."""
    client_ip: Final[str]
    """The caller's address, as far as WeChat shows it."""
    __match_args__: Final = (
        "invoke_time",
        "cost_milliseconds",
        "request_url",
        "request_body",
        "response_body",
        "client_ip",
    )
    def __init__(
        self,
        invoke_time: int,
        cost_milliseconds: int,
        request_url: str,
        request_body: str,
        response_body: str,
        client_ip: str,
    ) -> None: ...

class Comments(str, enum.Enum):
    """The readers who may comment on an article. Anything but `closed` needs the account's comment feature (errcode
    88000 otherwise).
    """
    CLOSED = "closed"
    """Nobody."""
    EVERYONE = "everyone"
    """Every reader."""
    FANS_ONLY = "fans-only"
    """Followers of the account only."""

class CropRatio(str, enum.Enum):
    """The shapes in which WeChat shows a cover."""
    WIDE = "wide"
    """2.35 : 1, the wide cover."""
    SQUARE = "square"
    """1 : 1, the square cover."""
    LANDSCAPE = "landscape"
    """16 : 9; pictures only, refused for news."""

class Crop(Record):
    """The part of a picture that one of the cover shapes shows. Edges are fractions of width and height from 0 to 1,
    measured from the top left, and sent with 6 decimals. The part should have the ratio it is meant for (errcode 53402
    otherwise).
    """
    ratio: Final[CropRatio]
    """The shape this crop is for."""
    x1: Final[float]
    """Left edge."""
    y1: Final[float]
    """Top edge."""
    x2: Final[float]
    """Right edge; larger than `x1`."""
    y2: Final[float]
    """Bottom edge; larger than `y1`."""
    __match_args__: Final = ("ratio", "x1", "y1", "x2", "y2")
    def __init__(self, ratio: CropRatio, x1: float, y1: float, x2: float, y2: float) -> None: ...

class News(Record):
    """An article of text and pictures (图文消息, article_type `news`)."""
    title: Final[str]
    """The title, not empty: blanks alone are. WeChat's page allows at most 32 characters; up to 64 are accepted in
    practice, and more are refused.
    """
    content: Final[str]
    """HTML, not empty: at most 20,000 visible characters by WeChat's page, though more have been accepted; at most 1
    MiB (1,048,576 bytes). Visible are the characters that readers see: those of tags, comments, scripts and the like do
    not count, a character reference counts as what it means, and white space as one blank between words, and as nothing
    at the edges of a block. WeChat drops scripts, styles outside `style` attributes, links to other sites, and pictures
    that are not on its own hosts; `content.prepare` uploads those pictures.

    Of a whole document only the body is sent, and counts. A document begins with a doctype, or with a tag of `html`,
    `head` or `body`, or it has something after a `title`, `meta` or `base`; blanks, comments and other elements of a
    head may stand before them. The content of `body` is the article, or if that tag is missing, all from the first text
    or tag that no head has. `draft.check` says what is left out. Any other HTML is sent byte for byte.
    """
    thumb_media_id: Final[str]
    """The cover: media-id of a *permanent* image (`material.upload_image`). Temporary ids are refused (errcode 40007).
    """
    author: Final[str | None]
    """The author; at most 16 characters. Empty is as if left out."""
    digest: Final[str | None]
    """A summary of at most 120 characters by WeChat's page, and 128 in practice, for drafts of one article. If it is
    missing or empty, WeChat takes the first 54 characters of the body.
    """
    content_source_url: Final[str | None]
    """The address of 阅读原文 (read the original): http or https to a public host, at most 1024 bytes. Empty is as if left
    out.
    """
    cover_crops: Final[tuple[Crop, ...]]
    """The crops of the cover: `wide` and `square`, each at most once."""
    comments: Final[Comments]
    """The readers who may comment."""
    product_key: Final[str | None]
    """One product card below the article: the key from `draft.product_card`."""
    __match_args__: Final = (
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
    def __init__(
        self,
        title: str,
        content: str,
        thumb_media_id: str,
        author: str | None = ...,
        digest: str | None = ...,
        content_source_url: str | None = ...,
        cover_crops: Sequence[Crop] = ...,
        comments: Comments = ...,
        product_key: str | None = ...,
    ) -> None: ...

class Pictures(Record):
    """A picture message (图片消息, article_type `newspic`)."""
    title: Final[str]
    """The title, not empty. WeChat's page allows at most 32 characters, several tools found 20; more than 64 are
    refused.
    """
    content: Final[str]
    """Plain text, not empty, at most 1,000 characters in practice. The only markup that it may have is the `dom` of
    product cards, at most 50 by WeChat's page.
    """
    image_media_ids: Final[tuple[str, ...]]
    """1 to 20 media-ids of *permanent* images; the first one is the cover."""
    cover_crops: Final[tuple[Crop, ...]]
    """The crops of the cover; each shape at most once."""
    comments: Final[Comments]
    """The readers who may comment."""
    product_key: Final[str | None]
    """One product card: the key from `draft.product_card`."""
    __match_args__: Final = ("title", "content", "image_media_ids", "cover_crops", "comments", "product_key")
    def __init__(
        self,
        title: str,
        content: str,
        image_media_ids: Sequence[str],
        cover_crops: Sequence[Crop] = ...,
        comments: Comments = ...,
        product_key: str | None = ...,
    ) -> None: ...

Article = Union[News, Pictures]
"""One article of a draft."""

class Severity(str, enum.Enum):
    """The consequence of a finding."""
    ERROR = "error"
    """`draft.add` and `draft.update` refuse the article."""
    WARNING = "warning"
    """WeChat may refuse the article, or leaves something out of it. It is sent as it is."""
    ADVICE = "advice"
    """The article arrives whole, but may look wrong on some screens or in the website's editor. It is sent as it is.
    """

class Figure(Record):
    """A count that is beyond its limit."""
    found: Final[int]
    """The count."""
    limit: Final[int]
    """The most that would be no finding; the length of the list if the finding is the last of a list that was cut."""
    __match_args__: Final = ("found", "limit")
    def __init__(self, found: int, limit: int) -> None: ...

class Finding(Record):
    """A part of an article that is wrong, or will not arrive."""
    severity: Final[Severity]
    """Its consequence."""
    article: Final[int]
    """The index of the article, counted from 0. A draft of too many articles has the first one that is too many; a
    draft without articles has 0.
    """
    field: Final[str]
    """The name of the field, such as `title`, `cover_crops` or `content`; `articles` if it is about their number."""
    message: Final[str]
    """A sentence in the chosen language about the finding and the rule."""
    figure: Final[Figure | None]
    """The figures, if there are some. Advice by one rule is cut to 20 findings an article. If there are more, the last
    of the 20 has the number of all in `found`, 20 in `limit`, and says so in `message`.
    """
    rule: Final[str | None]
    """The number of the structure rule of WeChat's editor, such as `1.6`, for advice by one.
    WeChat: <https://developers.weixin.qq.com/doc/subscription/guide/product/plugin_spec.html>
    """
    element: Final[str | None]
    """The opening tag of the element concerned, cut to 80 characters, if the finding is about one."""
    __match_args__: Final = ("severity", "article", "field", "message", "figure", "rule", "element")
    def __init__(
        self,
        severity: Severity,
        article: int,
        field: str,
        message: str,
        figure: Figure | None = ...,
        rule: str | None = ...,
        element: str | None = ...,
    ) -> None: ...

class ArticleType(str, enum.Enum):
    """The kind of an article."""
    NEWS = "news"
    """Text and pictures."""
    PICTURES = "pictures"
    """Pictures with a short text."""
    UNKNOWN = "unknown"
    """A kind that WeChat did not name, or that this version does not know."""

class StoredArticle(Record):
    """An article as WeChat returns it. Its HTML has been rewritten by WeChat: keep the source elsewhere, and do not
    write this back. A field that WeChat left out is empty.
    """
    article_type: Final[ArticleType]
    """Its kind; published picture messages come without it."""
    title: Final[str]
    """Title."""
    author: Final[str]
    """Author."""
    digest: Final[str]
    """Summary."""
    content_source_url: Final[str]
    """The address of 阅读原文."""
    thumb_media_id: Final[str]
    """Media-id of the cover; empty for drafts made on the website."""
    thumb_url: Final[str]
    """The address of the cover."""
    image_media_ids: Final[tuple[str, ...]]
    """The pictures of a picture message."""
    comments: Final[Comments]
    """The readers who may comment."""
    url: Final[str]
    """A preview link that expires for a draft; its address for a published article."""
    is_deleted: Final[bool]
    """True for a published article that has been deleted."""
    content: Final[str | None]
    """HTML as rewritten by WeChat; none in a list without content."""
    __match_args__: Final = (
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
    def __init__(
        self,
        article_type: ArticleType,
        title: str,
        author: str,
        digest: str,
        content_source_url: str,
        thumb_media_id: str,
        thumb_url: str,
        image_media_ids: Sequence[str],
        comments: Comments,
        url: str,
        is_deleted: bool,
        content: str | None = ...,
    ) -> None: ...

class ArticleGroup(Record):
    """Articles that belong together: a draft, or one publication."""
    articles: Final[tuple[StoredArticle, ...]]
    """The articles, in order."""
    create_time: Final[int | None]
    """The time when it was made, if WeChat returns it. Unix seconds."""
    update_time: Final[int | None]
    """The time of its last change, if WeChat returns it. Unix seconds."""
    __match_args__: Final = ("articles", "create_time", "update_time")
    def __init__(
        self,
        articles: Sequence[StoredArticle],
        create_time: int | None = ...,
        update_time: int | None = ...,
    ) -> None: ...

class UploadedImage(Record):
    """A permanent image as stored."""
    media_id: Final[str]
    """The id for covers (`thumb_media_id`) and picture messages."""
    url: Final[str]
    """The address for `<img src>` in articles. Elsewhere WeChat shows a notice in place of the picture. Empty if WeChat
    returned none: `material.list` has it.
    """
    __match_args__: Final = ("media_id", "url")
    def __init__(self, media_id: str, url: str) -> None: ...

MaterialContent = Union[ArticleGroup, VideoLink, Download]
"""A permanent material, as `material.get` returns it."""

class MaterialKind(str, enum.Enum):
    """The kinds of permanent material that can be listed. A thumb can't: keep its media-id."""
    IMAGE = "image"
    """Images."""
    VOICE = "voice"
    """Voices."""
    VIDEO = "video"
    """Videos."""
    NEWS = "news"
    """Articles of the time before drafts."""

class MaterialCounts(Record):
    """The counts of permanent material, including material that was made on the website. The ceiling is 100,000 for
    images and news together and 1,000 for each other kind.
    """
    voice: Final[int]
    """Voices."""
    video: Final[int]
    """Videos."""
    image: Final[int]
    """Images."""
    news: Final[int]
    """Articles of the time before drafts."""
    __match_args__: Final = ("voice", "video", "image", "news")
    def __init__(self, voice: int, video: int, image: int, news: int) -> None: ...

class MaterialItem(Record):
    """One line of a list of permanent material."""
    media_id: Final[str]
    """Its id."""
    name: Final[str]
    """Its file name or title; empty for news."""
    update_time: Final[int]
    """The time of its last change. Unix seconds; 0 if WeChat does not return it."""
    url: Final[str]
    """The address of an image; empty otherwise."""
    articles: Final[tuple[StoredArticle, ...]]
    """The articles of a news item."""
    __match_args__: Final = ("media_id", "name", "update_time", "url", "articles")
    def __init__(
        self,
        media_id: str,
        name: str,
        update_time: int,
        url: str,
        articles: Sequence[StoredArticle],
    ) -> None: ...

class MaterialPage(Record):
    """One page of a list of permanent material."""
    total_count: Final[int]
    """The number of all items."""
    items: Final[tuple[MaterialItem, ...]]
    """This page, newest first in practice."""
    __match_args__: Final = ("total_count", "items")
    def __init__(self, total_count: int, items: Sequence[MaterialItem]) -> None: ...

class MediaKind(str, enum.Enum):
    """The kinds of temporary media."""
    IMAGE = "image"
    """jpg, png or gif; at most 10 MB. WeChat's page also names 2 MB: a larger image may be refused."""
    VOICE = "voice"
    """amr or mp3; at most 2 MB and 60 seconds."""
    VIDEO = "video"
    """mp4; at most 10 MB."""
    THUMB = "thumb"
    """jpg; at most 64 KB."""

class UploadedMedia(Record):
    """Temporary media as stored."""
    media_id: Final[str]
    """The id, valid for 3 days. Drafts do not accept it."""
    created_at: Final[int]
    """The time when it was stored. Unix seconds; 0 if WeChat does not return it."""
    __match_args__: Final = ("media_id", "created_at")
    def __init__(self, media_id: str, created_at: int) -> None: ...

MediaContent = Union[Download, VideoLink]
"""A temporary media, as `media.get` returns it."""

class ArticleImage(Record):
    """A picture that WeChat keeps for the text of articles."""
    url: Final[str]
    """The address for `<img src>` in articles. Elsewhere WeChat shows a notice in place of the picture."""
    media_id: Final[str | None]
    """Its media-id if it is permanent material, which takes storage quota; none if it was uploaded as by
    `material.upload_article_image`.
    """
    __match_args__: Final = ("url", "media_id")
    def __init__(self, url: str, media_id: str | None = ...) -> None: ...

class ImageReference(Record):
    """A picture of an article, by the addresses that an attachment can answer."""
    source: Final[str]
    """The address that `content.prepare` looks for first, with character references and CSS escapes resolved."""
    alternatives: Final[tuple[str, ...]]
    """Further addresses of the same picture, in the order in which they are looked for. One attachment is enough."""
    optional: Final[bool]
    """True if the picture also has an address that needs no attachment: `data:`, or a host of Tencent's."""
    __match_args__: Final = ("source", "alternatives", "optional")
    def __init__(self, source: str, alternatives: Sequence[str], optional: bool) -> None: ...

class ImageUploaded(Record):
    """The picture has been uploaded, for this place or an earlier one, and its URL is written in its place."""
    image: Final[ArticleImage]
    __match_args__: Final = ("image",)
    def __init__(self, image: ArticleImage) -> None: ...

class ImageKept(Record):
    """The picture is on WeChat's hosts already. Its address stays as it is, and is copied into `src` if it only stands
    where nobody would read it.
    """
    __match_args__: Final = ()

class ImageUnsure(Record):
    """The picture is on another host of Tencent's, and stays as it is. WeChat may keep it or drop it: the stored draft
    shows which.
    """
    __match_args__: Final = ()

class ImageElsewhere(Record):
    """The real address of the picture is neither data nor an attachment, and it stays as it is. WeChat will drop it.
    """
    __match_args__: Final = ()

class ImageFailed(Record):
    """The picture could not be uploaded, and stays as it is. `outcome-unknown` is possible for a picture that becomes
    permanent material.
    """
    error: Final[WeChatError]
    __match_args__: Final = ("error",)
    def __init__(self, error: WeChatError) -> None: ...

ImageResult = Union[ImageUploaded, ImageKept, ImageUnsure, ImageElsewhere, ImageFailed]
"""The outcome of one picture."""

class ImageOutcome(Record):
    """One picture, and its outcome."""
    source: Final[str]
    """The address that was chosen as the real one, with character references resolved, cut to 100 characters."""
    alternatives: Final[tuple[str, ...]]
    """The other addresses of the same picture, which are left out, each cut to 100 characters: at most 31, as the
    plugin reads 32 addresses of one picture. Addresses on WeChat's hosts, placeholders and repetitions are none.
    """
    outcome: Final[ImageResult]
    """Its outcome."""
    __match_args__: Final = ("source", "alternatives", "outcome")
    def __init__(self, source: str, alternatives: Sequence[str], outcome: ImageResult) -> None: ...

class Prepared(Record):
    """An article's HTML with its pictures on WeChat's hosts."""
    html: Final[str]
    """The HTML, with other addresses of pictures, no quotes in well-formed `url()`, and otherwise unchanged."""
    images: Final[tuple[ImageOutcome, ...]]
    """The outcomes, one for each picture, in the order of their tags."""
    findings: Final[tuple[Finding, ...]]
    """The findings of `draft.check` about this HTML as the content of news: the parts that will not arrive, its length,
    and advice on its look.
    """
    cover: Final[str | WeChatError | None]
    """The media-id of the first uploaded picture as permanent material, or the reason why it has none. None if no cover
    was asked for, or if no picture was uploaded.
    """
    __match_args__: Final = ("html", "images", "findings", "cover")
    def __init__(
        self,
        html: str,
        images: Sequence[ImageOutcome],
        findings: Sequence[Finding],
        cover: str | WeChatError | None = ...,
    ) -> None: ...

class DraftItem(Record):
    """One line of a list of drafts."""
    media_id: Final[str]
    """Its id."""
    draft: Final[ArticleGroup]
    """Its articles."""
    __match_args__: Final = ("media_id", "draft")
    def __init__(self, media_id: str, draft: ArticleGroup) -> None: ...

class DraftPage(Record):
    """One page of a list of drafts."""
    total_count: Final[int]
    """The number of all drafts."""
    items: Final[tuple[DraftItem, ...]]
    """This page, newest first in practice."""
    __match_args__: Final = ("total_count", "items")
    def __init__(self, total_count: int, items: Sequence[DraftItem]) -> None: ...

class ProductCardType(str, enum.Enum):
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

class ProductCard(Record):
    """A product card. WeChat returns the markup, the key, or both, as the place needs them."""
    product_key: Final[str | None]
    """The key for `product_key` of an article."""
    dom: Final[str | None]
    """The markup, to be put into `content` as it is."""
    __match_args__: Final = ("product_key", "dom")
    def __init__(self, product_key: str | None = ..., dom: str | None = ...) -> None: ...

class Submission(Record):
    """A publishing task that WeChat has accepted. Accepted is not published: see `publish.wait`."""
    publish_id: Final[str]
    """The id for `publish.status` and `publish.wait`."""
    msg_data_id: Final[str | None]
    """The key of WeChat's APIs for comments and for statistics, if WeChat returned one. Statistics name an article by
    its `msgid`: this id, an underscore, and the article's number from 1. It is also `mid=` in the address of an
    article.
    """
    __match_args__: Final = ("publish_id", "msg_data_id")
    def __init__(self, publish_id: str, msg_data_id: str | None = ...) -> None: ...

class Publication(Record):
    """A publication that is public."""
    article_id: Final[str]
    """The id for `publish.get` and `publish.delete`."""
    urls: Final[tuple[str, ...]]
    """The permanent address of each article, in order. Empty if WeChat returned none: `publish.get` has them, too."""
    __match_args__: Final = ("article_id", "urls")
    def __init__(self, article_id: str, urls: Sequence[str]) -> None: ...

class Published(Record):
    """Public."""
    publication: Final[Publication]
    __match_args__: Final = ("publication",)
    def __init__(self, publication: Publication) -> None: ...

class Publishing(Record):
    """Under way: not decided yet."""
    __match_args__: Final = ()

class OriginalDeclarationFailed(Record):
    """Refused: articles marked as original did not pass. The indices of the articles concerned."""
    articles: Final[tuple[int, ...]]
    __match_args__: Final = ("articles",)
    def __init__(self, articles: Sequence[int]) -> None: ...

class PublishFailed(Record):
    """Failed; WeChat does not give the reason. Test accounts always end here."""
    __match_args__: Final = ()

class ReviewRefused(Record):
    """Refused by the platform's review. The indices of the articles concerned."""
    articles: Final[tuple[int, ...]]
    __match_args__: Final = ("articles",)
    def __init__(self, articles: Sequence[int]) -> None: ...

class DeletedByUser(Record):
    """Was public; then the account's owner deleted all articles."""
    __match_args__: Final = ()

class BannedBySystem(Record):
    """Was public; then the platform banned all articles."""
    __match_args__: Final = ()

class UnknownStatus(Record):
    """A status that WeChat does not document, as a number."""
    code: Final[int]
    __match_args__: Final = ("code",)
    def __init__(self, code: int) -> None: ...

PublishStatus = Union[
    Published,
    Publishing,
    OriginalDeclarationFailed,
    PublishFailed,
    ReviewRefused,
    DeletedByUser,
    BannedBySystem,
    UnknownStatus,
]
"""The state of a publishing task."""

class PublicationItem(Record):
    """One line of a list of publications."""
    article_id: Final[str]
    """Its id."""
    publication: Final[ArticleGroup]
    """Its articles."""
    __match_args__: Final = ("article_id", "publication")
    def __init__(self, article_id: str, publication: ArticleGroup) -> None: ...

class PublicationPage(Record):
    """One page of a list of publications."""
    total_count: Final[int]
    """The number of all publications."""
    items: Final[tuple[PublicationItem, ...]]
    """This page, newest first in practice."""
    __match_args__: Final = ("total_count", "items")
    def __init__(self, total_count: int, items: Sequence[PublicationItem]) -> None: ...

class DeleteAll(Record):
    """Every article of it."""
    __match_args__: Final = ()

class DeleteOne(Record):
    """The article at this index alone, counted from 0."""
    index: Final[int]
    __match_args__: Final = ("index",)
    def __init__(self, index: int) -> None: ...

DeleteWhich = Union[DeleteAll, DeleteOne]
"""The articles of a publication to delete."""

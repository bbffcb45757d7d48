"""The operations of the contract for asyncio. Generated from `wit/`: do not edit."""

from __future__ import annotations

from . import _native
from ._asyncio import AsyncListing, finished

# Type checkers take it for true; `typing` would take longer to import than the rest of the package.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import List

    from ._files import Attachments, FileInput
    from ._types import (
        Article,
        ArticleGroup,
        DeleteWhich,
        Download,
        DraftItem,
        DraftPage,
        Finding,
        ImageReference,
        Language,
        MaterialContent,
        MaterialCounts,
        MaterialItem,
        MaterialKind,
        MaterialPage,
        MediaContent,
        MediaKind,
        Prepared,
        ProductCard,
        ProductCardType,
        PublicationItem,
        PublicationPage,
        PublishStatus,
        Quota,
        RequestRecord,
        StoredArticle,
        Submission,
        Token,
        UploadedImage,
        UploadedMedia,
    )


class AsyncContent:
    """The pictures of an article. WeChat drops every picture of news that is not on its own hosts, `data:` URIs
    included. They have to be uploaded first, and the HTML has to name their new addresses.

    A picture is one of these, with all its addresses:
    - An `img` (which may be spelled `image`): its `src`, its `srcset`, the `srcset` of the `source`s before it in a
      `picture`, and the attributes for scripts that load pictures late: `data-src`, `data-original`, `data-lazy-src`,
      `data-lazyload`, `data-echo`, `data-url`, `data-srcset`, `data-lazy-srcset`, `_src` and `file`. They mean nothing
      on other elements, and nothing if the value has no dot, slash or colon or begins with a brace or bracket (`true`,
      `[…]`): then it is a switch or a list.
    - `href` and `xlink:href` of SVG's `image` and `feImage`.
    - `background` of `table` and its parts.
    - `url()` in a `style` attribute, and `image-set()` there with all its options.

    Comments have none, nor do elements whose content is text (`script`, `style`, `textarea`, `title` and so on). The
    first of repeated attributes counts. An empty address, one within the page (`#…`) and `about:blank` are none.

    A picture of at most 2 × 2 pixels is a placeholder, or counts readers. It is never uploaded, and so never a cover.
    Beside another address it does not count, nor does a `data:` URI of SVG. Alone, such a picture is `failed`.

    The real address of a picture is the first of these that it has:
    1. one on WeChat's hosts: `src`, or else one of the attributes for scripts in the order above;
    2. one that can be uploaded (an attachment, or data that WeChat takes) or is on WeChat's hosts, in this order: the
       attributes for scripts, `src`, `srcset` with the largest first, the `source`s. A `src` beside attributes for
       scripts none of which can be had is a spinner, and comes after 5, unless one of them ends in the same file name
       (so it is in a page that a browser saved);
    3. one on another host of Tencent's;
    4. an attachment that WeChat can't take; its error tells why;
    5. any other address, in the order of 2;
    6. data that WeChat can't take, and last a placeholder.

    WeChat's hosts are `mmbiz.qpic.cn`, `mmbiz.qlogo.cn`, `mp.weixin.qq.com`, `res.wx.qq.com`, `mmcomm.qpic.cn`,
    `finder.video.qq.com`, `wx.qlogo.cn` and `wxapp.tc.qq.com`: its website's editor has this list. Nothing is certain
    about Tencent's other hosts. The plugin takes for these everything below `qpic.cn`, `qlogo.cn`, `qq.com`,
    `gtimg.com`, `gtimg.cn`, `wechat.com`, `weixin.com` and `tencent.com`; this second list is the plugin's own choice.
    """

    __slots__ = ("_client",)

    def __init__(self, client: _native.Client) -> None:
        self._client = client

    async def references(self, html: str) -> List[ImageReference]:
        """Returns the pictures of this HTML, or of the body of a whole document, that an attachment could answer: in
        the order of their tags, with repetitions. It leaves out `data:` URIs, and pictures that are on WeChat's hosts.
        It contacts nobody, needs no account and never fails. It stops at the first picture beyond 20,000 addresses of
        pictures. (`prepare` refuses more than these, and counts quoted `url()` that are no pictures with them.)

        With a `<base href>` they are as seen from it: `a.png` is `img/a.png` if the base is `img/`, and
        `https://example.com/a.png` if the base is on that host.

        A host learns from it which files to hand over. The host decides which of them it fetches, and from where.
        """
        return await finished(_native.content_references(self._client, html))

    async def prepare(self, html: str, attachments: Attachments = (), with_cover: bool = False) -> Prepared:
        """Uploads the pictures of an article, and puts their new addresses into the HTML. Of a whole document (see
        `news.content`) it returns the body, and a finding about the rest.

        - A `data:` URI (base64 or percent-encoded) is decoded and uploaded.
        - An address that names an attachment is uploaded. It names one literally (so an attachment may be named by a
          URL), after a `cid:`, or as a path: `./img/a.png` is `img/a.png`, a query or fragment is left out, and
          percent-encoding is resolved. An address that begins with a slash names only an attachment whose name begins
          with one too. With a `<base href>` the address is first taken as seen from the base, and then as it stands,
          unless the base is on a host: then it leads there alone.
        - A picture on WeChat's own hosts stays as it is. So HTML copied from a published article (`data-src` on
          WeChat's host, and no `src`, an empty one or one with data) passes byte for byte.
        - Any other address (a URL elsewhere, `file:`, `blob:`, a name that no attachment has) stays as it is and is
          reported. The plugin contacts nobody but WeChat.

        The new address of an `img` is written into `src`, which is added if it is missing, into `data-src` if that is
        there, and into the attribute that it came from. `srcset` becomes empty there and in the `source`s, because
        browsers would prefer its old addresses; the outcome names them. If a picture on WeChat's hosts is named only
        where neither WeChat nor a browser looks, its address is written in the same way. An `image-set()` becomes the
        `url()` of its one picture. SVG gets the new address in `href` and `xlink:href`, as far as they are there.

        WeChat drops an element whose `url()` has quotes, around the address or in it, also if escapes of CSS mean them.
        So every such address is written without them. Blanks, quotes, brackets and the like in it are percent-encoded,
        also in addresses that stay. Two keep their quotes: a `url()` that is not well formed (`url('a.png' x)`), which
        `findings` tell, and an option of an `image-set()` beyond the 32nd, if the set stays.

        Every other byte stays as it is. (One may be added: the semicolon that a character reference lacks directly
        before an address.) An address that is copied into `src` loses its tabs and line breaks, as browsers read it.

        A jpg or png below 1 MB is uploaded as by `material.upload_article_image`. A gif, a bmp, and a larger picture of
        up to 10 MB is uploaded as by `material.upload_image`, which takes storage quota. One call uploads the same
        bytes once, also if that failed.

        `with_cover` also makes the first uploaded picture of the text permanent material, for an article's
        `thumb_media_id`. If it is permanent already, nothing more is sent.

        A picture that fails does not lose the others: `images` has the outcome of each. No upload begins after an error
        of the kinds `credentials`, `ip-not-allowed`, `quota` and `tls`, or after `timeouts.call_milliseconds`; the
        remaining pictures fail in the same way. An upload that has begun has its own time to end. If the very first
        upload ends in one of them, its error is the error of the whole call.

        Safe to repeat with the HTML that it returned: only missing pictures are uploaded, and without these the HTML
        does not change again. (A picture that failed as `outcome-unknown` may then be stored twice; look for it with
        `material.list` first.) The `<base>` of a document is not in the HTML that is returned: for the second call,
        name the attachments as the addresses are spelled there. Repeated with the old HTML, it uploads all pictures
        again, and stores a second time those that take quota.

        HTML and attachments have to fit into the instance's memory with the decoded pictures: count on three times the
        `data:` URIs.
        Errors: `invalid-input`, and nothing was sent: subject `attachments` for an attachment without a name, or two of
        one name; subject `html` for more than 20,000 addresses of pictures and quoted `url()`.
        """
        return await finished(_native.content_prepare(self._client, html, attachments, with_cover))


class AsyncDraft:
    """Drafts (草稿箱). A draft is one media-id with one or more articles; the website shows it too. A draft that is
    published leaves the draft box, and its media-id ends.

    Every operation may also end in a kind that does not come from its own work: `credentials`, `ip-not-allowed`,
    `permission`, `quota`, `account-state`, `busy`, `network`, `tls`, `malformed-reply` or `other`; and in
    `invalid-input` for an id that is empty or has anything but ASCII letters, digits, `-` and `_`, or for a count
    outside 1 to 20.
    """

    __slots__ = ("_client",)

    def __init__(self, client: _native.Client) -> None:
        self._client = client

    async def check(self, articles: Sequence[Article], language: Language | str | None = None) -> List[Finding]:
        """Checks these articles as one draft, and returns their faults and the parts that will not arrive. It checks
        required fields, lengths, crops, the number of pictures, the form of ids and of the source URL, and control
        characters. It contacts nobody, needs no account and never fails. WeChat alone knows if an id names a permanent
        image of the account. The list is empty if nothing was found.

        In HTML it finds, as warnings:
        - elements that WeChat removes: scripts, style blocks, frames, plug-ins, video, audio and those of forms;
        - attributes that it removes: `id` (so links within the article lead nowhere) and event attributes;
        - declarations in `style` that it removes: `position`, `text-decoration-thickness`, `text-underline-offset`, and
          any with `calc()` or `var()`;
        - links to other sites, and `javascript:` URLs;
        - pictures on other sites, those in `data:` URIs, and those on Tencent's hosts that are not surely kept;
        - the further addresses of a picture, which are left out (see `content`), and `url()` with quotes;
        - `img` without an address, `source` without an `img`, `use` of another document in SVG, and backgrounds that a
          script sets;
        - blocks inside an element with `nodeleaf`, which vanish on phones;
        - the elements of a whole document outside its body, which are not sent, and a look of `html` and `body`;
        - links for which it refuses an article: previews with `tempkey=` (errcode 45166) and `mp/profile_ext` (40155),
          in any attribute and in the text.

        As advice: `div` with an inline style, `filter`, `float`, the `width` attribute of `img`, and fonts with a
        Chinese name. Each kind is one finding with the number of occurrences; its `element` is the first.

        As advice, too: places that break a structure rule of WeChat's editor (1.1 to 1.8, 2.1 to 2.3, 3, 4.1.1, 4.1.2
        and 4.2.2; at most 20 findings a rule and article), and pictures without `data-w`. Advice comes after all errors
        and warnings.

        The messages are in this language; in English by default. (The packages for Rust, Node.js and Python take that
        of the account by default, if there is one.)
        WeChat: <https://developers.weixin.qq.com/doc/subscription/guide/product/plugin_spec.html>
        """
        return await finished(_native.draft_check(self._client, articles, language))

    async def compare(
        self,
        sent: Article,
        stored: StoredArticle,
        language: Language | str | None = None,
    ) -> List[Finding]:
        """Compares an article as it was sent with the same article as `get` returns it, and returns what WeChat changed
        or dropped on the way: fields that differ, visible text, pictures, links, elements and style declarations that
        are missing, and styles that came back empty. WeChat accepts an article without a word even if it leaves parts
        of it out, so only this shows that all has arrived. All findings are warnings; `article` is 0 in each. What
        WeChat rewrites without a loss is none: other spellings, another size in the address of a picture, `data-src`
        for `src`. It contacts nobody, needs no account and never fails. The list is empty if all has arrived. The
        messages are in this language; its default is that of `check`.
        """
        return await finished(_native.draft_compare(self._client, sent, stored, language))

    async def add(self, articles: Sequence[Article]) -> str:
        """Makes a draft of one or more articles (8 at most in practice) and returns its media-id. It leaves control
        characters other than tabs and the ends of lines out of the text, as WeChat can't read them, and ends every line
        with a newline.

        No API can set the declaration of an original work, the reward, albums (合集), a scheduled time, selected
        comments, paid reading, or the statement that content was made by AI. They are fields of the website: where one
        is needed, publish the draft by hand.

        The first error that `check` finds ends the call in `invalid-input` before anything is sent, with the field in
        `subject`. Warnings never do.

        Not safe to repeat: a second call makes a second draft. A lost reply ends in `outcome-unknown`; `list` then
        shows if the draft is there.
        Errors: `invalid-input` (among others errcode 40007: a cover or picture is not a permanent image of this
        account), `content-rejected`, `permission` (88000 comments, 53406 products).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_add.html>
        """
        return await finished(_native.draft_add(self._client, articles))

    async def get(self, media_id: str) -> ArticleGroup:
        """Fetches a draft with its content. Safe to repeat.

        Errors: `not-found` (errcode 40007: unknown, deleted or published).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_getdraft.html>
        """
        return await finished(_native.draft_get(self._client, media_id))

    async def update(self, media_id: str, index: int, article: Article) -> None:
        """Replaces the article at `index`, counted from 0, as a whole. Articles can't be added, removed or moved, and
        should keep their kind. The article is checked first, as by `add`. Safe to repeat.

        Errors: as `add`. WeChat has one code (40007) for an unknown draft and for a wrong cover, so both are
        `invalid-input`; `invalid-input` also for an index out of range (40114).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_update.html>
        """
        return await finished(_native.draft_update(self._client, media_id, index, article))

    async def delete(self, media_id: str) -> None:
        """Deletes a draft for good, with all its articles. Safe to repeat: the second time ends in `not-found`. (If the
        plugin itself repeats an attempt that got no clear answer, and the draft is gone, that is success.)

        Errors: `not-found` (errcode 40007).

        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_delete.html>
        """
        return await finished(_native.draft_delete(self._client, media_id))

    async def count(self) -> int:
        """Returns the number of drafts. Safe to repeat.

        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_count.html>
        """
        return await finished(_native.draft_count(self._client))

    async def list(self, offset: int = 0, count: int = 20, with_content: bool = False) -> DraftPage:
        """Lists drafts, `count` (1 to 20) from `offset`. Content comes only with `with_content`, as a page with it can
        have 20 MB; more than 24 MiB ends in `malformed-reply`. The list is empty past the end. Safe to repeat.

        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_draft_batchget.html>
        """
        return await finished(_native.draft_list(self._client, offset, count, with_content))

    def all(self, with_content: bool = False) -> AsyncListing[DraftItem]:
        """Lists all items, page by page, each once: `async for item in ...`. Nothing is read before the first item is
        asked for, and then one page of 20 at a time.

        Items that are added meanwhile may be among them or not. One that stays comes once, also if others are added,
        deleted or changed meanwhile. After an error the same object goes on with the same page.
        """
        return AsyncListing(
            lambda offset, count: _native.draft_list(self._client, offset, count, with_content),
            "media_id",
        )

    async def product_card(self, product_id: str, card_type: ProductCardType | str) -> ProductCard:
        """Makes a card for a product of the account's shop. Safe to repeat.

        Errors: `invalid-input` (errcode 10170001 product, 10170002 kind of article, 10170003 kind of card),
        `permission` (53406) or `busy` (-1) if the account has no commerce feature.
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/draftbox/shop/api_ecsgetproductcardinfo.html>
        """
        return await finished(_native.draft_product_card(self._client, product_id, card_type))


class AsyncMaterial:
    """Permanent material (永久素材), which stays until it is deleted. Covers and picture messages are made of its images.

    Every operation may also end in a kind that does not come from its own work: `credentials`, `ip-not-allowed`,
    `permission`, `quota`, `account-state`, `busy`, `network`, `tls`, `malformed-reply` or `other`; and in
    `invalid-input` for an id that is empty or has anything but ASCII letters, digits, `-` and `_`, or for a count
    outside 1 to 20.

    Uploads never send a file in pieces. The following files end in `file-rejected` before anything is sent: empty or
    too large ones; those whose bytes are of another type or of none that is known; pictures that are damaged, have no
    width or no height, have as many pixels as 18018 × 24477, or are jpg in CMYK (errcode 40137 otherwise); voices (wav,
    amr, mp3) of more than 60 seconds; and mp4 without a video track.
    """

    __slots__ = ("_client",)

    def __init__(self, client: _native.Client) -> None:
        self._client = client

    async def upload_image(self, file: FileInput) -> UploadedImage:
        """Stores an image: bmp, png, jpg or gif of at most 10 MB.

        Not safe to repeat: each upload makes another material. A lost reply ends in `outcome-unknown`.
        Errors: `file-rejected`.
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_addmaterial.html>
        """
        return await finished(_native.material_upload_image(self._client, file))

    async def upload_voice(self, file: FileInput) -> str:
        """Stores a voice: mp3, wma, wav or amr of at most 2 MB and 60 seconds; returns its media-id. Otherwise as
        `upload_image`.
        """
        return await finished(_native.material_upload_voice(self._client, file))

    async def upload_video(self, file: FileInput, title: str, introduction: str) -> str:
        """Stores a video: mp4 of at most 10 MB, with a title, which is not empty, and an introduction; returns its
        media-id. Otherwise as `upload_image`.
        """
        return await finished(_native.material_upload_video(self._client, file, title, introduction))

    async def upload_thumb(self, file: FileInput) -> str:
        """Stores a thumb: jpg of at most 64 KB; returns its media-id. Thumbs can't be listed, so keep the id.
        `upload_image` serves better for covers. Otherwise as `upload_image`.
        """
        return await finished(_native.material_upload_thumb(self._client, file))

    async def upload_article_image(self, file: FileInput) -> str:
        """Stores a picture for the text of articles: jpg or png below 1 MB; returns its URL. It has no media-id, is not
        listed, can't be deleted, and takes no storage quota. Safe to repeat (each time makes a new URL).

        Errors: `file-rejected`.
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_uploadimage.html>
        """
        return await finished(_native.material_upload_article_image(self._client, file))

    async def get(self, media_id: str) -> MaterialContent:
        """Fetches permanent material. A video comes as a link. More than 24 MiB ends in `malformed-reply`. Safe to
        repeat.

        Errors: `not-found` (errcode 40007: unknown, deleted, or temporary).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_getmaterial.html>
        """
        return await finished(_native.material_get(self._client, media_id))

    async def delete(self, media_id: str) -> None:
        """Deletes permanent material for good, including material that was made on the website. It breaks a draft that
        has the material as its cover. Safe to repeat: the second time ends in `not-found`. (If the plugin itself
        repeats an attempt that got no clear answer, and the material is gone, that is success.)

        Errors: `not-found`; `invalid-input` (errcode 48005) while a menu or an automatic reply uses it.
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_delmaterial.html>
        """
        return await finished(_native.material_delete(self._client, media_id))

    async def counts(self) -> MaterialCounts:
        """Counts the stored material. Safe to repeat.

        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_getmaterialcount.html>
        """
        return await finished(_native.material_counts(self._client))

    async def list(self, kind: MaterialKind | str, offset: int = 0, count: int = 20) -> MaterialPage:
        """Lists material of one kind, `count` (1 to 20) from `offset`. Pages can shift while material is added. The
        list is empty past the end. Safe to repeat.

        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_batchgetmaterial.html>
        """
        return await finished(_native.material_list(self._client, kind, offset, count))

    def all(self, kind: MaterialKind | str) -> AsyncListing[MaterialItem]:
        """Lists all items, page by page, each once: `async for item in ...`. Nothing is read before the first item is
        asked for, and then one page of 20 at a time.

        Items that are added meanwhile may be among them or not. One that stays comes once, also if others are added,
        deleted or changed meanwhile. After an error the same object goes on with the same page.
        """
        return AsyncListing(
            lambda offset, count: _native.material_list(self._client, kind, offset, count),
            "media_id",
        )


class AsyncMedia:
    """Temporary media (临时素材): kept for 3 days, for messages. Drafts do not accept them.

    Every operation may also end in a kind that does not come from its own work: `credentials`, `ip-not-allowed`,
    `permission`, `quota`, `account-state`, `busy`, `network`, `tls`, `malformed-reply` or `other`; and in
    `invalid-input` for an id that is empty or has anything but ASCII letters, digits, `-` and `_`.
    """

    __slots__ = ("_client",)

    def __init__(self, client: _native.Client) -> None:
        self._client = client

    async def upload(self, kind: MediaKind | str, file: FileInput) -> UploadedMedia:
        """Stores a file for 3 days. `MediaKind` has the limits, and the file is checked as in `material`. Safe to
        repeat apart from the daily quota.

        Errors: `file-rejected`.
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_uploadtempmedia.html>
        """
        return await finished(_native.media_upload(self._client, kind, file))

    async def get(self, media_id: str) -> MediaContent:
        """Fetches temporary media, including media that users sent to the account. A video comes as a link. More than
        24 MiB ends in `malformed-reply`. Safe to repeat.

        Errors: `not-found` (errcode 40007: unknown, or older than 3 days).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_getmedia.html>
        """
        return await finished(_native.media_get(self._client, media_id))

    async def get_voice(self, media_id: str) -> Download:
        """Fetches a voice recorded by the JSSDK in high quality (speex, 16 kHz); verified accounts only. More than 24
        MiB ends in `malformed-reply`. Safe to repeat.

        Errors: `not-found` (errcode 40007), `permission` (48001).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_gethdvoice.html>
        """
        return await finished(_native.media_get_voice(self._client, media_id))


class AsyncPublish:
    """Publishing (发布): makes a draft public under a permanent address. It does not push the article to followers.

    Since July 2025 only verified enterprise accounts may publish, 公众号 and 服务号 alike. Other accounts get `permission`
    (errcode 48001), also from the operations that only read. They can write the draft here and publish it by hand on
    mp.weixin.qq.com.

    Every operation may also end in a kind that does not come from its own work: `credentials`, `ip-not-allowed`,
    `quota`, `account-state`, `busy`, `network`, `tls`, `malformed-reply` or `other`; and in `invalid-input` for an id
    that is empty or has anything but ASCII letters, digits, `-` and `_`, or for a count outside 1 to 20.
    """

    __slots__ = ("_client",)

    def __init__(self, client: _native.Client) -> None:
        self._client = client

    async def submit(self, media_id: str) -> Submission:
        """Hands a draft to WeChat for publishing, with all its articles; 100 a day. It returns a task, not a
        publication: follow the task with `wait`.

        Not safe to repeat. A lost reply ends in `outcome-unknown`: first look for the draft (`draft.get`) and among the
        publications (`list`).
        Errors: `not-found` (errcode 40007: no such draft, or published already), `content-rejected` (53503 to 53505),
        `quota` (53501 too often), `account-state` (53500).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_submit.html>
        """
        return await finished(_native.publish_submit(self._client, media_id))

    async def status(self, publish_id: str) -> PublishStatus:
        """Returns the state of the task. Safe to repeat, but only 100 a day.

        Errors: `invalid-input` (errcode 40002: not a publish-id).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_get.html>
        """
        return await finished(_native.publish_status(self._client, publish_id))

    async def wait(self, publish_id: str, timeout_seconds: int) -> PublishStatus:
        """Waits until the task is decided, but no longer than `timeout_seconds` and the time of the last question. It
        asks for the status after 5, 10, 20, 40 and then every 60 seconds (`config.publish_poll_milliseconds` changes
        the pace), and a last time when the time is over. It returns a final state, or `publishing` if there is none
        yet; then call it again later. A timeout of 0 means one question, at once. 600 seconds take about 13 of the 100
        questions a day. Safe to repeat.

        Errors: as `status`. A lost reply, a busy server or the limit of a minute (errcode 45011) ends the wait only at
        its last question.
        """
        return await finished(_native.publish_wait(self._client, publish_id, timeout_seconds))

    async def get(self, article_id: str) -> ArticleGroup:
        """Fetches a publication. Picture messages come without their pictures. Safe to repeat.

        Errors: `not-found` (errcode 53600).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishgetarticle.html>
        """
        return await finished(_native.publish_get(self._client, article_id))

    async def list(self, offset: int = 0, count: int = 20, with_content: bool = False) -> PublicationPage:
        """Lists publications, `count` (1 to 20) from `offset`. Content comes only with `with_content`; more than 24 MiB
        ends in `malformed-reply`. The list is empty past the end. Safe to repeat.

        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublish_batchget.html>
        """
        return await finished(_native.publish_list(self._client, offset, count, with_content))

    def all(self, with_content: bool = False) -> AsyncListing[PublicationItem]:
        """Lists all items, page by page, each once: `async for item in ...`. Nothing is read before the first item is
        asked for, and then one page of 20 at a time.

        Items that are added meanwhile may be among them or not. One that stays comes once, also if others are added,
        deleted or changed meanwhile. After an error the same object goes on with the same page.
        """
        return AsyncListing(
            lambda offset, count: _native.publish_list(self._client, offset, count, with_content),
            "article_id",
        )

    async def delete(self, article_id: str, which: DeleteWhich) -> None:
        """Deletes a publication, or one article of it, for good; 10 a day.

        Do not repeat it for one article of several: WeChat does not document if the others move up. A lost reply ends
        in `outcome-unknown`; `get` then shows `is_deleted`.
        Errors: `not-found` (errcode 53600); `invalid-input` for an index of 100 or more.
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/public/api_freepublishdelete.html>
        """
        return await finished(_native.publish_delete(self._client, article_id, which))


class AsyncOperations:
    """The operations on the account itself, and the interfaces with the others."""

    def __init__(self, client: _native.Client) -> None:
        self._client = client
        self.content = AsyncContent(client)
        self.draft = AsyncDraft(client)
        self.material = AsyncMaterial(client)
        self.media = AsyncMedia(client)
        self.publish = AsyncPublish(client)

    async def verify(self) -> int:
        """Makes sure that there is a token, and returns the number of seconds that it stays valid. It makes a request
        only if no token is cached. That request shows that app id, secret and IP whitelist are in order; call
        `forget_token` first to be sure of one. Safe to repeat.

        Errors: `credentials`, `ip-not-allowed`, `quota`, `account-state`, `busy`, `network`, `tls`, `malformed-reply`,
        `other`. The operations below may end in the same kinds.
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/base/api_getstableaccesstoken.html>
        """
        return await finished(_native.account_verify(self._client))

    async def access_token(self) -> Token:
        """Returns the token itself, so that a host can share it over instances (`config.token`). Otherwise as `verify`.
        """
        return await finished(_native.account_access_token(self._client))

    async def forget_token(self) -> None:
        """Forgets the cached token; the next call gets one. WeChat does not learn of it, and the token stays valid."""
        return await finished(_native.account_forget_token(self._client))

    async def quota(self, api_path: str) -> Quota:
        """Returns today's use of the API at this path, such as `/cgi-bin/draft/add`. Safe to repeat.

        Errors: `invalid-input` for a path that WeChat does not know (errcode 76021), `permission` (76022).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getapiquota.html>
        """
        return await finished(_native.account_quota(self._client, api_path))

    async def explain(self, rid: str) -> RequestRecord:
        """Returns WeChat's record of a request of this account in the last 7 days, by the `rid` of an error. Safe to
        repeat.

        Errors: `not-found` (errcode 76001), `invalid-input` (76002, 76004), `permission` (76003).
        WeChat: <https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getridinfo.html>
        """
        return await finished(_native.account_explain(self._client, rid))

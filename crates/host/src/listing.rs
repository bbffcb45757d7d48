//! Lists that end: all material of a kind, all drafts, or all publications.
//!
//! WeChat lists at most 20 items a call, and knows no cursor: a page is an offset into a list that others change
//! meanwhile. New items are put before the old ones and push them into the next page; deleted ones pull them back.
//! A [`Listing`] reads page by page, returns each item once, and loses none of those that stay.

use std::collections::{BTreeSet, VecDeque};
use std::future::Future;

use futures_util::Stream;
use futures_util::stream::try_unfold;

use crate::session::{Result, Session};
use crate::types::{DraftItem, MaterialItem, MaterialKind, PublicationItem};

/// The items of one page: the most that WeChat returns in a call.
const PAGE: u32 = 20;
/// Pages without a new item that are read in any case. A hundred items were added while one page was read, or the
/// server ignores the offset.
const FRUITLESS: u64 = 5;
/// The items after which a list ends that has more of them than it counts. WeChat stores at most 100,000 of a kind.
const ENDLESS: u64 = 100_000;

/// A list that is being read.
///
/// ```no_run
/// # use wechat_official_account_host::{Result, Session};
/// # async fn example(session: &mut Session) -> Result<()> {
/// let mut drafts = session.all_drafts(false).await?;
/// println!("{} drafts, {} calls of today's quota", drafts.total_count(), drafts.calls());
/// while let Some(draft) = drafts.try_next().await? {
///     println!("{}", draft.media_id);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Items that are added meanwhile may be among those returned or not. An item that stays is returned once, also if
/// others are added, deleted or changed meanwhile. This assumes that WeChat puts new and changed items first, as it
/// does in practice. One case can't be seen: between two calls as many items are deleted as are added, an item that was
/// not listed yet moves to the front, and then a page of items that were.
pub struct Listing<'a, T: Listed> {
    session: &'a mut Session,
    query: T::Query,
    position: Position,
    waiting: VecDeque<T>,
}

impl<'a, T: Listed> Listing<'a, T> {
    /// Reads the first page.
    async fn start(session: &'a mut Session, query: T::Query) -> Result<Self> {
        let mut listing = Self {
            session,
            query,
            position: Position::default(),
            waiting: VecDeque::new(),
        };
        listing.read_page(0).await?;
        Ok(listing)
    }

    /// Returns the number of items that WeChat counts, as of the last page.
    #[must_use]
    pub fn total_count(&self) -> u64 {
        self.position.total_count()
    }

    /// Returns the number of calls that the whole list takes, with those that were made. It is known after the first
    /// page, and the second is not read before the caller asks for an item of it. Changes of the list during the
    /// reading cost a few more calls.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.position.calls()
    }

    /// Returns the number of calls made so far.
    #[must_use]
    pub fn calls_made(&self) -> u64 {
        self.position.calls_made()
    }

    /// Returns how many items WeChat counts more than it has listed. After the end of the list this is 0, unless items
    /// were added meanwhile or WeChat's count is wrong.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.position.missing()
    }

    /// Returns the next item; none at the end of the list. After an error it may be called again, and goes on with the
    /// same page.
    ///
    /// # Errors
    /// If a page can't be read.
    pub async fn try_next(&mut self) -> Result<Option<T>> {
        loop {
            if let Some(item) = self.waiting.pop_front() {
                return Ok(Some(item));
            }
            let Some(offset) = self.position.next_offset() else {
                return Ok(None);
            };
            self.read_page(offset).await?;
        }
    }

    /// Returns the items that are left, as a stream. It ends after the first error.
    pub fn stream(&mut self) -> impl Stream<Item = Result<T>> {
        try_unfold(self, |listing| async move {
            let item = listing.try_next().await?;
            Ok(item.map(|item| (item, listing)))
        })
    }

    async fn read_page(&mut self, offset: u32) -> Result<()> {
        let (total, items) = T::page(self.session, self.query, offset).await?;
        let new = self.position.turn(total, items.iter().map(Listed::id));
        self.waiting
            .extend(items.into_iter().zip(new).filter(|(_, new)| *new).map(|(item, _)| item));
        Ok(())
    }
}

impl Session {
    /// Lists all material of a kind. This reads the first page, so that the number of calls is known.
    ///
    /// # Errors
    /// If the first page can't be read.
    pub async fn all_material(&mut self, kind: MaterialKind) -> Result<Listing<'_, MaterialItem>> {
        Listing::start(self, kind).await
    }

    /// Lists all drafts. This reads the first page, so that the number of calls is known. Content comes only with
    /// `with_content`, as a page with it can have 20 MB.
    ///
    /// # Errors
    /// If the first page can't be read.
    pub async fn all_drafts(&mut self, with_content: bool) -> Result<Listing<'_, DraftItem>> {
        Listing::start(self, with_content).await
    }

    /// Lists all publications, as [`Session::all_drafts`] does drafts. WeChat allows 100 calls a day.
    ///
    /// # Errors
    /// If the first page can't be read.
    pub async fn all_publications(&mut self, with_content: bool) -> Result<Listing<'_, PublicationItem>> {
        Listing::start(self, with_content).await
    }
}

/// An item of a list that is read in pages. Implemented for the three items of the contract.
pub trait Listed: private::Sealed + Send + Sized {
    /// The arguments of the list besides offset and count.
    type Query: Copy + Send;

    /// Returns the id by which an item is known again.
    fn id(&self) -> &str;

    /// Reads a page: the number of all items, and those from this offset.
    fn page(
        session: &mut Session,
        query: Self::Query,
        offset: u32,
    ) -> impl Future<Output = Result<(u64, Vec<Self>)>> + Send;
}

impl Listed for MaterialItem {
    type Query = MaterialKind;

    fn id(&self) -> &str {
        &self.media_id
    }

    async fn page(session: &mut Session, kind: MaterialKind, offset: u32) -> Result<(u64, Vec<Self>)> {
        let page = session.list_material(kind, offset, PAGE).await?;
        Ok((page.total_count, page.items))
    }
}

impl Listed for DraftItem {
    type Query = bool;

    fn id(&self) -> &str {
        &self.media_id
    }

    async fn page(session: &mut Session, with_content: bool, offset: u32) -> Result<(u64, Vec<Self>)> {
        let page = session.list_drafts(offset, PAGE, with_content).await?;
        Ok((page.total_count, page.items))
    }
}

impl Listed for PublicationItem {
    type Query = bool;

    fn id(&self) -> &str {
        &self.article_id
    }

    async fn page(session: &mut Session, with_content: bool, offset: u32) -> Result<(u64, Vec<Self>)> {
        let page = session.list_publications(offset, PAGE, with_content).await?;
        Ok((page.total_count, page.items))
    }
}

mod private {
    use crate::types::{DraftItem, MaterialItem, PublicationItem};

    /// Keeps [`super::Listed`] to the items of the contract.
    pub trait Sealed {}
    impl Sealed for MaterialItem {}
    impl Sealed for DraftItem {}
    impl Sealed for PublicationItem {}
}

/// The part of the list that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pass {
    /// The whole list.
    #[default]
    Whole,
    /// Its beginning once more: items that were changed during the first pass have moved there.
    Beginning,
    /// Nothing more.
    Done,
}

/// The place in a list, without the items and without a session: for programs that read the pages by themselves.
///
/// Ask for the [offset](Position::next_offset) of a page, read it, and hand over what came ([`Position::turn`]), until
/// there is no further one. A new position is at the beginning. Every page has 20 items.
#[derive(Debug, Default)]
pub struct Position {
    pass: Pass,
    /// The offset of the next page.
    offset: u64,
    /// The items that WeChat counted last.
    total: u64,
    /// True if that count was another one before.
    changed: bool,
    /// The items by which the count has fallen. Those may have been returned before.
    deleted: u64,
    /// The items returned.
    found: u64,
    /// Those returned before this pass.
    found_before: u64,
    /// Their ids. 100,000 take some 10 MB.
    seen: BTreeSet<String>,
    calls: u64,
    /// The calls that brought no new item.
    fruitless: u64,
}

impl Position {
    /// Returns the offset of the next page; none if the list has ended.
    #[must_use]
    pub fn next_offset(&self) -> Option<u32> {
        match self.pass {
            Pass::Done => None,
            Pass::Whole | Pass::Beginning => u32::try_from(self.offset).ok(),
        }
    }

    /// See [`Listing::total_count`].
    #[must_use]
    pub fn total_count(&self) -> u64 {
        self.total
    }

    /// See [`Listing::calls`].
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.calls + self.calls_to_come()
    }

    /// See [`Listing::calls_made`].
    #[must_use]
    pub fn calls_made(&self) -> u64 {
        self.calls
    }

    /// See [`Listing::missing`].
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.total.saturating_sub(self.found)
    }

    fn calls_to_come(&self) -> u64 {
        match self.pass {
            Pass::Done => 0,
            Pass::Whole => self.total.saturating_sub(self.offset).div_ceil(u64::from(PAGE)).max(1),
            Pass::Beginning => 1,
        }
    }

    /// Takes a page with these ids from the offset that was named last, and returns which of them are new.
    pub fn turn<'i>(&mut self, total: u64, ids: impl Iterator<Item = &'i str>) -> Vec<bool> {
        // An item without an id can't be known again.
        let new: Vec<bool> = ids.map(|id| id.is_empty() || self.seen.insert(id.to_owned())).collect();
        let found = new.iter().filter(|new| **new).count() as u64;
        let length = new.len() as u64;
        let is_first = self.calls == 0;
        // Items that were deleted before this page pull others from it into the pages that were read already.
        let deleted = if is_first { 0 } else { self.total.saturating_sub(total) };
        self.deleted += deleted;
        self.changed |= !is_first && self.total != total;
        self.total = total;
        self.calls += 1;
        self.found += found;
        self.fruitless += u64::from(found == 0);

        let end = self.offset + length;
        // A full page beyond the count shows that the count is too small.
        let is_last = length == 0 || (end >= total && !(end > total && length >= u64::from(PAGE)));
        self.offset = end;
        if self.is_endless() {
            self.pass = Pass::Done;
        } else if self.pass == Pass::Whole && deleted > 0 {
            self.offset = end.saturating_sub(length + deleted);
        } else if self.pass == Pass::Whole && is_last {
            let is_complete = self.found >= total && !self.changed;
            self.pass = if is_first || is_complete {
                Pass::Done
            } else {
                Pass::Beginning
            };
            (self.offset, self.found_before) = (0, self.found);
        } else if self.pass == Pass::Beginning && is_last && self.found > self.found_before && self.found < total {
            // Others may have moved to the front during this pass.
            (self.offset, self.found_before) = (0, self.found);
        } else if self.pass == Pass::Beginning && (is_last || (found == 0 && self.found >= total + self.deleted)) {
            self.pass = Pass::Done;
        }
        new
    }

    /// Returns whether the server goes on without end: with the same items at other offsets, or with more than it
    /// counts and could have.
    fn is_endless(&self) -> bool {
        self.fruitless > FRUITLESS + self.found / u64::from(PAGE) || self.found > self.total.max(ENDLESS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list on a server, newest first, and the count that it tells.
    struct Server {
        items: Vec<u32>,
        made: u32,
        total: fn(&Server) -> u64,
    }

    impl Server {
        fn of(items: u32) -> Self {
            Self {
                items: (0..items).rev().collect(),
                made: items,
                total: |server| server.items.len() as u64,
            }
        }

        fn page(&self, offset: u32) -> Vec<String> {
            let from = self.items.iter().skip(offset as usize).take(PAGE as usize);
            from.map(|item| format!("id{item}")).collect()
        }

        fn add(&mut self) {
            self.items.insert(0, self.made);
            self.made += 1;
        }
    }

    /// Reads a list to its end, with a change of it before each page but the first. Returns the ids in order of their
    /// coming, and the number of calls.
    fn read(server: &mut Server, mut change: impl FnMut(&mut Server, u64)) -> (Vec<String>, u64) {
        let mut position = Position::default();
        let mut found = Vec::new();
        while let Some(offset) = position.next_offset() {
            if position.calls > 0 {
                change(server, position.calls);
            }
            let page = server.page(offset);
            let new = position.turn((server.total)(server), page.iter().map(String::as_str));
            found.extend(page.into_iter().zip(new).filter(|(_, new)| *new).map(|(id, _)| id));
            assert!(position.calls < 20_000, "no end");
        }
        (found, position.calls)
    }

    #[test]
    fn an_undisturbed_list_takes_a_call_for_each_20_items() {
        for (items, calls) in [(0, 1), (1, 1), (19, 1), (20, 1), (21, 2), (40, 2), (41, 3), (2000, 100)] {
            let mut server = Server::of(items);
            let mut position = Position::default();
            position.turn(u64::from(items), server.page(0).iter().map(String::as_str));
            assert_eq!(position.calls + position.calls_to_come(), calls, "told for {items}");
            let (found, made) = read(&mut server, |_, _| {});
            assert_eq!((found.len(), made), (items as usize, calls));
        }
    }

    #[test]
    fn items_that_were_pulled_up_are_read() {
        for deleted in 1..=45 {
            let mut server = Server::of(90);
            let (found, _) = read(&mut server, |server, calls| {
                if calls == 2 {
                    server.items.drain(..deleted);
                }
            });
            let rest: BTreeSet<_> = server.items.iter().map(|item| format!("id{item}")).collect();
            let found: BTreeSet<_> = found.into_iter().collect();
            assert!(rest.is_subset(&found), "{deleted}: {:?}", rest.difference(&found));
        }
    }

    /// A page of known items says nothing about those behind it, as known items are changed too.
    #[test]
    fn an_item_that_moved_to_the_front_is_read_behind_known_ones() {
        for moved in [0, 1, 19, 20, 39, 40] {
            for deleted in [0, 1] {
                let mut server = Server::of(65);
                let (found, calls) = read(&mut server, |server, calls| match calls {
                    2 => {
                        let oldest = server.items.pop().unwrap();
                        server.items.insert(0, oldest);
                    }
                    4 => {
                        server.items.drain(1..=deleted);
                        let known = server.items.len() - moved;
                        let mut known: Vec<_> = server.items.drain(known..).collect();
                        known.append(&mut server.items);
                        server.items = known;
                    }
                    _ => {}
                });
                assert!(found.contains(&"id0".to_owned()), "{moved} {deleted}: {found:?}");
                assert!(calls <= 8, "{moved} {deleted}: {calls}");
            }
        }
    }

    #[test]
    fn every_item_that_stays_comes_once_whatever_happens_meanwhile() {
        for seed in 1..2000_u64 {
            let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let mut random = move |below: usize| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                usize::try_from(state % below.max(1) as u64).unwrap()
            };
            let mut server = Server::of(u32::try_from(random(130)).unwrap());
            let at_start = server.items.clone();
            let changes = 1 + random(4) as u64;
            // Half of the lists have items changed only, more than a page of them.
            let only_changed = seed % 2 == 1;
            let most = if only_changed { 50 } else { 30 };
            let changes = if only_changed { 2 } else { changes };
            let (found, calls) = read(&mut server, |server, calls| {
                if calls > changes {
                    return;
                }
                for _ in 0..random(most) {
                    match if only_changed { 2 } else { random(3) } {
                        0 => server.add(),
                        _ if server.items.is_empty() => {}
                        1 => {
                            let at = random(server.items.len());
                            server.items.remove(at);
                        }
                        _ => {
                            let at = random(server.items.len());
                            let changed = server.items.remove(at);
                            server.items.insert(0, changed);
                        }
                    }
                }
            });
            let unique: BTreeSet<_> = found.iter().collect();
            assert_eq!(unique.len(), found.len(), "seed {seed}: twice");
            for item in at_start.iter().filter(|item| server.items.contains(item)) {
                assert!(unique.contains(&format!("id{item}")), "seed {seed}: {item} is lost");
            }
            assert!(calls <= 40, "seed {seed}: {calls} calls");
        }
    }

    #[test]
    fn a_wrong_count_does_not_keep_the_list_from_ending() {
        type Count = fn(&Server) -> u64;
        let counts: [(&str, Count); 4] = [
            ("far too many", |_| 1_000_000_000),
            ("one too many", |server| server.items.len() as u64 + 1),
            ("none", |_| 0),
            ("too few, in a full page", |_| 5),
        ];
        for (name, total) in counts {
            let mut server = Server::of(45);
            server.total = total;
            let (found, calls) = read(&mut server, |_, _| {});
            assert_eq!(found.len(), 45, "{name}");
            assert!(calls <= 8, "{name}: {calls}");
        }
    }

    #[test]
    fn a_server_that_never_ends_is_left() {
        // The same page at every offset; another page at every call; a count that jumps.
        let mut same = Position::default();
        while let Some(_offset) = same.next_offset() {
            same.turn(1_000_000_000, ["a", "b"].into_iter());
            assert!(same.calls < 20);
        }
        let mut other = Position::default();
        let mut made = 0;
        while let Some(_offset) = other.next_offset() {
            let ids: Vec<String> = (0..PAGE).map(|item| format!("{made}-{item}")).collect();
            made += 1;
            other.turn(5, ids.iter().map(String::as_str));
            assert!(other.calls < 10_000);
        }
        let mut jumping = Position::default();
        while let Some(_offset) = jumping.next_offset() {
            let total = if jumping.calls.is_multiple_of(2) { 1_000_000 } else { 0 };
            jumping.turn(total, ["a", "b"].into_iter());
            assert!(jumping.calls < 20);
        }
    }

    #[test]
    fn items_without_an_id_are_not_taken_for_one() {
        let mut position = Position::default();
        assert_eq!(position.turn(2, ["", ""].into_iter()), [true, true]);
        assert_eq!(position.found, 2);
    }
}

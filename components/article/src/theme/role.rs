//! The roles of a theme: the kinds of elements that have a style.

/// Declares the roles: each with its name in a theme, and whether it is a block of text. Such a block has the
/// declarations of `text` as well, because WeChat may lose the style of an element around it.
macro_rules! roles {
    ($($role:ident $name:literal $is_text:literal,)*) => {
        /// A role.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Role {
            $($role,)*
        }

        impl Role {
            /// All roles in their order.
            pub const ALL: &[Self] = &[$(Self::$role,)*];

            /// Returns the name in a theme.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$role => $name,)*
                }
            }

            /// Returns whether the role is a block of text.
            pub const fn is_text(self) -> bool {
                match self {
                    $(Self::$role => $is_text,)*
                }
            }
        }
    };
}

roles! {
    Text "text" true,
    Paragraph "paragraph" true,
    Heading1 "heading1" true,
    Heading1Text "heading1-text" false,
    Heading1Before "heading1-before" false,
    Heading2 "heading2" true,
    Heading2Text "heading2-text" false,
    Heading2Before "heading2-before" false,
    Heading3 "heading3" true,
    Heading3Text "heading3-text" false,
    Heading3Before "heading3-before" false,
    Heading4 "heading4" true,
    Heading4Text "heading4-text" false,
    Heading4Before "heading4-before" false,
    Heading5 "heading5" true,
    Heading5Text "heading5-text" false,
    Heading5Before "heading5-before" false,
    Heading6 "heading6" true,
    Heading6Text "heading6-text" false,
    Heading6Before "heading6-before" false,
    Quote "quote" false,
    QuoteText "quote-text" true,
    Note "note" false,
    NoteTitle "note-title" true,
    Tip "tip" false,
    TipTitle "tip-title" true,
    Important "important" false,
    ImportantTitle "important-title" true,
    Warning "warning" false,
    WarningTitle "warning-title" true,
    Caution "caution" false,
    CautionTitle "caution-title" true,
    AlertText "alert-text" true,
    List "list" true,
    Item "item" false,
    ItemText "item-text" true,
    ItemParagraph "item-paragraph" true,
    NestedList "nested-list" false,
    Marker "marker" true,
    Task "task" false,
    Code "code" false,
    CodeLabel "code-label" true,
    CodeText "code-text" true,
    CodeKeyword "code-keyword" false,
    CodeString "code-string" false,
    CodeNumber "code-number" false,
    CodeComment "code-comment" false,
    CodeName "code-name" false,
    InlineCode "inline-code" false,
    Strong "strong" false,
    Emphasis "emphasis" false,
    Strikethrough "strikethrough" false,
    Mark "mark" false,
    Link "link" false,
    Reference "reference" false,
    TableBox "table-box" false,
    Table "table" false,
    TableHead "table-head" true,
    TableCell "table-cell" true,
    TableStripe "table-stripe" true,
    Figure "figure" false,
    Picture "picture" false,
    InlinePicture "inline-picture" false,
    Caption "caption" true,
    Rule "rule" true,
    References "references" false,
    ReferencesTitle "references-title" true,
    ReferencesItem "references-item" true,
}

/// The levels of headings: the block, its text, and the ornament before that.
pub const HEADINGS: [[Role; 3]; 6] = [
    [Role::Heading1, Role::Heading1Text, Role::Heading1Before],
    [Role::Heading2, Role::Heading2Text, Role::Heading2Before],
    [Role::Heading3, Role::Heading3Text, Role::Heading3Before],
    [Role::Heading4, Role::Heading4Text, Role::Heading4Before],
    [Role::Heading5, Role::Heading5Text, Role::Heading5Before],
    [Role::Heading6, Role::Heading6Text, Role::Heading6Before],
];

/// What a word in a line may stand on: the text, a quote, an alert, or the cell of a table.
const INLINE_GROUNDS: &[Role] = &[
    Role::Text,
    Role::Quote,
    Role::Note,
    Role::Tip,
    Role::Important,
    Role::Warning,
    Role::Caution,
    Role::TableCell,
    Role::TableStripe,
];
/// These without the cells: the blocks that have a background of their own, or none.
const GROUNDS: &[Role] = INLINE_GROUNDS.split_at(7).0;
/// The alerts alone.
const ALERTS: &[Role] = GROUNDS.split_at(2).1;

impl Role {
    /// Finds a role by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }

    /// Returns whether a theme may give the role a text of its own.
    pub fn has_content(self) -> bool {
        matches!(self, Self::Marker | Self::Rule) || HEADINGS.iter().any(|[.., before]| *before == self)
    }

    /// Returns the roles that the text of this one may stand on; none if it has no text.
    pub fn grounds(self) -> &'static [Self] {
        for [block, text, before] in &HEADINGS {
            if self == *text || self == *before {
                return std::slice::from_ref(block);
            }
        }
        match self {
            Self::QuoteText => &[Self::Quote],
            Self::NoteTitle => &[Self::Note],
            Self::TipTitle => &[Self::Tip],
            Self::ImportantTitle => &[Self::Important],
            Self::WarningTitle => &[Self::Warning],
            Self::CautionTitle => &[Self::Caution],
            Self::AlertText => ALERTS,
            Self::CodeLabel
            | Self::CodeText
            | Self::CodeKeyword
            | Self::CodeString
            | Self::CodeNumber
            | Self::CodeComment
            | Self::CodeName => &[Self::Code],
            Self::TableHead | Self::TableCell | Self::TableStripe => &[Self::Table],
            Self::ReferencesTitle | Self::ReferencesItem => &[Self::References],
            Self::Task
            | Self::InlineCode
            | Self::Strong
            | Self::Emphasis
            | Self::Strikethrough
            | Self::Mark
            | Self::Link
            | Self::Reference => INLINE_GROUNDS,
            // Boxes; their text has roles of its own.
            _ if !self.is_text() => &[],
            _ => GROUNDS,
        }
    }

    /// Returns the role whose colour the text of this one has, unless it has its own.
    pub fn inherits_color_of(self) -> Self {
        let heading = HEADINGS.iter().find(|roles| roles.contains(&self));
        match (heading, self) {
            (Some([block, ..]), _) if *block != self => *block,
            (_, Self::CodeKeyword | Self::CodeString | Self::CodeNumber | Self::CodeComment | Self::CodeName) => {
                Self::CodeText
            }
            _ => Self::Text,
        }
    }
}

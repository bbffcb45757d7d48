//! Uploads of files from where they are.
//!
//! The generated functions take a [`File`], which owns its bytes. A caller who has them elsewhere (in a map of a file,
//! or in another language's object) would copy the whole file for it: 1 ms for 10 MB, of 18 (`packages/python/bench`).

use wasmtime::Result;
use wasmtime::component::{ComponentExportIndex, ComponentType, InstancePre, Lower};
use wasmtime::error::Context as _;

use crate::arguments::Argument;
use crate::ctx::Ctx;
use crate::types::File;

/// A file to upload that somebody else owns.
#[derive(Clone, Copy, ComponentType, Lower)]
#[component(record)]
pub struct FileRef<'a> {
    /// A name for people, as in [`File`].
    pub name: &'a str,
    /// The whole file.
    pub bytes: &'a [u8],
}

impl<'a> From<&'a File> for FileRef<'a> {
    fn from(file: &'a File) -> Self {
        Self {
            name: &file.name,
            bytes: &file.bytes,
        }
    }
}

impl Argument for FileRef<'_> {
    fn size(&self, _: usize) -> usize {
        self.name.len().saturating_add(self.bytes.len())
    }
}

/// Names the functions that upload one file, and their places in the component.
macro_rules! uploads {
    ($($name:ident = $interface:literal $function:literal;)*) => {
        pub(crate) struct Indices {
            $(pub(crate) $name: ComponentExportIndex,)*
        }

        impl Indices {
            /// Fails if the component lacks a function of the contract.
            pub(crate) fn new(component: &InstancePre<Ctx>) -> Result<Self> {
                Ok(Self {
                    $($name: index(component, $interface, $function)?,)*
                })
            }
        }
    };
}

uploads! {
    upload_material_image = "material" "upload-image";
    upload_material_voice = "material" "upload-voice";
    upload_material_video = "material" "upload-video";
    upload_material_thumb = "material" "upload-thumb";
    upload_article_image = "material" "upload-article-image";
    upload_media = "media" "upload";
}

fn index(component: &InstancePre<Ctx>, interface: &str, function: &str) -> Result<ComponentExportIndex> {
    let component = component.component();
    let interface = format!("wechat:official-account/{interface}@0.1.0");
    let place = component.get_export_index(None, &interface);
    let place = place.and_then(|interface| component.get_export_index(Some(&interface), function));
    place.with_context(|| format!("the component does not export {function} of {interface}"))
}

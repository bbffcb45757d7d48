//! The exported interfaces, each looked up when it is first used.
//!
//! wasmtime compares the type of every function with the contract's when it looks one up in an instance. Comparing all
//! of them takes as long as the rest of instantiation, and a host that makes an instance for each call uses one or two.

use std::sync::Arc;

use wasmtime::component::{ComponentExportIndex, ComponentNamedList, Instance, InstancePre, Lift, Lower, TypedFunc};
use wasmtime::{Result, Store};

use crate::bindings::interfaces::{account, content, draft, material, media, publish};
use crate::ctx::Ctx;
use crate::upload;

macro_rules! exports {
    ($($name:ident)*) => {
        /// The functions' places in the component, the same for all instances.
        pub(crate) struct Indices {
            $($name: $name::GuestIndices,)*
            uploads: upload::Indices,
        }

        impl Indices {
            /// Fails if the component lacks a function of the contract.
            pub(crate) fn new(component: &InstancePre<Ctx>) -> Result<Self> {
                Ok(Self {
                    $($name: $name::GuestIndices::new(component)?,)*
                    uploads: upload::Indices::new(component)?,
                })
            }
        }

        /// The interfaces of one instance.
        pub struct Exports {
            instance: Instance,
            indices: Arc<Indices>,
            $($name: Option<$name::Guest>,)*
        }

        impl Exports {
            pub(crate) fn new(instance: Instance, indices: Arc<Indices>) -> Self {
                Self {
                    instance,
                    indices,
                    $($name: None,)*
                }
            }

            $(
                #[doc = concat!("The interface `", stringify!($name), "`.")]
                ///
                /// # Errors
                /// If a function of it has another type than in the contract.
                pub fn $name(&mut self, store: &mut Store<Ctx>) -> Result<&$name::Guest> {
                    Ok(match &mut self.$name {
                        Some(known) => known,
                        unknown => unknown.insert(self.indices.$name.load(store, &self.instance)?),
                    })
                }
            )*
        }
    };
}

impl Exports {
    /// Looks up a function that uploads a file.
    pub(crate) fn upload<P, R>(
        &self,
        store: &mut Store<Ctx>,
        place: impl FnOnce(&upload::Indices) -> ComponentExportIndex,
    ) -> Result<TypedFunc<P, R>>
    where
        P: ComponentNamedList + Lower,
        R: ComponentNamedList + Lift,
    {
        self.instance.get_typed_func(store, place(&self.indices.uploads))
    }
}

exports! { account material media draft content publish }

//! The exported interfaces, each looked up when it is first used.
//!
//! wasmtime compares the type of every function with the contract's when it looks one up in an instance. For all of them that
//! takes as long as the rest of instantiation, and a host that makes an instance for each call uses one or two.

use crate::host::State;
use crate::host::exports::{account, content, draft, material, media, publish};
use std::sync::Arc;
use wasmtime::component::{Instance, InstancePre};
use wasmtime::{Result, Store};

macro_rules! interfaces {
    ($($name:ident)*) => {
        /// Where the functions stand in the component: the same for all instances.
        pub(crate) struct Indices {
            $($name: $name::GuestIndices,)*
        }

        impl Indices {
            /// Fails where the component lacks a function of the contract.
            pub(crate) fn new(component: &InstancePre<State>) -> Result<Self> {
                Ok(Self {
                    $($name: $name::GuestIndices::new(component)?,)*
                })
            }
        }

        /// The interfaces of one instance.
        pub struct Interfaces {
            instance: Instance,
            indices: Arc<Indices>,
            $($name: Option<$name::Guest>,)*
        }

        impl Interfaces {
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
                /// Where a function of it has another type than in the contract.
                pub fn $name(&mut self, store: &mut Store<State>) -> Result<&$name::Guest> {
                    Ok(match &mut self.$name {
                        Some(known) => known,
                        unknown => unknown.insert(self.indices.$name.load(store, &self.instance)?),
                    })
                }
            )*
        }
    };
}

interfaces! { account material media draft content publish }

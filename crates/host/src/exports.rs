//! The exported interfaces, each looked up when it is first used.
//!
//! wasmtime compares the type of every function with the contract's when it looks one up in an instance. Comparing all
//! of them takes as long as the rest of instantiation, and a host that makes an instance for each call uses one or two.

use std::sync::Arc;

use wasmtime::component::{ComponentNamedList, Instance, InstancePre, Lift, Lower, TypedFunc};
use wasmtime::error::Context as _;
use wasmtime::{Result, Store};

use crate::bindings::interfaces::{account, content, draft, material, media, publish};
use crate::ctx::Ctx;

macro_rules! exports {
    ($($name:ident)*) => {
        /// The functions' places in the component, the same for all instances.
        pub(crate) struct Indices {
            $($name: $name::GuestIndices,)*
        }

        impl Indices {
            /// Fails if the component lacks a function of the contract.
            pub(crate) fn new(component: &InstancePre<Ctx>) -> Result<Self> {
                Ok(Self {
                    $($name: $name::GuestIndices::new(component)?,)*
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
    /// Looks up a function of an interface, to call it with other Rust types than the generated ones.
    pub(crate) fn function<P, R>(&self, store: &mut Store<Ctx>, interface: &str, name: &str) -> Result<TypedFunc<P, R>>
    where
        P: ComponentNamedList + Lower,
        R: ComponentNamedList + Lift,
    {
        let interface = format!("wechat:official-account/{interface}@0.1.0");
        let place = self.instance.get_export_index(&mut *store, None, &interface);
        let place = place.and_then(|place| self.instance.get_export_index(&mut *store, Some(&place), name));
        let place = place.with_context(|| format!("the component does not export {name} of {interface}"))?;
        self.instance.get_typed_func(store, place)
    }
}

exports! { account material media draft content publish }

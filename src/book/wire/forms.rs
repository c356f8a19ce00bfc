//! How a domain type and its written form stand to each other, and the three ways of declaring a form.

use serde::{Serialize, de::DeserializeOwned};

/// What cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Bad(pub String);

/// A domain type with a written form. Writing cannot fail.
pub trait Wire: Sized {
    /// The written form.
    type Form: Serialize + DeserializeOwned;

    /// Writes.
    fn form(&self) -> Self::Form;

    /// Reads.
    ///
    /// # Errors
    /// [`Bad`] names what cannot be read.
    fn read(form: Self::Form) -> Result<Self, Bad>;
}

/// The written form of a type.
pub type Form<T> = <T as Wire>::Form;

/// A type whose values have written names.
pub trait Named {
    /// All names.
    const NAMES: &'static [&'static str];

    /// The name of a value.
    fn name(&self) -> &'static str;
}

/// `record!(StaffCardForm of StaffCard { staff: StaffId, ... })`: an object with the same fields.
macro_rules! record {
    ($form:ident of $domain:ident { $($(#[$attr:meta])* $field:ident: $ty:ty),+ $(,)? }) => {
        #[derive(Debug, serde::Serialize, serde::Deserialize)]
        pub struct $form { $($(#[$attr])* $field: $crate::book::wire::forms::Form<$ty>),+ }

        impl $crate::book::wire::forms::Wire for $domain {
            type Form = $form;

            fn form(&self) -> $form {
                $form { $($field: $crate::book::wire::forms::Wire::form(&self.$field)),+ }
            }

            fn read(form: $form) -> Result<Self, $crate::book::wire::forms::Bad> {
                Ok(Self { $($field: $crate::book::wire::forms::Wire::read(form.$field)?),+ })
            }
        }
    };
}

/// `choice!(Form of Domain, tag = "is"; { Variant = "name" { field: Type } } new { Variant = "name"(Type) } unit { ... })`:
/// one of several, told apart by a tag in the object or, without `tag`, by the name of the only field.
macro_rules! choice {
    ($form:ident of $domain:ident $(, tag = $tag:literal)?;
     { $($v:ident = $name:literal { $($(#[$attr:meta])* $field:ident: $ty:ty),+ $(,)? }),* $(,)? }
     new { $($nv:ident = $nname:literal($nty:ty)),* $(,)? }
     unit { $($uv:ident = $uname:literal),* $(,)? }) => {
        #[derive(Debug, serde::Serialize, serde::Deserialize)]
        $(#[serde(tag = $tag)])?
        pub enum $form {
            $(#[serde(rename = $name)] $v { $($(#[$attr])* $field: $crate::book::wire::forms::Form<$ty>),+ },)*
            $(#[serde(rename = $nname)] $nv($crate::book::wire::forms::Form<$nty>),)*
            $(#[serde(rename = $uname)] $uv,)*
        }

        impl $crate::book::wire::forms::Wire for $domain {
            type Form = $form;

            fn form(&self) -> $form {
                match self {
                    $(Self::$v { $($field),+ } =>
                        $form::$v { $($field: $crate::book::wire::forms::Wire::form($field)),+ },)*
                    $(Self::$nv(inner) => $form::$nv($crate::book::wire::forms::Wire::form(inner)),)*
                    $(Self::$uv => $form::$uv,)*
                }
            }

            fn read(form: $form) -> Result<Self, $crate::book::wire::forms::Bad> {
                Ok(match form {
                    $($form::$v { $($field),+ } =>
                        Self::$v { $($field: $crate::book::wire::forms::Wire::read($field)?),+ },)*
                    $($form::$nv(inner) => Self::$nv($crate::book::wire::forms::Wire::read(inner)?),)*
                    $($form::$uv => Self::$uv,)*
                })
            }
        }

        impl $crate::book::wire::forms::Named for $domain {
            const NAMES: &'static [&'static str] = &[$($name,)* $($nname,)* $($uname,)*];

            fn name(&self) -> &'static str {
                match self {
                    $(Self::$v { .. } => $name,)*
                    $(Self::$nv(_) => $nname,)*
                    $(Self::$uv => $uname,)*
                }
            }
        }
    };
}

/// `codes_of!(Party, Role)`: by the domain's own table of codes, both ways.
macro_rules! codes_of {
    ($($domain:ident),+ $(,)?) => {$(
        impl $crate::book::wire::forms::Wire for $domain {
            type Form = std::borrow::Cow<'static, str>;

            fn form(&self) -> Self::Form {
                self.code().into()
            }

            fn read(form: Self::Form) -> Result<Self, $crate::book::wire::forms::Bad> {
                $domain::from_code(&form).ok_or_else(|| {
                    $crate::book::wire::forms::Bad(format!(concat!("no ", stringify!($domain), " has the code {}"), form))
                })
            }
        }
    )+};
}

/// `words!(Use { Lobby = "lobby" })`: by a table here, both ways, where the domain has none.
macro_rules! words {
    ($domain:ident { $($v:ident = $name:literal),+ $(,)? }) => {
        impl $crate::book::wire::forms::Wire for $domain {
            type Form = std::borrow::Cow<'static, str>;

            fn form(&self) -> Self::Form {
                match self { $(Self::$v => $name),+ }.into()
            }

            fn read(form: Self::Form) -> Result<Self, $crate::book::wire::forms::Bad> {
                match &*form {
                    $($name => Ok(Self::$v),)+
                    other => Err($crate::book::wire::forms::Bad(
                        format!(concat!("no ", stringify!($domain), " is called {}"), other))),
                }
            }
        }
    };
}

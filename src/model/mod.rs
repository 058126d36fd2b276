pub mod components;
pub mod html;

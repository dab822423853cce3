// Entry of the library: what applications may import from usagebook.
export {}

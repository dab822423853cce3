// Entry of usagebook/capture.
export {}

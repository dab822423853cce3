// Any text at all, with control characters and halves of surrogate pairs.
import fc from 'fast-check'

/** By code units: to draw the same from `fc.string({ unit: 'binary' })` takes two seconds before the first. */
export const anyText = fc.array(fc.nat(0xffff)).map(units => String.fromCharCode(...units))

// WebAssembly that the build made. Node's types declare only modules, so the rest is declared here.
import { readFileSync } from 'node:fs'
import { builtFile } from './built-file.ts'

interface Wasm {
  Module: new (bytes: Uint8Array) => WebAssembly.Module
  Instance: new (module: WebAssembly.Module, imports?: object) => { readonly exports: unknown }
}

const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly

/** Compiles a built file; the module can be sent to threads. */
export function compileBuilt(name: string): WebAssembly.Module {
  return new wasm.Module(readFileSync(builtFile(name)))
}

/** An instance of a module that exports these. */
export function instantiate<Exports>(module: WebAssembly.Module, imports?: object): Exports {
  return new wasm.Instance(module, imports).exports as Exports
}

/** What crosses between the shell's process and a service process: messages of the parent port, and those of its ports by number. */
export type ProcessFrame =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'close'; readonly port: number };

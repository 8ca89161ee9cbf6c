export interface Progress {
  step<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>;
  say(text: string): void;
}

export function createProgress(options?: {
  readonly quiet?: boolean;
  readonly out?: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly now?: () => number;
}): Progress;

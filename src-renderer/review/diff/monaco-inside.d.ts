/** The parts of the editor that its public types leave out and that this window stands on; all of version 0.57. */
declare module 'monaco-editor/editor/standalone/browser/standaloneServices.js' {
  export const StandaloneServices: {
    /** Services that replace the editor's own; only the first call counts. */
    initialize(overrides: Readonly<Record<string, unknown>>): unknown;
    get<T>(id: { readonly type: T }): T;
  };
}

declare module 'monaco-editor/editor/common/services/editorWorker.js' {
  import type { Uri } from 'monaco-editor/editor/editor.api.js';
  import type { DocumentDiff } from 'monaco-editor/editor/common/diff/rangeMapping.js';
  export interface DiffOptions {
    readonly ignoreTrimWhitespace: boolean;
    readonly maxComputationTimeMs: number;
    readonly computeMoves: boolean;
  }
  interface EditorWorker {
    computeDiff(original: Uri, modified: Uri, options: DiffOptions, algorithm: string): Promise<DocumentDiff | null>;
  }
  export const IEditorWorkerService: { readonly type: EditorWorker };
}

declare module 'monaco-editor/editor/common/core/ranges/lineRange.js' {
  /** Lines from the first up to the second, without the second. */
  export class LineRange {
    constructor(start: number, endExclusive: number);
  }
}

declare module 'monaco-editor/editor/common/diff/rangeMapping.js' {
  import type { IRange } from 'monaco-editor/editor/editor.api.js';
  import type { LineRange } from 'monaco-editor/editor/common/core/ranges/lineRange.js';
  export class RangeMapping {
    readonly originalRange: IRange;
    readonly modifiedRange: IRange;
    constructor(original: IRange, modified: IRange);
  }
  export class DetailedLineRangeMapping {
    readonly innerChanges: readonly RangeMapping[] | undefined;
    constructor(original: LineRange, modified: LineRange, innerChanges: readonly RangeMapping[] | undefined);
  }
  export interface DocumentDiff {
    readonly identical: boolean;
    readonly quitEarly: boolean;
    readonly changes: readonly DetailedLineRangeMapping[];
    readonly moves: readonly never[];
  }
}

declare module 'monaco-editor/editor/common/diff/linesDiffComputers.js' {
  import type { DocumentDiff } from 'monaco-editor/editor/common/diff/rangeMapping.js';
  export const linesDiffComputers: {
    getDefault(): {
      computeDiff(original: readonly string[], modified: readonly string[], options: { ignoreTrimWhitespace: boolean; maxComputationTimeMs: number; computeMoves: boolean }): DocumentDiff;
    };
  };
}

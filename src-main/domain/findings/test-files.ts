import type { ChangedFile } from './changed-file.ts';

/** The names that test runners look for by default, and the folders that hold tests by convention. */
const TEST_NAME = /(?:[._-](?:test|tests|spec|specs|cy|e2e)\.[cm]?[jt]sx?$)|(?:^|\/)test_[^/]*\.py$|_test\.(?:py|go|rb|exs|dart|c|cc|cpp)$|_spec\.rb$|(?:^|\/)[^/]*(?:Test|Tests|Spec|IT)\.(?:java|kt|kts|groovy|scala|cs|php|swift)$/;
const TEST_FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__|e2e|cypress)\//;
const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|py|go|rs|rb|java|kts?|groovy|scala|cs|php|swift|exs?|dart|c|cc|cpp|h|hpp|m|mm|sh|bats|lua|pl|pm|clj|hs|erl|fs|vb)$/;
const SNAPSHOT = /\.snap$|(?:^|\/)__snapshots__\/|\.ambr$/;

export const isCode = (path: string): boolean => CODE.test(path);

export const isSnapshot = (path: string): boolean => SNAPSHOT.test(path);

/** Whether a path is a file of tests, by its name or folder. */
export const isTestFile = (path: string): boolean => TEST_NAME.test(path) || (TEST_FOLDER.test(path) && CODE.test(path));

/** The file's texts as far as they are tests: in Rust these stand at the end of the code that they test. null: none. */
export const testPart = (file: ChangedFile): ChangedFile | null => {
  const { change, text } = file;
  if (isTestFile(change.path) || isTestFile(change.oldPath ?? change.path)) return file;
  if (text === null || !change.path.endsWith('.rs') || !/#\[cfg\(test\)\]/.test(text.before + text.after)) return null;
  // The lines before it stay, empty, so that line numbers stay right.
  const part = (whole: string): string => {
    const at = whole.indexOf('#[cfg(test)]');
    return at < 0 ? '' : whole.slice(0, at).replace(/[^\n]/g, '') + whole.slice(at);
  };
  return { change, text: { before: part(text.before), after: part(text.after) } };
};

/** A string (to its end, or to the text's where it has none), or a comment. Each alternative takes what it began with, so that no text is read twice. */
const STRING_OR_COMMENT = /"(?:[^"\\]+|\\[\s\S]?)*(?:"|$)|\/\/[^\n]*|\/\*(?:[^*]+|\*(?!\/))*(?:\*\/|$)/g;
const STRING_OR_TRAILING_COMMA = /"(?:[^"\\]+|\\[\s\S]?)*(?:"|$)|,(?=\s*[}\]])/g;

/** Reads JSON with comments and trailing commas, as devcontainer.json is. Throws SyntaxError as `JSON.parse` does. */
export const parseCommentedJson = (text: string): unknown => {
  const plain = text.replace(/^\uFEFF/, '').replace(STRING_OR_COMMENT, (piece) => (piece.startsWith('"') ? piece : ' '));
  return JSON.parse(plain.replace(STRING_OR_TRAILING_COMMA, (piece) => (piece.startsWith('"') ? piece : ' '))) as unknown;
};

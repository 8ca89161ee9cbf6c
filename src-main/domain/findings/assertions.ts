import { isComment, type ChangedLine } from './changed-file.ts';

/** What an assertion demands: 3 an exact value, 2 part of it, 1 that there is something, 0 nothing. */
export type Strength = 0 | 1 | 2 | 3;

export interface Assertion extends ChangedLine {
  readonly strength: Strength;
  /** What it is about. */
  readonly subject: string;
}

const ASSERTION =
  /(?:^|[^\w.])(?:expect(?:_[a-z]+|TypeOf|Type)?(?:\.(?:poll|soft|element))?\s*[({]|assert(?:\s|\(|_\w+|[A-Z]\w*|!|\.\w+|That\()|(?:self|this|t|assert|Assert|require|XCT\w*|Assertions|chai|should|is_expected)\.(?:assert|expect|[A-Z]|is|to\b|deep|strict|not|throws|ok|equal|same|have|be\b)|debug_assert|XCTAssert\w*|CHECK\(|REQUIRE\(|EXPECT_\w+\(|ASSERT_\w+\(|(?:t|b)\.(?:Error|Errorf|Fatal|Fatalf)\(|refute\b|must_\w+)|\.should(?:\.|\()/;
const NOTHING = /expect\(\s*(?:true|1|!0)\s*\)\.(?:toBe(?:Truthy)?|toEqual|to\.be\.true|to\.equal)\b|assert(?:True|_true)?\s*\(?\s*(?:True|true)\s*\)?\s*;?$|assert!\(\s*true\s*\)|assert\.(?:ok\()?\(?(?:true)\)|assertEquals?\(\s*(\w+)\s*,\s*\1\s*\)|\.toBe\(expect\.anything\(\)\)|^assert 1$/;
const SOME = /toBeTruthy|toBeDefined|not\.toBeNull|not\.toBeUndefined|not\.toThrow|assertIsNotNone|assertNotNull|assertTrue|assert_not_nil|is not None|NotNil|NotEmpty|isNotNull|IsNotNull|expect\.anything|toHaveBeenCalled\(\)|to\.exist|to\.be\.ok|toBeInTheDocument|assert\.ok\(|is_some\(\)|is_ok\(\)|toBeInstanceOf|expect\.any\(|isNotEmpty/;
const PART = /toMatchObject|toContain|toMatch\(|toBeGreaterThan|toBeLessThan|toBeCloseTo|Containing\(|assertIn\b|assertGreater|assertLess|assertAlmostEqual|Contains\(|[^=!<>]>=|<=|[^=-]>\s|\s<\s|\bin\b|toHaveProperty|toThrow(?:Error)?\(\)|startsWith|approx\(/;
const EXACT = /\.toBe\(|toEqual\(|toStrictEqual\(|assertEquals?\b|assertEqual\b|assert_eq|assert_equal|===?|[sS]trictEqual|deepEqual|DeepEqual|\.Equal\(|AreEqual|isEqualTo|\.equals?\(|\.eql?\(|toHaveLength\(|toHaveBeenCalledWith\(|toThrow(?:Error)?\([^)]|assertIs\b|assertSame|XCTAssertEqual|EXPECT_EQ|ASSERT_EQ|\beq\b/;

const strengthOf = (text: string): Strength => {
  if (NOTHING.test(text)) return 0;
  if (SOME.test(text) && !/[!=]==?/.test(text)) return 1;
  if (EXACT.test(text)) return 3;
  return PART.test(text) ? 2 : 1;
};

/** What stands in the first brackets up to their end or the first comma outside of inner ones; else the words up to an operator. */
const subjectOf = (text: string): string => {
  const open = text.indexOf('(');
  const bare = /^assert\s+(?!\()(.*?)(?:\s(?:==|!=|>=|<=|<|>|is|in|not)\s|,|$)/.exec(text);
  if (bare?.[1] !== undefined) return bare[1].trim();
  if (open < 0) return text;
  let depth = 0;
  const isExpect = /expect\s*$/.test(text.slice(0, open));
  for (let at = open; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth === 0 || (!isExpect && depth === 1 && character === ',')) return text.slice(open + 1, at).split(/\s(?:===?|!==?|>=|<=|<|>)\s/)[0]?.trim() ?? '';
  }
  return text.slice(open + 1);
};

/** Whether a line of a test demands something. Comments do not. */
export const isAssertion = (text: string): boolean => !isComment(text) && ASSERTION.test(text);

/** Those of the lines that demand something. */
export const assertionsIn = (lines: readonly ChangedLine[]): Assertion[] =>
  lines.filter(({ text }) => isAssertion(text)).map((each) => ({ ...each, strength: strengthOf(each.text), subject: subjectOf(each.text) }));

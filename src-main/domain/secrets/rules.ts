/** Shorter ones cannot be told from ordinary text, neither in logs nor in files. */
const SHORTEST = 6;
/** Words that stand in ordinary text, and so would cover it in every log. */
const ORDINARY = new Set(
  `password passwort passwd secret secrets changeme change-me change_me default example sample testing tester letmein welcome master public private production development
  staging testing release localhost postgres postgresql mysql mariadb mongodb redis username user_name undefined disabled enabled string number object boolean function return
  import export package packages version latest workspace drydock github gitlab docker debian ubuntu alpine nodejs python javascript typescript administrator database
  token tokens access apikey api-key api_key bearer basic-auth nothing unknown missing please-change-me replace-me replaceme todo placeholder dummy-value
  node_modules package.json readme.md 127.0.0.1 0.0.0.0 localhost:3000 localhost:5432 localhost:8080 http://localhost https://localhost
  /usr/bin /usr/local /usr/local/bin /home/agent /workspace /bin/sh /bin/bash /dev/null qwerty qwertz azerty dragon monkey iloveyou sunshine`.split(/\s+/),
);
/** The same with a number behind it: `test1234`, `password1`. */
const NUMBERED = /^(?:pass(?:word|wort|wd)?|secret|test(?:ing|er)?|admin|root|user|guest|welcome|hello|demo|example|sample|changeme|default|token|foobar|foo|bar|abc|qwert[yz]|letmein)[-_.]?[0-9]{0,8}!?$/;
const IN_ORDER = ['0123456789'.repeat(7), '9876543210'.repeat(7), 'abcdefghijklmnopqrstuvwxyz'];

/** Whether a value is a short piece over and over, as `------` or `abcabcabc`. */
const isRepeated = (value: string): boolean => {
  for (let length = 1; length <= 3; length += 1) if (value === value.slice(0, length).repeat(Math.ceil(value.length / length)).slice(0, value.length)) return true;
  return false;
};

/** Why a value cannot be kept as a secret, as the end of a sentence that does not show it; null: it can. */
export const obstacleToSecret = (value: string): string | null => {
  const trimmed = value.trim();
  const plain = trimmed.toLowerCase();
  if (trimmed === '') return 'it is empty';
  if (value.includes('\0')) return 'it holds a NUL, which no variable can';
  if (Array.from(trimmed).length < SHORTEST) return `it has fewer than ${SHORTEST} characters, and could not be told from ordinary text`;
  if (ORDINARY.has(plain) || NUMBERED.test(plain)) return 'it is a common word, and would be covered wherever that word stands';
  if (isRepeated(plain) || new Set(plain).size < 3) return 'it is a few characters over and over, which also stand in ordinary text';
  if (IN_ORDER.some((row) => row.includes(plain))) return 'it is a row of digits or letters in their order, which also stands in ordinary text';
  return null;
};

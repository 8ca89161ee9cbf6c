/**
 * The object, but a member it does not have throws instead of being undefined: code that uses more of electron than the
 * stand-in knows fails at that line. Symbols and the two names that promises and printing probe stay harmless.
 */
export function knownMembersOnly<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, member, receiver) {
      if (typeof member === 'symbol' || member in target || member === 'then' || member === 'toJSON') {
        const value: unknown = Reflect.get(target, member, receiver);
        return value;
      }
      throw new Error(`The stand-in of electron does not know ${name}.${member}`);
    },
    set(_target, member) {
      throw new Error(`The stand-in of electron does not know how to set ${name}.${String(member)}`);
    },
  });
}

/** A count with its noun: 1 check, 1,200 checks. */
export const counted = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

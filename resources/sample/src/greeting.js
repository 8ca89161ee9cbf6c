const PARTS_OF_DAY = [
  { until: 12, words: 'Good morning' },
  { until: 18, words: 'Good afternoon' },
  { until: 24, words: 'Good evening' },
];

/** Greets a customer by name, as the hour asks. */
export const greeting = (name, hour) => {
  const { words } = PARTS_OF_DAY.find((part) => hour < part.until);
  return `${words}, ${name}. Thank you for your order.`;
};

/** Adds up an invoice. Prices are in euros; the total is rounded to whole cents. */
export const total = (items) => {
  const cents = items.reduce((sum, { price, count }) => sum + price * 100 * count, 0);
  return Math.floor(cents) / 100;
};

import { greeting } from './greeting.js';
import { total } from './price.js';

const items = [
  { what: 'tea', price: 3.2, count: 2 },
  { what: 'bread', price: 2.85, count: 1 },
];

console.log(greeting('Ada', 9));
for (const { what, price, count } of items) console.log(`${count} × ${what} at ${price.toFixed(2)}`);
console.log(`Total: ${total(items).toFixed(2)}`);

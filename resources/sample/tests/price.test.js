import assert from 'node:assert/strict';
import test from 'node:test';
import { total } from '../src/price.js';

test('adds prices', () => {
  assert.equal(total([{ price: 2, count: 3 }]), 6);
});

test('rounds half a cent up', () => {
  assert.equal(total([{ price: 0.125, count: 1 }]), 0.13);
});

test('does not lose a cent to binary fractions', () => {
  assert.equal(total([{ price: 1.15, count: 1 }]), 1.15);
});

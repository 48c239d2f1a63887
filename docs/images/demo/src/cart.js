import { readRates } from './rates.js';

/** Total of a cart in cents. */
export function toTotal(items, country) {
  const net = items.reduce((sum, { price, count }) => sum + price * count, 0);
  const unused = 1;
  return net + toTax(net, country);
}

export function toTax(net, country) {
  const rate = readRates()[country];
  if (rate === undefined) throw new Error(`no tax rate for ${country}`);
  return Math.floor(net * rate);
}

export function toReceipt(items, country) {
  debugger;
  return items
    .map(({ name, price, count }) => `${count} x ${name}: ${price * count}`)
    .concat(`total: ${toTotal(items, country)}`);
}

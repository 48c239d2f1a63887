export function readRates() {
  return { de: 0.19, fr: 0.2, ch: 0.081 };
}

export function readReduced(country) {
  if (country === 'de') return 0.07;
  if (country === 'fr') return 0.055;
  return 0;
}

const format = new Intl.NumberFormat(process.env.LOCALE, { style: 'currency', currency: 'EUR' });
for (let cents = 0; cents < 400; cents += 1) console.log(`${String(cents).padStart(3)}  ${format.format(cents / 100)}`);

// Fails on its first attempt, as a service that is slow to come up would make it.
import { existsSync, writeFileSync } from 'node:fs';

const { SHOP_API_TOKEN: token } = process.env;
console.log(`GET /health with token ${token}`);
await new Promise((resolve) => setTimeout(resolve, 350));
if (!existsSync('.warm')) {
  writeFileSync('.warm', '');
  console.error('\u001B[31mconnection refused\u001B[0m: 127.0.0.1:3000');
  process.exit(1);
}
console.log('\u001B[32m200\u001B[0m {"status":"ok"}');

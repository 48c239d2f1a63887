// A tiny shop: GET /health, POST /orders.
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 8377);

function answer(response, status, value) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

function takeOrder(text, response) {
  try {
    answer(response, 201, { order: JSON.parse(text) });
  } catch {
    answer(response, 400, { error: 'an order is written in JSON' });
  }
}

createServer((request, response) => {
  if (request.url === '/health') return answer(response, 200, { status: 'ok' });
  if (request.url !== '/orders' || request.method !== 'POST') return answer(response, 404, { error: 'not found' });
  let text = '';
  request.setEncoding('utf8').on('data', (piece) => (text += piece));
  request.on('end', () => takeOrder(text, response));
}).listen(port, '127.0.0.1', () => console.log(`listening on ${port}`));

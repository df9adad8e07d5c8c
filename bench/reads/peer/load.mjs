// Sends the requests that standard input lists over and over, and tells how fast they were answered:
// {url, connections, amount, requests: [{body, answer}]} in; {requests, seconds, p50_ms, p99_ms, wrong} out.
import { text } from 'node:stream/consumers'
import autocannon from 'autocannon'

const order = JSON.parse(await text(process.stdin))
// autocannon turns each piece of an answer into text by itself, which spoils a Chinese character cut in two.
const ascii = (answer) => answer.replace(/[^\x00-\x7f]/g, '')
let wrong = 0
const requests = order.requests.map(({ body, answer }) => ({
  body,
  onResponse: (status, found) => {
    const same = found === answer || ascii(found) === ascii(answer)
    if (status !== 200 || !same) wrong += 1
  }
}))
const times = []
const begun = performance.now()
let ended = begun
const run = autocannon({
  url: order.url,
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  connections: order.connections,
  amount: order.amount,
  timeout: 120,
  requests
})
run.on('response', (client, status, bytes, milliseconds) => {
  times.push(milliseconds)
  ended = performance.now()
})
const told = await run
times.sort((one, other) => one - other)
const share = (part) => times[Math.min(times.length - 1, Math.floor(part * times.length))]
console.log(JSON.stringify({
  requests: times.length,
  seconds: (ended - begun) / 1000,
  p50_ms: share(0.5),
  p99_ms: share(0.99),
  wrong: wrong + told.errors + told.timeouts
}))

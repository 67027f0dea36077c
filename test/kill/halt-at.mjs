// Loaded into an agent or a coordinator: stops it at a step that no event tells of, so that it can be killed right
// there. `pause` lets it go on after a while: time to take the database away from under a request.
import { Buffer } from 'node:buffer';
import { promises, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import nacl from 'tweetnacl';
import pg from 'pg';

const [step, how = 'halt'] = (process.env.SIDEMARK_HALT_AT ?? '').split(':');
let isReached = false;

async function reach() {
  if (isReached) return;
  isReached = true;
  writeSync(1, `{"event":"halted","state":"${step}"}\n`);
  if (how === 'pause') await sleep(2000);
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

// the gate has let the report pass, and nothing is signed yet
if (step === 'gated') {
  const sign = nacl.sign.detached;
  nacl.sign.detached = (message, key) => {
    if (Buffer.from(message).includes('vnd.sidemark.report.')) void reach();
    return sign(message, key);
  };
}

// the receipt has come and is checked, and is not on the disk yet
if (step === 'receipt-unstored') {
  const { open } = promises;
  promises.open = async (path, ...how) => {
    if (/[/\\]receipts[/\\]\d+-/.test(String(path))) await reach();
    return open(path, ...how);
  };
  syncBuiltinESMExports();
}

// the audit entry is written and the report is not; or both are committed and nobody has been told
if (step === 'audit-written' || step === 'stored') {
  const { query } = pg.Client.prototype;
  const storing = new WeakSet();
  pg.Client.prototype.query = async function (...args) {
    const text = args[0]?.text ?? args[0];
    const isReport = /^INSERT INTO "public"\."report"/i.test(text);
    if (isReport) storing.add(this);
    if (isReport && step === 'audit-written') await reach();
    const answer = await query.apply(this, args);
    if (text === 'COMMIT' && step === 'stored' && storing.has(this)) await reach();
    return answer;
  };
}

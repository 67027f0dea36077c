// The one source of chance of the coordinator: the operating system's.
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';

@Injectable()
export class Random {
  bytes(count: number): Uint8Array {
    return randomBytes(count);
  }

  uuid(): string {
    return randomUUID();
  }

  /** A nonce of the contract: 32 bytes, hex. */
  nonce(): string {
    return Buffer.from(this.bytes(32)).toString('hex');
  }

  /** A secret to hand out: 32 bytes, base64url (43 characters). */
  secret(): string {
    return Buffer.from(this.bytes(32)).toString('base64url');
  }
}

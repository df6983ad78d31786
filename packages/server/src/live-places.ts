import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

/** Counts live connections: all of them, and those of each address. */
export class LivePlaces {
  readonly #byAddress = new Map<string, number>();
  #taken = 0;

  get taken(): number {
    return this.#taken;
  }

  takenBy(request: FastifyRequest): number {
    return this.#byAddress.get(addressOf(request)) ?? 0;
  }

  /** @returns a function that gives the place back. */
  take(request: FastifyRequest): () => void {
    const address = addressOf(request);
    this.#count(address, 1);
    return () => this.#count(address, -1);
  }

  #count(address: string, change: 1 | -1): void {
    this.#taken += change;
    const count = (this.#byAddress.get(address) ?? 0) + change;
    if (count > 0) this.#byAddress.set(address, count);
    else this.#byAddress.delete(address);
  }
}

/** As the rate limit has it: the addresses of one IPv6 network are one. A Unix socket has none. */
function addressOf({ ip }: FastifyRequest): string {
  return normalizeIP(ip ?? '');
}

import type {Database} from './database.ts';
import type {RunLocks} from './run-locks.ts';
import type {RandomBytes} from './user-key.ts';
import type {Vault} from './vault.ts';

/** What every store of this room works with. */
export type Storage = {
	readonly database: Database;
	readonly vault: Vault;
	readonly locks: RunLocks;
	readonly randomBytes: RandomBytes;
	/** Milliseconds since 1970, UTC. */
	readonly now: () => number;
	/** How long values of secrets are kept. */
	readonly keepSecretsMs: number;
};

/** The time now, ISO 8601, UTC. */
export const isoTime = ({now}: Storage) => new Date(now()).toISOString();

import type {Endpoint} from './request.ts';

export type Asker = 'admin' | 'reader' | 'shop-dev' | 'nobody' | 'anonymous' | 'wrong-token';

/** A server under comparison: how each asker reaches it, and how it ends. */
export type Server = {
	readonly as: (asker: Asker) => Endpoint;
	/** How long a wait for something on it may take, in milliseconds. */
	readonly patienceMs: number;
	/** Forgets the versions of the past, as a server does after some minutes. */
	readonly forget: () => Promise<void>;
	readonly stop: () => Promise<void>;
};

/** Two askers hold no good token. */
export const tokenOf = (asker: Asker, known: (name: Exclude<Asker, 'anonymous' | 'wrong-token'>) => string) =>
	asker === 'anonymous' ? undefined : asker === 'wrong-token' ? 'wrong' : known(asker);

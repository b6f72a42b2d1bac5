/** A key by which a program calls mkcoa over HTTP. Its secret is shown once and kept as a hash. */
export type AccessKey = {
	readonly id: string;
	/** Whose it is: the principal of its calls. */
	readonly name: string;
	/** Scopes such as `mkcoa:read`. */
	readonly scopes: readonly string[];
	/** ISO 8601, UTC. */
	readonly createdAt: string;
	readonly expiresAt: string;
	readonly revokedAt?: string | undefined;
};

/** The keys of this user's servers. */
export type AccessKeys = {
	/** @returns the key and its token, which nobody can show again */
	readonly add: (key: Pick<AccessKey, 'name' | 'scopes'>, lastsMs: number) => Promise<{readonly key: AccessKey; readonly token: string}>;
	/** All that were ever made, oldest first. `forged`: something else than mkcoa wrote or changed it; it opens nothing. */
	readonly list: () => Promise<readonly {readonly key: AccessKey; readonly forged: boolean}[]>;
	/** The key that a token is of, while it is in force. */
	readonly find: (token: string) => Promise<AccessKey | undefined>;
	/** @throws MkcoaError `no-such-key` */
	readonly revoke: (id: string) => Promise<void>;
};

import {readFile, stat} from 'node:fs/promises';
import type {Clock} from '../../../../core/clock.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {CredentialSource} from './credential.ts';

/** A changed file shows in its status; a file system that hides that is read again after a minute, as client-go does. */
const longestMs = 60_000;

/**
 * A token in a file that somebody else renews, such as the kubelet. The last good token stays when the file cannot be read.
 * @throws MkcoaError `no-such-file` when there has never been a token
 */
export function tokenFileSource({
	path,
	fallback,
	clock,
	learn,
}: {
	readonly path: string;
	readonly fallback: string | undefined;
	readonly clock: Clock;
	readonly learn: (secret: string) => void;
}): CredentialSource {
	let held: {readonly token: string; readonly stamp: string; readonly atMs: number} | undefined;

	const read = async () => {
		const {mtimeMs, size, ino} = await stat(path);
		const stamp = `${mtimeMs} ${size} ${ino}`;
		if (held !== undefined && held.stamp === stamp && clock.now() - held.atMs < longestMs) return held.token;
		const token = (await readFile(path, 'utf8')).trim();
		if (token === '') throw new Error('the file is empty');
		learn(token);
		held = {token, stamp, atMs: clock.now()};
		return token;
	};

	return {
		async current() {
			try {
				return {token: await read()};
			} catch (error) {
				const token = held?.token ?? fallback;
				if (token !== undefined) return {token};
				throw new MkcoaError(
					{
						kind: 'auth',
						code: 'no-such-file',
						what: `The token file cannot be read: ${path}`,
						next: 'Sign in to the cluster again, or correct tokenFile in the kubeconfig',
					},
					{cause: error},
				);
			}
		},
		async renew() {
			const before = held?.token;
			held = undefined;
			return (await read().catch(() => before)) !== before;
		},
	};
}

import {MkcoaError} from '../../core/error.ts';

/** Lets each principal in at a bounded pace, so that nobody takes the cluster from the others. */
export type Turnstile = {
	/** Waits for a place. Give it back by calling the answer. @throws MkcoaError `too-busy` when too many wait already */
	readonly enter: (principal: string, signal: AbortSignal) => Promise<() => void>;
};

type Line = {inside: number; readonly waiting: (() => void)[]};

/**
 * @param inside calls of one principal at a time
 * @param waiting calls of one principal that may wait for a place
 */
export function turnstile({inside, waiting}: {readonly inside: number; readonly waiting: number}): Turnstile {
	const lines = new Map<string, Line>();
	const lineOf = (principal: string) => {
		const line = lines.get(principal) ?? {inside: 0, waiting: []};
		lines.set(principal, line);
		return line;
	};
	const leaver = (principal: string, line: Line) => {
		let gone = false;
		return () => {
			if (gone) return;
			gone = true;
			const next = line.waiting.shift();
			// The place goes to the next one without becoming free in between.
			if (next !== undefined) return next();
			line.inside -= 1;
			if (line.inside === 0) lines.delete(principal);
		};
	};
	return {
		async enter(principal, signal) {
			signal.throwIfAborted();
			const line = lineOf(principal);
			if (line.inside < inside) {
				line.inside += 1;
				return leaver(principal, line);
			}
			if (line.waiting.length >= waiting) throw tooBusy();
			await new Promise<void>((resolve, reject) => {
				const leave = () => {
					line.waiting.splice(line.waiting.indexOf(go), 1);
					reject(signal.reason);
				};
				const go = () => {
					signal.removeEventListener('abort', leave);
					resolve();
				};
				line.waiting.push(go);
				signal.addEventListener('abort', leave, {once: true});
			});
			return leaver(principal, line);
		},
	};
}

const tooBusy = () =>
	new MkcoaError({
		kind: 'environment',
		code: 'too-busy',
		what: 'Too many calls of yours wait already',
		next: 'Wait for the answers to some of them, and ask again',
	});

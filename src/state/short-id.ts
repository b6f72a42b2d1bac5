import type {RandomBytes} from './user-key.ts';

/** Digits of Crockford's base 32: no i, l, o, u, so that an id can be read aloud. In ASCII order, so that ids sort by time. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id of 12 characters: nine of milliseconds since 1970 (enough until the year 3084), three of chance. */
export function shortId(nowMs: number, randomBytes: RandomBytes): string {
	let time = '';
	for (let rest = Math.max(0, Math.floor(nowMs)); time.length < 9; rest = Math.floor(rest / 32)) time = digits.charAt(rest % 32) + time;
	return time + Array.from(randomBytes(3), byte => digits.charAt(byte % 32)).join('');
}

/** When an id was made, in milliseconds since 1970. */
export const timeOfId = (id: string): number => Array.from(id.slice(0, 9)).reduce((time, digit) => time * 32 + digits.indexOf(digit), 0);

/** Draws until an id is free. Call it inside the transaction that takes the id. */
export function freeId(draw: () => string, isTaken: (id: string) => boolean): string {
	for (let tries = 0; tries < 1000; tries++) {
		const id = draw();
		if (!isTaken(id)) return id;
	}
	throw new Error('No free id in 1000 draws: the source of chance does not work');
}

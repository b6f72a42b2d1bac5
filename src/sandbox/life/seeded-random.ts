/** The letters Kubernetes puts into generated names: no vowels and no look-alikes, so that no word appears. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** A number from 0 up to 1 for each call, the same row for the same seed. @see mulberry32 */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export const suffixes = (random: () => number) => (length: number) =>
	Array.from({length}, () => letters[Math.floor(random() * letters.length)]).join('');

/** A 32-bit hash of a text. @see FNV-1a */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return hash >>> 0;
}

/** A hash as Kubernetes writes it into names: decimal digits, each turned into a safe letter. */
export const safeHash = (text: string) => [...String(hashOf(text))].map(digit => letters[Number(digit) + 3] ?? digit).join('');

/** The letters Kubernetes puts into generated names: no vowels and no look-alikes, so that no word appears. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * Endings of generated names. Each prefix has a row of its own, so that names do not depend on what else happened, only on the seed.
 */
export function suffixes(seed: string): (prefix: string) => string {
	const counts = new Map<string, number>();
	return prefix => {
		const count = counts.get(prefix) ?? 0;
		counts.set(prefix, count + 1);
		return Array.from({length: 5}, (_, index) => letters[hashOf(`${seed}/${prefix}/${count}/${index}`) % letters.length]).join('');
	};
}

/** A 32-bit hash of a text. @see FNV-1a */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	// The last characters must move all bits, or similar texts get similar names. @see fmix32 of MurmurHash3
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

/** A hash as Kubernetes writes it into names: its decimal digits, each as the letter that its character code falls on. @see rand.SafeEncodeString */
export const safeHash = (text: string) => [...String(hashOf(text))].map(digit => letters[digit.charCodeAt(0) % letters.length]).join('');

import {createHash} from 'node:crypto';

// Letters that generateName uses: no vowels and no look-alikes, so that no words come out.
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** Ids that repeat from run to run: uids look like version 4 UUIDs, suffixes like those of generateName. */
export function seededIds(seed: string) {
	let count = 0;
	const next = (purpose: string) => {
		count += 1;
		return createHash('sha256').update(`${seed}/${purpose}/${count}`).digest();
	};
	return {
		newUid() {
			const hex = next('uid').toString('hex');
			return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
		},
		newSuffix: () => [...next('suffix').subarray(0, 5)].map(byte => letters[byte % letters.length]).join(''),
	};
}

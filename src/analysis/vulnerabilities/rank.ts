import type {Ref} from '../../core/kube/kube-object.ts';
import type {Reach} from './exposure/reached-pods.ts';
import type {Found} from './found.ts';

/** A vulnerability with what makes it urgent here. */
export type Placed = Found & {
	/** What it is in: an image, or a program of the cluster. */
	readonly subject: string;
	readonly kind: 'image' | 'cluster';
	/** Whether it runs in the cluster. */
	readonly isRunning: boolean;
	/** What runs it. */
	readonly resources: readonly Ref[];
	readonly reach: Reach;
	readonly isPrivileged: boolean;
	readonly exploited?: {readonly added: string; readonly ransomware: boolean} | undefined;
	readonly likelihood?: {readonly probability: number; readonly percentile: number} | undefined;
	/** Who says so. */
	readonly source: string;
	/** What makes it less sure. */
	readonly note?: string | undefined;
};

const reaches = ['nowhere', 'cluster', 'outside'] as const;
/** Where nobody gives a score, the middle of what the word stands for. */
const middles = {critical: 9.5, high: 8, medium: 5.5, low: 2} as const;

/** What makes a vulnerability urgent, the weightiest first. */
const weights: readonly ((placed: Placed) => number)[] = [
	({isRunning}) => Number(isRunning),
	({reach}) => reaches.indexOf(reach.from),
	({isPrivileged}) => Number(isPrivileged),
	({exploited}) => Number(exploited !== undefined),
	({likelihood}) => likelihood?.probability ?? 0,
	({score, severity}) => score ?? middles[severity],
];

/** The most urgent first: what runs, is reached, may do most to its node, is used by attackers, is likely to be tried, and does most harm. */
export const byUrgency = (a: Placed, b: Placed): number => {
	for (const weight of weights) {
		const difference = weight(b) - weight(a);
		if (difference !== 0) return difference;
	}
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
};

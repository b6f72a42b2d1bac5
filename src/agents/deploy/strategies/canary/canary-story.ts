import type {Stage} from '../../../../analysis/canary/stages.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {NewVersion} from '../rolling/new-version.ts';

/** All that the script of a canary is compiled from, besides how its traffic is shared. */
export type CanaryStory = {
	readonly stable: KubeObject;
	readonly version: NewVersion;
	/** Pods and shares below 100 %. */
	readonly stages: readonly Stage[];
	/** Pods of the stable version before and after. */
	readonly replicas: number;
	/** An autoscaler owns the number of stable pods, so it is left alone. */
	readonly keepStable: boolean;
	readonly interval: string;
	readonly judgedBy: string;
	readonly readyWithinMs: number;
	/** Weights at which it stands still until somebody promotes. */
	readonly pauseAt: readonly number[];
	/** A fresh copy of the stable version, as large as the canary, that it is compared with. */
	readonly baseline: boolean;
	/** Pods that may stand on top of the workload's own while the canary grows; as many as a step needs if left out. */
	readonly maxSurge?: number | undefined;
};

/** The promotion replaces every pod, so it may take as long as several starts. */
export const promotionStarts = 5;

/** What runs before, for people: the image that is replaced, where it is one. */
export const oldWords = ({words, imageInput}: NewVersion) =>
	imageInput === undefined ? 'its template of before' : (words.split(' → ')[0] ?? words);

/** What is to run, for people. */
export const newWords = ({words, imageInput, image}: NewVersion) => (imageInput === undefined ? words : image);

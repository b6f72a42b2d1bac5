import type {TrafficKind} from '../../traffic/traffic.ts';

/** What a person asks of a canary. */
export type AskedCanary = {
	readonly name: string;
	readonly namespace?: string | undefined;
	readonly image?: string | undefined;
	readonly manifest?: string | undefined;
	readonly steps: string;
	readonly pauseAt?: string | undefined;
	readonly interval: string;
	readonly readyWithin: string;
	readonly metrics: readonly string[];
	/** Text of a Kayenta config. */
	readonly kayenta?: string | undefined;
	readonly kayentaScores?: string | undefined;
	readonly kayentaParams: readonly string[];
	readonly baseline: boolean;
	readonly maxSurge?: string | undefined;
	readonly traffic?: TrafficKind | undefined;
	readonly route?: string | undefined;
	readonly header?: string | undefined;
	readonly mirror?: number | undefined;
	readonly autoscalerAfter: string;
	readonly guardian: boolean;
	readonly guardianImage: string;
};

/** A workload and its autoscaler at one moment. */
export type ScalingLook = {
	readonly replicas: number;
	readonly ready: number;
	/** Why the autoscaler does nothing, in its own words; undefined where it acts, or nobody can tell. */
	readonly stuck?: string | undefined;
	readonly requestsPerSecond?: number | undefined;
	/** Part of the requests that fail, 0 to 1. */
	readonly errorRatio?: number | undefined;
	/** Of 95 of 100 requests, in seconds. */
	readonly latency?: number | undefined;
};

/** What got worse. */
export type ScalingHarm = {readonly kind: 'stuck' | 'fewer-ready' | 'errors' | 'latency'; readonly text: string};

/** Time over which errors are counted in one look. */
const countedSeconds = 120;
/** A difference of so many standard errors is no chance: one in a thousand looks, and several have to agree. */
const certain = 3;
/** A part of all requests that people notice, on top of what failed before. */
const moreErrors = 0.01;
/** A latency that people notice: half as much again, and at least so many seconds more. */
const [slower, leastSlower] = [1.5, 0.01];

const percent = (ratio: number) => `${(ratio * 100).toFixed(1)} %`;
const millis = (seconds: number) => `${Math.round(seconds * 1000)} ms`;

/** Two proportions, pooled: how many standard errors they are apart. */
function apart(before: number, now: number, requests: number): number {
	const pooled = (before + now) / 2;
	const error = Math.sqrt((2 * pooled * (1 - pooled)) / requests);
	return error === 0 ? 0 : (now - before) / error;
}

/**
 * What got worse since a change of scaling, the gravest first. What was bad before is not the change's doing, and fewer pods by the autoscaler's
 * own choice are none that are missing.
 * @param before the look before the change, or of the time before it
 */
export function harmIn(before: ScalingLook, now: ScalingLook): ScalingHarm | undefined {
	if (now.ready < before.ready && now.ready < now.replicas)
		return {kind: 'fewer-ready', text: `${now.ready} of ${now.replicas} pods are ready; before the change ${before.ready} were`};
	const requests = Math.min(before.requestsPerSecond ?? 0, now.requestsPerSecond ?? 0) * countedSeconds;
	const [was, is] = [before.errorRatio ?? 0, now.errorRatio ?? 0];
	if (requests > 0 && before.errorRatio !== undefined && is - was >= moreErrors && apart(was, is, requests) >= certain)
		return {kind: 'errors', text: `${percent(is)} of the requests fail; before the change ${percent(was)} did`};
	const [quick, slow] = [before.latency, now.latency];
	if (quick !== undefined && slow !== undefined && slow >= quick * slower && slow - quick >= leastSlower)
		return {kind: 'latency', text: `95 of 100 requests take up to ${millis(slow)}; before the change ${millis(quick)}`};
	if (now.stuck !== undefined && before.stuck === undefined) return {kind: 'stuck', text: `The autoscaler cannot act: ${now.stuck}`};
	return undefined;
}

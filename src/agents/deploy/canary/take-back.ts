import {DriftError, MkcoaError, type Trouble, troubleOf} from '../../../core/error.ts';
import type {Json} from '../../../core/json.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import {type Effects, StoppedError} from '../../../core/tool.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {deploymentRef, isGone} from '../workload.ts';
import {canaryName} from './canary-manifest.ts';
import type {CanaryResult, StageResult} from './canary-result.ts';
import type {CanaryScript} from './canary-steps.ts';

/** The verdict that ends a canary. `wantsTime`: too little was seen, and nothing bad. */
export class BadCanary extends Error {
	override readonly name = 'BadCanary';
	readonly wantsTime: boolean;
	constructor(reason: string, {wantsTime}: {readonly wantsTime: boolean}) {
		super(reason);
		this.wantsTime = wantsTime;
	}
}

type Taken = {
	readonly script: CanaryScript;
	/** Steps of the way back that have something to take back. */
	readonly wayBack: ReadonlySet<number>;
	readonly namespace: string;
	readonly name: string;
	readonly image: string;
	readonly results: readonly StageResult[];
	readonly cluster: Cluster;
};

/**
 * The way back: stable to its full size first, then the canary goes, so that at no moment fewer pods serve than before. Each write is
 * bound to what this run left, so what somebody else changed meanwhile stays theirs and is told. Where the stable version cannot be
 * brought back to its size, the canary stays: half a service on a doubtful version is better than too few pods for all of it.
 */
export async function takeBack(cause: unknown, taken: Taken, effects: Effects): Promise<StoppedError> {
	const {image, results} = taken;
	const {undone, left} = await goBack(taken, effects);
	const reason = wordsOf(cause);
	const output: CanaryResult = {verdict: left.length === 0 ? 'rolled-back' : 'stuck', reason, image, stages: results};
	return new StoppedError({trouble: {...failure(taken, cause, left), why: reason}, undone, left, output: output as Json});
}

async function goBack({script, wayBack, namespace, name, cluster}: Taken, effects: Effects) {
	const undone: string[] = [];
	const left: string[] = [];
	const titleOf = (index: number) => (script.steps[index]?.title ?? '').replace('If the verdict is bad: ', '');
	const perform = async (index: number) => {
		try {
			await effects.performStep(index);
			undone.push(titleOf(index));
		} catch (error) {
			left.push(`${titleOf(index)} (${wordsOf(error)})`);
		}
	};
	if (script.restore !== undefined && wayBack.has(script.restore)) await perform(script.restore);
	if (!wayBack.has(script.discard)) return {undone, left};
	const pods = left.length === 0 ? undefined : await podsNow(cluster, namespace, name);
	if (pods !== undefined && pods < script.replicas)
		left.push(`${canaryName(name)} serves on: without it ${name} has ${pods} of ${script.replicas} pods`);
	else if (await wasTaken(cluster, namespace, canaryName(name))) undone.push(`${titleOf(script.discard)} (it was gone already)`);
	else await perform(script.discard);
	return {undone, left};
}

/** How many pods the stable version is to have now; 0 where nobody can tell. */
async function podsNow(cluster: Cluster, namespace: string, name: string): Promise<number> {
	try {
		return numberAt(await cluster.get(deploymentRef(namespace, name)), 'spec', 'replicas') ?? 0;
	} catch (error) {
		if (error instanceof MkcoaError) return 0;
		throw error;
	}
}

/** False where nobody can tell: then the deletion is tried, and its own failure is told. */
async function wasTaken(cluster: Cluster, namespace: string, name: string): Promise<boolean> {
	try {
		return await isGone(cluster, namespace, name);
	} catch (error) {
		if (error instanceof MkcoaError) return false;
		throw error;
	}
}

const wordsOf = (error: unknown) =>
	error instanceof BadCanary || error instanceof DriftError || error instanceof MkcoaError ? error.message : troubleOf(error).what;

function failure({name, namespace}: Taken, cause: unknown, left: readonly string[]): Trouble {
	const outcome = left.length === 0 ? 'was taken back' : 'could not be taken back whole';
	const next =
		left.length === 0 ? nextOf(`${name} -n ${namespace}`, cause) : 'Finish the way back with: mkcoa undo, or go on with: mkcoa resume';
	if (cause instanceof BadCanary) return {kind: 'environment', code: 'canary-failed', what: `The canary of ${name} ${outcome}`, next};
	const what = `The canary of ${name} had to stop and ${outcome}`;
	return cause instanceof DriftError ? {kind: 'environment', code: 'drifted', what, next} : {...troubleOf(cause), what, next};
}

function nextOf(workload: string, cause: unknown): string {
	if (cause instanceof BadCanary && cause.wantsTime)
		return `Nothing of it is left. Give it more time with a longer --interval, or use: mkcoa deploy rolling ${workload}`;
	if (cause instanceof DriftError) return 'Nothing of it is left. Look at what moved, and run the canary again';
	return `Nothing of it is left. See what serves with: mkcoa deploy status ${workload}`;
}

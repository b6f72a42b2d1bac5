import type {CanaryVerdict} from '../../../analysis/canary/verdict.ts';
import {DriftError, MkcoaError, type Trouble, troubleOf} from '../../../core/error.ts';
import type {Json} from '../../../core/json.ts';
import {type Context, type Effects, StoppedError} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {type RolloutEnd, waitForRollout} from '../rollout/wait-for-rollout.ts';
import {canaryName} from './canary-manifest.ts';
import type {CanaryScript} from './canary-steps.ts';
import {verdictEvent, type Watch, watchCanary} from './watch-canary.ts';

export type StageResult = {readonly weight: number; readonly share: number; readonly verdict: CanaryVerdict};

/** What a canary found out, promoted or not. */
export type CanaryResult = {
	readonly verdict: 'promoted' | 'rolled-back';
	readonly reason: string;
	readonly image: string;
	readonly stages: readonly StageResult[];
};

type Run = {
	readonly script: CanaryScript;
	readonly watch: Watch;
	readonly container: string;
	readonly image: string;
	/** An earlier process came as far as the promotion: verdicts are behind it, and the canary may be gone. */
	readonly isPromoted: boolean;
};

/**
 * Carries out the script: grow, judge, promote; and on a bad verdict the way back.
 * @throws StoppedError `canary-failed` with the verdict, when the stable version serves alone again
 */
export async function runCanary(
	{script, watch, container, image, isPromoted}: Run,
	context: Context<DeployPorts>,
	effects: Effects,
): Promise<CanaryResult> {
	const results: StageResult[] = [];
	const canary = watchCanary(watch, context);
	/** Steps of the way back that have something to take back. */
	const wayBack = new Set<number>();
	try {
		for (const {stage, grow, shrink, judge} of script.stages) {
			await effects.performStep(grow);
			wayBack.add(script.discard);
			const early = isPromoted ? undefined : await canary.untilReady(stage.canary);
			if (early === undefined && shrink !== undefined) {
				wayBack.add(script.restore);
				await effects.performStep(shrink);
			}
			if (isPromoted) continue;
			const title = script.steps[judge]?.title ?? '';
			if (early === undefined) context.emit({kind: 'step', index: judge, of: script.steps.length, title});
			else context.emit(verdictEvent(early));
			const verdict = early ?? (await canary.judge(stage.canary, stage.weight));
			results.push({weight: stage.weight, share: stage.share, verdict});
			if (verdict.verdict !== 'pass') throw new BadCanary(verdict.reason);
		}
		await effects.performStep(script.promote);
		const end = await waitForRollout(
			{namespace: watch.namespace, name: watch.name, container, image, withinMs: promotionMs(watch)},
			context,
		);
		if (!end.done) return await promotionStuck(watch, end, {reason: end.reason, image, stages: results});
		await effects.performStep(script.removeCanary);
	} catch (error) {
		if (context.signal.aborted || error instanceof DriftError || error instanceof StoppedError) throw error;
		throw await takeBack(error, {script, wayBack, watch, image, results}, effects);
	}
	return {
		verdict: 'promoted',
		reason: results.at(-1)?.verdict.reason ?? 'it was judged before the run was interrupted',
		image,
		stages: results,
	};
}

/** The verdict that ends a canary. */
class BadCanary extends Error {
	override readonly name = 'BadCanary';
}

/** The promotion replaces every pod, so it may take as long as several starts. */
const promotionMs = ({readyWithinMs}: Watch) => readyWithinMs * 5;

/** The canary still serves, so the way back is a person's decision and one command. */
function promotionStuck({name}: Watch, end: Extract<RolloutEnd, {done: false}>, result: Omit<CanaryResult, 'verdict'>): never {
	throw new StoppedError({
		trouble: {
			kind: 'environment',
			code: 'promotion-stuck',
			what: `${name} has the new image, but its rollout does not end`,
			why: end.reason,
			next: 'Take it back with: mkcoa undo',
		},
		undone: [],
		left: [`${canaryName(name)} still serves beside ${name}`],
		output: {...result, verdict: 'rolled-back'} as Json,
	});
}

type Taken = {
	readonly script: CanaryScript;
	readonly wayBack: ReadonlySet<number>;
	readonly watch: Watch;
	readonly image: string;
	readonly results: readonly StageResult[];
};

/** Stable to its full size first, then the canary goes: at no moment are there fewer pods than before. */
async function takeBack(cause: unknown, {script, wayBack, watch, image, results}: Taken, effects: Effects): Promise<StoppedError> {
	const undone: string[] = [];
	const left: string[] = [];
	for (const index of [script.restore, script.discard].filter(step => wayBack.has(step))) {
		const title = (script.steps[index]?.title ?? '').replace('If the verdict is bad: ', '');
		try {
			await effects.performStep(index);
			undone.push(title);
		} catch (error) {
			left.push(`${title} (${troubleOf(error).what})`);
		}
	}
	const reason = cause instanceof BadCanary ? cause.message : troubleText(cause);
	const output: CanaryResult = {verdict: 'rolled-back', reason, image, stages: results};
	return new StoppedError({trouble: {...failure(watch.name, cause, left), why: reason}, undone, left, output: output as Json});
}

const troubleText = (cause: unknown) => (cause instanceof MkcoaError ? cause.message : troubleOf(cause).what);

function failure(name: string, cause: unknown, left: readonly string[]): Trouble {
	const next =
		left.length === 0 ? `Nothing of it is left. See ${name} with: mkcoa deploy status ${name}` : 'Finish the way back with: mkcoa undo';
	if (cause instanceof BadCanary) return {kind: 'environment', code: 'canary-failed', what: `The canary of ${name} was taken back`, next};
	return {...troubleOf(cause), what: `The canary of ${name} had to stop and was taken back`, next};
}

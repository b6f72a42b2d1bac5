import type {Json} from '../../../core/json.ts';
import {type Context, type Effects, LostAnswerError, StoppedError} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {type ReadyEnd, waitForReady} from '../rollout/wait-for-ready.ts';
import {deploymentRef, isGone} from '../workload.ts';
import {canaryName} from './canary-manifest.ts';
import type {CanaryResult, StageResult} from './canary-result.ts';
import type {CanaryScript} from './canary-steps.ts';
import {BadCanary, takeBack} from './take-back.ts';
import {verdictEvent, type Watch, watchCanary} from './watch-canary.ts';

type Run = {
	readonly script: CanaryScript;
	readonly watch: Watch;
	readonly image: string;
	/** An earlier process came as far as the promotion: verdicts are behind it, and the canary may be gone. */
	readonly isPromoted: boolean;
};

/**
 * Carries out the script: grow, judge, promote; and on a bad verdict, or when somebody else steps in, the way back.
 * @throws StoppedError `canary-failed` with the verdict, when the stable version serves alone again
 */
export async function runCanary(run: Run, context: Context<DeployPorts>, effects: Effects): Promise<CanaryResult> {
	const {script, watch, image} = run;
	const results: StageResult[] = [];
	/** Steps of the way back that have something to take back. */
	const wayBack = new Set<number>();
	const {namespace, name} = watch;
	const back = (cause: unknown) =>
		takeBack(cause, {script, wayBack, namespace, name, cluster: context.ports.cluster, image, results}, effects);
	try {
		await runStages(run, {results, wayBack}, context, effects);
	} catch (error) {
		if (context.signal.aborted) throw error;
		// The canary may have been made by a create whose answer was lost.
		if (error instanceof LostAnswerError) wayBack.add(script.discard);
		throw await back(error);
	}
	try {
		await effects.performStep(script.promote);
	} catch (error) {
		// Where the promotion may have been done, the canary's pods may be half of the new version: only the object tells, later.
		if (context.signal.aborted || error instanceof LostAnswerError) throw error;
		throw await back(error);
	}
	// From here on the new version is the stable one: what fails now is no reason to take the canary's pods away from it.
	const end = await waitForReady({ref: deploymentRef(namespace, name), withinMs: promotionMs(watch)}, context);
	if (!end.done) throw promotionStuck(watch, end, {reason: end.reason, image, stages: results});
	if (!(await isGone(context.ports.cluster, namespace, canaryName(name)))) await effects.performStep(script.removeCanary);
	return {
		verdict: 'promoted',
		reason: results.at(-1)?.verdict.reason ?? 'it was judged before the run was interrupted',
		image,
		stages: results,
	};
}

type Seen = {readonly results: StageResult[]; readonly wayBack: Set<number>};

/** Every stage until the last has passed. @throws BadCanary */
async function runStages({script, watch, isPromoted}: Run, {results, wayBack}: Seen, context: Context<DeployPorts>, effects: Effects) {
	const canary = watchCanary(watch, context);
	for (const {stage, grow, shrink, judge} of script.stages) {
		await effects.performStep(grow);
		wayBack.add(script.discard);
		const early = isPromoted ? undefined : await canary.untilReady(stage.canary);
		if (early === undefined && shrink !== undefined) {
			if (script.restore !== undefined) wayBack.add(script.restore);
			await effects.performStep(shrink);
		}
		if (isPromoted) continue;
		const title = script.steps[judge]?.title ?? '';
		if (early === undefined) context.emit({kind: 'step', index: judge, of: script.steps.length, title});
		else context.emit(verdictEvent(early));
		const verdict = early ?? (await canary.judge(stage.canary, stage.weight));
		results.push({weight: stage.weight, share: stage.share, verdict});
		if (verdict.verdict !== 'pass') throw new BadCanary(verdict.reason, {wantsTime: verdict.verdict === 'not-enough-data'});
	}
}

/** The promotion replaces every pod, so it may take as long as several starts. */
const promotionMs = ({readyWithinMs}: Watch) => readyWithinMs * 5;

/** The canary still serves, so the way back is a person's decision and one command. */
const promotionStuck = ({name}: Watch, end: Extract<ReadyEnd, {done: false}>, result: Omit<CanaryResult, 'verdict'>) =>
	new StoppedError({
		trouble: {
			kind: 'environment',
			code: 'promotion-stuck',
			what: `${name} has the new image, but its rollout does not end`,
			why: end.reason,
		},
		wayOn: journal => `Take it back with: mkcoa undo ${journal}, or wait and go on with: mkcoa resume ${journal}`,
		undone: [],
		left: [`${canaryName(name)} still serves beside ${name}`],
		output: {...result, verdict: 'stuck', evidence: end.evidence} as Json,
	});

import type {JsonObject} from '../../../../core/json.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../../core/plan.ts';
import {type Control, nothingToDo, notNow, notPossible, type Verb} from '../control.ts';
import {
	isKruiseDisabled,
	isKruisePaused,
	kruisePhase,
	kruiseProgress,
	kruiseStatusKey,
	kruiseStepIndex,
	kruiseStepState,
} from './kruise-progress.ts';

const named = ({metadata: {name, namespace}}: KubeObject) => `rollouts.rollouts.kruise.io/${name} -n ${namespace}`;
const specWrite = (rollout: KubeObject, spec: JsonObject): Write => ({op: 'patch', ref: refOf(rollout), type: 'merge', patch: {spec}});
/** Phase and step that a person saw. */
export const kruiseAt = (rollout: KubeObject) => `${kruisePhase(rollout)} step ${kruiseStepIndex(rollout)} ${kruiseStepState(rollout)}`;

/**
 * What a verb does to a Kruise Rollout.
 * @throws `not-now`, `not-possible` with what fits instead
 */
export function kruiseControl(rollout: KubeObject, verb: Verb): Control {
	const known = refText(refOf(rollout));
	const isUnderWay = kruisePhase(rollout) === 'Progressing';
	switch (verb) {
		case 'promote':
			return isUnderWay
				? approval(rollout, known)
				: nothingToDo(`${known} has nothing to promote: it is ${kruisePhase(rollout)}`, kruiseAt(rollout));
		case 'promote-full':
			return isUnderWay
				? release(rollout, known)
				: nothingToDo(`${known} has nothing to promote: it is ${kruisePhase(rollout)}`, kruiseAt(rollout));
		case 'skip-step':
			throw notPossible(
				`${known} skips no single step`,
				'Kruise has a field for a step that waits, and none for one that is under way',
				`Promote it when it waits: mkcoa deploy promote ${named(rollout)}, or let all of it through: mkcoa deploy promote ${named(rollout)} --full`,
			);
		case 'pause':
			return pausing(rollout, known, true);
		case 'resume':
			return isKruiseDisabled(rollout) ? enabling(rollout, known) : pausing(rollout, known, false);
		case 'retry':
			throw notPossible(
				`${known} knows no retry`,
				'Kruise holds no failed version',
				`Give its workload the version again: mkcoa deploy canary ${named(rollout)} --image IMAGE`,
			);
		case 'abort':
			throw notPossible(
				`${known} is not aborted by a field of its own`,
				'Kruise takes a canary back when its workload gets the version before, at once and without steps',
				`mkcoa deploy rollback ${named(rollout)}`,
			);
	}
}

/** As `kubectl kruise rollout approve`: the state of the step becomes StepReady, and only where that very step is paused. */
function approval(rollout: KubeObject, known: string): Control {
	const {step} = kruiseProgress(rollout);
	const at = step === undefined ? 'its step' : `step ${step.index} of ${step.of}, ${step.title}`;
	if (isKruisePaused(rollout))
		throw notNow(`${known} cannot be promoted`, 'somebody paused it as a whole', `Resume it first: mkcoa deploy resume ${named(rollout)}`);
	if (kruiseStepState(rollout) !== 'StepPaused')
		throw notNow(
			`${known} cannot be promoted`,
			`${at} is ${kruiseStepState(rollout) || 'not begun'}, and waits for nobody`,
			`See how far it is: mkcoa deploy status ${named(rollout)}`,
		);
	const key = kruiseStatusKey(rollout);
	const title = `Approve ${known} past ${at}`;
	const patch = [
		{op: 'test', path: `/status/${key}/currentStepIndex`, value: kruiseStepIndex(rollout)},
		{op: 'test', path: `/status/${key}/currentStepState`, value: 'StepPaused'},
		{op: 'replace', path: `/status/${key}/currentStepState`, value: 'StepReady'},
	];
	return {
		summary: title,
		steps: [{title, writes: [{op: 'patch', ref: refOf(rollout), type: 'json', patch, subresource: 'status'}]}],
		notes: [],
		verify: ['Its controller goes on to the next pause, or to the end'],
		undo: {
			possible: false,
			contrary: true,
			how: `its controller goes on at once; what takes it back is: mkcoa deploy rollback ${named(rollout)}`,
		},
		at: kruiseAt(rollout),
		until: 'rest',
	};
}

/** A disabled Rollout lets its workload go: what is left of the new version rolls out at once, by the workload's own strategy. */
function release(rollout: KubeObject, known: string): Control {
	const title = `Disable ${known}: its workload rolls out the rest by itself`;
	return {
		summary: `Promote ${known} fully: skip what is left of its steps`,
		steps: [{title, writes: [specWrite(rollout, {disabled: true})]}],
		notes: [
			note(
				rollout,
				'stays-disabled',
				'warning',
				`It stays disabled, so later versions roll out without steps, until: mkcoa deploy resume ${named(rollout)}`,
			),
		],
		verify: ['Its phase is Disabled'],
		undo: {possible: true, how: 'mkcoa undo enables it again; what was rolled out stays'},
		at: kruiseAt(rollout),
		until: 'rest',
	};
}

function enabling(rollout: KubeObject, known: string): Control {
	const title = `Enable ${known}: later versions roll out by its steps again`;
	return {
		summary: title,
		steps: [{title, writes: [specWrite(rollout, {disabled: false})]}],
		notes: [],
		verify: ['spec.disabled is false'],
		undo: {possible: true, how: 'mkcoa undo disables it again'},
		at: kruiseAt(rollout),
		until: 'nothing',
	};
}

function pausing(rollout: KubeObject, known: string, wanted: boolean): Control {
	if (isKruisePaused(rollout) === wanted) {
		const isHeld = !wanted && kruiseStepState(rollout) === 'StepPaused';
		if (isHeld) return approval(rollout, known);
		return nothingToDo(`${known} is ${wanted ? 'paused already' : 'not paused'}`, kruiseAt(rollout));
	}
	const title = wanted ? `Pause ${known} where it is` : `Resume ${known}`;
	return {
		summary: title,
		steps: [{title, writes: [specWrite(rollout, {strategy: {paused: wanted}})]}],
		notes: [],
		verify: [`spec.strategy.paused is ${wanted}`],
		undo: {possible: true, how: 'mkcoa undo sets spec.strategy.paused back'},
		at: kruiseAt(rollout),
		until: wanted ? 'nothing' : 'rest',
	};
}

const note = (rollout: KubeObject, id: string, severity: Consequence['severity'], text: string): Consequence => ({
	id,
	severity,
	text,
	ref: refOf(rollout),
});

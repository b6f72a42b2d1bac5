import type {Json} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../../core/plan.ts';
import {wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {type Control, nothingToDo, notNow, notPossible, type Verb} from '../control.ts';
import {flaggerGates, flaggerPhase, flaggerTimes, isFlaggerSuspended, isFlaggerUnderWay} from './flagger-progress.ts';

/** Written into the target's pod template, so that Flagger sees another version and begins again. */
const retryAnnotation = 'mkcoa.dev/retried-for-generation';

const named = ({metadata: {name, namespace}}: KubeObject) => `canary/${name} -n ${namespace}`;

const specWrite = (canary: KubeObject, spec: {readonly [field: string]: Json}): Write => ({
	op: 'patch',
	ref: refOf(canary),
	type: 'merge',
	patch: {spec},
});

/** Phase and version that a person saw. */
export const flaggerAt = (canary: KubeObject) => `${flaggerPhase(canary)} ${wordAt(canary, 'status', 'lastAppliedSpec')}`;

type Told = {readonly canary: KubeObject; readonly target: KubeObject | undefined; readonly known: string; readonly at: string};

/**
 * What a verb does to a Flagger Canary, by the fields that Flagger looks at: suspend, skipAnalysis and the target's own template.
 * @see pkg/controller/scheduler.go and pkg/canary/spec.go of fluxcd/flagger 1.36
 * @throws `not-now`, `not-possible` with what fits instead
 */
export function flaggerControl(canary: KubeObject, target: KubeObject | undefined, verb: Verb): Control {
	const told = {
		canary,
		target,
		known: refText(refOf(canary)),
		at: flaggerAt(canary),
	};
	switch (verb) {
		case 'pause':
		case 'resume':
			return suspension(told, verb === 'pause');
		case 'promote':
		case 'skip-step':
			return gated(told);
		case 'promote-full':
			return skipping(told);
		case 'retry':
			return again(told);
		case 'abort':
			throw notPossible(
				`${told.known} cannot be aborted by a field of its own`,
				'Flagger takes a canary back by failed checks or by a rollback gate alone',
				`Give its target the version before, which Flagger takes for a rollback by hand: mkcoa deploy rollback ${named(canary)}; or hold it: mkcoa deploy pause ${named(canary)}`,
			);
	}
}

function suspension({canary, known, at}: Told, wanted: boolean): Control {
	if (isFlaggerSuspended(canary) === wanted) return nothingToDo(`${known} is ${wanted ? 'suspended already' : 'not suspended'}`, at);
	const title = wanted
		? `Suspend ${known}: Flagger leaves weights and versions as they are`
		: `Resume ${known}: Flagger goes on where it was`;
	return {
		summary: title,
		steps: [{title, writes: [specWrite(canary, {suspend: wanted})]}],
		notes: wanted
			? [note(canary, 'suspends-all', 'warning', 'While it is suspended, no new version of its target is rolled out either')]
			: [],
		verify: [wanted ? 'spec.suspend is set' : 'Flagger looks at it again within its interval'],
		undo: {possible: true, how: 'mkcoa undo sets spec.suspend back'},
		at,
		until: 'nothing',
	};
}

const note = (canary: KubeObject, id: string, severity: Consequence['severity'], text: string): Consequence => ({
	id,
	severity,
	text,
	ref: refOf(canary),
});

/** Flagger promotes by itself; where it waits, it waits for a webhook that only its owner opens. */
function gated({canary, known, at}: Told): Control {
	if (!isFlaggerUnderWay(canary)) return nothingToDo(`${known} has nothing to promote: its phase is ${flaggerPhase(canary)}`, at);
	const gates = flaggerGates(canary);
	throw notPossible(
		`${known} cannot be promoted step by step`,
		gates.length === 0
			? `Flagger goes on by itself: ${flaggerTimes(canary)}`
			: `it waits for its gates, which no field opens: ${gates.join('; ')}`,
		`${gates.length === 0 ? '' : 'Open the gate where it is, or promote'}${gates.length === 0 ? 'Promote' : ''} it without further analysis: mkcoa deploy promote ${named(canary)} --full`,
	);
}

/** `skipAnalysis` promotes what is under way at once, and would promote every later version too: it is set back afterwards. */
function skipping({canary, known, at}: Told): Control {
	if (!isFlaggerUnderWay(canary)) return nothingToDo(`${known} has nothing to promote: its phase is ${flaggerPhase(canary)}`, at);
	const before = valueAt(canary, 'spec', 'skipAnalysis') === true;
	const isHeld = isFlaggerSuspended(canary);
	return {
		summary: `Promote ${known} fully: skip what is left of its analysis`,
		steps: [
			{
				title: 'Let Flagger skip the analysis: it copies the new version to the primary and stops the canary',
				writes: [specWrite(canary, {skipAnalysis: true, ...(isHeld ? {suspend: false} : {})})],
			},
			...(before ? [] : [{title: 'Let later versions be analysed again', writes: [specWrite(canary, {skipAnalysis: false})]}]),
		],
		notes: [
			note(canary, 'skips-analysis', 'warning', 'No further check judges the new version'),
			...(before
				? []
				: [
						note(
							canary,
							'if-it-dies',
							'warning',
							'If mkcoa dies between the two steps, skipAnalysis stays set; mkcoa deploy status tells, and mkcoa resume sets it back',
						),
					]),
		],
		verify: ['Flagger calls it Succeeded, then analyses are on again'],
		undo: {possible: false, how: `the old version is gone from the primary; return to it with: mkcoa deploy rollback ${named(canary)}`},
		at,
		until: 'rest',
	};
}

/** Flagger forgets a failed version only for another one. */
function again({canary, target, known, at}: Told): Control {
	if (flaggerPhase(canary) !== 'Failed')
		throw notNow(
			`${known} cannot be retried`,
			`its phase is ${flaggerPhase(canary)}, not Failed`,
			`See how far it is: mkcoa deploy status ${named(canary)}`,
		);
	if (target === undefined)
		throw notNow(`${known} cannot be retried`, 'its target does not exist', `See what it refers to: mkcoa k8s get ${named(canary)}`);
	const generation = String((target.metadata.generation ?? 0) + 1);
	const title = `Mark the pod template of ${refText(refOf(target))}, so that Flagger analyses the same version again`;
	return {
		summary: `Try the failed version of ${known} again`,
		steps: [
			{
				title,
				writes: [
					{
						op: 'patch',
						ref: refOf(target),
						type: 'merge',
						patch: {spec: {template: {metadata: {annotations: {[retryAnnotation]: generation}}}}},
					},
				],
			},
		],
		notes: [note(canary, 'analysed-again', 'info', flaggerTimes(canary))],
		verify: ['Flagger begins a new analysis'],
		undo: {possible: true, how: 'mkcoa undo takes the mark out again, which Flagger takes for a rollback by hand'},
		at,
		until: 'rest',
	};
}

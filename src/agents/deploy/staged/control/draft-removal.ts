import {MkcoaError} from '../../../../core/error.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Change, Consequence, Draft, Step, Write} from '../../../../core/plan.ts';
import {preconditionOf} from '../../../../core/road/precondition.ts';
import {someOf} from '../../../../core/text/count.ts';
import {readinessOf} from '../../rollout/readiness.ts';
import {closeStep, type Start} from '../layout.ts';
import {commandWords, workloadName} from '../lease/held-by.ts';
import {type RolloutRefs, rolloutRefs} from '../record/rollout-objects.ts';
import {type Asking, inputOf} from './asking.ts';
import type {ControlInput} from './control-input.ts';
import type {OwnObjects} from './find-own.ts';
import {type Kept, keptBefore} from './kept-before.ts';
import {type ServingAlone, servingAlone} from './serve-alone.ts';

const nowhere: Start = {phase: 'forward', position: 0, back: 0};

/** What is there of mkcoa's own, and whether the script says that the rollout came to its end. */
type Left = {readonly lease: KubeObject | undefined; readonly script: KubeObject | undefined; readonly isOver: boolean};

/**
 * Removes what a rollout left of which nothing tells any more what to put back: its Lease or its Secret alone, or copies that are found by their marks.
 * @throws `rollout-lost` where requests still go to what would be removed
 */
export async function draftRemoval(asking: Asking, {lease, script, isOver}: Left, own: OwnObjects): Promise<Draft<ControlInput>> {
	const {workload, context} = asking;
	const name = workloadName(workload);
	const refs = rolloutRefs(name);
	const kept = own.objects.length === 0 ? undefined : await keptBefore(context.ports.cluster, workload);
	refuseNeeded(workload, own, kept);
	const serving = await servingAlone(context.ports.cluster, workload, own.objects, kept);
	if (own.objects.some(({kind}) => kind === 'Deployment') && readinessOf(workload).ready === 0 && serving?.step.writes.length !== 1)
		throw stillNeeded(workload, `${name.name} has no ready pod that would serve instead`, kept);
	const of = `a rollout of ${name.namespace}/${name.name} left`;
	const steps = [...(serving === undefined ? [] : [serving.step]), ...copiesStep(of, own), ...closingStep(refs, lease, script)];
	const gone = steps.flatMap(({writes}) => writes).filter(({op}) => op === 'delete');
	return {
		input: {...inputOf(asking, 'remove', nowhere), ...(serving === undefined ? {} : {pods: serving.pods})},
		summary: summaryOf(of, own, isOver),
		risk: {level: own.objects.length === 0 ? 'low' : 'medium', reasons: own.objects.length === 0 ? [] : [unknown(name.name)]},
		steps,
		changes: [...(serving?.changes ?? []), ...gone.map(deletion)],
		consequences: [
			...(own.objects.length === 0 ? [] : lostNotes(workload, own, kept, serving)),
			...(isOver && asking.verb === 'abort' ? [doneAlready(workload)] : []),
		],
		preconditions: [
			...(serving === undefined || serving.step.writes.length === 0 ? [] : [preconditionOf(workload, refOf(workload), 'all')]),
			...own.objects.map(object => preconditionOf(object, refOf(object), 'identity')),
			preconditionOf(lease, refs.lease, 'identity'),
			preconditionOf(script, refs.script, 'identity'),
			preconditionOf(undefined, refs.record, 'identity'),
		],
		verify: serving === undefined ? [] : [`All pods of ${name.name} are ready before anything goes`],
		undo: {possible: false, how: 'nothing needs these objects'},
		confined: {
			refs: [refs.script],
			goOn: `mkcoa deploy resume ${commandWords(name)}`,
			takeBack: `mkcoa deploy abort ${commandWords(name)}`,
		},
	};
}

function copiesStep(of: string, {objects}: OwnObjects): readonly Step[] {
	if (objects.length === 0) return [];
	const title = `Remove what ${of}: ${someOf(objects.map(({kind, metadata}) => `${kind} ${metadata.name}`))}`;
	return [{title, writes: objects.map(object => ({op: 'delete', ref: refOf(object), propagation: 'Background'}))}];
}

function closingStep(refs: RolloutRefs, lease: KubeObject | undefined, script: KubeObject | undefined): readonly Step[] {
	const {writes} = closeStep(refs);
	const there = writes.filter(({ref}) => (ref.kind === 'Lease' ? lease : ref.kind === 'Secret' ? script : undefined) !== undefined);
	const title = `Remove ${someOf(there.map(({ref}) => ref.kind))} ${refs.lease.name}`;
	return there.length === 0 ? [] : [{title, writes: there, upkeep: [refs.lease, refs.record]}];
}

const deletion = ({ref}: Write): Change => ({
	ref,
	operation: 'delete',
	fields: [],
	computed: 'local',
	why: "mkcoa's own, and of no use any more",
});

function summaryOf(of: string, {objects}: OwnObjects, isOver: boolean): string {
	if (objects.length > 0) return `Remove what ${of}, whose record is gone`;
	return `Remove what ${of} ${isOver ? 'after it ended' : 'before it began or after it ended'}`;
}

const unknown = (name: string) => `What ${name} had before the rollout is not recorded any more`;

function lostNotes(
	{metadata: {name}}: KubeObject,
	{notChecked}: OwnObjects,
	kept: Kept | undefined,
	serving: ServingAlone | undefined,
): readonly Consequence[] {
	const scaled = serving === undefined || serving.step.writes.length === 0 ? '' : `, which this plan sets to ${serving.pods}`;
	const back =
		kept === undefined
			? ', so it is not put back: look at its number of pods, its image and minReplicas of its autoscaler'
			: `: look at its image; ${kept.command} brings back what Secret ${kept.secret} has, all but the number of pods${scaled}`;
	return [
		{id: 'record-lost', severity: 'warning', text: `${unknown(name)}${back}`},
		...(serving?.notes ?? []),
		...notChecked.map((text): Consequence => ({id: 'not-checked', severity: 'warning', text: `Not checked: ${text}`})),
	];
}

/** An abort of what came to its end takes nothing back. */
const doneAlready = (workload: KubeObject): Consequence => ({
	id: 'done-already',
	severity: 'warning',
	text: `The rollout of ${workload.metadata.name} is done already, so this takes nothing of it back: mkcoa deploy rollback ${commandWords(workloadName(workload))} does`,
});

/** @throws `rollout-lost` where requests still go to the copies, or may */
function refuseNeeded(workload: KubeObject, {sending, unread}: OwnObjects, kept: Kept | undefined): void {
	if (sending.length > 0) throw stillNeeded(workload, `${someOf(sending)} ${sending.length === 1 ? 'sends' : 'send'} requests there`, kept);
	if (unread.length === 0) return;
	const {name} = workload.metadata;
	throw new MkcoaError({
		kind: 'environment',
		code: 'rollout-lost',
		what: `What a rollout of ${name} left may still be needed: nobody can tell from here which routes send requests to its Service`,
		why: `not read: ${someOf(unread)}`,
		next: `Have somebody run it who may list them: mkcoa deploy abort ${commandWords(workloadName(workload))}`,
	});
}

function stillNeeded({metadata: {name, namespace}}: KubeObject, what: string, kept: Kept | undefined): MkcoaError {
	const first = kept === undefined ? 'Set that right by hand' : `Bring back what was there, from Secret ${kept.secret}: ${kept.command}`;
	return new MkcoaError({
		kind: 'environment',
		code: 'rollout-lost',
		what: `What a rollout of ${name} left is still needed: ${what}`,
		why: 'the record of the rollout is gone, so what was there before is not known',
		next: `${first}. Then: mkcoa deploy abort ${name} -n ${namespace}`,
	});
}

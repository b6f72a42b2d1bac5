import {MkcoaError} from '../../../../core/error.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Draft, Write} from '../../../../core/plan.ts';
import {preconditionOf} from '../../../../core/road/precondition.ts';
import {someOf} from '../../../../core/text/count.ts';
import {bundleRef} from '../../bundle/bundle-name.ts';
import {keptBundles} from '../../bundle/kept-bundles.ts';
import {currentRevision, workloadHistory} from '../../bundle/workload-history.ts';
import type {DeployPorts} from '../../ports.ts';
import {readinessOf} from '../../rollout/readiness.ts';
import {closeStep, type Start} from '../layout.ts';
import {commandWords, workloadName} from '../lease/held-by.ts';
import {rolloutRefs} from '../record/rollout-objects.ts';
import {type Asking, inputOf} from './asking.ts';
import type {ControlInput} from './control-input.ts';
import type {OwnObjects} from './find-own.ts';

const nowhere: Start = {phase: 'forward', position: 0, back: 0};

/** Where what was there before lies, and the command that brings it back. */
type Kept = {readonly secret: string; readonly command: string};

/**
 * Removes what a rollout left of which nothing tells any more what to put back: its Lease or its Secret alone, or copies that are found by their marks.
 * @throws `rollout-lost` where requests still go to what would be removed
 */
export async function draftRemoval(
	asking: Asking,
	{lease, script}: {readonly lease: KubeObject | undefined; readonly script: KubeObject | undefined},
	own: OwnObjects,
): Promise<Draft<ControlInput>> {
	const {workload, context} = asking;
	const name = workloadName(workload);
	const refs = rolloutRefs(name);
	const kept = own.objects.length === 0 ? undefined : await keptOf(context.ports.cluster, workload);
	if (own.sending.length > 0)
		throw stillNeeded(workload, `${someOf(own.sending)} ${own.sending.length === 1 ? 'sends' : 'send'} requests there`, kept);
	if (own.objects.some(({kind}) => kind === 'Deployment') && readinessOf(workload).ready === 0)
		throw stillNeeded(workload, `${name.name} has no ready pod that would serve instead`, kept);
	const {writes} = closeStep(refs);
	const there = writes.filter(({ref}) => (ref.kind === 'Lease' ? lease : ref.kind === 'Secret' ? script : undefined) !== undefined);
	const removals = own.objects.map((object): Write => ({op: 'delete', ref: refOf(object), propagation: 'Background'}));
	const of = `a rollout of ${name.namespace}/${name.name} left`;
	const copies = {
		title: `Remove what ${of}: ${someOf(own.objects.map(({kind, metadata}) => `${kind} ${metadata.name}`))}`,
		writes: removals,
	};
	const closing = {
		title: `Remove ${someOf(there.map(({ref}) => ref.kind))} ${refs.lease.name}`,
		writes: there,
		upkeep: [refs.lease, refs.record],
	};
	return {
		input: inputOf(asking, 'remove', nowhere),
		summary: own.objects.length === 0 ? `Remove what ${of} before it began or after it ended` : `Remove what ${of}, whose record is gone`,
		risk: {level: own.objects.length === 0 ? 'low' : 'medium', reasons: own.objects.length === 0 ? [] : [unknown(name.name)]},
		steps: [...(removals.length === 0 ? [] : [copies]), ...(there.length === 0 ? [] : [closing])],
		changes: [...removals, ...there].map(({ref}) => ({
			ref,
			operation: 'delete',
			fields: [],
			computed: 'local',
			why: "mkcoa's own, and of no use any more",
		})),
		consequences: own.objects.length === 0 ? [] : lostNotes(workload, own, kept),
		preconditions: [
			...own.objects.map(object => preconditionOf(object, refOf(object), 'identity')),
			preconditionOf(lease, refs.lease, 'identity'),
			preconditionOf(script, refs.script, 'identity'),
			preconditionOf(undefined, refs.record, 'identity'),
		],
		verify: [],
		undo: {possible: false, how: 'nothing needs these objects'},
		confined: {
			refs: [refs.script],
			goOn: `mkcoa deploy resume ${commandWords(name)}`,
			takeBack: `mkcoa deploy abort ${commandWords(name)}`,
		},
	};
}

const unknown = (name: string) => `What ${name} had before the rollout is not recorded any more, so it is not put back`;

function lostNotes({metadata: {name}}: KubeObject, {notChecked}: OwnObjects, kept: Kept | undefined): readonly Consequence[] {
	const back =
		kept === undefined
			? 'look at its number of pods, its image and minReplicas of its autoscaler'
			: `look at its number of pods and its image; Secret ${kept.secret} has what was there, and ${kept.command} brings it back`;
	return [
		{id: 'record-lost', severity: 'warning', text: `${unknown(name)}: ${back}`},
		...notChecked.map((text): Consequence => ({id: 'not-checked', severity: 'warning', text: `Not checked: ${text}`})),
	];
}

/** The newest snapshot: a rollout keeps what stands before it begins. */
async function keptOf(cluster: DeployPorts['cluster'], workload: KubeObject): Promise<Kept | undefined> {
	const current = currentRevision(workload, await workloadHistory(cluster, workload));
	const {revisions} = await keptBundles(cluster, workload, current);
	const revision = revisions.at(-1);
	if (revision === undefined) return undefined;
	const command = `mkcoa deploy rollback ${commandWords(workloadName(workload))} --to ${revision}`;
	return {secret: bundleRef(workload, revision).name, command};
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

import {MkcoaError} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Draft} from '../../../../core/plan.ts';
import {preconditionOf} from '../../../../core/road/precondition.ts';
import type {Context} from '../../../../core/tool.ts';
import type {DeployPorts} from '../../ports.ts';
import {guardianActed, isEndedByGuardian} from '../guardian/guardian-acted.ts';
import {closeStep, type Start, stepText} from '../layout.ts';
import {commandWords, heldBy, workloadName} from '../lease/held-by.ts';
import {type Rollout, readRollout} from '../record/read-rollout.ts';
import {nothingKnown, type RolloutRecord} from '../record/record.ts';
import {rolloutRefs} from '../record/rollout-objects.ts';
import {type Asking, inputOf} from './asking.ts';
import type {ControlInput, ControlVerb} from './control-input.ts';
import {draftRequest} from './draft-request.ts';
import {draftTakeOver} from './draft-take-over.ts';

/**
 * Promotes, pauses, goes on with or takes back the rollout of a plain workload. The one who is at it is asked; where nobody lives, `resume`
 * and `abort` take it over.
 * @throws `no-rollout` where there is none, `nobody-at-it` where `promote` or `pause` find nobody to ask
 */
export async function planControl(
	verb: ControlVerb,
	workload: KubeObject,
	{full = false}: {readonly full?: boolean},
	context: Context<DeployPorts>,
): Promise<Draft<ControlInput>> {
	const name = workloadName(workload);
	const rollout = await readRollout(context.ports.cluster, name, context);
	const asking = {verb, full, workload, context};
	if (rollout.recordObject === undefined) return withoutRecord(asking, rollout);
	if (rollout.alive) return draftRequest(asking, rollout, rollout.recordObject);
	if (verb === 'promote' || verb === 'pause') throw nobodyAtIt(asking, rollout.record ?? nothingKnown);
	return draftTakeOver(asking, rollout.recordObject);
}

const nowhere: Start = {phase: 'forward', position: 0, back: 0};

/** A Lease or a script alone is of a rollout that had changed nothing yet, or had nothing left to change. */
async function withoutRecord(asking: Asking, {leaseObject, lease, alive}: Rollout): Promise<Draft<ControlInput>> {
	const {verb, workload, context} = asking;
	const {cluster} = context.ports;
	const {namespace, name} = workloadName(workload);
	if (lease !== undefined && alive) throw heldBy({namespace, name}, lease, context.clock.now());
	const refs = rolloutRefs(workloadName(workload));
	const script = await cluster.get(refs.script);
	if ((leaseObject === undefined && script === undefined) || verb === 'promote' || verb === 'pause') throw noRollout(asking);
	const {title, writes} = closeStep(refs);
	const there = writes.filter(({ref}) => (ref.kind === 'Lease' ? leaseObject : ref.kind === 'Secret' ? script : undefined) !== undefined);
	return {
		input: inputOf(asking, 'remove', nowhere),
		summary: `Remove what a rollout of ${namespace}/${name} left before it began or after it ended`,
		risk: {level: 'low', reasons: []},
		steps: [{title, writes: there, upkeep: [refs.lease, refs.record]}],
		changes: there.map(({ref}) => ({ref, operation: 'delete', fields: [], computed: 'local', why: "mkcoa's own, and of no use any more"})),
		consequences: [],
		preconditions: [
			preconditionOf(leaseObject, refs.lease, 'identity'),
			preconditionOf(script, refs.script, 'identity'),
			preconditionOf(undefined, refs.record, 'identity'),
		],
		verify: [],
		undo: {possible: false, how: 'nothing needs these objects'},
		confined: {refs: [refs.script], goOn: commandFor('resume', workload), takeBack: commandFor('abort', workload)},
	};
}

const commandFor = (verb: ControlVerb, workload: KubeObject) => `mkcoa deploy ${verb} ${commandWords(workloadName(workload))}`;

const usage = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

const noRollout = ({verb, workload}: Asking) => {
	const {namespace, name} = workloadName(workload);
	return usage(
		'no-rollout',
		`There is no rollout of ${name} to ${verb}`,
		'mkcoa carries none out, and none was left half way',
		`See what serves with: mkcoa deploy status ${name} -n ${namespace}`,
	);
};

const nobodyAtIt = ({verb, workload}: Asking, record: RolloutRecord) => {
	const {namespace, name} = workloadName(workload);
	if (isEndedByGuardian(record)) return guardianActed({namespace, name}, record);
	return usage(
		'nobody-at-it',
		`Nobody carries the rollout of ${name} out now, so nobody can ${verb} it`,
		`it rests at ${stepText(record)}: its holder died`,
		`Go on with it: mkcoa deploy resume ${name} -n ${namespace}, or take it back: mkcoa deploy abort ${name} -n ${namespace}`,
	);
};

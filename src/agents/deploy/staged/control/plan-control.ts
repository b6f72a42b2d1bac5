import {MkcoaError} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Draft} from '../../../../core/plan.ts';
import type {Context} from '../../../../core/tool.ts';
import type {DeployPorts} from '../../ports.ts';
import {guardianActed, isEndedByGuardian} from '../guardian/guardian-acted.ts';
import {stepText} from '../layout.ts';
import {commandWords, heldBy, workloadName} from '../lease/held-by.ts';
import {type Rollout, readRollout} from '../record/read-rollout.ts';
import {nothingKnown, type RolloutRecord} from '../record/record.ts';
import {rolloutRefs, scriptIn} from '../record/rollout-objects.ts';
import type {Asking} from './asking.ts';
import type {ControlInput, ControlVerb} from './control-input.ts';
import {draftRemoval} from './draft-removal.ts';
import {draftRequest} from './draft-request.ts';
import {draftTakeOver} from './draft-take-over.ts';
import {findOwn, nothingOwn} from './find-own.ts';
import {whereItStands} from './half-way.ts';
import {refuseHeldCopies} from './refuse-held-copies.ts';

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
	return draftTakeOver(asking, rollout);
}

/**
 * A Lease or a script alone is of a rollout that had changed nothing yet, or had nothing left to change; or somebody deleted the record of one that
 * stands half way. Without a script, what it made is found by its marks.
 */
async function withoutRecord(asking: Asking, rollout: Rollout): Promise<Draft<ControlInput>> {
	const {verb, workload, context} = asking;
	const {leaseObject, lease, alive} = rollout;
	const {cluster} = context.ports;
	const name = workloadName(workload);
	if (lease !== undefined && alive) throw heldBy(name, lease, context.clock.now());
	const script = await cluster.get(rolloutRefs(name).script);
	if (verb === 'promote' || verb === 'pause') throw noRollout(asking);
	const whole = script === undefined ? undefined : scriptIn(script);
	const stands = whole === undefined ? undefined : await whereItStands(cluster, whole, workload);
	if (stands === 'half-way') {
		if (verb === 'abort') return draftTakeOver(asking, rollout);
		throw recordLost(workload);
	}
	const own = whole === undefined ? await findOwn(cluster, workload) : nothingOwn;
	if (own.objects.length > 0 && verb !== 'abort') throw recordLost(workload);
	if (leaseObject === undefined && script === undefined && own.objects.length === 0) throw noRollout(asking);
	await refuseHeldCopies(cluster, own.objects, context);
	return draftRemoval(asking, {lease: leaseObject, script, isOver: stands === 'over'}, own);
}

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

const recordLost = (workload: KubeObject) => {
	const {name} = workload.metadata;
	return usage(
		'rollout-lost',
		`The rollout of ${name} cannot go on: its record is gone`,
		'somebody deleted it, so how far it came and what was judged is not known',
		`Take it back: mkcoa deploy abort ${commandWords(workloadName(workload))}`,
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

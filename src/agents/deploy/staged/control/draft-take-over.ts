import {MkcoaError} from '../../../../core/error.ts';
import type {Consequence, Draft} from '../../../../core/plan.ts';
import {shows} from '../../../../core/road/shows.ts';
import {autoscalerOf} from '../../autoscaler.ts';
import type {DeployPorts} from '../../ports.ts';
import type {Act, Script} from '../act.ts';
import {holdSecrets} from '../confines.ts';
import {draftRollout} from '../draft-rollout.ts';
import {guardianActed, isEndedByGuardian} from '../guardian/guardian-acted.ts';
import {type Start, stepText} from '../layout.ts';
import {commandWords, holderText, type WorkloadName, workloadName} from '../lease/held-by.ts';
import {ChangedRecord} from '../record/changed-record.ts';
import type {Rollout} from '../record/read-rollout.ts';
import {nothingKnown, type RolloutRecord} from '../record/record.ts';
import {recordSeal} from '../record/record-seal.ts';
import {readScript, rolloutRefs} from '../record/rollout-objects.ts';
import {strategyWords} from '../strategy-words.ts';
import {type Asking, inputOf} from './asking.ts';
import type {ControlInput} from './control-input.ts';
import {countedStill} from './counted-still.ts';
import {isOurs} from './half-way.ts';

/**
 * A rollout whose holder died, from where it stands: a plan like any other. Whose record is gone, or not to be believed, can be taken back alone.
 * @throws ChangedRecord for going on with one that is not to be believed
 */
export async function draftTakeOver(
	asking: Asking,
	{recordObject, leaseObject}: Pick<Rollout, 'recordObject' | 'leaseObject'>,
): Promise<Draft<ControlInput>> {
	const {verb, workload, context} = asking;
	const {cluster} = context.ports;
	const name = workloadName(workload);
	const secret = await cluster.get(rolloutRefs(name).script);
	if (secret === undefined) throw scriptGone();
	const seal = recordSeal(secret);
	const record = recordObject === undefined ? undefined : seal?.opened(recordObject);
	if (recordObject !== undefined && record === undefined && verb !== 'abort')
		throw seal === undefined ? begunByAnother(name.name, name.namespace) : new ChangedRecord(name, recordObject);
	if (verb !== 'abort' && record !== undefined && isEndedByGuardian(record)) throw guardianActed(name, record);
	const whole = readScript(secret, record?.digest);
	const known = record ?? {...nothingKnown, position: whole.acts.length, acts: whole.acts.length};
	const isBack = verb === 'abort' || known.phase === 'back';
	const start: Start = {phase: isBack ? 'back' : 'forward', position: known.position, back: known.phase === 'back' ? known.back : 0};
	const counted = isBack ? [] : await countedStill(context.ports.metrics, known, whole.acts.slice(start.position), name);
	return draftRollout(cluster, {
		input: {...inputOf(asking, 'take-over', start), ...(recordObject === undefined ? {lost: true} : {})},
		strategy: known.strategy,
		workload,
		summary: `${isBack ? 'Take back' : 'Go on with'} the ${strategyWords(known.strategy)} of ${name.namespace}/${name.name}${record === undefined ? '' : `, which stands at ${stepText(record)}`}`,
		script: await withoutDone(cluster, whole, known),
		whole,
		start,
		lost: {record: recordObject === undefined, lease: leaseObject === undefined},
		scaled: (await autoscalerOf(cluster, workload)).scaler !== undefined,
		notes: [recordObject === undefined ? lost : record === undefined ? unbelieved : takenOver(verb, record), ...counted],
		verify: [isBack ? 'All is as it was before the rollout' : 'As the rollout was planned'],
		...takingBack(whole, known, name),
	});
}

/** What a rollback brings back from a snapshot is stored in the cluster alone; of a record that is not believed nobody knows. */
function takingBack({acts, wayBack}: Script, {strategy}: RolloutRecord, name: WorkloadName) {
	const isRollback = strategy === 'rollback' || strategy === nothingKnown.strategy;
	const secrets = isRollback ? holdSecrets([...acts, ...wayBack].flatMap(({writes}) => writes)) : [];
	if (secrets.length === 0) return {undo: {possible: true, how: `mkcoa undo takes back what this run does`}} as const;
	const takeBack = `mkcoa deploy rollback ${commandWords(name)} --to REVISION`;
	const how = `${takeBack}; its secret values stay in the cluster`;
	return {undo: {possible: false, contrary: true, how}, confines: {refs: secrets, takeBack}} as const;
}

const unbelieved: Consequence = {
	id: 'record-changed',
	severity: 'warning',
	text: 'The record of the rollout was changed by somebody else, so how far it came is not known: every step of the way back is looked at, and done where it is needed',
};

const lost: Consequence = {
	id: 'record-lost',
	severity: 'warning',
	text: 'Somebody deleted the record of the rollout, so how far it came is not known: every step of the way back is looked at, and done where it is needed',
};

const takenOver = (verb: Asking['verb'], {by, startedAt, phase}: RolloutRecord): Consequence => ({
	id: 'taken-over',
	severity: 'info',
	text: `${holderText(by)} began it${startedAt === '' ? '' : ` at ${startedAt}`}, and is not at it any more${phase === 'back' && verb === 'resume' ? '; it was on its way back already and goes that way to its end: a failure (exit 1), since the new version does not come' : ''}`,
});

/** The act that was under way may be done in part: what is there already is not made again, what is gone is not deleted again. */
async function withoutDone(cluster: DeployPorts['cluster'], script: Script, {position}: RolloutRecord): Promise<Script> {
	const current = script.acts[position];
	if (current === undefined) return script;
	const isOpen = await Promise.all(
		current.writes.map(async write => {
			const live = await cluster.get(write.ref);
			if (write.op === 'create') return live === undefined || !isOurs(live, write.manifest);
			return write.op !== 'delete' || !shows(write, live, live);
		}),
	);
	const act: Act = {...current, writes: current.writes.filter((_, index) => isOpen[index])};
	return {...script, acts: script.acts.with(position, act)};
}

const scriptGone = () =>
	new MkcoaError({
		kind: 'environment',
		code: 'rollout-unreadable',
		what: 'The script of the rollout is gone',
		why: 'somebody deleted the Secret in which it was kept',
		next: 'Set the workload right by hand, then delete Lease and ConfigMap of that name',
	});

const begunByAnother = (name: string, namespace: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'rollout-unsealed',
		what: `The rollout of ${name} was begun by another version of mkcoa`,
		why: 'its record carries no seal, so nothing tells whether somebody changed it',
		next: `Take it back: mkcoa deploy abort ${name} -n ${namespace}`,
	});

import type {SealedValues} from '../../../../core/journal.ts';
import type {JsonObject} from '../../../../core/json.ts';
import {type KubeObject, refKey} from '../../../../core/kube/kube-object.ts';
import type {Plan, Step, Write} from '../../../../core/plan.ts';
import {lacksValue} from '../../../../core/secrets/confined.ts';
import {recalledValues} from '../../../../core/secrets/recalled-values.ts';
import {unsealWrite} from '../../../../core/secrets/seal.ts';
import {payloadOf} from '../../../../core/secrets/seal-places.ts';
import type {Context} from '../../../../core/tool.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {keepNow} from '../../bundle/keep-now.ts';
import type {DeployPorts} from '../../ports.ts';
import type {Script} from '../act.ts';
import {workloadName} from '../lease/held-by.ts';
import type {Outline} from '../outline.ts';
import {scriptFrom} from '../outline.ts';
import {readRecord} from '../record/record.ts';
import {newKey, sealData} from '../record/record-seal.ts';
import {rolloutRefs, scriptDigest, scriptSecret} from '../record/rollout-objects.ts';

type Rollout = Plan<JsonObject & {readonly name: string; readonly namespace: string; readonly outline: Outline}>;

/** What a strategy writes of its own from values in the cluster, by the way in which it does; none for most. */
export type Confiding = (workload: KubeObject) => Promise<{readonly forward: readonly Write[]; readonly back: readonly Write[]}>;

/**
 * The confined values of a rollout's plan: of its snapshot, which is made of what stands there now, of what the strategy brings back, and of its
 * script. The digest in the record tells whether they are the same as when the plan was made; none is of use where they are not.
 */
export async function recallRollout(
	{steps, input}: Rollout,
	sealed: SealedValues,
	{ports: {cluster}}: Context<DeployPorts>,
	confiding: Confiding = async () => ({forward: [], back: []}),
): Promise<SealedValues> {
	const kind = typeof input.kind === 'string' ? input.kind : 'Deployment';
	const workload = await cluster.get({apiVersion: 'apps/v1', kind, namespace: input.namespace, name: input.name});
	if (workload === undefined) return {};
	const isKept = steps.some(({snapshots = []}) => snapshots.length > 0);
	const keeping = isKept ? (await keepNow(cluster, workload)).writes : [];
	const {forward, back} = await confiding(workload);
	const known = {...sealed, ...recallSteps(steps, sealed, ({on}) => (on === 'failure' ? back : [...keeping, ...forward]))};
	const script = recallScript({steps, input}, known, workload);
	return script === undefined ? {} : {...known, ...script};
}

/** Values of the writes that lack some, by whole writes to the same objects. */
export function recallSteps(
	steps: readonly Step[],
	sealed: SealedValues,
	wholes: (step: Step, index: number) => readonly Write[],
): SealedValues {
	const found = steps.flatMap((step, index) =>
		step.writes
			.filter(write => lacksValue(write, sealed))
			.map(write => {
				const same = wholes(step, index).filter(other => other.op === write.op && refKey(other.ref) === refKey(write.ref));
				return same.map(whole => recalledValues(write, payloadOf(whole))).find(values => values !== undefined);
			}),
	);
	return Object.assign({}, ...found);
}

/** The script is made of the steps, and of sentences that stand in the record. */
function recallScript(
	{steps, input}: Pick<Rollout, 'steps' | 'input'>,
	known: SealedValues,
	workload: KubeObject,
): SealedValues | undefined {
	const refs = rolloutRefs(workloadName(workload));
	const written = (key: string) => steps.flatMap(({writes}) => writes).find(({op, ref}) => op !== 'delete' && refKey(ref) === key);
	const [write, recordWrite] = [written(refKey(refs.script)), written(refKey(refs.record))];
	if (write === undefined || recordWrite?.op !== 'create') return undefined;
	if (steps.some(({writes}) => writes.some(each => each !== write && lacksValue(each, known)))) return undefined;
	const whole = (list: readonly Write[]) => list.map(each => scripted(unsealWrite(each, known)));
	const opened = unsealWrite(recordWrite, known);
	const record = opened.op === 'create' ? opened.manifest : recordWrite.manifest;
	const told = readRecord(record);
	if (told === undefined) return undefined;
	const outlined = scriptFrom(input.outline, steps);
	const script: Script = {
		acts: outlined.acts.map((act, at) => ({...act, writes: whole(act.writes), ifDies: told.stands.forward[at] ?? ''})),
		wayBack: outlined.wayBack.map((act, at) => ({...act, writes: whole(act.writes), ifDies: told.stands.back[at] ?? ''})),
	};
	if (scriptDigest(script) !== told.digest) return undefined;
	const seal = sealData(newKey(), refs.record, textMapAt(record, 'data'));
	return recalledValues(write, scriptSecret(refs.script, workload, script, seal));
}

/** Whose versions do not count stands in the plan alone. */
function scripted(write: Write): Write {
	if (write.op !== 'delete') return write;
	const {anyVersion: _, ...rest} = write;
	return rest;
}

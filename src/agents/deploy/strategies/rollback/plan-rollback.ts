import type {JsonObject} from '../../../../core/json.ts';
import {type KubeObject, type Ref, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Draft} from '../../../../core/plan.ts';
import type {Context} from '../../../../core/tool.ts';
import {durationMs} from '../../duration.ts';
import type {DeployPorts} from '../../ports.ts';
import {holdSecrets} from '../../staged/confines.ts';
import {commandWords, workloadName} from '../../staged/lease/held-by.ts';
import {nothingToRoll} from '../../staged/nothing-to-roll.ts';
import type {Outline} from '../../staged/outline.ts';
import {whileAlone} from '../../staged/record/refuse-rolling.ts';
import {canaryBeside} from '../canary/script/canary-beside.ts';
import {draftStrategy} from '../draft-strategy.ts';
import {findPlain} from '../rolling/find-plain.ts';
import {politenessOf} from '../rolling/polite-strategy.ts';
import {compileRollback} from './compile-rollback.ts';
import {readRevision} from './read-revision.ts';
import {rollbackNotes} from './rollback-notes.ts';

/** What a person asks of a rollback. */
type Asked = {
	readonly name: string;
	readonly namespace?: string | undefined;
	readonly to?: number | undefined;
	readonly readyWithin: string;
};

type Resolved = {readonly kind: string; readonly name: string; readonly namespace: string; readonly to: number; readonly outline: Outline};

/** The plan of a rollback: from the bundle of a revision where there is one, else from what the controller keeps. */
export async function planRollback(asked: Asked, context: Context<DeployPorts>): Promise<Draft<Resolved & JsonObject>> {
	const {cluster} = context.ports;
	const namespace = asked.namespace ?? cluster.namespace;
	const workload = await findPlain(cluster, namespace, asked.name, 'roll back');
	const {kind, metadata} = workload;
	const {name} = metadata;
	const {now, good, chosen, back} = await readRevision(cluster, workload, asked.to);
	const {keeping, notes: ofNow} = good;
	const current = now.bundle.revision;
	const input = {kind, name, namespace, to: chosen.revision};
	if (back.writes.length === 0)
		return nothingToRoll(
			workload,
			{...input, outline: {acts: [], wayBack: []}},
			`${refText(refOf(workload))} is as revision ${chosen.revision} was`,
		);
	return whileAlone(cluster, workloadName(workload), context, async opens => {
		const polite = kind === 'Deployment' ? politenessOf(workload, now.bundle.budgets) : undefined;
		const withinMs = durationMs(asked.readyWithin);
		const script = compileRollback({workload, revision: chosen.revision, writes: back.writes, live: back.live, withinMs, polite});
		const rolls = back.writes.some(({ref}) => refKey(ref) === refKey(refOf(workload)));
		// A template alone comes from what the controller keeps, not from a snapshot.
		const secrets = back.bundle === undefined ? [] : holdSecrets(back.writes, ref => back.live.get(refKey(ref)));
		return draftStrategy(context, {
			known: input,
			strategy: 'rollback',
			workload,
			summary: summaryOf(workload, current, chosen.revision),
			script,
			opens,
			keeping: back.unseen === undefined ? keeping : {...keeping, members: [...keeping.members, back.unseen]},
			notes: [
				...ofNow,
				...(await rollbackNotes(workload, chosen, back)),
				...(kind === 'Deployment' ? await canaryBeside(cluster, namespace, name) : []),
			],
			verify: [
				...(rolls ? [`Every pod of ${name} is of the old template and ready within ${asked.readyWithin}`] : []),
				`All that is shown is as it was at revision ${chosen.revision}`,
			],
			...takingBack(workload, {current, secrets, isKept: keeping.writes.length > 0}),
		});
	});
}

type Way = {readonly current: number; readonly secrets: readonly Ref[]; readonly isKept: boolean};

/** Secret values are brought back by the snapshot of now alone, and of a version that never became whole there is none. */
function takingBack(workload: KubeObject, {current, secrets, isKept}: Way) {
	const {name} = workload.metadata;
	if (secrets.length === 0)
		return {undo: {possible: true, how: `mkcoa undo sets all of it back; so does mkcoa deploy rollback ${name} --to ${current}`}} as const;
	const takeBack = `mkcoa deploy rollback ${commandWords(workloadName(workload))} --to ${current}`;
	if (isKept)
		return {
			undo: {possible: false, contrary: true, how: `${takeBack}; its secret values stay in the cluster`},
			confines: {refs: secrets, takeBack},
		} as const;
	const alone = `${takeBack}, the pod template alone: no snapshot of revision ${current} is kept`;
	return {undo: {possible: false, how: alone}, confines: {refs: secrets, takeBack: alone}} as const;
}

function summaryOf(workload: KubeObject, current: number, revision: number): string {
	const {kind, metadata} = workload;
	const name = `${kind === 'Deployment' ? '' : `${kind} `}${metadata.namespace}/${metadata.name}`;
	return current === revision
		? `Bring back what ${name} had at revision ${revision}`
		: `Roll ${name} back from revision ${current} to ${revision}`;
}

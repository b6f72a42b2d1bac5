import type {JsonObject} from '../../../../core/json.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Draft} from '../../../../core/plan.ts';
import type {Context} from '../../../../core/tool.ts';
import {autoscalerOf} from '../../autoscaler.ts';
import {keepNow} from '../../bundle/keep-now.ts';
import {durationMs} from '../../duration.ts';
import type {DeployPorts} from '../../ports.ts';
import {atStart, draftRollout} from '../../staged/draft-rollout.ts';
import {workloadName} from '../../staged/lease/held-by.ts';
import {nothingToRoll} from '../../staged/nothing-to-roll.ts';
import {outlineOf} from '../../staged/outline.ts';
import {refuseRolling} from '../../staged/record/refuse-rolling.ts';
import {refusePaused} from '../../workload.ts';
import {chooseJudge} from '../canary/judging/choose-judge.ts';
import {canaryBeside} from '../canary/script/canary-beside.ts';
import {compileRolling} from './compile-rolling.ts';
import {findPlain} from './find-plain.ts';
import {newVersion, runsAlready} from './new-version.ts';
import {politenessOf} from './polite-strategy.ts';
import {refuseJudging} from './refuse-judging.ts';
import type {RollingInput} from './rolling-input.ts';

/** What a person asks of a rolling update. */
type Asked = {
	readonly name: string;
	readonly namespace?: string | undefined;
	readonly image?: string | undefined;
	readonly manifest?: string | undefined;
	readonly interval?: string | undefined;
	readonly metrics: readonly string[];
	readonly batch?: number | undefined;
	readonly readyWithin: string;
};

/** The plan of a rolling update of a Deployment, a StatefulSet or a DaemonSet. */
export async function planRolling(asked: Asked, context: Context<DeployPorts>): Promise<Draft<RollingInput & JsonObject>> {
	const {ports} = context;
	const {cluster} = ports;
	const namespace = asked.namespace ?? cluster.namespace;
	const workload = await findPlain(cluster, namespace, asked.name, 'roll out');
	const {kind, metadata} = workload;
	const {name} = metadata;
	const version = newVersion(workload, asked);
	const known = {kind, name, namespace, version: version.imageInput ?? version.words, interval: asked.interval ?? ''};
	if (await runsAlready(workload, version))
		return nothingToRoll(
			workload,
			{...known, chosen: [], byPods: [], outline: {acts: [], wayBack: []}},
			`${refText(refOf(workload))} runs ${version.image} already`,
		);
	refusePaused(workload);
	const isJudged = asked.interval !== undefined || asked.metrics.length > 0;
	const interval = isJudged ? (asked.interval ?? '60s') : '';
	if (isJudged) refuseJudging(workload);
	const opens = await refuseRolling(cluster, workloadName(workload), context);
	const keeping = await keepNow(cluster, workload);
	const judged = isJudged ? await chooseJudge(ports, workload, {metrics: asked.metrics, service: undefined}) : undefined;
	const polite = kind === 'Deployment' ? politenessOf(workload, keeping.bundle.budgets) : undefined;
	const script = compileRolling({
		workload,
		version,
		pace: {
			judged: judged !== undefined,
			batch: asked.batch,
			judgedBy: `${interval} by ${judged?.words}`,
			withinMs: durationMs(asked.readyWithin),
			polite,
		},
	});
	return draftRollout(cluster, {
		input: {...known, interval, chosen: judged?.chosen ?? [], byPods: judged?.byPods ?? [], outline: outlineOf(script)},
		strategy: 'rolling',
		workload,
		summary: `Rolling update of ${kind === 'Deployment' ? '' : `${kind} `}${namespace}/${name}: ${version.words}`,
		script,
		start: atStart,
		opens,
		scaled: (await autoscalerOf(cluster, workload)).scaler !== undefined,
		keeping,
		notes: [...notesOf(workload, polite?.allowed), ...(kind === 'Deployment' ? await canaryBeside(cluster, namespace, name) : [])],
		verify: [
			...(judged === undefined ? [] : [`New pods are judged for ${interval} by ${judged.words}`, ...judged.told]),
			`Every pod of ${name} is of the new version and ready, each batch within ${asked.readyWithin}; a rollout that gets stuck is taken back`,
		],
		undo: {possible: true, how: `mkcoa undo sets ${name} back to what it was, by another rollout; so does mkcoa deploy rollback`},
	});
}

function notesOf({metadata: {name}}: KubeObject, allowed: number | undefined): readonly Consequence[] {
	if (allowed === undefined) return [];
	const text = `The strategy of ${name} would take more pods away at once than its PodDisruptionBudget lets go: it is kept to ${allowed} for as long as this lasts`;
	return [{id: 'budget-kept', severity: 'info', text}];
}

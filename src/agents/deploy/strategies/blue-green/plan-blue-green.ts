import type {JsonObject} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Draft} from '../../../../core/plan.ts';
import type {Context} from '../../../../core/tool.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {autoscalerOf} from '../../autoscaler.ts';
import {keepNow} from '../../bundle/keep-now.ts';
import {durationMs} from '../../duration.ts';
import type {DeployPorts} from '../../ports.ts';
import {atStart, draftRollout} from '../../staged/draft-rollout.ts';
import {workloadName} from '../../staged/lease/held-by.ts';
import {nothingToRoll} from '../../staged/nothing-to-roll.ts';
import {outlineOf} from '../../staged/outline.ts';
import {refuseRolling} from '../../staged/record/refuse-rolling.ts';
import {copyNotes} from '../../traffic/copy/copy-notes.ts';
import {separateCopy} from '../../traffic/copy/separate-copy.ts';
import {findRoutes} from '../../traffic/routes/find-routes.ts';
import {type RouteObjects, servicesOf} from '../../traffic/routes/route-objects.ts';
import {trafficOf} from '../../traffic/traffic-of.ts';
import {refusePaused, refuseUnsettled} from '../../workload.ts';
import {chooseJudge} from '../canary/judging/choose-judge.ts';
import {refuseQuota} from '../canary/refuse-quota.ts';
import {findPlain} from '../rolling/find-plain.ts';
import {newVersion, runsAlready} from '../rolling/new-version.ts';
import type {BlueGreenInput} from './blue-green-input.ts';
import {compileBlueGreen} from './compile-blue-green.ts';
import {checkOf, refuseBlueGreen, refuseWithoutService} from './refuse-blue-green.ts';
import {previewSuffix, type Switch, switchByRoute, switchBySelector} from './switch.ts';

/** What a person asks of a blue-green rollout. */
type Asked = {
	readonly name: string;
	readonly namespace?: string | undefined;
	readonly image?: string | undefined;
	readonly manifest?: string | undefined;
	readonly check?: string | undefined;
	readonly interval?: string | undefined;
	readonly metrics: readonly string[];
	readonly pauseAt?: 'preview' | undefined;
	readonly keep: string;
	readonly readyWithin: string;
};

/** The plan of a blue-green rollout of a Deployment. */
export async function planBlueGreen(asked: Asked, context: Context<DeployPorts>): Promise<Draft<BlueGreenInput & JsonObject>> {
	const {ports} = context;
	const {cluster} = ports;
	const namespace = asked.namespace ?? cluster.namespace;
	const workload = await findPlain(cluster, namespace, asked.name, 'roll out');
	const {kind, metadata} = workload;
	const {name} = metadata;
	refuseBlueGreen(workload);
	const version = newVersion(workload, asked);
	const known = {kind, name, namespace, version: version.imageInput ?? version.words, interval: asked.interval ?? ''};
	if (await runsAlready(workload, version))
		return nothingToRoll(
			workload,
			{...known, canary: '', chosen: [], byPods: [], outline: {acts: [], wayBack: []}},
			`${refText(refOf(workload))} runs ${version.image} already`,
		);
	refusePaused(workload);
	const opens = await refuseRolling(cluster, workloadName(workload), context);
	refuseUnsettled(workload);
	const [objects, keeping] = await Promise.all([findRoutes(cluster, workload), keepNow(cluster, workload)]);
	const {copy, traffic, notes} = previewOf(workload, objects, version.template);
	await refuseQuota(cluster, workload, version.template, {
		extra: Number(valueAt(workload, 'spec', 'replicas') ?? 1),
		what: 'preview',
	});
	const isJudged = asked.interval !== undefined || asked.metrics.length > 0;
	const interval = asked.interval ?? '60s';
	const judged = isJudged ? await chooseJudge(ports, workload, {metrics: asked.metrics, service: undefined}) : undefined;
	const script = compileBlueGreen({
		workload,
		version,
		copy,
		traffic,
		scalers: keeping.bundle.scalers,
		budgets: keeping.bundle.budgets,
		wishes: {
			check: asked.check === undefined ? undefined : checkOf(asked.check, traffic.port),
			judgedBy: judged === undefined ? undefined : `${interval} by ${judged.words}`,
			pauseAtPreview: asked.pauseAt === 'preview',
			keepMs: durationMs(asked.keep),
			keepText: asked.keep,
			withinMs: durationMs(asked.readyWithin),
		},
	});
	return draftRollout(cluster, {
		input: {
			...known,
			interval,
			canary: copy.manifest.metadata.name,
			chosen: judged?.chosen ?? [],
			byPods: judged?.byPods ?? [],
			outline: outlineOf(script),
		},
		strategy: 'blue-green',
		workload,
		summary: `Blue-green rollout of ${namespace}/${name} by ${traffic.words}: ${version.words}`,
		script,
		start: atStart,
		opens,
		scaled: (await autoscalerOf(cluster, workload)).scaler !== undefined,
		keeping,
		notes,
		verify: [
			...(judged?.told ?? []),
			`${copy.manifest.metadata.name} is ready at full size before it gets any traffic${asked.check === undefined ? '' : `, and ${asked.check} answers`}`,
			`For ${asked.keep} after the switch, mkcoa deploy abort ${name} -n ${namespace} sends all traffic back at once`,
		],
		undo: {possible: true, how: `mkcoa undo sets ${name} back to what it was, by another rollout; so does mkcoa deploy rollback`},
	});
}

/** The preview and how it is switched to: by the route in front where there is one, else by the Services. */
function previewOf(workload: KubeObject, objects: RouteObjects, template: JsonObject) {
	const services = objects.objects.filter(({kind}) => kind === 'Service');
	const replicas = Number(valueAt(workload, 'spec', 'replicas') ?? 1);
	const copy = separateCopy(workload, services, {suffix: previewSuffix, template, replicas});
	const routed = trafficOf(objects, workload, {suffix: previewSuffix});
	const byRoute = switchByRoute(routed);
	const own = servicesOf(workload, objects);
	if (byRoute === undefined) refuseWithoutService(workload, own);
	const traffic: Switch = byRoute ?? switchBySelector(workload, own, copy);
	const [port] = objectsAt(own[0], 'spec', 'ports');
	// The preview has a disruption budget of its own.
	const told = byRoute === undefined ? copyNotes(objects, workload, copy, previewSuffix) : routed.notes;
	return {
		copy,
		traffic: {...traffic, port: wordAt(port, 'name') || String(port?.port ?? 80)},
		notes: [...told.filter(({ref}) => ref?.kind !== 'PodDisruptionBudget'), ...volumeNotes(workload)],
	};
}

function volumeNotes(workload: KubeObject): readonly Consequence[] {
	const claims = objectsAt(workload, 'spec', 'template', 'spec', 'volumes').flatMap(
		volume => wordAt(volume, 'persistentVolumeClaim', 'claimName') || [],
	);
	if (claims.length === 0) return [];
	return [
		{id: 'shared-volume', severity: 'warning', text: `Both versions write to the same volume: PersistentVolumeClaim ${claims.join(', ')}`},
	];
}

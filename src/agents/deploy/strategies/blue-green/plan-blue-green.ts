import type {JsonObject} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Draft} from '../../../../core/plan.ts';
import type {Context} from '../../../../core/tool.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {keepNow} from '../../bundle/keep-now.ts';
import {durationMs} from '../../duration.ts';
import type {DeployPorts} from '../../ports.ts';
import {refuseUnsettled} from '../../rollout/half-rolled.ts';
import {copyNotes} from '../../traffic/copy/copy-notes.ts';
import {separateCopy} from '../../traffic/copy/separate-copy.ts';
import {type MissedService, missedNotes, missedServices} from '../../traffic/missed-services.ts';
import {findRoutes} from '../../traffic/routes/find-routes.ts';
import {type RouteObjects, servicesOf} from '../../traffic/routes/route-objects.ts';
import {trafficOf} from '../../traffic/traffic-of.ts';
import {type AskedVersion, askedJudge, askedVersion, runsIt} from '../asked-version.ts';
import {refuseQuota} from '../canary/refuse-quota.ts';
import {draftStrategy, mayBegin} from '../draft-strategy.ts';
import {steadyMsOf, steadyWords} from '../steady.ts';
import type {BlueGreenInput} from './blue-green-input.ts';
import {compileBlueGreen} from './compile-blue-green.ts';
import {checkOf, refuseBlueGreen, refuseWithoutService} from './refuse-blue-green.ts';
import {previewSuffix, type Switch, switchByRoute, switchBySelector} from './switch.ts';

/** What a person asks of a blue-green rollout. */
type Asked = AskedVersion & {
	readonly check?: string | undefined;
	readonly pauseAt?: 'preview' | undefined;
	readonly keep: string;
	readonly autoscalerAfter: string;
};

/** The plan of a blue-green rollout of a Deployment. */
export async function planBlueGreen(asked: Asked, context: Context<DeployPorts>): Promise<Draft<BlueGreenInput & JsonObject>> {
	const {cluster} = context.ports;
	const asking = await askedVersion(asked, context);
	const {workload, version, known} = asking;
	refuseBlueGreen(workload);
	if (asking.runs) return runsIt(asking, {canary: ''});
	const {name, namespace} = known;
	return mayBegin(workload, context, async opens => {
		refuseUnsettled(workload);
		const [objects, keeping] = await Promise.all([findRoutes(cluster, workload), keepNow(cluster, workload)]);
		const missed = await missedServices(cluster, workload, objects.objects);
		const {copy, traffic, notes} = previewOf(workload, objects, version.template, missed);
		const preview = copy.manifest.metadata.name;
		await refuseQuota(cluster, workload, version.template, {
			extra: Number(valueAt(workload, 'spec', 'replicas') ?? 1),
			what: 'preview',
		});
		const judged = await askedJudge(asked, workload, context.ports);
		const steady = steadyWords(steadyMsOf(workload, version.template));
		const script = compileBlueGreen({
			workload,
			version,
			copy,
			traffic,
			scalers: keeping.bundle.scalers,
			budgets: keeping.bundle.budgets,
			wishes: {
				check: asked.check === undefined ? undefined : checkOf(asked.check, traffic.port),
				judgedBy: judged === undefined ? undefined : `${judged.every} by ${judged.words}`,
				pauseAtPreview: asked.pauseAt === 'preview',
				keepMs: durationMs(asked.keep),
				keepText: asked.keep,
				autoscalerAfter: asked.autoscalerAfter,
				withinMs: durationMs(asked.readyWithin),
			},
		});
		return draftStrategy(context, {
			known: {
				...known,
				interval: judged?.every ?? '60s',
				canary: preview,
				chosen: judged?.chosen ?? [],
				byPods: judged?.byPods ?? [],
			},
			strategy: 'blue-green',
			workload,
			summary: `Blue-green rollout of ${namespace}/${name} by ${traffic.words}: ${version.words}`,
			script,
			opens,
			keeping,
			notes: [...missedNotes(missed, workload, 'warning'), ...notes],
			verify: [
				...(judged?.told ?? []),
				`${preview} is ready at full size${steady === '' ? '' : `${steady},`} before it gets any traffic${asked.check === undefined ? '' : `, and ${asked.check} answers`}`,
				`For ${asked.keep} after the switch, mkcoa deploy abort ${name} -n ${namespace} sends all traffic back at once`,
			],
			undo: `mkcoa undo sets ${name} back to what it was, by another rollout; so does mkcoa deploy rollback`,
		});
	});
}

/** The preview and how it is switched to: by the route in front where there is one, else by the Services. */
function previewOf(workload: KubeObject, objects: RouteObjects, template: JsonObject, missed: readonly MissedService[]) {
	const services = objects.objects.filter(({kind}) => kind === 'Service');
	const replicas = Number(valueAt(workload, 'spec', 'replicas') ?? 1);
	const copy = separateCopy(workload, services, {suffix: previewSuffix, template, replicas});
	const routed = trafficOf(objects, workload, {suffix: previewSuffix});
	const byRoute = switchByRoute(routed);
	const own = servicesOf(workload, objects);
	if (byRoute === undefined) refuseWithoutService(workload, own, missed);
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

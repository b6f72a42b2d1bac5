import {gitOpsMarks} from '../../../core/kube/gitops-marks.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {count} from '../../../core/text/count.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import {workloadStatus} from '../../../mcp/kubernetes/model/workload-status.ts';
import type {Cluster, ResourceType} from '../../../mcp/kubernetes/port.ts';
import type {DeployPorts} from '../ports.ts';
import {programOf} from './known-programs.ts';
import {type Look, type Part, type Remark, readFor} from './look.ts';

const workloads = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'];

/** Kinds that a controller brings, and what it does with them. Whether it runs is told beside, where it was found. */
const broughtKinds: readonly (readonly [plural: string, group: string, topic: string, name: string])[] = [
	['rollouts', 'argoproj.io', 'rollouts', 'Argo Rollouts'],
	['canaries', 'flagger.app', 'rollouts', 'Flagger'],
	['rollouts', 'rollouts.kruise.io', 'rollouts', 'Kruise'],
	['virtualservices', 'networking.istio.io', 'mesh', 'Istio'],
	['httproutes', 'gateway.networking.k8s.io', 'gateway', 'Gateway API'],
	['scaledobjects', 'keda.sh', 'scaling', 'KEDA'],
	['verticalpodautoscalers', 'autoscaling.k8s.io', 'scaling', 'Vertical Pod Autoscaler'],
	['servicemonitors', 'monitoring.coreos.com', 'metrics', 'Prometheus operator'],
];

const isServed = (types: readonly ResourceType[], plural: string, group: string) =>
	types.some(type => type.plural === plural && type.apiVersion.startsWith(`${group}/`));

const versionOf = (image: string) => /:([^:@/]+)(@|$)/.exec(image)?.[1] ?? '';

function partOf(workload: KubeObject): readonly (Part & {readonly healthy: boolean; readonly object: string})[] {
	for (const container of objectsAt(podSpecOf(workload), 'containers')) {
		const image = wordAt(container, 'image');
		const program = programOf(image);
		if (program === undefined) continue;
		const status = workloadStatus(workload);
		const object = refText(refOf(workload));
		return [
			{
				...program,
				detail: plainLine([versionOf(image), object, status?.text].filter(Boolean).join(', '), 160),
				healthy: status?.healthy ?? true,
				object,
			},
		];
	}
	return [];
}

/** A controller whose kinds are served and which nobody found running does nothing, or runs where one may not look. */
function kindsWithout(types: readonly ResourceType[], found: readonly Part[]): readonly Part[] {
	return broughtKinds
		.filter(([plural, group, , name]) => isServed(types, plural, group) && !found.some(part => part.name === name))
		.map(([, group, topic, name]) => ({
			topic,
			name,
			detail: name === 'Gateway API' ? `kinds of ${group} are served` : `its kinds are served; its controller was not found running`,
		}));
}

/** Programs in place, by the images that run. */
export async function lookAtPrograms({cluster, metrics}: DeployPorts): Promise<Look> {
	const [{objects, unseen}, types, source] = await Promise.all([
		readFor(cluster, 'controllers in place', workloads),
		cluster.types(),
		metrics(),
	]);
	const found = objects.flatMap(partOf);
	const parts = found.map(({topic, name, detail}) => ({topic, name, detail}));
	const isMeasured = isServed(types, 'pods', 'metrics.k8s.io');
	const remarks: readonly Remark[] = [
		...found
			.filter(({healthy}) => !healthy)
			.map(
				({name, object, detail}): Remark => ({
					id: 'controller-unhealthy',
					severity: 'medium',
					object,
					cause: `${name} is not as it should be: ${detail}`,
					fix: 'See mkcoa deploy status',
				}),
			),
		...(isMeasured ? [] : [noMeasurements]),
	];
	const prometheus =
		source.metrics === undefined
			? {topic: 'metrics', name: 'Prometheus', detail: `none to ask: ${plainLine(source.why, 160)}`}
			: {topic: 'metrics', name: 'Prometheus', detail: `answers: ${plainLine(source.metrics.source, 160)}`};
	return {parts: [...parts, ...kindsWithout(types, found), prometheus], remarks, unseen};
}

const noMeasurements: Remark = {
	id: 'no-metrics-api',
	severity: 'medium',
	object: 'metrics.k8s.io',
	cause: 'nobody serves it, so autoscalers by CPU or memory do nothing and use cannot be shown',
	fix: 'Install metrics-server',
};

/** Who deploys what is in a namespace, by the marks that they leave. */
export async function lookAtOwners(cluster: Cluster, namespace: string): Promise<Look> {
	const {objects, unseen} = await readFor(cluster, 'GitOps owners', workloads, namespace);
	const owned = objects.flatMap(object => {
		const {argo, kustomization, fluxRelease, helm} = gitOpsMarks(object);
		const [kind, mark] =
			argo !== undefined
				? ['Argo CD application', argo]
				: kustomization !== undefined
					? ['Flux Kustomization', kustomization]
					: fluxRelease !== undefined
						? ['Flux HelmRelease', fluxRelease]
						: ['Helm release', helm];
		return mark === undefined ? [] : [plainLine(`${kind} ${mark.name ?? ''}`.trim(), 120)];
	});
	const groups = [...Map.groupBy(owned, owner => owner)].map(([name, group]) => ({
		topic: 'owner',
		name,
		detail: `manages ${count(group.length, 'workload')} of ${objects.length} in ${namespace}`,
	}));
	return {parts: groups, unseen};
}

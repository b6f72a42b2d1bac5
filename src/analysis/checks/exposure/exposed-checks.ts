import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault, type Settings} from '../check.ts';
import type {Looks} from '../on-objects.ts';
import {workloadKinds} from '../workload/on-containers.ts';
import type {Workload, World} from '../world.ts';
import {gatewayKinds, isOuter, type Way, waysByIngress, waysByIstio, waysByRoute, waysByService, workloadsBehind} from './ways-in.ts';

const family = 'exposure';
const ingress = 'networking.k8s.io/Ingress';

/** A check of each workload by what leads to it; the first way is enough. */
const onWays = (reads: readonly string[], waysOf: (world: World) => readonly Way[]): Looks => ({
	reads: [...workloadKinds, ...reads],
	settings: {},
	look: world => {
		const ways = Map.groupBy(waysOf(world), ({workload}) => workload);
		return world.workloads.map(workload => {
			const [first] = ways.get(workload) ?? [];
			return {resource: workload.ref, faults: first === undefined ? [] : [faultOf(first)]};
		});
	},
});

const faultOf = ({by}: Way): Fault => ({
	paths: [],
	mends: [],
	evidence: `it is reached through ${by.map(({object}) => refText(refOf(object))).join(', ')}`,
	related: by.map(({object, paths}) => ({resource: refOf(object), paths})),
});

/** A check of each workload with the Services that choose its pods. */
const onServed = <Given extends Settings>(
	settings: Given,
	find: (workload: Workload, services: readonly KubeObject[], given: Given) => readonly Fault[],
): Looks<Given> => ({
	reads: [...workloadKinds, 'Service'],
	settings,
	look: (world, given) => {
		const pairs = world.ofKind('Service').flatMap(service => workloadsBehind(service, world).map(workload => ({workload, service})));
		const served = Map.groupBy(pairs, ({workload}) => workload);
		return world.workloads.map(workload => {
			const services = (served.get(workload) ?? []).map(({service}) => service);
			return {resource: workload.ref, faults: services.length === 0 ? [] : find(workload, services, given)};
		});
	},
});

const labelsPath = ({specPath}: Workload) => specPath.replace(/spec$/, 'metadata.labels');

/** Whether a name has a word, or words, of a list: `jenkins` in `team-jenkins-0`. */
const named = (name: string, words: readonly string[]) => words.find(word => `-${name}-`.replace(/[._]/g, '-').includes(`-${word}-`));

/** Workloads that are reached from outside of the cluster, and what should not be. */
export const exposedChecks: readonly AnyCheck[] = [
	check({
		...{id: 'workload-exposed-by-service', family, title: 'Workloads behind Services for the outside are meant for it', severity: 'low'},
		why: 'A load balancer or a port of every node brings whoever reaches it straight to the pods.',
		...onWays(['Service'], waysByService),
	}),
	check({
		...{id: 'workload-exposed-by-ingress', family, title: 'Workloads behind an Ingress are meant for the outside', severity: 'low'},
		why: 'What an Ingress leads to takes requests of whoever reaches the controller.',
		...onWays(['Service', ingress], waysByIngress),
	}),
	check({
		...{id: 'workload-exposed-by-gateway', family, title: 'Workloads behind a Gateway are meant for the outside', severity: 'low'},
		why: 'What a route leads to takes requests of whoever reaches the Gateway.',
		...onWays(gatewayKinds, waysByRoute),
	}),
	check({
		...{id: 'workload-exposed-by-istio', family, title: 'Workloads behind a gateway of Istio are meant for the outside', severity: 'low'},
		why: 'What a VirtualService leads to takes requests of whoever reaches the gateway.',
		...onWays(['Service', 'networking.istio.io/Gateway', 'networking.istio.io/VirtualService'], waysByIstio),
	}),
	check({
		...{
			id: 'sensitive-interface-exposed',
			family,
			title: 'Interfaces that rule the cluster are not reached from outside',
			severity: 'high',
		},
		why: 'These programs run what they are told to: whoever reaches their interface needs no other gap.',
		...onServed(
			{
				names: [
					...['nifi', 'argo-server', 'weave-scope-app', 'kubeflow', 'kubernetes-dashboard', 'jenkins', 'prometheus-deployment'],
					...[
						'ollama',
						'vllm',
						'kserve',
						'triton-inference-server',
						'ray-dashboard',
						'ray-head',
						'mlflow',
						'jupyterhub',
						'seldon',
						'bentoml',
					],
				] as readonly string[],
			},
			(workload, services, {names}) => {
				const name = named(workload.ref.name, names);
				return name === undefined
					? []
					: services.filter(isOuter).map(service => ({
							...{paths: [labelsPath(workload)], mends: [], evidence: `${name} is reached through ${refText(refOf(service))}`},
							related: [{resource: refOf(service), paths: ['spec.selector', 'spec.type']}],
						}));
			},
		),
	}),
	check({
		...{id: 'dashboard-exposed', family, title: 'The Kubernetes dashboard is not reached from outside', severity: 'high'},
		why: 'The dashboard acts with the rights of its account, and old ones ask nobody to sign in.',
		...onServed({}, (workload, services) => {
			const isDashboard = workload.containers.some(({container}) =>
				/(?:^|\/)(?:kubernetesui\/dashboard|kubernetes-dashboard)(?:-[a-z0-9]+)?[:@]/.test(`${textAt(container, 'image')}:`),
			);
			return isDashboard
				? services.filter(isOuter).map(service => ({
						...{paths: [], mends: [], evidence: `the dashboard is reached through ${refText(refOf(service))}`},
						related: [{resource: refOf(service), paths: ['spec.type']}],
					}))
				: [];
		}),
	}),
];

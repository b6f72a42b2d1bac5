import {randomBytes} from 'node:crypto';
import type {ValueSource} from '../agents/deploy/objects/settings/value-source.ts';
import type {Observe} from '../agents/deploy/optimize/observation-ports.ts';
import type {DeliveryPorts} from '../agents/deploy/ownership/gitops/gitops-deliver.ts';
import type {DeployPorts} from '../agents/deploy/ports.ts';
import {observeRehearsal} from '../agents/deploy/rehearsal/observation.ts';
import type {Rehearse} from '../agents/deploy/rehearsal/rehearse.ts';
import {systemClock} from '../core/clock.ts';
import type {Emit} from '../core/event.ts';
import type {Journal} from '../core/journal.ts';
import type {Json} from '../core/json.ts';
import {numberAt} from '../core/kube/json-at.ts';
import type {KubeObject} from '../core/kube/kube-object.ts';
import type {Road} from '../core/road/road.ts';
import {runTool} from '../core/road/run-tool.ts';
import {createRedactor} from '../core/secrets/redact.ts';
import type {ClusterClient} from '../mcp/kubernetes/port.ts';
import type {Sandbox} from '../sandbox/start.ts';
import {historyOfCopy} from './history-of-copy.ts';

/** A minute of the rehearsal takes a second. */
const speed = 60;

/** The copy has this long to come to rest before the change begins. */
const settleMs = 10 * 60_000;

/** What a rehearsal is judged by has to come from somewhere: each Service gets a few requests a second. */
const requestsPerSecond = '20';

type Wiring = {
	readonly emit: Emit;
	readonly signal: AbortSignal;
	readonly values: ValueSource;
	readonly observe: Observe;
	/** The tools that a remedy calls. */
	readonly changeTool: DeliveryPorts['changeTool'];
};

/** Rehearses on an embedded cluster of its own, that answers to nobody else and ends with the rehearsal. */
export const rehearseInSandbox =
	({emit, signal, values, observe, changeTool}: Wiring): Rehearse =>
	async (tool, input, {namespace, objects}) => {
		const [{startSandbox}, {connect}, {parseKubeconfig}, {mergeKubeconfigs}, {findPrometheus}, {bareFoundation}] = await Promise.all([
			import('../sandbox/start.ts'),
			import('../mcp/kubernetes/client/connect.ts'),
			import('../mcp/kubernetes/kubeconfig/parse-kubeconfig.ts'),
			import('../mcp/kubernetes/kubeconfig/load-kubeconfig.ts'),
			import('../mcp/monitoring/prometheus/find-prometheus.ts'),
			import('../sandbox/scenarios/foundation.ts'),
		]);
		const clock = systemClock({speed});
		const refused: string[] = [];
		const sandbox = await startSandbox({
			scenario: historyOfCopy({settleMs, foundation: bareFoundation(), objects: objects.map(withTraffic), refused}),
			clock,
			tokens: {[randomBytes(24).toString('base64url')]: {name: 'rehearsal', groups: ['system:masters']}},
			images: 'all run',
		});
		try {
			const kubeconfig = mergeKubeconfigs([{path: 'the rehearsal', parsed: parseKubeconfig(sandbox.kubeconfig, 'the rehearsal')}]);
			const client = await connect({kubeconfig, namespace, clock, environment: {}, interactive: false, learn() {}, warn() {}, signal});
			try {
				const observation = observeRehearsal(namespace, everyObject(sandbox, namespace));
				const unready = unreadyIn(sandbox, namespace);
				const stop = sandbox.machine.watch(observation.see);
				const startedMs = clock.now();
				const ports = {cluster: client.cluster, metrics: () => findPrometheus(client.cluster.raw), values, observe, changeTool};
				const outcome = await runTool(tool, input, roadOf(ports, client, {clock, signal, emit}));
				stop();
				return {outcome, findings: observation.findings(), tookMs: clock.now() - startedMs, unready, refused};
			} finally {
				await client.close();
			}
		} finally {
			await sandbox.stop();
		}
	};

const withTraffic = (object: KubeObject): KubeObject =>
	object.kind === 'Service'
		? {
				...object,
				metadata: {
					...object.metadata,
					annotations: {...object.metadata.annotations, 'sandbox.mkcoa.dev/requests-per-second': requestsPerSecond},
				},
			}
		: object;

const watchedKinds = [
	'Pod',
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'Job',
	'CronJob',
	'Service',
	'ConfigMap',
	'Secret',
	'ServiceAccount',
	'PersistentVolumeClaim',
	'PodDisruptionBudget',
	'Event',
];

const everyObject = ({machine}: Sandbox, namespace: string) => watchedKinds.flatMap(kind => machine.list(kind, namespace));

/** Workloads of the copy that do not serve whole: what is wrong today, or what the copy lacks. */
const unreadyIn = ({machine}: Sandbox, namespace: string) =>
	['Deployment', 'StatefulSet'].flatMap(kind =>
		machine
			.list(kind, namespace)
			.map(workload => ({
				workload,
				wanted: numberAt(workload, 'spec', 'replicas') ?? 1,
				ready: numberAt(workload, 'status', 'readyReplicas') ?? 0,
			}))
			.filter(({wanted, ready}) => ready < wanted)
			.map(({workload, wanted, ready}) => `${kind} ${workload.metadata.name} has ${ready} of ${wanted} pods ready in the copy`),
	);

/** A road that asks nobody and keeps nothing: what happens on it happens to a copy. */
function roadOf(
	ports: DeployPorts,
	client: ClusterClient,
	{clock, signal, emit}: Pick<Wiring, 'emit' | 'signal'> & {readonly clock: Road<unknown>['clock']},
): Road<DeployPorts> {
	const redactor = createRedactor();
	return {
		ports,
		clock,
		signal,
		effector: client.effector,
		target: client.cluster.target,
		judge: async () => ({answer: 'allow', why: 'a rehearsal', yes: true}),
		confirm: async () => ({kind: 'approve'}),
		journal: forgetful,
		waiting: {
			save: async () => '',
			find: async () => undefined,
			list: async () => [],
			close: async () => {},
			answer: async () => undefined,
		},
		audit: {append: async () => {}},
		redact: <Value extends Json | undefined>(value: Value) => redactor.json(value),
		known: redactor.known,
		emit: event => {
			if (event.kind === 'step') emit({kind: 'progress', text: `Rehearsal: ${event.title}`, done: event.index + 1, total: event.of});
			if (event.kind === 'verdict') emit({kind: 'progress', text: `Rehearsal: ${event.verdict}, ${event.text}`});
		},
		mode: 'run',
		yes: true,
		holder: 'rehearsal@here/0',
		holderDied: () => false,
		by: 'rehearsal',
	};
}

const forgetful: Journal = {
	open: async () => 'rehearsal',
	resume: async () => {},
	intend: async () => {},
	complete: async () => {},
	close: async () => {},
};

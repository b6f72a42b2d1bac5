import type {Intent} from '../../../../analysis/alert-rules/intents/intent.ts';
import {durationText} from '../../../../analysis/alert-rules/promql/duration-ms.ts';
import {textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {objectsAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import {podPattern} from '../../../series/pod-pattern.ts';
import {durationOf} from '../../duration-of.ts';
import type {Subject} from '../../metrics/subject.ts';
import type {DesignInput} from './design-input.ts';
import type {Naming} from './naming.ts';
import {partOf} from './part-of.ts';
import {refused} from './refused.ts';

type Pods = Extract<Subject, {kind: 'pods'}>;
type Asking = {readonly metrics: Metrics; readonly subject: Pods; readonly asked: DesignInput; readonly naming: Naming};

const ofPods = ({namespace, names}: Pods) => `namespace="${namespace}",pod=~"${podPattern(names)}"`;
const container = ['namespace', 'pod', 'container'];

const isTold = async (metrics: Metrics, selector: string) => (await metrics.query(`count(last_over_time(${selector}[10m]))`)).length > 0;

/** Memory beside its limit, or else how much of the time a container is throttled at its CPU limit. */
export async function saturationIntent({metrics, subject, asked, naming}: Asking): Promise<Intent> {
	const pods = ofPods(subject);
	const used = `container_memory_working_set_bytes{${pods},container!="",container!="POD"}`;
	const limit = `kube_pod_container_resource_limits{${pods},resource="memory"}`;
	const [throttled, periods] = ['throttled_periods', 'periods'].map(each => `container_cpu_cfs_${each}_total{${pods},container!=""}`);
	const by = `by (${container.join(', ')})`;
	const common = {...naming.common('Saturated'), kind: 'expression', compare: '>'} as const;
	if ((await isTold(metrics, used)) && (await isTold(metrics, limit)))
		return {
			...common,
			...{expr: `max ${by} (${used}) / (max ${by} (${limit}) > 0)`, threshold: partOf(asked.above ?? 90, 'memory')},
			summary: `A container of ${naming.of} has nearly all memory that it may have`,
		};
	if (await isTold(metrics, periods ?? ''))
		return {
			...common,
			expr: `sum ${by} (rate(${throttled}[5m])) / (sum ${by} (rate(${periods}[5m])) > 0)`,
			threshold: partOf(asked.above ?? 25, 'periods'),
			summary: `A container of ${naming.of} is throttled at its CPU limit`,
		};
	throw refused(
		'nothing-measured',
		`${metrics.source} tells no limit that ${naming.of} could come near`,
		'Give its containers limits (mkcoa deploy optimize), or let kube-state-metrics be scraped',
		'there is neither kube_pod_container_resource_limits of memory nor container_cpu_cfs_periods_total of its containers',
	);
}

/** More starts within a quarter of an hour than a rollout makes. */
export const restartsIntent = ({subject, asked, naming}: Asking): Intent => ({
	...{for: '0s', ...naming.common('Restarts'), kind: 'expression', compare: '>', threshold: asked.above ?? 2},
	expr: `sum by (${container.join(', ')}) (increase(kube_pod_container_status_restarts_total{${ofPods(subject)}}[15m]))`,
	summary: `A container of ${naming.of} is started again and again`,
});

/** No container of the pods is measured any more: they are gone, or their kubelets are not asked. */
export const absenceIntent = ({subject, naming}: Asking): Intent => ({
	...{...naming.common('Gone'), kind: 'absence'},
	selector: `container_cpu_usage_seconds_total{${ofPods(subject)},container!=""}`,
	summary: `No pod of ${naming.of} is measured any more`,
});

/** Volumes of the pods that would be full within the horizon. */
export async function exhaustionIntent({metrics, subject, asked, naming}: Asking): Promise<Intent> {
	const claims = [...new Set(subject.pods.flatMap(claimsOf))].sort();
	if (claims.length === 0)
		throw refused('no-volumes', `${naming.of} has no volume that could run full`, 'Ask for saturation, which looks at memory and CPU');
	const selector = `{namespace="${subject.namespace}",persistentvolumeclaim=~"${podPattern(claims)}"}`;
	const used = `kubelet_volume_stats_used_bytes${selector}`;
	const [lately] = await metrics.query(`max(count_over_time(${used}[10m]))`);
	return {
		...(lately === undefined ? {} : {scrapeMs: 600_000 / lately.value}),
		...{...naming.common('FillingUp'), kind: 'exhaustion', by: ['namespace', 'persistentvolumeclaim']},
		...{used, capacity: `kubelet_volume_stats_capacity_bytes${selector}`},
		...{window: '6h', horizon: durationText(durationOf(asked.horizon)), from: partOf(asked.above ?? 70, 'a volume')},
		summary: `A volume of ${naming.of} will be full within ${asked.horizon}`,
	};
}

const claimsOf = (pod: KubeObject) =>
	objectsAt(pod, 'spec', 'volumes').flatMap(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? []);

import {listAt, numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {whereSpoken} from '../words/spoken.ts';
import {lackFilters, type StateFilter} from './lack-filters.ts';

type Row = StateFilter & {
	readonly kinds: readonly string[];
	/** Words that mean it, as `spoken` takes them. */
	readonly words: string;
	/** Where a `not` before them means the opposite, what that is called; otherwise it is not looked for. */
	readonly opposite?: {readonly en: string; readonly ko: string} | undefined;
};

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

const condition = (object: KubeObject, type: string) =>
	listAt(object, 'status', 'conditions').some(each => textAt(each, 'type') === type && textAt(each, 'status') === 'True');

const wanted = (object: KubeObject) => numberAt(object, 'spec', 'replicas') ?? numberAt(object, 'status', 'desiredNumberScheduled') ?? 1;
const ready = (object: KubeObject) => numberAt(object, 'status', 'readyReplicas') ?? numberAt(object, 'status', 'numberReady') ?? 0;

function isReady(object: KubeObject): boolean {
	return workloads.includes(object.kind) ? ready(object) >= wanted(object) : condition(object, 'Ready');
}

const phase = (object: KubeObject) => textAt(object, 'status', 'phase') ?? '';
const serviceType = (object: KubeObject) => textAt(object, 'spec', 'type') ?? 'ClusterIP';
const statuses = (pod: KubeObject) => listAt(pod, 'status', 'containerStatuses');
const restarts = (pod: KubeObject) => statuses(pod).reduce<number>((sum, each) => sum + (numberAt(each, 'restartCount') ?? 0), 0);

const readiness = {en: 'not ready', ko: '준비 안 됨'};

const rows: readonly Row[] = [
	{
		kinds: ['Node'],
		words: 'cordon unschedulable 코든 cordoned closed_for_scheduling closed_to_new_pods closed_for_new_pods 스케줄링_불가 닫힌 막',
		en: 'cordoned',
		ko: 'cordon 된',
		opposite: {en: 'not cordoned', ko: 'cordon 되지 않은'},
		test: node => valueAt(node, 'spec', 'unschedulable') === true,
	},
	{
		kinds: ['Node'],
		words: 'schedulable 스케줄_가능 스케줄링_가능',
		en: 'schedulable',
		ko: '스케줄 가능한',
		opposite: {en: 'not schedulable', ko: '스케줄할 수 없는'},
		test: node => valueAt(node, 'spec', 'unschedulable') !== true,
	},
	{
		kinds: ['CronJob', 'Job'],
		words: 'suspend suspended 중지 중단 정지 일시_중지 일시중지 멈추 paused 서스펜드',
		en: 'suspended',
		ko: '일시 중지된',
		opposite: {en: 'active', ko: '동작 중인'},
		test: job => valueAt(job, 'spec', 'suspend') === true,
	},
	{
		kinds: ['Deployment'],
		words: 'pause paused 일시_정지 일시정지',
		en: 'paused',
		ko: '롤아웃이 멈춘',
		test: object => valueAt(object, 'spec', 'paused') === true,
	},
	{
		kinds: [...workloads, 'Pod', 'Node'],
		words: 'unhealthy unready sick failing broken degraded unavailable notready 비정상 아프 고장 문제 불량',
		...readiness,
		test: object => !isReady(object),
	},
	{
		kinds: [...workloads, 'Pod', 'Node'],
		words: 'ready healthy available replicas_up pods_up fully_up up_and_running 준비 정상 뜨',
		en: 'ready',
		ko: '준비된',
		opposite: readiness,
		test: isReady,
	},
	{
		kinds: workloads,
		words: 'scaled_to_zero zero_replicas no_replicas scaled_down_to_zero 0_replicas 0개',
		en: 'at 0 replicas',
		ko: '레플리카가 0개인',
		test: object => wanted(object) === 0,
	},
	{
		kinds: ['Pod', 'PersistentVolumeClaim'],
		words: 'pending stuck 펜딩 대기 pending인',
		en: 'Pending',
		ko: 'Pending 상태인',
		opposite: {en: 'not Pending', ko: 'Pending이 아닌'},
		test: object => phase(object) === 'Pending',
	},
	{
		kinds: ['Pod'],
		words: 'run running 실행 러닝',
		en: 'Running',
		ko: '실행 중인',
		opposite: {en: 'not Running', ko: '실행 중이 아닌'},
		test: pod => phase(pod) === 'Running',
	},
	{
		kinds: ['Pod', 'Job'],
		words: 'failed 실패',
		en: 'failed',
		ko: '실패한',
		test: object => phase(object) === 'Failed' || condition(object, 'Failed'),
	},
	{
		kinds: ['Job', 'Pod'],
		words: 'finish finished complete completed done succeeded 끝나 끝난 완료 완료된 성공',
		en: 'finished',
		ko: '끝난',
		opposite: {en: 'not finished', ko: '끝나지 않은'},
		test: object => phase(object) === 'Succeeded' || condition(object, 'Complete'),
	},
	{
		kinds: ['Pod'],
		words: 'crash crashing crashloop crashloopbackoff crash-looping restarting 재시작 죽 크래시',
		en: 'restarting',
		ko: '재시작이 있는',
		test: pod => restarts(pod) > 0,
	},
	{
		kinds: ['PersistentVolumeClaim'],
		words: 'bound 바운드 연결',
		en: 'Bound',
		ko: 'Bound 상태인',
		opposite: {en: 'not Bound', ko: 'Bound가 아닌'},
		test: claim => phase(claim) === 'Bound',
	},
	{
		kinds: ['Service'],
		words: 'exposed external externally outside public publicly 외부 노출',
		en: 'open to the outside',
		ko: '외부에 열린',
		test: each => ['LoadBalancer', 'NodePort'].includes(serviceType(each)),
	},
	{
		kinds: ['Service'],
		words: 'headless 헤드리스',
		en: 'headless',
		ko: 'headless인',
		test: each => textAt(each, 'spec', 'clusterIP') === 'None',
	},
	{
		kinds: ['Ingress'],
		words: 'tls https 티엘에스',
		en: 'with TLS',
		ko: 'TLS가 있는',
		opposite: {en: 'without TLS', ko: 'TLS가 없는'},
		test: each => listAt(each, 'spec', 'tls').length > 0,
	},
	{
		kinds: ['Node'],
		words: 'taint tainted 테인트',
		en: 'tainted',
		ko: 'taint가 있는',
		opposite: {en: 'without taints', ko: 'taint가 없는'},
		test: node => listAt(node, 'spec', 'taints').length > 0,
	},
];

/** Whether a word is said of what is not looked for: `not on worker-1`, `준비 안 된`. */
export const isDenied = ({words}: Pick<Clause, 'words'>, at: number) =>
	[words[at - 1], words[at - 2]].some(word =>
		/^(not|isn't|aren't|never|no|nobody|nothing|none|without|lack|lacks|lacking|miss|misses|missing|non|안|un)$/.test(word?.text ?? ''),
	) || [words[at + 1], words[at + 2]].some(word => /^(안|않.*|아니.*|못|없)$/.test(word?.text ?? ''));

/** `whether it is suspended`, `suspend 여부`, `headless ones included`: that is what is to be told, and chooses nothing. */
const isOpen = ({words}: Clause, at: number) =>
	/^(?:여부|인지|됐는지|되었는지|했는지|되는지)/.test(words[at + 1]?.text ?? '') ||
	words.slice(at + 1, at + 4).some(({text}) => /^(?:included|counted|포함.*)$/.test(text)) ||
	/^(?:including|counting)$/.test(words[at - 1]?.text ?? '') ||
	words.slice(Math.max(0, at - 5), at).some(({text}) => /^(?:whether|if)$/.test(text));

/** The states that a clause asks of objects of these kinds. */
export function stateFilters(clause: Clause, kinds: readonly string[]): readonly StateFilter[] {
	const found = rows
		.filter(row => row.kinds.some(kind => kinds.includes(kind)))
		.flatMap((row): readonly StateFilter[] => {
			const at = whereSpoken(clause, row.words);
			if (at === -1 || isOpen(clause, at)) return [];
			if (!isDenied(clause, at)) return [row];
			return row.opposite === undefined ? [] : [{...row.opposite, test: object => !row.test(object)}];
		});
	return [...found, ...lackFilters(clause, kinds)];
}

import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {type Column, column, textOf} from './column.ts';

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'] as const;

const inPod =
	(...path: readonly string[]) =>
	(object: KubeObject) =>
		textOf(valueAt(podSpecOf(object), ...path));

/** What each container says, with its name where there are several. */
const inContainers = (tell: (container: Json) => readonly string[]) => (object: KubeObject) => {
	const containers = containersOf(podSpecOf(object));
	return containers.flatMap(each => {
		const told = tell(each);
		return told.length === 0 ? [] : [`${containers.length > 1 ? `${textAt(each, 'name')} ` : ''}${told.join(' ')}`];
	});
};

const resource = (field: 'requests' | 'limits', name: 'cpu' | 'memory') => ({
	values: inContainers(each => textOf(valueAt(each, 'resources', field, name))),
	size: {
		of: (object: KubeObject) => {
			const set = listAt(podSpecOf(object), 'containers').flatMap(each => {
				const value = valueAt(each, 'resources', field, name);
				return typeof value === 'string' || typeof value === 'number' ? (quantityOf(value) ?? []) : [];
			});
			return set.length === 0 ? undefined : set.reduce((sum, one) => sum + one, 0);
		},
		unit: name === 'cpu' ? ('cores' as const) : ('bytes' as const),
	},
});

/** `GET /ready at http every 5s` */
function probeText(probe: Json | undefined): readonly string[] {
	if (probe === undefined || Object.keys(objectAt(probe)).length === 0) return [];
	const [get, tcp, exec, grpc] = ['httpGet', 'tcpSocket', 'exec', 'grpc'].map(how => valueAt(probe, how));
	const how =
		get !== undefined
			? `${textAt(get, 'scheme') === 'HTTPS' ? 'HTTPS ' : ''}GET ${textAt(get, 'path') ?? '/'} at ${String(valueAt(get, 'port'))}`
			: tcp !== undefined
				? `TCP ${String(valueAt(tcp, 'port'))}`
				: exec !== undefined
					? `exec ${textOf(valueAt(exec, 'command')).join(' ')}`
					: grpc !== undefined
						? `gRPC ${String(valueAt(grpc, 'port'))}`
						: '';
	const times = ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold'].flatMap(field => {
		const value = numberAt(probe, field);
		return value === undefined ? [] : [`${field} ${value}`];
	});
	return [[how, ...times].filter(Boolean).join(', ')];
}

const probe = (name: string) => inContainers(each => probeText(valueAt(each, name)));

/** Secret-looking values are left to the object itself. */
const isPrivate = (name: string) => /pass|secret|token|key|dsn|cred/i.test(name);

function variableText(variable: Json): string {
	const name = textAt(variable, 'name') ?? '';
	const value = textAt(variable, 'value');
	const from = ['configMapKeyRef', 'secretKeyRef'].flatMap(ref => {
		const found = objectAt(variable, 'valueFrom', ref);
		return typeof found.name === 'string'
			? [`${name} from ${ref === 'secretKeyRef' ? 'Secret' : 'ConfigMap'} ${found.name} key ${String(found.key)}`]
			: [];
	});
	return from[0] ?? (value === undefined || isPrivate(name) ? name : `${name}=${value}`);
}

function volumeText(volume: Json): string {
	const name = textAt(volume, 'name') ?? '';
	const [kind] = Object.keys(objectAt(volume)).filter(key => key !== 'name');
	const source = kind === undefined ? {} : objectAt(volume, kind);
	const named = source.name ?? source.secretName ?? source.claimName ?? source.path ?? source.server;
	return `${name} (${[kind, named].filter(Boolean).join(' ')})`;
}

const mounts = inContainers(each =>
	listAt(each, 'volumeMounts').map(
		mount => `${textAt(mount, 'mountPath')} (${textAt(mount, 'name')}${valueAt(mount, 'readOnly') === true ? ', read-only' : ''})`,
	),
);

const templateLabels = (object: KubeObject) => textOf(valueAt(object, ...(templatePath(object) ?? []), 'metadata', 'labels'));

export const podColumns: readonly Column[] = [
	column(
		kinds,
		'ports|포트',
		'port listen listening 포트',
		inContainers(each =>
			listAt(each, 'ports').map(
				port => `${numberAt(port, 'containerPort')}${textAt(port, 'name') === undefined ? '' : ` (${textAt(port, 'name')})`}`,
			),
		),
	),
	column(kinds, 'containers|컨테이너', 'container sidecar 컨테이너 사이드카', object =>
		containersOf(podSpecOf(object)).map(each => textAt(each, 'name') ?? ''),
	),
	column(kinds, 'CPU request|CPU 요청', 'cpu_request', resource('requests', 'cpu').values, {size: resource('requests', 'cpu').size}),
	column(kinds, 'memory request|메모리 요청', 'memory_request', resource('requests', 'memory').values, {
		size: resource('requests', 'memory').size,
	}),
	column(kinds, 'CPU limit|CPU 제한', 'cpu_limit', resource('limits', 'cpu').values, {size: resource('limits', 'cpu').size}),
	column(kinds, 'memory limit|메모리 제한', 'memory_limit', resource('limits', 'memory').values, {size: resource('limits', 'memory').size}),
	column(
		kinds,
		'service account|서비스 어카운트',
		'service_account serviceaccount 서비스어카운트 서비스_어카운트 서비스계정 서비스_계정',
		inPod('serviceAccountName'),
		{chooses: {}, refers: 'ServiceAccount'},
	),
	column(
		kinds,
		'priority class|우선순위 클래스',
		'priority priority_class priorityclass 우선순위 프라이어리티',
		inPod('priorityClassName'),
		{chooses: {}, refers: 'PriorityClass'},
	),
	column(kinds, 'node selector|노드 셀렉터', 'node_selector nodeselector 노드셀렉터 노드_셀렉터', inPod('nodeSelector')),
	column(kinds, 'tolerations|톨러레이션', 'toleration tolerate 톨러레이션', object =>
		listAt(podSpecOf(object), 'tolerations').map(each =>
			['key', 'operator', 'value', 'effect'].flatMap(field => textAt(each, field) ?? []).join(' '),
		),
	),
	column(kinds, 'affinity|어피니티', 'affinity antiaffinity anti-affinity 어피니티', object =>
		Object.keys(objectAt(podSpecOf(object), 'affinity')),
	),
	column(
		kinds,
		'image pull secrets|이미지 풀 시크릿',
		'pull_secret imagepullsecret pullsecret image_pull_secret registry_secret 풀_시크릿 pull_시크릿 풀시크릿',
		object => listAt(podSpecOf(object), 'imagePullSecrets').flatMap(each => textAt(each, 'name') ?? []),
		{chooses: {}, refers: 'Secret'},
	),
	column(
		kinds,
		'pull policy|풀 정책',
		'pull_policy imagepullpolicy 풀_정책',
		inContainers(each => textOf(valueAt(each, 'imagePullPolicy'))),
	),
	column(kinds, 'readiness probe|readiness 프로브', 'readiness readinessprobe ready_check 레디니스', probe('readinessProbe')),
	column(kinds, 'liveness probe|liveness 프로브', 'liveness livenessprobe 라이브니스', probe('livenessProbe')),
	column(kinds, 'startup probe|startup 프로브', 'startup startupprobe 스타트업', probe('startupProbe')),
	column(kinds, 'probes|프로브', 'probe health_check healthcheck 프로브 헬스체크 헬스_체크', object =>
		['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap(name => probe(name)(object).map(each => `${name}: ${each}`)),
	),
	column(
		kinds,
		'variables|환경변수',
		'env environment_variable variable 환경변수 환경_변수',
		inContainers(each => listAt(each, 'env').map(variableText)),
	),
	column(
		kinds,
		'environment from|환경 출처',
		'envfrom env_from',
		inContainers(each =>
			listAt(each, 'envFrom').flatMap(from =>
				[textAt(from, 'configMapRef', 'name'), textAt(from, 'secretRef', 'name')].flatMap(name => name ?? []),
			),
		),
	),
	column(kinds, 'volumes|볼륨', 'volume mount 볼륨 마운트', object => listAt(podSpecOf(object), 'volumes').map(volumeText)),
	column(kinds, 'mount paths|마운트 경로', 'mount mount_path mountpath mounted 마운트_경로 마운트', mounts),
	column(
		kinds,
		'command|명령',
		'command 명령 커맨드',
		inContainers(each => textOf(valueAt(each, 'command'))),
	),
	column(
		kinds,
		'arguments|인자',
		'args argument arguments 인자 아규먼트',
		inContainers(each => textOf(valueAt(each, 'args'))),
	),
	column(kinds, 'restart policy|재시작 정책', 'restart_policy restartpolicy 재시작_정책', inPod('restartPolicy')),
	column(kinds, 'grace period|종료 유예', 'grace grace_period 유예', inPod('terminationGracePeriodSeconds')),
	column(kinds, 'host network|호스트 네트워크', 'host_network hostnetwork 호스트_네트워크', inPod('hostNetwork')),
	column(kinds, 'security context|보안 컨텍스트', 'security_context securitycontext root user_id', inPod('securityContext')),
	column(
		kinds.filter(kind => kind !== 'Pod'),
		'pod labels|파드 라벨',
		'pod_label template_label 파드_라벨',
		templateLabels,
	),
];

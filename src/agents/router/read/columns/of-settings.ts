import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {at, type Column, column, counted, sizeAt, textOf} from './column.ts';

const ofNodes: readonly Column[] = [
	column(
		['Node'],
		'zone|존',
		'zone region 존 영역 가용영역 리전',
		object => textOf(object.metadata.labels?.['topology.kubernetes.io/zone']),
		{chooses: {}},
	),
	column(['Node'], 'taints|테인트', 'taint 테인트', object =>
		listAt(object, 'spec', 'taints').map(each => `${textAt(each, 'key')}=${textAt(each, 'value') ?? ''}:${textAt(each, 'effect')}`),
	),
	column(['Node'], 'CPU|CPU', 'cpu core capacity allocatable 코어 용량', at('status', 'allocatable', 'cpu'), {
		size: {of: sizeAt('status', 'allocatable', 'cpu'), unit: 'cores'},
	}),
	column(['Node'], 'memory|메모리', 'memory ram capacity allocatable 메모리 용량', at('status', 'allocatable', 'memory'), {
		size: {of: sizeAt('status', 'allocatable', 'memory'), unit: 'bytes'},
	}),
	column(['Node'], 'pods|파드 수', 'pod capacity 파드', at('status', 'allocatable', 'pods'), {
		size: {of: sizeAt('status', 'allocatable', 'pods'), unit: 'count'},
	}),
	column(['Node'], 'version|버전', 'version kubelet 버전', at('status', 'nodeInfo', 'kubeletVersion')),
	column(['Node'], 'system|운영체제', 'os kernel architecture arch 운영체제 커널', object =>
		['osImage', 'kernelVersion', 'architecture', 'operatingSystem'].flatMap(field => textOf(valueAt(object, 'status', 'nodeInfo', field))),
	),
	column(['Node'], 'addresses|주소', 'ip address 주소 아이피', object =>
		listAt(object, 'status', 'addresses').map(each => `${textAt(each, 'type')} ${textAt(each, 'address')}`),
	),
];

const ofSettings: readonly Column[] = [
	column(['ConfigMap', 'Secret'], 'keys|키', 'key field entry 키 항목', object =>
		Object.keys({...objectOf(object.data), ...objectOf(valueAt(object, 'binaryData'))}),
	),
	column(['Secret'], 'type|유형', 'type kind 타입 유형', object => [textOf(valueAt(object, 'type'))[0] ?? 'Opaque'], {
		chooses: {
			'kubernetes.io/tls': 'tls certificate 인증서',
			'kubernetes.io/dockerconfigjson': 'docker dockerconfigjson registry 도커 레지스트리',
			Opaque: 'opaque',
		},
	}),
	column(['Role', 'ClusterRole'], 'rules|규칙', 'rule right permission verb allow grant may 규칙 권한 동사 허용', object =>
		listAt(object, 'rules').map(
			rule =>
				`${textOf(valueAt(rule, 'verbs')).join(', ')} on ${[...textOf(valueAt(rule, 'resources')), ...textOf(valueAt(rule, 'nonResourceURLs'))].join(', ')}${listAt(rule, 'resourceNames').length === 0 ? '' : ` named ${textOf(valueAt(rule, 'resourceNames')).join(', ')}`}`,
		),
	),
	column(
		['RoleBinding', 'ClusterRoleBinding'],
		'role|롤',
		'role 롤 역할',
		object => [`${textAt(object, 'roleRef', 'kind')} ${textAt(object, 'roleRef', 'name')}`],
		{refers: 'Role'},
	),
	column(
		['RoleBinding', 'ClusterRoleBinding'],
		'subjects|대상',
		'subject who whom user group account bound 대상 누구 사용자 그룹 계정',
		object =>
			listAt(object, 'subjects').map(
				each =>
					`${textAt(each, 'kind')} ${textAt(each, 'namespace') === undefined ? '' : `${textAt(each, 'namespace')}/`}${textAt(each, 'name')}`,
			),
		{refers: 'ServiceAccount'},
	),
	counted(['PriorityClass'], 'value|값', 'value priority 값 우선순위', 'value'),
	column(['PriorityClass'], 'description|설명', 'description 설명', object => textOf(valueAt(object, 'description'))),
	column(['IngressClass'], 'controller|컨트롤러', 'controller 컨트롤러', at('spec', 'controller')),
	column(['Namespace'], 'phase|상태', 'phase status 상태', at('status', 'phase')),
];

const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

export const settingColumns: readonly Column[] = [...ofNodes, ...ofSettings];

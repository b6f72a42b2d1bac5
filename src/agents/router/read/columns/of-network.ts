import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {at, type Column, column, textOf} from './column.ts';

const servicePorts = (service: KubeObject) =>
	listAt(service, 'spec', 'ports').map(port => {
		const [number, target, node] = [numberAt(port, 'port'), valueAt(port, 'targetPort'), numberAt(port, 'nodePort')];
		const name = textAt(port, 'name');
		return `${number}→${String(target ?? number)}${node === undefined ? '' : `, node port ${node}`}${name === undefined ? '' : ` (${name})`}`;
	});

const paths = (ingress: KubeObject) =>
	listAt(ingress, 'spec', 'rules').flatMap(rule =>
		listAt(rule, 'http', 'paths').map(path => {
			const service = valueAt(path, 'backend', 'service');
			return `${textAt(path, 'path') ?? '/'} → ${textAt(service, 'name') ?? ''}:${textOf(valueAt(service, 'port', 'number') ?? valueAt(service, 'port', 'name')).join('')}`;
		}),
	);

export const networkColumns: readonly Column[] = [
	column(['Service'], 'type|유형', 'type 타입 유형', object => [textAt(object, 'spec', 'type') ?? 'ClusterIP'], {
		chooses: {
			LoadBalancer: 'loadbalancer load_balancer 로드밸런서',
			NodePort: 'nodeport node_port 노드포트',
			ClusterIP: 'clusterip cluster_ip',
			ExternalName: 'externalname external_name',
		},
	}),
	column(['Service'], 'ports|포트', 'port listen target_port targetport node_port nodeport 포트 타깃포트', servicePorts),
	column(['Service'], 'selector|셀렉터', 'selector select pick 셀렉터 고르', at('spec', 'selector')),
	column(['Service'], 'cluster IP|클러스터 IP', 'ip cluster_ip clusterip address', at('spec', 'clusterIP')),
	column(['Service'], 'session affinity|세션 어피니티', 'affinity session sticky 세션', at('spec', 'sessionAffinity')),
	column(
		['Service'],
		'traffic policy|트래픽 정책',
		'traffic_policy externaltrafficpolicy 트래픽_정책',
		at('spec', 'externalTrafficPolicy'),
	),
	column(
		['Ingress'],
		'hosts|호스트',
		'host hostname domain url address 호스트 도메인 주소',
		object => listAt(object, 'spec', 'rules').flatMap(rule => textAt(rule, 'host') ?? '*'),
		{chooses: {}},
	),
	column(['Ingress'], 'paths|경로', 'path route backend service target go lead send 경로 백엔드 서비스', paths, {refers: 'Service'}),
	column(['Ingress'], 'class|클래스', 'class ingress_class ingressclass controller 클래스', at('spec', 'ingressClassName'), {
		chooses: {},
		refers: 'IngressClass',
	}),
	column(
		['Ingress'],
		'TLS|TLS',
		'tls https certificate cert 인증서',
		object =>
			listAt(object, 'spec', 'tls').map(
				each => `${textOf(valueAt(each, 'hosts')).join(', ')} by ${textAt(each, 'secretName') ?? '(default)'}`,
			),
		{refers: 'Secret'},
	),
	column(['NetworkPolicy'], 'selects|대상', 'selector select pod apply 셀렉터 대상', object => {
		const labels = at('spec', 'podSelector', 'matchLabels')(object);
		return labels.length === 0 ? ['all pods'] : labels;
	}),
	column(['NetworkPolicy'], 'directions|방향', 'type direction ingress egress 방향', at('spec', 'policyTypes')),
	column(['NetworkPolicy'], 'lets in|허용', 'from allow let who rule peer 허용 출발지', object =>
		[...listAt(object, 'spec', 'ingress'), ...listAt(object, 'spec', 'egress')].flatMap(rule => [
			...[...listAt(rule, 'from'), ...listAt(rule, 'to')].map(peer => JSON.stringify(peer).replaceAll(/[{}"]|matchLabels:?/g, '')),
			...listAt(rule, 'ports').map(port => `port ${textOf(valueAt(port, 'port')).join('')}`),
		]),
	),
	column(['NetworkPolicy'], 'ports|포트', 'port 포트', object =>
		[...listAt(object, 'spec', 'ingress'), ...listAt(object, 'spec', 'egress')].flatMap(rule =>
			listAt(rule, 'ports').map(port => textOf(valueAt(port, 'port')).join('')),
		),
	),
];

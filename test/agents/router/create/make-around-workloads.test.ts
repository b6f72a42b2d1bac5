import {expect, test} from 'vitest';
import {made} from './made.ts';

const rows: readonly (readonly [request: string, ...objects: object[]])[] = [
	[
		'Put a LoadBalancer service in front of bread on 443 that forwards to 8443',
		{
			kind: 'Service',
			metadata: {name: 'bread-lb', namespace: 'shop'},
			spec: {type: 'LoadBalancer', ports: [{port: 443, targetPort: 8443}]},
		},
	],
	[
		'bread.example.com/api 요청을 bread 서비스로 보내는 인그레스 하나 만들어줘',
		{
			kind: 'Ingress',
			metadata: {namespace: 'shop'},
			spec: {
				rules: [{host: 'bread.example.com', http: {paths: [{path: '/api', backend: {service: {name: 'bread', port: {number: 80}}}}]}}],
			},
		},
	],
	['shop에 컨피그맵 tuning 추가: BATCH는 32, EPOCHS는 10', {kind: 'ConfigMap', data: {BATCH: '32', EPOCHS: '10'}}],
	[
		'Set up tenant-a and tenant-b as namespaces, nothing special about them',
		{kind: 'Namespace', metadata: {name: 'tenant-a'}},
		{kind: 'Namespace', metadata: {name: 'tenant-b'}},
	],
	['Make a configmap rules in shop out of the file rules.txt', {kind: 'ConfigMap', data: {'rules.txt': 'be kind\n'}}],
	[
		'Let user dana@example.com view everything in shop',
		{
			kind: 'RoleBinding',
			metadata: {namespace: 'shop'},
			roleRef: {kind: 'ClusterRole', name: 'view'},
			subjects: [{kind: 'User', name: 'dana@example.com'}],
		},
	],
	[
		'shop에서 ops 그룹이 디플로이먼트를 조회하고 수정할 수 있게 ops-deploy 롤과 바인딩 만들어줘',
		{kind: 'Role', metadata: {name: 'ops-deploy'}, rules: [{apiGroups: ['apps'], verbs: ['get', 'list', 'watch', 'update', 'patch']}]},
		{kind: 'RoleBinding', subjects: [{kind: 'Group', name: 'ops'}]},
	],
	[
		'Only till and cake may connect to bread on port 8080; policy bread-in',
		{
			kind: 'NetworkPolicy',
			metadata: {name: 'bread-in', namespace: 'shop'},
			spec: {
				podSelector: {matchLabels: {app: 'bread'}},
				ingress: [
					{from: [{podSelector: {matchLabels: {app: 'till'}}}, {podSelector: {matchLabels: {app: 'cake'}}}], ports: [{port: 8080}]},
				],
			},
		},
	],
	[
		'Block all egress from the oven namespace except DNS',
		{kind: 'NetworkPolicy', spec: {podSelector: {}, policyTypes: ['Egress'], egress: [{ports: [{port: 53}, {port: 53}]}]}},
	],
	[
		'Autoscale cake from 2 to 8 replicas at 70 percent cpu and 80% memory',
		{
			kind: 'HorizontalPodAutoscaler',
			spec: {
				minReplicas: 2,
				maxReplicas: 8,
				metrics: [
					{resource: {name: 'cpu', target: {averageUtilization: 70}}},
					{resource: {name: 'memory', target: {averageUtilization: 80}}},
				],
			},
		},
	],
	[
		'At most a quarter of cake may be unavailable at a time: make a PDB',
		{kind: 'PodDisruptionBudget', spec: {maxUnavailable: '25%', selector: {matchLabels: {app: 'cake'}}}},
	],
	['cake는 항상 2개 이상 떠 있어야 해. PDB 만들어줘', {kind: 'PodDisruptionBudget', spec: {minAvailable: 2}}],
	[
		'Give the oven namespace a quota: at most 10 pods, 4 CPUs requested, 8Gi memory requested, no load balancers',
		{
			kind: 'ResourceQuota',
			metadata: {namespace: 'oven'},
			spec: {hard: {pods: '10', 'requests.cpu': '4', 'requests.memory': '8Gi', 'services.loadbalancers': '0'}},
		},
	],
	[
		'ingress docs for docs.example.com/guide -> bread:80, tls cert docs-tls',
		{kind: 'Ingress', metadata: {name: 'docs'}, spec: {tls: [{secretName: 'docs-tls'}], rules: [{http: {paths: [{path: '/guide'}]}}]}},
	],
	[
		'Create an ingress tills in shop for tills.example.com: / goes to bread port 80, /cakes goes to cake',
		{
			kind: 'Ingress',
			spec: {
				rules: [
					{
						http: {
							paths: [
								{path: '/', backend: {service: {name: 'bread'}}},
								{path: '/cakes', backend: {service: {name: 'cake'}}},
							],
						},
					},
				],
			},
		},
	],
	[
		'Block everything coming into cake except from till, on 8080. Name: cake-lock',
		{
			kind: 'NetworkPolicy',
			metadata: {name: 'cake-lock'},
			spec: {podSelector: {matchLabels: {app: 'cake'}}, ingress: [{from: [{podSelector: {matchLabels: {app: 'till'}}}]}]},
		},
	],
	[
		'cake may talk only to bread on 8080 and DNS; policy cake-out',
		{
			kind: 'NetworkPolicy',
			spec: {policyTypes: ['Egress'], egress: [{to: [{podSelector: {matchLabels: {app: 'bread'}}}]}, {ports: [{port: 53}, {port: 53}]}]},
		},
	],
	[
		'Give group oncall get, list on pods and pods/log plus create on pods/exec in oven. Role and binding: oncall-debug',
		{
			kind: 'Role',
			metadata: {name: 'oncall-debug'},
			rules: [
				{resources: ['pods', 'pods/log'], verbs: ['get', 'list']},
				{resources: ['pods/exec'], verbs: ['create']},
			],
		},
		{kind: 'RoleBinding', metadata: {name: 'oncall-debug'}},
	],
	[
		'A headless service of the same name for till, port 9000 called coins',
		{kind: 'Service', metadata: {name: 'till'}, spec: {clusterIP: 'None', ports: [{name: 'coins', port: 9000}]}},
	],
	[
		'Service for cake on 9092 called cake-int, UDP',
		{kind: 'Service', metadata: {name: 'cake-int'}, spec: {ports: [{port: 9092, targetPort: 8080, protocol: 'UDP'}]}},
	],
	['cake를 1개에서 4개까지 cpu 70% 기준으로 자동 확장되게 해줘', {kind: 'HorizontalPodAutoscaler', spec: {minReplicas: 1, maxReplicas: 4}}],
	[
		'Add a LimitRange called lr to oven where containers default to 500m cpu and 512Mi limits and request 100m and 128Mi',
		{kind: 'LimitRange', spec: {limits: [{default: {cpu: '500m', memory: '512Mi'}, defaultRequest: {cpu: '100m', memory: '128Mi'}}]}},
	],
	[
		'expose till as NodePort on port 9000 named till-np',
		{kind: 'Service', metadata: {name: 'till-np'}, spec: {type: 'NodePort', ports: [{port: 9000}]}},
	],
	[
		'I want a config map in shop named limits with MAX=5',
		{kind: 'ConfigMap', metadata: {name: 'limits', namespace: 'shop'}, data: {MAX: '5'}},
	],
	[
		'hpa cake-scale for cake min 2 max 7 cpu 60',
		{
			kind: 'HorizontalPodAutoscaler',
			metadata: {name: 'cake-scale'},
			spec: {minReplicas: 2, maxReplicas: 7, metrics: [{resource: {target: {averageUtilization: 60}}}]},
		},
	],
	[
		'Quota for oven named caps: requests.cpu 8, pods 40',
		{kind: 'ResourceQuota', metadata: {name: 'caps', namespace: 'oven'}, spec: {hard: {'requests.cpu': '8', pods: '40'}}},
	],
	[
		'네트워크 정책 block-all로 oven에 들어오고 나가는 모든 트래픽 차단해줘',
		{kind: 'NetworkPolicy', metadata: {name: 'block-all'}, spec: {policyTypes: ['Ingress', 'Egress']}},
	],
	[
		'Let user dana@example.com edit deployments in shop; role dana-deploy',
		{kind: 'Role', metadata: {name: 'dana-deploy'}, rules: [{apiGroups: ['apps'], resources: ['deployments']}]},
		{kind: 'RoleBinding', roleRef: {kind: 'Role', name: 'dana-deploy'}},
	],
];

test.each(rows.map(([request, ...objects]) => ({request, objects})))('$request', async ({request, objects}) => {
	const found = await made(request);
	expect(found).toHaveLength(objects.length);
	expect(found).toMatchObject(objects);
});

test.each<readonly [request: string, spec: object]>([
	[
		'netpol bread-office in shop: let 10.1.0.0/16 except 10.1.9.0/24 reach the bread pods on TCP 8080',
		{
			podSelector: {matchLabels: {app: 'bread'}},
			ingress: [{from: [{ipBlock: {cidr: '10.1.0.0/16', except: ['10.1.9.0/24']}}], ports: [{port: 8080, protocol: 'TCP'}]}],
		},
	],
	[
		'Create a network policy bread-edge: bread may be called on 8080 only by pods labelled app=edge in namespaces labelled role=edge',
		{
			ingress: [
				{from: [{podSelector: {matchLabels: {app: 'edge'}}, namespaceSelector: {matchLabels: {role: 'edge'}}}], ports: [{port: 8080}]},
			],
		},
	],
	[
		'bread 파드에는 shop 네임스페이스의 모든 파드와 oven 네임스페이스에서만 8080으로 들어올 수 있게 정책 bread-in 만들어줘.',
		{
			ingress: [
				{from: [{podSelector: {}}, {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'oven'}}}], ports: [{port: 8080}]},
			],
		},
	],
	[
		'Create a network policy bread-out in shop: bread may only talk to cake on 8080 and to till on 9000',
		{
			egress: [
				{to: [{podSelector: {matchLabels: {app: 'cake'}}}], ports: [{port: 8080}]},
				{to: [{podSelector: {matchLabels: {app: 'till'}}}], ports: [{port: 9000}]},
			],
		},
	],
])('a policy tells its peers apart: %s', async (request, spec) => {
	expect(await made(request)).toMatchObject([{kind: 'NetworkPolicy', spec}]);
});

test.each<readonly [request: string, spec: object]>([
	[
		'Create an ingress shop-in: bread.example.com goes to bread port 80, and cakes.example.com with path /v2 to cake',
		{
			rules: [
				{host: 'bread.example.com', http: {paths: [{path: '/', backend: {service: {name: 'bread', port: {number: 80}}}}]}},
				{host: 'cakes.example.com', http: {paths: [{path: '/v2', backend: {service: {name: 'cake', port: {number: 80}}}}]}},
			],
		},
	],
	[
		'Create an ingress shop-in: shop.example.com should lead to the bread service (port 80), but only /a and /b, both as Exact',
		{
			rules: [
				{
					host: 'shop.example.com',
					http: {
						paths: [
							{path: '/a', pathType: 'Exact', backend: {service: {name: 'bread'}}},
							{path: '/b', pathType: 'Exact', backend: {service: {name: 'bread'}}},
						],
					},
				},
			],
		},
	],
	[
		'In shop, create an ingress called shop-in whose default backend is bread on 80. No rules.',
		{defaultBackend: {service: {name: 'bread', port: {number: 80}}}},
	],
	[
		'shop에 인그레스 shop-in 만들어줘. shop.example.com의 / 는 bread 서비스 80으로, /cake 는 cake 서비스 80으로. 어노테이션 nginx.ingress.kubernetes.io/ssl-redirect=false 도 같이.',
		{
			rules: [
				{
					host: 'shop.example.com',
					http: {
						paths: [
							{path: '/', backend: {service: {name: 'bread'}}},
							{path: '/cake', backend: {service: {name: 'cake'}}},
						],
					},
				},
			],
		},
	],
])('each host and path leads to its Service: %s', async (request, spec) => {
	expect(await made(request)).toMatchObject([{kind: 'Ingress', metadata: {name: 'shop-in'}, spec}]);
});

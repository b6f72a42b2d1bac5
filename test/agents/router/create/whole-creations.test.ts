import {expect, test} from 'vitest';
import {guards, intents, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import type {Understanding} from '../../../../src/agents/router/understanding.ts';
import {readManifests} from '../../../../src/mcp/kubernetes/plan/read-manifests.ts';
import {bakery} from './bakery.ts';

const manifestsOf = (understood: readonly Understanding[]) =>
	understood
		.flatMap(one => (one.kind === 'calls' ? one.calls : []))
		.flatMap(({input}) => (typeof input.manifest === 'string' ? readManifests(input.manifest).map(({object}) => object) : []));

const asked = (request: string) => route(request, bakery, {guards, wholes, intents, nowMs: 0});

const namespace = (name: string, labels?: object) => ({kind: 'Namespace', metadata: {name, ...(labels === undefined ? {} : {labels})}});
const service = (name: string, spec: object) => ({kind: 'Service', metadata: {name, namespace: 'shop'}, spec});

const ingress = (name: string, rules: object) => ({kind: 'Ingress', metadata: {name, namespace: 'shop'}, spec: {rules}});
const policy = (name: string, namespace: string, spec: object) => ({kind: 'NetworkPolicy', metadata: {name, namespace}, spec});
const role = (name: string, rules: object) => ({kind: 'Role', metadata: {name, namespace: 'shop'}, rules});
const binding = (name: string, roleRef: object, subjects: object) => ({
	kind: 'RoleBinding',
	metadata: {name, namespace: 'shop'},
	roleRef,
	subjects,
});
const configMap = (name: string, data: object) => ({kind: 'ConfigMap', metadata: {name, namespace: 'oven'}, data});

/** One thing that is not there, in sentences of any order, with what is told around it. */
const rows: readonly (readonly [request: string, ...objects: readonly object[]])[] = [
	[
		'I need persistent volume claim flour-archive for shop, 50Gi, on fast, single-node read-write',
		{
			kind: 'PersistentVolumeClaim',
			metadata: {name: 'flour-archive', namespace: 'shop'},
			spec: {storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '50Gi'}}},
		},
	],
	[
		'In shop add ingress sweets for sweets.example.com; / belongs to the bread service, while /cakes is served by cake, both on port 80',
		ingress('sweets', [
			{
				http: {
					paths: [
						{path: '/', backend: {service: {name: 'bread', port: {number: 80}}}},
						{path: '/cakes', backend: {service: {name: 'cake', port: {number: 80}}}},
					],
				},
			},
		]),
	],
	[
		'shop에 인그레스 sweets 추가해줘. sweets.example.com의 /cakes는 cake 80으로, 나머지는 bread 80으로.',
		ingress('sweets', [
			{
				http: {
					paths: [
						{path: '/cakes', backend: {service: {name: 'cake', port: {number: 80}}}},
						{path: '/', backend: {service: {name: 'bread', port: {number: 80}}}},
					],
				},
			},
		]),
	],
	[
		'Ingress sweets in shop for sweets.example.com: the root to bread:80, /cakes to cake:80, exact match for /cakes',
		ingress('sweets', [
			{
				http: {
					paths: [
						{path: '/', pathType: 'Prefix'},
						{path: '/cakes', pathType: 'Exact'},
					],
				},
			},
		]),
	],
	[
		'Requests for status.example.com should reach bread on port 80: ingress status in shop, class nginx',
		ingress('status', [{host: 'status.example.com'}]),
	],
	[
		'Publish bread as preview.example.com by means of an ingress named preview, port 80. No TLS, since the certificate comes next week',
		ingress('preview', [{host: 'preview.example.com'}]),
	],
	[
		'The apprentices start on Monday. Their namespace is to be dough-school, with label team=apprentices.',
		namespace('dough-school', {team: 'apprentices'}),
	],
	['Reserve three namespaces for the fair: fair-a, fair-b, fair-c.', namespace('fair-a'), namespace('fair-b'), namespace('fair-c')],
	[
		'Make configmap door-text in oven with two keys: first is "restart the mixer" and a is "scale it to 5"',
		configMap('door-text', {first: 'restart the mixer', a: 'scale it to 5'}),
	],
	[
		'oven에 door-text 컨피그맵 만들어줘. title 값은 "반죽 시작", level은 warn. recipes는 그대로.',
		configMap('door-text', {title: '반죽 시작', level: 'warn'}),
	],
	['oven에 door-text 컨피그맵을 만들되 키 FROM은 mill, TO는 oven-2로', configMap('door-text', {FROM: 'mill', TO: 'oven-2'})],
	['From rules.txt here build configmap door-text in oven; use house.txt as the key', configMap('door-text', {'house.txt': 'be kind\n'})],
	['Take rules.txt and make configmap door-text in oven of it, keyed house.txt', configMap('door-text', {'house.txt': 'be kind\n'})],
	[
		'Copy recipes out of shop into oven as door-text. Neither the original nor its namesake in default may change.',
		configMap('door-text', {bread: 'flour'}),
	],
	['Ovens get tested in proof-room, a namespace that does not exist yet.', namespace('proof-room')],
	[
		'ns 두 개 열어줘: fair-kr 이랑 fair-jp, 라벨은 둘 다 env=fair',
		namespace('fair-kr', {env: 'fair'}),
		namespace('fair-jp', {env: 'fair'}),
	],
	[
		'Set up namespace strict-room: pod security enforces restricted, audits at baseline.',
		namespace('strict-room', {'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/audit': 'baseline'}),
	],
	[
		'Customers stick to one till. Add till-sticky, a cluster-internal service with ClientIP session affinity, 80 going to 9000.',
		service('till-sticky', {
			type: 'ClusterIP',
			sessionAffinity: 'ClientIP',
			selector: {app: 'till'},
			ports: [{port: 80, targetPort: 9000}],
		}),
	],
	[
		'The till should be open to the street by a load balancer named till-street, 443 to 9000',
		service('till-street', {type: 'LoadBalancer', ports: [{port: 443, targetPort: 9000}]}),
	],
	[
		'till을 밖에서 붙어보려고 해요. NodePort 서비스 till-np 추가해 주세요, 80으로 받아 9000으로 넘기고 노드포트 번호는 30917로요.',
		service('till-np', {type: 'NodePort', ports: [{port: 80, targetPort: 9000, nodePort: 30917}]}),
	],
	[
		'The till has to be there on every node at port 30999: NodePort service till-node',
		service('till-node', {type: 'NodePort', ports: [{port: 9000, nodePort: 30999}]}),
	],
	[
		'Service bank-gate in shop: an alias that points to gate.bank.example.com',
		service('bank-gate', {type: 'ExternalName', externalName: 'gate.bank.example.com'}),
	],
	[
		'The till is not reachable through any service yet. Please add one: till-inner, port 9000, ClusterIP.',
		service('till-inner', {type: 'ClusterIP', selector: {app: 'till'}, ports: [{port: 9000}]}),
	],
	[
		'Bread should find the till pods one by one, so give the deployment a headless service till, port 9000 named pay',
		service('till', {clusterIP: 'None', selector: {app: 'till'}, ports: [{port: 9000, name: 'pay'}]}),
	],
	[
		'Set up till-desk in shop in front of till with two ports, pay 80 to 9000 and metrics 9102 to 9102',
		service('till-desk', {selector: {app: 'till'}, ports: [{port: 80, targetPort: 9000}, {port: 9102}]}),
	],
	[
		'Customers will call till from outside. LoadBalancer service till-open, 443 going to 9000',
		service('till-open', {type: 'LoadBalancer', selector: {app: 'till'}}),
	],
	[
		'till을 노드포트로도 열어 주세요. 서비스 이름 till-door, 포트 9000 그대로이고 nodePort는 30555입니다.',
		service('till-door', {type: 'NodePort', ports: [{port: 9000, nodePort: 30555}]}),
	],
	[
		'shop에 인그레스 fair-door 하나 만들어줄래? 호스트 fair.example.com, /menu 경로는 bread 80으로. nginx.ingress.kubernetes.io/ssl-redirect: "true" 어노테이션도 있어야 해.',
		ingress('fair-door', [{host: 'fair.example.com', http: {paths: [{path: '/menu'}]}}]),
	],
	[
		'새 빵 확인하려고요. 인그레스 이름 taste, 호스트 taste.example.com, 백엔드는 cake 80 포트로 부탁드려요.',
		ingress('taste', [{host: 'taste.example.com'}]),
	],
	[
		"Role recipe-editor in shop: it may get and update the configmap recipes and no other configmap. Don't bind it to anyone yet.",
		role('recipe-editor', [{resources: ['configmaps'], verbs: ['get', 'update'], resourceNames: ['recipes']}]),
	],
	[
		'A role only, no binding yet: recipe-viewer in shop, which may get the configmap recipes and no other one.',
		role('recipe-viewer', [{resources: ['configmaps'], verbs: ['get'], resourceNames: ['recipes']}]),
	],
	[
		'Group tasters must be able to list pods in shop and nothing more. Use shop-pods for role and binding.',
		role('shop-pods', [{resources: ['pods'], verbs: ['list']}]),
		binding('shop-pods', {kind: 'Role', name: 'shop-pods'}, [{kind: 'Group', name: 'tasters'}]),
	],
	[
		'tasters 그룹한테 shop의 서비스만 읽기 전용으로 열어줘. Role과 RoleBinding 이름은 똑같이 shop-svc.',
		role('shop-svc', [{resources: ['services'], verbs: ['get', 'list', 'watch']}]),
		binding('shop-svc', {kind: 'Role', name: 'shop-svc'}, [{kind: 'Group', name: 'tasters'}]),
	],
	[
		'oven의 baker 서비스어카운트에 shop 파드 로그 조회 권한이 필요합니다. 롤이랑 바인딩 둘 다 shop-logs, pods/log에 get만 주세요.',
		role('shop-logs', [{resources: ['pods/log'], verbs: ['get']}]),
		binding('shop-logs', {kind: 'Role', name: 'shop-logs'}, [{kind: 'ServiceAccount', name: 'baker', namespace: 'oven'}]),
	],
	[
		'qa 그룹은 shop에서 파드 삭제만 할 수 있게, 다른 리소스는 안 됩니다. 롤이랑 바인딩 둘 다 pod-sweeper',
		role('pod-sweeper', [{resources: ['pods'], verbs: ['delete']}]),
		binding('pod-sweeper', {kind: 'Role', name: 'pod-sweeper'}, [{kind: 'Group', name: 'qa'}]),
	],
	[
		'dana@example.com 계정에 shop에서 edit 클러스터롤을 묶어줘. 바인딩 이름 dana-edit',
		binding('dana-edit', {kind: 'ClusterRole', name: 'edit'}, [{kind: 'User', name: 'dana@example.com'}]),
	],
	['Everybody who visits menu.example.com should get to cake:80. Call the ingress menu.', ingress('menu', [{host: 'menu.example.com'}])],
	[
		'bread.example.com has to lead to the bread service on port 80. Name of the ingress: bread, class nginx.',
		ingress('bread', [{host: 'bread.example.com'}]),
	],
	[
		'Two paths on one host: fair.example.com/ to bread 80 and fair.example.com/cakes to cake 80, ingress fair-web (nginx.ingress.kubernetes.io/ssl-redirect: "true")',
		ingress('fair-web', [{http: {paths: [{path: '/'}, {path: '/cakes'}]}}]),
	],
	[
		'We need the switches in one place. ConfigMap rising in oven; set heat to low and hours to 12.',
		configMap('rising', {heat: 'low', hours: '12'}),
	],
	[
		'Put a config map oven-limits into oven. max_heat should be 250, min_heat 90, and mode strict.',
		configMap('oven-limits', {max_heat: '250', min_heat: '90', mode: 'strict'}),
	],
	[
		'configmap oven-mail in oven, keys host and port with values mail.example.com and 587',
		configMap('oven-mail', {host: 'mail.example.com', port: '587'}),
	],
	[
		"oven에 notice-text라는 컨피그맵을 만들어 title은 '정기 점검', until은 06:00으로 넣어 주세요.",
		configMap('notice-text', {title: '정기 점검', until: '06:00'}),
	],
	[
		'oven에 bake-params 컨피그맵 추가해줘. max=45, min=5 이고 mode는 strict로요',
		configMap('bake-params', {max: '45', min: '5', mode: 'strict'}),
	],
	[
		'cm rule-book in oven: key book.txt, content is that of rules.txt in the working directory',
		configMap('rule-book', {'book.txt': 'be kind\n'}),
	],
	[
		'The oven should see the same switches as the shop, so copy the configmap recipes from shop to oven.',
		configMap('recipes', {bread: 'flour'}),
	],
	['Could the oven team have a configmap rates in oven, RYE 1340 and SPELT 1470?', configMap('rates', {RYE: '1340', SPELT: '1470'})],
	[
		'till reads its limits from a configmap till-limits that nobody has made yet; put it in its namespace with MAX=5',
		{kind: 'ConfigMap', metadata: {name: 'till-limits', namespace: 'shop'}, data: {MAX: '5'}},
	],
	[
		'The oven is too open. Block all ingress and all egress for every pod there with one policy, shut-oven.',
		policy('shut-oven', 'oven', {podSelector: {}, policyTypes: ['Ingress', 'Egress']}),
	],
	[
		'Only what runs in the oven namespace gets to open port 9000 of the till. Write that down as network policy till-in.',
		policy('till-in', 'shop', {
			podSelector: {matchLabels: {app: 'till'}},
			policyTypes: ['Ingress'],
			ingress: [{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'oven'}}}], ports: [{port: 9000}]}],
		}),
	],
	[
		'The flour mill sits in 10.20.0.0/16. Till may open connections to that range on TCP 443 and to nothing else; leave ingress alone. Call the policy till-out.',
		policy('till-out', 'shop', {
			podSelector: {matchLabels: {app: 'till'}},
			policyTypes: ['Egress'],
			egress: [{to: [{ipBlock: {cidr: '10.20.0.0/16'}}], ports: [{port: 443}]}],
		}),
	],
	[
		'Nobody may talk to the till but the pods of bread (port 9000). netpol till-from-bread in shop',
		policy('till-from-bread', 'shop', {
			podSelector: {matchLabels: {app: 'till'}},
			ingress: [{from: [{podSelector: {matchLabels: {app: 'bread'}}}], ports: [{port: 9000}]}],
		}),
	],
	[
		'oven의 모든 파드가 shop 네임스페이스에서 오는 트래픽은 포트 상관없이 받도록 allow-shop 네트워크 정책 만들어주세요.',
		policy('allow-shop', 'oven', {
			podSelector: {},
			ingress: [{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'shop'}}}]}],
		}),
	],
	[
		'bread 파드가 till 9000에 못 붙고 있어. 그 경로만 여는 정책 allow-till 추가해줘',
		policy('allow-till', 'shop', {
			podSelector: {matchLabels: {app: 'till'}},
			ingress: [{from: [{podSelector: {matchLabels: {app: 'bread'}}}], ports: [{port: 9000}]}],
		}),
	],
	[
		'oven은 곧 정리할 예정이라 모든 파드의 나가는 통신을 끊고 싶습니다. 정책 이름은 no-egress이고 인그레스는 그대로 두세요.',
		policy('no-egress', 'oven', {podSelector: {}, policyTypes: ['Egress']}),
	],
	[
		'Nothing may leave oven: one policy, still-oven, for every pod there, without touching incoming traffic.',
		policy('still-oven', 'oven', {podSelector: {}, policyTypes: ['Egress']}),
	],
	[
		'Let the till grow to at most 6 (floor 2) when its average CPU utilization passes 80 percent. After a rush it should wait ten minutes before it scales down again.',
		{kind: 'HorizontalPodAutoscaler', spec: {minReplicas: 2, maxReplicas: 6, behavior: {scaleDown: {stabilizationWindowSeconds: 600}}}},
	],
	[
		'cake 디플로이먼트, 부하 따라 2에서 7개 사이로 알아서 늘고 줄게 해주세요. 기준은 cpu 평균 75퍼센트.',
		{kind: 'HorizontalPodAutoscaler', spec: {minReplicas: 2, maxReplicas: 7}},
	],
	[
		'Create till-pdb: of the till pods, 25% may be unavailable in a voluntary disruption.',
		{kind: 'PodDisruptionBudget', metadata: {name: 'till-pdb'}, spec: {maxUnavailable: '25%'}},
	],
	[
		"oven-config doesn't exist in oven yet, create that configmap. BATCH_SIZE 64, MODE mean",
		configMap('oven-config', {BATCH_SIZE: '64', MODE: 'mean'}),
	],
	[
		"The till's scraper on 9113 isn't reachable through any service. Please add one: till-metrics, same port, ClusterIP.",
		service('till-metrics', {ports: [{port: 9113}]}),
	],
	[
		'Nobody should be able to create NodePort services in oven. Do it with a quota, no-nodeports.',
		{kind: 'ResourceQuota', metadata: {name: 'no-nodeports', namespace: 'oven'}, spec: {hard: {'services.nodeports': '0'}}},
	],
	[
		'Put a ceiling on oven: CPU requests at most 20, CPU limits at most 30, and 80 pods in total. quota oven-cap',
		{kind: 'ResourceQuota', spec: {hard: {'requests.cpu': '20', 'limits.cpu': '30', pods: '80'}}},
	],
	[
		'oven은 PVC를 다섯 개까지, 스토리지 요청 합계는 500Gi까지만 허용하고 싶습니다. oven-disks라는 리소스쿼터로 걸어 주세요.',
		{kind: 'ResourceQuota', metadata: {name: 'oven-disks'}, spec: {hard: {persistentvolumeclaims: '5', 'requests.storage': '500Gi'}}},
	],
	[
		'The baker wants the tills one by one, so give the deployment a headless service till, port 9000 named pay.',
		service('till', {clusterIP: 'None', selector: {app: 'till'}, ports: [{name: 'pay', port: 9000}]}),
	],
	[
		'till has its metrics on 9102 but no service leads there; add till-metrics with the same port number.',
		service('till-metrics', {ports: [{port: 9102}]}),
	],
];

const secrets: readonly (readonly [request: string, input: object])[] = [
	[
		'The baker signs orders. Secret baker-mail in oven with the keys user and pass, filled from $BAKERY_USER and $BAKERY_PASSWORD.',
		{name: 'baker-mail', fromEnv: ['user=BAKERY_USER', 'pass=BAKERY_PASSWORD']},
	],
	[
		'We rotate signing keys in pairs. Put a secret sign-pair into oven having current and next, each a fresh random value of 40 characters.',
		{name: 'sign-pair', random: ['current=40', 'next=40']},
	],
	[
		'Only create the secret oven-api in oven; api-token is whatever $BAKERY_TOKEN holds.',
		{name: 'oven-api', fromEnv: ['api-token=BAKERY_TOKEN']},
	],
	[
		'oven에 session-key 시크릿이 하나 필요합니다. key라는 키에 48자 무작위 문자열을 생성해서 넣어 주세요.',
		{name: 'session-key', random: ['key=48']},
	],
	[
		'The oven cannot pull images. It should get its own pull, taken over as it is from shop; just the secret.',
		{name: 'pull', namespace: 'oven', copyOf: 'shop/pull'},
	],
	[
		'The oven will call the weigh station as well, so make a secret weighs there, api-token taken from $BAKERY_TOKEN.',
		{name: 'weighs', namespace: 'oven', fromEnv: ['api-token=BAKERY_TOKEN']},
	],
	[
		'New Secret basic-auth type door-pass in oven: username=$BAKERY_USER, password=$BAKERY_PASSWORD',
		{name: 'door-pass', type: 'basic-auth'},
	],
];

test.each(secrets)('%s', async (request, input) => {
	const calls = (await asked(request)).flatMap(one => (one.kind === 'calls' ? one.calls : []));
	expect(calls).toEqual([{tool: 'secret_manage', input: expect.objectContaining(input)}]);
});

test.each(rows.map(([request, ...objects]) => [request, objects] as const))('%s', async (request, objects) => {
	const made = manifestsOf(await asked(request));
	expect(made).toHaveLength(objects.length);
	expect(made).toMatchObject(objects);
});

/** What stands in the place of a name and is none, and what a plan would leave out. */
test.each([
	'Add a namespace carrying the same labels as all the others',
	'The service reads its settings from nowhere, make one',
	'We call the weigh station from shop. Create a secret there with api-token taken from $BAKERY_TOKEN.',
	'Create configmap oven-notes in oven with HEAT=220 and then restart the bread deployment',
	'Create configmap oven-notes in oven with HEAT=220, but only up to 17 of them',
])('nothing is made by a guess: %s', async request => {
	const understood = await asked(request);
	expect(manifestsOf(understood).filter(({kind}) => kind !== 'ConfigMap')).toEqual([]);
});

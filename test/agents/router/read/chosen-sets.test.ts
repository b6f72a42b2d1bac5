import {expect, test} from 'vitest';
import {guards, intents, telling, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {understoodText} from '../../../support/bakery.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const nowMs = Date.parse('2026-11-26T12:00:00Z');

const workload = (kind: string, name: string, replicas: number, cpu: string, more: object = {}, containers = 1) => {
	const app = name.slice(name.indexOf('/') + 1);
	const each = Array.from({length: containers}, (_, at) => ({
		name: at === 0 ? 'main' : 'relay',
		image: `quay.example/${at === 0 ? 'port' : 'tools'}/${app}:1.${at}`,
		resources: {requests: {cpu}},
		...(at === 0 && app === 'ferry' ? {readinessProbe: {httpGet: {path: '/up', port: 80}}} : {}),
	}));
	return thing(kind, name, {
		labels: {app},
		spec: {
			replicas,
			selector: {matchLabels: {app}},
			template: {metadata: {labels: {app}}, spec: {containers: each, ...more}},
			...(kind === 'StatefulSet' ? {volumeClaimTemplates: [{metadata: {name: 'hold'}}]} : {}),
		},
		status: {readyReplicas: replicas},
	});
};
const claim = (name: string, storage: string, storageClassName: string) =>
	thing('PersistentVolumeClaim', name, {spec: {resources: {requests: {storage}}, storageClassName}, status: {phase: 'Bound'}});

const world = routerWorld([
	thing('Namespace', 'dock', {labels: {env: 'production'}}),
	thing('Namespace', 'pier', {labels: {env: 'production'}}),
	workload('Deployment', 'dock/ferry', 3, '500m', {priorityClassName: 'gold'}, 2),
	workload('Deployment', 'pier/ferry', 2, '100m'),
	workload('Deployment', 'dock/crane-blue', 1, '200m'),
	workload('Deployment', 'dock/crane-green', 0, '400m'),
	workload('StatefulSet', 'dock/ledger', 1, '2'),
	workload('DaemonSet', 'dock/lamp', 1, '10m'),
	thing('Pod', 'dock/ferry-1', {
		labels: {app: 'ferry'},
		spec: {nodeName: 'buoy-1', containers: [{name: 'main'}]},
		status: {phase: 'Running', containerStatuses: [{name: 'main', restartCount: 9}]},
	}),
	thing('Service', 'dock/ferry', {spec: {selector: {app: 'ferry'}, ports: [{port: 80}], type: 'ClusterIP'}}),
	thing('Service', 'dock/ferry-public', {spec: {selector: {app: 'ferry'}, ports: [{port: 80}], type: 'LoadBalancer'}}),
	thing('ConfigMap', 'dock/tides', {data: {HIGH: '3'}}),
	thing('PriorityClass', 'gold', {value: 100}),
	thing('StorageClass', 'slow', {provisioner: 'p'}),
	thing('StorageClass', 'fast', {provisioner: 'p', allowVolumeExpansion: true}),
	claim('dock/hold-ledger-0', '20Gi', 'fast'),
	claim('dock/charts', '5Gi', 'slow'),
	thing('Node', 'buoy-1', {labels: {disktype: 'ssd'}, status: {conditions: [{type: 'Ready', status: 'True'}]}}),
	thing('Node', 'buoy-2', {labels: {disktype: 'hdd'}, status: {conditions: [{type: 'Ready', status: 'True'}]}}),
	thing('Ingress', 'dock/front', {spec: {rules: [{host: 'dock.example.org'}]}}),
	thing('Job', 'dock/haul', {spec: {completions: 1}, status: {conditions: [{type: 'Complete', status: 'True'}]}}),
	thing('Job', 'dock/tow', {spec: {completions: 1}, status: {}}),
]);

type Row = [request: string, holds: readonly string[], not?: readonly string[]];

const rows: readonly Row[] = [
	['need the names of the claims in dock', ['PersistentVolumeClaim', 'dock']],
	['which classes for storage: storage classes that let a volume grow', ['fast'], ['slow']],
	['확장 가능한 스토리지 클래스만 알려줘', ['fast'], ['slow']],
	['who runs under priority class gold?', ['Deployment ferry'], ['crane']],
	['workloads with the priority class silver, which are they', ['There are no']],
	['우선순위 클래스 gold로 도는 게 뭐야', ['ferry'], ['crane']],
	['Before I edit tides: who reads it?', ['tides'], ['ClusterRole']],
	['which services in dock select the ferry pods', ['ferry-public', 'Service ferry']],
	['services that are not ClusterIP', ['ferry-public'], ['**dock/ferry**']],
	['Could you name the nodes with an hdd?', ['buoy-2'], ['buoy-1']],
	['Which ingresses lack TLS?', ['front']],
	['which jobs have finished?', ['haul'], ['tow']],
	['레플리카 0으로 내려가 있는 디플로이먼트 있나요?', ['crane-green'], ['crane-blue', 'ferry']],
	["ledger's claims put together, how much storage is that", ['20Gi'], ['charts']],
	['how many containers does one ferry pod of dock carry?', ['containers (2)', 'relay']],
	['dock의 ferry 파드가 재시작을 몇 번 했어?', ['재시작 9번']],
	['which node does ferry in dock sit on?', ['buoy-1'], ['buoy-2']],
	['replicas of ferry, dock and pier together', ['5 replicas']],
	['dock의 디플로이먼트와 데몬셋 개수를 각각 알려 주세요', ['3개', '1개']],
	['deployments by CPU request over all replicas, rank them', ['3 CPU', 'dock/ferry', 'pier/ferry']],
	['Rank the deployments of dock by CPU requests, the first two suffice', ['crane-blue', 'ferry'], ['pier']],
	['dock에서 CPU 요청 합계 1등만', ['ferry'], ['crane', 'ledger']],
	['dock의 ferry랑 ledger 중에 CPU 요청이 큰 쪽이 어디야?', ['**ferry**'], ['crane', '**ledger']],
	['Are the blue and the green crane on the same build?', ['crane-blue', 'crane-green']],
	['Is anything using images out of the tools/ org? Full references please.', ['quay.example/tools/ferry:1.1'], ['crane']],
	['dock: deployments where not one container has a readiness probe', ['crane-blue', 'crane-green'], ['ferry']],
	['What deployments does dock have, and how many replicas has each?', ['**ferry**: 3', '**crane-blue**: 1'], ['pier']],
	['dock에서 레플리카가 하나뿐인 디플로이먼트', ['crane-blue'], ['crane-green', 'ferry']],
	['claims of at least 10 Gi, biggest first', ['hold-ledger-0'], ['ConfigMap']],
	['pods on buoy-1, just the names', ['ferry-1']],
	['buoy-1에 올라가 있는 파드 있어?', ['ferry-1']],
	['which pods restarted more than five times?', ['ferry-1']],
	['give me the services living in dock', ['Service', 'dock'], ['question']],
	['Show the ingresses along with the service each path goes to', ['1 Ingress'], ['Services']],
	['TLS 안 걸린 인그레스 골라내 줘', ['front'], ['question']],
	['dock 안에 남아 있는 게 뭐야', ['tides', 'ferry-public'], ['pier']],
	['dock 디플로이먼트 중에 readiness 프로브 없는 거', ['crane-blue'], ['**ferry**']],
	['need the names of the deployments marked app=ferry', ['app=ferry'], ['question']],
	['How many deployments called ferry are there?', ['2 Deployments'], ['crane']],
	['which ingress leads to the ferry service?', ['has no Ingress']],
	['dock의 ferry를 보호하는 PDB와 서비스', ['ferry-public'], ['question']],
	['How many of our nodes are schedulable?', ['2 Nodes']],
	['config maps, dock excluded', ['There are no'], ['tides']],
	['smallest CPU request in dock', ['crane-green'], ['ferry']],
	['Kim is new here. Could you give her the names of the config maps in dock?', ['ConfigMap', 'dock']],
];

test.each(rows)('%s', async (request, holds, not = []) => {
	const text = understoodText(await route(request, world, {guards, wholes, intents, telling, nowMs}));
	for (const part of holds) expect(text).toContain(part);
	for (const part of not) expect(text).not.toContain(part);
});

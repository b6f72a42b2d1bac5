import {expect, test} from 'vitest';
import {toldByName} from '../../../../../src/agents/router/route/groups/told-by-name.ts';
import {routerWorld, thing} from '../../../../support/router-world.ts';

type Parts = {
	readonly replicas?: number;
	readonly labels?: {readonly [key: string]: string};
	readonly container?: object;
	readonly ready?: number;
};

const deployment = (name: string, {replicas = 1, labels = {}, container = {}, ready = replicas}: Parts = {}) => {
	const pods = {app: name.split('/').at(-1) ?? ''};
	return thing('Deployment', name, {
		labels,
		spec: {
			replicas,
			selector: {matchLabels: pods},
			template: {metadata: {labels: pods}, spec: {containers: [{name: 'main', image: 'reg.example.org/port/boat:1.4.0', ...container}]}},
		},
		status: {readyReplicas: ready},
	});
};
const limits = {resources: {limits: {memory: '1Gi', cpu: '500m'}, requests: {memory: '256Mi'}}};

const world = routerWorld([
	deployment('port/ferry', {
		replicas: 3,
		labels: {crew: 'north', team: 'ropes'},
		container: {...limits, readinessProbe: {httpGet: {path: '/'}}},
	}),
	deployment('port/radar', {
		replicas: 3,
		container: {...limits, image: 'reg.example.org/port/radar:2.0.0-rc1', env: [{name: 'FOG', value: 'on'}]},
	}),
	deployment('port/mast-east', {container: {...limits, readinessProbe: {httpGet: {path: '/'}}}, replicas: 5}),
	deployment('port/mast-west', {container: {...limits, readinessProbe: {httpGet: {path: '/'}}}, replicas: 5}),
	thing('ConfigMap', 'port/port-map', {data: {}}),
	deployment('port/crane', {replicas: 1, labels: {crew: 'south'}, container: {envFrom: [{configMapRef: {name: 'port-map'}}]}}),
	deployment('yard/winch', {replicas: 2, labels: {crew: 'south'}, container: {resources: {requests: {cpu: '1'}}}, ready: 0}),
	thing('Pod', 'yard/winch-1', {
		labels: {app: 'winch'},
		status: {phase: 'Running', containerStatuses: [{state: {waiting: {reason: 'CrashLoopBackOff'}}}]},
	}),
	thing('Pod', 'port/crane-1', {labels: {app: 'crane'}, status: {phase: 'Pending'}}),
	deployment('yard/pump', {labels: {crew: 'west'}, container: {...limits, readinessProbe: {httpGet: {path: '/'}}}, replicas: 4}),
	deployment('port/pump', {labels: {crew: 'west'}, container: {...limits, readinessProbe: {httpGet: {path: '/'}}}, replicas: 4}),
	thing('StatefulSet', 'port/log', {spec: {replicas: 3}}),
	thing('CronJob', 'port/tide', {spec: {suspend: true}}),
	thing('CronJob', 'yard/sweep', {spec: {}}),
	thing('Service', 'port/gate', {spec: {type: 'NodePort', selector: {app: 'ferry'}}}),
	thing('Service', 'port/inner', {spec: {selector: {app: 'radar'}}}),
	thing('PersistentVolumeClaim', 'port/charts', {spec: {storageClassName: 'slow', resources: {requests: {storage: '40Gi'}}}}),
	thing('PersistentVolumeClaim', 'yard/tools', {spec: {storageClassName: 'fast', resources: {requests: {storage: '5Gi'}}}}),
	thing('HorizontalPodAutoscaler', 'port/ferry', {spec: {scaleTargetRef: {kind: 'Deployment', name: 'ferry'}}}),
	thing('Node', 'pier-1', {labels: {'topology.kubernetes.io/zone': 'east', disk: 'ssd'}, spec: {}}),
	thing('Node', 'pier-2', {labels: {'topology.kubernetes.io/zone': 'east', disk: 'hdd'}, spec: {unschedulable: true}}),
	thing('Node', 'pier-3', {labels: {'topology.kubernetes.io/zone': 'west', disk: 'hdd'}, spec: {}}),
]);

const told = async (text: string) => {
	const read = await toldByName(text, world);
	return typeof read === 'string' ? read.replaceAll('\n\n', ' ') : read.kind;
};

test.each([
	[
		'Restart every deployment in port that has exactly three replicas.',
		'Restart deployment ferry in port. Restart deployment radar in port.',
	],
	['Restart the deployments owned by ropes.', 'Restart deployment ferry in port.'],
	['All deployments with fewer than 2 replicas go to 2.', 'deployment crane in port goes to 2.'],
	[
		'scale the port deployments that run 3 pods: all of them to 4',
		'scale deployment ferry in port to 4. scale deployment radar in port to 4.',
	],
	[
		'the port deployments that run 3 pods: take all of them to 4',
		'take deployment ferry in port to 4. take deployment radar in port to 4.',
	],
	['Restart each deployment labelled crew=south.', 'Restart deployment crane in port. Restart deployment winch in yard.'],
	[
		'Every deployment without any resource limits gets the label check=yes.',
		'deployment crane in port gets the label check=yes. deployment winch in yard gets the label check=yes.',
	],
	['Restart all deployments of port that lack a readiness probe and run 3 replicas.', 'Restart deployment radar in port.'],
	['Restart whatever is crash-looping in yard.', 'Restart deployment winch in yard.'],
	['Whichever deployment in port has an autoscaler gets 5 replicas.', 'deployment ferry in port gets 5 replicas.'],
	['Restart every deployment still on a release candidate.', 'Restart every deployment still on a release candidate.'],
	['Restart every deployment that is still on a release candidate.', 'Restart deployment radar in port.'],
	['Restart the deployments that have FOG set to on.', 'Restart deployment radar in port.'],
	['Resume all suspended cron jobs.', 'Resume cronjob tide in port.'],
	['Suspend every cron job that is still running on schedule.', 'Suspend cronjob sweep in yard.'],
	['Label all services of type NodePort open=yes.', 'Label service gate in port open=yes.'],
	['Delete the services in port that select radar pods.', 'Delete service inner in port.'],
	['Label the claims of class slow archive=yes.', 'Label persistentvolumeclaim charts in port archive=yes.'],
	['Label all claims that are larger than 10Gi big=yes.', 'Label persistentvolumeclaim charts in port big=yes.'],
	['Cordon every node with disk hdd that is not cordoned.', 'Cordon node pier-3.'],
	['Cordon the nodes of zone east whose disk is not hdd.', 'Cordon node pier-1.'],
	['In zone east, label the node whose disk is ssd drain=last.', 'label node pier-1 drain=last.'],
	[
		'Restart all deployments in yard. Scale every deployment with 1 replica to 2.',
		'Restart deployment winch in yard. Restart deployment pump in yard. Scale deployment crane in port to 2.',
	],
	[
		'port에서 레플리카가 3개인 디플로이먼트는 전부 4개로 늘려줘',
		'port 네임스페이스의 ferry 디플로이먼트는 4개로 늘려줘. port 네임스페이스의 radar 디플로이먼트는 4개로 늘려줘.',
	],
	['port 디플로이먼트 중 제한이 없는 것들만 재시작해줘', 'port 네임스페이스의 crane 디플로이먼트만 재시작해줘.'],
	[
		'crew=south 라벨이 붙은 디플로이먼트 모두 재시작해줘',
		'port 네임스페이스의 crane 디플로이먼트 재시작해줘. yard 네임스페이스의 winch 디플로이먼트 재시작해줘.',
	],
	['disk가 hdd인 노드에 pool=cold 라벨 달아줘', 'pier-2 노드에 pool=cold 라벨 달아줘. pier-3 노드에 pool=cold 라벨 달아줘.'],
	['Label every service of port with open=yes.', 'Label service gate in port with open=yes. Label service inner in port with open=yes.'],
	[
		'The stateful sets and deployments of port are fine. Both workloads in port that are StatefulSets get three pods.',
		'The stateful sets and deployments of port are fine. statefulset log in port gets three pods.',
	],
	[
		'port 네임스페이스 서비스에 open=yes 라벨',
		'port 네임스페이스의 gate 서비스에 open=yes 라벨. port 네임스페이스의 inner 서비스에 open=yes 라벨.',
	],
	['Restart all deployments of port that run 3 pods and no readiness probe.', 'Restart deployment radar in port.'],
	[
		'Restart every deployment of port that has 1 replica or 4 replicas.',
		'Restart deployment crane in port. Restart deployment pump in port.',
	],
	['Restart all deployments on radar:2.0.0-rc1.', 'Restart deployment radar in port.'],
	['Any deployment in port that lacks limits gets the label check=yes.', 'deployment crane in port gets the label check=yes.'],
	['Restart the deployments of port that use port-map.', 'Restart deployment crane in port.'],
	['port-map을 쓰는 port 디플로이먼트 재시작해줘', 'port 네임스페이스의 crane 디플로이먼트 재시작해줘.'],
	['Label the cron jobs that have no time zone tz=none.', 'Label cronjob tide in port tz=none. Label cronjob sweep in yard tz=none.'],
	['Of ferry and crane, whichever has more replicas goes to 2.', 'deployment ferry in port goes to 2.'],
	['Of radar and ferry, restart the one with the newer image.', 'restart deployment radar in port.'],
	['Restart whichever of ferry and crane has fewer pods.', 'Restart deployment crane in port.'],
	[
		'mast 두 벌 다 1.5.0으로',
		'port 네임스페이스의 mast-east 디플로이먼트 1.5.0으로. port 네임스페이스의 mast-west 디플로이먼트 1.5.0으로.',
	],
	['Restart pump in both of its namespaces.', 'Restart pump in yard. Restart pump in port.'],
	['Scale pump to 5 in port and yard', 'Scale pump in port to 5. Scale pump in yard to 5.'],
	['pump to 1.5.0 in both places: port and yard', 'pump in port to 1.5.0. pump in yard to 1.5.0.'],
	[
		'There is a pump in port and one in yard. The replicas become 2 in both.',
		'The replicas become 2 in pump in yard. The replicas become 2 in pump in port.',
	],
	[
		'pump는 port랑 yard에 하나씩 있어요. 양쪽 다 재시작해 주세요.',
		'yard 네임스페이스의 pump 재시작해 주세요. port 네임스페이스의 pump 재시작해 주세요.',
	],
	['port랑 yard의 pump 재시작해줘', 'port 네임스페이스의 pump 재시작해줘. yard 네임스페이스의 pump 재시작해줘.'],
	[
		'pump 이미지를 1.5.0으로, port와 yard 둘 다',
		'port 네임스페이스의 pump 이미지를 1.5.0으로. yard 네임스페이스의 pump 이미지를 1.5.0으로.',
	],
	['멈춰 있는 크론잡들 다시 켜줘', 'port 네임스페이스의 tide 크론잡 다시 켜줘.'],
	['NodePort 서비스 전부 open=yes 라벨 붙여줘', 'port 네임스페이스의 gate 서비스 open=yes 라벨 붙여줘.'],
])('tells by name: %s', async (request, expected) => {
	expect(await told(request)).toBe(expected);
});

test.each([
	'Restart every deployment in port that Ana deployed.',
	'Scale all deployments whose owner left to 1.',
	'Restart every deployment in port that has 7 replicas.',
	'Scale all deployments in port that have 3 replicas and that Ana wrote to 5.',
	'port에서 아나가 배포한 디플로이먼트 전부 재시작해줘',
	'Of ferry and radar, whichever has more replicas goes to 2.',
	'Restart whichever of ferry and crane is idle.',
	'Restart half of the port deployments.',
	'Restart most deployments in port.',
	'Scale any two deployments in port to 5.',
	'Restart the rest of the deployments in port.',
	'Restart the oldest deployments in port.',
	'Restart all deployments in port older than a week.',
	'Restart all deployments in port made by Ana.',
	'어제 건드린 port 디플로이먼트 전부 재시작해줘',
	'port에서 펜딩인 것 빼고 전부 재시작해줘',
	'Restart radar in port and yard',
	'port랑 yard의 radar 재시작해줘',
	'레플리카가 9개인 디플로이먼트 전부 재시작해줘',
	'port에서 아나가 만들었고 레플리카가 3개인 디플로이먼트 전부 재시작해줘',
])('asks which ones are meant: %s', async request => {
	expect(await told(request)).toBe('question');
});

test.each([
	'Which deployments in port have 3 replicas?',
	'Show all deployments without limits.',
	'nodes in zone east',
	'Let ana@example.org edit deployments in port.',
	'Deployments of port with 3 replicas',
	'deployments that pull images with the key of port',
	'all nodes in zone east with their labels',
	'Delete all services in port.',
	'Let pump in port take traffic from yard and port.',
	'Restart all deployments in port, winch too.',
	'port의 서비스 web 재시작해줘',
	'pin ferry to nodes with disk=ssd',
	'Create a deployment with 3 replicas of nginx:1.29 in port.',
	'ClusterIP 서비스 dock 하나 만들어줘',
	'5Gi짜리 PVC nets 만들어줘',
	'레플리카가 3개인 디플로이먼트 목록 보여줘',
])('leaves alone what tells no group: %s', async request => {
	expect(await told(request)).toBe(request);
});

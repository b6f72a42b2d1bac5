import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

/** Orders as people say them: terse, with the value before what it is for, amounts in words, and beside what is to stay. */
const rows: readonly (readonly [request: string, ...calls: string[]])[] = [
	['radar in quay to 1.1.0 please', 'Deployment quay/radar: replace …/0/image "radar:1.1.0"'],
	['buoy: v1.3.0', 'DaemonSet quay/buoy: replace …/0/image "buoy:v1.3.0"'],
	[
		'both dock sides to 5.2.0',
		'Deployment quay/dock-blue: replace …/0/image "reg.example.org/port/dock:5.2.0"',
		'Deployment quay/dock-green: replace …/0/image "reg.example.org/port/dock:5.2.0"',
	],
	['dock-blue should run whatever image dock-green runs', 'Deployment quay/dock-blue: replace …/0/image "reg.example.org/port/dock:5.1.0"'],
	['put radar in quay on the same image as radar in drydock', 'Deployment quay/radar: replace …/0/image "radar:1.0.0"'],
	['quay의 radar를 drydock의 radar와 같은 이미지로 맞춰줘', 'Deployment quay/radar: replace …/0/image "radar:1.0.0"'],
	['buoy를 v1.3.0으로', 'DaemonSet quay/buoy: replace …/0/image "buoy:v1.3.0"'],
	['dock-blue가 dock-green이랑 같은 버전을 돌리게 해줘', 'Deployment quay/dock-blue: replace …/0/image "reg.example.org/port/dock:5.1.0"'],
	['frery to five, thx', 'workload_scale {"workload":"deployment/ferry","replicas":5,"namespace":"quay"}'],
	['ferry x2', 'workload_scale {"workload":"deployment/ferry","replicas":6,"namespace":"quay"}'],
	['take one pod off dock-blue', 'workload_scale {"workload":"deployment/dock-blue","replicas":3,"namespace":"quay"}'],
	['the lights are lonely, give lights a second pod', 'workload_scale {"workload":"deployment/lights","replicas":2,"namespace":"quay"}'],
	['lights goes up to three', 'workload_scale {"workload":"deployment/lights","replicas":3,"namespace":"quay"}'],
	['run half a dozen ferry pods', 'workload_scale {"workload":"deployment/ferry","replicas":6,"namespace":"quay"}'],
	[
		'dock-blue랑 dock-green 세 개씩으로 맞춰주세요',
		'workload_scale {"workload":"deployment/dock-blue","replicas":3,"namespace":"quay"}',
		'workload_scale {"workload":"deployment/dock-green","replicas":3,"namespace":"quay"}',
	],
	['ferry 하나 빼줘', 'workload_scale {"workload":"deployment/ferry","replicas":2,"namespace":"quay"}'],
	['ferry 6대까지 올려줘', 'workload_scale {"workload":"deployment/ferry","replicas":6,"namespace":"quay"}'],
	['ferry: MODE=slow', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
	["switch ferry's MODE from fast to slow", 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
	['let ferry use slow as MODE', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
	['make ferry go slower: to slow, MODE is the variable', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
	['ferry should have an environment variable DEPTH of 12', 'Deployment quay/ferry: add …/0/env/- {"name":"DEPTH","value":"12"}'],
	[
		'have ferry load all of ferry-settings as environment',
		'Deployment quay/ferry: add …/0/envFrom [{"configMapRef":{"name":"ferry-settings"}}]',
	],
	[
		'ferry가 ferry-settings 전체를 환경변수로 읽게 해줘',
		'Deployment quay/ferry: add …/0/envFrom [{"configMapRef":{"name":"ferry-settings"}}]',
	],
	['ferry MODE를 fast 대신 slow로 써줘', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
	['cap ferry at three quarters of a core', 'Deployment quay/ferry: replace …/0/resources/limits/cpu "750m"'],
	['give ferry at most a gig and a half of memory', 'Deployment quay/ferry: replace …/0/resources/limits/memory "1536Mi"'],
	['reserve half a core for ferry and leave its limits alone', 'Deployment quay/ferry: replace …/0/resources/requests/cpu "500m"'],
	['ferry: memory limit up from one gig to two', 'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"'],
	['take the cpu limit off ferry', 'Deployment quay/ferry: remove …/0/resources/limits/cpu'],
	['ferry 메모리 limit 1.5기가로, request는 냅두고', 'Deployment quay/ferry: replace …/0/resources/limits/memory "1536Mi"'],
	['ferry cpu 한도는 반 코어로 낮춰줘', 'Deployment quay/ferry: replace …/0/resources/limits/cpu "500m"'],
	['ferry CPU를 반 코어 보장해줘. 제한은 건드리지 마', 'Deployment quay/ferry: replace …/0/resources/requests/cpu "500m"'],
	['pods of radar in quay should carry tide=high', 'Deployment quay/radar: add /spec/template/metadata/labels/tide "high"'],
	['put tier=deep on the ferry deployment', 'Deployment quay/ferry: add /metadata/labels/tier "deep"'],
	['change app on ferry from ferry to ship', 'Deployment quay/ferry: replace /metadata/labels/app "ship"'],
	[
		'on the lights deployment, change the app label from lights to lamps. No restart of the pods, so not the pod labels.',
		'Deployment quay/lights: replace /metadata/labels/app "lamps"',
	],
	['ferry 디플로이먼트에 tier=deep 붙여줘', 'Deployment quay/ferry: add /metadata/labels/tier "deep"'],
	['node port of the dock svc to 30333 please', 'Service quay/dock: replace /spec/ports [{"port":80,"nodePort":30333}]'],
	['dock service should listen on 8080 instead of 80', 'Service quay/dock: replace /spec/ports [{"port":8080}]'],
	['ferry service: 80 -> 8080', 'Service quay/ferry: replace /spec/ports [{"port":80,"targetPort":8080}]'],
	['the ferry service should target port 9000', 'Service quay/ferry: replace /spec/ports [{"port":80,"targetPort":9000}]'],
	['fix the ferry service selector: app=boat', 'Service quay/ferry: replace /spec/selector/app "boat"'],
	['dock 서비스 노드포트를 30333으로 변경해줘', 'Service quay/dock: replace /spec/ports [{"port":80,"nodePort":30333}]'],
	['ferry 서비스 타겟 포트 9000으로 바꿔줘', 'Service quay/ferry: replace /spec/ports [{"port":80,"targetPort":9000}]'],
	['dock service -> green', 'Service quay/dock: replace /spec/selector/side "green"'],
	['let the dock service look at the green pods', 'Service quay/dock: replace /spec/selector/side "green"'],
	['dock 서비스가 green을 바라보게 해줘', 'Service quay/dock: replace /spec/selector/side "green"'],
	[
		'gate ingress should answer on pier.example.org, not on port.example.org any more',
		'Ingress quay/gate: replace /spec/rules [{"host":"pier.example.org","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"dock","port":{"number":80}}}}]}}]',
	],
	[
		'gate 인그레스 호스트를 pier.example.org로 바꿔줘',
		'Ingress quay/gate: replace /spec/rules [{"host":"pier.example.org","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"dock","port":{"number":80}}}}]}}]',
	],
	['ferry-settings: WAVE_LIMIT 6', 'configmap_update {"name":"ferry-settings","namespace":"quay","values":["WAVE_LIMIT=6"]}'],
	['wave limit in ferry-settings should be 6', 'configmap_update {"name":"ferry-settings","namespace":"quay","values":["WAVE_LIMIT=6"]}'],
	[
		'pull seconds of winch-config to a minute',
		'configmap_update {"name":"winch-config","namespace":"drydock","values":["PULL_SECONDS=60"]}',
	],
	[
		'keep the rest at half an hour in winch-config, REST is the key',
		'configmap_update {"name":"winch-config","namespace":"drydock","values":["REST=30m"]}',
	],
	['quay-quota: twenty pods instead of 30', 'ResourceQuota quay/quay-quota: replace /spec/hard/pods "20"'],
	['ledger pdb: two must stay up', 'PodDisruptionBudget quay/ledger: replace /spec/minAvailable 2'],
	['add 5Gi to data-ledger-0', 'PersistentVolumeClaim quay/data-ledger-0: replace /spec/resources/requests/storage "25Gi"'],
	['data-ledger-1에 5Gi 더', 'PersistentVolumeClaim quay/data-ledger-1: replace /spec/resources/requests/storage "25Gi"'],
	['tide-report may run again', 'CronJob quay/tide-report: add /spec/suspend false'],
	['tide-report: keep the last 4 successful runs', 'CronJob quay/tide-report: add /spec/successfulJobsHistoryLimit 4'],
	[
		'quay runs more ferry pods than it needs, take away a third of them',
		'workload_scale {"workload":"deployment/ferry","replicas":2,"namespace":"quay"}',
	],
	['quay의 radar를 지금의 두 배가 되게 해 주세요', 'workload_scale {"workload":"deployment/radar","replicas":4,"namespace":"quay"}'],
	['quay의 radar 레플리카를 두 배로 늘려줘', 'workload_scale {"workload":"deployment/radar","replicas":4,"namespace":"quay"}'],
	[
		'take ferry to 3.2.0 and two pods',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"',
		'workload_scale {"workload":"deployment/ferry","replicas":2,"namespace":"quay"}',
	],
	[
		'ferry를 3.2.0으로 올리고 파드는 두 개로',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"',
		'workload_scale {"workload":"deployment/ferry","replicas":2,"namespace":"quay"}',
	],
	[
		"ferry's readiness probe should tolerate 4 failures and time out after 3 seconds",
		'Deployment quay/ferry: add …/0/readinessProbe/failureThreshold 4, add …/0/readinessProbe/timeoutSeconds 3',
	],
	[
		'cut what ferry requests in half, cpu as well as memory',
		'Deployment quay/ferry: replace …/0/resources/requests/cpu "100m", replace …/0/resources/requests/memory "128Mi"',
	],
	[
		'ferry 레플리카 5, 메모리 한도 2Gi',
		'workload_scale {"workload":"deployment/ferry","replicas":5,"namespace":"quay"}',
		'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"',
	],
	[
		'give ferry 4 pods and 2Gi memory limit',
		'workload_scale {"workload":"deployment/ferry","replicas":4,"namespace":"quay"}',
		'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"',
	],
	[
		'ferry gets 3.2.0 plus a memory limit of 2Gi',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0", replace …/0/resources/limits/memory "2Gi"',
	],
	['pin ferry to nodes with zone=north', 'Deployment quay/ferry: add /spec/template/spec/nodeSelector {"zone":"north"}'],
];

test.each(rows)('%s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

const scale = (name: string, replicas: number) =>
	`workload_scale {"workload":"deployment/${name}","replicas":${replicas},"namespace":"quay"}`;

/** Orders that say how it shall be: by a rhythm, by what something can make do with, behind a reason, by somebody's wish, and beside what keeps its size. */
test.each<[request: string, ...calls: string[]]>([
	['Probe the readiness of ferry twice as often.', 'Deployment quay/ferry: replace …/0/readinessProbe/periodSeconds 5'],
	['ferry의 readiness 프로브를 두 배 더 자주 돌게 해줘', 'Deployment quay/ferry: replace …/0/readinessProbe/periodSeconds 5'],
	[
		'Give ferry a liveness probe: TCP on 8080, starting 25 s in, each 30 s.',
		'Deployment quay/ferry: add …/0/livenessProbe {"tcpSocket":{"port":8080},"periodSeconds":30,"initialDelaySeconds":25}',
	],
	['ferry can get by with two pods.', scale('ferry', 2)],
	['lights는 밤에 배가 없으니까 0으로 내려줘', scale('lights', 0)],
	['The port authority asks that deployment ferry has a label berth=west.', 'Deployment quay/ferry: add /metadata/labels/berth "west"'],
	['Point the dock service at green, and keep both deployments at their size.', 'Service quay/dock: replace /spec/selector/side "green"'],
	[
		'ferry to image tag 3.2.0, lights at 3 replicas.',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"',
		scale('lights', 3),
	],
	[
		'디플로이먼트 두 개 재시작해줘: ferry, lights',
		'workload_restart {"workload":"deployment/ferry","namespace":"quay"}',
		'workload_restart {"workload":"deployment/lights","namespace":"quay"}',
	],
	['ferry 에 환경변수 MODE 를 slow 로 넣어줘', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
	['ferry 를 4 개로 늘려줘', scale('ferry', 4)],
	['If lights still runs as a single replica, make it two.', scale('lights', 2)],
])('%s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

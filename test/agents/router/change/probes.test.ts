import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

const ferry = (operation: string) => `Deployment quay/ferry: ${operation}`;
const readiness = (field: string, value: unknown) => ferry(`add …/0/readinessProbe/${field} ${JSON.stringify(value)}`);
const path = ferry('replace …/0/readinessProbe/httpGet/path "/ready"');

test.each([
	['delay the readiness probe of ferry by 25 seconds', readiness('initialDelaySeconds', 25)],
	['push the readiness probe of ferry back by 25 seconds', readiness('initialDelaySeconds', 25)],
	['the readiness probe of ferry should begin 25 seconds after the start', readiness('initialDelaySeconds', 25)],
	['ferry readiness 프로브 시작을 25초 늦춰줘', readiness('initialDelaySeconds', 25)],
	['give the readiness probe of ferry 4 seconds to answer', readiness('timeoutSeconds', 4)],
	["ferry's readiness check times out too fast, allow it 4 seconds", readiness('timeoutSeconds', 4)],
	['readiness of ferry may fail 6 times', readiness('failureThreshold', 6)],
	['tolerate 6 failed readiness checks on ferry', readiness('failureThreshold', 6)],
	['check ferry for readiness every 4 seconds rather than every 10', ferry('replace …/0/readinessProbe/periodSeconds 4')],
	["make ferry's readiness probe less frequent: 30s", ferry('replace …/0/readinessProbe/periodSeconds 30')],
	['the readiness probe of ferry should look at /ready', path],
	['ferry readiness path is /ready now', path],
	["ferry's readiness check moved to /ready, adapt the probe", path],
	['get rid of the readiness check on ferry, /up keeps returning 500', ferry('remove …/0/readinessProbe')],
	[
		'ferry readiness 실패 허용 횟수 6회, 주기 30초로 늘려줘',
		ferry('replace …/0/readinessProbe/periodSeconds 30, add …/0/readinessProbe/failureThreshold 6'),
	],
	['ferry no longer needs a readiness probe', ferry('remove …/0/readinessProbe')],
	['for the time being run ferry without a readiness probe', ferry('remove …/0/readinessProbe')],
	["ferry's readiness check is too eager, every 30 seconds is often enough", ferry('replace …/0/readinessProbe/periodSeconds 30')],
	['ferry readiness period 10 -> 15s. the liveness one stays at 20', ferry('replace …/0/readinessProbe/periodSeconds 15')],
	['all probes of ferry should tolerate 6 failures', readiness('failureThreshold', 6)],
	['ferry readiness 10초 간격 6회까지', readiness('failureThreshold', 6)],
	['have the readiness probe of ferry start after 25 seconds', readiness('initialDelaySeconds', 25)],
	['drop all probes of ferry', ferry('remove …/0/readinessProbe')],
])('a probe is told in the words of its field: %s', async (request, call) => {
	expect(await changesOf(request)).toEqual([call]);
});

const ledger = (probe: object) => `StatefulSet quay/ledger: add …/0/readinessProbe ${JSON.stringify(probe)}`;
const exec = ledger({exec: {command: ['pg_isready', '-U', 'app']}});

test.each([
	['ledger pods count as ready only when `pg_isready -U app` succeeds', exec],
	['ledger should be ready only if pg_isready -U app succeeds', exec],
	['ledger should only get traffic once /ready on port 5432 answers', ledger({httpGet: {path: '/ready', port: 5432}})],
	['ledger readiness by running pg_isready -U app', exec],
	['give ledger a readiness probe with pg_isready -U app', exec],
	['ledger에 pg_isready -U app 명령으로 readiness 프로브 달아줘', exec],
	['ledger has no readiness probe. Add one, TCP on 5432', ledger({tcpSocket: {port: 5432}})],
	['ledger에 readiness가 없네요. 5432 포트 TCP 체크로 하나 달아주세요', ledger({tcpSocket: {port: 5432}})],
])('a new probe runs a command or knocks at a port: %s', async (request, call) => {
	expect(await changesOf(request)).toEqual([call]);
});

test('a port alone does not say how a new probe asks', async () => {
	expect(await changesOf('ledger needs a readiness probe on port 5432')).toEqual([expect.stringMatching(/^question: /)]);
});

test('each of two probes has what stands before its name, and a port that is said once', async () => {
	expect(await changesOf('give lights /live as liveness and /go as readiness probe on the lamp, port 9000')).toEqual([
		'Deployment quay/lights: add …/0/livenessProbe {"httpGet":{"path":"/live","port":9000}}, add …/0/readinessProbe {"httpGet":{"path":"/go","port":9000}}',
	]);
});

test('failures that a probe counts restart nothing now', async () => {
	expect(await changesOf('restart ferry only after 6 failed readiness checks')).toEqual([readiness('failureThreshold', 6)]);
});

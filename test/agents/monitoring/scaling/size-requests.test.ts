import {expect, test} from 'vitest';
import {neededAlone, sizings} from '../../../../src/agents/monitoring/scaling/size-requests.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

const Mi = 2 ** 20;
const workload = (resources: JsonObject): KubeObject => ({
	...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'shop'}},
	spec: {template: {spec: {containers: [{name: 'main', resources}]}}},
});
/** Three days of one use. */
const used = (cores: number, bytes: number) =>
	new Map([['main', Array.from({length: 864}, (_, at) => ({atMs: at * 300_000, cpuPerPod: cores, memoryPerPod: bytes, replicas: 2}))]]);
const sized = (resources: JsonObject, bytes: number, mayLower = true) => sizings(workload(resources), used(0.1, bytes), mayLower)[0];

test('a CPU request stays, and one that is missing is given', () => {
	expect(sized({requests: {cpu: '250m'}}, 50 * Mi)).toMatchObject({isNeeded: false, after: {cpuRequest: 0.25}});
	const given = sized({}, 50 * Mi);
	expect(given?.isNeeded).toBe(true);
	expect(given?.after.cpuRequest).toBeGreaterThan(0.1);
});

test('memory that holds what was used is not raised to the least that the recommender knows', () => {
	expect(sized({requests: {cpu: '1', memory: '128Mi'}}, 60 * Mi)?.after.memoryRequest).toBe(128 * Mi);
	expect(sized({requests: {cpu: '1', memory: '128Mi'}}, 120 * Mi)?.after.memoryRequest).toBeGreaterThan(128 * Mi);
});

test('memory is lowered only where enough is known, never below what is used', () => {
	const wide = {requests: {cpu: '1', memory: '4Gi'}};
	expect(sized(wide, 900 * Mi, false)?.after.memoryRequest).toBe(4096 * Mi);
	const lowered = sized(wide, 900 * Mi)?.after.memoryRequest ?? 0;
	expect(lowered).toBeGreaterThanOrEqual(900 * Mi);
	expect(lowered).toBeLessThan(4096 * Mi);
});

test('a limit is raised with its request, and never lowered', () => {
	const after = sized({requests: {cpu: '1', memory: '128Mi'}, limits: {memory: '200Mi'}}, 400 * Mi)?.after;
	expect(after?.memoryLimit).toBe(after?.memoryRequest);
	expect(sized({requests: {memory: '4Gi'}, limits: {memory: '8Gi'}}, 300 * Mi)?.after.memoryLimit).toBe(8192 * Mi);
});

test('what an autoscaler cannot do without is the CPU request alone', () => {
	const [needed] = neededAlone(sizings(workload({}), used(0.1, 900 * Mi), true));
	expect(needed?.after.cpuRequest).toBeGreaterThan(0);
	expect(needed?.after.memoryRequest).toBeUndefined();
	expect(neededAlone(sizings(workload({requests: {cpu: '1'}}), used(0.1, 900 * Mi), true))).toEqual([]);
});

test('a container that nobody measured is left alone', () => {
	expect(sizings(workload({}), new Map(), true)).toEqual([]);
});

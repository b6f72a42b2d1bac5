import {expect, test} from 'vitest';
import {withoutTokenVolume} from '../../../src/core/diff/token-volume.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const token = {name: 'kube-api-access-x7k2p'};
const mine = {name: 'data'};
const pod = (volumes: readonly JsonObject[], kind = 'Pod'): KubeObject => ({
	apiVersion: 'v1',
	kind,
	metadata: {name: 'one'},
	spec: {
		nodeName: 'a',
		...(volumes.length === 0 ? {} : {volumes}),
		containers: [{name: 'c', ...(volumes.length === 0 ? {} : {volumeMounts: volumes})}],
	},
});

test('takes out the volume that the server makes up, and its mounts', () => {
	expect(withoutTokenVolume(pod([mine, token]))).toEqual(pod([mine]));
	expect(withoutTokenVolume(pod([token]))).toEqual(pod([]));
});

test('leaves volumes of people, and other kinds', () => {
	const named = pod([{name: 'kube-api-access-of-mine'}]);
	expect(withoutTokenVolume(named)).toEqual(named);
	const other = pod([token], 'Gadget');
	expect(withoutTokenVolume(other)).toBe(other);
});

import {expect, test} from 'vitest';
import {protobufToJson} from '../../../src/sandbox/api/decode/protobuf.ts';

/** A field with a length: its number, then bytes. */
const field = (number: number, ...parts: readonly (string | Buffer)[]) => {
	const bytes = Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
	return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
};
const number = (at: number, value: number) => Buffer.from([at << 3, value]);
const envelope = (apiVersion: string, kind: string, ...content: readonly Buffer[]) =>
	Buffer.concat([Buffer.from('k8s\0'), field(1, field(1, apiVersion), field(2, kind)), field(2, ...content)]);

test('a config map of a typed client is read', () => {
	const body = envelope('v1', 'ConfigMap', field(1, field(1, 'a'), field(3, '')), field(2, field(1, 'key'), field(2, 'value')));
	expect(protobufToJson(body)).toEqual({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a'}, data: {key: 'value'}});
});

test('bytes become base64, numbers and lists stay', () => {
	const secret = envelope('v1', 'Secret', field(1, field(1, 's')), field(2, field(1, 'p'), field(2, 'q')));
	expect(protobufToJson(secret)).toMatchObject({data: {p: 'cQ=='}});
	const options = envelope('v1', 'DeleteOptions', number(1, 5), field(5, 'All'));
	expect(protobufToJson(options)).toMatchObject({gracePeriodSeconds: 5, dryRun: ['All']});
});

test('a kind whose versions differ is read by its version', () => {
	const spec = [field(1, field(1, 'Deployment'), field(2, 'web')), number(3, 5), number(4, 80)];
	expect(protobufToJson(envelope('autoscaling/v1', 'HorizontalPodAutoscaler', field(2, ...spec)))).toMatchObject({
		spec: {scaleTargetRef: {kind: 'Deployment', name: 'web'}, maxReplicas: 5, targetCPUUtilizationPercentage: 80},
	});
});

test('a share of pods is a number or a text', () => {
	const budget = (value: Buffer) => protobufToJson(envelope('policy/v1', 'PodDisruptionBudget', field(2, field(1, value))));
	expect(budget(Buffer.concat([number(1, 0), number(2, 3)]))).toMatchObject({spec: {minAvailable: 3}});
	expect(budget(Buffer.concat([number(1, 1), number(2, 0), field(3, '50%')]))).toMatchObject({spec: {minAvailable: '50%'}});
});

test.each([
	['a body that is none', Buffer.from('{}'), 'does not appear to be a protobuf message'],
	['a kind nobody knows here', envelope('v1', 'Endpoints'), 'the body of the request was in an unknown format'],
	['a body that ends early', Buffer.concat([Buffer.from('k8s\0'), Buffer.from([10, 9, 1])]), 'unexpected EOF'],
])('%s is refused', (_what, body, message) => {
	expect(() => protobufToJson(body)).toThrow(message);
});

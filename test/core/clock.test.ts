import {expect, test} from 'vitest';
import {sleep, systemClock} from '../../src/core/clock.ts';
import {canonicalJson} from '../../src/core/json.ts';
import {refKey, refOf, refText} from '../../src/core/kube/kube-object.ts';
import {manualClock} from '../support/manual-clock.ts';

test('sleep ends when the clock has passed, and not before', async () => {
	const clock = manualClock();
	const seen: string[] = [];
	const slept = sleep(clock, 1000).then(() => seen.push('awake'));
	await clock.advance(999);
	expect(seen).toEqual([]);
	await clock.advance(1);
	await slept;
	expect(seen).toEqual(['awake']);
});

test('sleep rejects with the reason of an abort', async () => {
	const stop = new AbortController();
	const slept = sleep(manualClock(), 1000, stop.signal);
	stop.abort(new Error('stopped by the person'));
	await expect(slept).rejects.toThrow('stopped by the person');
});

test('canonical JSON does not depend on the order of keys and leaves undefined out', () => {
	expect(canonicalJson({b: [1, {d: null, c: 'x'}], a: undefined})).toBe('{"b":[1,{"c":"x","d":null}]}');
});

test('a reference reads well and indexes across API versions', () => {
	const object = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'shop'}};
	expect(refText(refOf(object))).toBe('Deployment shop/web');
	expect(refKey(refOf(object))).toBe(refKey(refOf({...object, apiVersion: 'apps/v1beta1'})));
});

test('a fast clock shows more time than the machine has spent', async () => {
	const clock = systemClock({speed: 100});
	const start = clock.now();
	// A timer of Node may end a millisecond early, which is 100 of this clock's.
	await sleep(clock, 1_000);
	expect(clock.now() - start).toBeGreaterThanOrEqual(800);
});

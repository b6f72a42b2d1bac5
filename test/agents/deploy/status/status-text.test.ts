import {describe, expect, test} from 'vitest';
import type {Status} from '../../../../src/agents/deploy/status/status-output.ts';
import {statusText} from '../../../../src/agents/deploy/status/status-text.ts';

const nowMs = Date.parse('2026-11-25T03:00:00Z');
const image = (tag: string) => [`web=registry.example/shop/web:${tag}`];
const pod = (name: string, change: Partial<Status['pods'][number]> = {}): Status['pods'][number] => ({
	...{name, track: 'stable', phase: 'Running', healthy: true, ready: '1/1', restarts: 0, images: image('1.4.2'), reason: ''},
	createdAt: '2026-11-24T03:00:00Z',
	...change,
});
const text = 'web: ImagePullBackOff, registry.example/shop/web:1.5.0: not found';

const atThree: Status = {
	...{name: 'web', namespace: 'shop', state: 'canary', summary: '2/2 ready', revision: 3, images: image('1.4.2')},
	...{desired: 2, ready: 2, updated: 2},
	canary: {name: 'web-canary', track: 'canary', apart: false, images: image('1.5.0'), desired: 1, ready: 0},
	versions: [
		{track: 'stable', images: image('1.4.2'), ready: 2, pods: 2, share: 1},
		{track: 'canary', images: image('1.5.0'), ready: 0, pods: 1, share: 0},
	],
	troubles: [{track: 'canary', pods: 1, text, lasting: true, since: '2026-11-25T02:46:00Z'}],
	next: ['If nobody carries the canary out now, take it back: mkcoa undo, or go on with it: mkcoa resume (see mkcoa history)'],
	conditions: [],
	pods: [
		pod('web-canary-1', {track: 'canary', phase: 'ImagePullBackOff', healthy: false, ready: '0/1', images: image('1.5.0'), reason: text}),
		pod('web-1'),
	],
	podsLeftOut: 1,
};

describe('statusText', () => {
	test('tells at 80 columns what serves, why not all of it, since when, and what to do', () => {
		expect(statusText(atThree, {width: 80, terminal: true, nowMs})).toMatchInlineSnapshot(`
			"✗ shop/web canary: 2/2 ready
			revision 3, web=registry.example/shop/web:1.4.2
			canary web-canary: 0/1 ready, web=registry.example/shop/web:1.5.0
			✗ 1 canary pod: web: ImagePullBackOff, registry.example/shop/web:1.5.0: not
			  found, since 14m
			> If nobody carries the canary out now, take it back: mkcoa undo, or go on with
			  it: mkcoa resume (see mkcoa history)

			SHARE   PODS   TRACK    VERSION
			100 %   2/2    stable   web=registry.example/shop/web:1.4.2
			0 %     0/1    canary   web=registry.example/shop/web:1.5.0

			POD            TRACK    READY   STATUS             RESTARTS   AGE
			web-canary-1   canary   0/1     ImagePullBackOff          0   24h
			web-1          stable   1/1     Running                   0   24h
			1 more pod left out; see mkcoa k8s list pods -n shop"
		`);
	});

	test('at 40 columns nothing is wider than the terminal, and no name is cut', () => {
		const narrow = statusText(atThree, {width: 40, terminal: true, nowMs});
		expect(narrow.split('\n').filter(line => line.length > 40)).toEqual([]);
		expect(narrow).toMatch(/web-canary-1/);
	});

	test('at 40 columns two versions are told apart by their tags', () => {
		const narrow = statusText(atThree, {width: 40, terminal: true, nowMs}).split('\n');
		const rows = narrow.filter(line => /^\d+ %/.test(line)).map(line => line.trimEnd());
		expect(rows).toEqual(['100 %   2/2    stable   web=web:1.4.2', '0 %     0/1    canary   web=web:1.5.0']);
	});

	test('in a pipe every sentence is one line', () => {
		expect(statusText(atThree, {width: 40, terminal: false, nowMs}).split('\n')).toContain(`✗ 1 canary pod: ${text}, since 14m`);
	});

	test('pods that may not be listed are no silence', () => {
		const blind = statusText(
			{...atThree, pods: [], podsLeftOut: 0, notChecked: 'Listing pods is not allowed'},
			{width: 80, terminal: true, nowMs},
		);
		expect(blind).toContain('! Pods were not checked: Listing pods is not allowed');
		expect(blind).not.toContain('no pods');
	});
});

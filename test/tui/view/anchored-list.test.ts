import {expect, test} from 'vitest';
import type {Finding} from '../../../src/core/finding.ts';
import {findingsView} from '../../../src/tui/findings/findings-view.ts';
import {sampleNow} from '../../../src/tui/samples/sample-now.ts';

const size = {columns: 80, rows: 24};

const finding = (name: string, severity: Finding['severity']): Finding => ({
	id: 'crashes',
	status: 'fail',
	severity,
	resource: {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name},
	evidence: [],
	cause: `${name} ends`,
	remedy: {tool: 'resource_patch', input: {name}, text: `Mend ${name}`},
});

const seen = (...findings: readonly Finding[]) => ({data: {about: 'prod', findings, readAt: sampleNow}, size, now: sampleNow});
const press = (place: typeof findingsView.first, name: string, now: ReturnType<typeof seen>) =>
	findingsView.press(place, {name, text: ''}, now);
const [web, cart, db] = [finding('web', 'high'), finding('cart', 'high'), finding('db', 'critical')];

test('a row stays selected when others come and go above it', () => {
	// By gravity and then by name: cart, web.
	const {place} = press(findingsView.first, 'down', seen(web, cart));
	expect(press(place, 'p', seen(web, cart, db)).act).toMatchObject({finding: web});
	expect(press(place, 'p', seen(web)).act).toMatchObject({finding: web});
});

test('what is open and has gone leaves the list, and the next key does nothing to what took its place', () => {
	const {place} = press(findingsView.first, 'enter', seen(cart, web));
	expect(place.mode).toBe('open');
	const after = press(place, 'p', seen(web));
	expect([after.act, after.place.mode]).toEqual([undefined, 'list']);
});

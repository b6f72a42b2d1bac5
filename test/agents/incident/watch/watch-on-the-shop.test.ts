import {expect, test} from 'vitest';
import {watchIncidents} from '../../../../src/agents/incident/watch/watch-incidents.ts';
import type {ToldNews} from '../../../../src/agents/incident/watch/watched-text.ts';
import {newsText} from '../../../../src/agents/incident/watch/watched-text.ts';
import type {IncidentRecord} from '../../../../src/core/incident-record.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {shopRoad} from '../../../support/shop-road.ts';

const {ports, sandbox, clock} = await shopRoad();

/** News as they come, and a wait for one that fits. */
function newsDesk() {
	const all: ToldNews[] = [];
	let hear = () => {};
	return {
		all,
		tell(news: ToldNews) {
			all.push(news);
			hear();
		},
		async until(fits: (news: ToldNews) => boolean): Promise<ToldNews> {
			for (;;) {
				const found = all.find(fits);
				if (found !== undefined) return found;
				await new Promise<void>(resolve => {
					hear = resolve;
				});
			}
		},
	};
}

test('tells that a Service lost its pods, and that it has them again', async () => {
	const desk = newsDesk();
	const stop = new AbortController();
	const ready = Promise.withResolvers<void>();
	const sum = watchIncidents({
		cluster: ports.cluster,
		clock,
		signal: stop.signal,
		tell: desk.tell,
		onReady: () => ready.resolve(),
		onUnread() {},
		onTrouble(error) {
			throw error;
		},
	});
	await ready.promise;
	const service = sandbox.machine.get('Service', 'shop', 'web') as KubeObject & {readonly spec: JsonObject};
	sandbox.machine.update({...service, spec: {...service.spec, selector: {app: 'wbe'}}}, 'kubectl-edit');
	const raised = await desk.until(({news, key}) => news === 'raised' && key.startsWith('selector-fits-no-pod:Service/shop/web'));
	expect(newsText(raised)).toBe(
		'+ high Service shop/web (selector-fits-no-pod): Service shop/web selects app=wbe, and no pod has these labels: it has no endpoints',
	);
	sandbox.machine.update({...(sandbox.machine.get('Service', 'shop', 'web') as KubeObject), spec: service.spec}, 'kubectl-edit');
	const healed = await desk.until(({news, key}) => news === 'healed' && key === raised.key);
	expect(newsText(healed)).toMatch(/^- high Service shop\/web \(selector-fits-no-pod\) healed after \d+[smh]$/);
	stop.abort();
	expect(await sum).toMatchObject({raised: desk.all.filter(({news}) => news === 'raised').length, open: []});
});

test('tells of one namespace nothing about what an earlier watch found in another', async () => {
	const desk = newsDesk();
	const stop = new AbortController();
	const left = (key: string): IncidentRecord => ({
		id: key,
		key,
		context: 'sandbox',
		clusterId: 'uid',
		severity: 'high',
		title: key,
		alerts: [],
		notes: [],
		times: 1,
		beganAt: '2026-01-01T00:00:00Z',
		detectedAt: '2026-01-01T00:00:00Z',
	});
	const sum = watchIncidents({
		cluster: ports.cluster,
		namespace: 'shop',
		clock,
		signal: stop.signal,
		tell: desk.tell,
		keeper: {
			earlier: async () => [
				left('selector-fits-no-pod:Service/other/web:spec.selector.app'),
				left('node-not-ready:Node/shop:status'),
				left('selector-fits-no-pod:Service/shop/gone:spec.selector.app'),
			],
			keep: async () => {},
			idOf: () => undefined,
		},
		onReady() {},
		onUnread() {},
		onTrouble(error) {
			throw error;
		},
	});
	await desk.until(({news}) => news === 'healed');
	stop.abort();
	expect(await sum).toMatchObject({healed: 1, open: []});
	expect(desk.all.map(({news, key}) => [news, key])).toEqual([['healed', 'selector-fits-no-pod:Service/shop/gone:spec.selector.app']]);
});
